"""今日待办: the list of what is owed, and beside it the reason of the day."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from taizhang_casework.domain.duties import Urgency

from taizhang_desktop.kit.parts import Button, card, chip, column, label, row, set_tone
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.shell.desk_screen import DeskScreen
from taizhang_desktop.table.columns import Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.today import DutyLine, TodayModel

_COLUMNS: tuple[Column[DutyLine, Unsorted], ...] = (
    Column(title="期限", text=lambda line: line.left, tone=lambda line: line.tone, width=5),
    Column(title="户主姓名", text=lambda line: line.duty.who, width=7),
    Column(title="要办的事", text=lambda line: line.duty.what, width=12),
    Column(title="到期日", text=lambda line: line.day, width=6),
    Column(title="村（社区）", text=lambda line: line.village, width=10),
)
_REASON_WIDTH = 20
"""Characters of the pane at the right."""


class TodayScreen(DeskScreen):
    """今日待办. Enter or a double click goes to where the duty is done."""

    def __init__(self, model: TodayModel) -> None:
        """Draw the list of the view-model."""
        super().__init__("今日待办", model)
        self._model = model
        self.overdue = chip("")
        self.due_today = chip("")
        self.soon = chip("")
        for name, made in (("overdue", self.overdue), ("due_today", self.due_today), ("soon", self.soon)):
            made.setObjectName(f"today_{name}")
            self.action_row.addWidget(made)
        self.rows: ValueTableModel[DutyLine] = ValueTableModel(_COLUMNS, _key, self)
        self.table: ValueTable[DutyLine] = ValueTable(self.rows)
        self.table.setObjectName("today_table")
        self.table.setAccessibleName("待办事项")
        self.reason = ReasonPane()
        content = QWidget()
        across = QHBoxLayout(content)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE.medium)
        across.addWidget(self.table, 1)
        across.addWidget(self.reason)
        self.stack = StateStack(content)
        self.body.addWidget(self.stack, 1)
        self.table.opened.connect(self._open)
        self.table.picked.connect(self._pick)
        self.reason.go.clicked.connect(lambda: self._open(self.table.current_key()))
        self.first = self.table
        model.changed.connect(self._show)
        self._count()

    def _show(self) -> None:
        state = self._model.state
        self._count()
        if state.trouble is not None:
            self.stack.show_trouble(state.trouble, self._model.refresh)
            return
        self.rows.show_rows(state.lines)
        if not state.lines:
            self.stack.show_empty("今天没有待办", "新的预警信息登记或接收后，会按期限列在这里", icon=Icon.DONE)
            return
        self.stack.show_content()
        if not self.table.current_key():
            self.table.selectRow(0)
        self._pick(self.table.current_key())

    def _count(self) -> None:
        state = self._model.state
        for made, words, urgency, tone in (
            (self.overdue, "逾期", Urgency.OVERDUE, Tone.OVERDUE),
            (self.due_today, "今天到期", Urgency.TODAY, Tone.SOON),
            (self.soon, "三日内", Urgency.SOON, Tone.INFO),
        ):
            count = state.count(urgency)
            made.setText(f"{words} {count}")
            set_tone(made, tone if count else Tone.PLAIN)

    def _pick(self, key: str) -> None:
        at = self.rows.row_of(key)
        self.reason.show_line(None if at is None else self.rows.row_at(at))

    def _open(self, key: str) -> None:
        at = self.rows.row_of(key)
        line = None if at is None else self.rows.row_at(at)
        if line is not None:
            self._model.open(line)


class ReasonPane(QWidget):
    """What the chosen duty is, and why by that day."""

    def __init__(self) -> None:
        """Begin blank."""
        super().__init__()
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("国") * _REASON_WIDTH)
        self.who = label("", "heading", wrap=True)
        self.what = label("", wrap=True)
        self.left = chip("")
        self.on = label("", "muted")
        self.because = label("", wrap=True, select=True)
        self.because.setObjectName("today_reason")
        self.go = Button("去办理", "primary", Icon.CASE)
        self.go.setObjectName("today_open")
        inside = column(
            self.who,
            self.what,
            row(self.left, self.on, None),
            label("期限依据", "field"),
            self.because,
            None,
            row(None, self.go),
            spacing=SPACE.medium,
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card(inside))

    def show_line(self, line: DutyLine | None) -> None:
        """Show it; None blanks the pane."""
        self.setVisible(line is not None)
        if line is None:
            return
        self.who.setText("　".join(filter(None, (line.duty.who, line.village))))
        self.what.setText(line.duty.what)
        self.left.setText(line.left)
        set_tone(self.left, line.tone)
        self.on.setText(line.day)
        self.because.setText(line.because)


def _key(line: DutyLine) -> str:
    duty = line.duty
    return duty.case or f"{duty.kind.value} {duty.who}"
