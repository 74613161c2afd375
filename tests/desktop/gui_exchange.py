"""数据交换 of a town and of the bureau, by keyboard and mouse: cards, packages, receipts, and files that are none of these."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hands import Hands
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.offices import OfficeId
from taizhang_desktop.desk import DeskTools, open_desk
from taizhang_desktop.kit.file_chooser import QtFileChooser
from taizhang_desktop.kit.states import StatePage
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.screens.exchange import ExchangeScreen
from taizhang_desktop.settings import SettingsFile
from taizhang_desktop.shell.window import MainWindow
from taizhang_desktop.viewmodels.files import FileChooser
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_desktop.worker import DeskWorker
from taizhang_exchange.packages import fingerprint, write_card

if TYPE_CHECKING:
    from tests.desktop.conftest import Chooser, District

BUREAU, HUANXIU, CHAOHAI = OfficeId("370215"), OfficeId("370215001"), OfficeId("370215002")


class Desk:
    """An office's open window at 数据交换."""

    def __init__(self, window: MainWindow, worker: DeskWorker, qtbot: QtBot) -> None:
        self.window = window
        self._worker = worker
        self._qtbot = qtbot
        screen = window.screen_of(Place.EXCHANGE)
        assert isinstance(screen, ExchangeScreen)
        self.screen = screen

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self._worker.busy)

    def press(self, *keys: Qt.Key) -> None:
        """Press keys where the focus is."""
        for key in keys:
            focus = QApplication.focusWidget()
            assert focus is not None
            QTest.keyClick(focus, key)
        self.settle()

    def click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    @property
    def notice(self) -> str:
        bar = self.window.notice_bar
        return f"{bar.says.text()}\n{bar.details.text()}" if bar.isVisible() else ""

    def register(self, at: int) -> list[str]:
        """A column of the register of packages."""
        model = self.screen.table.model()
        return [str(model.index(row, at).data()) for row in range(model.rowCount())]

    def partners(self) -> list[str]:
        model = self.screen.cards.table.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


Opened = Callable[[OfficeId], Desk]


@pytest.fixture
def open_with(
    qtbot: QtBot, look: Look, district: "District", worker: DeskWorker
) -> Iterator[Callable[[OfficeId, FileChooser], Desk]]:
    windows: list[MainWindow] = []

    def open_it(code: OfficeId, files: FileChooser) -> Desk:
        tools = DeskTools(
            files=files, keep_report=lambda crash: pytest.fail(str(crash)), lock=lambda: None, settings=SettingsFile()
        )
        window = open_desk(district.office(code), worker, tools).window
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1366, 697)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        desk = Desk(window, worker, qtbot)
        key = Qt.Key.Key_5 if code == BUREAU else Qt.Key.Key_7
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        desk.settle()
        assert window.stack.currentWidget() is desk.screen
        return desk

    yield open_it
    for window in windows:
        window.close()


@pytest.fixture
def opened(open_with: Callable[[OfficeId, FileChooser], Desk], chooser: "Chooser") -> Opened:
    return lambda code: open_with(code, chooser)


def card_file(district: "District", code: OfficeId) -> Path:
    path = district.stick / f"{code}.tzcard"
    write_card(district.card(code), path)
    return path


def test_an_office_alone_sees_its_own_fingerprint_and_what_to_do_first(opened: Opened, district: "District") -> None:
    desk = opened(HUANXIU)

    assert desk.screen.cards.name.text() == "环秀街道"
    assert desk.screen.cards.fingerprint.text() == fingerprint(district.card(HUANXIU))
    assert desk.screen.cards.title.text() == "还没有登记其他单位"
    page = desk.screen.register.currentWidget()
    assert isinstance(page, StatePage)
    assert page.says.text() == "还没有收发过数据包"
    assert not desk.screen.confirm.isVisible()
    assert not desk.screen.answer.isEnabled()


def test_a_card_is_read_compared_and_confirmed_by_the_keyboard(
    opened: Opened, district: "District", chooser: "Chooser"
) -> None:
    desk = opened(BUREAU)
    for _ in range(2):
        chooser.will_choose(district.stick / "370215001.tzcard")
    card_file(district, HUANXIU)
    desk.click(desk.screen.cards.take)
    assert desk.screen.confirm.isVisible()
    assert desk.screen.confirm.fingerprint.text() == fingerprint(district.card(HUANXIU))
    assert desk.screen.confirm.no.hasFocus()

    desk.press(Qt.Key.Key_Return)
    assert not desk.screen.confirm.isVisible()
    assert desk.partners() == []

    desk.click(desk.screen.cards.take)
    desk.press(Qt.Key.Key_Tab)
    assert desk.screen.confirm.yes.hasFocus()
    desk.press(Qt.Key.Key_Return)

    assert desk.partners() == ["环秀街道"]
    assert desk.screen.cards.title.text() == "已登记的单位（1）"
    assert desk.notice.startswith("已登记环秀街道，可以互相收发数据包")
    desk.screen.cards.table.setFocus()
    desk.press(Qt.Key.Key_Home)
    assert desk.screen.cards.picked.text() == f"环秀街道的指纹\n{fingerprint(district.card(HUANXIU))}"


def test_the_own_card_is_written_through_the_real_dialog(
    open_with: Callable[[OfficeId, FileChooser], Desk], district: "District", qtbot: QtBot
) -> None:
    desk = open_with(HUANXIU, QtFileChooser(district.stick, native=False))
    target = district.stick / "card.tzcard"
    desk.click(desk.screen.cards.export)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(line, QLineEdit)
    assert line.text() == "单位名片_环秀街道.tzcard"
    Hands(qtbot, desk.window).file(target)
    qtbot.waitUntil(target.is_file)
    desk.settle()

    assert desk.notice.startswith(f"本单位名片已保存到“{target}”")


def test_an_altered_card_is_one_sentence_and_nobody_is_enrolled(
    opened: Opened, district: "District", chooser: "Chooser"
) -> None:
    desk = opened(BUREAU)
    path = card_file(district, HUANXIU)
    path.write_text(path.read_text(encoding="utf-8").replace("环秀", "潮海"), encoding="utf-8")
    chooser.will_choose(path)
    desk.click(desk.screen.cards.take)

    assert desk.notice == (
        "“370215001.tzcard”不是有效的单位名片（内容被改动过）。\n"
        "数据情况：没有登记任何单位。\n现在请：请让对方重新导出名片文件（.tzcard），不要手工修改。"
    )
    assert not desk.screen.confirm.isVisible()
    assert desk.partners() == []


def for_somebody_else(district: "District") -> Path:
    district.collect(CHAOHAI, 1)
    return district.warnings_for(CHAOHAI)


def cut_off(district: "District") -> Path:
    district.collect(HUANXIU, 1)
    package = district.warnings_for(HUANXIU)
    package.write_bytes(package.read_bytes()[:-20])
    return package


def a_workbook(district: "District") -> Path:
    return district.write_list("名单.xlsx", [])


@pytest.mark.parametrize(
    ("file", "happened"),
    [
        pytest.param(for_somebody_else, "不是发给本单位的", id="a package for another town"),
        pytest.param(cut_off, "不完整或已损坏", id="a package that was cut off"),
        pytest.param(a_workbook, "不是数据包", id="a workbook"),
    ],
)
def test_a_file_that_is_no_package_for_here_is_one_notice_and_changes_nothing(
    file: Callable[["District"], Path], happened: str, opened: Opened, district: "District", chooser: "Chooser"
) -> None:
    district.town(HUANXIU)
    chooser.will_choose(file(district))
    desk = opened(HUANXIU)
    assert desk.screen.take.hasFocus()
    desk.press(Qt.Key.Key_Return)

    says, safe, todo = desk.notice.split("\n")
    assert happened in says
    assert safe == "数据情况：本机数据没有改变，数据包里的内容一条也没有导入。"
    assert todo.startswith("现在请：")
    assert desk.register(0) == []


def test_a_town_says_on_which_day_the_package_came_and_answers_it(
    opened: Opened, district: "District", chooser: "Chooser", type_chinese: Callable[[QObject, str], None]
) -> None:
    district.town(HUANXIU)
    district.collect(HUANXIU, 2)
    chooser.will_choose(district.warnings_for(HUANXIU))
    desk = opened(HUANXIU)
    line = desk.screen.received_on.line
    line.setFocus()
    type_chinese(line, "4月5日")
    desk.click(desk.screen.take)
    desk.settle()

    assert [desk.register(at) for at in (0, 1, 2, 3, 5, 7)] == [
        ["收到"],
        ["预警信息"],
        ["即墨区乡村振兴局"],
        ["第1号"],
        ["2"],
        ["未生成回执"],
    ]
    with district.office(HUANXIU).store.reading() as read:
        assert {case.warning.received_on for case in read.cases.open()} == {date(2022, 4, 5)}
    assert line.text() == ""
    chooser.will_choose(district.stick)
    desk.click(desk.window.notice_bar.action)
    assert (desk.register(1), desk.register(7)) == (["回执", "预警信息"], ["", "已生成回执"])
    assert (district.stick / "回执_环秀街道致即墨区乡村振兴局_2022-04_第1号.tzb").is_file()


def test_a_day_that_is_none_is_said_before_any_file_is_asked_for(
    opened: Opened, district: "District", chooser: "Chooser"
) -> None:
    desk = opened(HUANXIU)
    line = desk.screen.received_on.line
    line.setFocus()
    QTest.keyClicks(line, "13-45")
    desk.click(desk.screen.take)

    assert chooser.asked == []
    assert desk.screen.received_on.findings[0].blocks
    assert line.hasFocus()


def test_the_bureau_is_not_asked_for_a_day_and_answers_what_it_chose(
    opened: Opened, district: "District", chooser: "Chooser"
) -> None:
    for town in (HUANXIU, CHAOHAI):
        district.collect(town, 1)
        district.road(district.town(town)).take(district.warnings_for(town), None)
        district.road(district.bureau).take(district.file_month(town)[1], None)
    desk = opened(BUREAU)
    assert not desk.screen.received_on.isVisible()
    assert desk.register(2) == ["潮海街道", "潮海街道", "环秀街道", "环秀街道"]

    desk.screen.table.setFocus()
    desk.press(Qt.Key.Key_Home, Qt.Key.Key_Down)
    assert desk.register(0)[1] == "发出"
    assert not desk.screen.answer.isEnabled()
    desk.press(Qt.Key.Key_Down)
    assert desk.screen.answer.isEnabled()
    chooser.will_choose(district.stick)
    desk.click(desk.screen.answer)

    assert desk.register(7) == ["", "未生成回执", "等待回执", "已生成回执", "等待回执"]
    assert desk.notice.startswith("回执已保存到")


def test_another_screen_can_send_here_for_a_package_at_once(
    opened: Opened, district: "District", chooser: "Chooser"
) -> None:
    desk = opened(BUREAU)
    desk.window._model.go(Destination(Place.EXCHANGE, "take"))
    desk.settle()

    assert chooser.asked == ["接收数据包"]


def test_tab_goes_from_the_package_to_the_cards_and_the_register(
    opened: Opened, district: "District", chooser: "Chooser"
) -> None:
    district.town(HUANXIU)
    district.collect(HUANXIU, 1)
    district.road(district.office(HUANXIU)).take(district.warnings_for(HUANXIU), None)
    desk = opened(HUANXIU)
    desk.screen.table.selectRow(0)
    cards = desk.screen.cards
    walk = [desk.screen.take, desk.screen.answer, desk.screen.received_on.line, desk.screen.table]
    desk.screen.take.setFocus()
    for here in (*walk, cards.export, cards.table, cards.take):
        assert here.hasFocus(), here.objectName()
        desk.press(Qt.Key.Key_Tab)
