"""The line that finds a household, and the households found beneath it; no list of its own windows, so that input methods work."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from taizhang_desktop.kit.parts import column, label
from taizhang_desktop.kit.search_line import SearchLine
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.table.columns import Column
from taizhang_desktop.table.value_model import Unsorted, ValueTableModel
from taizhang_desktop.table.value_table import CLOSE, ValueTable
from taizhang_desktop.viewmodels.intake_find import HouseholdFinder, HouseholdLine

TYPING_PAUSE = 200
"""Milliseconds without a key before a household is looked for."""
_SHOWN = 5

COLUMNS: tuple[Column[HouseholdLine, Unsorted], ...] = (
    Column(title="户主", text=lambda line: line.head, width=7),
    Column(title="身份证", text=lambda line: line.number, width=10),
    Column(title="村（社区）", text=lambda line: line.village, width=12),
    Column(title="现在的成员", text=lambda line: line.members, width=20),
)


class FindPart(QWidget):
    """Typing finds, ↓ or Enter goes to the first household found, Enter there chooses it. ``passed`` when nothing is asked.

    ``chosen`` carries the household's id.
    """

    chosen = Signal(str)
    passed = Signal()

    def __init__(self, finder: HouseholdFinder, mask: Callable[[str], str]) -> None:
        """Begin with nothing asked; ``mask`` hides numbers in the line while nobody types."""
        super().__init__()
        self._finder = finder
        self.line = SearchLine(mask)
        self.line.setObjectName("intake_find")
        self.line.setAccessibleName("查找已有的户")
        self.line.setPlaceholderText("先找户：姓名、拼音首字母、证件号码或电话（3位起）、村名；没有的直接填写")
        self.line.setClearButtonEnabled(True)
        self.says = label("", "small", wrap=True)
        self.says.setObjectName("intake_found")
        self._lines: ValueTableModel[HouseholdLine] = ValueTableModel(COLUMNS, lambda line: line.id, self)
        self.table: ValueTable[HouseholdLine] = ValueTable(self._lines, height=CLOSE)
        self.table.setObjectName("intake_households")
        self.table.setAccessibleName("找到的户")
        whole = column(label("查找已有的户", "field"), self.line, self.says, self.table, spacing=SPACE.tight)
        self.setLayout(whole)
        self.setFocusProxy(self.line)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE)
        self._pause.timeout.connect(self._find)
        self.line.textEdited.connect(lambda _: self._pause.start())
        self.line.textChanged.connect(self._cleared)
        self.line.installEventFilter(self)
        self.table.opened.connect(self.chosen)
        finder.changed.connect(self._show)
        self._show()

    def blank(self) -> None:
        """Ask nothing any more."""
        self._pause.stop()
        self.line.clear()
        self._finder.forget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter asks at once and goes on; ↓ goes into the households."""
        if watched is not self.line or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._enter()
            return True
        if event.key() == Qt.Key.Key_Down and self._finder.state.lines:
            self._go_in()
            return True
        return super().eventFilter(watched, event)

    def _enter(self) -> None:
        if not self.line.words().strip():
            self.passed.emit()
        elif self._pause.isActive() or not self._finder.state.answered:
            self._find()
        elif self._finder.state.lines:
            self._go_in()
        else:
            self.passed.emit()

    def _go_in(self) -> None:
        self.table.setFocus(Qt.FocusReason.TabFocusReason)
        self.table.selectRow(0)

    def _find(self) -> None:
        self._pause.stop()
        self._finder.find(self.line.words())

    def _cleared(self, text: str) -> None:
        if not text:
            self._find()

    def _show(self) -> None:
        state = self._finder.state
        self._lines.show_rows(state.lines)
        self.says.setText(state.says)
        self.says.setVisible(bool(state.says))
        self.table.setVisible(bool(state.lines))
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The table follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.table.fit()
        lines = min(self._lines.rowCount(), _SHOWN) + 1
        self.table.setFixedHeight(lines * self.table.verticalHeader().defaultSectionSize() + 2 * SPACE.small)
