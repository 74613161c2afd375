"""A PDF in the making: pages as content streams, faces embedded once, and the same bytes for the same calls."""

import zlib
from datetime import UTC, datetime
from math import cos, pi, sin

import msgspec
from reportlab.pdfbase.pdfdoc import (
    BasicFonts,
    PDFArrayCompact,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFPage,
)

from taizhang_printing.archival import Stream, describe
from taizhang_printing.composing import Composer, Faces
from taizhang_printing.fonts import FontFace

MM = 72 / 25.4
"""Points in a millimetre."""

PRODUCER = "Taizhang"
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
MARK_FACE, MARK_GREY = FontFace.HEI, 0.88
MARK_PART, MARKS_AT, SLANT = 5, (0.28, 0.72), pi / 6
"""The mark's em as a part of the page's shorter side, the middles of its rows and columns, and its angle."""


class SealPlace(msgspec.Struct, frozen=True):
    """Where a seal belongs: the page counted from 0, and the seal's middle in points from the lower left corner."""

    page: int
    x: float
    y: float


class Finished(msgspec.Struct, frozen=True):
    """A finished paper as PDF, and where on it seals belong, in the order of its parts."""

    content: bytes
    seals: tuple[SealPlace, ...]


class _Content(PDFObject):  # type: ignore[misc]  # reportlab has no types
    """A deflated content stream, written as it is, once, and then let go: a long ledger has thousands.

    reportlab's own is put together in many steps and stays in memory beside the finished file.
    """

    def __init__(self, deflated: bytes) -> None:
        self._deflated = deflated

    def format(self, _document: PDFDocument) -> bytes:
        """As it stands in the file."""
        deflated, self._deflated = self._deflated, b""
        return b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(deflated), deflated)


class Document:
    """Pages are added in order, in points from the lower left corner; ``composer`` makes the text on them."""

    def __init__(
        self, faces: Faces, *, title: str, author: str, made_at: datetime | None = None, mark: str = ""
    ) -> None:
        """An empty document. ``made_at`` is the date it bears; None gives UNDATED, never the clock's.

        ``mark`` stands large and pale across each page, beneath what is drawn on it, and before the title.
        """
        title = f"【{mark}】{title}" if mark else title
        self._mark = mark
        self._pictures: dict[str, PDFObjectReference] = {}
        self._resources: PDFObjectReference | None = None
        self._count = 0
        self.composer = Composer(faces)
        self._document = PDFDocument(invariant=1, lang="zh-CN", pdfVersion=(1, 7))
        self._document.setTitle(title)
        self._document.setAuthor(author)
        self._document.setSubject(title)
        self._document.setCreator(PRODUCER)
        self._document.setProducer(PRODUCER)
        moment = made_at or UNDATED
        stamp = _pdf_date(moment)
        self._document.setDateFormatter(lambda *_: stamp)
        describe(self._document, title=title, author=author, producer=PRODUCER, made_at=moment)
        self._document.Catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})

    @property
    def pages(self) -> int:
        """How many pages there are so far."""
        return self._count

    def add_page(self, width: float, height: float, *streams: bytes) -> None:
        """A page of that size, drawn by these deflated content streams, one after the other."""
        if self._mark:
            streams = (deflate(self._across(width, height)), *streams)
        page = PDFPage()
        page.Override_default_compilation = 1
        page.MediaBox = PDFArrayCompact([0, 0, round(width, 2), round(height, 2)])
        page.Resources = self._resources = self._resources or self._document.Reference(self._shared())
        page.Contents = PDFArrayCompact([self._document.Reference(_Content(stream)) for stream in streams])
        page.Parent = self._document.Reference(self._document.Pages)
        self._document.addPage(page)
        self._count += 1

    def _shared(self) -> PDFDictionary:
        """What all pages draw with."""
        resources = {"Font": PDFObjectReference(BasicFonts)}
        if self._pictures:
            resources["XObject"] = PDFDictionary(self._pictures)
            resources["ExtGState"] = PDFDictionary({"Multiply": PDFDictionary({"BM": PDFName("Multiply")})})
        return PDFDictionary(resources)

    def add_picture(self, width: int, height: int, *, colours: bytes, opacity: bytes) -> str:
        """A picture of so many dots, RGB and opacity deflated; the name that content streams call it by."""
        size = {"Type": PDFName("XObject"), "Subtype": PDFName("Image"), "Width": width, "Height": height}
        deflated = {"BitsPerComponent": 8, "Filter": PDFName("FlateDecode")}
        mask = Stream(PDFDictionary(size | deflated | {"ColorSpace": PDFName("DeviceGray")}), opacity)
        drawn = size | deflated | {"ColorSpace": PDFName("DeviceRGB"), "SMask": self._document.Reference(mask)}
        name = f"P{len(self._pictures) + 1}"
        self._pictures[name] = self._document.Reference(Stream(PDFDictionary(drawn), colours))
        self._resources = None
        return name

    def _across(self, width: float, height: float) -> str:
        """The mark at a slant, in two rows of two."""
        composer, size = self.composer, min(width, height) / MARK_PART
        measured = composer.measure(self._mark, MARK_FACE, field="版面文字")
        shown = composer.show(measured, 0, len(measured.text), base=MARK_FACE, size=size)
        font = f"/{composer.resource(MARK_FACE)} {size:g} Tf"
        half = measured.width * size / 2000
        turned = f"{cos(SLANT):.4f} {sin(SLANT):.4f} {-sin(SLANT):.4f} {cos(SLANT):.4f}"
        places = [(width * x - half * cos(SLANT), height * y - half * sin(SLANT)) for x in MARKS_AT for y in MARKS_AT]
        drawn = (f"BT {MARK_GREY:g} g {font} {turned} {x:.2f} {y:.2f} Tm {shown} ET" for x, y in places)
        return f"q {' '.join(drawn)} Q"

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
