"""The view of a big table: fixed heights, set widths, keyboard, tones; what is opened or revealed goes out as an id."""

from collections.abc import Sequence
from typing import Generic, NamedTuple

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from taizhang_desktop.kit.giving_way import follow_text
from taizhang_desktop.table.cell_delegate import dress
from taizhang_desktop.table.columns import ColumnPlace, Known, S, placed, usual_places
from taizhang_desktop.table.paged_model import PagedTableModel

PADDING = 20
"""Pixels of a cell beside its text."""
SETTLED = 300
"""Milliseconds after the last move of a column's edge before the arrangement is told."""
MOST_COPIED = 1_000


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
    row, empty for none) carry the row's id. ``chosen`` carries how many rows are selected, ``arranged`` the columns as the user has
    arranged them (a tuple of :class:`ColumnPlace`); ``too_many`` says that more rows are selected than can be copied.
    """

    opened = Signal(str)
    revealed = Signal(str)
    picked = Signal(str)
    chosen = Signal(int)
    arranged = Signal(object)
    too_many = Signal()

    def __init__(self, model: PagedTableModel[Known, S], parent: QWidget | None = None) -> None:
        """Set up the view for the model."""
        super().__init__(parent)
        self._model = model
        self._kept = _Kept()
        self._sought = False
        self._finding = False
        self._awaited: list[int] = []
        self._places = usual_places(model.columns)
        self._arranging = False
        self._arranged_soon = QTimer(self)
        self._arranged_soon.setSingleShot(True)
        self._arranged_soon.setInterval(SETTLED)
        self._arranged_soon.timeout.connect(self._tell_arrangement)
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
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        model.ordered.connect(self._show_order)
        head = self.horizontalHeader()
        head.sectionMoved.connect(self._rearranged)
        head.sectionResized.connect(self._rearranged)

    def current_id(self) -> str:
        """The id of the current row; empty for none, and while the row is not here yet."""
        row = self.currentIndex().row()
        return self._model.id_at(row) if 0 <= row < self._model.rowCount() else ""

    def chosen_ranges(self) -> tuple[tuple[int, int], ...]:
        """The selected rows as (first, how many), top down; a hundred thousand rows are one range."""
        selection = self.selectionModel().selection()
        spans = sorted((selection.at(at).top(), selection.at(at).bottom()) for at in range(selection.count()))
        found: list[tuple[int, int]] = []
        for top, bottom in spans:
            if found and top <= found[-1][1] + 1:
                found[-1] = (found[-1][0], max(found[-1][1], bottom))
            else:
                found.append((top, bottom))
        return tuple((top, bottom - top + 1) for top, bottom in found)

    def arrange(self, places: Sequence[ColumnPlace]) -> None:
        """Show these columns in this order and width."""
        self._places = placed(self._model.columns, places)
        self._arranging = True
        head = self.horizontalHeader()
        at = {column.key: section for section, column in enumerate(self._model.columns)}
        for visual, place in enumerate(self._places):
            head.moveSection(head.visualIndex(at[place.key]), visual)
            head.setSectionHidden(at[place.key], not place.shown)
        self._arranging = False
        self.fit()

    @property
    def places(self) -> tuple[ColumnPlace, ...]:
        """The columns as they are arranged."""
        return self._places

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

    def fit(self) -> None:
        """Set the widths, which are in Chinese characters; never less than the head needs. The last column takes what is left."""
        head, self._arranging = self.horizontalHeader(), True
        one = self.fontMetrics().horizontalAdvance("国")
        at = {column.key: section for section, column in enumerate(self._model.columns)}
        keyed = len(at) == len(self._model.columns)
        for section, column in enumerate(self._model.columns):
            width = next((place.width for place in self._places if keyed and place.key == column.key), column.width)
            head.resizeSection(section, max(round(one * width) + PADDING, head.sectionSizeHint(section)))
        self._arranging = False

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
        head.setSelectionModel(QItemSelectionModel(self._model, head))  # or it asks each row whether it is selected
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setSortIndicatorShown(True)
        head.setSectionsClickable(True)
        head.setSectionsMovable(len({column.key for column in self._model.columns}) == len(self._model.columns))
        follow_text(head, self._fit_font)
        order = self._model.order
        at = next((at for at, column in enumerate(self._model.columns) if column.sort is order.key), 0)
        way = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
        head.setSortIndicator(at, way)
        head.sortIndicatorChanged.connect(self._sort)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Rows and columns follow the text size, and what the head needs in another style."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit_font()

    def _fit_font(self) -> None:
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.75))
        self.fit()

    def _show_order(self) -> None:
        """The mark in the head follows an order that came from elsewhere."""
        order, head = self._model.order, self.horizontalHeader()
        at = next((at for at, column in enumerate(self._model.columns) if column.sort is order.key), -1)
        with QSignalBlocker(head):
            head.setSortIndicator(at, Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder)
        head.viewport().update()

    def _selection_changed(self) -> None:
        self.chosen.emit(sum(count for _, count in self.chosen_ranges()))

    def _rearranged(self) -> None:
        if not self._arranging:
            self._arranged_soon.start()

    def _tell_arrangement(self) -> None:
        """The user has moved or widened a column; the last one's width is what was left, and not hers."""
        head, one = self.horizontalHeader(), self.fontMetrics().horizontalAdvance("国")
        old = {place.key: place for place in self._places}
        sections = [head.logicalIndex(visual) for visual in range(head.count())]
        shown = [section for section in sections if not head.isSectionHidden(section)]
        made = []
        for section in sections:
            place = old[self._model.columns[section].key]
            width = round((head.sectionSize(section) - PADDING) / one, 1)
            wide = section in shown[:-1] and abs(width - place.width) * one > 1
            made.append(ColumnPlace(place.key, section in shown, width if wide else place.width))
        if tuple(made) != self._places:
            self._places = tuple(made)
            self.arranged.emit(self._places)

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
        """The current row stays current, and where it was in the window; one out of sight stays out of sight.

        Where it has left these rows, the row that stands in its place is current; among the rows of another filter, none.
        """
        kept, place = self._kept, self._model.extent.place
        gone = place is None and kept.row >= 0 and not (kept.row_id and self._model.another)
        if gone:
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
        self._model.current = self._model.id_at(place) if gone else kept.row_id
        self.picked.emit(self._model.current)

    def _copy(self) -> None:
        """The selected rows as shown, where all of them are here; a whole ledger is exported, not copied."""
        ranges = self.chosen_ranges()
        if sum(count for _, count in ranges) > MOST_COPIED:
            self.too_many.emit()
            return
        rows = [row for first, count in ranges for row in range(first, first + count)]
        if any(not self._model.id_at(row) for row in rows):
            self.too_many.emit()
            return
        head = self.horizontalHeader()
        sections = [head.logicalIndex(visual) for visual in range(head.count())]
        columns = [section for section in sections if not head.isSectionHidden(section)]
        lines = ("\t".join(str(self._model.index(row, at).data()) for at in columns) for row in rows)
        QGuiApplication.clipboard().setText("\n".join(lines))
