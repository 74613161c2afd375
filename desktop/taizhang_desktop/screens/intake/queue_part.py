"""待确认: the queue at the left, and at the right what is compared, side by side, with the question that a person answers."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget
from taizhang_casework.domain.matching import ProposalKind, Verdict

from taizhang_desktop.kit.parts import Button, OnceButton, Scrolled, card, chip, column, label, row
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.table.columns import Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.intake_queue import QueueLine, QueueModel

COLUMNS: tuple[Column[QueueLine, Unsorted], ...] = (
    Column(title="姓名", text=lambda line: line.name, width=5),
    Column(title="等什么", text=lambda line: line.asks, width=8, tone=lambda _: Tone.SOON),
    Column(title="反馈日期", text=lambda line: line.received_on, width=6),
    Column(title="预警方式", text=lambda line: line.channel, width=5),
    Column(title="村（社区）", text=lambda line: line.village, width=8),
)
_NEVER_AGAIN = "决定会记住，同样的两条不会再问"


class QueuePart(QWidget):
    """The queue. ↑ ↓ choose a line, Enter goes to the answer."""

    def __init__(self, model: QueueModel) -> None:
        """Begin without lines."""
        super().__init__()
        self._model = model
        self._lines: ValueTableModel[QueueLine] = ValueTableModel(COLUMNS, lambda line: line.id, self)
        self.table: ValueTable[QueueLine] = ValueTable(self._lines)
        self.table.setObjectName("queue_table")
        self.table.setAccessibleName("待确认")
        self.asks = label("", "heading", wrap=True)
        self.asks.setObjectName("queue_asks")
        self.because = label("", "muted", wrap=True)
        self.sides = QWidget()
        self._room = column(self.sides)
        self.yes = OnceButton("是", "primary")
        self.no = OnceButton("不是")
        self.own = OnceButton("本人为户主，建立新户", icon=Icon.HOUSE)
        self.case = Button("打开这一条", "quiet", Icon.CASE)
        for button, name in ((self.yes, "yes"), (self.no, "no"), (self.own, "own"), (self.case, "case")):
            button.setObjectName(f"queue_{name}")
        self.remembered = label(_NEVER_AGAIN, "small", wrap=True)
        inside = column(
            self.asks,
            self.because,
            self._room,
            self.remembered,
            spacing=SPACE.medium,
        )
        room = QWidget()
        room.setLayout(column(card(inside), None))
        self.right = QWidget()
        answers = row(self.yes, self.no, self.own, None, self.case)
        self.right.setLayout(column(Scrolled(room), answers, spacing=SPACE.small))
        content = QWidget()
        across = row(spacing=SPACE.medium)
        across.addWidget(self.table, 4)
        across.addWidget(self.right, 5)
        content.setLayout(across)
        self.stack = StateStack(content)
        self.setLayout(column(self.stack))
        self.table.picked.connect(model.show)
        self.table.opened.connect(lambda _: self._go_in())
        self.yes.clicked.connect(lambda: model.decide(Verdict.YES))
        self.no.clicked.connect(lambda: model.decide(Verdict.NO))
        self.own.clicked.connect(model.own_household)
        self.case.clicked.connect(model.open_case)
        model.changed.connect(self._show)
        self._show()

    def begin(self) -> None:
        """Gone to."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.current_key() and self._lines.rowCount():
            self.table.selectRow(0)

    def _go_in(self) -> None:
        for button in (self.yes, self.own):
            if button.isVisible() and button.isEnabled():
                button.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _show(self) -> None:
        view = self._model.view
        self._lines.show_rows(view.lines or ())
        if view.lines is not None and not view.lines:
            self.stack.show_empty("没有待确认的", "每条预警信息都确认了是哪一户，相同的也都看过了", icon=Icon.DONE)
        else:
            self.stack.show_content()
        if view.lines and self.table.isVisible() and not self.table.current_key():
            self.table.selectRow(0)
        shown = view.shown
        self.right.setVisible(shown is not None)
        if shown is None:
            return
        proposal = shown.proposal
        self.asks.setText(shown.asks)
        self.because.setText(view.because)
        self.because.setVisible(bool(view.because))
        for button in (self.yes, self.no, self.remembered):
            button.setVisible(proposal is not None)
        unmatched = proposal is None or proposal.kind is ProposalKind.PERSON_IN_HOUSEHOLD
        self.own.setVisible(unmatched)
        self.own.setProperty("kind", "primary" if proposal is None else "")
        self.own.style().polish(self.own)
        for each in (self.yes, self.no, self.own):
            each.setEnabled(not view.busy)
        self._compare()

    def _compare(self) -> None:
        """The facts as a grid; where both sides say something else, a word says so beside them."""
        view = self._model.view
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE.large)
        grid.setVerticalSpacing(SPACE.small)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for column_, head in enumerate(view.heads, start=1):
            grid.addWidget(label(head, "field"), 0, column_)
        told = [fact for fact in view.facts if fact.left or fact.right]
        for at, fact in enumerate(told, start=1):
            name = label(fact.label, "small")
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(name, at, 0)
            for column_, words in enumerate((fact.left, fact.right), start=1):
                said = label(words, wrap=True, select=True)
                said.setAlignment(Qt.AlignmentFlag.AlignTop)
                said.setAccessibleName(f"{view.heads[column_ - 1]}，{fact.label}：{words}")
                grid.addWidget(said, at, column_)
            if fact.differs:
                grid.addWidget(chip("不同", Tone.SOON), at, 3)
        fresh = QWidget()
        fresh.setProperty("kind", "clear")
        fresh.setLayout(grid)
        self._room.addWidget(fresh)
        self._room.removeWidget(self.sides)
        self.sides.hide()
        self.sides.deleteLater()
        self.sides = fresh
