"""The page of an official paper by GB/T 9704-2012: where its text lies, line by line and character by character.

5.2: A4, upper margin 37 mm, left 28 mm, text 156 x 225 mm. 5.2.3: 22 lines of 28 characters in 3号 仿宋 (16 pt). 7.5: page
numbers in 4号 宋 between one-character dashes, 7 mm below the text, right on odd pages and left on even ones.
"""

from enum import Enum

import msgspec

from taizhang_printing.composing import Composer, Measured
from taizhang_printing.document import MM
from taizhang_printing.drawing import Align, Sheet
from taizhang_printing.fonts import FontFace

WIDTH, HEIGHT = 210 * MM, 297 * MM
LEFT, RIGHT = 28 * MM, 184 * MM
TOP, BOTTOM = HEIGHT - 37 * MM, 35 * MM
LINES, CHARACTERS = 22, 28
PITCH = 28.95
SIZE, TITLE_SIZE, NUMBER_SIZE = 16.0, 22.0, 14.0
CELL = (RIGHT - LEFT) / CHARACTERS
"""A character's place on the line; a little less than its size, so that 28 of them fill 156 mm."""

BODY, TITLE, NUMBER = FontFace.FANGSONG, FontFace.SONG_BOLD, FontFace.SONG
MIDDLE = 0.38
"""How far above the baseline the middle of a character lies, in em."""


class Fill(Enum):
    """How a line takes its width."""

    JUSTIFIED = "justified"
    LOOSE = "loose"
    CENTRED = "centred"


class Line(msgspec.Struct, frozen=True):
    """One of the 22 lines of a page. ``indent`` is in characters; ``text`` None is a blank line.

    ``keep`` holds it on the page of what comes next.
    """

    text: Measured | None = None
    indent: int = 0
    fill: Fill = Fill.LOOSE
    size: float = SIZE
    face: FontFace = BODY
    keep: bool = False


BLANK = Line()


def paragraph(composer: Composer, text: str, *, indent: int = 2, field: str) -> list[Line]:
    """A paragraph of the body: justified, its last line loose, its first line indented by so many characters."""
    measured = composer.measure(text, BODY, field=field)
    breaks = composer.lines(measured, CHARACTERS * 1000, indent=indent * 1000)
    last = len(breaks) - 1
    return [
        Line(measured.part(start, end), indent if at == 0 else 0, Fill.LOOSE if at == last else Fill.JUSTIFIED)
        for at, (start, end) in enumerate(breaks)
    ]


def centred(composer: Composer, text: str, face: FontFace, size: float, *, field: str) -> list[Line]:
    """A title or number in the middle, on as many lines as it needs."""
    measured = composer.measure(text, face, field=field)
    breaks = composer.lines(measured, (RIGHT - LEFT) / size * 1000)
    return [Line(measured.part(start, end), 0, Fill.CENTRED, size, face) for start, end in breaks]


def baseline(line: float, size: float = SIZE, *, pitch: float = PITCH) -> float:
    """Of the line counted from 0: the character stands in the middle of its pitch."""
    return TOP - (line + 0.5) * pitch - MIDDLE * size


def draw_line(sheet: Sheet, at: int, line: Line, *, pitch: float = PITCH) -> None:
    """Put a line in its place, counted from 0."""
    if line.text is None or not line.text.text:
        return
    y = baseline(at, line.size, pitch=pitch)
    if line.fill is Fill.CENTRED:
        sheet.text(((LEFT + RIGHT) / 2, y), line.text, line.face, line.size, align=Align.CENTRE)
        return
    x, gaps = LEFT + line.indent * CELL, len(line.text.text) - 1
    spacing = CELL - line.size
    if line.fill is Fill.JUSTIFIED and gaps:
        spacing = (RIGHT - x - line.text.width * line.size / 1000) / gaps
    sheet.text((x, y), line.text, line.face, line.size, spacing=spacing)


def draw_number(sheet: Sheet, page: int) -> None:
    """The page's number, counted from 1."""
    words, y = f"— {page} —", BOTTOM - 7 * MM - MIDDLE * NUMBER_SIZE
    if page % 2:
        sheet.text((RIGHT - SIZE, y), words, NUMBER, NUMBER_SIZE, align=Align.RIGHT)
    else:
        sheet.text((LEFT + SIZE, y), words, NUMBER, NUMBER_SIZE)
