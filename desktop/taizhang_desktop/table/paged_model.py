"""The model of a big table: all ids, and the pages of rows that were looked at last."""

from collections import OrderedDict
from collections.abc import Sequence
from enum import IntEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from taizhang_desktop.table.columns import Align, Column, Order, RowSource, S
from taizhang_desktop.tasks import Failure, Runner

R = TypeVar("R")

PAGE = 200
PAGES_KEPT = 40
LOADING = "…"

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()

_ALIGNMENT = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    Align.CENTRE: Qt.AlignmentFlag.AlignCenter,
}


class TableRole(IntEnum):
    """What the model tells the delegate beside Qt's roles."""

    TONE = Qt.ItemDataRole.UserRole + 1


class PagedTableModel(QAbstractTableModel, Generic[R, S]):
    """Rows ``R`` with sort keys ``S``. ``counted`` carries the number of rows after each load; ``failed`` the Failure of one.

    A row that is not here yet shows ``…`` and is fetched with its page of 200, the page looked at last first.
    """

    counted = Signal(int)
    failed = Signal(object)

    def __init__(
        self, columns: Sequence[Column[R, S]], runner: Runner, order: Order[S], parent: QObject | None = None
    ) -> None:
        """Begin empty; ``runner`` is the view-model's."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self.order = order
        self._runner = runner
        self._source: RowSource[R, S] | None = None
        self._ids: Sequence[str] = ()
        self._pages: OrderedDict[int, Sequence[R]] = OrderedDict()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._asked: int | None = None
        self._load = 0
        self._revealed: set[str] = set()
        self._ask_soon = QTimer(self)
        self._ask_soon.setSingleShot(True)
        self._ask_soon.setInterval(0)
        self._ask_soon.timeout.connect(self._ask)

    def show_source(self, source: RowSource[R, S]) -> None:
        """Show the rows of this source (with another filter: another source)."""
        self._source = source
        self.reload()

    def reload(self) -> None:
        """Read the ids again, in the present order; the rows shown stay until they are here."""
        source, order = self._source, self.order
        if source is None:
            return
        self._load += 1
        load = self._load

        def arrived(ids: Sequence[str]) -> None:
            if load == self._load:
                self._take_ids(ids)

        self._runner.run(lambda: source.ids(order), arrived, self._fail)

    def refresh(self, ids: Sequence[str]) -> None:
        """Fetch the pages of these rows again; the order stays."""
        touched = set(ids)
        for page in tuple(self._pages):
            if touched.intersection(self._ids[page * PAGE : (page + 1) * PAGE]):
                del self._pages[page]
                self._changed(page)

    def reveal(self, row_id: str, *, shown: bool) -> None:
        """Show or mask the personal parts of a row; logging the look is the view-model's."""
        (self._revealed.add if shown else self._revealed.discard)(row_id)
        row = self.row_of(row_id)
        if row is not None:
            self._changed(row // PAGE)

    def id_at(self, row: int) -> str:
        """The id of a row."""
        return self._ids[row]

    def row_of(self, row_id: str) -> int | None:
        """Where a row is; None when it is not among those shown."""
        try:
            return self._ids.index(row_id)
        except ValueError:
            return None

    def row_at(self, row: int) -> R | None:
        """The row itself; None when it is not here yet, and then it is fetched."""
        page = row // PAGE
        rows = self._pages.get(page)
        if rows is None:
            self._want(page)
            return None
        self._pages.move_to_end(page)
        return rows[row % PAGE]

    def rowCount(self, parent: Index = _TOP) -> int:  # noqa: N802 - Qt's name
        """All rows, here or not."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _TOP) -> int:  # noqa: N802 - Qt's name
        """The columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, alignment, tip, and the tone for the delegate."""
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENT[column.align]
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, TableRole.TONE}:
            return None
        row = self.row_at(index.row())
        if row is None:
            return LOADING if role == Qt.ItemDataRole.DisplayRole else None
        if role == TableRole.TONE:
            return column.tone(row)
        if role == Qt.ItemDataRole.ToolTipRole and column.tip is not None:
            return column.tip(row)
        if column.full is not None and self._ids[index.row()] in self._revealed:
            return column.full(row)
        return column.text(row)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Titles across; row numbers are not shown."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by the key of that column; a column without one changes nothing."""
        key = self.columns[column].sort if 0 <= column < len(self.columns) else None
        wanted = None if key is None else Order(key, order is Qt.SortOrder.DescendingOrder)
        if wanted is not None and wanted != self.order:
            self.order = wanted
            self.reload()

    def _take_ids(self, ids: Sequence[str]) -> None:
        """Show these rows; where they are the same in the same order, the view stays where it is and only the rows are read anew."""
        same = ids == self._ids
        if not same:
            self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self._wanted.clear()
        self._asked = None
        if not same:
            self._revealed.intersection_update(ids)
            self.endResetModel()
        elif ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, len(self.columns) - 1))
        self.counted.emit(len(ids))

    def _want(self, page: int) -> None:
        if page == self._asked:
            return
        self._wanted[page] = None
        self._wanted.move_to_end(page)
        if self._asked is None and not self._ask_soon.isActive():
            self._ask_soon.start()

    def _ask(self) -> None:
        source = self._source
        if source is None or self._asked is not None or not self._wanted:
            return
        page, _ = self._wanted.popitem()
        self._wanted = OrderedDict((other, None) for other in self._wanted if abs(other - page) <= 1)
        self._asked = page
        known = self._ids
        ids = known[page * PAGE : (page + 1) * PAGE]

        def arrived(rows: Sequence[R]) -> None:
            if known is self._ids:
                self._take_page(page, rows)

        self._runner.run(lambda: source.rows(ids), arrived, self._fail)

    def _take_page(self, page: int, rows: Sequence[R]) -> None:
        self._asked = None
        self._pages[page] = rows
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        self._changed(page)
        self._ask()

    def _changed(self, page: int) -> None:
        last = min((page + 1) * PAGE, len(self._ids)) - 1
        self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(self.columns) - 1))

    def _fail(self, failure: Failure) -> bool:
        self._asked = None
        self.failed.emit(failure)
        return False
