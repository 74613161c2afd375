"""The thirteen columns of 附件2 as a plain table model, for a month's lines (some hundreds, all known)."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.ledger import LedgerLine
from taizhang_casework.domain.pack import RegulationPack

from taizhang_desktop.viewmodels.words import ledger_cells

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()

WIDTHS = (7, 9, 6, 11, 6, 6, 14, 7, 5, 12, 6, 8, 7)
"""Widths of the columns in Chinese characters."""


class LedgerLinesModel(QAbstractTableModel):
    """Shows lines of 附件2 under the pack's column titles; the id number is masked."""

    def __init__(self, pack: RegulationPack, parent: QObject | None = None) -> None:
        """Begin without lines."""
        super().__init__(parent)
        self._pack = pack
        self._lines: tuple[LedgerLine, ...] = ()
        self._cells: tuple[tuple[str, ...], ...] = ()

    def show_lines(self, lines: Sequence[LedgerLine]) -> None:
        """Show these instead; the same lines again leave the view where it is."""
        if tuple(lines) == self._lines:
            return
        self.beginResetModel()
        self._lines = tuple(lines)
        self._cells = tuple(ledger_cells(line, self._pack) for line in self._lines)
        self.endResetModel()

    def case_at(self, row: int) -> CaseId:
        """The case that a line came from."""
        return self._lines[row].case

    def row_of(self, case: str) -> int | None:
        """Where a case's line is."""
        return next((at for at, line in enumerate(self._lines) if line.case == case), None)

    def rowCount(self, parent: Index = _TOP) -> int:  # noqa: N802 - Qt's name
        """All lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _TOP) -> int:  # noqa: N802 - Qt's name
        """The thirteen columns."""
        return 0 if parent.isValid() else len(self._pack.ledger_columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text, and as a tip the whole of a long one."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._cells[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The titles as the notice has them; numbers down the side."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        if orientation is Qt.Orientation.Vertical:
            return section + 1
        return self._pack.ledger_columns[section]
