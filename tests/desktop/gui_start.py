"""The first start and the opening of the desk, by keyboard and mouse, with a real worker."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import TextSize
from taizhang_desktop.shell.top_level import TopLevel
from taizhang_desktop.start.first_start_page import FirstStartPage
from taizhang_desktop.start.unlock_page import UnlockPage
from taizhang_desktop.tasks import DeskWorker
from taizhang_desktop.viewmodels.files import FileKind
from taizhang_desktop.viewmodels.first_start import FirstStart, FirstStartDeeds, Founding, RecoveryCode
from taizhang_desktop.viewmodels.key import Key, KeyKind
from taizhang_desktop.viewmodels.unlock import Unlock

GOOD = "horse-river-58-cloud"
CODE = RecoveryCode("K7QM2-9XTPA-4HVWD-8RNCE-J3F5Y-6ZB1S")
NAMES = ("环秀街道", "潮海街道", "通济街道", "北安街道", "龙泉街道", "龙山街道", "鳌山卫街道", "温泉街道", "田横镇")
TOWNS = tuple(
    Office(id=OfficeId(f"3702150{at:02}"), kind=OfficeKind.TOWN, name=name) for at, name in enumerate(NAMES, start=1)
)
BUREAU = Office(id=OfficeId("370215"), kind=OfficeKind.BUREAU, name="即墨区乡村振兴局")


class Shelf:
    """Answers every question with one path."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.asked: list[tuple[object, ...]] = []

    def save(self, title: str, name: str, kind: FileKind, then: Callable[[Path], None]) -> None:
        self.asked.append((title, name, kind))
        then(self.path)

    def open(
        self, title: str, kind: FileKind, then: Callable[[tuple[Path, ...]], None], *, several: bool = False
    ) -> None:
        self.asked.append((title, kind, several))
        then((self.path,))

    def folder(self, title: str, then: Callable[[Path], None]) -> None:
        self.asked.append((title,))
        then(self.path.parent)


class FreshOffice:
    """The page of the first start, and what it did."""

    def __init__(self, worker: DeskWorker, path: Path) -> None:
        self.founded: list[Founding] = []
        self.finished: list[bool] = []
        deeds = FirstStartDeeds(found=self.found, save_code=self.save, finished=lambda: self.finished.append(True))
        self.model = FirstStart(TOWNS, BUREAU, deeds, Shelf(path), worker.scope())
        self.page = FirstStartPage(self.model)
        self.trouble = False

    def found(self, founding: Founding) -> RecoveryCode:
        if self.trouble:
            raise OfficeTrouble("磁盘已满", safe="没有建立任何文件", do="请清理磁盘后再试")
        self.founded.append(founding)
        return CODE

    def save(self, code: RecoveryCode, path: Path) -> None:
        path.write_text(code.text, encoding="utf-8")


@pytest.fixture
def top(qtbot: QtBot, look: Look) -> Iterator[TopLevel]:
    made = TopLevel()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    look.choose(text_size=TextSize.NORMAL)


@pytest.fixture
def fresh(top: TopLevel, worker: DeskWorker, tmp_path: Path) -> FreshOffice:
    made = FreshOffice(worker, tmp_path / "code.pdf")
    top.show_page(made.page)
    return made


def press(widget: QObject, key: Qt.Key = Qt.Key.Key_Return) -> None:
    focused = QApplication.focusWidget()
    assert focused is widget
    QTest.keyClick(focused, key)


def test_a_town_is_set_up_by_keyboard_alone(
    qtbot: QtBot,
    worker: DeskWorker,
    top: TopLevel,
    fresh: FreshOffice,
    tmp_path: Path,
    type_chinese: Callable[[QObject, str], None],
) -> None:
    page = fresh.page
    press(page.office.town, Qt.Key.Key_Space)
    type_chinese(page.office.search, "龙泉")
    press(page.office.search)
    type_chinese(page.user.name.line, "王淑芬")
    press(page.user.name.line)
    QTest.keyClicks(page.user.passphrase.line, GOOD)
    assert page.user.strength.text() == "口令强度：较强"
    press(page.user.passphrase.line)
    QTest.keyClicks(page.user.again.line, GOOD)
    press(page.user.again.line)
    qtbot.waitUntil(lambda: page.recovery.code.text() == CODE.text)
    assert fresh.founded == [Founding(office=TOWNS[4], user_name="王淑芬", passphrase=GOOD)]
    assert not page.user.passphrase.line.text()
    press(page.recovery.save)
    qtbot.waitUntil(page.recovery.done.isVisible)
    assert (tmp_path / "code.pdf").read_text(encoding="utf-8") == CODE.text
    QTest.mouseClick(page.recovery.finish, Qt.MouseButton.LeftButton)
    assert page.recovery.fault.text() == "请先保存或抄写恢复码，并勾选确认"
    assert not top.close(), "the code is shown once: the window stays until it is kept"
    assert page.recovery.code.isVisible()
    page.recovery.kept.setFocus()
    press(page.recovery.kept, Qt.Key.Key_Space)
    QTest.mouseClick(page.recovery.finish, Qt.MouseButton.LeftButton)
    assert fresh.finished == [True]


def test_the_bureau_is_set_up_by_mouse(qtbot: QtBot, fresh: FreshOffice) -> None:
    page = fresh.page
    QTest.mouseClick(page.office.next, Qt.MouseButton.LeftButton)
    assert page.office.fault.text() == "请选择本单位"
    QTest.mouseClick(page.office.bureau, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.office.next, Qt.MouseButton.LeftButton)
    assert fresh.model.office == BUREAU
    QTest.mouseClick(page.user.back, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.office.town, Qt.MouseButton.LeftButton)
    row = page.office.list.visualItemRect(page.office.list.item(2)).center()
    QTest.mouseClick(page.office.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert fresh.model.office == TOWNS[2]


def test_trouble_while_the_vault_is_made_is_said_and_one_can_try_again(qtbot: QtBot, fresh: FreshOffice) -> None:
    page = fresh.page
    fresh.trouble = True
    fresh.model.choose(TOWNS[0])
    fresh.model.take_office()
    page.user.name.set_value("王淑芬")
    for field in (page.user.passphrase, page.user.again):
        QTest.keyClicks(field.line, GOOD)
    QTest.mouseClick(page.user.make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.notice_bar.isVisible)
    assert page.notice_bar.says.text() == "磁盘已满。"
    fresh.trouble = False
    QTest.mouseClick(page.user.make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.recovery.code.isVisible)
    assert not page.notice_bar.isVisible()


class Door:
    """The page that opens the desk: opens to one passphrase, once it is let."""

    def __init__(self, worker: DeskWorker) -> None:
        self.let = threading.Event()
        self.opened: list[bool] = []
        self.model = Unlock("龙泉街道办事处", self.open, lambda: self.opened.append(True), worker.scope())
        self.page = UnlockPage(self.model)

    def open(self, key: Key) -> None:
        self.let.wait(10)
        if key not in {Key(KeyKind.PASSPHRASE, GOOD), Key(KeyKind.RECOVERY_CODE, CODE.text)}:
            raise OfficeTrouble("口令不对", safe="数据没有变化", do="请检查大小写后重新输入")


@pytest.fixture
def door(top: TopLevel, worker: DeskWorker) -> Door:
    made = Door(worker)
    top.show_page(made.page)
    return made


def test_the_window_lives_while_the_key_is_tried_and_a_second_try_waits(
    qtbot: QtBot, door: Door, worker: DeskWorker
) -> None:
    line = door.page.passphrase.line
    QTest.keyClicks(line, GOOD)
    press(line)
    assert not door.page.open.isEnabled()
    assert door.page.open.text() == "正在打开……"
    door.model.unlock(GOOD)
    door.let.set()
    qtbot.waitUntil(lambda: not worker.busy)
    assert door.opened == [True]


def test_a_wrong_passphrase_is_said_beside_the_field_and_is_ready_to_be_typed_over(qtbot: QtBot, door: Door) -> None:
    door.let.set()
    line = door.page.passphrase.line
    QTest.keyClicks(line, "wrong")
    press(line)
    qtbot.waitUntil(lambda: bool(door.page.passphrase.findings))
    assert door.page.passphrase.below.text() == "口令不对。数据没有变化。请检查大小写后重新输入。"
    assert line.selectedText()
    QTest.keyClicks(line, GOOD)
    assert not door.page.passphrase.findings
    press(line)
    qtbot.waitUntil(lambda: door.opened == [True])


def test_the_recovery_code_opens_the_desk(qtbot: QtBot, door: Door) -> None:
    door.let.set()
    QTest.mouseClick(door.page.other, Qt.MouseButton.LeftButton)
    assert door.page.code.line.echoMode() is QLineEdit.EchoMode.Normal
    QTest.keyClicks(door.page.code.line, CODE.text)
    press(door.page.code.line)
    qtbot.waitUntil(lambda: door.opened == [True])


def test_the_passphrase_is_dots_until_the_eye_is_held(door: Door) -> None:
    field = door.page.passphrase
    assert field.line.echoMode() is QLineEdit.EchoMode.Password
    QTest.mousePress(field.eye, Qt.MouseButton.LeftButton)
    assert field.line.echoMode() is QLineEdit.EchoMode.Normal
    QTest.mouseRelease(field.eye, Qt.MouseButton.LeftButton)
    assert field.line.echoMode() is QLineEdit.EchoMode.Password


def test_locked_capitals_are_hinted_at(door: Door) -> None:
    field = door.page.passphrase
    shift, plain = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
    hints: list[str] = []
    for text, held in (("a", plain), ("A", shift), ("A", plain), ("a", plain)):
        QTest.sendKeyEvent(QTest.KeyAction.Click, field.line, Qt.Key.Key_A, text, held)
        hints.append(field.below.text())
    assert hints == ["", "", "大写锁定（Caps Lock）已打开", ""]


def test_the_pages_fit_a_small_screen_with_large_text(look: Look, top: TopLevel, fresh: FreshOffice) -> None:
    top.resize(1366, 768)
    look.choose(text_size=TextSize.LARGEST)
    QTest.mouseClick(fresh.page.office.town, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert top.width() <= 1366
    assert top.height() <= 768
    assert fresh.page.office.next.width() >= fresh.page.office.next.sizeHint().width()
