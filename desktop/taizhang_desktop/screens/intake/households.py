"""户与成员: households found by one line, each with its people over time; and the queue of what waits for a person."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from taizhang_casework.domain.changes import Changes

from taizhang_desktop.guide.keys import FIND, OTHER_PAGE, bind
from taizhang_desktop.kit.parts import Button, column, label, row
from taizhang_desktop.kit.search_line import SearchLine
from taizhang_desktop.kit.states import StateStack
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.screens.intake.household_part import HouseholdPart
from taizhang_desktop.screens.intake.queue_part import QueuePart
from taizhang_desktop.shell.screen import Screen
from taizhang_desktop.table.columns import Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import ValueTable
from taizhang_desktop.viewmodels.intake_find import HouseholdLine
from taizhang_desktop.viewmodels.intake_households import HouseholdsModel
from taizhang_desktop.viewmodels.intake_queue import QueueModel

TYPING_PAUSE = 200
"""Milliseconds without a key before a household is looked for."""
QUEUE = "queue"
"""The target that opens 待确认."""

FOUND: tuple[Column[HouseholdLine, Unsorted], ...] = (
    Column(title="户主", text=lambda line: line.head, width=5),
    Column(title="村（社区）", text=lambda line: line.village, width=8),
    Column(title="现在的成员", text=lambda line: line.members, width=8, tip=lambda line: line.members),
)


class HouseholdsScreen(Screen):
    """户与成员. Ctrl+F goes to the search, F6 changes between the households and 待确认."""

    def __init__(self, model: HouseholdsModel, queue: QueueModel) -> None:
        """Draw both parts."""
        super().__init__("户与成员")
        self._model = model
        self._queue = queue
        self._queue_part: QueuePart | None = None
        self.setAccessibleName("户与成员")
        self.to_households = Button("找户", "tab", Icon.SEARCH)
        self.to_queue = Button("待确认", "tab")
        for button in (self.to_households, self.to_queue):
            button.setCheckable(True)
        self.to_households.setObjectName("households_find")
        self.to_queue.setObjectName("households_queue")
        self.to_queue.setToolTip("F6")
        self.back = Button("返回案件", "quiet")
        self.back.setObjectName("households_back")
        self.back.clicked.connect(model.go_back)
        self.action_row.addWidget(self.back)
        self.line = SearchLine(model.mask)
        self.line.setObjectName("households_line")
        self.line.setAccessibleName("查找户")
        self.line.setPlaceholderText("姓名、首字母、号码、村名")
        self.line.setClearButtonEnabled(True)
        self.says = label("", "small", wrap=True)
        self._found: ValueTableModel[HouseholdLine] = ValueTableModel(FOUND, lambda line: line.id, self)
        self.found: ValueTable[HouseholdLine] = ValueTable(self._found)
        self.found.setObjectName("households_found")
        self.found.setAccessibleName("找到的户")
        self.household = HouseholdPart(model)
        self.stack = StateStack(self.household)
        left = QWidget()
        left.setLayout(column(self.line, self.says, self.found, spacing=SPACE.small))
        self.finding = QWidget()
        across = row(spacing=SPACE.medium)
        across.addWidget(left, 3)
        across.addWidget(self.stack, 7)
        self.finding.setLayout(across)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.finding)
        self.body.addLayout(row(self.to_households, self.to_queue, None))
        self.body.addWidget(self.pages, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE)
        self._connect()
        self._turn_to(self.finding)
        self._show()

    @property
    def queue(self) -> QueuePart:
        """待确认, made when it is first asked for."""
        if self._queue_part is None:
            self._queue_part = QueuePart(self._queue)
            self.pages.addWidget(self._queue_part)
        return self._queue_part

    def activate(self, target: str = "") -> None:
        """Gone to: with a household's id it is shown, with ``queue`` 待确认."""
        self._queue.refresh()
        if target == QUEUE:
            self._turn_to(self.queue)
            self.queue.begin()
        elif target:
            self._turn_to(self.finding)
            self._model.open(target)
            self._show()
            self.household.begin()
        else:
            self._model.refresh()
            self._begin()

    def read_again(self) -> None:
        """Read anew, and nothing else."""
        self._queue.refresh()
        self._model.refresh()

    def on_changes(self, changes: Changes) -> None:
        """Let the view-models decide."""
        self._model.on_changes(changes)
        self._queue.on_changes(changes)

    def unsaved(self) -> str:
        """Whose changes are half-typed and not kept."""
        names = self._model.drafts.names
        return f"户与成员：{'、'.join(names)}户填写的变更尚未保存" if names else ""

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Left for another screen: what is half-typed is written now."""
        self._model.drafts.shelf.flush()
        super().hideEvent(event)

    def shut(self) -> None:
        """Close both view-models."""
        self._model.close()

    def _connect(self) -> None:
        self.to_households.clicked.connect(lambda: self._go(self.finding))
        self.to_queue.clicked.connect(lambda: self._go(self.queue))
        self.line.textEdited.connect(lambda _: self._pause.start())
        self.line.textChanged.connect(self._cleared)
        self.line.returnPressed.connect(self._entered)
        self._pause.timeout.connect(self._find)
        self.found.picked.connect(self._picked)
        self.found.opened.connect(self._opened)
        self._model.finder.changed.connect(self._list)
        self._model.changed.connect(self._show)
        self._queue.changed.connect(self._count)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        bind(FIND, self, self._to_line, context)
        bind(OTHER_PAGE, self, self._other, context)

    def _turn_to(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        for button, chosen in ((self.to_households, page is self.finding), (self.to_queue, page is not self.finding)):
            button.setChecked(chosen)

    def _go(self, page: QWidget) -> None:
        self._turn_to(page)
        self._begin()

    def _begin(self) -> None:
        if self.pages.currentWidget() is not self.finding:
            self.queue.begin()
        else:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _other(self) -> None:
        self._go(self.queue if self.pages.currentWidget() is self.finding else self.finding)

    def _to_line(self) -> None:
        self._turn_to(self.finding)
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def _find(self) -> None:
        self._pause.stop()
        self._model.finder.find(self.line.words())

    def _cleared(self, text: str) -> None:
        if not text:
            self._find()

    def _entered(self) -> None:
        if self._pause.isActive():
            self._find()
        elif self._found.rowCount():
            self.found.setFocus(Qt.FocusReason.TabFocusReason)
            self.found.selectRow(0)

    def _picked(self, key: str) -> None:
        if key and self.found.hasFocus():
            self._model.open(key)

    def _opened(self, key: str) -> None:
        self._model.open(key)
        self.household.begin()

    def _list(self) -> None:
        state = self._model.finder.state
        self._found.show_rows(state.lines)
        self.says.setText("没有找到这样的户" if state.answered and not state.lines else state.says)
        self.says.setVisible(bool(self.says.text()))
        self._show()

    def _show(self) -> None:
        self.back.setVisible(bool(self._model.came_from) and self._model.view.sheet is not None)
        if self._model.view.sheet is not None:
            self.stack.show_content()
        else:
            self.stack.show_empty(
                "在左边查找一户", "选中后可以看到现在和以前的成员，登记加入、离开和户主变更", icon=Icon.HOUSE
            )

    def _count(self) -> None:
        lines = self._queue.view.lines
        self.to_queue.setText("待确认" if not lines else f"待确认（{len(lines)}）")
