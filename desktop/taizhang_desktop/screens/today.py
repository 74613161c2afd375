"""今日待办: the list of what is owed, and beside it the reason of the day."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from taizhang_casework.domain.duties import DutyGroup

from taizhang_desktop.kit.flow import FlowRow
from taizhang_desktop.kit.giving_way import follow_text
from taizhang_desktop.kit.parts import Button, Scrolled, card, chip, column, label, row, set_tone
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.shell.desk_screen import DeskScreen
from taizhang_desktop.table.columns import Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.today import GROUPS, DateCard, DutyLine, TodayModel

_COLUMNS: tuple[Column[DutyLine, Unsorted], ...] = (
    Column(title="期限", text=lambda line: line.left, tone=lambda line: line.tone, width=9),
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
        self.groups = GroupRow(model)
        self.dates = DateStrip()
        self.rows: ValueTableModel[DutyLine] = ValueTableModel(_COLUMNS, _key, self)
        self.table: ValueTable[DutyLine] = ValueTable(self.rows)
        self.table.setObjectName("today_table")
        self.table.setAccessibleName("待办事项")
        self.reason = ReasonPane()
        content = QWidget()
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE.medium)
        across.addWidget(self.table, 1)
        across.addWidget(self.reason)
        content.setLayout(column(self.groups, across, spacing=SPACE.small))
        self.stack = StateStack(content)
        self.stack.show_loading()
        self._awaited = True
        self.body.addWidget(self.dates)
        self.body.addWidget(self.stack, 1)
        self.table.opened.connect(self._open)
        self.table.picked.connect(self._pick)
        self.reason.go.clicked.connect(lambda: self._open(self.table.current_key()))
        self.dates.picked.connect(self.reason.show_date)
        self.first = self.table
        model.changed.connect(self._show)

    def _show(self) -> None:
        state = self._model.state
        self.groups.show_state()
        self.dates.show_dates(state.dates)
        if state.trouble is not None:
            self.stack.show_trouble(state.trouble, self._model.refresh)
            return
        self.rows.show_rows(state.shown)
        if not state.loaded:
            self.stack.show_loading()
            return
        if not state.lines:
            self.stack.show_empty("今天没有待办", "新的预警信息登记或接收后，会按期限列在这里", icon=Icon.DONE)
            return
        self.stack.show_content()
        if not self.table.current_key():
            self.table.selectRow(0)
        awaited, self._awaited = self._awaited, False
        if awaited and self.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._pick(self.table.current_key())

    def _pick(self, key: str) -> None:
        at = self.rows.row_of(key)
        self.reason.show_line(None if at is None else self.rows.row_at(at))

    def _open(self, key: str) -> None:
        at = self.rows.row_of(key)
        line = None if at is None else self.rows.row_at(at)
        if line is not None:
            self._model.open(line)


class GroupRow(FlowRow):
    """The parts of the list with how many are in each; one is shown, or all. Colour and word say the same."""

    def __init__(self, model: TodayModel) -> None:
        """Draw the parts of the view-model's list."""
        super().__init__()
        self._model = model
        self.buttons: dict[DutyGroup | None, Button] = {}
        for group in (None, *DutyGroup):
            button = Button("", "chip")
            button.setObjectName(f"today_group_{'all' if group is None else group.value}")
            button.setCheckable(True)
            button.clicked.connect(self._chooser(group))
            self.buttons[group] = button
            self.add(button)

    def show_state(self) -> None:
        """Follow the view-model."""
        state = self._model.state
        for group, button in self.buttons.items():
            words, tone = ("全部", Tone.PLAIN) if group is None else GROUPS[group]
            size = state.size(group)
            button.setText(f"{'● ' if state.group is group else ''}{words} {size}")
            button.setAccessibleName(f"{words}，{size}件")
            button.setChecked(state.group is group)
            button.setEnabled(size > 0 or group is None)
            set_tone(button, tone if size else Tone.PLAIN)

    def _chooser(self, group: DutyGroup | None) -> Callable[[], None]:
        def choose() -> None:
            self._model.only_group(group)
            self.show_state()

        return choose


class DateStrip(QWidget):
    """The fixed dates of the month, each with how it stands; a click or Enter explains it. ``picked`` carries the card."""

    picked = Signal(object)

    def __init__(self) -> None:
        """Begin without dates."""
        super().__init__()
        self._flow = FlowRow()
        self._drawn: tuple[DateCard, ...] = ()
        self.buttons: list[Button] = []
        self._title = label("本月固定日期", "small")
        across = row(self._title)
        across.addWidget(self._flow, 1)
        self.setLayout(across)
        self.hide()

    def show_dates(self, dates: tuple[DateCard, ...]) -> None:
        """Show these."""
        if dates == self._drawn:
            return
        for button in self.buttons:
            self._flow.drop(button)
        self.buttons = [self._button(each) for each in dates]
        self._drawn = dates
        self.setVisible(bool(dates))

    def _button(self, each: DateCard) -> Button:
        button = Button(f"{each.says}　{each.state}", "chip")
        button.setObjectName(f"today_date_{each.date.key}")
        button.setToolTip(each.date.explains)
        button.setAccessibleDescription(each.date.explains)
        set_tone(button, each.tone)
        button.clicked.connect(lambda: self.picked.emit(each))
        self._flow.add(button)
        button.show()
        return button


class ReasonPane(QWidget):
    """What the chosen duty is, and why by that day."""

    def __init__(self) -> None:
        """Begin blank."""
        super().__init__()
        follow_text(self, lambda: self.setFixedWidth(self.fontMetrics().horizontalAdvance("国") * _REASON_WIDTH))
        self.who = label("", "heading", wrap=True)
        self.what = label("", wrap=True)
        self.left = chip("")
        self.on = label("", "muted")
        self.because = label("", wrap=True, select=True)
        self.because.setObjectName("today_reason")
        self.go = Button("去办理", "primary", Icon.CASE)
        self.go.setObjectName("today_open")
        said, left = QWidget(), FlowRow(SPACE.small)
        left.add(self.left)
        left.add(self.on)
        said.setLayout(
            column(self.who, self.what, left, label("期限依据", "field"), self.because, None, spacing=SPACE.medium)
        )
        inside = column(Scrolled(said), row(None, self.go), spacing=SPACE.medium)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card(inside))

    def show_date(self, each: DateCard) -> None:
        """Explain a fixed date of the month."""
        self.setVisible(True)
        self.who.setText(f"{each.day}　{each.date.who}")
        self.what.setText(each.date.duty)
        self.left.setText(each.state)
        set_tone(self.left, each.tone)
        self.on.setText("")
        self.because.setText(each.date.explains)
        self.go.hide()

    def show_line(self, line: DutyLine | None) -> None:
        """Show it; None blanks the pane."""
        self.setVisible(line is not None)
        self.go.show()
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
