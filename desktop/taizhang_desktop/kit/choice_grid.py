"""A grid of answers, chosen with one digit each: what the digits stand for is written beneath for the column one is in.

No cell opens an editor: nothing pops up, and no input method is needed.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import msgspec
from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from taizhang_desktop.kit.choice_fields import Option
from taizhang_desktop.kit.field import OWN_ENTER
from taizhang_desktop.kit.giving_way import follow_text
from taizhang_desktop.kit.parts import Button
from taizhang_desktop.look.tokens import SPACE, colours_of

Chosen = tuple[str, ...]
"""The keys chosen in a cell; empty: not answered."""

_DIGITS = "123456789"
_PAD = 20
_ROW = 1.75
_MOST_ROWS = 14
_FRAME = 4
_INDENT = 5
_ACROSS = 5


class GridColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A column: its title, its choices (nine at most), and whether several may hold at once. ``width`` is in characters."""

    key: str
    title: str
    options: tuple[Option[str], ...]
    many: bool = False
    width: int = 4


class GridRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row: its key and its title."""

    key: str
    title: str


class ChoiceGrid(QWidget):
    """``edited``: the user answered a cell. ``passed``: Enter was pressed in the last one."""

    edited = Signal()
    passed = Signal()

    def __init__(self, corner: str, columns: Sequence[GridColumn] = ()) -> None:
        """``corner`` is the title of the rows' names."""
        super().__init__()
        self._corner = corner
        self._columns: tuple[GridColumn, ...] = ()
        self._rows: tuple[GridRow, ...] = ()
        self._chosen: dict[tuple[str, str], Chosen] = {}
        self._explained: GridColumn | None = None
        self.table = _Cells(self)
        self.table.setObjectName("choice_grid")
        self.legend = QWidget()
        self._legend = QGridLayout(self.legend)
        self._legend.setContentsMargins(0, 0, 0, 0)
        self._legend.setSpacing(SPACE.tight)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.tight)
        whole.addWidget(self.table)
        whole.addWidget(self.legend)
        self.setFocusProxy(self.table)
        self.table.currentCellChanged.connect(self._moved)
        self.show_grid((), columns)
        follow_text(self.table.horizontalHeader(), self.fit)

    @property
    def rows(self) -> tuple[GridRow, ...]:
        """The rows shown."""
        return self._rows

    @property
    def columns(self) -> tuple[GridColumn, ...]:
        """The columns shown."""
        return self._columns

    @property
    def chosen(self) -> Mapping[tuple[str, str], Chosen]:
        """What is answered, by row and column key; cells without an answer are not in it."""
        shown = {(row.key, column.key) for row in self._rows for column in self._columns}
        return {place: chosen for place, chosen in self._chosen.items() if chosen and place in shown}

    def show_grid(self, rows: Sequence[GridRow], columns: Sequence[GridColumn]) -> None:
        """Show these rows and columns; answers stay where their row and column do."""
        if (tuple(rows), tuple(columns)) == (self._rows, self._columns):
            return
        self._rows, self._columns = tuple(rows), tuple(columns)
        table = self.table
        table.setColumnCount(len(columns) + 1)
        table.setRowCount(len(rows))
        table.setHorizontalHeaderLabels([self._corner, *(column.title for column in columns)])
        for at, row in enumerate(rows):
            name = QTableWidgetItem(row.title)
            name.setFlags(Qt.ItemFlag.ItemIsEnabled)
            name.setToolTip(row.title)
            table.setItem(at, 0, name)
            for place in range(len(columns)):
                table.setItem(at, place + 1, QTableWidgetItem())
        self._show_all()
        self.fit()
        if rows and columns and table.currentColumn() < 1:
            table.setCurrentCell(0, 1)
        self._moved()

    def choose(self, chosen: Mapping[tuple[str, str], Chosen]) -> None:
        """Show these answers and no others."""
        self._chosen = dict(chosen)
        self._show_all()

    def answer(self, digit: int) -> None:
        """Choose the option of that digit (from 1) in the current cell; where only one can hold, go on to the next cell."""
        place = self._here()
        if place is None or not 1 <= digit <= len(place[1].options):
            return
        row, column = place
        key = column.options[digit - 1].value
        had = self._chosen.get((row.key, column.key), ())
        toggled = tuple(option.value for option in column.options if (option.value in had) != (option.value == key))
        now = toggled if column.many else (key,)
        self._take(row, column, now)
        if not column.many:
            self.go_on(past_end=False)

    def blank(self) -> None:
        """Take the answer of the current cell away."""
        place = self._here()
        if place is not None:
            self._take(*place, ())

    def as_above(self) -> None:
        """Answer the current cell as the row above."""
        place, at = self._here(), self.table.currentRow()
        if place is not None and at > 0:
            above = self._chosen.get((self._rows[at - 1].key, place[1].key), ())
            self._take(*place, above)
            self.go_on(past_end=False)

    def go_on(self, *, past_end: bool = True) -> None:
        """The next cell, at the end of a row the next row; after the last one the form goes on."""
        row, column = self.table.currentRow(), self.table.currentColumn()
        if column + 1 < self.table.columnCount():
            self.table.setCurrentCell(row, column + 1)
        elif row + 1 < self.table.rowCount():
            self.table.setCurrentCell(row + 1, 1)
        elif past_end:
            self.passed.emit()

    def begin(self) -> None:
        """The first cell without an answer."""
        for at, row in enumerate(self._rows):
            for place, column in enumerate(self._columns):
                if not self._chosen.get((row.key, column.key)):
                    self.table.setCurrentCell(at, place + 1)
                    return

    def fit(self) -> None:
        """Rows, columns and height follow the text size and the number of rows."""
        metrics = self.table.fontMetrics()
        one, line = metrics.horizontalAdvance("国"), round(metrics.height() * _ROW)
        head = self.table.horizontalHeader()
        names = [self._corner, *(row.title for row in self._rows)]
        self.table.verticalHeader().setDefaultSectionSize(line)
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        head.resizeSection(0, min(widest, one * 8) + _PAD)
        for at, column in enumerate(self._columns, start=1):
            head.resizeSection(at, max(one * column.width + _PAD, head.sectionSizeHint(at)))
        self.fit_height()

    def fit_height(self) -> None:
        """All rows up to a screenful, and the bar beneath where the columns need one."""
        head, table = self.table.horizontalHeader(), self.table
        rows = min(max(len(self._rows), 1), _MOST_ROWS) * table.verticalHeader().defaultSectionSize()
        needed = sum(
            head.sectionSizeHint(at) if at == len(self._columns) else head.sectionSize(at) for at in range(head.count())
        )
        bar = table.horizontalScrollBar().sizeHint().height() if needed > table.width() - _FRAME else 0
        height = head.sizeHint().height() + rows + bar + _FRAME
        if table.height() != height:
            table.setFixedHeight(height)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The grid follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def _here(self) -> tuple[GridRow, GridColumn] | None:
        row, column = self.table.currentRow(), self.table.currentColumn() - 1
        if 0 <= row < len(self._rows) and 0 <= column < len(self._columns):
            return self._rows[row], self._columns[column]
        return None

    def _take(self, row: GridRow, column: GridColumn, chosen: Chosen) -> None:
        self._chosen[row.key, column.key] = chosen
        self._show(row, column)
        self.edited.emit()

    def _show_all(self) -> None:
        for row in self._rows:
            for column in self._columns:
                self._show(row, column)

    def _show(self, row: GridRow, column: GridColumn) -> None:
        chosen = self._chosen.get((row.key, column.key), ())
        words = [option.label for option in column.options if option.value in chosen]
        item = self.table.item(self._rows.index(row), self._columns.index(column) + 1)
        if item is not None:
            item.setText("、".join(words))
            item.setToolTip("、".join(words))
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{row.title}，{column.title}：{'、'.join(words) or '未填'}"
            )

    def _moved(self) -> None:
        """Say beneath what the digits stand for here."""
        place = self._here()
        self.legend.setVisible(place is not None)
        if place is None:
            return
        row, column = place
        words = [f"{at} {option.label}" for at, option in enumerate(column.options, start=1)]
        more = "可选几项" if column.many else ""
        self.table.setAccessibleDescription(f"{row.title}，{column.title}{more}：{'，'.join(words)}")
        if column == self._explained:
            return
        self._explained = column
        while (taken := self._legend.takeAt(0)) is not None:
            gone = taken.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for at, said in enumerate(words, start=1):
            self._offer(said, partial(self.answer, at))
        self._offer("Ctrl+D 同上一行", self.as_above)

    def _offer(self, words: str, deed: Callable[[], None]) -> None:
        at = self._legend.count()
        button = Button(words, "quiet")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _=False: deed())
        self._legend.addWidget(button, at // _ACROSS, at % _ACROSS, Qt.AlignmentFlag.AlignLeft)
        self._legend.setColumnStretch(_ACROSS, 1)


class _Cells(QTableWidget):
    """The cells, with their keys."""

    def __init__(self, grid: ChoiceGrid) -> None:
        super().__init__()
        self._grid = grid
        self.setProperty(OWN_ENTER, "yes")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.setItemDelegate(_CellDelegate(self))
        head = self.horizontalHeader()
        head.setStretchLastSection(True)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Who comes on from the field before begins where nothing is answered yet."""
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.TabFocusReason:
            self._grid.begin()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A wider room may need no bar beneath."""
        super().resizeEvent(event)
        self._grid.fit_height()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It scrolls sideways where there is no room."""
        return QSize(120, 60)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Digits answer, Delete blanks, Ctrl+D repeats, Enter goes on; the arrows are Qt's."""
        grid, key = self._grid, event.key()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if key == Qt.Key.Key_D:
                grid.as_above()
            else:
                super().keyPressEvent(event)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            grid.go_on()
        elif event.text() and event.text() in _DIGITS:
            grid.answer(int(event.text()))
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            grid.blank()
        elif not event.text() or key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            super().keyPressEvent(event)
        else:
            event.ignore()


class _CellDelegate(QStyledItemDelegate):
    """Text stands where the header's does; the cell one is in has a frame, not only another ground."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, text, frame."""
        moved = QStyleOptionViewItem(option)
        state: QStyle.StateFlag = moved.state  # type: ignore[attr-defined]  # PySide6's stub lacks the fields of QStyleOption
        rect: QRect = moved.rect  # type: ignore[attr-defined]  # as above
        palette: QPalette = moved.palette  # type: ignore[attr-defined]  # as above
        here = bool(state & QStyle.StateFlag.State_Selected)
        if here:
            painter.fillRect(rect, palette.brush(QPalette.ColorRole.Highlight))
        moved.state = state & ~QStyle.StateFlag.State_HasFocus  # type: ignore[attr-defined]  # as above
        moved.rect = rect.adjusted(_INDENT, 0, -_INDENT, 0)  # type: ignore[attr-defined]  # as above
        super().paint(painter, moved, index)
        if here:
            painter.setPen(QPen(QColor(colours_of(palette).focus), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
