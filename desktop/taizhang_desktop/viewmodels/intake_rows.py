"""批量登记: many rows of 干部排查 in a grid, pasted or read from a village's list, mended in place, and taken in together."""

from collections import deque
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from taizhang_casework.domain.day_text import read_day
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.screening_rows import (
    COLUMNS,
    FAULTS_TITLE,
    MOST_ROWS,
    Cells,
    ReadRow,
    cells_of,
    read_row,
    with_twins,
)
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import take_warnings
from taizhang_casework.services.printable import of_warning, with_unprintable
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.table.paged_model import TableRole
from taizhang_desktop.tasks import Failure, Refused, Runner
from taizhang_desktop.viewmodels.files import WORKBOOK, FileChooser
from taizhang_desktop.viewmodels.notices import findings_notice
from taizhang_desktop.viewmodels.shell import Frame, said

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_BLANK: Cells = ("",) * len(COLUMNS)
FIRST_ROWS = 12
"""Empty rows to begin with, and always one more than is filled."""
READ_AT_ONCE = 60
"""More new rows than these are read by and by, or a thousand pasted rows would hold the window."""
_READ_AT_A_TIME = 60


class VillageLists(Protocol):
    """Writes and reads the villages' own lists; called in the worker's thread. Raises OfficeTrouble."""

    def write_village_list(self, path: Path, rows: Sequence[Cells], faults: Sequence[str]) -> None:
        """Write the list: empty, or given back with the faults of its rows."""
        ...

    def read_village_list(self, path: Path) -> tuple[Cells, ...]:
        """The rows that were filled in."""
        ...


class RowsGrid(QAbstractTableModel):
    """The grid: texts as typed, what the rules say of each cell as its tip and tone. ``judged`` when the rules have read it anew."""

    judged = Signal()

    def __init__(self, work: Work, town: OfficeId, parent: QObject | None = None) -> None:
        """Begin with empty rows."""
        super().__init__(parent)
        self._work = work
        self._town = town
        self._rows: list[Cells] = [_BLANK] * FIRST_ROWS
        self._read: tuple[ReadRow, ...] = (ReadRow(blank=True),) * FIRST_ROWS
        self._known: dict[tuple[Cells, date], ReadRow] = {}
        self._undo: list[tuple[list[Cells], str]] = []
        self._shown: list[tuple[Cells, ReadRow]] = []
        self.modelReset.connect(self._shown.clear)
        self._unread: deque[Cells] = deque()
        self._reading_on = QTimer(self)
        self._reading_on.timeout.connect(self._read_on)

    @property
    def reading(self) -> bool:
        """Whether rows are still to be read; until then nothing is said of them."""
        return bool(self._unread)

    @property
    def rows(self) -> tuple[Cells, ...]:
        """The rows that hold something."""
        return tuple(row for row in self._rows if any(cell.strip() for cell in row))

    @property
    def read(self) -> tuple[ReadRow, ...]:
        """The same rows as the rules read them."""
        return tuple(row for row in self._read if not row.blank)

    def findings_at(self, row: int, column: int) -> tuple[Finding, ...]:
        """What the rules say about a cell."""
        if row >= len(self._read):
            return ()
        field = COLUMNS[column].field
        return tuple(finding for finding in self._read[row].findings if finding.field == field)

    def paste(self, row: int, column: int, text: str) -> str:
        """Put what is on the clipboard from a cell on; a line of titles is passed over. What was cut off is said."""
        table = [list(cells) for cells in cells_of(text)]
        titles = [column_.title for column_ in COLUMNS]
        if table and sum(cell.strip().removesuffix("*").strip() in titles for cell in table[0]) >= 2:  # noqa: PLR2004
            table = _by_titles(table, titles)
            column = 0
        over = max(0, row + len(table) - MOST_ROWS)
        wide = any(len(cells) + column > len(COLUMNS) and any(cells[len(COLUMNS) - column :]) for cells in table)
        table = table[: MOST_ROWS - row]
        self._keep(f"粘贴的{len(table)}行")
        self._grow(row + len(table))
        for at, cells in enumerate(table):
            self._put(row + at, column, cells[: len(COLUMNS) - column])
        self._changed()
        says = [f"多出的{over}行没有粘贴，一次最多{MOST_ROWS}行"] if over else []
        says += ["右边多出的栏目没有粘贴"] if wide else []
        return "；".join(says)

    def fill_down(self, cells: Sequence[tuple[int, int]]) -> None:
        """Repeat in each column what stands in the uppermost of the cells; of one cell, what stands above it."""
        by_column: dict[int, list[int]] = {}
        for row, column in cells:
            by_column.setdefault(column, []).append(row)
        if not by_column:
            return
        self._keep("向下填充")
        for column, rows in by_column.items():
            top = min(rows) if len(rows) > 1 else max(0, min(rows) - 1)
            text = self._rows[top][column]
            for row in rows:
                self._put(row, column, [text])
        self._changed()

    def blank(self, cells: Sequence[tuple[int, int]]) -> None:
        """Empty the cells."""
        if any(self._rows[row][column] for row, column in cells):
            self._keep("清空")
            for row, column in cells:
                self._put(row, column, [""])
            self._changed()

    def remove(self, rows: Sequence[int]) -> None:
        """Take whole rows out."""
        gone = set(rows)
        if gone:
            self._keep(f"删去的{len(gone)}行")
            self.beginResetModel()
            self._rows = [cells for at, cells in enumerate(self._rows) if at not in gone]
            self._grow(FIRST_ROWS)
            self._judge()
            self.endResetModel()
            self.judged.emit()

    def undo(self) -> None:
        """Take the last deed back."""
        if self._undo:
            self.beginResetModel()
            self._rows, _ = self._undo.pop()
            self._judge()
            self.endResetModel()
            self.judged.emit()

    def show(self, rows: Sequence[Cells], *, what: str = "") -> None:
        """Show these rows instead; ``what`` names the deed for Ctrl+Z, empty where it is not to be undone."""
        if what:
            self._keep(what)
        else:
            self._undo.clear()
        self.beginResetModel()
        self._rows = list(rows)
        self._grow(max(FIRST_ROWS, len(rows) + 1))
        self._judge()
        self.endResetModel()
        self.judged.emit()

    def first_fault(self, after: int = -1) -> tuple[int, int] | None:
        """Where the next cell is that a rule blocks, from the row behind ``after`` on, round to the first."""
        places = [
            (row, column)
            for row in range(len(self._read))
            for column in range(len(COLUMNS))
            if any(finding.blocks for finding in self.findings_at(row, column))
        ]
        return next((place for place in places if place[0] > after), places[0] if places else None)

    def rowCount(self, parent: Index = _TOP) -> int:  # noqa: N802 - Qt's name
        """All rows, the empty ones too."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _TOP) -> int:  # noqa: N802 - Qt's name
        """The columns of the list, and one that says what is wrong."""
        return 0 if parent.isValid() else len(COLUMNS) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text; the sentence of a wrong cell as its tip and description; its tone."""
        row, column = index.row(), index.column()
        if column == len(COLUMNS):
            return self._about_row(row, role)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self._rows[row][column]
        findings = self.findings_at(row, column)
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            return "\n".join(finding.says for finding in findings) or COLUMNS[column].hint
        if role == TableRole.TONE and findings:
            return Tone.OVERDUE if any(finding.blocks for finding in findings) else Tone.SOON
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Titles across, numbers down the side."""
        if orientation is Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if section == len(COLUMNS):
            return FAULTS_TITLE if role == Qt.ItemDataRole.DisplayRole else None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{column.title} *" if column.required else column.title
        return column.hint if role == Qt.ItemDataRole.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell but what is wrong can be typed in."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags if index.column() == len(COLUMNS) else flags | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 - Qt's name
        """Take over what was typed."""
        if role != Qt.ItemDataRole.EditRole or not isinstance(value, str) or index.column() >= len(COLUMNS):
            return False
        if value != self._rows[index.row()][index.column()]:
            self._keep("填写")
            self._put(index.row(), index.column(), [value])
            self._changed()
        return True

    def _about_row(self, row: int, role: int) -> object:
        faults = self._read[row].faults if row < len(self._read) else ""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return faults
        return Tone.OVERDUE if role == TableRole.TONE and faults else None

    def _keep(self, what: str) -> None:
        self._undo.append((list(self._rows), what))
        del self._undo[:-_MOST_UNDONE]

    def _put(self, row: int, column: int, cells: Sequence[str]) -> None:
        """Put texts into a row; a day that was understood is shown in full."""
        kept = list(self._rows[row])
        kept[column : column + len(cells)] = cells
        day = read_day(kept[_DAY], self._work.clock.today())
        kept[_DAY] = day.isoformat() if isinstance(day, date) else kept[_DAY]
        self._rows[row] = tuple(kept)

    def _grow(self, rows: int) -> None:
        self._rows += [_BLANK] * (rows - len(self._rows))

    def _changed(self) -> None:
        """Read all again: a second row about one person is a fault of the second. A row stays free at the end."""
        if any(self._rows[-1]) and len(self._rows) < MOST_ROWS:
            self._grow(len(self._rows) + 1)
        grown = len(self._rows) != len(self._read)
        if grown:
            self.beginResetModel()
        self._judge()
        if grown:
            self.endResetModel()
        else:
            self._tell()
        self.judged.emit()

    def _tell(self) -> None:
        """The rows between the first and the last that are another: what has not changed is not painted again."""
        stands = list(zip(self._rows, self._read, strict=True))
        known = (*self._shown, *[None] * (len(stands) - len(self._shown)))
        other = [at for at, now in enumerate(stands) if now != known[at]]
        self._shown[:] = stands
        if other:
            self.dataChanged.emit(self.index(other[0], 0), self.index(other[-1], len(COLUMNS)))

    def _judge(self) -> None:
        """What a row means by itself is worked out once as long as it stands there on that day."""
        today = self._work.clock.today()
        rows = dict.fromkeys(self._rows)
        self._known = {(cells, today): self._known[cells, today] for cells in rows if (cells, today) in self._known}
        self._unread = deque(cells for cells in rows if (cells, today) not in self._known)
        self._read_some(READ_AT_ONCE)
        if self._unread:
            self._reading_on.start()
        self._put_together()

    def _read_on(self) -> None:
        """Some more rows; with the last ones everything is said."""
        self._read_some(_READ_AT_A_TIME)
        if not self._unread:
            self._put_together()
            self._tell()
            self.judged.emit()

    def _read_some(self, most: int) -> None:
        today = self._work.clock.today()
        for _ in range(min(most, len(self._unread))):
            cells = self._unread.popleft()
            self._known[cells, today] = self._read_row(cells, today)
        if not self._unread:
            self._reading_on.stop()

    def _put_together(self) -> None:
        """Of two rows about one person the later one is refused."""
        today = self._work.clock.today()
        self._read = with_twins([self._known.get((cells, today)) or _not_read(cells) for cells in self._rows])

    def _read_row(self, cells: Cells, today: date) -> ReadRow:
        work = self._work
        row = read_row(cells, town=self._town, today=today, divisions=work.divisions, pack=work.pack)
        if row.draft is None:
            return row
        return msgspec.structs.replace(row, findings=with_unprintable(work, row.findings, of_warning(row.draft)))


_MOST_UNDONE = 50
_DAY = next(at for at, column in enumerate(COLUMNS) if column.field == "received_on")


def _not_read(cells: Cells) -> ReadRow:
    return ReadRow(blank=cells == _BLANK)


def _by_titles(table: list[list[str]], titles: list[str]) -> list[list[str]]:
    """The cells below a line of titles, each under its own title; columns that are not ours are left out."""
    head = [cell.strip().removesuffix("*").strip() for cell in table[0]]
    places = [head.index(title) if title in head else None for title in titles]
    return [["" if place is None or place >= len(cells) else cells[place] for place in places] for cells in table[1:]]


class RowsModel(QObject):
    """批量登记. ``changed`` when what is said or ``busy`` is another; ``taken`` when the rows are in the ledger."""

    changed = Signal()
    taken = Signal()

    def __init__(
        self,
        work: Work,
        runner: Runner,
        frame: Frame,
        town: OfficeId,
        lists: tuple[VillageLists, FileChooser] | None,
        parent: QObject | None = None,
    ) -> None:
        """``lists`` None: no files are offered."""
        super().__init__(parent)
        self._work = work
        self._runner = runner
        self._frame = frame
        self._lists = lists
        self._town = work.divisions.town_name(town)
        self.busy = False
        self.grid = RowsGrid(work, town, self)
        self.sources = work.pack.channel(Channel.CADRE_SCREENING).sources
        self.villages = tuple(work.divisions.villages_of(town).values())
        self.grid.judged.connect(self.changed)

    @property
    def has_files(self) -> bool:
        """Whether lists can be written and read."""
        return self._lists is not None

    @property
    def says(self) -> str:
        """How many rows there are, and how many of them are wrong."""
        read = self.grid.read
        if not read:
            return "从Excel或WPS复制后，在第一格按 Ctrl+V 粘贴；也可以直接填写"
        if self.grid.reading:
            return f"共{len(read)}行，正在核对……"
        wrong = sum(row.wrong for row in read)
        return f"共{len(read)}行，{wrong}行有错，改好后才能登记" if wrong else f"共{len(read)}行，都可以登记"

    @property
    def ready(self) -> bool:
        """Whether the rows can be taken in."""
        read = self.grid.read
        return bool(read) and not self.busy and all(row.draft is not None for row in read)

    @property
    def wrong(self) -> bool:
        """Whether a row has a fault."""
        return not self.grid.reading and any(row.wrong for row in self.grid.read)

    @property
    def begun(self) -> bool:
        """Whether something would be lost."""
        return bool(self.grid.rows)

    def take(self) -> None:
        """Take all rows in, together or not at all."""
        drafts = [row.draft for row in self.grid.read if row.draft is not None]
        if not self.ready:
            return
        self._set_busy(busy=True)
        self._runner.run(lambda: take_warnings(self._work, drafts), lambda _: self._taken(len(drafts)), self._failed)

    def save_template(self) -> None:
        """Ask for a file and write an empty list for the villages."""
        self._write("保存干部排查表", f"{self._town}干部排查表.xlsx", (), ())

    def give_back(self) -> None:
        """Ask for a file and write the rows with their faults in the column 错误原因."""
        rows, faults = self.grid.rows, tuple(row.faults for row in self.grid.read)
        self._write("保存退回的排查表", "干部排查表_退回.xlsx", rows, faults)

    def open_list(self) -> None:
        """Ask for a list that a village filled in, and show its rows."""
        if self._lists is None:
            return
        lists, chooser = self._lists

        def chosen(paths: tuple[Path, ...]) -> None:
            self._runner.run(lambda: lists.read_village_list(paths[0]), self._opened)

        chooser.open("选择填好的干部排查表", WORKBOOK, chosen)

    def _write(self, title: str, name: str, rows: Sequence[Cells], faults: Sequence[str]) -> None:
        if self._lists is None:
            return
        lists, chooser = self._lists

        def chosen(path: Path) -> None:
            self._runner.run(
                lambda: lists.write_village_list(path, rows, faults),
                lambda _: self._frame.tell(said(f"已保存到 {path}")),
            )

        chooser.save(title, name, WORKBOOK, chosen)

    def _opened(self, rows: tuple[Cells, ...]) -> None:
        self.grid.show((*self.grid.rows, *rows), what="导入的排查表")
        self.changed.emit()

    def _taken(self, count: int) -> None:
        self.grid.show(())
        self._set_busy(busy=False)
        self._frame.tell(said(f"已登记{count}条预警信息，各建一条工作台账；到“户与成员”的待确认中确认是哪一户"))
        self.taken.emit()

    def _failed(self, failure: Failure) -> bool:
        self._set_busy(busy=False)
        if not isinstance(failure, Refused):
            return False
        self._frame.tell(findings_notice(failure.findings, "一行也没有登记，请先处理"))
        return True

    def _set_busy(self, *, busy: bool) -> None:
        self.busy = busy
        self.changed.emit()
