"""``taizhang vault verify`` and ``taizhang journal verify``: the passphrase asked, each fault a line, the exit status."""

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from fault_office import WORDS, found, opened
from small_disk import CannotMount, small_disk
from taizhang_db.engine import for_writing
from taizhang_desktop import cli

if sys.platform == "win32":
    pytest.skip("2026-11-24: a pseudo terminal is POSIX", allow_module_level=True)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one office."""
    found(tmp_path / "data" / "环秀街道办事处")
    return tmp_path / "data"


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path, typed: str = WORDS.text) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
    return cli.main([str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("command", "says"),
    [("vault", "检查完毕，没有发现问题。"), ("journal", "逐行衔接，没有改动。")],
)
def test_a_vault_that_is_right_is_said_to_be_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path, command: str, says: str
) -> None:
    assert run(monkeypatch, "--data", data, command, "verify") == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == ["环秀街道办事处：更改记录43行", says]
    assert said.err == ""


@pytest.mark.parametrize("command", ["vault", "journal"])
def test_the_first_broken_row_of_the_journal_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path, command: str
) -> None:
    with opened(data / "环秀街道办事处") as office, for_writing(office.vault.engine).begin() as connection:
        (trigger,) = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = 'journal_no_update'"
        ).scalars()
        connection.exec_driver_sql("DROP TRIGGER journal_no_update")
        connection.exec_driver_sql("UPDATE journal SET user_name = '别人' WHERE seq IN (7, 9)")
        connection.exec_driver_sql(trigger)
    assert run(monkeypatch, command, "verify", "环秀街道办事处", "--data", data) == 1
    assert "第7行的内容被改动" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "typed", "says"),
    [
        ((), "别的口令", "口令不正确"),
        (("鳌山卫街道",), WORDS.text, "请在命令里写明其中一个"),
    ],
    ids=["a wrong passphrase", "an office that is not here"],
)
def test_what_cannot_be_done_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    data: Path,
    arguments: tuple[str, ...],
    typed: str,
    says: str,
) -> None:
    assert run(monkeypatch, "vault", "verify", *arguments, "--data", data, typed=typed) == 1
    (said,) = capsys.readouterr().err.splitlines()
    assert says in said


def test_a_vault_without_its_key_files_is_named_before_anything_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    for name in ("vault.json", "vault.json.copy"):
        (data / "环秀街道办事处" / name).unlink()
    monkeypatch.setattr("sys.stdin", None)
    assert cli.main(["vault", "verify", "--data", str(data)]) == 1
    said = capsys.readouterr().err
    assert "密钥文件 vault.json 不见了" in said
    assert "不要重新建库" in said
    assert cli.main(["doctor", "--data", str(data)]) == 1
    assert "密钥文件 vault.json 不见了" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["vault.json", "vault.json.copy"])
def test_a_key_file_that_the_opening_mended_is_told_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path, name: str
) -> None:
    (data / "环秀街道办事处" / name).write_bytes(b"{}")
    assert run(monkeypatch, "vault", "verify", "--data", data) == 1
    said = capsys.readouterr().out
    assert f"密钥文件 {name} 缺失或损坏，已用另一份修好" in said
    assert "检查完毕，有1处问题。" in said
    assert run(monkeypatch, "vault", "verify", "--data", data) == 0


def test_where_there_is_no_ledger_at_all_the_folder_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(monkeypatch, "journal", "verify", "--data", tmp_path) == 1
    assert "--data" in capsys.readouterr().err


def test_the_passphrase_is_not_shown_while_it_is_typed(data: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-W", "error", "-m", "taizhang_desktop", "--data", str(data), "journal", "verify"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as running:
        os.close(theirs)
        seen = b""
        while "口令：".encode() not in seen:
            seen += os.read(ours, 1_000)
        os.write(ours, f"{WORDS.text}\n".encode())
        while part := _read(ours):
            seen += part
        assert running.wait() == 0
    os.close(ours)
    said = seen.decode()
    assert "逐行衔接，没有改动。" in said
    assert WORDS.text not in said


def test_a_data_folder_that_may_only_be_read_is_something_to_be_seen_to(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    try:
        with small_disk(tmp_path / "disk", 48) as disk:
            found(disk.folder / "环秀街道办事处")
            assert cli.main(["doctor", "--data", str(disk.folder)]) == 0
            subprocess.run(["mount", "-o", "remount,ro", disk.folder], check=True)
            capsys.readouterr()
            assert cli.main(["doctor", "--data", str(disk.folder)]) == 1
            said = capsys.readouterr().out
            assert "环秀街道办事处：没有权限读写数据所在的文件夹" in said
            assert "检查完毕，需要处理：环秀街道办事处。" in said
    except CannotMount as why:
        if os.environ.get("CI") and os.geteuid() == 0:
            pytest.fail(f"mounting is not possible here: {why}", pytrace=False)
        pytest.skip(f"2026-11-24: root writes everywhere but on a file system mounted to be read: {why}")


def _read(terminal: int) -> bytes:
    """What is said; nothing once the other side has ended, which Linux says by an error."""
    try:
        return os.read(terminal, 1_000)
    except OSError:
        return b""
