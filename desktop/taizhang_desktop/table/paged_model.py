"""The model of a big table: how many rows there are, and the pages of them that were looked at last."""

from collections import OrderedDict
from collections.abc import Sequence
from enum import IntEnum
from typing import Generic

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from taizhang_desktop.table.columns import Align, Column, Extent, Known, Order, RowSource, S
from taizhang_desktop.tasks import Failure, Runner

PAGE = 200
PAGES_KEPT = 40
NEAR = 40
"""Rows around a place that a window may show; they come together with the count."""
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


class PagedTableModel(QAbstractTableModel, Generic[Known, S]):
    """Rows ``Known`` with sort keys ``S``. ``counted`` carries the Extent after each load, ``failed`` the Failure of one.

    A row that is not here yet shows ``…`` and is fetched with its page of 200, the page looked at last first; ``came`` carries
    the first and the last row of a page that is here now, ``ordered`` says that ``order`` is another. ``current`` is the id of
    the row that is kept in sight, ``top`` the first row in the window: what is around them comes with the count, so that a change
    is not seen to be fetched. ``another``: the rows came of another source than those before.
    """

    counted = Signal(object)
    failed = Signal(object)
    came = Signal(int, int)
    ordered = Signal()

    def __init__(
        self, columns: Sequence[Column[Known, S]], runner: Runner, order: Order[S], parent: QObject | None = None
    ) -> None:
        """Begin empty; ``runner`` is the view-model's."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self.order = order
        self._runner = runner
        self.current = ""
        self.top = 0
        self.another = False
        self.extent = Extent(count=0)
        self._source: RowSource[Known, S] | None = None
        self._shown: tuple[RowSource[Known, S], Order[S]] | None = None
        self._pages: OrderedDict[int, Sequence[Known]] = OrderedDict()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._asked: int | None = None
        self._load = 0
        self._revealed: set[str] = set()
        self._ask_soon = QTimer(self)
        self._ask_soon.setSingleShot(True)
        self._ask_soon.setInterval(0)
        self._ask_soon.timeout.connect(self._ask)

    def show_source(self, source: RowSource[Known, S], order: Order[S] | None = None) -> None:
        """Show the rows of this source (with another filter: another source), in another order where one is given."""
        self._source = source
        if order is not None and order != self.order:
            self.order = order
            self.ordered.emit()
        self.reload()

    def reload(self) -> None:
        """Count the rows again, in the present order; those shown stay until the ones in their place are here."""
        source, order, keep = self._source, self.order, self.current
        if source is None:
            return
        self._load += 1
        load = self._load

        top = self.top

        def read() -> tuple[Extent, dict[int, Sequence[Known]]]:
            extent = source.extent(order, keep)
            at = [top] if extent.place is None else [top, extent.place]
            rows = {row for place in at for row in (place - NEAR, place, place + NEAR)}
            pages = {min(max(row, 0), extent.count - 1) // PAGE for row in rows} if extent.count else set()
            return extent, {page: source.rows(order, page * PAGE, PAGE) for page in sorted(pages)}

        def arrived(found: tuple[Extent, dict[int, Sequence[Known]]]) -> None:
            if load == self._load:
                self._take((source, order), *found)

        self._runner.run(read, arrived, self._fail)

    def keep_in_sight(self, row_id: str) -> None:
        """Find a row wherever it is: the table goes to it when it is reset."""
        self.current = row_id
        self.reload()

    def refresh(self, ids: Sequence[str]) -> None:
        """Fetch the pages of these rows again; the order stays."""
        touched = set(ids)
        for page, rows in tuple(self._pages.items()):
            if not touched.isdisjoint(row.id for row in rows):
                del self._pages[page]
                self._changed(page)

    def reveal(self, row_id: str, *, shown: bool) -> None:
        """Show or mask the personal parts of a row; logging the look is the view-model's."""
        (self._revealed.add if shown else self._revealed.discard)(row_id)
        row = self.row_of(row_id)
        if row is not None:
            self._changed(row // PAGE)

    def id_at(self, row: int) -> str:
        """The id of a row; empty when it is not here yet."""
        rows = self._pages.get(row // PAGE, ())
        at = row % PAGE
        return rows[at].id if at < len(rows) else ""

    def row_of(self, row_id: str) -> int | None:
        """Where a row is; None when it is not among those that are here."""
        for page, rows in self._pages.items():
            for at, row in enumerate(rows):
                if row.id == row_id:
                    return page * PAGE + at
        return None

    def row_at(self, row: int) -> Known | None:
        """The row itself; None when it is not here yet, and then it is fetched."""
        page = row // PAGE
        rows = self._pages.get(page)
        if rows is None:
            self._want(page)
            return None
        self._pages.move_to_end(page)
        at = row % PAGE
        return rows[at] if at < len(rows) else None

    def rowCount(self, parent: Index = _TOP) -> int:  # noqa: N802 - Qt's name
        """All rows, here or not."""
        return 0 if parent.isValid() else self.extent.count

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
        if column.full is not None and row.id in self._revealed:
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

    def _take(
        self, shown: tuple[RowSource[Known, S], Order[S]], extent: Extent, pages: dict[int, Sequence[Known]]
    ) -> None:
        self.another = self._shown is not None and self._shown[0] != shown[0]
        self.beginResetModel()
        self._shown = shown
        self.extent = extent
        self._pages = OrderedDict(pages)
        self._wanted.clear()
        self._asked = None
        self.endResetModel()
        self.counted.emit(extent)

    def _want(self, page: int) -> None:
        if page == self._asked:
            return
        self._wanted[page] = None
        self._wanted.move_to_end(page)
        if self._asked is None and not self._ask_soon.isActive():
            self._ask_soon.start()

    def _ask(self) -> None:
        shown = self._shown
        if shown is None or self._asked is not None or not self._wanted:
            return
        page, _ = self._wanted.popitem()
        self._wanted = OrderedDict((other, None) for other in self._wanted if abs(other - page) <= 1)
        self._asked = page
        source, order = shown

        def arrived(rows: Sequence[Known]) -> None:
            if shown is self._shown:
                self._take_page(page, rows)

        self._runner.run(lambda: source.rows(order, page * PAGE, PAGE), arrived, self._fail)

    def _take_page(self, page: int, rows: Sequence[Known]) -> None:
        self._asked = None
        self._pages[page] = rows
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        self._changed(page)
        self.came.emit(page * PAGE, page * PAGE + len(rows) - 1)
        self._ask()

    def _changed(self, page: int) -> None:
        first, last = page * PAGE, min((page + 1) * PAGE, self.extent.count) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _fail(self, failure: Failure) -> bool:
        self._asked = None
        self.failed.emit(failure)
        return False
