"""The villages' own list: written empty, filled in with a table program, read back, and given back with its faults."""

from pathlib import Path

import openpyxl
import pytest
from taizhang_casework.domain.screening_rows import COLUMNS, FAULTS_TITLE
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_exchange.village_lists import VillageList, read_village_list, write_village_list

LIST = VillageList(town="环秀街道", villages=("墨河社区居民委员会", "观澜社区居民委员会"), sources=("村委", "网格员"))
ROW = ("墨河社区", "王𡛕", "11010519491231002X", "13812345678", "村委", "赵会计", "2022-04-19", "突发疾病")


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "干部排查表.xlsx"
    write_village_list(path, LIST)
    return path


def fill(path: Path, *rows: tuple[object, ...], first: int = 4) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    for at, row in enumerate(rows):
        for column, value in enumerate(row, start=1):
            sheet.cell(first + at, column).value = value
    book.save(path)


def test_an_empty_list_has_every_column_as_text_and_offers_villages_and_sources(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    sheet = book["干部排查"]
    titles = [str(cell.value).removesuffix(" *") for cell in sheet[3]]
    assert titles == [column.title for column in COLUMNS]
    assert {cell.number_format for cell in sheet[4]} == {"@"}
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["A4:A1003", "E4:E1003"]
    assert book["可选项"].sheet_state == "hidden"


def test_what_was_filled_in_comes_back_with_the_number_of_its_row(template: Path) -> None:
    fill(template, ROW, (), ROW)
    assert read_village_list(template) == ((4, ROW), (6, ROW))


def test_columns_that_were_moved_are_found_by_their_titles(tmp_path: Path) -> None:
    path = tmp_path / "moved.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["具体预警信息", "姓 名"])
    sheet.append(["突发疾病", "王建国"])
    book.save(path)
    ((number, cells),) = read_village_list(path)
    assert number == 2
    by_title = dict(zip([column.title for column in COLUMNS], cells, strict=True))
    assert (by_title["姓名"], by_title["具体预警信息"], by_title["村（社区）"]) == ("王建国", "突发疾病", "")


def test_days_and_numbers_of_the_table_program_are_texts_and_lost_digits_stay_lost(template: Path) -> None:
    from datetime import datetime  # noqa: PLC0415 - this test alone

    fill(template, ("墨河社区", "王", 110105194912310021, 13812345678, "村委", "赵", datetime(2022, 4, 19), "病"))  # noqa: DTZ001
    ((_, cells),) = read_village_list(template)
    assert cells[2] == "1.10105194912310E+17"
    assert (cells[3], cells[6]) == ("13812345678", "2022-04-19")


def test_a_list_is_given_back_with_all_its_faults_in_a_column_and_reads_back_mended(tmp_path: Path) -> None:
    path = tmp_path / "退回.xlsx"
    rows = (ROW, ("", "\ud83d\x0b", "123", "", "", "", "", "=1+1"))
    given = VillageList(
        town="环秀街道", villages=(), sources=(), rows=rows, faults=("", "姓名：填写的不是姓名；身份证号码：应为18位")
    )
    write_village_list(path, given)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert [cell.value for cell in sheet[3]][-1] == FAULTS_TITLE
    assert sheet.cell(5, 9).value == "姓名：填写的不是姓名；身份证号码：应为18位"
    assert sheet.cell(5, 8).data_type == "s"
    fill(path, ROW, first=5)
    assert read_village_list(path) == ((4, ROW), (5, ROW))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"", "Excel", id="nothing"),
        pytest.param(b"%PDF-1.7", "Excel", id="another kind of file"),
    ],
)
def test_a_file_that_is_none_is_said(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(OfficeTrouble, match=says):
        read_village_list(path)


def test_a_list_without_rows_and_a_list_of_something_else_are_said(template: Path, tmp_path: Path) -> None:
    with pytest.raises(OfficeTrouble, match="还没有填写"):
        read_village_list(template)
    other = tmp_path / "other.xlsx"
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["序号", "学校"])
    book.save(other)
    with pytest.raises(OfficeTrouble, match="不是干部排查表"):
        read_village_list(other)


def test_a_list_too_long_is_said(template: Path) -> None:
    fill(template, *[ROW] * 1_001)
    with pytest.raises(OfficeTrouble, match="1001行"):
        read_village_list(template)


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    gone = tmp_path / "no such folder" / "x.xlsx"
    with pytest.raises(OfficeTrouble, match="没有写成"):
        write_village_list(gone, LIST)
    assert list(tmp_path.iterdir()) == []
