"""Strokes and single lines of text as content operators, for what is drawn once a page."""

from enum import Enum

from taizhang_printing.composing import Composer, Measured
from taizhang_printing.fonts import FontFace


class Align(Enum):
    """Which point of a line of text lies at the given x."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


BLACK, GREY = 0.0, 0.45


class Sheet:
    """The operators of one page, gathered in order."""

    def __init__(self, composer: Composer) -> None:
        """An empty page."""
        self.composer = composer
        self.operators: list[str] = []

    def text(
        self,
        at: tuple[float, float],
        text: str | Measured,
        face: FontFace,
        size: float,
        *,
        align: Align = Align.LEFT,
        spacing: float = 0.0,
        grey: float = BLACK,
    ) -> float:
        """One line with its baseline at ``at`` (points); the x where it ends. ``spacing`` is added between characters."""
        measured = text if isinstance(text, Measured) else self.composer.measure(text, face, field="版面文字")
        width = measured.width * size / 1000 + spacing * (len(measured.text) - 1)
        x = at[0] - width * align.value
        spaced = f" {spacing:.4g} Tc" if spacing else ""
        shown = self.composer.show(measured, 0, len(measured.text), base=face, size=size)
        font = f"/{self.composer.resource(face)} {size:g} Tf"
        self.operators.append(
            f"BT {grey:g} g {font}{spaced} {x:.2f} {at[1]:.2f} Td {shown}{' 0 Tc' * bool(spacing)} ET"
        )
        return x + width

    def line(
        self, start: tuple[float, float], end: tuple[float, float], width: float = 0.5, *, grey: float = BLACK
    ) -> None:
        """A stroke, all in points."""
        self.operators.append(f"{width:g} w {grey:g} G {start[0]:.2f} {start[1]:.2f} m {end[0]:.2f} {end[1]:.2f} l S")

    def box(self, corner: tuple[float, float], size: tuple[float, float], width: float = 0.5) -> None:
        """A black rectangle from its lower left corner."""
        self.operators.append(f"{width:g} w 0 G {corner[0]:.2f} {corner[1]:.2f} {size[0]:.2f} {size[1]:.2f} re S")

    def content(self) -> str:
        """The content stream."""
        return "\n".join(self.operators)
