"""``taizhang demo --headless`` as an administrator runs it: a whole month in files, and counts that reconcile."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest
from taizhang_desktop.commands.demo import AFTERWARDS
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.demo.month import LAST_DAY


def taizhang(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, without a screen."""
    command = [sys.executable, "-W", "error", "-m", "taizhang_desktop", *map(str, arguments)]
    without_screen = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, env=without_screen)


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("demo") / "月"
    done = taizhang("demo", "--headless", "--out", out)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return out


def summary(out: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return read


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_every_stage_reconciles(month: Path) -> None:
    counts = summary(month)
    assert counts["reconciles"] is True
    assert counts["rows_read"] == counts["accepted"] + counts["refused"] + counts["duplicates"]
    assert counts["accepted"] == counts["cases_in_towns"] == counts["ledger_lines"] == counts["bureau_lines"] > 0
    assert counts["refused"] > 0
    assert counts["duplicates"] > 0
    assert len(counts["towns_filed"]) == 2
    assert len(counts["towns_filed"]) + len(counts["towns_not_filed"]) == 17


def test_the_papers_are_there_and_say_what_was_filed(month: Path) -> None:
    ledgers = {path.name: text_of(path) for path in (month / "ledgers").glob("*.pdf")}
    assert len(ledgers) == 6
    assert all("防止返贫监测预警信息办理情况汇总表" in text for text in ledgers.values())
    (letter,) = (month / "letters").glob("*.pdf")
    assert "李䶮" in text_of(letter)
    assert "李䶮" in ledgers["环秀街道_附件2_2022-04_A4.pdf"]


def test_nothing_personal_can_be_read_in_what_travels_or_is_kept(month: Path) -> None:
    name = "李䶮".encode()
    for path in (*(month / "packages").iterdir(), *(month / "offices").rglob("*.*")):
        if path.is_file():
            assert name not in path.read_bytes(), path.name
    assert (month / "offices" / "环秀街道" / "cases.db").read_bytes()[:15] != b"SQLite format 3"


def test_a_package_is_described_without_its_keys(month: Path) -> None:
    package = next((month / "packages").glob("预警信息_环秀*"))
    seen = taizhang("package", "inspect", package)
    assert seen.returncode == 0
    assert "age" in seen.stdout
    assert "李䶮" not in seen.stdout


def test_a_folder_with_files_in_it_is_left_alone(month: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in month.rglob("*")}
    again = taizhang("demo", "--headless", "--out", month)
    assert again.returncode == 1
    assert "已经有文件" in again.stderr
    assert "Traceback" not in again.stderr
    assert {path: path.stat().st_mtime_ns for path in month.rglob("*")} == before


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


HEAD: list[object] = ["姓名", "身份证号", "镇街", "村", "救助类型", "日期"]


def test_lists_of_ones_own_go_to_the_towns_they_name(tmp_path: Path) -> None:
    own = workbook(
        tmp_path / "民政局.xlsx",
        [
            HEAD,
            ["王建国", "11010519491231002X", "金口镇", "", "低保", "2022-03-01"],
            ["赵桂兰", "370282196504120038", "灵山街道", "不存在", "低保", "2022-03-01"],
            ["钱多", "810000199408230021", "环秀街道", "顺河村", "低保", "2022-03-01"],
            ["钱多", "810000199408230021", "环秀街道", "顺河村", "低保", "2022-03-09"],
        ],
    )
    done = taizhang("demo", "--headless", "--out", tmp_path / "out", "--lists", own)
    assert done.returncode == 0, done.stderr
    counts = summary(tmp_path / "out")
    assert (counts["rows_read"], counts["accepted"], counts["refused"], counts["duplicates"]) == (4, 1, 2, 1)
    assert counts["bureau_lines"] == 1
    assert counts["reconciles"] is True


def test_a_month_without_a_single_good_row_still_reconciles(tmp_path: Path) -> None:
    empty = workbook(tmp_path / "民政局.xlsx", [HEAD, ["王建国", "", "环秀街道", "顺河村", "低保", "2022-03-01"]])
    done = taizhang("demo", "--headless", "--out", tmp_path / "out", "--lists", empty)
    assert done.returncode == 0, done.stderr
    assert summary(tmp_path / "out")["accepted"] == 0


def test_a_list_named_twice_is_taken_once(tmp_path: Path) -> None:
    own = workbook(
        tmp_path / "民政局.xlsx", [HEAD, ["钱多", "810000199408230021", "环秀街道", "顺河村", "低保", "2022-03-01"]]
    )
    done = taizhang("demo", "--headless", "--out", tmp_path / "out", "--lists", own, own)
    assert done.returncode == 0, done.stderr
    assert "已经导入过" in done.stdout
    counts = summary(tmp_path / "out")
    assert (counts["rows_read"], counts["accepted"], counts["reconciles"]) == (1, 1, True)


def test_an_unreadable_list_is_said_and_the_others_are_told_all_the_same(tmp_path: Path) -> None:
    junk = tmp_path / "不是名单.xlsx"
    junk.write_text("这不是表格", encoding="utf-8")
    good = workbook(
        tmp_path / "民政局.xlsx",
        [HEAD, ["王建国", "11010519491231002X", "环秀街道", "顺河村", "低保", "2022-03-01"]],
    )
    done = taizhang("demo", "--headless", "--out", tmp_path / "out", "--lists", junk, good)
    assert done.returncode == 3
    assert "不是名单.xlsx" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    counts = summary(tmp_path / "out")
    assert counts["accepted"] == 1
    assert counts["reconciles"] is True
    assert len(counts["unread"]) == 1


def test_what_is_done_in_the_demonstrations_window_gets_identifiers_of_its_own() -> None:
    told, afterwards = StoryClock(LAST_DAY), StoryClock(LAST_DAY, seed=AFTERWARDS)
    assert not {told.new_id() for _ in range(500)} & {afterwards.new_id() for _ in range(500)}


def test_the_doctor_finds_the_parts_of_the_program(tmp_path: Path) -> None:
    seen = taizhang("--data", tmp_path, "doctor")
    assert seen.returncode == 0, seen.stdout
    for part in ("SQLCipher", "字体", "本机的公文字体：仿宋", "；小标宋", "；黑体", "工作日历", "即乡振发〔2022〕1号"):
        assert part in seen.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="2026-11-23: only X and Wayland can be missing")
def test_without_a_display_the_window_is_refused_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    done = taizhang("--data", tmp_path)
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "这里没有显示器，打不开窗口。数据没有改动。请在桌面环境中打开，或使用不需要窗口的命令（--help 查看）。"
    )


@pytest.mark.parametrize("wrong", [(), ("check",), ("unknown",)], ids=["nothing", "no file", "no such action"])
def test_a_wrong_command_gets_one_sentence(wrong: tuple[str, ...]) -> None:
    done = taizhang("lists", *wrong)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "命令写法不对" in done.stderr
