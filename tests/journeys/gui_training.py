"""A training in the program's window: nobody can overlook that it is one, it does everything, and nothing real is touched by it."""

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import keyring
import openpyxl
import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest
from asked import keyring_asked
from hands import Hands
from people_desk import SECRETS, SUN, TOWN, Town, surroundings
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel
from pytestqt.qtbot import QtBot
from seated import seated
from taizhang_casework.services.founding import own_keys
from taizhang_casework.services.receiving import take_package
from taizhang_desktop.bootstrap import load_rules
from taizhang_desktop.bootstrap.restoring import BackupOfATraining, Restoration
from taizhang_desktop.bootstrap.tools import OfficeTools, OtherWorld
from taizhang_desktop.demo.training_facts import PASSPHRASE, STICK
from taizhang_desktop.kit.file_chooser import QtFileChooser
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.bundled import bundled_fonts
from taizhang_desktop.look.tokens import Appearance
from taizhang_desktop.settings import SettingsFile
from taizhang_desktop.shell.top_level import TopLevel
from taizhang_desktop.training import BAND, TrainingRoom
from taizhang_desktop.viewmodels.key import Key, KeyKind
from taizhang_exchange.packages.trouble import TrainingPackage

if sys.platform == "linux":
    from keyring_session import Session

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the keyring of the test is gnome's")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, session: "Session") -> Path:
    """Where trainings are; its own, so that nothing else lies there."""
    del session  # it has its folder before this one is in force
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator["Session"]:
    """A real keyring in which something real is kept."""
    with tempfile.TemporaryDirectory(prefix="tz-") as folder:  # a socket's path must be short
        made = Session(Path(folder))
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made.address)
        keyring.set_password("taizhang", "real", "kept")
        yield made
        keyring_asked()
        made.close()


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A real office on this PC, locked, with settings of its own."""
    made = Town(tmp_path / "real", settings=SettingsFile(tmp_path / "real" / "settings.json"))
    made.found()
    made.settings.keep_last_user(TOWN.name, "1")
    return made


@pytest.fixture
def hands(qtbot: QtBot, qapp: QApplication, town: Town, temporary: Path) -> Iterator[Hands]:
    """The program on the page that asks for the real office's key."""
    assert not list(temporary.iterdir())
    Look(qapp, bundled_fonts(), appearance=Appearance.LIGHT)
    windows: list[TopLevel] = []

    def train(left: Callable[[], None]) -> None:
        TrainingRoom(windows[0], around, left, files=partial(QtFileChooser, native=False))

    around = replace(surroundings(town), train=train)
    with seated(qtbot, around) as made:
        assert isinstance(made.window, TopLevel)
        windows.append(made.window)
        yield made
        if made.window.banded:
            made.window.close()
    assert town.crashes == []


def real_things(town: Town, session: "Session") -> dict[Path, tuple[bytes, int]]:
    """Every file of the real office, its settings and the keyring: what it holds and when it was written."""
    folders = (town.folder, session.folder / ".local")
    files = (file for folder in folders for file in folder.rglob("*") if file.is_file())
    return {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


def band(hands: Hands) -> bool:
    """Whether the page says above everything that it is a training, and the window's title too."""
    bands: Iterable[QLabel] = hands.window.findChildren(QLabel, "training_says")
    shown = any(says.isVisible() and says.text() == BAND for says in bands)
    assert shown is hands.window.windowTitle().startswith("【演练】")
    return shown


def train(hands: Hands) -> Path:
    """Begin a training; its folder."""
    hands.click("begin_training")
    assert band(hands)
    hands.until(lambda: hands.shows("今日待办"))
    (folder,) = Path(tempfile.gettempdir()).glob("taizhang-training-*")
    return folder


def leave(hands: Hands) -> None:
    hands.click("leave_training")
    hands.click("end_training")
    hands.until(lambda: hands.reads("请输入口令，打开本单位的台账"))


def text_of(pdf: Path) -> str:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


def lies_at(folder: Path, pattern: str) -> Callable[[], bool]:
    return lambda: any(folder.glob(pattern))


def make_everything(hands: Hands, package: Path, out: Path) -> None:
    """Take a package in, freeze, print and pack the month, export the table, the card and a backup."""
    hands.text_button("数据交换")
    hands.click("take_package")
    hands.file(package)
    hands.until(lambda: hands.says("4条"))
    hands.click("export_card")
    hands.file(out / "演练.tzcard")
    hands.until((out / "演练.tzcard").is_file)
    hands.text_button("月度报送")
    hands.click("filing_freeze")
    hands.click("filing_print_a4")
    hands.file(out / "台账.pdf")
    hands.until((out / "台账.pdf").is_file)
    hands.click("filing_pack")
    hands.folder(out)
    hands.until(lies_at(out, "汇总表_*.tzb"))
    hands.text_button("预警台账")
    hands.click("ledger_export")
    hands.file(out / "台账.xlsx")
    hands.until((out / "台账.xlsx").is_file)
    hands.text_button("数据备份")
    hands.click("make_backup")
    hands.folder(out)
    hands.until(lies_at(out, "*.tzbak"))
    hands.until(lambda: hands.says("备份完成"))
    hands.click("go_to_restore")
    hands.until(lambda: hands.says("演练里不能恢复备份"))


def test_a_training_that_does_everything_touches_nothing_real(
    hands: Hands, town: Town, session: "Session", tmp_path: Path
) -> None:
    before = real_things(town, session)
    assert len(before) > 4
    out = tmp_path / "out"
    out.mkdir()
    folder = train(hands)
    (package,) = (folder / STICK).glob("*.tzb")
    make_everything(hands, package, out)
    assert band(hands)
    leave(hands)
    assert not band(hands)
    assert not folder.exists()
    keyring_asked()
    assert real_things(town, session) == before

    assert text_of(out / "台账.pdf").count("演练") >= 4
    cells = [cell.value for cell in openpyxl.load_workbook(out / "台账.xlsx").worksheets[0]["A"]]
    assert set(cells) == {"演练"}
    (packed,), (backup,) = out.glob("*.tzb"), out.glob("*.tzbak")
    packed = packed.rename(out / "真的.tzb")
    restoration = Restoration(tmp_path / "elsewhere", None, load_rules(), town.clock)
    with pytest.raises(BackupOfATraining):
        restoration.check(backup, Key(KeyKind.PASSPHRASE, PASSPHRASE), lambda _done, _of: None)
    with town.opened() as office:
        with pytest.raises(TrainingPackage, match="演练数据包"):
            take_package(office.work, office.courier, packed)
        with pytest.raises(OtherWorld, match="演练用的名片"):
            OfficeTools(office).read_card(out / "演练.tzcard")


def test_the_locked_training_says_what_it_is_and_its_passphrase_and_offers_to_remember_nothing(hands: Hands) -> None:
    train(hands)
    hands.text_button("户与成员")
    hands.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    hands.until(lambda: hands.reads(PASSPHRASE))
    assert band(hands)
    remember = hands.window.findChild(QCheckBox, "remember_key")
    assert isinstance(remember, QCheckBox)
    assert not remember.isVisible()
    hands.labelled("口令", PASSPHRASE)
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: hands.shows("户与成员"))
    assert band(hands)


def test_a_training_left_and_begun_again_is_new_and_the_real_office_opens_afterwards(hands: Hands, town: Town) -> None:
    first = train(hands)
    hands.click("leave_training")
    hands.text_button("继续演练")
    assert hands.shows("今日待办")
    leave(hands)
    second = train(hands)
    assert second != first
    leave(hands)
    hands.until(lambda: hands.see(QComboBox, "").findText(SUN) >= 0)
    hands.choose("", SUN)
    hands.labelled("口令", SECRETS[SUN])
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: hands.shows("今日待办") and hands.reads(TOWN.name))
    assert not band(hands)
    assert not hands.reads("演练")


def test_closing_the_window_wipes_the_training(hands: Hands, temporary: Path) -> None:
    train(hands)
    hands.window.close()
    assert not list(temporary.glob("taizhang-training-*"))


def test_a_real_card_cannot_be_registered_in_a_training(hands: Hands, town: Town, tmp_path: Path) -> None:
    with town.opened() as office:
        tools = OfficeTools(office)
        tools.write_card(own_keys(office.store).card, tmp_path / "真.tzcard")
    train(hands)
    hands.text_button("数据交换")
    hands.click("import_card")
    hands.file(tmp_path / "真.tzcard")
    hands.until(lambda: hands.says("是真实单位的名片，演练里不能登记"))
