"""What every paper says of itself for the archive: its description, what its colours mean, and a syntax that lasts."""

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from PIL import Image, ImageCms, ImageDraw
from pyhanko.pdf_utils.reader import PdfFileReader
from taizhang_casework.domain.letter import ResultNotice
from taizhang_printing.archival import srgb_profile
from taizhang_printing.composing import Faces
from taizhang_printing.document import Document
from taizhang_printing.letter import LetterRun, letters_paper
from taizhang_printing.seal import read_seal

AT = datetime(2026, 11, 24, 9, 5, tzinfo=timezone(timedelta(hours=8)))
TITLE = "不符合认定标准告知书 <甲&乙>"
DC, XMP = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/xap/1.0/}"
ITEM = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
COLOURS = [(0, 0, 0), (255, 255, 255), (200, 30, 30), (0, 128, 0), (20, 30, 40), (127, 127, 127)]


@pytest.fixture
def letter(notice_of: Callable[..., ResultNotice]) -> bytes:
    """A letter with a seal, which is the one thing in colours and with transparency that papers have."""
    picture, drawn = Image.new("RGBA", (600, 600), (255, 255, 255, 0)), io.BytesIO()
    ImageDraw.Draw(picture).ellipse((2, 2, 597, 597), outline=(200, 30, 30, 255), width=20)
    picture.save(drawn, "PNG")
    return letters_paper((notice_of(100),), LetterRun(seal=read_seal(drawn.getvalue()))).content


def described(paper: bytes) -> ET.Element:
    """Its XMP."""
    packet: bytes = PdfFileReader(io.BytesIO(paper)).root["/Metadata"].data
    return ET.fromstring(packet[packet.index(b"<x:") : packet.rindex(b"<?xpacket")])  # noqa: S314 - our own


@pytest.mark.parametrize("made_at", [AT, AT.replace(tzinfo=None), None], ids=["in China", "without zone", "undated"])
def test_the_description_says_what_the_information_dictionary_says(made_at: datetime | None) -> None:
    document = Document(Faces(), title=TITLE, author="环秀街道办事处", made_at=made_at, mark="样张")
    document.add_page(100, 100)
    paper = document.to_bytes()
    told, info = described(paper), PdfFileReader(io.BytesIO(paper)).trailer["/Info"]
    for name in ("title", "description"):
        (item,) = told.findall(f".//{DC}{name}//{ITEM}")
        assert item.text == f"【样张】{TITLE}" == info["/Title"] == info["/Subject"]
    (author,) = told.findall(f".//{DC}creator//{ITEM}")
    assert author.text == "环秀街道办事处" == info["/Author"]
    moments = {moment.text for name in ("CreateDate", "ModifyDate") for moment in told.iter(f"{XMP}{name}")}
    (moment,) = moments
    assert info["/CreationDate"] == info["/ModDate"]
    assert moment is not None
    assert re.sub(r"\D", "", info["/CreationDate"]) == re.sub(r"\D", "", moment)


def test_no_paper_claims_to_be_pdf_a(letter: bytes) -> None:
    assert b"pdfaid" not in letter


def test_what_its_greys_and_reds_mean_is_said_by_the_profile_that_a_colour_engine_knows_as_srgb(letter: bytes) -> None:
    (intent,) = PdfFileReader(io.BytesIO(letter)).root["/OutputIntents"]
    profile = intent["/DestOutputProfile"]
    assert (intent["/S"], profile["/N"], profile.data) == ("/GTS_PDFA1", 3, srgb_profile())
    picture = Image.new("RGB", (len(COLOURS), 1))
    picture.putdata(COLOURS)
    lab = ImageCms.createProfile("LAB")
    ours, known = (
        ImageCms.profileToProfile(picture, space, lab, outputMode="LAB")
        for space in (ImageCms.ImageCmsProfile(io.BytesIO(profile.data)), ImageCms.createProfile("sRGB"))
    )
    assert ours is not None
    assert known is not None
    assert ours.tobytes() == known.tobytes()


def test_only_greys_and_pictures_in_rgb_are_drawn(letter: bytes) -> None:
    leaves = PdfFileReader(io.BytesIO(letter)).root["/Pages"]["/Kids"]
    assert len(leaves) > 1
    for leaf in leaves:
        page = leaf.get_object()
        drawn = b"\n".join(stream.get_object().data for stream in page.raw_get("/Contents").get_object())
        assert not re.search(rb"(?<![\w/])(rg|RG|k|K|cs|CS|sc|SC|scn|SCN|sh)\s", drawn)
        pictures = page["/Resources"].get("/XObject", {}).values()
        assert {picture.get_object()["/ColorSpace"] for picture in pictures} <= {"/DeviceRGB"}


def test_its_syntax_is_the_one_that_archives_ask_for(letter: bytes) -> None:
    """ISO 19005-2, 6.1: a comment of high bytes, an ID, stream ends on lines of their own, true lengths, nothing encoded."""
    assert re.match(rb"%PDF-1\.7\r?\n%[\x80-\xff]{4}", letter)
    trailer = PdfFileReader(io.BytesIO(letter)).trailer
    assert len(trailer["/ID"]) == 2
    assert "/Encrypt" not in trailer
    ends = [end.start() for end in re.finditer(rb"endstream", letter)]
    assert len(ends) > 10
    for end in ends:
        begun = letter.rindex(b"\nstream\n", 0, end)
        length = int(re.findall(rb"/Length (\d+)", letter[letter.rindex(b" obj\n", 0, begun) : begun])[-1])
        assert letter[begun + 8 + length : end] == b"\n"
    assert not re.search(rb"/(LZWDecode|ASCII85Decode|JavaScript|Launch|EmbeddedFile)", letter)
    assert letter.rstrip(b"\r\n").endswith(b"%%EOF")


def test_every_font_is_embedded_with_its_unicode_map(letter: bytes) -> None:
    fonts = re.findall(rb"/Subtype /Type0 [^>]*", letter)
    assert fonts
    assert all(b"/ToUnicode" in font for font in fonts)
    assert letter.count(b"/FontFile2") == len(fonts)
    assert not re.search(rb"/BaseFont /Helvetica", letter)
