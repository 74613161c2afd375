"""``lists check``: what it writes, what it says, and its exit status."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from taizhang_casework.domain.divisions import Divisions
from taizhang_casework.domain.pack import RegulationPack
from taizhang_exchange.lists import check_lists, run_check

SaveRows = Callable[..., Path]
HEADER = ["姓名", "身份证号", "镇街", "村", "救助类型", "审批日期"]
ID = "11010519491231002X"
GOOD = ["张 三", ID, "环秀", "顺河", "临时救助", "2022.3.7"]


def test_the_report_holds_one_object_a_row_with_exactly_these_fields(
    pack: RegulationPack, divisions: Divisions, save_rows: SaveRows, tmp_path: Path
) -> None:
    path = save_rows([["民政局名单"], HEADER, GOOD, ["李四", "1", "环秀", "东方红村", "低保", None]], name="四月.xlsx")
    out = tmp_path / "out.json"
    assert run_check([path], out, pack, divisions) == 0
    assert json.loads(out.read_text("utf-8")) == [
        {
            "file": "四月.xlsx",
            "sheet": "Sheet1",
            "row": 3,
            "outcome": "accepted",
            "reasons": [],
            "name": "张三",
            "id_number": ID,
            "town": "环秀街道",
            "village": "顺河村村民委员会",
            "item": "临时救助对象",
            "date": "2022-03-07",
        },
        {
            "file": "四月.xlsx",
            "sheet": "Sheet1",
            "row": 4,
            "outcome": "refused",
            "reasons": ["bad_id", "unknown_village", "missing_date"],
            "name": "李四",
            "id_number": "1",
            "town": "环秀街道",
            "village": "东方红村",
            "item": "农村低保对象",
            "date": None,
        },
    ]


def test_a_list_without_anybody_is_an_empty_array(
    pack: RegulationPack, divisions: Divisions, save_rows: SaveRows, tmp_path: Path
) -> None:
    out = tmp_path / "out.json"
    assert run_check([save_rows([HEADER])], out, pack, divisions) == 0
    assert json.loads(out.read_bytes()) == []


def test_duplicates_are_seen_across_files_in_the_order_given(
    pack: RegulationPack, divisions: Divisions, save_rows: SaveRows
) -> None:
    first = save_rows([HEADER, GOOD], name="一.xlsx")
    second = save_rows([HEADER, GOOD, [*GOOD[:4], "低保", GOOD[5]]], name="二.xlsx")
    for paths, expected in (
        ([first, second], [("一.xlsx", "accepted"), ("二.xlsx", "duplicate"), ("二.xlsx", "accepted")]),
        ([second, first], [("二.xlsx", "accepted"), ("二.xlsx", "accepted"), ("一.xlsx", "duplicate")]),
    ):
        report = check_lists(paths, pack, divisions)
        assert [(row.file, row.outcome.value) for row in report.rows] == expected


def test_a_file_that_cannot_be_read_stops_no_other_and_shows_in_the_status(
    pack: RegulationPack,
    divisions: Divisions,
    save_rows: SaveRows,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    bad, out = tmp_path / "坏.xlsx", tmp_path / "out.json"
    bad.write_bytes(b"no workbook")
    assert run_check([bad, save_rows([HEADER, GOOD]), tmp_path / "没有.xlsx"], out, pack, divisions) == 3
    said = capsys.readouterr()
    assert [line.partition("”")[0] for line in said.err.splitlines()] == ["文件“坏.xlsx", "文件“没有.xlsx"]
    assert "名单.xlsx：1行，接收1，退回0，重复0" in said.out
    assert "2个文件未能读取" in said.out
    assert len(json.loads(out.read_bytes())) == 1


def test_what_is_said_holds_no_personal_data(
    pack: RegulationPack, divisions: Divisions, save_rows: SaveRows, capsys: pytest.CaptureFixture[str]
) -> None:
    run_check([save_rows([HEADER, GOOD, ["李四", *GOOD[1:]]])], None, pack, divisions)
    said = "".join(capsys.readouterr())
    assert "重复1" in said
    assert not any(private in said for private in ("张三", "李四", ID, "顺河"))


def test_files_of_one_name_are_told_apart_by_their_paths(
    pack: RegulationPack, divisions: Divisions, save_rows: SaveRows, tmp_path: Path
) -> None:
    (tmp_path / "二").mkdir()
    paths = [
        save_rows([HEADER, GOOD]),
        save_rows([HEADER, GOOD], name="二/名单.xlsx"),
        save_rows([HEADER, GOOD], name="x.xlsx"),
    ]
    report = check_lists(paths, pack, divisions)
    assert [row.file for row in report.rows] == [str(paths[0]), str(paths[1]), "x.xlsx"]
