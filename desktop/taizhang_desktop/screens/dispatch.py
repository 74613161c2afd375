"""下发镇街: what waits for each town, and the packages that went."""

from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.offices import OfficeId

from taizhang_desktop.kit.parts import Button
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.shell.screen import Screen
from taizhang_desktop.table.columns import Align, Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.dispatch import DispatchModel, TownLine


def _number(count: int) -> str:
    return str(count) if count else ""


def _package(line: TownLine) -> str:
    return "" if line.last is None else f"第{line.last.manifest.number}号，{line.last.at:%m-%d %H:%M}"


_COLUMNS: tuple[Column[TownLine, Unsorted], ...] = (
    Column(title="镇街", text=lambda line: line.name, width=11),
    Column(title="待下发", text=lambda line: _number(line.waiting), width=4, align=Align.RIGHT),
    Column(title="本月已下发", text=lambda line: _number(line.sent), width=5, align=Align.RIGHT),
    Column(title="状态", text=lambda line: line.state, tone=lambda line: line.tone, width=11),
    Column(title="最近的数据包", text=_package, width=11),
)


class DispatchScreen(Screen):
    """下发镇街. Enter or a double click makes the package of one town."""

    def __init__(self, model: DispatchModel) -> None:
        """Draw the view-model."""
        super().__init__("下发镇街")
        self._model = model
        self.setAccessibleName("下发镇街")
        self.send_all = Button("全部生成数据包", "primary", Icon.SENDING)
        self.send_all.setObjectName("send_all")
        self.send_one = Button("只生成选中的镇街")
        self.send_one.setObjectName("send_one")
        self.rows: ValueTableModel[TownLine] = ValueTableModel(_COLUMNS, lambda line: line.town, self)
        self.table: ValueTable[TownLine] = ValueTable(self.rows)
        self.table.setObjectName("dispatch_table")
        self.table.setAccessibleName("各镇街待下发的预警信息")
        self.action_row.addWidget(self.send_one)
        self.action_row.addWidget(self.send_all)
        self.stack = StateStack(self.table)
        self.body.addWidget(self.stack, 1)
        self.send_all.clicked.connect(model.send_all)
        self.send_one.clicked.connect(lambda: model.send(OfficeId(self.table.current_key())))
        self.table.opened.connect(lambda key: model.send(OfficeId(key)))
        self.table.picked.connect(self._pick)
        model.changed.connect(self._show)

    def activate(self, target: str = "") -> None:
        """Read anew."""
        del target
        self._model.refresh()

    def on_changes(self, changes: Changes) -> None:
        """Lists, partners, packages."""
        self._model.on_changes(changes)

    def shut(self) -> None:
        """Close the view-model."""
        self._model.close()

    def _pick(self, key: str) -> None:
        self.send_one.setEnabled(any(line.town == key for line in self._model.state.ready))

    def _show(self) -> None:
        state = self._model.state
        due = f"{state.due.month}月{state.due.day}日"
        self.say(f"待下发{sum(line.waiting for line in state.towns)}条，应在{due}前反馈镇街（依据：一（二）2）")
        self.send_all.setEnabled(bool(state.ready))
        if state.trouble is not None:
            again = Button("重新读取")
            again.clicked.connect(self._model.refresh)
            self.stack.show_trouble(state.trouble, again)
            return
        self.stack.show_content()
        self.rows.show_rows(state.towns)
        self._pick(self.table.current_key())
