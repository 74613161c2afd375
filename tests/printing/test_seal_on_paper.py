"""The office's own seal picture: what is fit to be one, where it stands, and that what lies beneath stays readable."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest
from PIL import Image, ImageDraw
from taizhang_casework.domain.ledger import Filing, LedgerLine
from taizhang_casework.domain.letter import ResultNotice
from taizhang_casework.domain.pack import RegulationPack
from taizhang_printing.ledger import Paper, ledger_paper
from taizhang_printing.letter import LetterRun, letters_paper
from taizhang_printing.print_run import PrintRun
from taizhang_printing.seal import SealPicture, UnfitSeal, read_seal, strips

AT = datetime(2022, 4, 29, 9, 5, tzinfo=UTC)
MM = 72 / 25.4
RED = (200, 30, 30, 255)


def png(size: tuple[int, int] = (600, 600), *, mode: str = "RGBA", inset: int = 2, kind: str = "PNG") -> bytes:
    """A red ring: the tests' own, nobody's seal."""
    picture = Image.new("RGBA", size, (255, 255, 255, 0))
    box = (inset, inset, size[0] - 1 - inset, size[1] - 1 - inset)
    ImageDraw.Draw(picture).ellipse(box, outline=RED, width=20)
    kept = io.BytesIO()
    picture.convert(mode).save(kept, kind)
    return kept.getvalue()


@pytest.fixture(scope="module")
def seal() -> SealPicture:
    return read_seal(png())


def ink(page: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """What is red on the page: left, bottom, right, top in mm."""
    picture = page.render(scale=100 / 72).to_pil().convert("RGB")
    r, g, _ = picture.split()
    mask = Image.eval(r, lambda v: 255 if v > 150 else 0)
    mask.paste(0, mask=Image.eval(g, lambda v: 255 if v > 120 else 0))
    left, top, right, bottom = mask.getbbox() or (0, 0, 0, 0)
    dot = 25.4 / 100
    return left * dot, (picture.height - bottom) * dot, right * dot, (picture.height - top) * dot


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        pytest.param(b"not a picture", "不是完好的PNG图片", id="something else"),
        pytest.param(png(kind="JPEG", mode="RGB"), "不是完好的PNG图片", id="a photograph"),
        pytest.param(png()[:-200], "不是完好的PNG图片", id="cut off"),
        pytest.param(png((400, 400)), "400×400点", id="under 300 dots an inch"),
        pytest.param(png((3000, 3000)), "图片太大", id="larger than any printer shows"),
        pytest.param(png((600, 900)), "宽和高不相等", id="not round"),
        pytest.param(png(mode="RGB"), "背景不透明", id="a white background"),
        pytest.param(png(inset=120), "留白太多", id="a seal that would be printed too small"),
        pytest.param(b"\x89PNG" + bytes(5 * 1024 * 1024), "最多4MB", id="a large file"),
    ],
)
def test_a_picture_that_cannot_be_printed_as_a_seal_is_said(raw: bytes, says: str) -> None:
    with pytest.raises(UnfitSeal, match=says) as refused:
        read_seal(raw)
    assert "原有的电子印章没有改变" in str(refused.value)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(UnfitSeal, match=r"太小.*宽和高不相等.*背景不透明"):
        read_seal(png((300, 400), mode="RGB"))


def test_on_a_letter_it_is_42_mm_over_name_and_date(seal: SealPicture, notice_of: Callable[..., ResultNotice]) -> None:
    paper = letters_paper((notice_of(100),), LetterRun(seal=seal))
    with pypdfium2.PdfDocument(paper.content) as document:
        (place,) = paper.seals
        left, bottom, right, top = ink(document[place.page])
        text = document[place.page].get_textpage().get_text_bounded()
    assert (right - left, top - bottom) == pytest.approx((42, 42), abs=0.8)
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx((place.x / MM, place.y / MM), abs=0.5)
    assert "日" in text


def test_beneath_it_name_and_date_stay_black(seal: SealPicture, notice_of: Callable[..., ResultNotice]) -> None:
    """Multiplied, not laid over: the darkest dots of name and date are as dark with the seal as without."""

    def darkest(run: LetterRun) -> int:
        paper = letters_paper((notice_of(100),), run)
        (place,) = paper.seals
        with pypdfium2.PdfDocument(paper.content) as document:
            picture = document[0].render(scale=2).to_pil().convert("L")
        x, y = place.x * 2, picture.height - place.y * 2
        return int(picture.crop((int(x - 60), int(y - 60), int(x + 60), int(y + 60))).getextrema()[0])

    assert darkest(LetterRun(seal=seal)) == darkest(LetterRun())


@pytest.mark.parametrize("paper", Paper)
def test_on_a_ledger_it_lies_over_the_name_and_in_strips_over_the_edges(
    seal: SealPicture,
    paper: Paper,
    pack: RegulationPack,
    filing_of: Callable[..., Filing],
    line_of: Callable[..., LedgerLine],
) -> None:
    run = PrintRun(printed_by="张三", printed_at=AT, seal=seal)
    drawn = ledger_paper(filing_of(tuple(map(line_of, range(40)))), pack, run, paper=paper)
    with pypdfium2.PdfDocument(drawn.content) as document:
        pages = len(document)
        assert pages > 1
        first = ink(document[0])
        wide = document[0].get_width() / MM
    assert first[2] == pytest.approx(wide - 4.5, abs=0.6)
    assert first[2] - first[0] <= 42 / pages + 0.6
    assert [place.page for place in drawn.seals] == [pages - 1]


def test_a_ledger_of_one_page_has_no_strips(
    seal: SealPicture, pack: RegulationPack, filing_of: Callable[..., Filing], line_of: Callable[..., LedgerLine]
) -> None:
    run = PrintRun(printed_by="张三", printed_at=AT, seal=seal)
    drawn = ledger_paper(filing_of((line_of(),)), pack, run)
    with pypdfium2.PdfDocument(drawn.content) as document:
        left, bottom, right, top = ink(document[0])
    assert (right - left, top - bottom) == pytest.approx((42, 42), abs=0.8)


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        pytest.param(1, [], id="one page has no edges to hold together"),
        pytest.param(2, [(0, 2), (1, 2)], id="two halves"),
        pytest.param(9, [(0, 5), (1, 5), (2, 5), (3, 5), (4, 5), (0, 4), (1, 4), (2, 4), (3, 4)], id="two seals"),
    ],
)
def test_strips(pages: int, expected: list[tuple[int, int]]) -> None:
    assert strips(pages) == expected


def test_every_strip_is_5_mm_wide_or_wider_and_each_seal_is_whole() -> None:
    for pages in range(2, 400):
        parts = strips(pages)
        assert len(parts) == pages
        assert max(of for _, of in parts) <= 8
        assert sum(1 / of for _, of in parts) == pytest.approx(len([1 for strip, _ in parts if strip == 0]))


def test_the_same_seal_gives_the_same_bytes_and_is_embedded_once(
    seal: SealPicture, notice_of: Callable[..., ResultNotice]
) -> None:
    three: Any = [notice_of(100)] * 3
    run = LetterRun(seal=seal)
    assert letters_paper(three, run) == letters_paper(three, run)
    one, many = (len(letters_paper(notices, run).content) for notices in (three[:1], three))
    assert many - one < len(seal.colours) + len(seal.opacity)
