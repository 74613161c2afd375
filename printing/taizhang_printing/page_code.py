"""The QR code on a page (ISO/IEC 18004), as filled rectangles: no picture, the same bytes for the same text."""

import re
from functools import cache

from taizhang_printing.code_matrix import code_rows
from taizhang_printing.document import MM
from taizhang_printing.drawing import Sheet

SIDE = 17 * MM
"""0.38 mm a module for the 45 modules of a signed code: read from paper at 300 dpi and more."""

QUIET = 4
"""White modules around it (9.1), which the caller keeps free: 1.5 mm."""


RUNS = re.compile("1+")


class _Rectangles(dict[tuple[int, int], str]):
    """Of a row of modules the rectangle for each run of dark ones, by start and end: made once, for thousands of pages."""

    def __init__(self, y: int) -> None:
        super().__init__()
        self._y = y

    def __missing__(self, run: tuple[int, int]) -> str:
        drawn = self[run] = f"{run[0]} {self._y} {run[1] - run[0]} 1 re"
        return drawn


@cache
def _rectangles(modules: int) -> list[_Rectangles]:
    return [_Rectangles(y) for y in reversed(range(modules))]


def draw_code(sheet: Sheet, corner: tuple[float, float], text: str, side: float = SIDE) -> None:
    """The code with its lower left corner there, ``side`` points wide; 15 % of it may be lost (level M), more where that costs no room.

    ``text`` has capitals, digits and the signs of the alphanumeric mode only; KeyError for any other.
    """
    rows = code_rows(text)
    module = side / len(rows)
    dark = " ".join(
        [
            known[run.span()]
            for row, known in zip(rows, _rectangles(len(rows)), strict=True)
            for run in RUNS.finditer(row)
        ]
    )
    sheet.operators.append(f"q 0 g {module:.5f} 0 0 {module:.5f} {corner[0]:.3f} {corner[1]:.3f} cm {dark} f Q")
