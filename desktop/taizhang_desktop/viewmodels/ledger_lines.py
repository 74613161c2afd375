"""The lines of 附件2 as rows of a table: the thirteen columns in words, the id number masked."""

from collections.abc import Sequence
from functools import partial

import msgspec
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.ledger import LedgerLine
from taizhang_casework.domain.pack import RegulationPack

from taizhang_desktop.table.columns import Column
from taizhang_desktop.table.value_model import Unsorted
from taizhang_desktop.viewmodels.words import ledger_cells

WIDTHS = (6, 9, 5, 10, 5, 6, 12, 6, 5, 10, 6, 8, 6)
"""Widths of the columns in Chinese characters."""


class LedgerRow(msgspec.Struct, frozen=True):
    """A line of 附件2 in words; ``case`` is where it came from."""

    case: CaseId
    cells: tuple[str, ...]


def ledger_rows(lines: Sequence[LedgerLine], pack: RegulationPack) -> tuple[LedgerRow, ...]:
    """The lines in words, in their order."""
    return tuple(LedgerRow(line.case, ledger_cells(line, pack)) for line in lines)


def ledger_row_columns(pack: RegulationPack) -> tuple[Column[LedgerRow, Unsorted], ...]:
    """The columns under the notice's titles."""
    return tuple(
        Column(title=title, text=partial(_cell, at), width=width)
        for at, (title, width) in enumerate(zip(pack.ledger_columns, WIDTHS, strict=True))
    )


def ledger_row_key(row: LedgerRow) -> str:
    """The case names the row."""
    return row.case


def _cell(at: int, row: LedgerRow) -> str:
    return row.cells[at]
