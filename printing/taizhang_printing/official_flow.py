"""Text and tables flowing over the pages of an official paper, and its end: name, date and the place of the seal.

GB/T 9704-2012: 7.3.5.1 to 7.3.5.4 for name, date and seal, 7.3.5.5 for a page that has no room for them. Everything stands on the
22 lines of the page; a table's row takes as many of them as its longest cell needs and is never split.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from taizhang_printing.composing import Composer, Measured
from taizhang_printing.drawing import Align, Sheet
from taizhang_printing.fonts import FontFace
from taizhang_printing.official_page import (
    BLANK,
    BODY,
    CELL,
    CHARACTERS,
    LEFT,
    LINES,
    MIDDLE,
    PITCH,
    RIGHT,
    SIZE,
    TITLE,
    TITLE_SIZE,
    TOP,
    Line,
    baseline,
    centred,
    draw_line,
    draw_number,
)
from taizhang_printing.seal import Seal
from taizhang_printing.trouble import TextTooLong

BEFORE_NAME = 1.5
"""Blank lines above the office's name: a seal of 42 mm over name and date ends at most one line below the text (7.3.5.1)."""

SIGNED = BEFORE_NAME + 2
"""Lines from the end of the text to the date."""

UNDER_DATE = 1
"""Lines that the seal reaches below the date."""

CARRIED = 2
"""Lines of text that go with the seal when it needs a page of its own: no page bears a seal alone."""

DATE_INDENT = 4

MOST_LINES = 26
"""Lines that a page takes by a smaller pitch, where that keeps text and seal together (GB/T 9704-2012, 7.3.5.5)."""

HEAD_FACE, CELL_FACE = FontFace.HEI_MEDIUM, FontFace.FANGSONG
PAD = 4.0
ABOVE_TABLE = 3.0
"""What a table keeps from the text above it, in points."""
LINE_IN_CELL = 1.2
"""From line to line inside a cell, in em."""
SMALLER, FEW = (1.0, 0.85, 0.7), 2
"""Type of a cell as parts of the table's: the first that keeps it on a few lines, else the last."""


class Column(msgspec.Struct, frozen=True):
    """``width`` is in mm; ``left`` sets text from the left, else centred. ``name`` keeps a cell in one face where one has all of it."""

    head: str
    width: float
    left: bool = False
    name: bool = False


class SetCell(msgspec.Struct, frozen=True):
    """A cell's lines and the size they are set in, in points."""

    lines: tuple[Measured, ...]
    size: float

    @property
    def height(self) -> float:
        """In points, with a little room above and below."""
        return (len(self.lines) * LINE_IN_CELL + 0.4) * self.size


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row that was broken into lines, cell by cell; ``edges`` are the x of its cells, one more than there are cells.

    ``head`` is the table's head, which is drawn again on each page that the table reaches; None on the head itself.
    """

    cells: tuple[SetCell, ...]
    edges: tuple[float, ...]
    left: tuple[bool, ...]
    face: FontFace
    head: "Row | None" = None

    @property
    def height(self) -> int:
        """In lines of the page."""
        return max(1, math.ceil(max(cell.height for cell in self.cells) / PITCH))


class Ruled(msgspec.Struct, frozen=True):
    """A line to write on by hand."""


Block = Line | Row | Ruled


def height(block: Block) -> int:
    """Of the 22 lines, how many it takes."""
    return block.height if isinstance(block, Row) else 1


def table(
    composer: Composer, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, size: float, right: float = RIGHT
) -> list[Block]:
    """The table's rows, its head first. Texts are measured; UnprintableCharacters names the column of one that cannot be shown.

    TextTooLong for a row that does not fit on a page below the head.
    """
    scale = (right - LEFT) / sum(column.width for column in columns)
    edges = [LEFT]
    for column in columns:
        edges.append(edges[-1] + column.width * scale)
    left = tuple(column.left for column in columns)

    def cells(texts: Sequence[str], face: FontFace) -> tuple[SetCell, ...]:
        return tuple(
            _cell(composer, text, face, size, room, field=column.head, whole=column.name)
            for text, column, room in zip(texts, columns, _rooms(edges), strict=True)
        )

    head = Row(
        cells=cells([column.head for column in columns], HEAD_FACE),
        edges=tuple(edges),
        left=(False,) * len(columns),
        face=HEAD_FACE,
    )
    body = [Row(cells=cells(row, CELL_FACE), edges=tuple(edges), left=left, face=CELL_FACE, head=head) for row in rows]
    for row, made in zip(rows, body, strict=True):
        if head.height + made.height > LINES:
            raise TextTooLong(next(iter(filter(None, row)), ""), shorten="表格里这一条的文字")
    return [head, *body]


def _cell(
    composer: Composer, text: str, face: FontFace, size: float, room: float, *, field: str, whole: bool
) -> SetCell:
    """A cell that is so many points wide inside."""
    if not text:
        return SetCell((), size)
    measured = composer.measure(text, face, field=field, whole=whole)
    made = SetCell((), size)
    for part in SMALLER:
        breaks = composer.lines(measured, room / (size * part) * 1000)
        made = SetCell(tuple(measured.part(start, end) for start, end in breaks), size * part)
        if len(made.lines) <= FEW:
            break
    return made


def _rooms(edges: Sequence[float]) -> list[float]:
    return [right - left - 2 * PAD for left, right in pairwise(edges)]


def lines_with_seal(blocks: Sequence[Block]) -> float:
    """The lines that a page needs which bears these and the seal."""
    return _lines(blocks) + SIGNED + UNDER_DATE


def _lines(blocks: Sequence[Block]) -> int:
    return sum(height(block) for block in blocks)


def flow(blocks: Sequence[Block]) -> list[list[Block]]:
    """The pages, the last with room for name, date and seal; a table that goes on has its head again."""
    if lines_with_seal(blocks) <= MOST_LINES:
        return [list(blocks)]
    pages = _filled(blocks)
    if lines_with_seal(pages[-1]) > LINES:
        pages.append([])
    if len(pages) > 1:
        _carry(pages)
    return pages


def _filled(blocks: Sequence[Block]) -> list[list[Block]]:
    pages: list[list[Block]] = [[]]
    for at, block in enumerate(blocks):
        page = pages[-1]
        if page and _lines(page) + _needs(blocks, at) > LINES:
            pages.append(_begun(block))
            page = pages[-1]
        page.append(block)
    return pages


def _keeps(block: Block) -> bool:
    """Whether it stays with what comes next: a table's head does, and a line that is the head of something."""
    return (isinstance(block, Row) and block.head is None) or (isinstance(block, Line) and block.keep)


def _needs(blocks: Sequence[Block], at: int) -> int:
    """The lines of a block and of those that it stays with."""
    lines = height(blocks[at])
    while _keeps(blocks[at]) and at + 1 < len(blocks):
        at += 1
        lines += height(blocks[at])
    return lines


def _begun(block: Block) -> list[Block]:
    """A page that begins with this block: under its table's head where it is a row."""
    return [block.head] if isinstance(block, Row) and block.head is not None else []


def _carry(pages: list[list[Block]]) -> None:
    """Take lines from the page before until the last one bears enough of the text beside the seal.

    A page that would be left with a table's head alone goes: the head stands again above the rows that were carried.
    """
    while len(pages[-2]) > 1 and (_text_lines(pages[-1]) < CARRIED or _keeps(pages[-2][-1])):
        moved = pages[-2].pop()
        rest = pages[-1]
        if isinstance(moved, Row) and moved.head is not None and rest and rest[0] == moved.head:
            rest = rest[1:]
        pages[-1] = [*_begun(moved), moved, *rest]
    if all(isinstance(each, Row) and each.head is None for each in pages[-2]):
        del pages[-2]


def _text_lines(blocks: Sequence[Block]) -> int:
    return sum(height(block) for block in blocks if not (isinstance(block, Row) and block.head is None))


def pitch_of(blocks: Sequence[Block], *, last: bool) -> float:
    """The page's pitch: a smaller one where that keeps text and seal together."""
    return PITCH * min(1.0, LINES / lines_with_seal(blocks)) if last else PITCH


def draw_blocks(sheet: Sheet, blocks: Sequence[Block], *, pitch: float = PITCH) -> None:
    """A page's text and rows from the top."""
    at, above = 0, False
    for block in blocks:
        match block:
            case Row():
                _draw_row(sheet, at, block, pitch, first=not above)
            case Ruled():
                y = baseline(at, pitch=pitch) - 4
                sheet.line((LEFT, y), (RIGHT, y), 0.5)
            case Line():
                draw_line(sheet, at, block, pitch=pitch)
        above = isinstance(block, Row)
        at += height(block)


def _draw_row(sheet: Sheet, at: int, row: Row, pitch: float, *, first: bool) -> None:
    top, bottom = TOP - at * pitch, TOP - (at + row.height) * pitch
    left, right = row.edges[0], row.edges[-1]
    if first:
        top -= ABOVE_TABLE
        sheet.line((left, top), (right, top))
    sheet.line((left, bottom), (right, bottom))
    for x in row.edges:
        sheet.line((x, top), (x, bottom))
    cells = zip(row.cells, pairwise(row.edges), row.left, strict=True)
    for cell, (start, end), from_left in cells:
        step = cell.size * LINE_IN_CELL * pitch / PITCH
        y = (top + bottom) / 2 + (len(cell.lines) - 1) * step / 2 - MIDDLE * cell.size
        for line in cell.lines:
            if from_left:
                sheet.text((start + PAD, y), line, row.face, cell.size)
            else:
                sheet.text(((start + end) / 2, y), line, row.face, cell.size, align=Align.CENTRE)
            y -= step


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """What stands under the seal: the name centred above the date."""

    name: str
    day: str


def heading(composer: Composer, title: str, number: str = "") -> list[Block]:
    """The title, the number under it where there is one, and the blank lines around."""
    lines: list[Block] = [BLANK, *centred(composer, title, TITLE, TITLE_SIZE, field="标题")]
    if number:
        lines += centred(composer, number, BODY, SIZE, field="文号")
    return [*lines, BLANK]


def addressee(composer: Composer, name: str, *, field: str) -> list[Block]:
    """Who is written to, from the left edge."""
    measured = composer.measure(f"{name}：", BODY, field=field, whole=True)
    return [Line(measured.part(start, end)) for start, end in composer.lines(measured, CHARACTERS * 1000)]


def official_sheets(
    composer: Composer, blocks: Sequence[Block], end: Ending, seal: Seal | None = None
) -> tuple[list[Sheet], tuple[float, float]]:
    """The pages with their numbers, name and date on the last under the seal, and the middle of the seal over both (points)."""
    sheets, middle, pages = [], (0.0, 0.0), flow(blocks)
    for number, page in enumerate(pages, 1):
        sheet, last = Sheet(composer), number == len(pages)
        pitch = pitch_of(page, last=last)
        if last:
            middle = draw_signature(sheet, end, _lines(page) + BEFORE_NAME, pitch)
            if seal is not None:
                seal.put(sheet, middle)
        draw_blocks(sheet, page, pitch=pitch)
        draw_number(sheet, number)
        sheets.append(sheet)
    return sheets, middle


def draw_signature(sheet: Sheet, end: Ending, at: float, pitch: float) -> tuple[float, float]:
    """Name centred above the date, the date four characters from the right (GB/T 9704-2012, 7.3.5.1); the middle of the seal over both."""
    composer = sheet.composer
    signer = composer.measure(end.name, BODY, field="单位名称")
    dated = composer.measure(end.day, BODY, field="日期")
    half_name, half_date = (measured.width * SIZE / 2000 for measured in (signer, dated))
    middle = min(RIGHT - DATE_INDENT * CELL - half_date, RIGHT - half_name)
    sheet.text((middle, baseline(at, pitch=pitch)), signer, BODY, SIZE, align=Align.CENTRE)
    sheet.text((middle, baseline(at + 1, pitch=pitch)), dated, BODY, SIZE, align=Align.CENTRE)
    return middle, (baseline(at, pitch=pitch) + baseline(at + 1, pitch=pitch)) / 2 + MIDDLE * SIZE
