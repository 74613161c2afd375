"""Text of a form broken into the lines of its cells, in type as large as fits."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from taizhang_printing.composing import BLANKS, Composer, Face, Measured
from taizhang_printing.document import MM
from taizhang_printing.drawing import Align
from taizhang_printing.fonts import FontFace
from taizhang_printing.form_cells import LABEL, TICKED, UNTICKED, Cell, Row
from taizhang_printing.wrapping import break_evenly

PITCH = 1.3
"""From line to line inside a cell, in em."""
LABEL_PAD, GAP = 0.4 * MM, 1.0 * MM
"""Beside the text of a label, and above and below that of every cell."""
PADS = {Align.LEFT: 1.6 * MM, Align.CENTRE: 0.9 * MM, Align.RIGHT: 1.6 * MM}
"""Beside the text of every other cell."""
FULL = 11.0
"""A cell's own size is meant for a form of this size, and goes down with it."""
SMALLER = (1.0, 0.9, 0.8)
"""Type of a value that needs more room than its row has: tried in this order, as parts of the form's."""
SMALLEST = 0.7
"""The same for what should stay on one line."""
SIDE = 8 * MM
"""The width of the upright label before rows that belong together."""
BOXES = frozenset(UNTICKED + TICKED)
BOX = FontFace.HEI


class SetCell(msgspec.Struct, frozen=True):
    """A cell with its lines, its place from left to right and its size, in points."""

    cell: Cell
    lines: Sequence[Measured]
    left: float
    right: float
    size: float

    @property
    def needs(self) -> float:
        """Its least height."""
        foot = 1.4 if self.cell.foot else 0.0
        return (len(self.lines) + foot) * PITCH * self.size + 2 * GAP


class SetRow(msgspec.Struct, frozen=True):
    """A row with its cells; ``height`` is the least, in points."""

    row: Row
    cells: Sequence[SetCell]
    height: float


class Setter:
    """Sets the text of one form in one size, in points."""

    def __init__(self, composer: Composer, size: float, whose: str) -> None:
        """``whose`` the form is, is named with the field that cannot be printed."""
        self.composer, self.size, self._whose = composer, size, whose

    def rows(self, row: Row, left: float, right: float, tallest: float) -> list[SetRow]:
        """The row between these edges; one that is taller than a page goes on in further rows, and nothing of it is lost."""
        made = self._row(row, left + (SIDE if row.side else 0), right)
        return [made] if made.height <= tallest else self._parts(made, tallest)

    def _row(self, row: Row, left: float, right: float) -> SetRow:
        fixed = sum(cell.width for cell in row.cells) * MM
        sharing = sum(not cell.width for cell in row.cells)
        share = (right - left - fixed) / sharing if sharing else 0.0
        edges = [left]
        for cell in row.cells:
            edges.append(edges[-1] + (cell.width * MM or share))
        edges[-1] = right
        cells = []
        for at, (cell, (start, end)) in enumerate(zip(row.cells, pairwise(edges), strict=True)):
            before = row.cells[at - 1].text if at and row.cells[at - 1].face is LABEL else ""
            cells.append(self._cell(cell, cell.field or before, start, end, row.height * MM))
        return SetRow(row, cells, max(row.height * MM, *(each.needs for each in cells)))

    def _cell(self, cell: Cell, field: str, left: float, right: float, height: float) -> SetCell:
        """In the first size that keeps the row's height (what should stay on one line: on one line), else in the smallest."""
        base = cell.size * self.size / FULL if cell.size else self.size
        measured = self.measured(cell.text, cell.face, field=field.replace("\n", "") or "版面文字", name=cell.name)
        room = right - left - 2 * (LABEL_PAD if cell.face is LABEL else PADS[cell.align])
        sizes = (1.0,) if cell.top else (*SMALLER, SMALLEST) if cell.one_line else SMALLER
        made = SetCell(cell, [], left, right, base)
        for part in sizes:
            size = base * part
            made = SetCell(cell, self.lines(cell, measured, room / size * 1000), left, right, size)
            if len(made.lines) <= 1 if cell.one_line else made.needs <= height:
                break
        return made

    def lines(self, cell: Cell, measured: Measured, width: float) -> list[Measured]:
        """The lines of a cell; where they are centred, no character stands alone."""
        if cell.align is Align.CENTRE and not cell.only_after:
            parts = break_evenly(measured.text, measured.advances, width)
        else:
            parts = self.composer.lines(measured, width, only_after=cell.only_after)
        return [measured.part(*part) for part in parts]

    def measured(self, text: str, face: FontFace, *, field: str, name: bool = False) -> Measured:
        """The text, in which boxes come from the face that has both kinds of them."""
        if not BOXES.intersection(text):
            return self.composer.measure(text, face, field=field, whole=name, whose=self._whose)
        advances: list[float] = []
        faces: list[Face] = []
        start = 0
        for at in [*(at for at, sign in enumerate(text) if sign in BOXES), len(text)]:
            for part, of in ((text[start:at], face), (text[at : at + 1], BOX)):
                measured = self.composer.measure(part, of, field=field, whose=self._whose)
                advances += measured.advances
                faces += measured.faces or [measured.face] * len(part)
            start = at + 1
        return Measured(text.translate(BLANKS), face, advances, faces)

    def _parts(self, made: SetRow, tallest: float) -> list[SetRow]:
        """A row too tall for a page, in pieces: each cell goes on where it stopped, and labels come again."""
        rows: list[SetRow] = []
        done = 0
        while done == 0 or any(len(each.lines) > done for each in made.cells if each.cell.face is not LABEL):
            most = int((tallest - 2 * GAP) / (PITCH * max(each.size for each in made.cells))) - 2
            cells = [
                each
                if each.cell.face is LABEL
                else SetCell(each.cell, each.lines[done : done + most], each.left, each.right, each.size)
                for each in made.cells
            ]
            rows.append(SetRow(made.row, cells, max(made.row.height * MM, *(each.needs for each in cells))))
            done += most
        return rows
