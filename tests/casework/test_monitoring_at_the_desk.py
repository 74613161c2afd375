"""监测对象 on a real encrypted file: taken up by the entry, withdrawn by a reopening, followed up, cleared, rolled back."""

from dataclasses import replace
from datetime import date

import msgspec
import pytest
from five_steps import five_steps
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.monitoring import MonitoringStanding
from taizhang_casework.domain.monitoring_answers import MonitoringForm
from taizhang_casework.domain.offices import Role
from taizhang_casework.domain.people import HouseholdId
from taizhang_casework.domain.steps import (
    MonitoredKind,
    Reopening,
    Step,
)
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.monitoring import MonitoredSheet, answer_monitoring, listing, sheet_of
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.verification import Recorded, Unsure, record
from taizhang_casework.services.work import Work

ENTRY = five_steps("王建国")[-1]
MEASURE: Given = {"what": "医疗救助", "responsible": "医保局", "since": date(2022, 4, 22)}
VISIT: Given = {"visited_on": date(2022, 4, 28), "visitors": ("孙晓梅",), "found": "病情稳定"}
CLEARING: Given = {
    "visited_on": date(2022, 4, 29),
    "visitors": ("孙晓梅", "周志强"),
    "stable_since": date(2021, 10, 1),
    "income": "above",
    "secured": ("schooling", "medical", "housing", "water"),
    "conclusion": "收入稳定",
}


def warned(work: Work, name: str = "王建国") -> CaseId:
    draft = WarningDraft(
        channel=Channel.CADRE_SCREENING,
        source="村委",
        detail="家庭成员突发疾病",
        name=name,
        id_number="",
        village_code="370215001207",
        received_on=date(2022, 4, 7),
    )
    case = take_warning(work, draft).case
    own_household(work, case)
    return case


def recognised(work: Work, name: str = "王建国") -> CaseId:
    case = warned(work, name)
    for each in five_steps(name):
        record(work, case, each)
    return case


def household_of(work: Work, case: CaseId) -> HouseholdId:
    with work.store.reading() as desk:
        household = desk.cases.get(case).household
    assert household is not None
    return household


def sheet(work: Work, case: CaseId) -> MonitoredSheet:
    household = household_of(work, case)
    with work.store.reading() as desk:
        found = sheet_of(work, desk, household)
    assert found is not None
    return found


def test_the_entry_into_the_national_system_takes_the_household_up(work: Work) -> None:
    case = warned(work)
    household = household_of(work, case)
    with work.store.reading() as desk:
        assert sheet_of(work, desk, household) is None
    second = recognised(work, "李秀英")
    found = sheet(work, second)
    assert found.state.recognised.kind is MonitoredKind.SUDDEN_HARDSHIP
    assert (found.state.recognised.risks, found.line.next_visit) == (("illness",), date(2022, 7, 21))


def test_the_same_transaction_touches_case_and_household(work: Work) -> None:
    case = recognised(work)
    changes = record(work, case, msgspec.structs.replace(ENTRY, household_number="3702150009")).changes
    assert [each.kind for each in changes.touched] == [Kind.CASE, Kind.MONITORED_HOUSEHOLD]
    assert sheet(work, case).state.recognised.household_number == "3702150009"


def test_a_reopening_before_the_entry_withdraws_it_and_the_entry_brings_it_back(work: Work) -> None:
    case = recognised(work)
    back = Reopening(reopened_on=date(2022, 4, 25), back_to=Step.SYSTEM_ENTRY, why="户编号有误")
    record(work, case, back)
    assert sheet(work, case).line.standing is MonitoringStanding.WITHDRAWN
    with pytest.raises(NotAccepted) as refused:
        answer_monitoring(work, sheet(work, case).monitored.id, MonitoringForm.MEASURE, MEASURE)
    assert [each.code for each in refused.value.findings] == ["withdrawn"]
    record(work, case, ENTRY)
    assert sheet(work, case).line.standing is MonitoringStanding.MONITORED


def test_measures_and_visits_are_numbered_and_corrected_by_their_number(work: Work) -> None:
    case = recognised(work)
    monitored = sheet(work, case).monitored.id
    for what in ("医疗救助", "公益岗位"):
        answer_monitoring(work, monitored, MonitoringForm.MEASURE, {**MEASURE, "what": what})
    done: Given = {**MEASURE, "done_on": date(2022, 4, 29), "result": "已救助3000元"}
    answer_monitoring(work, monitored, MonitoringForm.MEASURE, done, number=1)
    answer_monitoring(work, monitored, MonitoringForm.FOLLOW_UP_VISIT, VISIT)
    state = sheet(work, case).state
    assert [(each.number, each.what, each.result) for each in state.measures] == [
        (1, "医疗救助", "已救助3000元"),
        (2, "公益岗位", ""),
    ]
    assert sheet(work, case).line.next_visit == date(2022, 7, 28)


def test_a_note_is_shown_once_before_it_is_written(work: Work) -> None:
    case = recognised(work)
    monitored = sheet(work, case).monitored.id
    early: Given = {**VISIT, "visited_on": date(2022, 4, 20)}
    first = answer_monitoring(work, monitored, MonitoringForm.FOLLOW_UP_VISIT, early)
    assert isinstance(first, Unsure)
    assert sheet(work, case).state.visits == ()
    assert isinstance(
        answer_monitoring(work, monitored, MonitoringForm.FOLLOW_UP_VISIT, early, seen=first.notes), Recorded
    )
    assert [each.code for each in sheet(work, case).odd_days] == ["before_recognised"]


def test_a_household_is_cleared_step_by_step_and_rolled_back(work: Work) -> None:
    case = recognised(work)
    monitored = sheet(work, case).monitored.id
    first = answer_monitoring(work, monitored, MonitoringForm.CLEARING_VISIT, CLEARING)
    assert isinstance(first, Unsure)
    answer_monitoring(work, monitored, MonitoringForm.CLEARING_VISIT, CLEARING, seen=first.notes)
    for step in ("review", "audit", "announcement", "marking"):
        done: Given = {"step": step, "done_on": date(2022, 4, 29), "by": "镇街", "says": "同意"}
        assert isinstance(answer_monitoring(work, monitored, MonitoringForm.CLEARING_STEP, done), Recorded)
    assert (sheet(work, case).line.standing, sheet(work, case).line.next_visit) == (MonitoringStanding.CLEARED, None)
    back: Given = {"rolled_back_on": date(2022, 4, 30), "why": "病情复发"}
    answer_monitoring(work, monitored, MonitoringForm.ROLLBACK, back)
    assert sheet(work, case).line.standing is MonitoringStanding.MONITORED
    assert len(sheet(work, case).monitored.entries) == 7


def test_a_clerk_follows_up_but_does_not_clear(work: Work) -> None:
    case = recognised(work)
    monitored = sheet(work, case).monitored.id
    clerk = replace(work, user=msgspec.structs.replace(work.user, role=Role.CLERK))
    answer_monitoring(clerk, monitored, MonitoringForm.FOLLOW_UP_VISIT, VISIT)
    first = answer_monitoring(clerk, monitored, MonitoringForm.CLEARING_VISIT, CLEARING)
    assert isinstance(first, Unsure)
    answer_monitoring(clerk, monitored, MonitoringForm.CLEARING_VISIT, CLEARING, seen=first.notes)
    review: Given = {"step": "review", "done_on": date(2022, 4, 29), "by": "村委", "says": "同意"}
    answer_monitoring(clerk, monitored, MonitoringForm.CLEARING_STEP, review)
    with pytest.raises(NotAccepted) as refused:
        answer_monitoring(clerk, monitored, MonitoringForm.CLEARING_STEP, {**review, "step": "audit"})
    assert [each.code for each in refused.value.findings] == ["no_right"]


def test_the_list_begins_with_the_visit_that_is_due_first(work: Work) -> None:
    first, second = recognised(work), recognised(work, "李秀英")
    answer_monitoring(work, sheet(work, first).monitored.id, MonitoringForm.FOLLOW_UP_VISIT, VISIT)
    with work.store.reading() as desk:
        lines = listing(work, desk)
    assert [(line.head_name, line.next_visit) for line in lines] == [
        ("李秀英", date(2022, 7, 21)),
        ("王建国", date(2022, 7, 28)),
    ]
    assert household_of(work, second) == lines[0].household
