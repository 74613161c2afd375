"""The QR code on a page (ISO/IEC 18004), as filled rectangles: no picture, the same bytes for the same text."""

import segno

from taizhang_printing.document import MM
from taizhang_printing.drawing import Sheet

SIDE = 17 * MM
"""0.38 mm a module for the 45 modules of a signed code: read from paper at 300 dpi and more."""

QUIET = 4
"""White modules around it (9.1), which the caller keeps free: 1.5 mm."""


def draw_code(sheet: Sheet, corner: tuple[float, float], text: str, side: float = SIDE) -> None:
    """The code with its lower left corner there, ``side`` points wide; 15 % of it may be lost (level M), more where that costs no room."""
    code = segno.make_qr(text, error="m", boost_error=True)
    rows = [bytes(row) for row in code.matrix]
    module = side / len(rows)
    rectangles = []
    for at, row in enumerate(rows):
        y = corner[1] + side - (at + 1) * module
        start = 0
        while (start := row.find(1, start)) >= 0:
            end = row.find(0, start)
            end = len(row) if end < 0 else end
            rectangles.append(f"{corner[0] + start * module:.3f} {y:.3f} {(end - start) * module:.3f} {module:.3f} re")
            start = end
    sheet.operators.append(f"q 0 g {' '.join(rectangles)} f Q")
