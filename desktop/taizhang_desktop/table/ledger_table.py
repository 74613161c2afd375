"""The view of a big table: fixed heights, set widths, keyboard, tones; what is opened or revealed goes out as an id."""

from collections.abc import Sequence
from typing import Generic, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from taizhang_desktop.table.cell_delegate import dress
from taizhang_desktop.table.columns import Known, S
from taizhang_desktop.table.paged_model import PagedTableModel


class _Kept(NamedTuple):
    """What was current before the model was reset, the first row in the window, and whether the row is sought from elsewhere."""

    row_id: str = ""
    row: int = -1
    top: int = 0
    sought: bool = False


class LedgerTable(QTableView, Generic[Known, S]):
    """Shows a :class:`PagedTableModel`. Enter or a double click opens a row, Ctrl+C copies it as shown.

    A row that shows ``…`` is opened as soon as it is here.

    ``opened``, ``revealed`` (the user wants the full number: log it, then ``model.reveal``) and ``picked`` (the current
    row, empty for none) carry the row's id.
    """

    opened = Signal(str)
    revealed = Signal(str)
    picked = Signal(str)

    def __init__(self, model: PagedTableModel[Known, S], parent: QWidget | None = None) -> None:
        """Set up the view for the model."""
        super().__init__(parent)
        self._model = model
        self._kept = _Kept()
        self._sought = False
        self._finding = False
        self._awaited: list[int] = []
        self.setModel(model)
        dress(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self._set_heads()
        self.doubleClicked.connect(self._double_clicked)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._find_again)
        model.came.connect(self._came)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.selectionModel().currentRowChanged.connect(self._current_changed)

    def current_id(self) -> str:
        """The id of the current row; empty for none, and while the row is not here yet."""
        row = self.currentIndex().row()
        return self._model.id_at(row) if 0 <= row < self._model.rowCount() else ""

    def selected_ids(self) -> tuple[str, ...]:
        """The ids of the selected rows that are here, top down."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(row_id for row_id in map(self._model.id_at, rows) if row_id)

    def go_to(self, row_id: str) -> None:
        """Select a row and bring it into sight: at once where it is here, else as soon as the source has said where it is."""
        row = self._model.row_of(row_id)
        if row is None:
            self._sought = True
            self._model.keep_in_sight(row_id)
        else:
            self._show_in_the_middle(row)

    def _show_in_the_middle(self, row: int) -> None:
        self.selectRow(row)
        self.scrollTo(self._model.index(row, 0), QAbstractItemView.ScrollHint.PositionAtCenter)

    def fit(self, widths: Sequence[int] | None = None) -> None:
        """Set the widths in Chinese characters, by default those of the columns; never less than the head needs.

        The last column takes what is left.
        """
        head = self.horizontalHeader()
        one = self.fontMetrics().horizontalAdvance("国")
        for at, width in enumerate(widths or [column.width for column in self._model.columns]):
            head.resizeSection(at, max(one * width + 20, head.sectionSizeHint(at)))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens, Ctrl+C copies what is shown, Home and End go to the first and last row."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and self._model.rowCount():
            last = self._model.rowCount() - 1
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Open, copy, and show the full number where there is one."""
        row_id = self.current_id()
        if not row_id:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("打开").triggered.connect(lambda: self.opened.emit(row_id))
        menu.addAction("复制本行").triggered.connect(self._copy)
        if any(column.full is not None for column in self._model.columns):
            menu.addAction("显示完整号码（记录在案）").triggered.connect(lambda: self.revealed.emit(row_id))
        menu.popup(event.globalPos())

    def _set_heads(self) -> None:
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        head.setHighlightSections(False)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setSortIndicatorShown(True)
        head.setSectionsClickable(True)
        self._fit_font()
        order = self._model.order
        at = next((at for at, column in enumerate(self._model.columns) if column.sort is order.key), 0)
        way = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
        head.setSortIndicator(at, way)
        head.sortIndicatorChanged.connect(self._sort)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Rows and columns follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_font()

    def _fit_font(self) -> None:
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.75))
        self.fit()

    def _sort(self, section: int, way: Qt.SortOrder) -> None:
        if self._model.columns[section].sort is not None:
            self._model.sort(section, way)
            return
        order = self._model.order
        at = next((at for at, column in enumerate(self._model.columns) if column.sort is order.key), 0)
        kept = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(at, kept)

    def _double_clicked(self, index: QModelIndex) -> None:
        self._open(index.row())

    def _open(self, row: int) -> None:
        """Open a row, or note that it is to be opened as soon as it is here."""
        if row_id := self._model.id_at(row):
            self.opened.emit(row_id)
        else:
            self._awaited.append(row)
            self._model.row_at(row)

    def _current_changed(self) -> None:
        if not self._finding:
            self._model.current = self.current_id()
            self.picked.emit(self._model.current)

    def _scrolled(self, top: int) -> None:
        self._model.top = top

    def _came(self, first: int, last: int) -> None:
        """The current row is here now, and can be said to be picked."""
        if first <= self.currentIndex().row() <= last and self._model.current != self.current_id():
            self._current_changed()
        for row in [row for row in self._awaited if first <= row <= last]:
            self._awaited.remove(row)
            self.opened.emit(self._model.id_at(row))

    def _keep(self) -> None:
        """Note what is current and what stands in the window, before the model is reset."""
        row, top = self.currentIndex().row(), max(self.rowAt(0), 0)
        sought, self._sought = self._sought, False
        self._awaited.clear()
        self._kept = _Kept(self._model.current, row, top, sought=sought)

    def _find_again(self) -> None:
        """The current row stays current, and where it was in the window; one out of sight stays out of sight."""
        kept, place = self._kept, self._model.extent.place
        if place is None and kept.row >= 0 and not kept.row_id:
            place = min(kept.row, self._model.rowCount() - 1)
        if place is None or place < 0:
            self._model.current = ""
            self.picked.emit("")
            return
        self._finding = True
        if kept.sought or kept.row < 0:
            self._show_in_the_middle(place)
        else:
            self.selectRow(place)
            self.executeDelayedItemsLayout()
            self.updateGeometries()
            in_sight = 0 <= kept.row - kept.top < self.viewport().height() // self.verticalHeader().defaultSectionSize()
            self.verticalScrollBar().setValue(kept.top + (place - kept.row if in_sight else 0))
        self._finding = False
        self._model.current = kept.row_id
        self.picked.emit(kept.row_id)

    def _copy(self) -> None:
        columns = range(self._model.columnCount())
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        lines = ("\t".join(str(self._model.index(row, at).data()) for at in columns) for row in rows)
        QGuiApplication.clipboard().setText("\n".join(lines))
