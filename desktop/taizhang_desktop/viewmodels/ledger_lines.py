"""The lines of 附件2 in a table: the thirteen columns in words, the id number masked; put into words where they are looked at."""

from collections.abc import Callable

from taizhang_casework.domain.ledger import LedgerLine
from taizhang_casework.domain.pack import RegulationPack

from taizhang_desktop.table.columns import Column
from taizhang_desktop.table.value_model import Unsorted
from taizhang_desktop.viewmodels.words import ledger_cells

WIDTHS = (6, 9, 5, 10, 5, 6, 12, 6, 5, 10, 6, 8, 6)
"""Widths of the columns in Chinese characters."""


def ledger_columns(pack: RegulationPack) -> tuple[Column[LedgerLine, Unsorted], ...]:
    """The columns under the notice's titles."""
    words = _Words(pack)
    return tuple(
        Column(title=title, text=words.of_column(at), width=width)
        for at, (title, width) in enumerate(zip(pack.ledger_columns, WIDTHS, strict=True))
    )


def ledger_line_key(line: LedgerLine) -> str:
    """The case names the line."""
    return line.case


class _Words:
    """A line in words, kept until another one is asked for: a table asks for each cell several times, line by line."""

    def __init__(self, pack: RegulationPack) -> None:
        self._pack = pack
        self._line: LedgerLine | None = None
        self._cells: tuple[str, ...] = ()

    def of_column(self, at: int) -> Callable[[LedgerLine], str]:
        def text(line: LedgerLine) -> str:
            if line is not self._line:
                self._line, self._cells = line, ledger_cells(line, self._pack)
            return self._cells[at]

        return text
