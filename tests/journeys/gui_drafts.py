"""Nothing typed is lost: killed, locked or closed, the half-typed forms are there again, for their own user alone."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
import typing_child
from people_desk import LI, SUN, WHO, Seat, Town, seated
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot
from shipped import PACKS
from taizhang_db.verifying import verify
from taizhang_desktop import program
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


def type_a_warning(seat: Seat) -> None:
    hands = seat.hands
    hands.text_button("预警台账")
    hands.click("ledger_take")
    hands.into("intake_name", "周福生的儿子")
    hands.into("intake_received_on", "4.")
    hands.into("intake_detail", "大棚受灾")


def the_warning_is_there(seat: Seat) -> None:
    hands = seat.hands
    hands.until(lambda: hands.reads("上次填写了一半的“登记预警信息”还在"))
    hands.text_button("接着填")
    assert hands.see(QLineEdit, "intake_name").text() == "周福生的儿子"
    assert hands.see(QPlainTextEdit, "intake_detail").toPlainText() == "大棚受灾"
    hands.until(lambda: hands.reads("填写一半的内容已保存"))


def test_killed_while_typing_the_program_shows_the_half_typed_forms_again(sit: Sit, town: Town) -> None:
    child = subprocess.Popen(
        [sys.executable, typing_child.__file__, str(town.folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "typed\n"
        child.send_signal(signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL
    with town.opened() as office:
        assert verify(office.vault, PACKS).findings == ()
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        the_warning_is_there(seat)
        hands.text_button("今日待办")
        hands.until(lambda: hands.reads(WHO))
        hands.click("today_open")
        assert hands.see(QPlainTextEdit, "case_conclusion").toPlainText() == "情况属实"


def test_closed_at_once_after_the_last_key_nothing_is_asked_and_nothing_lost(sit: Sit) -> None:
    with sit() as seat:
        seat.come_in(SUN)
        type_a_warning(seat)
        assert seat.top.close()
    with sit() as seat:
        seat.come_in(SUN)
        the_warning_is_there(seat)
        assert seat.hands.see(QLineEdit, "intake_received_on").text() == "4.", "unreadable, and letter for letter"


def test_what_is_half_typed_is_told_though_the_first_screen_comes_after_it_was_read(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sit() as seat:
        seat.come_in(SUN)
        type_a_warning(seat)
        assert seat.top.close()
    monkeypatch.setattr(program, "FRAME_FIRST_MS", 600)
    with sit() as seat:
        seat.come_in(SUN)
        seat.hands.until(lambda: seat.hands.reads(WHO))
        the_warning_is_there(seat)


def test_locked_and_then_closed_it_is_there_for_its_user_and_not_for_another(sit: Sit) -> None:
    with sit() as seat:
        seat.come_in(SUN)
        type_a_warning(seat)
        seat.lock()
        assert seat.top.close()
    with sit() as seat:
        seat.come_in(LI)
        seat.hands.text_button("预警台账")
        seat.hands.click("ledger_take")
        assert not seat.hands.reads("上次填写了一半")
        assert seat.hands.see(QLineEdit, "intake_name").text() == ""
        seat.lock()
        seat.come_in(SUN)
        the_warning_is_there(seat)


def test_a_form_given_up_or_saved_is_not_offered_again(sit: Sit) -> None:
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        hands.until(lambda: hands.reads(WHO))
        hands.click("today_open")
        hands.into("case_conclusion", "情况属实")
        hands.until(lambda: hands.reads("填写一半的内容已保存"))
        hands.text_button("放弃填写")
        assert seat.top.close()
    with sit() as seat:
        seat.come_in(SUN)
        seat.hands.until(lambda: seat.hands.reads(WHO))
        assert not seat.hands.reads("上次填写了一半")
