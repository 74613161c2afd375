"""下发镇街: what waits for each town, and the packages that went."""

from taizhang_casework.domain.day_words import day_words
from taizhang_casework.domain.offices import OfficeId

from taizhang_desktop.kit.parts import Button, chip, permit, set_tone
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.shell.desk_screen import DeskScreen
from taizhang_desktop.table.columns import Align, Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import CLOSE, ValueTable
from taizhang_desktop.viewmodels.dispatch import DispatchModel, TownLine


def _number(count: int) -> str:
    return str(count) if count else ""


def _package(line: TownLine) -> str:
    return "" if line.last is None else f"第{line.last.manifest.number}号，{line.last.at:%m-%d %H:%M}"


_COLUMNS: tuple[Column[TownLine, Unsorted], ...] = (
    Column(title="镇街", text=lambda line: line.name, width=11),
    Column(title="待下发（条）", text=lambda line: _number(line.waiting), width=6, align=Align.RIGHT),
    Column(title="本月已下发（条）", text=lambda line: _number(line.sent), width=8, align=Align.RIGHT),
    Column(title="状态", text=lambda line: line.state, tone=lambda line: line.tone, width=11),
    Column(title="最近的数据包", text=_package, width=11),
)


class DispatchScreen(DeskScreen):
    """下发镇街. Enter or a double click makes the package of one town."""

    def __init__(self, model: DispatchModel) -> None:
        """Draw the view-model."""
        super().__init__("下发镇街", model)
        self._model = model
        self.send_all = Button("全部生成数据包", "primary", Icon.SENDING)
        self.send_all.setObjectName("send_all")
        self.send_one = Button("生成选中镇街")
        self.send_one.setObjectName("send_one")
        self.waiting = chip("")
        self.waiting.setObjectName("dispatch_waiting")
        self.rows: ValueTableModel[TownLine] = ValueTableModel(_COLUMNS, lambda line: line.town, self)
        self.table: ValueTable[TownLine] = ValueTable(self.rows, height=CLOSE)
        self.table.setObjectName("dispatch_table")
        self.table.setAccessibleName("各镇街待下发的预警信息")
        for part in (self.waiting, self.send_one, self.send_all):
            self.action_row.addWidget(part)
        for button in (self.send_one, self.send_all):
            button.setEnabled(False)
        self.stack = StateStack(self.table)
        self.body.addWidget(self.stack, 1)
        self.send_all.clicked.connect(model.send_all)
        self.send_one.clicked.connect(lambda: model.send(OfficeId(self.table.current_key())))
        self.table.opened.connect(lambda key: model.send(OfficeId(key)))
        self.table.picked.connect(self._pick)
        self.first = self.table
        model.changed.connect(self._show)

    def _pick(self, key: str) -> None:
        line = next((line for line in self._model.state.towns if line.town == key), None)
        again = line is not None and not line.waiting and bool(line.sent)
        self.send_one.setText("重新生成" if again else "生成选中镇街")
        can = line is not None and bool(line.waiting or line.sent)
        permit(self.send_one, self._model.may_not_export, can=can)

    def _show(self) -> None:
        state = self._model.state
        self.say(f"应在{day_words(state.due, state.today)}前下发（依据：一（二）2）")
        permit(self.send_all, self._model.may_not_export, can=bool(state.ready))
        self.waiting.setText(f"待下发 {state.waiting}条" if state.waiting else "没有待下发")
        set_tone(self.waiting, Tone.PLAIN if not state.waiting else Tone.OVERDUE if state.late else Tone.SOON)
        if state.trouble is not None:
            self.stack.show_trouble(state.trouble, self._model.refresh)
            return
        if not state.loaded:
            self.stack.show_loading()
            return
        self.stack.show_content()
        self.rows.show_rows(state.towns)
        if not self.table.current_key():
            self.table.selectRow(0)
        self._pick(self.table.current_key())
