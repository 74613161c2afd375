"""A picture that could be an office's seal: the tests' own red ring, nobody's seal."""

import io

from PIL import Image, ImageDraw


def seal_png(side: int = 600, *, white: bool = False) -> bytes:
    """A PNG of that side in dots; ``white``: on a background that would hide what is beneath."""
    picture = Image.new("RGBA", (side, side), (255, 255, 255, 255 if white else 0))
    ImageDraw.Draw(picture).ellipse((2, 2, side - 3, side - 3), outline=(200, 30, 30, 255), width=20)
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()
