"""The command line where something goes wrong: one sentence, a status, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from taizhang_desktop import cli
from taizhang_desktop.commands import doctor


def run(*arguments: str | Path, encoding: str = "utf-8") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-W", "error", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": encoding}, timeout=120
    )


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_a_name_that_the_terminal_cannot_write_is_no_fault_of_the_file(tmp_path: Path, encoding: str) -> None:
    done = run("-m", "taizhang_desktop", "lists", "check", tmp_path / "李䶮.xlsx", encoding=encoding)
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
    assert b"\\u4dae" in done.stderr


def test_a_place_that_does_not_take_the_rows_is_said_in_the_users_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    list_file = tmp_path / "名单.csv"
    list_file.write_text("姓名,身份证号\n", encoding="utf-8")
    assert cli.main(["lists", "check", str(list_file), "--json", str(tmp_path / "没有" / "rows.json")]) == 1
    assert "（没有这个文件或文件夹）" in capsys.readouterr().err


def test_a_bug_is_one_sentence_with_its_place_and_no_value(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def bug(_: Path | None) -> int:
        raise ValueError("王建国")

    monkeypatch.setattr(doctor, "doctor", bug)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert cli.main(["doctor"]) == 1
    (said,) = capsys.readouterr().err.splitlines()
    assert "ValueError" in said
    assert "test_command_line" in said
    assert "王建国" not in said


@pytest.mark.parametrize("arguments", [("--data", "DIR", "doctor"), ("doctor", "--data", "DIR")])
def test_the_data_folder_is_named_before_or_after_the_command(
    arguments: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main([str(tmp_path) if each == "DIR" else each for each in arguments])
    assert f"数据文件夹：{tmp_path}" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["lists", "package", "doctor", "vault", "backup"])
def test_a_command_without_a_window_loads_no_window(command: str) -> None:
    probe = (
        f"import sys, taizhang_desktop.commands.{command}; print([m for m in sys.modules if m.startswith('PySide6')])"
    )
    done = run("-c", probe)
    assert done.stdout.strip() == b"[]", done.stderr


@pytest.mark.parametrize(
    "command", [(), ("demo",), ("lists",), ("lists", "check"), ("package", "inspect"), ("doctor",)], ids=" ".join
)
def test_the_help_is_in_the_users_language(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([*command, "--help"])
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert said.startswith("用法：taizhang")
    assert "显示本说明" in said
    for english in ("usage", "positional", "options", "show this"):
        assert english not in said


def test_a_training_alone_is_asked_for_without_a_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    from taizhang_desktop import window  # noqa: PLC0415 - only this test needs the window

    asked: list[object] = []
    monkeypatch.setattr(window, "open_window", asked.append)
    monkeypatch.setattr(window, "open_training_window", lambda: 0)
    assert cli.main(["--training"]) == 0
    assert asked == []
