"""监测对象, 户与成员, 用户 and 一起办理: what is half-typed is offered again, and told as what it is where the vault went on meanwhile."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from functools import partial
from pathlib import Path

import pytest
import typing_child
from half_typing import HELPED, KEPT, PAGES, SECRET, HalfTyped, with_monitored
from people_desk import LI, SUN, WHO, Seat, Town, seated
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QTableView
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.household_changes import Happening
from taizhang_casework.domain.people import Person, PersonId, Relation
from taizhang_casework.domain.steps import HomeVisit, Refusal, Step
from taizhang_casework.services.households import join_household
from taizhang_casework.services.verification import record
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.bundled import bundled_fonts
from taizhang_desktop.look.tokens import Appearance

Sit = Callable[[], AbstractContextManager[Seat]]
VISIT = HomeVisit(visited_on=date(2022, 4, 8), visitors=("李明", "周志强"), conclusion="情况属实")


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
    made = Town(tmp_path)
    made.found()
    return made


@pytest.fixture
def helped(town: Town) -> Town:
    """The same town in May, with a monitored household."""
    with_monitored(town)
    return town


@pytest.fixture
def sit(qtbot: QtBot, qapp: QApplication, town: Town) -> Sit:
    Look(qapp, bundled_fonts(), appearance=Appearance.LIGHT)
    return partial(seated, qtbot, town)


def go_on(seat: Seat, page: HalfTyped) -> None:
    seat.hands.until(lambda: seat.hands.reads(page.offered))
    seat.hands.text_button("接着填")
    page.again(seat.hands)


def find(seat: Seat, initials: str, head: str) -> None:
    """Another household, by the keyboard."""
    hands = seat.hands
    hands.into("households_line", initials)
    table = hands.see(QTableView, "households_found")
    hands.until(lambda: table.model().index(0, 0).data() == head)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_closed_at_once_after_the_last_key_it_is_offered_again_to_its_own_user_alone(
    page: HalfTyped, sit: Sit, helped: Town
) -> None:
    secret = page is PAGES["a new user"]
    with sit() as seat:
        seat.come_in(SUN)
        page.begin(seat.hands)
        if secret:
            seat.hands.labelled("初始口令", "")
        assert seat.top.close(), "nothing is asked: nothing would be lost"
    with sit() as seat:
        seat.come_in(LI)
        assert not seat.hands.reads("上次填写了一半")
        seat.lock()
        seat.come_in(SUN)
        go_on(seat, page)
    with helped.opened() as office:
        bodies = [draft.body for draft in office.drafts.of_user(helped.account(office, SUN).id)]
    assert bodies
    assert not any(SECRET in body for body in bodies)


def test_killed_while_typing_every_page_has_it_again(sit: Sit, helped: Town) -> None:
    child = subprocess.Popen(
        [sys.executable, typing_child.__file__, str(helped.folder), "pages"],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "typed\n"
        child.send_signal(signal.SIGKILL)
    with sit() as seat:
        seat.come_in(SUN)
        last = list(PAGES.values())[-1]
        others = "“新增用户”（赵敏）、“成员加入”（周福生）、“走访”（李秀英）"
        seat.hands.until(lambda: seat.hands.reads(f"另外还有：{others}"))
        go_on(seat, last)


def test_escape_leaves_the_form_and_keeps_it_and_giving_up_throws_it_away(sit: Sit, helped: Town) -> None:
    page = PAGES["a visit to a monitored household"]
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        page.begin(hands)
        hands.until(lambda: hands.reads(KEPT))
        hands.press(Qt.Key.Key_Escape)
        hands.click("monitoring_visit")
        page.again(hands)
        hands.click("monitoring_leave")
        hands.click("monitoring_visit")
        assert hands.see(QPlainTextEdit, "case_found").toPlainText() == ""


def test_a_change_begun_for_one_household_is_not_open_over_another(sit: Sit, helped: Town) -> None:
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        PAGES["a member who joins"].begin(hands)
        find(seat, "lxy", HELPED)
        hands.until(lambda: HELPED in hands.see(QLabel, "household_title").text())
        assert not hands.offers("放弃填写"), "the form of the other household is closed"
        find(seat, "zfs", WHO)
        hands.until(lambda: WHO in hands.see(QLabel, "household_title").text())
        PAGES["a member who joins"].again(hands)


def type_a_visit(seat: Seat) -> None:
    hands = seat.hands
    hands.until(lambda: hands.reads(WHO))
    hands.click("today_open")
    hands.into("case_conclusion", "家里没人，下周再去")


def come_back(seat: Seat) -> None:
    seat.come_in(SUN)
    seat.hands.until(lambda: seat.hands.reads(f"上次填写了一半的“入户核实”（{WHO}"))
    seat.hands.text_button("接着填")


def test_recorded_by_somebody_else_meanwhile_it_says_what_differs_and_is_not_saved_unseen(sit: Sit, town: Town) -> None:
    with sit() as seat:
        seat.come_in(SUN)
        type_a_visit(seat)
        assert seat.top.close()
    case = CaseId(town.case or "")
    town.clock.go_to(date(2022, 4, 8))
    with town.opened() as office:
        record(office.work, case, VISIT)
    with sit() as seat:
        hands = seat.hands
        come_back(seat)
        hands.until(lambda: hands.reads("“入户核实”：原来没有登记，现在登记了2022-04-08的"))
        assert hands.see(QPlainTextEdit, "case_conclusion").toPlainText() == "家里没人，下周再去"
        hands.click("case_save")
        hands.until(lambda: hands.reads("填写以后情况有变化，请先看上面的变化"))
        with_seen = hands.see(QLabel, "draft_stale")
        hands.click("draft_check")
        hands.until(lambda: not with_seen.isVisible())
        hands.click("case_save")
        hands.until(lambda: hands.reads("以上提示请核对") or hands.reads("请填写"))
        assert not hands.reads("请先看上面的变化")


def test_of_a_case_decided_meanwhile_it_is_told_as_of_no_use_with_the_words_and_thrown_away_by_a_click(
    sit: Sit, town: Town
) -> None:
    with sit() as seat:
        seat.come_in(SUN)
        type_a_visit(seat)
        assert seat.top.close()
    case = CaseId(town.case or "")
    town.clock.go_to(date(2022, 4, 9))
    with town.opened() as office:
        record(office.work, case, VISIT)
        record(office.work, case, Refusal(decided_on=date(2022, 4, 9), at=Step.HOME_VISIT, reason="not_so"))
    with sit() as seat:
        hands = seat.hands
        come_back(seat)
        told = hands.see(QLabel, "draft_useless")
        assert told.text() == (
            "2022-04-07填写了一半的“入户核实”用不上了：2022-04-09已认定为不符合；当时填写的：家里没人，下周再去"
        )
        hands.click("draft_drop")
        hands.until(lambda: not told.isVisible())
        assert seat.top.close()
    with sit() as seat:
        seat.come_in(SUN)
        assert not seat.hands.reads("上次填写了一半")


def test_after_more_than_thirty_days_it_is_told_with_its_day(sit: Sit, town: Town) -> None:
    with sit() as seat:
        seat.come_in(SUN)
        type_a_visit(seat)
        assert seat.top.close()
    town.clock.go_to(date(2022, 5, 20))
    with sit() as seat:
        come_back(seat)
        seat.hands.until(lambda: seat.hands.reads("2022-04-07填写的，已经超过30天"))


def test_a_household_that_changed_meanwhile_says_so_over_the_form(sit: Sit, helped: Town) -> None:
    with sit() as seat:
        seat.come_in(SUN)
        PAGES["a member who joins"].begin(seat.hands)
        assert seat.top.close()
    with helped.opened() as office:
        with office.work.store.reading() as desk:
            household = desk.cases.get(CaseId(helped.case or "")).household
        assert household is not None
        child = Person(id=PersonId(""), name="周小雨")
        born = Happening(on=date(2022, 5, 8), because="出生")
        join_household(office.work, household, child, Relation.CHILD, born)
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        go_on(seat, PAGES["a member who joins"])
        hands.until(lambda: hands.reads("现在的成员：原来周福生（户主），现在周福生（户主）、周小雨（子女）"))
        hands.click("member_save")
        hands.until(lambda: hands.reads("请先看上面的变化") or hands.reads("请选择与户主的关系"))
