"""Attachments as pictures, from bytes in memory to pixels in memory; nothing of them touches the disk. Runs in the worker's thread."""

import math
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader
from taizhang_casework.domain.attachment import Attachment, MediaType
from taizhang_casework.domain.trouble import OfficeTrouble

from taizhang_desktop.tasks import Troubled

MOST_PIXELS = 100_000_000
"""Of a photo; what claims more is not opened, for the picture would take all memory of the PC."""
_SHOWN_SIDE = 3_000
"""Pixels of the longer side that a photo is read with: some pages of a screen."""
_FORMATS = {MediaType.JPEG: QByteArray(b"jpeg"), MediaType.PNG: QByteArray(b"png")}


class CannotBeShown(OfficeTrouble):
    """The content is what was added, but it cannot be drawn."""

    def __init__(self) -> None:
        super().__init__(
            "这份附件不能在程序里预览，可能设有密码、尺寸过大或本来就打不开",
            safe="文件按添加时的样子完好保存着",
            do="请点“另存”，用其他程序打开看看",
        )


class PdfDrawer(Protocol):
    """Draws pages of a PDF that is in memory; OfficeTrouble where it is none."""

    def count_pages(self, content: bytes) -> int:
        """How many pages there are."""
        ...

    def draw_page(self, content: bytes, page: int) -> QImage:
        """The page, counted from 0."""
        ...


@dataclass(frozen=True, kw_only=True, eq=False)
class Preview:
    """What is shown of an attachment: a page of it, or why it cannot be shown; neither while it is being read."""

    attachment: Attachment
    image: QImage | None = None
    page: int = 0
    pages: int = 1
    trouble: Troubled | None = None


def draw(media: MediaType, content: bytes, page: int, pdf: PdfDrawer) -> tuple[QImage, int]:
    """The page (0 of a photo) and the number of pages; CannotBeShown."""
    if media is not MediaType.PDF:
        return _photo(media, content), 1
    try:
        return pdf.draw_page(content, page), pdf.count_pages(content)
    except OfficeTrouble as trouble:
        raise CannotBeShown from trouble


def _photo(media: MediaType, content: bytes) -> QImage:
    """The photo as the camera was held (EXIF orientation), not larger than it is looked at."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, _FORMATS[media])
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        raise CannotBeShown
    longer = max(size.width(), size.height())
    if longer > _SHOWN_SIDE:
        shrunk = _SHOWN_SIDE / longer
        reader.setScaledSize(QSize(math.ceil(size.width() * shrunk), math.ceil(size.height() * shrunk)))
    image = reader.read()
    if image.isNull():
        raise CannotBeShown
    return image
