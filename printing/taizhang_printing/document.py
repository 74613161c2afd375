"""A PDF in the making: pages as content streams, faces embedded once, and the same bytes for the same calls."""

import zlib
from datetime import datetime

from reportlab.pdfbase.pdfdoc import (
    BasicFonts,
    PDFArrayCompact,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObjectReference,
    PDFPage,
    PDFStream,
)

from taizhang_printing.composing import Composer, Faces

MM = 72 / 25.4
"""Points in a millimetre."""

PRODUCER = "Taizhang"


class Document:
    """Pages are added in order, in points from the lower left corner; ``composer`` makes the text on them."""

    def __init__(self, faces: Faces, *, title: str, author: str, made_at: datetime | None = None) -> None:
        """An empty document. ``made_at`` is the date it bears; None gives reportlab's fixed one, never the clock's."""
        self.composer = Composer(faces)
        self._document = PDFDocument(invariant=1, lang="zh-CN", pdfVersion=(1, 7))
        self._document.setTitle(title)
        self._document.setAuthor(author)
        self._document.setSubject(title)
        self._document.setCreator(PRODUCER)
        self._document.setProducer(PRODUCER)
        if made_at is not None:
            stamp = _pdf_date(made_at)
            self._document.setDateFormatter(lambda *_: stamp)
        self._document.Catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})

    def add_page(self, width: float, height: float, *streams: bytes) -> None:
        """A page of that size, drawn by these deflated content streams, one after the other."""
        page = PDFPage()
        page.Override_default_compilation = 1
        page.MediaBox = PDFArrayCompact([0, 0, round(width, 2), round(height, 2)])
        page.Resources = PDFDictionary({"Font": PDFObjectReference(BasicFonts)})
        deflated = {"Filter": PDFName("FlateDecode")}
        contents = [PDFStream(PDFDictionary(deflated), stream) for stream in streams]
        page.Contents = PDFArrayCompact([self._document.Reference(each) for each in contents])
        page.Parent = self._document.Reference(self._document.Pages)
        self._document.addPage(page)

    def to_bytes(self) -> bytes:
        """The finished file; the document is used up."""
        for embedded in self.composer.embedded:
            embedded.embed(self._document)
        finished: bytes = self._document.GetPDFData(None)
        return finished


def _pdf_date(moment: datetime) -> str:
    """ISO 32000-1, 7.9.4."""
    offset = moment.strftime("%z")
    return moment.strftime("D:%Y%m%d%H%M%S") + (f"{offset[:3]}'{offset[3:5]}'" if offset else "")


def deflate(content: str) -> bytes:
    """A content stream as :meth:`Document.add_page` takes it."""
    return zlib.compress(content.encode("ascii"))
