"""Pages as pictures, for the window. PDFium is not for two threads at once: call from one."""

import math
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
import pypdfium2  # type: ignore[import-untyped]  # it ships no types

from taizhang_printing.trouble import NotAPaper

MOST_PIXELS = 20_000_000
"""Of one page: A3 at 300 dpi has 17 million."""


class Picture(msgspec.Struct, frozen=True):
    """``pixels`` are RGBA, eight bits each (or grey alone, where that was asked), row by row from the top without padding."""

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
        return _picture(bitmap, 4)


class OpenPages:
    """A PDF in memory that is drawn in strips for a printer, opened once. A context."""

    def __init__(self, content: bytes) -> None:
        """NotAPaper where it is no PDF."""
        self._document = _opened(content)

    def __enter__(self) -> Self:
        """Open already."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        """Close it."""
        self._document.close()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._document)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height in points of the page, counted from 0."""
        width, height = self._document[page].get_size()
        return float(width), float(height)

    def strip(self, page: int, dpi: float, top: int, high: int, *, grey: bool) -> Picture:
        """So many lines of dots of the page from ``top`` on at that resolution, fewer at its end."""
        sheet, scale = self._document[page], dpi / 72
        whole = math.ceil(sheet.get_height() * scale)
        below = max(whole - top - high, 0)
        # half a dot less: the library rounds what is cut off up to whole dots
        cut = (0, max(below - 0.5, 0) / scale, 0, max(top - 0.5, 0) / scale)
        bitmap = sheet.render(
            scale=scale, crop=cut, grayscale=grey, rev_byteorder=not grey, prefer_bgrx=not grey, maybe_alpha=False
        )
        return _picture(bitmap, 1 if grey else 4)


def _picture(bitmap: pypdfium2.PdfBitmap, depth: int) -> Picture:
    rows, wanted = bytes(bitmap.buffer), depth * bitmap.width
    if bitmap.stride != wanted:
        rows = b"".join(rows[at : at + wanted] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))
    if depth == 1:
        return Picture(bitmap.width, bitmap.height, rows)
    opaque = bytearray(rows)
    opaque[3::4] = b"\xff" * (len(opaque) // 4)
    return Picture(bitmap.width, bitmap.height, bytes(opaque))


def _opened(source: Path | bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(source)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise NotAPaper from error
