"""The papers of the steps on the case page: grids by keyboard, authorisations, outcomes, copying, what is owed."""

from datetime import date

from answered_forms import ANSWERED, ITEMS
from case_page import (
    COMPARED,
    REVIEW,
    VISIT,
    TypeChinese,
    case_of,
    cell,
    click,
    enter,
    focused,
    line,
    matched,
    part,
    says,
    title,
    warned,
    written,
)
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLabel,
    QTableWidget,
)
from pytestqt.qtbot import QtBot
from shipped import ORDER
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.record_answers import RecordKind
from taizhang_casework.domain.steps import Authoriser, DataComparison, Doubt, Step
from taizhang_casework.domain.yes_no import YesNo
from taizhang_casework.services.work import Work
from taizhang_desktop.screens.case.screen import CaseScreen


def fill_in_the_visit(screen: CaseScreen, type_chinese: TypeChinese) -> None:
    """The whole 核查表 of a household of one, with the keyboard alone."""
    assert title(screen) == "入户核实"
    assert focused() is line(screen, "visited_on")
    enter("0412")
    type_chinese(focused(), "孙晓梅、周志强")
    enter()
    QTest.keyClicks(focused(), "3124")  # 初中, 非在校, 长期慢性病 and 残疾
    enter()
    QTest.keyClicks(focused(), "31112")  # 弱或半劳动力, three insurances, no 低保
    enter()
    enter()
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    enter()
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    enter()
    for amount in ("12000", "-300", "0", "2400.5", "9000"):
        enter(amount)
    assert part(screen, QLabel, "case_reckoned").text().startswith("人均收入 = （工资性收入12000 + 经营性收入（-300）")
    for _ in ("义务教育", "基本医疗", "住房安全"):
        QTest.keyClick(focused(), Qt.Key.Key_Space)
        enter()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    enter()
    type_chinese(focused(), "住院支出大，情况属实")
    enter()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    enter()


def test_a_case_is_matched_and_visited_with_the_keyboard_alone(
    qtbot: QtBot, screen: CaseScreen, town_work: Work, type_chinese: TypeChinese
) -> None:
    case = warned(town_work)
    screen.activate(case)
    assert focused().objectName() == "case_own_household"
    enter()
    fill_in_the_visit(screen, type_chinese)

    assert title(screen) == "民主评议"
    state = case_state(case_of(town_work, case), ORDER)
    assert state.home_visit is not None
    assert state.home_visit.visited_on == date(2022, 4, 12)
    assert state.home_visit.visitors == ("孙晓梅", "周志强")
    assert state.home_visit.risks == ("illness",)
    (head,) = state.home_visit.members
    assert (head.education, head.schooling, head.labour) == ("junior", "none", "weak")
    assert head.health == ("chronic", "disabled")
    assert (head.pension_insurance, head.subsistence_allowance) == (YesNo.YES, YesNo.NO)
    assert (state.home_visit.house_grade, state.home_visit.water) == ("b", "safe")
    assert (state.home_visit.business_income, state.home_visit.transfer_income) == (-300_00, 2_400_50)
    assert (state.home_visit.housing_secured, state.home_visit.head_signed) == (YesNo.YES, YesNo.YES)


def test_a_household_is_reviewed_and_compared_with_the_keyboard_alone(
    qtbot: QtBot, screen: CaseScreen, town_work: Work, type_chinese: TypeChinese
) -> None:
    case = matched(town_work)
    written(town_work, case, home_visit=VISIT)
    screen.activate(case)
    assert focused() is line(screen, "held_on")
    enter("0413")
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    enter()
    enter("30")
    enter("24")
    type_chinese(focused(), "赵主任")
    enter()
    type_chinese(focused(), "钱会计")
    enter()
    enter("23")
    enter("1")
    enter("0")
    type_chinese(focused(), "没有不同意见")
    enter()
    enter("2")

    assert title(screen) == "信息比对"
    assert focused() is line(screen, "signed_on_1"), "who has signed is attested by hand, never filled in"
    assert not line(screen, "signed_on_1").text()
    enter("0412")
    enter("0414")
    for _ in ITEMS:
        QTest.keyClicks(focused(), "1")
    enter()
    assert title(screen) == "村级公示"


def test_the_end_of_the_notice_follows_the_day_of_posting_until_another_is_written(
    qtbot: QtBot, screen: CaseScreen, town_work: Work
) -> None:
    case = matched(town_work)
    written(town_work, case, home_visit=VISIT, democratic_review=REVIEW, data_comparison=COMPARED)
    screen.activate(case)
    assert title(screen) == "村级公示"
    QTest.keyClicks(focused(), "0413")
    assert line(screen, "ended_on").text() == "2022-04-18"
    line(screen, "posted_on").selectAll()
    QTest.keyClicks(line(screen, "posted_on"), "0414")
    assert line(screen, "ended_on").text() == "2022-04-19"
    line(screen, "ended_on").selectAll()
    QTest.keyClicks(line(screen, "ended_on"), "0420")
    line(screen, "posted_on").selectAll()
    QTest.keyClicks(line(screen, "posted_on"), "0413")
    assert line(screen, "ended_on").text() in {"0420", "2022-04-20"}


def test_a_doubt_is_written_with_its_explanation_and_the_rest_is_cleared_at_once(
    qtbot: QtBot, screen: CaseScreen, town_work: Work, type_chinese: TypeChinese
) -> None:
    case = matched(town_work)
    written(town_work, case, home_visit=VISIT, democratic_review=REVIEW)
    screen.activate(case)
    enter("0413")
    enter("0414")
    grid = part(screen, QTableWidget, "choice_grid")
    assert focused() is grid
    QTest.keyClick(grid, Qt.Key.Key_Down)
    QTest.keyClicks(grid, "2")
    QTest.keyClick(grid, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert any(words.startswith("王建国的车辆疑点尚未说明\n比对结果还没有填：王建国12项") for words in says(screen))
    click(screen, "case_all_clear")
    assert [cell(grid, at, 1) for at in range(3)] == ["无", "有疑点", "无"]
    QTest.keyClick(focused(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "王建国的车辆疑点尚未说明" in says(screen)
    explanation = line(screen, "doubt_0")
    assert explanation.accessibleName() == "王建国的车辆疑点：说明"
    explanation.setFocus()
    type_chinese(explanation, "三轮车，用于务农")
    enter()
    assert title(screen) == "村级公示"
    record = case_state(case_of(town_work, case), ORDER).done[Step.DATA_COMPARISON]
    assert isinstance(record, DataComparison)
    assert record.doubts == (Doubt(person="王建国", item="vehicles", explanation="三轮车，用于务农"),)
    assert len(record.cleared[0].items) == 12
    assert record.authorised == ("王建国",)

    place = screen.rail.place_of(Step.DATA_COMPARISON).toPoint()
    QTest.mouseClick(screen.rail, Qt.MouseButton.LeftButton, pos=place)
    assert line(screen, "signed_on_1").text() == "2022-04-13"
    assert line(screen, "doubt_0").text() == "三轮车，用于务农"


def test_a_child_elsewhere_signs_too_and_is_asked_about(
    qtbot: QtBot, screen: CaseScreen, town_work: Work, type_chinese: TypeChinese
) -> None:
    case = matched(town_work)
    written(town_work, case, home_visit=VISIT, democratic_review=REVIEW)
    screen.activate(case)
    enter("0413")
    click(screen, "case_add_signature")
    type_chinese(focused(), "王大勇")
    grid = part(screen, QTableWidget, "choice_grid")
    assert [str(grid.model().headerData(at, Qt.Orientation.Horizontal)) for at in range(3)] == [
        "比对项目",
        "王建国",
        "王大勇",
    ]
    click(screen, "case_same_day")
    enter()
    enter("0414")
    click(screen, "case_all_clear")
    QTest.keyClick(focused(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert title(screen) == "村级公示"
    record = case_state(case_of(town_work, case), ORDER).done[Step.DATA_COMPARISON]
    assert isinstance(record, DataComparison)
    assert [(each.name, each.as_what, each.signed_on) for each in record.signatures] == [
        ("王建国", Authoriser.MEMBER, date(2022, 4, 13)),
        ("王大勇", Authoriser.CHILD_ELSEWHERE, date(2022, 4, 13)),
    ]


def test_a_half_answered_grid_survives_another_case(qtbot: QtBot, screen: CaseScreen, town_work: Work) -> None:
    first, second = matched(town_work), matched(town_work, "陈大文", "810000199408230021")
    screen.activate(first)
    grid = part(screen, QTableWidget, "choice_grid")
    grid.setFocus()
    QTest.keyClicks(grid, "132")
    line(screen, "wage_income").setFocus()
    QTest.keyClicks(line(screen, "wage_income"), "12,000?")
    screen.activate(second)
    assert cell(part(screen, QTableWidget, "choice_grid"), 0, 2) == ""
    screen.activate(first)
    assert cell(part(screen, QTableWidget, "choice_grid"), 0, 2) == "初中"
    assert line(screen, "wage_income").text() == "12,000?"


def test_the_fields_of_the_national_system_are_copied_one_by_one_and_a_number_only_once_its_look_is_taken_down(
    qtbot: QtBot, screen: CaseScreen, town_work: Work
) -> None:
    case = matched(town_work)
    notice = ANSWERED[RecordKind.PUBLIC_NOTICE]
    written(town_work, case, home_visit=VISIT, democratic_review=REVIEW, data_comparison=COMPARED, public_notice=notice)
    screen.activate(case)
    assert title(screen) == "录入系统"
    clipboard = QGuiApplication.clipboard()
    click(screen, "case_copy_next")
    assert clipboard.text() == "王建国"
    table = part(screen, QTableWidget, "case_national_record")
    assert "*" in cell(table, 1, 2)
    QTest.keyClick(focused(), Qt.Key.Key_F8)
    assert clipboard.text() == "11010519491231002X"
    assert screen._model.view.unmasked
    assert cell(table, 1, 2) == "11010519491231002X"
    QTest.keyClick(focused(), Qt.Key.Key_F8)
    assert clipboard.text() == "墨河社区居民委员会", "the telephone number, which is not recorded, is passed over"
    assert part(screen, QLabel, "case_copied").text() == "已复制：行政村。下一项：家庭人口数"
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.model().index(0, 1)).center()
    )
    QTest.keyClick(focused(), Qt.Key.Key_F8)
    assert clipboard.text() == "王建国"


def test_what_the_green_channel_owes_stands_on_the_page_until_it_is_done(
    qtbot: QtBot, screen: CaseScreen, town_work: Work
) -> None:
    case = matched(town_work)
    green = {**ANSWERED[RecordKind.GREEN_CHANNEL], "opened_on": date(2022, 4, 11), "helped_on": date(2022, 4, 11)}
    written(town_work, case, green_channel=green)
    screen.activate(case)
    owed = part(screen, QLabel, "case_owed").text()
    assert owed == "绿色通道：2022-04-11已先行帮扶，还欠5项程序：入户核实、民主评议、信息比对、村级公示、录入系统"
    written(town_work, case, home_visit=VISIT)
    screen.read_again()
    assert part(screen, QLabel, "case_owed").text().endswith("还欠4项程序：民主评议、信息比对、村级公示、录入系统")


def test_a_notice_is_written_down_when_it_is_hung_up_and_its_end_later(
    qtbot: QtBot, screen: CaseScreen, town_work: Work, type_chinese: TypeChinese
) -> None:
    case = matched(town_work)
    written(town_work, case, home_visit=VISIT, democratic_review=REVIEW, data_comparison=COMPARED)
    screen.activate(case)
    assert title(screen) == "村级公示"
    click(screen, "case_begin_notice_posted")
    assert title(screen) == "登记张贴公示"
    click(screen, "case_save")
    assert "请填写张贴日期" in says(screen)
    line(screen, "posted_on").setFocus()
    enter("0415")
    type_chinese(focused(), "村务公开栏")
    assert part(screen, QLabel, "case_posted_because").text().startswith("最早2022-04-20结束：")
    click(screen, "case_save")
    assert title(screen) == "村级公示"
    assert (line(screen, "posted_on").text(), line(screen, "place").text()) == ("2022-04-15", "村务公开栏")
    assert line(screen, "ended_on").text() == "", "its end is never taken for granted"
    assert Step.PUBLIC_NOTICE in case_state(case_of(town_work, case), ORDER).begun


def test_a_comparison_is_written_down_when_it_is_sent_and_its_outcome_later(
    qtbot: QtBot, screen: CaseScreen, town_work: Work, type_chinese: TypeChinese
) -> None:
    case = matched(town_work)
    written(town_work, case, home_visit=VISIT, democratic_review=REVIEW)
    screen.activate(case)
    click(screen, "case_begin_authorisations_asked")
    line(screen, "asked_on").setFocus()
    enter("0412")
    click(screen, "case_save")
    assert title(screen) == "信息比对"
    click(screen, "case_begin_comparison_sent")
    line(screen, "sent_on").setFocus()
    enter("0413")
    type_chinese(focused(), "区民政局")
    click(screen, "case_save")
    assert any("还没有人签承诺授权书" in words for words in says(screen)), "nobody is compared who has not signed"
    assert list(case_state(case_of(town_work, case), ORDER).begun) == [Step.DATA_COMPARISON]
    click(screen, "case_begin_data_comparison")
    assert title(screen) == "信息比对"
