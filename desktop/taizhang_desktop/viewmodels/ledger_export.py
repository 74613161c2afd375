"""Export of 预警台账: every row of what is asked, the columns that are shown, into one Excel file, whole or not at all."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

import msgspec
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.case_query import CaseQuery, CaseRow
from taizhang_casework.domain.rights import Right, require
from taizhang_casework.services.case_list import reckoned
from taizhang_casework.services.disclosing import disclose_list
from taizhang_casework.services.work import Work

from taizhang_desktop.tasks import Reporter
from taizhang_desktop.viewmodels.ledger_columns import CaseColumn, in_full

AT_ONCE = 250
"""So many rows are read at once; between two such slices whoever else waits for the database has its turn."""


class SheetColumn(msgspec.Struct, frozen=True):
    """A column of a sheet: its title, and its width in Chinese characters."""

    title: str
    width: float


class WriteSheet(Protocol):
    """Writes a workbook of one sheet whose cells are all text."""

    def __call__(self, path: Path, title: str, columns: Sequence[SheetColumn], rows: Iterable[Sequence[str]]) -> None:
        """Write it whole or not at all; what ``rows`` raises leaves nothing. Raises OfficeTrouble. In the worker's thread."""
        ...


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """What was written where."""

    path: Path
    rows: int


def export(
    work: Work, query: CaseQuery, columns: Sequence[CaseColumn], path: Path, write: WriteSheet, report: Reporter
) -> Exported:
    """Write the rows of the query. It holds full numbers, so it is for those who may let them out, and stands in the journal.

    Between the slices others work on the ledger: each row is as it stands when its slice is read, and one that left is left out.
    """
    require(work.user, Right.EXPORT)
    with work.store.reading() as desk:
        ids = desk.cases.ids(reckoned(work, desk, query))
    head = tuple(SheetColumn(column.title, column.width) for column in columns)
    disclose_list(work, len(ids), tuple(column.title for column in columns))
    written = 0

    def counted() -> Iterator[tuple[str, ...]]:
        nonlocal written
        for cells in _cells(work, ids, columns, report):
            written += 1
            yield cells

    write(path, "预警台账", head, counted())
    return Exported(path=path, rows=written)


def _cells(
    work: Work, ids: Sequence[CaseId], columns: Sequence[CaseColumn], report: Reporter
) -> Iterator[tuple[str, ...]]:
    cells: list[Callable[[CaseRow], str]] = [partial(in_full, column, work.pack) for column in columns]
    for start in range(0, len(ids), AT_ONCE):
        report(start, len(ids))
        with work.store.reading() as desk:
            rows = desk.cases.rows(ids[start : start + AT_ONCE])
        for row in rows:
            yield tuple(cell(row) for cell in cells)
    report(len(ids), len(ids))
