"""Where a sheet's header is and what its columns mean, whatever stands above it and however many rows it takes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from taizhang_casework.domain.text_folding import compact, fold

from taizhang_exchange.lists.header_words import Field, HeaderWords, Meaning, header_key
from taizhang_exchange.lists.workbook import MergedRange, RawSheet

_ROWS_SEARCHED = 30
_TALLEST = 3
_FEWEST_FIELDS = 2
_NEARLY = 0.85
_LIKE_A_NUMBER = re.compile(r"\d{5,}")
_SINGLE = (
    Field.NAME,
    Field.ID_NUMBER,
    Field.DISTRICT,
    Field.TOWN,
    Field.VILLAGE,
    Field.ADDRESS,
    Field.DATE,
    Field.DETAIL,
)
_COUNTED = (*_SINGLE[:-1], Field.ITEM, Field.STATUS)


class Columns(NamedTuple):
    """Which column (from 0) holds which field; ``items`` and ``statuses`` stronger header first, ``ordinals`` number the rows.

    ``words`` are the header's own texts, by which it is known again further down.
    """

    single: Mapping[Field, int]
    items: tuple[int, ...]
    statuses: tuple[int, ...]
    ordinals: frozenset[int]
    words: frozenset[str]

    def of(self, field: Field) -> int | None:
        """The column of a field, None where the list has none."""
        return self.single.get(field)


class Header(NamedTuple):
    """A header: its first row and the first row after it (from 0 within the sheet), what its columns mean, how well it fits."""

    top: int
    below: int
    columns: Columns
    score: float


class _Grid(NamedTuple):
    """The cells that headers are read from: each merged range filled with its own text."""

    sheet: RawSheet
    merged: Mapping[tuple[int, int], tuple[str, MergedRange]]

    def text(self, row: int, column: int) -> str:
        inside = self.merged.get((row, column))
        if inside is not None:
            return inside[0]
        cell = self.sheet.rows[row][column]
        return cell if isinstance(cell, str) else ""


def find_header(sheet: RawSheet, words: HeaderWords, start: int = 0, rows: int = _ROWS_SEARCHED) -> Header | None:
    """The best header whose first row is among the ``rows`` from ``start``; None where no row names two fields of a person."""
    stop = min(start + rows, len(sheet.rows))
    grid = _grid(sheet, start, stop + _TALLEST)
    found = [header for top in range(start, stop) for header in _headers_at(grid, words, top)]
    if not found:
        return None
    enough = _NEARLY * max(header.score for header in found)
    first = next(header for header in found if header.score >= enough)
    together = [header for header in found if header.top < first.below]
    best = max(header.score for header in together)
    low = min((header for header in together if header.score == best), key=lambda header: header.below - header.top)
    grouped = [h for h in together if h.below == low.below and h.top < low.top and h.score >= enough]
    return min((h for h in grouped if _groups(grid, h.top, low.top)), key=lambda header: header.top, default=low)


def _groups(grid: _Grid, top: int, below: int) -> bool:
    """Whether rows above a header name groups of columns (学生信息, 监护人信息); a title says one thing, a form's line has colons."""
    rows = [{grid.text(row, column) for column in range(len(grid.sheet.rows[0]))} - {""} for row in range(top, below)]
    return all(len(texts) > 1 and not any(":" in fold(text) for text in texts) for texts in rows)


def _grid(sheet: RawSheet, start: int, stop: int) -> _Grid:
    merged: dict[tuple[int, int], tuple[str, MergedRange]] = {}
    for area in sheet.merges:
        if area.top >= stop or area.bottom < start or not _inside(sheet, area):
            continue
        cell = sheet.rows[area.top][area.left]
        text = cell if isinstance(cell, str) else ""
        for row in range(area.top, min(area.bottom, stop) + 1):
            for column in range(area.left, min(area.right, len(sheet.rows[0]) - 1) + 1):
                merged[row, column] = (text, area)
    return _Grid(sheet, merged)


def _inside(sheet: RawSheet, area: MergedRange) -> bool:
    return 0 <= area.top < len(sheet.rows) and 0 <= area.left < len(sheet.rows[0])


def _headers_at(grid: _Grid, words: HeaderWords, top: int) -> Iterator[Header]:
    """Headers that begin in a row and take one to three rows, as far as the rows belong together."""
    if any(row == top and area.top < top for (row, _), (_, area) in grid.merged.items()):
        return
    for below in range(top + 1, min(top + _TALLEST, len(grid.sheet.rows)) + 1):
        if below - top > 1 and not _belongs(grid, words, below - 1):
            return
        if below - top < _TALLEST and _whole(grid, top, below) > below:
            continue
        header = _header(grid, words, top, below)
        if header is not None:
            yield header


def _belongs(grid: _Grid, words: HeaderWords, row: int) -> bool:
    """Whether a row carries on the header that the row above belongs to."""
    cells = grid.sheet.rows[row]
    own = [(column, cell) for column, cell in enumerate(cells) if cell != ""]
    if any(not isinstance(cell, str) or _LIKE_A_NUMBER.search(compact(cell)) for _, cell in own):
        return False
    above = [grid.text(row - 1, column).strip() for column in range(len(cells))]
    vertical = any(
        grid.merged[row, column][1].top < row and above[column]
        for column in range(len(cells))
        if (row, column) in grid.merged
    )
    if vertical:
        return True
    spread = any(
        (inside := grid.merged.get((row - 1, column))) is not None and inside[1].right > inside[1].left and inside[0]
        for column, _ in own
    )
    named = [
        column for column, cell in own if any(v > Meaning.ENDS_WITH.value for v in words.fields([str(cell)]).values())
    ]
    if spread:
        return bool(own)
    return bool(named) and all(
        not above[column] or above[column - 1 : column] == [above[column]] for column in named[1:]
    )


def _header(grid: _Grid, words: HeaderWords, top: int, below: int) -> Header | None:
    width = len(grid.sheet.rows[0])
    texts = [[grid.text(row, column) for row in range(top, below)] for column in range(width)]
    fields = [words.fields(column) for column in texts]
    columns = _columns(
        fields,
        ordinals=frozenset(c for c, path in enumerate(texts) if any(map(words.is_ordinal, path))),
        words=frozenset(header_key(text) for path in texts for text in path if text),
    )
    best = {field: max((found.get(field, 0.0) for found in fields), default=0.0) for field in _COUNTED}
    sure = [field for field, score in best.items() if score > Meaning.CONTAINS.value]
    if len(sure) < _FEWEST_FIELDS or not {Field.NAME, Field.ID_NUMBER} & set(sure):
        return None
    if len({column for column, found in enumerate(fields) if found}) < _FEWEST_FIELDS:
        return None
    return Header(top, _whole(grid, top, below), columns, sum(best[field] for field in sure))


def _whole(grid: _Grid, top: int, below: int) -> int:
    """The row after the header, past ranges that are merged from it downwards."""
    reach = [area.bottom + 1 for (row, _), (text, area) in grid.merged.items() if top <= row < below and text]
    return max([below, *(row for row in reach if row <= top + _TALLEST)])


def _strongest(found: Mapping[Field, float]) -> float:
    """The score of what a header names most likely; a head of household is a person too where the list has no other name."""
    return max(score for field, score in found.items() if field is not Field.HEAD_NAME or len(found) == 1)


def _columns(fields: Sequence[Mapping[Field, float]], *, ordinals: frozenset[int], words: frozenset[str]) -> Columns:
    single: dict[Field, int] = {}
    for field in _SINGLE:
        candidates = [(found[field], column) for column, found in enumerate(fields) if field in found]
        candidates = [(score, column) for score, column in candidates if score >= _strongest(fields[column])]
        if candidates:
            best = max(candidates)[0]
            tied = [column for score, column in candidates if score == best]
            name = single.get(Field.NAME)
            after = [column for column in tied if name is not None and column > name]
            single[field] = after[0] if field is Field.ID_NUMBER and after else tied[0]
    taken = set(single.values())
    items, statuses = (
        tuple(
            column
            for _, column in sorted(
                (-found[field], c) for c, found in enumerate(fields) if field in found and c not in taken
            )
        )
        for field in (Field.ITEM, Field.STATUS)
    )
    return Columns(single=single, items=items, statuses=statuses, ordinals=ordinals, words=words)
