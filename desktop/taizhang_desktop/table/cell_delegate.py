"""How a cell of a table is drawn: its text stands under its title, and the current cell has no frame of its own."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from taizhang_desktop.table.ledger_table import ToneDelegate

INDENT = 5
"""Pixels between a cell's edge and what Qt leaves free itself; with it the text stands where the header's does."""


class CellDelegate(ToneDelegate):
    """Draws rows, not cells: the keyboard goes by rows, which the selection shows."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Indent the text; the ground of a selected row reaches the edge."""
        moved = QStyleOptionViewItem(option)
        state: QStyle.StateFlag = moved.state  # type: ignore[attr-defined]  # PySide6's stub lacks the fields of QStyleOption
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(moved.rect, moved.palette.brush(QPalette.ColorRole.Highlight))  # type: ignore[attr-defined]  # as above
        moved.state = state & ~QStyle.StateFlag.State_HasFocus  # type: ignore[attr-defined]  # as above
        moved.rect = moved.rect.adjusted(INDENT, 0, 0, 0)  # type: ignore[attr-defined]  # as above
        super().paint(painter, moved, index)
