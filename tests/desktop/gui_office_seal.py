"""电子印章 on the page of users, by mouse and keyboard: loaded, replaced, ended, and every fault of a picture said at once."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desk_window import desk_window
from hands import Hands
from made_up_seal import seal_png
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.seals import OfficeSeal
from taizhang_desktop.bootstrap import OpenOffice
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.screens.users.screen import UsersScreen
from taizhang_desktop.viewmodels.navigation import Place
from taizhang_desktop.worker import DeskWorker

if TYPE_CHECKING:
    from tests.desktop.conftest import District


class Tab:
    """The administrator at the tab."""

    def __init__(self, hands: Hands, screen: UsersScreen, office: OpenOffice, worker: DeskWorker) -> None:
        self.hands, self.screen, self._office, self._worker = hands, screen, office, worker

    def choose(self, path: Path) -> None:
        self.hands.click("seal_load")
        self.hands.file(path)
        self.settle()

    def settle(self) -> None:
        self.hands.until(lambda: not self._worker.busy)

    def seals(self) -> list[OfficeSeal]:
        with self._office.store.reading() as desk:
            return list(desk.seals.all())

    def text(self, name: str) -> str:
        return self.hands.see(QLabel, name).text()


@pytest.fixture
def tab(qtbot: QtBot, look: Look, district: "District", worker: DeskWorker) -> Iterator[Tab]:
    del look
    with desk_window(qtbot, district.bureau, worker) as window:
        window.go_to(Place.USERS)
        screen = window.stack.currentWidget()
        assert isinstance(screen, UsersScreen)
        assert screen.seal is not None
        screen.tabs.setCurrentWidget(screen.seal)
        found = Tab(Hands(qtbot, window), screen, district.bureau, worker)
        found.settle()
        yield found


def test_a_seal_is_loaded_with_a_reason_replaced_and_ended(tab: Tab, tmp_path: Path) -> None:
    first, second = tmp_path / "章.png", tmp_path / "new.png"
    first.write_bytes(seal_png())
    second.write_bytes(seal_png(700))
    assert "还没有载入电子印章" in tab.text("seal_about")
    tab.choose(first)
    assert "600×600点，可以用" in tab.text("seal_about")
    tab.hands.press(Qt.Key.Key_Return)
    assert tab.hands.reads("请填写原因")
    assert tab.seals() == []
    tab.hands.type("启用电子印章")
    tab.hands.press(Qt.Key.Key_Return)
    tab.settle()
    assert tab.hands.says("电子印章已载入")
    assert "原因：启用电子印章" in tab.text("seal_about")
    tab.choose(second)
    tab.hands.into("seal_why", "原图不清")
    tab.hands.click("seal_yes")
    tab.settle()
    assert "700×700点" in tab.text("seal_about")
    tab.hands.click("seal_end")
    tab.hands.into("seal_why", "章换了")
    tab.hands.click("seal_yes")
    tab.settle()
    assert "还没有载入电子印章" in tab.text("seal_about")
    assert sorted((seal.why, seal.ended_why) for seal in tab.seals()) == [
        ("原图不清", "章换了"),
        ("启用电子印章", "原图不清"),
    ]


def test_every_fault_of_a_picture_is_said_at_once_and_nothing_is_kept(tab: Tab, tmp_path: Path) -> None:
    bad = tmp_path / "bad.png"
    bad.write_bytes(seal_png(300, white=True))
    tab.choose(bad)
    says = tab.text("seal_fault")
    assert "300×300点" in says
    assert "背景不透明" in says
    assert "原有的电子印章没有改变" in says
    assert tab.seals() == []
    bad.write_bytes(b"not a picture")
    tab.choose(bad)
    assert "不是完好的PNG图片" in tab.text("seal_fault")
    bad.write_bytes(seal_png())
    tab.choose(bad)
    assert not tab.screen.seal or not tab.screen.seal.fault.isVisible()
    tab.hands.click("seal_no")
    assert "还没有载入电子印章" in tab.text("seal_about")
    assert tab.seals() == []
