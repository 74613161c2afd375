"""A sheet of text: it comes out of other programs as it went in, and is there whole or not at all."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_exchange.sheets import SheetHead, write_sheet

HEADS = (SheetHead("户主姓名", 7), SheetHead("身份证", 9), SheetHead("具体预警信息", 12))
ROWS = (
    ("王建国", "370282196504120032", "住院及门诊"),
    ("阿依·古丽", "000000000000000001", ""),
    ("李𡛕䶮", "=1+1", '<a> & "b" 甲\n乙'),
)


def test_other_programs_read_every_cell_as_the_text_that_was_written(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"

    write_sheet(path, "预警台账", HEADS, ROWS)

    sheet = openpyxl.load_workbook(path)["预警台账"]
    read = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert read == [[head.title for head in HEADS], *(list(row) for row in ROWS)]
    assert all(isinstance(cell.value, str) for row in sheet.iter_rows() for cell in row if cell.value)
    assert sheet.cell(2, 2).number_format == "@"
    assert sheet.freeze_panes == "A2"
    again = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("预警台账").to_python()
    assert [row[1] for row in again] == ["身份证", *(row[1] for row in ROWS)]


def test_what_a_sheet_cannot_hold_is_written_by_its_own_sign(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"

    write_sheet(path, "台账", HEADS[:1], [("甲\x00乙\ud842丙_x0041_",)])

    written = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert "甲_x0000_乙\ufffd丙_x005F_x0041_" in written


class StopError(Exception):
    """The user has cancelled."""


def test_what_ends_in_the_middle_leaves_the_older_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_sheet(path, "台账", HEADS, ROWS)
    before = path.read_bytes()

    def cut_off() -> Iterator[tuple[str, ...]]:
        yield ROWS[0]
        raise StopError

    with pytest.raises(StopError):
        write_sheet(path, "台账", HEADS, cut_off())

    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_is_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(OfficeTrouble, match="无法在"):
        write_sheet(tmp_path / "gone" / "a.xlsx", "台账", HEADS, ROWS)
