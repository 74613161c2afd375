"""监测对象 by mouse and keyboard, over a real vault: the list, a visit, a measure, the way to 风险消除 and back."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, cast

import pytest
from five_steps import five_steps
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.money import Fen
from taizhang_casework.domain.monitoring import MonitoringStanding
from taizhang_casework.domain.steps import HomeVisit, MemberCheck
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.income_lines import enter_line
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.monitoring import MonitoredSheet, sheet_of
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import TextSize
from taizhang_desktop.screens.monitoring.screen import MonitoringScreen
from taizhang_desktop.viewmodels.monitoring import MonitoringModel
from taizhang_desktop.viewmodels.navigation import Destination, Place

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, FrameSpy

TypeChinese = Callable[[QWidget, str], None]
ROOM = (1366 - 190, 768 - 60)
"""What the frame of the window leaves a screen at 1366×768."""


def recognised(work: Work, name: str, entered_on: date) -> CaseId:
    draft = WarningDraft(
        channel=Channel.CADRE_SCREENING,
        source="村委",
        detail="家庭成员突发疾病",
        name=name,
        id_number="",
        village_code="370215001002",
        received_on=date(2022, 4, 11),
    )
    case = take_warning(work, draft).case
    own_household(work, case)
    for each in five_steps(name, entered_on):
        record(work, case, each)
    return case


@pytest.fixture
def case(town_work: Work, clock: StoryClock) -> CaseId:
    clock.go_to(date(2022, 8, 10))
    recognised(town_work, "李秀英", date(2022, 6, 1))
    return recognised(town_work, "王建国", date(2022, 4, 21))


@pytest.fixture
def screen(
    qtbot: QtBot, look: Look, town_work: Work, case: CaseId, runner: "AtOnce", frame: "FrameSpy"
) -> Iterator[MonitoringScreen]:
    window = QWidget()
    made = MonitoringScreen(MonitoringModel(town_work, runner, frame))
    whole = QVBoxLayout(window)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(made)
    qtbot.addWidget(window)
    window.resize(*ROOM)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.activate()
    yield made
    made.shut()
    window.close()


def kept(work: Work, case: CaseId) -> MonitoredSheet:
    with work.store.reading() as desk:
        household = desk.cases.get(case).household
        assert household is not None
        found = sheet_of(work, desk, household)
    assert found is not None
    return found


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def enter(text: str = "") -> None:
    QTest.keyClicks(focused(), text)
    QTest.keyClick(focused(), Qt.Key.Key_Return)


def shown(screen: QWidget, name: str) -> list[QPushButton]:
    return [each for each in cast("list[QPushButton]", screen.findChildren(QPushButton, name)) if each.isVisible()]


def click(screen: QWidget, name: str) -> None:
    QTest.mouseClick(shown(screen, name)[0], Qt.MouseButton.LeftButton)


def says(screen: QWidget) -> str:
    return "\n".join(each.text() for each in cast("list[QLabel]", screen.findChildren(QLabel)) if each.isVisible())


def cells(screen: MonitoringScreen) -> list[list[str]]:
    model = screen.table.model()
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_list_says_whom_to_visit_first_and_who_is_late(screen: MonitoringScreen) -> None:
    assert [(row[0], row[1]) for row in cells(screen)] == [
        ("王建国", "2022-07-21（超期20天）"),
        ("李秀英", "2022-09-01（还有22天）"),
    ]
    assert "共2户，1户走访已超期" in says(screen)


def test_a_late_visit_is_taken_down_by_keyboard_alone_and_asked_once(
    screen: MonitoringScreen, town_work: Work, case: CaseId, type_chinese: TypeChinese
) -> None:
    enter()
    assert focused().objectName() == "monitoring_visit"
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    enter("0809")
    type_chinese(focused(), "孙晓梅")
    enter()
    type_chinese(focused(), "病情稳定")
    enter()
    enter()
    assert "应在2022-07-21前走访，已超期，请如实填写原因" in says(screen)
    assert kept(town_work, case).state.visits == ()
    assert focused().objectName() == "monitoring_save"
    enter()
    assert [each.found for each in kept(town_work, case).state.visits] == ["病情稳定"]
    assert "下次走访 2022-11-09（还有91天）" in says(screen)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert focused() is screen.table


def test_everything_wrong_is_said_beside_its_field_and_escape_leaves_the_form(screen: MonitoringScreen) -> None:
    enter()
    click(screen, "monitoring_clearing")
    click(screen, "monitoring_save")
    told = says(screen)
    for words in ("请填写入户核查日期", "请填写收入稳定的起始日期", "请填写家庭人均收入", "请填写核查结论"):
        assert words in told
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert screen.pane.part is None
    assert "风险消除" in says(screen)


def test_a_measure_is_taken_down_and_updated_with_what_came_of_it(
    screen: MonitoringScreen, town_work: Work, case: CaseId, type_chinese: TypeChinese
) -> None:
    enter()
    click(screen, "monitoring_measure")
    type_chinese(focused(), "医疗救助")
    enter()
    type_chinese(focused(), "医保局")
    enter()
    enter("0601")
    enter("20220701")
    click(screen, "monitoring_save")
    assert "计划2022-07-01完成，已超期" in says(screen)
    click(screen, "monitoring_measure_1")
    assert isinstance(screen.pane.part, QWidget)
    lines = {each.objectName(): each for each in cast("list[QLineEdit]", screen.pane.part.findChildren(QLineEdit))}
    assert lines["case_what"].text() == "医疗救助"
    lines["case_done_on"].setFocus()
    enter("0720")
    click(screen, "monitoring_save")
    assert "已完成的措施，请填写成效" in says(screen)
    click(screen, "monitoring_save")
    (measure,) = kept(town_work, case).state.measures
    assert measure.done_on == date(2022, 7, 20)


def test_what_is_typed_while_a_measure_is_saved_corrects_it_and_makes_no_second_one(
    screen: MonitoringScreen, town_work: Work, case: CaseId, runner: "AtOnce", type_chinese: TypeChinese
) -> None:
    enter()
    click(screen, "monitoring_measure")
    type_chinese(focused(), "医疗救助")
    what = focused()
    enter()
    type_chinese(focused(), "医保局")
    enter()
    enter("0601")
    runner.meanwhile = lambda: type_chinese(what, "和慰问")
    click(screen, "monitoring_save")
    assert [each.what for each in kept(town_work, case).state.measures] == ["医疗救助"]
    assert isinstance(screen.pane.part, QWidget)
    (again,) = cast("list[QLineEdit]", screen.pane.part.findChildren(QLineEdit, "case_what"))
    assert again.text() == "医疗救助和慰问"
    click(screen, "monitoring_save")
    assert [each.what for each in kept(town_work, case).state.measures] == ["医疗救助和慰问"]
    assert screen.pane.part is None


def test_the_clearing_form_shows_what_the_visit_found_beside_the_line_and_answers_nothing(
    screen: MonitoringScreen, town_work: Work, case: CaseId
) -> None:
    enter()
    click(screen, "monitoring_clearing")
    assert "4月12日入户核实：收入没有填全，没有人均收入可以对照" in says(screen)
    assert "2名以上，用顿号、逗号或空格分开" in says(screen), "how many have to go is said before it is refused"
    visit = HomeVisit(
        visited_on=date(2022, 4, 12),
        visitors=("孙晓梅", "周志强"),
        conclusion="情况属实",
        members=(MemberCheck(name="王建国"), MemberCheck(name="王小明")),
        wage_income=Fen(12_000_00),
        business_income=Fen(0),
        property_income=Fen(0),
        transfer_income=Fen(6_000_00),
    )
    record(town_work, case, visit)
    for since, amount in (("0101", "7000"), ("0801", "9500")):
        given: Given = {
            "area_code": town_work.pack.district.code,
            "valid_from": date(2022, int(since[:2]), 1),
            "amount": Fen(int(amount) * 100),
            "document": f"〔{since}〕",
        }
        enter_line(town_work, given)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    enter()
    click(screen, "monitoring_clearing")
    told = says(screen)
    assert "4月12日入户核实：人均收入 = " in told
    assert "收入线9500元（〔0801〕，" in told, "the line of today"
    assert "低于收入线500元。仅供参考，不是认定结论\n这是那次入户时的收入" in told
    QTest.keyClicks(focused(), "0731")
    assert "收入线7000元（〔0101〕，" in says(screen), "the line of the day of the visit"
    assert "高于收入线2000元" in says(screen)
    click(screen, "monitoring_save")
    assert "请填写家庭人均收入" in says(screen), "nothing is answered for the visitors"


def test_a_rollback_is_offered_only_once_there_is_something_to_roll_back(
    screen: MonitoringScreen, town_work: Work, case: CaseId
) -> None:
    enter()
    assert shown(screen, "monitoring_rollback") == []
    assert kept(town_work, case).line.standing is MonitoringStanding.MONITORED


def test_the_case_is_one_click_away(screen: MonitoringScreen, case: CaseId, frame: "FrameSpy") -> None:
    enter()
    click(screen, "monitoring_case")
    assert frame.destinations == [Destination(Place.CASE, case)]


@pytest.mark.parametrize("size", TextSize, ids=lambda size: f"text at {size.value} per cent")
def test_nothing_needs_more_width_than_a_small_screen_has(size: TextSize, screen: MonitoringScreen, look: Look) -> None:
    look.choose(text_size=size)
    enter()
    for name in ("", "monitoring_measure", "monitoring_clearing"):
        if name:
            click(screen, name)
        assert screen.pane.minimumSizeHint().width() <= screen.scrolled.viewport().width(), name
        QTest.keyClick(focused(), Qt.Key.Key_Escape)
        if not name:
            enter()
