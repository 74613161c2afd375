"""镇街报送: who has filed, who has not, at one glance."""

from PySide6.QtCore import Signal
from taizhang_casework.domain.bureau import BoardLine
from taizhang_casework.domain.day_words import day_words

from taizhang_desktop.kit.month_box import MonthBox
from taizhang_desktop.kit.parts import Button, chip, row, set_tone
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.shell.desk_screen import DeskScreen
from taizhang_desktop.table.columns import Align, Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import CLOSE, ValueTable
from taizhang_desktop.viewmodels.board import BoardModel, board_tone, board_words


def _count(line: BoardLine, number: int) -> str:
    return "" if line.received_at is None else str(number)


_COLUMNS: tuple[Column[BoardLine, Unsorted], ...] = (
    Column(title="镇街", text=lambda line: line.town_name, width=11),
    Column(title="报送", text=board_words, tone=board_tone, width=8),
    Column(title="下发（条）", text=lambda line: str(line.sent) if line.sent else "", width=5, align=Align.RIGHT),
    Column(title="台账（行）", text=lambda line: _count(line, line.lines), width=5, align=Align.RIGHT),
    Column(title="已办结（行）", text=lambda line: _count(line, line.closed), width=6, align=Align.RIGHT),
    Column(title="版次", text=lambda line: f"第{line.revision}版" if line.revision else "", width=4),
    Column(
        title="收到时间",
        text=lambda line: "" if line.received_at is None else f"{line.received_at:%Y-%m-%d %H:%M}",
        width=9,
    ),
    Column(
        title="名片",
        text=lambda line: "已登记" if line.enrolled else "未登记",
        tone=lambda line: Tone.PLAIN if line.enrolled else Tone.SOON,
        width=5,
    ),
)


class BoardScreen(DeskScreen):
    """镇街报送. ``taking`` is emitted when a package is to be received."""

    taking = Signal()

    def __init__(self, model: BoardModel) -> None:
        """Draw the view-model."""
        super().__init__("镇街报送", model)
        self._model = model
        self.month = MonthBox(model.state.month)
        self.take = Button("接收数据包", "primary", Icon.EXCHANGE)
        self.take.setObjectName("board_take")
        self.filed = chip("")
        self.filed.setObjectName("board_filed")
        self.missing = chip("")
        self.missing.setObjectName("board_missing")
        self.rows: ValueTableModel[BoardLine] = ValueTableModel(_COLUMNS, lambda line: line.town, self)
        self.table: ValueTable[BoardLine] = ValueTable(self.rows, height=CLOSE)
        self.table.setObjectName("board_table")
        self.table.setAccessibleName("各镇街报送情况")
        self.action_row.addWidget(self.month)
        self.action_row.addWidget(self.take)
        self.body.addLayout(row(self.filed, self.missing, None))
        self.stack = StateStack(self.table)
        self.body.addWidget(self.stack, 1)
        self.month.moved.connect(model.show_month)
        self.take.clicked.connect(self.taking)
        self.first = self.table
        model.changed.connect(self._show)

    def _show(self) -> None:
        state = self._model.state
        self.month.show_month(state.month)
        self.say(f"应在{day_words(state.due, state.today)}前报送（依据：一（三）1）")
        if state.trouble is not None:
            self.stack.show_trouble(state.trouble, self._model.refresh)
            return
        if not state.loaded:
            self.stack.show_loading()
            return
        self.filed.setText(f"已报 {state.filed}")
        set_tone(self.filed, Tone.DONE if state.filed else Tone.PLAIN)
        missing = state.missing
        late = any(line.late for line in missing)
        self.missing.setText(f"未报 {len(missing)}")
        set_tone(self.missing, Tone.PLAIN if not missing else Tone.OVERDUE if late else Tone.SOON)
        self.stack.show_content()
        self.rows.show_rows(state.lines)
