"""Ways into an office: a wrong passphrase, the lock, the recovery code, and a real keyring that remembers."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path

import pytest
from hands import Hands
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot
from seated import seated
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind, Role, User
from taizhang_casework.services.users import add_user, reissue_recovery_code
from taizhang_desktop.bootstrap import enter_vault, found_vault, load_rules
from taizhang_desktop.crash import Crash
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.kit.file_chooser import QtFileChooser
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.bundled import bundled_fonts
from taizhang_desktop.look.tokens import Appearance
from taizhang_desktop.program import Surroundings
from taizhang_desktop.viewmodels.key import Key, KeyKind

if sys.platform == "linux":
    from keyring_session import Session

PASSPHRASE, NEW = "horse-river-58-cloud", "lamp-stone-74-wheel"
TOWN = Office(id=OfficeId("370215001"), kind=OfficeKind.TOWN, name="环秀街道")
DAY = date(2022, 4, 7)
Start = Callable[[], AbstractContextManager[Hands]]


@pytest.fixture
def code(tmp_path: Path) -> str:
    """A founded town; its recovery code."""
    founded = found_vault(
        tmp_path / "data" / TOWN.name,
        TOWN,
        PASSPHRASE,
        user=User(name="孙晓梅", role=Role.ADMINISTRATOR),
        rules=load_rules(),
        clock=StoryClock(date(2022, 4, 7)),
    )
    founded.office.close()
    return founded.recovery_code


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path, code: str) -> Iterator[Start]:
    """Starts the program at the town; there must be no report of a bug of ours."""
    del code
    Look(qapp, bundled_fonts(), appearance=Appearance.LIGHT)
    crashes: list[Crash] = []

    @contextmanager
    def run() -> Iterator[Hands]:
        around = Surroundings(
            data=tmp_path / "data",
            clock=StoryClock(date(2022, 4, 7)),
            files=QtFileChooser(tmp_path, native=False),
            keep_report=crashes.append,
            rules=load_rules,
            heads=tmp_path / "heads",
        )
        with seated(qtbot, around) as hands:
            yield hands

    yield run
    assert crashes == []


def type_key(hands: Hands, label: str, key: str) -> None:
    hands.labelled(label, key)
    hands.press(Qt.Key.Key_Return)


@pytest.mark.usefixtures("no_keyring")
def test_a_wrong_passphrase_is_one_sentence_and_the_right_one_opens(start: Start) -> None:
    with start() as hands:
        type_key(hands, "口令", "not-the-passphrase")
        hands.until(lambda: hands.reads("口令不正确。数据没有改动。"))
        type_key(hands, "口令", PASSPHRASE)
        hands.until(lambda: hands.shows("今日待办"))


@pytest.mark.usefixtures("no_keyring")
def test_the_recovery_code_opens_leads_to_a_new_passphrase_and_a_mistyped_one_is_said(start: Start, code: str) -> None:
    with start() as hands:
        hands.text_button("忘记口令，用恢复码打开")
        type_key(hands, "恢复码", code[:-1] + ("A" if code[-1] != "A" else "B"))
        hands.until(lambda: hands.reads("恢复码输入有误"))
        type_key(hands, "恢复码", code.lower().replace("-", " "))
        hands.until(lambda: hands.reads("恢复码正确。请为“孙晓梅”设置新口令"))
        type_key(hands, "新口令", "short")
        type_key(hands, "再输入一次新口令", "shorter")
        hands.until(lambda: hands.reads("口令至少10个字符，现在5个") and hands.reads("两次输入的口令不一致"))
        hands.labelled("新口令", NEW)
        type_key(hands, "再输入一次新口令", NEW)
        hands.until(lambda: hands.shows("今日待办"))
    with start() as hands:
        type_key(hands, "口令", PASSPHRASE)
        hands.until(lambda: hands.reads("口令不正确。"))
        type_key(hands, "口令", NEW)
        hands.until(lambda: hands.shows("今日待办"))


@pytest.mark.usefixtures("no_keyring")
def test_an_older_file_put_back_is_told_and_gone_on_with_by_the_administrator(start: Start, tmp_path: Path) -> None:
    vault = tmp_path / "data" / TOWN.name
    older = (vault / "cases.db").read_bytes()
    office = enter_vault(vault, Key(KeyKind.PASSPHRASE, PASSPHRASE), rules=load_rules(), clock=StoryClock(DAY, seed=7))
    add_user(office.work, "李明", Role.CLERK, NEW)
    office.close()
    (vault / "cases.db").write_bytes(older)
    with start() as hands:
        choose_first_user(hands)
        type_key(hands, "口令", PASSPHRASE)
        hands.until(lambda: hands.reads("数据文件比上次使用时旧，缺少最近的"))
        hands.press(Qt.Key.Key_Return)
        hands.until(lambda: hands.reads("请输入口令，打开本单位的台账"))
        type_key(hands, "口令", PASSPHRASE)
        hands.click("doubt_more")
        hands.tick("我已找过，确认没有更新的数据文件")
        hands.click("doubt_go_on")
        hands.until(lambda: hands.shows("今日待办"))
    with start() as hands:
        choose_first_user(hands)
        type_key(hands, "口令", PASSPHRASE)
        hands.until(lambda: hands.shows("今日待办"))


@pytest.mark.usefixtures("no_keyring")
def test_a_whole_folder_put_back_is_told_without_a_keyring_until_the_administrator_goes_on(
    start: Start, tmp_path: Path
) -> None:
    vault, told = tmp_path / "data" / TOWN.name, "数据文件比上次使用时旧，缺少最近的1处更改"
    shutil.copytree(vault, tmp_path / "older")
    office = enter_vault(
        vault,
        Key(KeyKind.PASSPHRASE, PASSPHRASE),
        rules=load_rules(),
        clock=StoryClock(DAY, seed=7),
        heads=tmp_path / "heads",
    )
    reissue_recovery_code(office.work)
    office.close()
    shutil.rmtree(vault)
    shutil.copytree(tmp_path / "older", vault)
    for goes_on in (False, True):
        with start() as hands:
            type_key(hands, "口令", PASSPHRASE)
            hands.until(lambda: hands.reads(told))
            assert not hands.shows("今日待办")
            if goes_on:
                hands.click("doubt_more")
                hands.tick("我已找过，确认没有更新的数据文件")
                hands.click("doubt_go_on")
                hands.until(lambda: hands.shows("今日待办"))
    with start() as hands:
        type_key(hands, "口令", PASSPHRASE)
        hands.until(lambda: hands.shows("今日待办"))
        assert not hands.reads(told)


def choose_first_user(hands: Hands) -> None:
    box = hands.see(QComboBox, "")
    box.setFocus()
    hands.press(Qt.Key.Key_Down)
    assert box.currentText() == "孙晓梅"


@pytest.mark.usefixtures("no_keyring")
def test_a_vault_without_its_key_files_is_told_at_once_and_no_new_one_is_offered(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "data" / TOWN.name
    for name in ("vault.json", "vault.json.copy"):
        (folder / name).rename(tmp_path / name)
    with start() as hands:
        hands.until(lambda: hands.says("密钥文件 vault.json 不见了"))
        assert hands.says("不要重新建库")
        assert hands.offers("从备份恢复")
        assert not hands.reads("首次使用")
        assert not hands.reads("请输入口令")
        assert not hands.offers("打开台账")
        assert hands.reads("缺少文件，现在输入口令也打不开")
        (tmp_path / "vault.json").rename(folder / "vault.json")
        hands.press(Qt.Key.Key_Space)  # the button that looks again has the focus
        hands.until(lambda: hands.reads("请输入口令，打开本单位的台账"))
        assert not hands.says("密钥文件 vault.json 不见了")
        type_key(hands, "口令", PASSPHRASE)
        hands.until(lambda: hands.shows("今日待办"))


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_it_is_said_that_nothing_was_remembered(start: Start) -> None:
    with start() as hands:
        hands.tick("在这台电脑上记住，下次不用输入")
        type_key(hands, "口令", PASSPHRASE)
        hands.until(lambda: hands.shows("今日待办"))
        hands.until(lambda: hands.says("没有记住：这台电脑没有可用的系统密钥环"))


@pytest.mark.skipif(sys.platform != "linux", reason="2026-11-23: gnome-keyring is Linux")
def test_a_real_keyring_opens_the_desk_until_it_is_locked(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(prefix="kr") as folder:
        session = Session(Path(folder))
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session.address)
        try:
            with start() as hands:
                hands.tick("在这台电脑上记住，下次不用输入")
                type_key(hands, "口令", PASSPHRASE)
                hands.until(lambda: hands.says("这台电脑已记住"))
            with start() as hands:
                hands.until(lambda: hands.shows("今日待办"))
                hands.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
                hands.until(lambda: hands.reads("请输入口令，打开本单位的台账"))
                type_key(hands, "口令", PASSPHRASE)
                hands.until(lambda: hands.shows("今日待办"))
            session.kill_keyring()
            with start() as hands:
                hands.until(lambda: hands.reads("系统密钥环没有响应") or hands.reads("没有可用的系统密钥环"))
                type_key(hands, "口令", PASSPHRASE)
                hands.until(lambda: hands.shows("今日待办"))
        finally:
            session.close()
