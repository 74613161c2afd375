"""The recovery sheet, pictures of pages, and how a finished paper gets to the disk."""

import io
import sys
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pytest
from reportlab.pdfgen.canvas import Canvas
from taizhang_printing.files import write_whole
from taizhang_printing.preview import MOST_PIXELS, count_pages, render_page
from taizhang_printing.recovery_sheet import recovery_sheet_bytes, write_recovery_sheet
from taizhang_printing.trouble import DiskFull, FileNotWritable, NotAPaper

CODE = "7Q2M-0B8D-ZWMM-9K3T-XG5A-HJ1N-QQ4V"
OFFICE = "青岛市即墨区鳌山卫街道办事处"


@pytest.fixture
def sheet() -> bytes:
    return recovery_sheet_bytes(CODE, OFFICE, date(2022, 4, 7))


def test_the_recovery_sheet_is_one_page_with_the_code_in_big_signs_of_one_width(
    sheet: bytes, read: Callable[[bytes], list[Any]]
) -> None:
    (leaf,) = read(sheet)
    big = [sign for sign in leaf.signs if sign.size == 26.0]
    assert "".join(sign.text for sign in big) == CODE.replace("9K3T-", "9K3T")
    middles = [(sign.x + sign.right) / 2 for sign in big[:19]]
    steps = [right - left for left, right in pairwise(middles)]
    assert max(steps) - min(steps) < 0.01
    left, right = leaf.uprights[0], leaf.uprights[-1]
    assert all(left + 5 < sign.x and sign.right < right - 5 for sign in big)
    for words in ("台账数据库恢复码", OFFICE, "2022年4月7日生成", "做什么用", "怎样保管", "只打印一份"):
        assert words in leaf.text


def test_the_recovery_sheet_is_kept_whole(tmp_path: Path, sheet: bytes) -> None:
    path = tmp_path / "恢复码.pdf"
    write_recovery_sheet(CODE, OFFICE, date(2022, 4, 7), path)
    assert path.read_bytes() == sheet
    assert [file.name for file in tmp_path.iterdir()] == ["恢复码.pdf"]


@pytest.mark.parametrize("dpi", [50, 96.5, 150])
def test_a_page_becomes_an_opaque_picture_of_its_size(sheet: bytes, tmp_path: Path, dpi: float) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(sheet)
    picture = render_page(path, 0, dpi)
    assert picture.width == pytest.approx(210 / 25.4 * dpi, abs=1)
    assert picture.height == pytest.approx(297 / 25.4 * dpi, abs=1)
    assert len(picture.pixels) == picture.width * picture.height * 4
    assert set(picture.pixels[3::4]) == {255}
    assert picture.pixels[:4] == b"\xff\xff\xff\xff"
    frame = round((297 - 260 + 30) / 297 * picture.height), round(28 / 210 * picture.width)
    around = [
        picture.pixels[(row * picture.width + column) * 4]
        for row in range(frame[0] - 2, frame[0] + 3)
        for column in range(frame[1] + 5, frame[1] + 10)
    ]
    assert min(around) < 128
    assert render_page(sheet, 0, dpi) == picture
    assert count_pages(path) == count_pages(sheet) == 1


@pytest.mark.parametrize("page", [-1, 1])
def test_a_page_that_is_not_there_is_said(sheet: bytes, page: int) -> None:
    with pytest.raises(NotAPaper, match="不能作为PDF显示"):
        render_page(sheet, page, 96)


def test_what_is_no_pdf_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotAPaper):
        count_pages(b"PK")
    with pytest.raises(NotAPaper):
        render_page(tmp_path / "none.pdf", 0, 96)


def test_a_paper_replaces_the_one_before_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "台账.pdf"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("台账.pdf", b"two")]


def test_a_disk_that_takes_no_more_is_said_and_the_old_paper_stays(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="2026-11-23: only POSIX limits the files of a process")
    path = tmp_path / "台账.pdf"
    write_whole(path, b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(DiskFull, match=r"磁盘已满，“台账.pdf”没有保存。.*没有改动。请清理磁盘"):
            write_whole(path, bytes(100_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("台账.pdf", b"old")]


@pytest.mark.parametrize("place", ["missing/a.pdf", "file/a.pdf", "folder"])
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileNotWritable, match="不能写入这个位置"):
        write_whole(tmp_path / place, b"content")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.skipif(sys.platform == "win32", reason="2026-11-23: Windows has no permission bits")
def test_a_paper_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.pdf", b"content")
    assert (tmp_path / "a.pdf").stat().st_mode & 0o077 == 0


def test_every_paper_names_its_language_and_title(sheet: bytes) -> None:
    with pypdfium2.PdfDocument(sheet) as document:
        assert document.get_metadata_value("Title") == "台账数据库恢复码"
        assert document.get_metadata_value("Author") == OFFICE
    assert b"/Lang (zh-CN)" in sheet


def test_a_page_of_a_hundred_metres_is_drawn_small_enough_for_the_pc() -> None:
    """A PDF may say of its pages what it likes; here 14,400 pt a side, the most that PDF allows."""
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(14_400, 14_400), invariant=1)
    canvas.drawString(100, 700, "x")
    canvas.save()
    picture = render_page(held.getvalue(), 0, 300)
    assert picture.width * picture.height <= MOST_PIXELS * 1.01
    assert picture.width == picture.height
