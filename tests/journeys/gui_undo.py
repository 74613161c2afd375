"""Ctrl+Z at the window: it says what it takes back and for whom, does it on the second press, and leaves texts their own."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from people_desk import SUN, WHO, Seat, Town, seated
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QTableView
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


def visited(seat: Seat) -> None:
    """The form of the visit filled in and saved; its paper asks for more, which is not there."""
    hands = seat.hands
    hands.until(lambda: hands.reads(WHO))
    hands.click("today_open")
    hands.into("case_visited_on", "0407")
    hands.into("case_visitors", "孙晓梅、周志强")
    hands.into("case_conclusion", "情况属实，住院自付一万二")
    hands.click("case_save")
    hands.until(lambda: hands.see(QPushButton, "case_save").text() == "情况属实，保存")
    hands.click("case_save")
    hands.until(lambda: hands.see(QLabel, "case_form_title").text() == "民主评议")


def taken_back(seat: Seat, what: str) -> None:
    ctrl_z(seat)
    seat.hands.until(lambda: seat.hands.says(f"撤销：{what}（{WHO}）"))
    ctrl_z(seat)
    seat.hands.until(lambda: seat.hands.says(f"已撤销：{what}（{WHO}）"))


def test_a_visit_whose_saving_was_taken_back_stands_in_its_form_again_as_it_was_typed(sit: Sit, town: Town) -> None:
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        visited(seat)
        taken_back(seat, "入户核实")
        assert hands.says(f"“入户核实”（{WHO}）填过的内容还在表里，没有保存，可以改好再保存")
        hands.until(lambda: hands.see(QLabel, "case_form_title").text() == "入户核实")
        assert hands.see(QLineEdit, "case_visited_on").text() == "2022-04-07"
        assert hands.see(QPlainTextEdit, "case_conclusion").toPlainText() == "情况属实，住院自付一万二"
        hands.until(lambda: hands.reads("填写一半的内容已保存"))
        hands.into("case_conclusion", "情况属实，住院自付两万一")
        hands.click("case_save")
        hands.until(lambda: hands.see(QPushButton, "case_save").text() == "情况属实，保存")
        hands.click("case_save")
        hands.until(lambda: hands.see(QLabel, "case_form_title").text() == "民主评议")
    with town.opened() as office:
        assert verify(office.vault, PACKS).findings == ()


def test_taken_back_from_another_page_the_way_to_what_was_typed_is_offered(sit: Sit) -> None:
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        visited(seat)
        hands.text_button("今日待办")
        hands.until(lambda: hands.shows("今日待办"))
        taken_back(seat, "入户核实")
        hands.text_button("接着填")
        hands.until(lambda: hands.shows("案件办理"))
        assert hands.see(QPlainTextEdit, "case_conclusion").toPlainText() == "情况属实，住院自付一万二"
        assert seat.top.close()
    with sit() as seat:
        seat.come_in(SUN)
        seat.hands.until(lambda: seat.hands.reads("上次填写了一半的“入户核实”"))
