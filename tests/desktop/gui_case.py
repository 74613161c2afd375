"""案件办理 by mouse, keyboard and input method, over a real vault."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from case_page import (
    COMPARED,
    REVIEW,
    ROOM,
    ROOM_BESIDE_ICONS,
    VISIT,
    Attached,
    TypeChinese,
    case_of,
    click,
    enter,
    focused,
    line,
    matched,
    part,
    says,
    title,
    warned,
    write,
    written,
)
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QRadioButton,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shipped import ORDER
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.steps import Step
from taizhang_casework.services.work import Work
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import TextSize
from taizhang_desktop.screens.case.screen import CaseScreen
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_form import CaseForm
from taizhang_desktop.worker import DeskWorker

if TYPE_CHECKING:
    from tests.desktop.conftest import Chooser, FrameSpy


def test_without_a_case_it_says_where_to_choose_one(qtbot: QtBot, screen: CaseScreen, frame: "FrameSpy") -> None:
    screen.activate()
    click(screen, "case_go_today")
    assert frame.destinations


def test_everything_wrong_is_said_beside_its_field_and_the_first_has_the_focus(
    qtbot: QtBot, screen: CaseScreen, town_work: Work
) -> None:
    case = matched(town_work)
    screen.activate(case)
    QTest.keyClicks(focused(), "0431")
    QTest.keyClick(focused(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert {"没有这一天，请核对", "请填写核实结论"} <= set(says(screen))
    assert any(words.startswith("入户核实须有2名以上核查人员") for words in says(screen))
    assert focused() is line(screen, "visited_on")
    assert case_of(town_work, case).entries == ()


def test_a_late_visit_asks_for_its_reason_once_and_is_saved_with_ctrl_s(
    qtbot: QtBot, screen: CaseScreen, town_work: Work, type_chinese: TypeChinese
) -> None:
    case = matched(town_work)
    screen.activate(case)
    enter("0419")
    type_chinese(line(screen, "visitors"), "孙晓梅 周志强")
    conclusion = part(screen, QWidget, "case_conclusion")
    conclusion.setFocus()
    type_chinese(conclusion, "情况属实")
    QTest.keyClick(focused(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert title(screen) == "入户核实"
    assert "核查表还没有填：户主是否签字" in says(screen), "what the paper asks and nobody answered is said with it"
    assert focused().objectName() == "case_late_reason"
    assert part(screen, QPushButton, "case_save").text() == "情况属实，保存"
    type_chinese(focused(), "住户外出务工")
    for _ in ("the notes that are left are shown once more", "and are written down as they are"):
        QTest.keyClick(focused(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert title(screen) == "民主评议"
    state = case_state(case_of(town_work, case), ORDER)
    assert state.home_visit is not None
    assert state.home_visit.late_reason == "住户外出务工"


def test_a_half_typed_form_survives_another_case_and_another_screen(
    qtbot: QtBot, screen: CaseScreen, town_work: Work
) -> None:
    first, second = matched(town_work), matched(town_work, "陈大文", "810000199408230021")
    screen.activate(first)
    QTest.keyClicks(focused(), "2022-4-")
    screen.activate(second)
    assert line(screen, "visited_on").text() == ""
    assert screen.unsaved() == "案件办理：王建国的表格尚未保存"
    screen.hide()
    screen.show()
    screen.activate(first)
    assert line(screen, "visited_on").text() == "2022-4-"
    click(screen, "case_give_up")
    assert line(screen, "visited_on").text() == ""
    assert screen.unsaved() == ""


def test_a_done_step_is_corrected_by_clicking_it_on_the_rail(qtbot: QtBot, screen: CaseScreen, town_work: Work) -> None:
    case = matched(town_work)
    written(town_work, case, home_visit=VISIT)
    screen.activate(case)
    place = screen.rail.place_of(Step.HOME_VISIT).toPoint()
    QTest.mouseClick(screen.rail, Qt.MouseButton.LeftButton, pos=place)
    assert title(screen) == "入户核实"
    assert line(screen, "visited_on").text() == "2022-04-12"
    assert part(screen, QPushButton, "case_save").text() == "保存更正"
    line(screen, "visited_on").selectAll()
    QTest.keyClicks(line(screen, "visited_on"), "0413")
    click(screen, "case_save")
    assert title(screen) == "民主评议"
    assert len(case_of(town_work, case).entries) == 2


def test_a_visit_before_the_warning_came_is_told_on_the_page_and_never_called_in_time(
    qtbot: QtBot, screen: CaseScreen, town_work: Work, clock: StoryClock
) -> None:
    case = matched(town_work)
    written(town_work, case, home_visit=VISIT)
    screen.activate(case)
    assert "2022-04-14  4月12日完成，按期" in says(screen)
    assert not screen.odd_days.isVisible()

    screen._jump_to(0)
    line(screen, "visited_on").selectAll()
    QTest.keyClicks(line(screen, "visited_on"), "2021-04-12")
    click(screen, "case_save")
    assert "早于收到预警信息的日期2022-04-11，请核对（依据：二（一））" in says(screen)
    click(screen, "case_save")

    assert "2022-04-14  2021年4月12日完成，日期对不上" in says(screen)
    assert not any("按期" in said for said in says(screen))
    told = part(screen, QPushButton, "case_odd_day_of_case_0")
    assert told.text() == "入户核实（2021-04-12）早于收到预警信息（2022-04-11），请核对"
    assert "入户核实请核对 2021年4月12日" in screen.rail.accessibleDescription()

    told.setFocus()
    QTest.keyClick(told, Qt.Key.Key_Return)
    assert title(screen) == "入户核实"
    line(screen, "visited_on").selectAll()
    QTest.keyClicks(line(screen, "visited_on"), "0412")
    click(screen, "case_save")
    assert "2022-04-14  4月12日完成，按期" in says(screen)
    assert not screen.odd_days.isVisible()

    clock.go_to(date(2023, 1, 3))
    screen.read_again()
    assert "2022-04-14  2022年4月12日完成，按期" in says(screen)
    assert "入户核实已完成 2022年4月12日" in screen.rail.accessibleDescription()


def test_the_closing_check_shows_everything_missing_and_leads_there(
    qtbot: QtBot, screen: CaseScreen, town_work: Work
) -> None:
    case = matched(town_work)
    screen.activate(case)
    click(screen, "case_offer_closing")
    assert "闭环检查：还缺6项，办齐后才能办结。" in says(screen)
    assert part(screen, QLabel, "case_missing_0").text().startswith("尚未入户核实")
    click(screen, "case_mend_0")
    assert title(screen) == "入户核实"


def test_a_refused_applicant_gets_his_letter_and_the_case_is_closed(
    qtbot: QtBot,
    screen: CaseScreen,
    town_work: Work,
    type_chinese: TypeChinese,
    chooser: "Chooser",
    tmp_path: Path,
) -> None:
    case = matched(town_work)
    written(town_work, case, home_visit=VISIT)
    screen.activate(case)
    click(screen, "case_offer_refusal")
    enter("0414")
    enter()
    for _ in range(8):
        QTest.keyClick(focused(), Qt.Key.Key_Down)
    enter()
    enter()

    assert focused() is line(screen, "contact")
    enter("0532-88000000")
    chooser.will_choose(tmp_path / "告知书.pdf")
    assert focused().objectName() == "case_print"
    copies = line(screen, "copies")
    copies.setText("0")
    enter()
    assert not chooser.proposed, "no file is asked for before the copies are right"
    assert focused() is copies
    QTest.keyClick(copies, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(copies, "2")
    part(screen, QPushButton, "case_print").setFocus()
    enter()
    assert (tmp_path / "告知书.pdf").read_text("utf-8") == "〔2022〕1号"

    assert focused() is line(screen, "delivered_on")
    enter("0420")
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert focused() is line(screen, "visited_on")
    enter("0420")
    enter()
    type_chinese(focused(), "说明认定标准和原因")
    enter()
    enter()

    assert title(screen) == "办结销号"
    assert focused() is line(screen, "closed_on")
    enter("0420")
    assert case_state(case_of(town_work, case), ORDER).closed_on == date(2022, 4, 20)
    assert focused().objectName() == "case_today"


def test_a_proposal_is_decided_beside_the_form(qtbot: QtBot, screen: CaseScreen, town_work: Work) -> None:
    first = matched(town_work)
    second = warned(town_work)
    screen.activate(second)
    assert focused().objectName() == "case_yes_0"
    enter()
    assert title(screen) == "入户核实"
    click(screen, "case_yes_0")
    assert case_of(town_work, second).joined_to == first
    assert "要不要合并核实？" not in says(screen)


def test_the_number_is_masked_until_the_button_is_pressed(qtbot: QtBot, screen: CaseScreen, town_work: Work) -> None:
    screen.activate(matched(town_work))
    assert "110***********002X" in says(screen.facts)
    click(screen, "case_unmask")
    assert "11010519491231002X" in says(screen.facts)


@pytest.mark.parametrize("size", TextSize, ids=lambda size: f"text at {size.value} per cent")
def test_no_form_needs_more_width_than_a_small_screen_has(
    size: TextSize, screen: CaseScreen, town_work: Work, look: Look, qtbot: QtBot
) -> None:
    look.choose(text_size=size)
    room = ROOM[0] if size.value <= TextSize.LARGER.value else ROOM_BESIDE_ICONS
    case = matched(town_work)
    written(town_work, case, home_visit=VISIT, democratic_review=REVIEW, data_comparison=COMPARED)
    screen.activate(case)
    for form in CaseForm:
        screen._model.choose(form)
        qtbot.wait(1)
        content = screen.scrolled.widget()
        assert content.minimumSizeHint().width() <= screen.scrolled.viewport().width(), form
        assert screen.minimumSizeHint().width() <= room, form


def test_what_enter_goes_to_can_be_seen_with_large_text(
    screen: CaseScreen, town_work: Work, look: Look, type_chinese: TypeChinese
) -> None:
    look.choose(text_size=TextSize.LARGEST)
    screen.activate(matched(town_work))
    enter("0412")
    enter()
    assert isinstance(focused(), QTableWidget)
    part(screen, QWidget, "case_conclusion").setFocus()
    type_chinese(focused(), "情况属实")
    enter()
    assert isinstance(focused(), QRadioButton)
    assert screen.scrolled.verticalScrollBar().value() > 0
    assert not focused().visibleRegion().isEmpty()


def test_with_the_worker_of_the_window_the_next_form_has_the_focus_too(
    qtbot: QtBot,
    look: Look,
    town_work: Work,
    frame: "FrameSpy",
    chooser: "Chooser",
    worker: DeskWorker,
    type_chinese: TypeChinese,
    attached: Attached,
) -> None:
    case = matched(town_work)
    screen = CaseScreen(CaseModel(town_work, worker.scope(), frame, chooser, write), attached(worker.scope()))
    qtbot.addWidget(screen)
    screen.resize(*ROOM)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.activate(case)
    qtbot.waitUntil(lambda: focused() is line(screen, "visited_on"))
    QTest.keyClicks(focused(), "0412")
    click(screen, "case_save")
    qtbot.waitUntil(lambda: "请填写核实结论" in says(screen))
    qtbot.waitUntil(lambda: focused() is line(screen, "visitors"))
    type_chinese(focused(), "孙晓梅 周志强")
    part(screen, QWidget, "case_conclusion").setFocus()
    type_chinese(focused(), "情况属实")
    click(screen, "case_save")
    qtbot.waitUntil(lambda: part(screen, QPushButton, "case_save").text() == "情况属实，保存")
    click(screen, "case_save")
    qtbot.waitUntil(lambda: title(screen) == "民主评议")
    qtbot.waitUntil(lambda: focused() is line(screen, "held_on"))
    screen.shut()
