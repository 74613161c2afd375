"""Rows of 附件2 broken into lines and gathered into pages: no row is split, and the page of the seal carries rows."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from taizhang_printing.composing import Composer, Measured
from taizhang_printing.fonts import FontFace
from taizhang_printing.ledger_form import BODY, COLUMNS, LedgerForm
from taizhang_printing.trouble import TextTooLong
from taizhang_printing.wrapping import break_evenly

SMALLER = (1.0, 0.8, 0.65)
"""Type of a row that would not fit on a page: tried in this order, as parts of the normal size."""

MOST_SEEN = 2000
"""Texts of a column that are kept for when they come again; of a column where none does (身份证) no more than these."""

HEAD_NAME = 2
"""The column that says whose row it is."""

CellLines = tuple[tuple[str, str], ...]
"""Of each line of a cell: its x as an operand, and the operators that show it."""


class Row(msgspec.Struct, frozen=True):
    """A row ready to be drawn: its height and type size in points, and its cells."""

    height: float
    size: float
    cells: Sequence[CellLines]


class Page(msgspec.Struct, frozen=True):
    """The rows of one page; ``last`` has totals, signatures and room for the seal below them."""

    rows: Sequence[Row]
    last: bool


class RowMaker:
    """Turns thirteen texts into a row. Texts that come again are broken and encoded once."""

    def __init__(self, composer: Composer, form: LedgerForm, columns: Sequence[str], *, tallest: float) -> None:
        """``columns`` are the heads, by which trouble names a field; ``tallest`` is the most that a row may take."""
        self._composer, self._form, self._heads, self._tallest = composer, form, columns, tallest
        self._seen: dict[float, list[dict[str, CellLines]]] = {}

    def row(self, texts: Sequence[str]) -> Row:
        """The row, in smaller type where it needs that; UnprintableCharacters or TextTooLong, naming whose it is."""
        for part in SMALLER:
            row = self._at_size(texts, self._form.size * part)
            if row.height <= self._tallest:
                return row
        raise TextTooLong(texts[HEAD_NAME] or texts[HEAD_NAME + 1])

    def _at_size(self, texts: Sequence[str], size: float) -> Row:
        seen = self._seen.get(size)
        if seen is None:
            seen = self._seen[size] = [{} for _ in COLUMNS]
        cells, most = [], 1
        for at, text in enumerate(texts):
            lines = seen[at].get(text)
            if lines is None:
                if len(seen[at]) == MOST_SEEN:
                    seen[at].clear()
                lines = seen[at][text] = self._cell(at, text, size, texts[HEAD_NAME])
            most = max(most, len(lines))
            cells.append(lines)
        return Row(most * size * 1.25 + 2 * self._form.gap, size, cells)

    def _cell(self, at: int, text: str, size: float, whose: str) -> CellLines:
        column = COLUMNS[at]
        measured = self._composer.measure(text, BODY, field=self._heads[at], whole=column.name, whose=whose)
        return cell_lines(self._composer, measured, self._form, at, size, base=BODY)


def cell_lines(
    composer: Composer, measured: Measured, form: LedgerForm, at: int, size: float, *, base: FontFace
) -> CellLines:
    """The text of a cell broken to its column and set left or centred; heads (any other ``base``) are evened out and centred."""
    column, room = COLUMNS[at], form.room(at, size)
    left = form.edges[at] + form.pad
    if base is BODY and (column.left or column.only_after):
        breaks = composer.lines(measured, room, only_after=column.only_after)
    else:
        breaks = break_evenly(measured.text, measured.advances, room)
    lines = []
    for start, end in breaks:
        spare = 0.0
        if base is not BODY or not column.left:
            spare = (room - sum(measured.advances[start:end])) * size / 2000
        lines.append((f"{left + spare:.2f}", composer.show(measured, start, end, base=base, size=size)))
    return tuple(lines)


def pages(rows: Iterable[Row], *, room: float, closing: float) -> Iterator[Page]:
    """Rows by page, as they come. ``room`` is a page's height for rows, ``closing`` what the last page needs below them.

    No row may be taller than ``room - closing``. The last page carries rows, even if they must be taken from the page before.
    """
    held: list[Row] = []
    filled = 0.0
    for row in rows:
        if filled + row.height > room:
            yield Page(held, last=False)
            held, filled = [], 0.0
        held.append(row)
        filled += row.height
    if filled + closing > room:
        yield Page(held[:-1], last=False)
        held = held[-1:]
    yield Page(held, last=True)
