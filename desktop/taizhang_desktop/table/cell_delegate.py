"""How a cell of a table is drawn: in the ink of its tone, under its title, without a frame of its own."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from taizhang_desktop.look.tokens import Tone, colours_of
from taizhang_desktop.table.paged_model import TableRole

INDENT = 5
"""Pixels between a cell's edge and what Qt leaves free itself; with it the text stands where the header's does.

A rule for ``::item`` in the style sheet does the same and makes each frame a third slower.
"""


def dress(view: QTableView) -> None:
    """What all tables have in common: whole rows, one line each, smooth sideways, Tab leaves the table."""
    view.setItemDelegate(CellDelegate(view))
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setTextElideMode(Qt.TextElideMode.ElideRight)
    view.setWordWrap(False)
    view.setShowGrid(False)
    view.setAlternatingRowColors(True)
    view.setTabKeyNavigation(False)
    view.setCornerButtonEnabled(False)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setMinimumSectionSize(1)


class CellDelegate(QStyledItemDelegate):
    """Draws rows, not cells: the keyboard goes by rows, which the selection shows."""

    def initStyleOption(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Set the ink."""
        super().initStyleOption(option, index)
        tone = index.data(TableRole.TONE)
        if isinstance(tone, Tone) and tone is not Tone.PLAIN:
            palette: QPalette = option.palette  # type: ignore[attr-defined]  # PySide6's stub lacks the fields of QStyleOption
            ink = QColor(colours_of(palette).tone(tone).ink)
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                palette.setColor(role, ink)
            option.palette = palette  # type: ignore[attr-defined]  # as above

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Indent the text; the ground of a selected row reaches the edge."""
        moved = QStyleOptionViewItem(option)
        state: QStyle.StateFlag = moved.state  # type: ignore[attr-defined]  # PySide6's stub lacks the fields of QStyleOption
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(moved.rect, moved.palette.brush(QPalette.ColorRole.Highlight))  # type: ignore[attr-defined]  # as above
        moved.state = state & ~QStyle.StateFlag.State_HasFocus  # type: ignore[attr-defined]  # as above
        moved.rect = moved.rect.adjusted(INDENT, 0, -INDENT, 0)  # type: ignore[attr-defined]  # as above
        super().paint(painter, moved, index)
