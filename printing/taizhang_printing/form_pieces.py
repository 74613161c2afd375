"""Blocks of a form as pieces that stand one under the other: each has a least height and draws itself where it comes to stand."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from taizhang_printing.composing import Measured
from taizhang_printing.document import MM
from taizhang_printing.drawing import Align, Sheet
from taizhang_printing.form_cells import (
    LABEL,
    TEXT,
    Block,
    Ends,
    Gap,
    Paragraph,
    Row,
    SealPlace,
    Signing,
    Table,
)
from taizhang_printing.form_setting import GAP, PADS, PITCH, SIDE, SMALLER, SetCell, SetRow, Setter

MIDDLE = 0.38
"""How far above the baseline the middle of a character lies, in em."""
THIN = 0.5
APART = 6 * MM
"""Between the texts of a line that has one at each end."""
UPRIGHT, LEAST_SIDE = 1.15, 7.5
"""Of an upright label: from character to character in em, and the size that goes on in a second column instead of a smaller one."""
PALE = 0.65
WRITING = 8.5 * MM
"""From line to line where one writes by hand."""

Draw = Callable[[Sheet, float, float], None]
"""Told the page, and the top and bottom of where the piece stands, in points."""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """Something that no page break splits. ``height`` is the least in points; it takes its share ``grow`` of what is left, up to ``most``.

    ``framed`` ones have a frame around all of them that touch. ``heads`` are what a page repeats that begins with this piece;
    ``keep`` is not to be parted from the piece after it. ``gap`` is left out at the top of a further page.
    """

    height: float
    draw: Draw
    grow: float = 0
    most: float = 0
    framed: bool = False
    side: str = ""
    heads: tuple["Piece", ...] = ()
    keep: bool = False
    gap: bool = False


class PieceMaker:
    """Turns blocks into pieces between two edges, in one size of type."""

    def __init__(self, setter: Setter, left: float, right: float, tallest: float) -> None:
        """``tallest`` is the most that one piece may take, in points."""
        self._setter, self._left, self._right, self._tallest = setter, left, right, tallest

    def pieces(self, blocks: Iterable[Block]) -> list[Piece]:
        """All of them, in order."""
        return [piece for block in blocks for piece in self._of(block)]

    def _of(self, block: Block) -> Iterator[Piece]:
        match block:
            case Row():
                yield from self._row(block)
            case Table():
                heads = tuple(self._row(block.head))
                height = sum(head.height for head in heads)
                yield from (msgspec.structs.replace(head, keep=True) for head in heads)
                for row in block.rows:
                    yield from self._row(row, heads, height)
            case Paragraph():
                yield from self._paragraph(block)
            case Ends():
                yield self._ends(block)
            case Signing():
                yield self._signing(block)
            case SealPlace():
                yield self._seal(block)
            case Gap():
                yield Piece(height=block.height * MM, draw=_nothing, grow=block.grow, most=block.most * MM, gap=True)

    def _row(self, row: Row, heads: tuple[Piece, ...] = (), under: float = 0) -> Iterator[Piece]:
        for made in self._setter.rows(row, self._left, self._right, self._tallest - under):
            yield Piece(
                height=made.height,
                draw=_row_drawing(made),
                grow=row.grow,
                most=row.most * MM,
                framed=True,
                side=row.side,
                heads=heads,
                keep=row.keep,
            )

    def _paragraph(self, block: Paragraph) -> Iterator[Piece]:
        """Line by line; a first line is not left alone at the foot of a page, nor a last one at the top."""
        size = block.size or self._setter.size
        measured = self._setter.measured(block.text, block.face, field=block.field)
        width = self._right - self._left
        breaks = self._setter.composer.lines(measured, width / size * 1000, indent=block.indent * 1000)
        last = len(breaks) - 1
        for at, part in enumerate(breaks):
            first = at == 0 or measured.text[part[0] - 1 : part[0]] == "\n"
            ends = at == last or measured.text[part[1] : part[1] + 1] == "\n"
            left = self._left + (block.indent * size if first else 0)
            line = _Line(measured.part(*part), left, self._right, size, block, justified=not ends)
            yield Piece(
                height=block.pitch * size, draw=line.draw, keep=block.keep if at == last else at in {0, last - 1}
            )

    def _ends(self, block: Ends) -> Piece:
        """In smaller type, and then on more lines, where both texts do not fit beside one another."""
        base = block.size or self._setter.size
        left, right = (
            self._setter.measured(each, TEXT, field="版面文字", name=True) for each in (block.left, block.right)
        )
        width = self._right - self._left
        size = next(
            (base * part for part in SMALLER if (left.width + right.width) * base * part / 1000 + APART <= width), 0
        )
        size = size or base * SMALLER[-1]
        room = width - right.width * size / 1000 - APART
        lines = [left.part(*part) for part in self._setter.composer.lines(left, room / size * 1000)]
        pitch = PITCH * size

        def draw(sheet: Sheet, _top: float, bottom: float) -> None:
            y = bottom + 1.8 * MM
            for under, line in zip(reversed(range(len(lines))), lines, strict=True):
                sheet.text((self._left, y + under * pitch), line, TEXT, size)
            sheet.text((self._right, y), right, TEXT, size, align=Align.RIGHT)

        return Piece(height=block.height * MM + (len(lines) - 1) * pitch, draw=draw, keep=block.keep)

    def _signing(self, block: Signing) -> Piece:
        size = block.size or self._setter.size
        fields = [self._setter.measured(each, TEXT, field="版面文字") for each in block.fields]
        share = (self._right - self._left) / len(fields)

        def draw(sheet: Sheet, top: float, bottom: float) -> None:
            y = (top + bottom) / 2 - MIDDLE * size
            for at, each in enumerate(fields):
                end = sheet.text((self._left + at * share, y), each, TEXT, size)
                if each.text.endswith("："):
                    sheet.line((end, y - 2), (self._left + (at + 1) * share - 4 * MM, y - 2), 0.4)

        return Piece(height=block.height * MM, draw=draw, keep=block.keep)

    def _seal(self, block: SealPlace) -> Piece:
        size = block.size or self._setter.size
        pitch = 1.8 * size
        name, day = (self._setter.measured(each, TEXT, field="落款") for each in (block.name, block.day))
        half = max(name.width, day.width) * size / 2000
        middle = min(self._right - 4 * size - day.width * size / 2000, self._right - half)

        def draw(sheet: Sheet, top: float, bottom: float) -> None:
            y = (top + bottom) / 2 + pitch / 2 - MIDDLE * size
            for at, each in enumerate((name, day)):
                sheet.text((middle, y - at * pitch), each, TEXT, size, align=Align.CENTRE)

        return Piece(height=block.height * MM, draw=draw)


class _Line(msgspec.Struct, frozen=True):
    """A line of a paragraph; a ``justified`` one reaches both edges."""

    text: Measured
    left: float
    right: float
    size: float
    block: Paragraph
    justified: bool

    def draw(self, sheet: Sheet, top: float, bottom: float) -> None:
        y = (top + bottom) / 2 - MIDDLE * self.size
        gaps = len(self.text.text) - 1
        x, spacing, align = self.left, 0.0, self.block.align
        if align is Align.LEFT and self.justified and gaps > 0:
            spacing = (self.right - self.left - self.text.width * self.size / 1000) / gaps
        elif align is not Align.LEFT:
            x += (self.right - self.left) * align.value
        sheet.text((x, y), self.text, self.block.face, self.size, align=align, spacing=spacing)


def _nothing(_sheet: Sheet, _top: float, _bottom: float) -> None:
    """A gap."""


def _row_drawing(row: SetRow) -> Draw:
    def draw(sheet: Sheet, top: float, bottom: float) -> None:
        for at, each in enumerate(row.cells):
            if at:
                sheet.line((each.left, top), (each.left, bottom), THIN)
            _draw_cell(sheet, each, top, bottom)

    return draw


def _draw_cell(sheet: Sheet, made: SetCell, top: float, bottom: float) -> None:
    cell, size = made.cell, made.size
    pitch = PITCH * size
    left, right = made.left + PADS[cell.align], made.right - PADS[cell.align]
    x = left + (right - left) * cell.align.value
    under = 1.4 * pitch if cell.foot else 0
    if cell.top:
        y = top - GAP - PITCH * size / 2 - MIDDLE * size
    else:
        y = (top + bottom + under + (len(made.lines) - 1) * pitch) / 2 - MIDDLE * size
    for line in made.lines:
        if line.text:
            sheet.text((x, y), line, cell.face, size, align=cell.align)
        y -= pitch
    if cell.ruled:
        _draw_ruling(sheet, made, top, bottom + under)
    if cell.foot:
        sheet.text(
            (made.right - PADS[Align.RIGHT], bottom + GAP + 0.4 * size), cell.foot, cell.face, size, align=Align.RIGHT
        )


def _draw_ruling(sheet: Sheet, made: SetCell, top: float, bottom: float) -> None:
    """Grey lines as far apart as one writes; none at the lower edge itself."""
    written = len(made.lines) if made.cell.text else 0
    y = top - WRITING - (GAP + written * PITCH * made.size if written else 0)
    while y > bottom + WRITING / 3:
        sheet.line((made.left + 2 * MM, y), (made.right - 2 * MM, y), 0.3, grey=PALE)
        y -= WRITING


def draw_side(sheet: Sheet, setter: Setter, words: str, left: float, top: float, bottom: float) -> None:
    """The upright label before rows that belong together: in as many columns as the height asks for."""
    room = top - bottom - GAP
    size = max(LEAST_SIDE, min(setter.size, room / (UPRIGHT * len(words))))
    pitch = UPRIGHT * size
    each = max(1, int(room / pitch + 0.01))
    columns: Sequence[str] = [words[at : at + each] for at in range(0, len(words), each)]
    if len(columns) > 1:
        each = -(-len(words) // len(columns))
        columns = [words[at : at + each] for at in range(0, len(words), each)]
        size = min(size, (SIDE - 2 * THIN) / len(columns))
    sheet.line((left + SIDE, top), (left + SIDE, bottom), THIN)
    x = left + SIDE / 2 - (len(columns) - 1) * size / 2
    for column in columns:
        y = (top + bottom + (len(column) - 1) * pitch) / 2 - MIDDLE * size
        for sign in column:
            sheet.text((x, y), sign, LABEL, size, align=Align.CENTRE)
            y -= pitch
        x += size
