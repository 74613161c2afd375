"""What is no list, and what is none for long: one clear sentence each, and the program goes on."""

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from taizhang_casework.domain.divisions import Divisions
from taizhang_casework.domain.list_row import ListReading
from taizhang_casework.domain.pack import RegulationPack
from taizhang_exchange.lists import CalamineListReader, UnreadableList
from taizhang_exchange.lists import workbook as workbook_module
from taizhang_exchange.lists.extent import beyond_reason
from taizhang_exchange.lists.workbook import ReadLimits, read_workbook

ID = "11010519491231002X"
HEADER = ["姓名", "身份证号", "镇街", "村", "日期"]
ROW = ["张三", ID, "环秀街道", "顺河村", "2022-03-07"]


def compound_file(stream: str) -> bytes:
    """The head and directory of an OLE compound file (MS-CFB) with one empty stream, as an encrypted workbook has it."""
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * 4 * 108
    sectors = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * (512 - 8)
    entries = b""
    for name, kind, child in (("Root Entry", 5, 1), (stream, 2, 0xFFFFFFFF)):
        text = name.encode("utf-16-le") + b"\0\0"
        entries += text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        entries += bytes(36) + struct.pack("<IQ", 0xFFFFFFFE, 0)
    return header + sectors + entries.ljust(512, b"\0")


def workbook_bytes(cells: dict[str, object], sheets: int = 1) -> bytes:
    book = openpyxl.Workbook()
    for _ in range(sheets - 1):
        book.create_sheet()
    for place, value in cells.items():
        assert book.active is not None
        book.active[place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        pytest.param("名单.xlsx", "这是文字".encode(), "不是Excel表格", id="text with the name of a workbook"),
        pytest.param("名单.xlsx", b"", "不是Excel表格", id="nothing at all"),
        pytest.param("名单.xls", b"<html><table><tr><td>1</td></tr></table></html>", "不是Excel表格", id="a web page"),
        pytest.param("名单.xlsx", workbook_bytes({"A1": 1})[:3000], "不是Excel表格", id="a workbook cut short"),
        pytest.param("名单.xlsx", compound_file("EncryptedPackage"), "设有打开密码", id="a workbook under a password"),
        pytest.param("名单.xlsx", workbook_bytes({}), "是空的", id="an empty workbook"),
        pytest.param("名单.xlsx", workbook_bytes({}, sheets=3), "是空的", id="a workbook of empty sheets"),
        pytest.param("名单.xlsx", workbook_bytes({"A1": "通知", "A2": "请各单位报送"}), "找不到表头", id="a letter"),
        pytest.param("名单.xlsx", workbook_bytes({"A1": 1, "XFD1048576": 2}), "延伸到XFD1048576", id="two far corners"),
        pytest.param("名单.csv", b"\x00\x01\x02\xff", "不是Excel表格", id="bytes with the name of a CSV file"),
        pytest.param("名单.csv", b"", "是空的", id="an empty CSV file"),
    ],
)
def test_each_file_that_is_no_list_gets_one_sentence(
    reader: CalamineListReader, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableList) as trouble:
        reader.read(path)
    assert says in str(trouble.value)
    assert name in str(trouble.value)
    assert str(trouble.value).count("。") == 3
    assert path.read_bytes() == content


def test_a_file_that_is_not_there_gets_a_sentence(reader: CalamineListReader, tmp_path: Path) -> None:
    with pytest.raises(UnreadableList, match="不存在"):
        reader.read(tmp_path / "名单.xlsx")


def test_a_folder_gets_a_sentence(reader: CalamineListReader, tmp_path: Path) -> None:
    with pytest.raises(UnreadableList, match="打不开"):
        reader.read(tmp_path)


def test_a_reader_that_is_killed_by_its_file_ends_no_program(
    monkeypatch: pytest.MonkeyPatch, reader: CalamineListReader, tmp_path: Path
) -> None:
    """The search for far corners is blinded here, so that the child itself meets 512 GiB of cells."""
    path = tmp_path / "名单.xlsx"
    path.write_bytes(workbook_bytes({"A1": 1, "XFD1048576": 2}))
    monkeypatch.setattr(workbook_module, "beyond_reason", lambda _: "")
    with pytest.raises(UnreadableList, match="无法读取"):
        reader.read(path)


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        pytest.param(ReadLimits(seconds=0), "时间过长", id="time"),
        pytest.param(ReadLimits(file=1000), "超过", id="its own size"),
        pytest.param(ReadLimits(memory=30 * 1024**2), "无法读取", id="memory"),
    ],
)
def test_reading_keeps_to_its_limits(
    pack: RegulationPack, divisions: Divisions, tmp_path: Path, limits: ReadLimits, says: str
) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(workbook_bytes({"A1": 1, "ZZ9999": 2}))
    with pytest.raises(UnreadableList, match=says):
        CalamineListReader(pack, divisions, limits).read(path)


@pytest.mark.parametrize(
    ("cells", "far"),
    [
        pytest.param({"A1": 1, "H60000": 2}, False, id="a long list is within reason"),
        pytest.param({"A1": 1, "BH9000": 2}, False, id="a broad list is within reason"),
        pytest.param({"A1": 1, "ZZ50000": 2}, True, id="broad and long is not"),
        pytest.param({"A1": 1, "XFD1": 2}, False, id="one far cell in the first row is within reason"),
        pytest.param({"A1": 1, "A1048576": 2}, False, id="one far cell in the first column is within reason"),
        pytest.param({"A1": 1, "XFD600": 2}, True, id="a far corner is not"),
    ],
)
def test_the_reach_of_a_sheet_is_known_before_it_is_read(cells: dict[str, object], *, far: bool) -> None:
    assert bool(beyond_reason(workbook_bytes(cells))) is far


@pytest.mark.parametrize("empty", [b'<c r="XFD1048576" s="1"/>', b'<c r="XFD1048576" s="1"></c>'])
def test_formatted_cells_that_hold_nothing_do_not_count(empty: bytes) -> None:
    """However the program wrote them that made the list."""
    row = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">' + empty + b"</row>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("xl/worksheets/sheet1.xml", b"<worksheet><sheetData>" + row + b"</sheetData></worksheet>")
    assert beyond_reason(out.getvalue()) == ""


def test_a_sheet_whose_dimension_lies_is_read_whole(
    reader: CalamineListReader, save_rows: Callable[..., Path], tmp_path: Path
) -> None:
    path, lying = save_rows([HEADER, ROW]), tmp_path / "lying.xlsx"
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(lying, "w") as copy:
        for member in book.namelist():
            data = book.read(member)
            if member == "xl/worksheets/sheet1.xml":
                assert b'<dimension ref="A1:E2"' in data
                data = data.replace(b'<dimension ref="A1:E2"', b'<dimension ref="A1:A1"')
            copy.writestr(member, data)
    assert [row.name for row in reader.read(lying).rows] == ["张三"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_is_read_in_the_encodings_that_offices_have(
    reader: CalamineListReader, tmp_path: Path, encoding: str, separator: str
) -> None:
    path = tmp_path / "民政局低保.csv"
    path.write_bytes(
        "\r\n".join([separator.join(HEADER), separator.join(ROW).replace("张三", "李䶮")]).encode(encoding)
    )
    reading = reader.read(path)
    assert [(row.name, row.provenance.row, row.provenance.sheet, row.reasons) for row in reading.rows] == [
        ("李䶮", 2, "", ())
    ]


def test_the_digest_is_of_the_very_bytes(reader: CalamineListReader, save_rows: Callable[..., Path]) -> None:
    path = save_rows([HEADER, ROW])
    first, again = reader.read(path), reader.read(path)
    assert (first.sha256, len(first.sha256)) == (again.sha256, 64)
    assert first == again


def test_hidden_and_empty_sheets_are_passed_over(reader: CalamineListReader, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    book.create_sheet("空表")
    hidden = book.create_sheet("上月")
    for sheet in (first, hidden):
        sheet.append(HEADER)
        sheet.append(ROW)
    hidden.sheet_state = "hidden"
    very = book.create_sheet("字典")
    very.append(HEADER)
    very.append(ROW)
    very.sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    assert [row.provenance.sheet for row in reader.read(tmp_path / "a.xlsx").rows] == ["Sheet"]


def test_people_without_a_header_are_not_passed_over_in_silence(reader: CalamineListReader, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in [HEADER, ROW]:
        book.active.append(row)
    second = book.create_sheet("续表")
    for _ in range(3):
        second.append(ROW)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(UnreadableList, match="续表"):
        reader.read(tmp_path / "a.xlsx")


def test_rows_count_as_excel_does_where_a_sheet_begins_further_in(reader: CalamineListReader, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for column, (head, cell) in enumerate(zip(HEADER, ROW, strict=True), 4):
        sheet.cell(7, column, head)
        sheet.cell(9, column, cell)
    book.save(tmp_path / "a.xlsx")
    reading: ListReading = reader.read(tmp_path / "a.xlsx")
    assert [(row.provenance.row, row.reasons) for row in reading.rows] == [(9, ())]


def test_a_workbook_is_read_without_a_word_on_the_terminal(
    save_rows: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> None:
    read_workbook(save_rows([HEADER, ROW]))
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="2026-11-23: Windows has no named pipes in folders")
def test_what_is_no_ordinary_file_gets_a_sentence_and_is_not_waited_for(
    reader: CalamineListReader, tmp_path: Path
) -> None:
    pipe = tmp_path / "民政局.xlsx"
    os.mkfifo(pipe)
    for path in (pipe, Path(os.devnull)):
        with pytest.raises(UnreadableList, match="这不是普通文件"):
            reader.read(path)
