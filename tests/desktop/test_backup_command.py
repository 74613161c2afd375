"""``taizhang backup``: made, checked and taken out at the command line; the passphrase is asked and never an argument."""

import getpass
import io
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from taizhang_casework.domain.backups import BackupPlace
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind, Role, User
from taizhang_casework.services.backing_up import state
from taizhang_db.journal import rows_after
from taizhang_desktop import cli
from taizhang_desktop.bootstrap import Rules, enter_vault, found_vault
from taizhang_desktop.commands.terminal import ask_secret, progress_line
from taizhang_desktop.pc_clock import PcClock
from taizhang_desktop.viewmodels.key import Key, KeyKind

PASSPHRASE = "horse-river-58-cloud"


@pytest.fixture
def data(tmp_path: Path, rules: Rules) -> Path:
    town = Office(id=OfficeId("370215001"), kind=OfficeKind.TOWN, name="环秀街道")
    user = User(name="孙晓梅", role=Role.ADMINISTRATOR)
    place = tmp_path / "数据"
    found_vault(place / town.name, town, PASSPHRASE, user=user, rules=rules, clock=PcClock()).office.close()
    return place


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """What is typed at the terminal from now on."""
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(f"{text}\n" * 9))


def test_a_backup_is_made_checked_and_taken_out(
    data: Path, tmp_path: Path, rules: Rules, types: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "U 盘"
    stick.mkdir()
    types(PASSPHRASE)
    assert cli.main(["backup", "make", str(stick), "--data", str(data)]) == 0
    (file,) = stick.iterdir()
    assert cli.main(["backup", "check", str(file), "--data", str(data)]) == 0
    assert cli.main(["backup", "restore", str(file), "--into", str(tmp_path / "另一处")]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "备份完成，已试恢复并核对无误" in said.out
    assert "备份完好：环秀街道" in said.out
    for folder in (data / "环秀街道", tmp_path / "另一处"):
        office = enter_vault(folder, Key(KeyKind.PASSPHRASE, PASSPHRASE), rules=rules, clock=PcClock())
        places = [record.place for record in state(office.work).records]
        assert places == ([BackupPlace.STICK] if folder.parent == data else [])
        office.close()


@pytest.mark.parametrize("command", ["backup", "vault", "journal"])
def test_a_folder_that_was_put_back_is_doubted_by_every_command_until_somebody_goes_on(
    command: str,
    data: Path,
    tmp_path: Path,
    rules: Rules,
    types: Callable[[str], None],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The whole folder, with its head: only what this PC itself keeps can tell, and it must tell here as in the window."""
    heads = tmp_path / "heads"
    for module in ("backup", "vault"):
        monkeypatch.setattr(f"taizhang_desktop.commands.{module}.heads_folder", lambda: heads)
    types(PASSPHRASE)
    shutil.copytree(data / "环秀街道", tmp_path / "aside")
    (tmp_path / "one").mkdir()
    again = [command, *(["make", str(tmp_path / "one")] if command == "backup" else ["verify"]), "--data", str(data)]
    assert cli.main(["backup", "make", str(tmp_path / "one"), "--data", str(data)]) == 0
    assert cli.main(again) == 0
    made = len(list((tmp_path / "one").iterdir()))
    shutil.rmtree(data / "环秀街道")
    shutil.copytree(tmp_path / "aside", data / "环秀街道")
    capsys.readouterr()
    for _ in range(2):
        assert cli.main(again) == 1
        said = capsys.readouterr()
        assert "数据文件比上次使用时旧，缺少最近的" in said.err
        assert said.out == ""
    key = Key(KeyKind.PASSPHRASE, PASSPHRASE, although_doubtful=True)
    office = enter_vault(data / "环秀街道", key, rules=rules, clock=PcClock(), heads=heads)
    with office.vault.engine.connect() as connection:
        assert [row.operation for row in rows_after(connection) if row.kind is Kind.VAULT] == ["settle_doubts"]
    office.close()
    assert len(list((tmp_path / "one").iterdir())) == made
    assert cli.main(again) == 0


def test_what_was_taken_out_knows_whose_key_did_it(
    data: Path, tmp_path: Path, rules: Rules, types: Callable[[str], None]
) -> None:
    types(PASSPHRASE)
    (tmp_path / "stick").mkdir()
    cli.main(["backup", "make", str(tmp_path / "stick"), "--data", str(data)])
    (file,) = (tmp_path / "stick").iterdir()
    assert cli.main(["backup", "restore", str(file), "--into", str(tmp_path / "另一处")]) == 0
    if sys.platform != "win32":
        assert [path for path in (tmp_path / "另一处").rglob("*") if path.stat().st_mode & 0o077] == []
    office = enter_vault(tmp_path / "另一处", Key(KeyKind.PASSPHRASE, PASSPHRASE), rules=rules, clock=PcClock())
    with office.vault.engine.connect() as connection:
        row = list(rows_after(connection))[-1]
    assert (row.operation, row.user_name, row.kind) == ("restore_backup", "孙晓梅", Kind.VAULT)
    assert row.after is not None
    assert "restored_from" in row.after
    office.close()


def test_what_is_wrong_is_one_sentence(
    data: Path, tmp_path: Path, types: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    types(PASSPHRASE)
    cli.main(["backup", "make", str(stick), "--data", str(data)])
    (file,) = stick.iterdir()
    capsys.readouterr()
    types("not-that-one")
    for arguments, words in (
        (("check", file, "--data", data), "口令打不开这个备份"),
        (("check", file, "--recovery-code", "--data", data), "恢复码输入有误"),
        (("check", tmp_path / "no.tzbak", "--data", data), "找不到备份文件"),
        (("make", stick, "--data", data), "口令不正确"),
        (("make", stick, "--data", data, "--office", "潮海街道"), "这里有1个单位的台账：环秀街道，没有“潮海街道”"),
        (("make", stick, "--data", tmp_path / "empty"), "这里没有台账"),
        (("restore", file, "--into", data), "这个文件夹里已经有内容"),
    ):
        assert cli.main(["backup", *map(str, arguments)]) == 1
        said = capsys.readouterr()
        assert said.err.count("\n") == 1
        assert words in said.err
        assert said.out == ""
    assert [each.name for each in stick.iterdir()] == [file.name]


def test_what_was_taken_out_is_opened_as_the_command_says(
    data: Path, tmp_path: Path, types: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    stick, place = tmp_path / "stick", tmp_path / "另 一处" / "恢复的"
    stick.mkdir()
    types(PASSPHRASE)
    cli.main(["backup", "make", str(stick), "--data", str(data)])
    (file,) = stick.iterdir()
    assert cli.main(["backup", "restore", str(file), "--into", str(place)]) == 0
    said = capsys.readouterr().out
    (told,) = [line.partition("打开它：")[2] for line in said.splitlines() if "打开它：" in line]
    program, *arguments = shlex.split(told)
    assert program == "taizhang"
    assert cli.main([*arguments, "journal", "verify", place.name]) == 0


def test_what_is_missing_is_told_before_the_passphrase_is_asked(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    file = tmp_path / "x.tzbak"
    file.write_bytes(b"")
    for arguments, words in (
        (("make", file, "--data", data), "不是文件夹"),
        (("make", tmp_path / "没有", "--data", data), "没有这个文件夹"),
        (("check", tmp_path / "no.tzbak"), "找不到备份文件"),
        (("check", tmp_path), "是文件夹，不是备份文件"),
        (("restore", tmp_path / "no.tzbak", "--into", tmp_path / "new"), "找不到备份文件"),
        (("restore", file, "--into", data), "这个文件夹里已经有内容"),
        (("restore", file, "--into", file), "这个文件夹里已经有内容"),
    ):
        assert cli.main(["backup", *map(str, arguments)]) == 1
        said = capsys.readouterr().err
        assert words in said
        assert "U盘已拔出" not in said


@pytest.mark.parametrize("content", [b"", b"rubbish" * 999], ids=["empty", "rubbish"])
def test_a_file_that_only_calls_itself_a_backup_is_said_to_be_none(
    content: bytes, tmp_path: Path, types: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.tzbak"
    file.write_bytes(content)
    types(PASSPHRASE)
    assert cli.main(["backup", "check", str(file), "--data", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "这个文件不是台账备份，或已经损坏" in said
    assert "结尾" not in said


def test_an_error_stands_on_a_line_of_its_own_below_the_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shown = Terminal()

    monkeypatch.setattr(sys, "stderr", shown)

    def pulled_out() -> None:
        with progress_line() as report:
            report(1, 4)
            raise OSError("pulled out")

    with pytest.raises(OSError, match="pulled out"):
        pulled_out()
    assert shown.getvalue() == "\r 25%\r\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["backup", "restore"], "缺少备份文件、--into。"),
        (["backup", "make"], "缺少文件夹。"),
        (["backup", "restore", "x", "--into"], "--into 后面要写内容。"),
        (["backup", "mend"], "没有“mend”这个操作。"),
        (["backup", "check", "x", "--passphrase", "secret"], "不认识“--passphrase”。"),
        (["backup", "check", "x", "secret"], "多写了内容。"),
        (["backup", "王建国secret"], "没有这个操作。"),
    ],
)
def test_a_command_that_is_written_wrongly_is_told_what_is_wrong(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert said.startswith("命令写法不对：")
    assert words in said
    assert "secret" not in said


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("make", ("文件夹", "U盘")),
        ("check", ("备份文件", ".tzbak")),
        ("restore", ("备份文件", ".tzbak", "--data 上一级文件夹")),
    ],
)
def test_the_help_says_what_each_word_is(
    action: str, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["backup", action, "--help"])
    said = "".join(capsys.readouterr().out.split())
    for each in words:
        assert each.replace(" ", "") in said


def test_a_secret_at_the_terminal_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda asks: {"口令：": PASSPHRASE}[asks])
    assert ask_secret("口令") == PASSPHRASE


def test_the_passphrase_is_no_argument(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["backup", "check", str(data), "--passphrase", PASSPHRASE])
    assert "命令写法不对" in capsys.readouterr().err


@pytest.mark.parametrize("inside", [".", "环秀街道", "环秀街道/attachments", "备份"])
def test_no_backup_is_made_among_the_data_themselves(
    data: Path, inside: str, rules: Rules, types: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    (data / inside).mkdir(parents=True, exist_ok=True)
    types(PASSPHRASE)
    assert cli.main(["backup", "make", str(data / inside), "--data", str(data)]) == 1
    assert "在台账自己的数据文件夹里" in capsys.readouterr().err
    assert list(data.rglob("*.tzbak")) == []
    office = enter_vault(data / "环秀街道", Key(KeyKind.PASSPHRASE, PASSPHRASE), rules=rules, clock=PcClock())
    assert state(office.work).on_stick is None
    office.close()


def test_a_backup_on_the_disk_of_the_data_is_said_to_be_so(
    data: Path, tmp_path: Path, types: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "another").mkdir()
    types(PASSPHRASE)
    assert cli.main(["backup", "make", str(tmp_path / "another"), "--data", str(data)]) == 0
    assert "注意：这份备份和台账在同一块硬盘或U盘上" in capsys.readouterr().out
