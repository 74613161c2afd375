"""改归另一户 by mouse and by keyboard: another household is found as in 登记预警信息, and what forbids it is said."""

from datetime import date
from typing import TYPE_CHECKING

from case_page import TypeChinese, case_of, click, focused, matched, part, says, title, visible
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.steps import HomeVisit, Refusal, Step
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_desktop.screens.case.screen import CaseScreen
from taizhang_desktop.viewmodels.case_form import CaseForm

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce

OTHER = ("李秀英", "810000199408230021")
CTRL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return
VISIT = HomeVisit(visited_on=date(2022, 4, 12), visitors=("孙晓梅", "周志强"), conclusion="情况属实")


def test_by_mouse_the_household_is_found_chosen_and_said_before_it_is_saved(
    qtbot: QtBot, screen: CaseScreen, town_work: Work, type_chinese: TypeChinese
) -> None:
    case, other = matched(town_work), matched(town_work, *OTHER)
    screen._model.open(case)
    click(screen, "case_offer_moving")
    assert title(screen) == "改归另一户"
    assert any("现在归在王建国户" in words for words in says(screen))
    click(screen, "case_save")
    assert any("请填写是哪一户" in words for words in says(screen))
    type_chinese(part(screen, QLineEdit, "intake_find"), "李秀英")
    qtbot.waitUntil(lambda: any(each.objectName() == "intake_households" for each in visible(screen, QTableView)))
    table = part(screen, QTableView, "intake_households")
    place = table.visualRect(table.model().index(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert any("李秀英户" in words for words in says(screen))
    box = part(screen, QComboBox, "case_relation")
    box.setCurrentIndex(box.findText("子女"))
    box.activated.emit(box.currentIndex())
    type_chinese(part(screen, QPlainTextEdit, "case_why"), "同名，认错了户")
    click(screen, "case_save")
    assert case_of(town_work, case).household == case_of(town_work, other).household
    assert screen._model.view.form is CaseForm.HOME_VISIT


def test_by_keyboard_alone(qtbot: QtBot, screen: CaseScreen, town_work: Work, type_chinese: TypeChinese) -> None:
    case, other = matched(town_work), matched(town_work, *OTHER)
    screen._model.open(case)
    screen.facts.moving.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(screen.facts.moving, ENTER)
    qtbot.waitUntil(lambda: focused().objectName() == "intake_find")
    QTest.keyClicks(focused(), "lxy")
    QTest.keyClick(focused(), ENTER)
    qtbot.waitUntil(lambda: any(each.objectName() == "intake_households" for each in visible(screen, QTableView)))
    QTest.keyClick(focused(), ENTER)
    QTest.keyClick(focused(), ENTER)
    qtbot.waitUntil(lambda: focused().objectName() == "case_relation")
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    QTest.keyClick(focused(), ENTER)
    assert focused().objectName() == "case_why"
    type_chinese(focused(), "同名，认错了户")
    QTest.keyClick(focused(), Qt.Key.Key_S, CTRL)
    assert case_of(town_work, case).household == case_of(town_work, other).household


def test_one_whom_no_household_knows_heads_a_new_one(
    screen: CaseScreen, town_work: Work, type_chinese: TypeChinese
) -> None:
    case = matched(town_work)
    wrong = case_of(town_work, case).household
    screen._model.open(case)
    click(screen, "case_offer_moving")
    click(screen, "case_moving_own")
    assert "case_relation" not in [each.objectName() for each in visible(screen, QComboBox)]
    type_chinese(part(screen, QPlainTextEdit, "case_why"), "认错了户")
    click(screen, "case_save")
    assert case_of(town_work, case).household not in {wrong, None}


def test_what_was_decided_keeps_it_and_is_said_with_the_way_back(screen: CaseScreen, town_work: Work) -> None:
    case = matched(town_work)
    record(town_work, case, VISIT)
    screen._model.open(case)
    click(screen, "case_offer_moving")
    assert any("已有办理记录，不能改归另一户" in words for words in says(screen))
    assert not [each for each in visible(screen, QPushButton) if each.objectName() == "case_save"]
    click(screen, "case_stays_back")
    assert screen._model.view.form is CaseForm.DEMOCRATIC_REVIEW
    record(town_work, case, Refusal(decided_on=date(2022, 4, 13), at=Step.HOME_VISIT, reason="not_so"))
    screen._model.refresh()
    click(screen, "case_offer_moving")
    assert any("请先重新打开，退回到入户核实" in words for words in says(screen))


def test_what_was_chosen_is_kept_half_typed(
    screen: CaseScreen, town_work: Work, type_chinese: TypeChinese, runner: "AtOnce"
) -> None:
    case, second = matched(town_work), matched(town_work, *OTHER)
    screen._model.open(case)
    click(screen, "case_offer_moving")
    click(screen, "case_moving_own")
    type_chinese(part(screen, QPlainTextEdit, "case_why"), "认错了户")
    screen._model.open(second)
    screen._model.open(case)
    assert title(screen) == "改归另一户"
    assert any("新户，本人为户主" in words for words in says(screen))
    assert part(screen, QPlainTextEdit, "case_why").toPlainText() == "认错了户"
    assert runner.failures == []
