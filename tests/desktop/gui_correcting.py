"""更正预警信息 by mouse and keyboard: what came in is mended with a reason, and no number is shown for it."""

from datetime import date

from case_page import TypeChinese, case_of, click, enter, line, matched, part, says, title, visible
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton
from taizhang_casework.domain.steps import Closing, HomeVisit, Refusal, Step
from taizhang_casework.domain.warning import Channel, Screening
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_desktop.kit.choice_fields import ChoiceField
from taizhang_desktop.screens.case.screen import CaseScreen
from taizhang_desktop.viewmodels.case_form import CaseForm


def test_a_wrong_day_is_mended_by_keyboard_with_a_reason(
    screen: CaseScreen, town_work: Work, type_chinese: TypeChinese
) -> None:
    case = matched(town_work)
    screen._model.open(case)
    click(screen, "case_offer_warning")
    assert title(screen) == "更正预警信息"
    assert line(screen, "id_number").text() == ""
    assert line(screen, "received_on").text() == "2022-04-11"
    line(screen, "applicant").setFocus()
    type_chinese(line(screen, "applicant"), "王建国")
    enter()
    enter("0408")
    line(screen, "received_on").setFocus()
    line(screen, "received_on").selectAll()
    enter("0409")
    click(screen, "case_save")
    assert any("请填写更正的原因" in words for words in says(screen))
    why = part(screen, QPlainTextEdit, "case_why")
    why.setFocus()
    type_chinese(why, "日期看错了")
    QTest.keyClick(why, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    warning = case_of(town_work, case).warning
    assert (warning.received_on, warning.id_number) == (date(2022, 4, 9), "11010519491231002X")
    assert case_of(town_work, case).corrections[0].why == "日期看错了"
    assert screen._model.view.form is CaseForm.HOME_VISIT


def test_each_channel_asks_its_own_and_a_closed_line_offers_nothing(
    screen: CaseScreen, town_work: Work, type_chinese: TypeChinese
) -> None:
    case = matched(town_work)
    screen._model.open(case)
    click(screen, "case_offer_warning")
    panel = screen._panel
    assert panel is not None
    assert panel.part is not None
    channel = next(each for each in panel.part.form.fields if isinstance(each, ChoiceField))
    channel.box.setFocus()
    QTest.keyClick(channel.box, Qt.Key.Key_Down)
    assert channel.value() == Channel.CADRE_SCREENING.value
    shown = {each.objectName() for each in visible(screen, QLineEdit)}
    assert "case_found_by" in shown
    assert "case_applicant" not in shown
    type_chinese(line(screen, "found_by"), "赵会计")
    type_chinese(part(screen, QPlainTextEdit, "case_why"), "选错了")
    click(screen, "case_save")
    assert case_of(town_work, case).warning.particulars == Screening(found_by="赵会计")

    record(town_work, case, HomeVisit(visited_on=date(2022, 4, 12), visitors=("张三", "李四"), conclusion="属实"))
    record(town_work, case, Refusal(decided_on=date(2022, 4, 13), at=Step.HOME_VISIT, reason="not_so"))
    record(town_work, case, Closing(closed_on=date(2022, 4, 14)))
    screen._model.refresh()
    assert "case_offer_warning" not in {each.objectName() for each in visible(screen, QPushButton)}
