"""Ctrl+Z at the window: it says what it takes back and for whom, does it on the second press, and leaves texts their own."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from people_desk import SUN, WHO, Seat, Town, seated
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView
from pytestqt.qtbot import QtBot
from shipped import PACKS
from taizhang_db.verifying import verify
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.bundled import bundled_fonts
from taizhang_desktop.look.tokens import Appearance

Sit = Callable[[], AbstractContextManager[Seat]]


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
    made = Town(tmp_path)
    made.found()
    return made


@pytest.fixture
def sit(qtbot: QtBot, qapp: QApplication, town: Town) -> Sit:
    Look(qapp, bundled_fonts(), appearance=Appearance.LIGHT)
    return partial(seated, qtbot, town)


def ctrl_z(seat: Seat) -> None:
    seat.hands.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_the_newest_change_is_said_and_then_taken_back_and_the_table_shows_it(sit: Sit, town: Town) -> None:
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        hands.until(lambda: hands.reads(WHO))
        hands.click("today_open")
        hands.click("case_offer_discarding")
        hands.into("case_why", "登记错了")
        hands.click("case_save")
        hands.until(lambda: hands.shows("预警台账"))
        ctrl_z(seat)
        hands.until(lambda: hands.says(f"撤销：移到回收站（{WHO}）"))
        ctrl_z(seat)
        hands.until(lambda: hands.says(f"已撤销：移到回收站（{WHO}）"))
        hands.until(lambda: hands.see(QTableView, "ledger_table").model().rowCount() == 1)
    with town.opened() as office:
        assert verify(office.vault, PACKS).findings == ()


def test_in_a_text_it_takes_back_what_was_typed_and_asks_nothing(sit: Sit) -> None:
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        hands.text_button("预警台账")
        hands.into("ledger_search", "abc")
        line = hands.see(QLineEdit, "ledger_search")
        ctrl_z(seat)
        assert line.text() != "abc"
        assert not hands.reads("可以撤销的改动")


def test_in_the_grid_it_takes_back_what_was_filled_in_there(sit: Sit) -> None:
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        hands.text_button("预警台账")
        hands.click("ledger_take")
        hands.click("intake_many")
        QGuiApplication.clipboard().setText("周福生的儿子")
        hands.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        hands.until(lambda: hands.reads("共1行"))
        ctrl_z(seat)
        hands.until(lambda: not hands.reads("共1行"))
        assert not hands.reads("可以撤销的改动")
        QGuiApplication.clipboard().clear()
