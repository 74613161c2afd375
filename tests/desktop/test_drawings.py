"""Papers as an open office makes them: what the register has is what lies in the file, and the seal's picture is nowhere else."""

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest
from PIL import Image, ImageDraw
from taizhang_casework.domain.ledger import Filing
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.papers.kind import PaperKind
from taizhang_casework.domain.print_register import LedgerPaper, PrintRecord, PrintWay, SheetPaper
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.office_seal import load_seal
from taizhang_casework.services.papers import blank_paper
from taizhang_casework.services.printing_out import PrintOrder, make_paper
from taizhang_desktop.bootstrap import OpenOffice
from taizhang_desktop.bootstrap.drawings import Drawings, seal_size
from taizhang_desktop.bootstrap.tools import OfficeTools
from taizhang_desktop.viewmodels.filing import PaperSize
from taizhang_printing.ledger import Paper
from taizhang_printing.seal import UnfitSeal

if TYPE_CHECKING:
    from tests.desktop.conftest import District

HUANXIU = OfficeId("370215001")


@pytest.fixture
def office(district: "District") -> OpenOffice:
    return district.town(HUANXIU)


@pytest.fixture
def filing(district: "District", office: OpenOffice) -> Filing:
    filing, _ = district.file_month(office.office.id)
    return filing


def ring() -> bytes:
    """The tests' own picture, nobody's seal."""
    picture = Image.new("RGBA", (600, 600), (255, 255, 255, 0))
    ImageDraw.Draw(picture).ellipse((2, 2, 597, 597), outline=(200, 30, 30, 255), width=20)
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def register(office: OpenOffice) -> list[PrintRecord]:
    with office.store.reading() as desk:
        return list(desk.prints.newest(9))


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


def count(done: int, total: int) -> None:
    assert done <= total


def test_a_ledger_saved_as_a_file_is_registered_and_the_second_says_that_it_is_a_reprint(
    office: OpenOffice, filing: Filing, tmp_path: Path
) -> None:
    paths = [tmp_path / "一.pdf", tmp_path / "二.pdf"]
    for path in paths:
        OfficeTools(office).print_ledger(filing, path, PaperSize.A4, count)
    assert ["补打（第2次打印）" in text_of(path) for path in paths] == [False, True]
    kept = register(office)
    assert [each.digest for each in kept] == [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths[::-1]]
    assert {(each.way, each.copies) for each in kept} == {(PrintWay.SAVED, 1)}


def test_a_file_that_cannot_be_written_is_registered_as_failed(
    office: OpenOffice, filing: Filing, tmp_path: Path
) -> None:
    with pytest.raises(OfficeTrouble) as trouble:
        OfficeTools(office).print_ledger(filing, tmp_path / "没有" / "一.pdf", PaperSize.A4, count)
    assert [each.failed for each in register(office)] == [trouble.value.happened]


def test_the_seal_is_on_the_paper_that_the_order_names_and_in_no_file_of_the_vault(
    office: OpenOffice, filing: Filing
) -> None:
    png = ring()
    load_seal(office.work, png, "启用", seal_size)
    paper = LedgerPaper(filing=filing.id, month=filing.month, revision=filing.revision)
    plain = PrintOrder(papers=(paper,), way=PrintWay.PRINTED, printer="HP")
    got: list[bytes] = []
    for order in (msgspec.structs.replace(plain, sealed=True), plain):
        make_paper(office.work, order, Drawings(office).ledger(filing, Paper.A4), got.append)
    assert [b"/SMask" in content for content in got] == [True, False]
    assert [each.digest for each in register(office)] == [hashlib.sha256(each).hexdigest() for each in got[::-1]]
    files = [path.read_bytes() for path in office.vault.folder.rglob("*") if path.is_file()]
    assert files
    assert not any(png[40:80] in content or png[:24] in content for content in files)


def test_a_picture_that_is_no_seal_is_not_kept(office: OpenOffice) -> None:
    with pytest.raises(UnfitSeal):
        load_seal(office.work, b"no picture", "启用", seal_size)
    with office.store.reading() as desk:
        assert desk.seals.all() == []


def test_a_blank_sheet_is_registered_without_a_case(office: OpenOffice) -> None:
    order = PrintOrder(papers=(SheetPaper(kind=PaperKind.VISIT_SHEET),), way=PrintWay.PRINTED, copies=20)
    got: list[bytes] = []
    content = blank_paper(office.work, PaperKind.VISIT_SHEET)
    make_paper(office.work, order, Drawings(office).sheet(content), got.append)
    assert got[0].startswith(b"%PDF")
    assert [(each.paper, each.copies) for each in register(office)] == [(order.papers[0], 20)]
