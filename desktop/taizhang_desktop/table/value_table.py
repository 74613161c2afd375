"""A table of values that are all here (some hundreds of rows): the same columns and keys as the big table, without pages."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from taizhang_desktop.table.columns import Align, Column
from taizhang_desktop.table.ledger_table import ToneDelegate
from taizhang_desktop.table.paged_model import TableRole

R = TypeVar("R")

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_ALIGNMENT = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    Align.CENTRE: Qt.AlignmentFlag.AlignCenter,
}


class Unsorted(Enum):
    """The keys of a table that keeps the order it was given: none."""


class ValueTableModel(QAbstractTableModel, Generic[R]):
    """Rows ``R`` in the order given. ``key`` names a row, so that it is found again among others."""

    def __init__(
        self, columns: Sequence[Column[R, Unsorted]], key: Callable[[R], str], parent: QObject | None = None
    ) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._rows: tuple[R, ...] = ()

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these instead; equal rows leave the view where it is."""
        if tuple(rows) == self._rows:
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row_at(self, row: int) -> R | None:
        """The row; None where there is none."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def key_at(self, row: int) -> str:
        """The key of a row; empty where there is none."""
        found = self.row_at(row)
        return "" if found is None else self._key(found)

    def row_of(self, key: str) -> int | None:
        """Where the row of that key is."""
        return next((at for at, row in enumerate(self._rows) if self._key(row) == key), None)

    def rowCount(self, parent: Index = _TOP) -> int:  # noqa: N802 - Qt's name
        """All rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _TOP) -> int:  # noqa: N802 - Qt's name
        """The columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, alignment, tip, and the tone for the delegate."""
        column, row = self.columns[index.column()], self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return (column.tip or column.text)(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENT[column.align]
        return column.tone(row) if role == TableRole.TONE else None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Titles across, the whole of a long one as a tip; numbers down the side."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        if orientation is Qt.Orientation.Vertical:
            return section + 1
        return self.columns[section].title


class ValueTable(QTableView, Generic[R]):
    """Shows a :class:`ValueTableModel`. Enter or a double click opens a row, Ctrl+C copies it as shown.

    ``opened`` and ``picked`` (the current row, empty for none) carry the row's key.
    """

    opened = Signal(str)
    picked = Signal(str)

    def __init__(self, model: ValueTableModel[R], parent: QWidget | None = None) -> None:
        """Set up the view for the model."""
        super().__init__(parent)
        self._model = model
        self._kept = ""
        self.setModel(model)
        self.setItemDelegate(ToneDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        rows, head = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(round(self.fontMetrics().height() * 1.75))
        head.setStretchLastSection(True)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        self.fit()
        self.doubleClicked.connect(lambda index: self.opened.emit(model.key_at(index.row())))
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._find_again)
        self.selectionModel().currentRowChanged.connect(self._current_changed)

    def current_key(self) -> str:
        """The key of the current row; empty for none."""
        return self._model.key_at(self.currentIndex().row())

    def go_to(self, key: str) -> bool:
        """Select a row and bring it into sight; False where it is not shown."""
        row = self._model.row_of(key)
        if row is None:
            return False
        self.selectRow(row)
        self.scrollTo(self._model.index(row, 0), QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def fit(self) -> None:
        """Set the widths of the columns, which are in Chinese characters; the last takes what is left."""
        one = self.fontMetrics().horizontalAdvance("国")
        for at, column in enumerate(self._model.columns):
            self.horizontalHeader().resizeSection(at, one * column.width + 20)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens, Ctrl+C copies what is shown, Home and End go to the first and last row."""
        last = self._model.rowCount() - 1
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current_key():
            self.opened.emit(self.current_key())
        elif event.matches(QKeySequence.StandardKey.Copy) and self.current_key():
            self._copy()
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and last >= 0:
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def _copy(self) -> None:
        row = self.currentIndex().row()
        cells = (str(self._model.index(row, at).data()) for at in range(self._model.columnCount()))
        QGuiApplication.clipboard().setText("\t".join(cells))

    def _current_changed(self) -> None:
        self.picked.emit(self.current_key())

    def _keep(self) -> None:
        self._kept = self.current_key()

    def _find_again(self) -> None:
        if not (self._kept and self.go_to(self._kept)):
            self.picked.emit("")
