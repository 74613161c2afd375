"""Which columns 预警台账 shows, and in which order."""

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from taizhang_desktop.kit.giving_way import ends
from taizhang_desktop.kit.parts import Button, card, column, label, row
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.table.columns import ColumnPlace, usual_places
from taizhang_desktop.viewmodels.ledger_columns import CaseColumn

_KEY = Qt.ItemDataRole.UserRole
_WIDTH = 17
"""Characters."""


class ColumnList(QListWidget):
    """The columns; ``moved`` says that the current one is to go up or down."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Alt with an arrow moves the line, where the list would only go to the next."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class ColumnsPane(QWidget):
    """A list beside the table: Space shows or hides a column, Alt with an arrow moves it. ``arranged`` carries the places."""

    arranged = Signal(object)
    left = Signal()

    def __init__(self, columns: tuple[CaseColumn, ...]) -> None:
        """``columns`` are all there are."""
        super().__init__()
        self._columns = {each.key: each for each in columns}
        self._usual = usual_places(columns)
        self._places: tuple[ColumnPlace, ...] = ()
        self._showing = False
        self.list = ColumnList()
        self.list.setObjectName("ledger_columns_list")
        self.list.setAccessibleName("显示的列")
        self.up, self.down = Button("上移"), Button("下移")
        self.up.setToolTip("Alt+↑")
        self.down.setToolTip("Alt+↓")
        self.usual = Button("恢复默认", "quiet")
        self.done = Button("完成", "quiet")
        self.done.setObjectName("ledger_columns_done")
        self._fit()
        inside = column(
            row(label("显示的列", "heading"), None, self.done),
            label("空格：显示或不显示", "small"),
            self.list,
            ends((self.up, self.down), (self.usual,), SPACE.small),
            spacing=SPACE.small,
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card(inside))
        self.list.itemChanged.connect(self._ticked)
        self.list.moved.connect(self._move)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.usual.clicked.connect(lambda: self._arrange(self._usual))
        self.done.clicked.connect(self.left)

    def show_places(self, places: tuple[ColumnPlace, ...]) -> None:
        """Show the columns as they are arranged."""
        at = self.list.currentRow()
        kept = self.list.item(at).data(_KEY) if at >= 0 else None
        self._places, self._showing = places, True
        self.list.clear()
        for place in places:
            item = QListWidgetItem(self._columns[place.key].title)
            item.setData(_KEY, place.key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if place.shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
            if place.key == (kept or places[0].key):
                self.list.setCurrentItem(item)
        self._showing = False

    def begin(self) -> None:
        """Take the focus."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Larger text, a wider pane."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("国") * _WIDTH + 40)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _ticked(self, item: QListWidgetItem) -> None:
        if self._showing:
            return
        shown = item.checkState() is Qt.CheckState.Checked
        key = item.data(_KEY)
        places = tuple(
            ColumnPlace(place.key, shown, place.width) if place.key == key else place for place in self._places
        )
        if any(place.shown for place in places):
            self._places = places
            self.arranged.emit(places)
        else:
            with QSignalBlocker(self.list):
                item.setCheckState(Qt.CheckState.Checked)

    def _move(self, by: int) -> None:
        at = self.list.currentRow()
        to = at + by
        if at < 0 or not 0 <= to < len(self._places):
            return
        places = list(self._places)
        places.insert(to, places.pop(at))
        self._arrange(tuple(places))

    def _arrange(self, places: tuple[ColumnPlace, ...]) -> None:
        self.show_places(places)
        self.arranged.emit(places)
