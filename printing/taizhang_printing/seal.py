"""The office's own seal picture on paper (domain.md 3): checked, 42 mm wide, over name and date, and as 骑缝章 over the pages' edges.

The program never draws a seal. The picture is the office's; where it is kept and who may use it is not decided here.
"""

import io
import zlib

import msgspec
from PIL import Image

from taizhang_printing.document import MM, Document
from taizhang_printing.drawing import Sheet
from taizhang_printing.trouble import PrintingTrouble

SIDE = 42 * MM
LEAST_DOTS = 496
"""300 dots an inch over 42 mm."""

MOST_DOTS, MOST_BYTES = 2000, 4 * 1024 * 1024
MOST_UNEVEN = 0.05
"""How much longer than the other a side of a round or square seal's picture may be."""

CLEAR, SOLID = 16, 128
"""Below the first of 255 a dot counts as transparent, from the second on as drawn."""

EDGE = 4.5 * MM
"""What most printers leave white at the paper's edge: a strip of a 骑缝章 ends there."""

MOST_STRIPS = 8
"""Pages that share one 骑缝章: a strip is 5 mm wide or wider."""


class UnfitSeal(PrintingTrouble):
    """A picture that cannot be printed as a seal; the sentence names everything that is wrong with it."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(
            f"这张图片不能作为电子印章：{'；'.join(faults)}",
            safe="没有保存，原有的电子印章没有改变",
            do="请按要求重新制作：PNG格式，背景透明，四边裁到印章边缘，宽和高各496到2000点",
        )


class SealPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A seal's picture, ready for paper: ``colours`` are RGB by row, ``opacity`` one byte a dot, both deflated."""

    width: int
    height: int
    colours: bytes
    opacity: bytes


def read_seal(png: bytes) -> SealPicture:
    """The picture of a PNG file; UnfitSeal with all that is wrong: kind, size, 300 dots an inch at 42 mm, transparency."""
    if len(png) > MOST_BYTES:
        raise UnfitSeal((f"文件有{len(png) / 1024 / 1024:.0f}MB，最多4MB",))
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            if max(opened.size) > MOST_DOTS:
                raise UnfitSeal((f"图片太大（{opened.width}×{opened.height}点），每边最多{MOST_DOTS}点",))
            transparent = "A" in opened.getbands() or "transparency" in opened.info
            picture = opened.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnfitSeal(("不是完好的PNG图片",)) from error
    faults = _faults(picture, transparent=transparent)
    if faults:
        raise UnfitSeal(faults)
    opacity = picture.getchannel("A")
    return SealPicture(
        width=picture.width,
        height=picture.height,
        colours=zlib.compress(picture.convert("RGB").tobytes()),
        opacity=zlib.compress(opacity.tobytes()),
    )


def _faults(picture: Image.Image, *, transparent: bool) -> tuple[str, ...]:
    found = []
    width, height = picture.size
    if min(width, height) < LEAST_DOTS:
        found.append(f"太小（{width}×{height}点），按42毫米打印每英寸不到300点")
    if abs(width - height) > MOST_UNEVEN * max(width, height):
        found.append(f"宽和高不相等（{width}×{height}点）")
    opacity = picture.getchannel("A")
    corners = [opacity.getpixel(at) for at in ((0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1))]
    drawn = opacity.point(lambda value: 255 if value >= SOLID else 0).getbbox()
    if not transparent or all(isinstance(corner, int) and corner >= CLEAR for corner in corners):
        found.append("背景不透明，会盖住文字")
    elif drawn is None:
        found.append("整张都是透明的")
    elif (drawn[2] - drawn[0]) < 0.9 * width or (drawn[3] - drawn[1]) < 0.9 * height:
        found.append("印章四周留白太多，打印出来会偏小")
    return tuple(found)


class Seal:
    """A seal's picture in one document, embedded once however often it is put on a page."""

    def __init__(self, document: Document, picture: SealPicture) -> None:
        """Embed it."""
        self._name = document.add_picture(
            picture.width, picture.height, colours=picture.colours, opacity=picture.opacity
        )

    def put(self, sheet: Sheet, middle: tuple[float, float]) -> None:
        """42 mm wide with its middle there (points); what is beneath stays readable."""
        x, y = middle[0] - SIDE / 2, middle[1] - SIDE / 2
        sheet.operators.append(f"q /Multiply gs {SIDE:.3f} 0 0 {SIDE:.3f} {x:.3f} {y:.3f} cm /{self._name} Do Q")

    def put_strip(self, sheet: Sheet, right: float, middle: float, strip: int, of: int) -> None:
        """骑缝章: the ``strip``-th (from 0) of so many upright strips, on the page's right edge at that height."""
        wide = SIDE / of
        left, bottom = right - EDGE - wide, middle - SIDE / 2
        start = left - strip * wide
        sheet.operators.append(
            f"q {left:.3f} {bottom:.3f} {wide:.3f} {SIDE:.3f} re W n /Multiply gs "
            f"{SIDE:.3f} 0 0 {SIDE:.3f} {start:.3f} {bottom:.3f} cm /{self._name} Do Q"
        )


def strips(pages: int) -> list[tuple[int, int]]:
    """Of each page its strip and how many share the seal: every group of up to eight pages has one over its edges; none for one page."""
    if pages == 1:
        return []
    groups = -(-pages // MOST_STRIPS)
    least, more = divmod(pages, groups)
    sizes = [least + (at < more) for at in range(groups)]
    return [(strip, size) for size in sizes for strip in range(size)]
