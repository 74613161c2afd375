"""更正已办结的: a step of a closed case on the rail, its form with the reason, by mouse and keyboard over a real vault."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from case_page import (
    REVIEW,
    ROOM,
    VISIT,
    Attached,
    TypeChinese,
    case_of,
    click,
    focused,
    line,
    matched,
    part,
    says,
    title,
    visible,
    write,
    written,
)
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot
from shipped import ORDER
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.offices import Role, User
from taizhang_casework.domain.steps import Step
from taizhang_casework.services.work import Work
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.screens.case.screen import CaseScreen
from taizhang_desktop.viewmodels.case import CaseModel

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, Chooser, FrameSpy

REFUSED: Given = {
    "decided_on": date(2022, 4, 14),
    "at": "democratic_review",
    "reason": "not_so",
    "explanation": "不困难",
}


@pytest.fixture
def refused(town_work: Work) -> CaseId:
    case = matched(town_work)
    written(town_work, case, home_visit=VISIT, democratic_review=REVIEW, refusal=REFUSED)
    return case


def choose(screen: CaseScreen, step: Step) -> None:
    QTest.mouseClick(screen.rail, Qt.MouseButton.LeftButton, pos=screen.rail.place_of(step).toPoint())


def test_a_step_of_a_decided_case_is_corrected_with_its_reason_and_the_case_stays_as_it_was(
    qtbot: QtBot, screen: CaseScreen, town_work: Work, refused: CaseId, type_chinese: TypeChinese
) -> None:
    screen.activate(refused)
    choose(screen, Step.HOME_VISIT)
    assert title(screen) == "入户核实"
    assert "已有结论，更正" in says(screen)
    line(screen, "visitors").selectAll()
    type_chinese(line(screen, "visitors"), "孙晓梅 吴海涛")
    QTest.keyClick(line(screen, "visitors"), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert focused() is part(screen, QPlainTextEdit, "case_correction_reason"), "the reason is missing"
    assert "本户已认定为不符合，更正要写明原因；结果要改的，请先重新打开" in says(screen)
    type_chinese(focused(), "核对签字表，第二名是吴海涛")
    QTest.keyClick(focused(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    known = case_of(town_work, refused)
    state = case_state(known, ORDER)
    assert known.entries[-1].why == "核对签字表，第二名是吴海涛"
    assert state.home_visit is not None
    assert state.home_visit.visitors == ("孙晓梅", "吴海涛")
    assert state.refusal is not None
    choose(screen, Step.HOME_VISIT)
    assert part(screen, QPlainTextEdit, "case_correction_reason").toPlainText() == "", "every correction has its own"


def test_what_would_change_the_outcome_leads_to_reopening(
    qtbot: QtBot, screen: CaseScreen, town_work: Work, refused: CaseId, type_chinese: TypeChinese
) -> None:
    screen.activate(refused)
    choose(screen, Step.DEMOCRATIC_REVIEW)
    line(screen, "held_on").selectAll()
    QTest.keyClicks(line(screen, "held_on"), "0415")
    type_chinese(part(screen, QPlainTextEdit, "case_correction_reason"), "日期写错了")
    click(screen, "case_save")
    assert any("认定要重新办，请先点“重新打开…”" in words for words in says(screen))
    assert len(case_of(town_work, refused).entries) == 3
    click(screen, "case_offer_reopening")
    assert title(screen) == "重新打开"


def test_a_clerk_reads_who_may_correct_what_was_decided_on(
    qtbot: QtBot,
    look: Look,
    town_work: Work,
    refused: CaseId,
    runner: "AtOnce",
    frame: "FrameSpy",
    chooser: "Chooser",
    attached: Attached,
) -> None:
    clerk = replace(town_work, user=User(name="周海燕", role=Role.CLERK))
    made = CaseScreen(CaseModel(clerk, runner, frame, chooser, write), attached(runner))
    qtbot.addWidget(made)
    made.resize(*ROOM)
    with qtbot.waitExposed(made):
        made.show()
    made.activate(refused)
    choose(made, Step.HOME_VISIT)
    assert not part(made, QPushButton, "case_save").isEnabled()
    assert any("须由审核人或管理员办理，您是经办人" in words for words in says(made))
    made.shut()


def test_an_open_case_asks_for_no_reason(qtbot: QtBot, screen: CaseScreen, town_work: Work) -> None:
    case = matched(town_work)
    written(town_work, case, home_visit=VISIT)
    screen.activate(case)
    choose(screen, Step.HOME_VISIT)
    assert part(screen, QPushButton, "case_save").text() == "保存更正"
    assert "case_correction_reason" not in [each.objectName() for each in visible(screen, QPlainTextEdit)]
