"""Pages as pictures, for the window. PDFium is not for two threads at once: call from one."""

import math
from pathlib import Path

import msgspec
import pypdfium2  # type: ignore[import-untyped]  # it ships no types

from taizhang_printing.trouble import NotAPaper

MOST_PIXELS = 20_000_000
"""Of one page: A3 at 300 dpi has 17 million."""


class Picture(msgspec.Struct, frozen=True):
    """``pixels`` are RGBA, eight bits each, row by row from the top without padding."""

    width: int
    height: int
    pixels: bytes


def count_pages(source: Path | bytes) -> int:
    """How many pages the PDF has; NotAPaper where it is none."""
    with _opened(source) as document:
        return len(document)


def render_page(source: Path | bytes, page: int, dpi: float) -> Picture:
    """The page (counted from 0) at that resolution; NotAPaper where the file is no PDF or has no such page.

    A page that would take more than :data:`MOST_PIXELS` is drawn smaller: a file may say of its pages what it likes.
    """
    with _opened(source) as document:
        if not 0 <= page < len(document):
            raise NotAPaper
        width, height = document[page].get_size()
        scale = min(dpi / 72, math.sqrt(MOST_PIXELS / max(width * height, 1)))
        bitmap = document[page].render(scale=scale, rev_byteorder=True, prefer_bgrx=True, maybe_alpha=False)
        rows = bytes(bitmap.buffer)
        wanted = 4 * bitmap.width
        if bitmap.stride != wanted:
            rows = b"".join(rows[at : at + wanted] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))
        opaque = bytearray(rows)
        opaque[3::4] = b"\xff" * (len(opaque) // 4)
        return Picture(bitmap.width, bitmap.height, bytes(opaque))


def _opened(source: Path | bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(source)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise NotAPaper from error
