"""The model of a table whose rows are all here (some hundreds): the columns of the big table, without pages."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from taizhang_desktop.table.columns import Align, Column
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
            return _ALIGNMENT[self.columns[section].align]
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        if orientation is Qt.Orientation.Vertical:
            return section + 1
        return self.columns[section].title
