"""案件办理 decided over a real vault: which form is due, what stands in it, what is half-typed, and what each deed does."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from answered_forms import ANSWERED, MEETING, outcomes, sheet
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes, Kind, Touched
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.letter import ResultNotice
from taizhang_casework.domain.matching import Verdict
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.people import Relation
from taizhang_casework.domain.record_answers import RecordKind
from taizhang_casework.domain.steps import MemberCheck, Signature, Step
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.matching import match_household
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.verification import answer
from taizhang_casework.services.work import Work
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.tasks import Troubled
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_answers import carried_over
from taizhang_desktop.viewmodels.case_drafts import CaseDrafts
from taizhang_desktop.viewmodels.case_form import CaseForm
from taizhang_desktop.viewmodels.intake_households import HouseholdsModel
from taizhang_desktop.viewmodels.navigation import Destination, Place

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, Chooser, FrameSpy

NUMBER, OTHER = "11010519491231002X", "810000199408230021"
VILLAGE = "370215001002"
VISIT: Given = {
    "visited_on": date(2022, 4, 12),
    "visitors": ("孙晓梅", "周志强"),
    "conclusion": "情况属实",
    **sheet("王建国"),
}
REVIEW: Given = {
    "held_on": date(2022, 4, 13),
    "form": "representatives",
    "expected": 30,
    "present": 24,
    "host": "赵主任",
    "recorder": "钱会计",
    "agree": 24,
    "against": 0,
    "abstain": 0,
    **MEETING,
}
HANDED: Given = {"way": "in_person", "received_by": "王建国", "delivered_by": ("孙晓梅", "周志强")}
REFUSED: Given = {"decided_on": date(2022, 4, 14), "at": "democratic_review", "reason": "not_so"}


def write_letter(notice: ResultNotice, path: Path) -> None:
    path.write_text("\n".join(notice.paragraphs), encoding="utf-8")


@pytest.fixture
def drafts() -> CaseDrafts:
    return CaseDrafts()


@pytest.fixture
def model(town_work: Work, runner: "AtOnce", frame: "FrameSpy", chooser: "Chooser", drafts: CaseDrafts) -> CaseModel:
    return CaseModel(town_work, runner, frame, chooser, write_letter, drafts)


def warned(
    work: Work, *, name: str = "王建国", number: str = NUMBER, channel: Channel = Channel.SELF_APPLICATION
) -> CaseId:
    draft = WarningDraft(
        channel=channel,
        source="12317",
        detail="家庭成员突发疾病",
        name=name,
        id_number=number,
        village_code=VILLAGE,
        received_on=date(2022, 4, 11),
    )
    return take_warning(work, draft).case


@pytest.fixture
def case(town_work: Work) -> CaseId:
    return warned(town_work)


@pytest.fixture
def matched(town_work: Work, case: CaseId) -> CaseId:
    own_household(town_work, case)
    return case


def form_of(model: CaseModel) -> CaseForm:
    return model.view.form


def members_shown(model: CaseModel) -> list[tuple[str, Relation | None]]:
    lines = model.view.answers["members"]
    assert isinstance(lines, tuple)
    return [(line.name, line.relation) for line in lines if isinstance(line, MemberCheck)]


def faults_of(model: CaseModel) -> list[tuple[Finding, ...]]:
    heard: list[tuple[Finding, ...]] = []
    model.found_fault.connect(heard.append)
    return heard


def test_an_unmatched_case_asks_whose_household_it_is(model: CaseModel, case: CaseId) -> None:
    model.open(case)
    assert form_of(model) is CaseForm.MEMBER
    assert CaseForm.REFUSAL not in model.view.offers


def test_taking_the_own_household_brings_up_the_home_visit(model: CaseModel, case: CaseId, runner: "AtOnce") -> None:
    model.open(case)
    model.take_own_household()
    assert form_of(model) is CaseForm.HOME_VISIT
    assert not model.view.busy
    (changes,) = runner.announced
    assert changes.touches(Kind.HOUSEHOLD)


def test_after_each_step_the_next_form_is_there_with_what_is_known(
    model: CaseModel, matched: CaseId, frame: "FrameSpy"
) -> None:
    model.open(matched)
    assert members_shown(model) == [("王建国", Relation.HEAD)]
    model.save(VISIT)
    assert form_of(model) is CaseForm.DEMOCRATIC_REVIEW
    assert frame.notices[-1].says == "入户核实已保存"
    model.save(REVIEW)
    assert form_of(model) is CaseForm.DATA_COMPARISON
    assert model.view.answers == {"signatures": (Signature(name="王建国"),)}, "nobody is taken to have signed"
    model.save({"compared_on": date(2022, 4, 14), **outcomes(date(2022, 4, 12), "王建国")})
    assert form_of(model) is CaseForm.PUBLIC_NOTICE
    limit = model.notice_limit(date(2022, 4, 15))
    assert limit is not None
    assert limit.due == date(2022, 4, 20)
    model.save(ANSWERED[RecordKind.PUBLIC_NOTICE])
    assert form_of(model) is CaseForm.SYSTEM_ENTRY
    model.save({"entered_on": date(2022, 4, 20), "household_number": "37021500001", "kind": "sudden_hardship"})
    assert form_of(model) is CaseForm.CLOSING
    model.save({"closed_on": date(2022, 4, 20)})
    assert model.view.sheet is not None
    assert model.view.sheet.state.closed_on == date(2022, 4, 20)
    assert model.view.locked
    assert model.view.offers == {CaseForm.REOPENING}


def test_no_day_is_ever_proposed(model: CaseModel, matched: CaseId, town_work: Work) -> None:
    answer(town_work, matched, RecordKind.HOME_VISIT, VISIT)
    model.open(matched)
    for form in CaseForm:
        model.choose(form)
        if not model.view.correcting:
            assert not any(isinstance(value, date) for value in model.view.answers.values()), form


def test_the_visitors_written_last_stand_in_the_next_case(model: CaseModel, matched: CaseId, town_work: Work) -> None:
    model.open(matched)
    model.save(VISIT)
    second = warned(town_work, name="陈大文", number=OTHER)
    own_household(town_work, second)
    model.open(second)
    assert model.view.answers["visitors"] == ("孙晓梅", "周志强")


def test_everything_wrong_with_a_form_is_told_at_once_and_nothing_is_written(model: CaseModel, matched: CaseId) -> None:
    heard = faults_of(model)
    model.open(matched)
    model.save({**sheet("王建国"), "visitors": ("孙晓梅",)})
    (findings,) = heard
    assert [finding.field for finding in findings] == ["visited_on", "conclusion", "visitors"]
    assert form_of(model) is CaseForm.HOME_VISIT
    assert not model.view.busy


def test_what_cannot_be_read_is_told_together_with_what_the_rules_find(model: CaseModel, matched: CaseId) -> None:
    heard = faults_of(model)
    model.open(matched)
    model.save(
        {**sheet("王建国"), "visitors": ("孙晓梅",)},
        (Finding(field="visited_on", code="no_day", says="没有这一天，请核对"),),
    )
    assert [(finding.field, finding.code) for finding in heard[0]] == [
        ("visited_on", "no_day"),
        ("conclusion", "blank"),
        ("visitors", "too_few_visitors"),
    ]


def test_a_late_visit_is_noted_once_and_then_written_as_it_was(model: CaseModel, matched: CaseId) -> None:
    heard = faults_of(model)
    late = {**VISIT, "visited_on": date(2022, 4, 19)}
    model.open(matched)
    assert model.visit_is_late(date(2022, 4, 19))
    model.save(late)
    assert model.view.asking
    assert [finding.field for finding in heard[0]] == ["late_reason"]
    model.save(late)
    assert form_of(model) is CaseForm.DEMOCRATIC_REVIEW
    assert not model.view.asking


def test_half_typed_forms_survive_another_case_and_another_form(
    model: CaseModel, matched: CaseId, town_work: Work
) -> None:
    second = warned(town_work, name="陈大文", number=OTHER)
    model.open(matched)
    model.keep({"visited_on": "4月3", "visitors": "孙"})
    model.choose(CaseForm.REFUSAL)
    model.keep({"explanation": "收入"})
    model.open(second)
    assert model.typed is None
    model.keep({"head_name": "陈"})
    assert model.half_typed == ("王建国", "陈大文")
    model.open(matched)
    assert form_of(model) is CaseForm.REFUSAL
    model.choose(CaseForm.HOME_VISIT)
    assert model.typed == {"visited_on": "4月3", "visitors": "孙"}
    model.save(VISIT)
    assert form_of(model) is CaseForm.DEMOCRATIC_REVIEW
    model.choose(CaseForm.REFUSAL)
    assert model.typed == {"explanation": "收入"}
    model.give_up()
    assert set(model.half_typed) == {"陈大文"}


def test_half_typed_forms_outlive_the_model_in_the_drafts_handed_on(
    model: CaseModel,
    matched: CaseId,
    drafts: CaseDrafts,
    town_work: Work,
    runner: "AtOnce",
    frame: "FrameSpy",
    chooser: "Chooser",
) -> None:
    model.open(matched)
    model.keep({"visitors": "孙"})
    model.close()
    runner.closed = False
    after = CaseModel(town_work, runner, frame, chooser, write_letter, drafts)
    after.open(matched)
    assert after.typed == {"visitors": "孙"}


def test_a_done_step_is_corrected_from_the_rail_and_one_ahead_is_explained(
    model: CaseModel, matched: CaseId, frame: "FrameSpy"
) -> None:
    model.open(matched)
    model.save(VISIT)
    model.choose_step(Step.PUBLIC_NOTICE)
    assert form_of(model) is CaseForm.DEMOCRATIC_REVIEW
    assert frame.notices[-1].says == "应先完成“民主评议”，再办理“村级公示”"
    model.choose_step(Step.HOME_VISIT)
    assert model.view.correcting
    assert model.view.answers["visited_on"] == date(2022, 4, 12)
    model.save({**VISIT, "conclusion": "情况属实，已更正"})
    assert model.view.sheet is not None
    visit = model.view.sheet.state.home_visit
    assert visit is not None
    assert visit.conclusion == "情况属实，已更正"
    assert len(model.view.sheet.case.entries) == 2


def test_before_any_step_was_done_no_step_of_a_refusal_is_proposed(model: CaseModel, matched: CaseId) -> None:
    model.open(matched)
    model.choose(CaseForm.REFUSAL)
    assert model.view.answers == {}


def test_a_refused_applicant_is_answered_step_by_step(
    model: CaseModel, matched: CaseId, chooser: "Chooser", runner: "AtOnce", frame: "FrameSpy", tmp_path: Path
) -> None:
    model.open(matched)
    model.save(VISIT)
    model.choose(CaseForm.REFUSAL)
    assert model.view.answers == {"at": "home_visit"}, "no meeting was held: the last step that was done"
    model.save(REFUSED)
    assert form_of(model) is CaseForm.CONTACT
    model.save({"contact": "0532-88000000"})
    assert form_of(model) is CaseForm.PRINTING
    model.print_letter()
    assert form_of(model) is CaseForm.PRINTING
    chooser.will_choose(tmp_path / "letter.pdf")
    model.print_letter()
    assert set(chooser.proposed) == {"告知书〔2022〕1号.pdf"}
    assert runner.titles == ["生成告知书"]
    assert (tmp_path / "letter.pdf").read_text("utf-8")
    assert form_of(model) is CaseForm.DELIVERY
    assert model.view.title == "送达"
    assert model.view.answers == {"received_by": "王建国", "delivered_by": ("孙晓梅", "周志强")}
    model.save({**HANDED, "delivered_on": date(2022, 4, 20)})
    assert form_of(model) is CaseForm.RETURN_VISIT
    assert frame.notices[-1].says == "送达已登记"
    assert model.view.answers["visitors"] == ("孙晓梅", "周志强")
    model.save({"visited_on": date(2022, 4, 20), "visitors": ("孙晓梅",), "explained": "说明标准和原因"})
    assert form_of(model) is CaseForm.CLOSING
    assert model.view.sheet is not None
    assert model.view.sheet.missing == ()


def test_a_letter_that_cannot_be_written_is_not_noted_as_printed(
    town_work: Work, matched: CaseId, runner: "AtOnce", frame: "FrameSpy", chooser: "Chooser", tmp_path: Path
) -> None:
    def full_disk(notice: ResultNotice, path: Path) -> None:
        raise OfficeTrouble("磁盘已满", safe="数据没有改动", do="请清理磁盘")

    model = CaseModel(town_work, runner, frame, chooser, full_disk)
    model.open(matched)
    model.save(VISIT)
    model.choose(CaseForm.REFUSAL)
    model.save(REFUSED)
    model.save({"contact": "0532-88000000"})
    chooser.will_choose(tmp_path / "letter.pdf")
    model.print_letter()
    assert runner.failures == [Troubled("磁盘已满", "数据没有改动", "请清理磁盘")]
    assert form_of(model) is CaseForm.PRINTING
    assert not model.view.busy


def test_a_refused_household_of_a_screening_needs_no_letter(model: CaseModel, town_work: Work) -> None:
    case = warned(town_work, channel=Channel.CADRE_SCREENING)
    own_household(town_work, case)
    model.open(case)
    model.save(VISIT)
    model.choose(CaseForm.REFUSAL)
    model.save(REFUSED)
    assert form_of(model) is CaseForm.CLOSING


def test_a_form_begun_before_a_refusal_no_longer_comes_first(
    model: CaseModel, matched: CaseId, town_work: Work
) -> None:
    model.open(matched)
    model.save(VISIT)
    model.keep({"host": "赵"})
    model.choose(CaseForm.REFUSAL)
    model.save(REFUSED)
    model.open(warned(town_work, name="陈大文", number=OTHER))
    model.open(matched)
    assert form_of(model) is CaseForm.CONTACT


def test_help_by_the_green_channel_leaves_every_step_owed(model: CaseModel, matched: CaseId) -> None:
    model.open(matched)
    model.choose(CaseForm.GREEN_CHANNEL)
    model.save({**ANSWERED[RecordKind.GREEN_CHANNEL], "opened_on": date(2022, 4, 11), "helped_on": date(2022, 4, 11)})
    assert form_of(model) is CaseForm.HOME_VISIT
    assert model.view.sheet is not None
    assert all(step.owed for step in model.view.sheet.rail)
    owed = "绿色通道：2022-04-11已先行帮扶，还欠5项程序：入户核实、民主评议、信息比对、村级公示、录入系统"
    assert model.view.sheet.owed == owed
    model.save(VISIT)
    assert model.view.sheet.owed.endswith("还欠4项程序：民主评议、信息比对、村级公示、录入系统")
    model.choose(CaseForm.GREEN_CHANNEL)
    assert model.view.correcting


def test_a_comparison_that_was_made_before_is_cited_and_corrected_as_such(model: CaseModel, matched: CaseId) -> None:
    model.open(matched)
    model.save(VISIT)
    model.save(REVIEW)
    model.choose(CaseForm.COMPARISON_SKIPPED)
    assert model.view.title == "不再重复信息比对"
    cited: Given = {
        "skipped_on": date(2022, 4, 14),
        "ground": "subsistence_allowance",
        "earlier_on": date(2021, 11, 18),
        "earlier_document": "2021年11月低保核对",
    }
    model.save(cited)
    assert form_of(model) is CaseForm.PUBLIC_NOTICE
    model.choose_step(Step.DATA_COMPARISON)
    assert form_of(model) is CaseForm.COMPARISON_SKIPPED
    assert model.view.answers == cited


def test_a_reopened_case_goes_back_to_its_step(model: CaseModel, matched: CaseId) -> None:
    model.open(matched)
    model.save(VISIT)
    model.choose(CaseForm.REFUSAL)
    model.save(REFUSED)
    model.choose(CaseForm.REOPENING)
    model.save({"reopened_on": date(2022, 4, 20), "back_to": "home_visit", "why": "新增住院"})
    assert form_of(model) is CaseForm.HOME_VISIT


def test_the_closing_check_leads_to_where_each_thing_is_mended(model: CaseModel, matched: CaseId) -> None:
    model.open(matched)
    model.choose(CaseForm.CLOSING)
    assert model.view.sheet is not None
    mended = {finding.code: model.mending(finding) for finding in model.view.sheet.missing}
    assert mended["not_visited"] is CaseForm.HOME_VISIT
    assert mended["step_missing"] is None
    model.choose_due()
    assert form_of(model) is CaseForm.HOME_VISIT


def test_a_proposed_household_is_decided_by_the_user(model: CaseModel, matched: CaseId, town_work: Work) -> None:
    second = warned(town_work)
    model.open(second)
    assert model.view.sheet is not None
    (question,) = model.view.sheet.questions
    assert question.asks == "是不是“王建国”这一户？"
    model.decide(question.proposal, Verdict.YES)
    assert form_of(model) is CaseForm.HOME_VISIT
    assert model.view.sheet.questions[0].asks == "要不要合并核实？"
    model.decide(model.view.sheet.questions[0].proposal, Verdict.YES)
    assert model.view.sheet.questions == ()
    assert len(model.view.sheet.together) == 1


def test_numbers_are_masked_until_asked_for_and_the_look_is_kept(
    model: CaseModel, matched: CaseId, runner: "AtOnce"
) -> None:
    def shown() -> str:
        return "\n".join(fact.says for group in model.view.facts for fact in group.facts)

    model.open(matched)
    assert NUMBER not in shown()
    assert "110***********002X" in shown()
    model.unmask()
    assert NUMBER in shown()
    assert runner.announced[-1].touches(Kind.DISCLOSURE)


def test_another_screen_that_touches_a_case_brings_the_case_up_to_date(
    model: CaseModel, matched: CaseId, town_work: Work
) -> None:
    model.open(matched)
    done = answer(town_work, matched, RecordKind.HOME_VISIT, VISIT)
    model.on_changes(Changes(operation=Operation.HOME_VISIT, touched=(Touched(Kind.CASE, matched),)))
    assert done is not None
    assert form_of(model) is CaseForm.DEMOCRATIC_REVIEW


def test_a_clock_runs_until_its_deed_and_then_says_whether_it_was_kept(
    model: CaseModel, matched: CaseId, clock: StoryClock
) -> None:
    model.open(matched)
    assert model.view.sheet is not None
    assert [(line.title, line.limit.due, line.ended_on) for line in model.view.sheet.clocks] == [
        ("入户核实", date(2022, 4, 14), None)
    ]
    clock.go_to(date(2022, 4, 21))
    model.save({**VISIT, "visited_on": date(2022, 4, 16)})
    model.save({**VISIT, "visited_on": date(2022, 4, 16)})
    assert [line.late_by for line in model.view.sheet.clocks] == [2, 0]


def test_a_case_that_is_not_there_is_said_and_not_guessed(model: CaseModel) -> None:
    model.open(CaseId("no such case"))
    assert model.view.gone


def test_the_case_leads_to_its_household_and_that_back_to_the_case(
    model: CaseModel, matched: CaseId, town_work: Work, runner: "AtOnce", frame: "FrameSpy"
) -> None:
    model.open(matched)
    model.go_household()
    there = frame.destinations[-1]
    assert there.place is Place.HOUSEHOLDS
    household = HouseholdsModel(town_work, runner, frame)
    household.open(there.target)
    assert [line.id for line in household.view.lines] == [matched]
    household.go_back()
    assert frame.destinations[-1] == Destination(Place.CASE, matched)
    assert model.view.sheet is not None
    household.open(str(model.view.sheet.case.household))
    assert household.came_from == "", "whoever comes another way has no case to go back to"


def test_answers_carried_over_from_an_earlier_visit_bear_its_day(
    model: CaseModel, town_work: Work, matched: CaseId
) -> None:
    model.open(matched)
    assert model.view.sheet is not None
    assert carried_over(model.view.sheet) == ""
    model.save(VISIT)
    second = warned(town_work, channel=Channel.CADRE_SCREENING)
    own = model.view.sheet.case.household
    assert own is not None
    match_household(town_work, second, own)
    model.open(second)
    assert form_of(model) is CaseForm.HOME_VISIT
    assert model.view.answers["members"] == VISIT["members"]
    assert carried_over(model.view.sheet) == "带出的是2022-04-12入户时的情况，请逐项核对；"
    model.save({**VISIT, "visited_on": date(2022, 4, 13)})
    assert carried_over(model.view.sheet) == ""
