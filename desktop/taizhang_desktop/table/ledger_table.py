"""The view of a big table: fixed heights, set widths, keyboard, tones; what is opened or revealed goes out as an id."""

from collections.abc import Sequence
from typing import Generic, TypeVar

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
from taizhang_desktop.table.columns import S
from taizhang_desktop.table.paged_model import PagedTableModel

R = TypeVar("R")


class LedgerTable(QTableView, Generic[R, S]):
    """Shows a :class:`PagedTableModel`. Enter or a double click opens a row, Ctrl+C copies it as shown.

    ``opened``, ``revealed`` (the user wants the full number: log it, then ``model.reveal``) and ``picked`` (the current
    row, empty for none) carry the row's id.
    """

    opened = Signal(str)
    revealed = Signal(str)
    picked = Signal(str)

    def __init__(self, model: PagedTableModel[R, S], parent: QWidget | None = None) -> None:
        """Set up the view for the model."""
        super().__init__(parent)
        self._model = model
        self._kept = ""
        self.setModel(model)
        dress(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self._set_heads()
        self.doubleClicked.connect(self._double_clicked)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._find_again)
        self.selectionModel().currentRowChanged.connect(self._current_changed)

    def current_id(self) -> str:
        """The id of the current row; empty for none."""
        row = self.currentIndex().row()
        return self._model.id_at(row) if 0 <= row < self._model.rowCount() else ""

    def selected_ids(self) -> tuple[str, ...]:
        """The ids of the selected rows, top down."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._model.id_at(row) for row in rows)

    def go_to(self, row_id: str) -> bool:
        """Select a row and bring it into sight; False when it is not among those shown."""
        row = self._model.row_of(row_id)
        if row is None:
            return False
        self.selectRow(row)
        self.scrollTo(self._model.index(row, 0), QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

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
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current_id():
            self.opened.emit(self.current_id())
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
        self.opened.emit(self._model.id_at(index.row()))

    def _current_changed(self) -> None:
        self.picked.emit(self.current_id())

    def _keep(self) -> None:
        self._kept = self.current_id()

    def _find_again(self) -> None:
        if not (self._kept and self.go_to(self._kept)):
            self.picked.emit("")

    def _copy(self) -> None:
        columns = range(self._model.columnCount())
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        lines = ("\t".join(str(self._model.index(row, at).data()) for at in columns) for row in rows)
        QGuiApplication.clipboard().setText("\n".join(lines))
