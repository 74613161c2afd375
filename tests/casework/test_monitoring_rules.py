"""监测对象: what its entries mean, when the next visit is due, and what is said to each record, as tables of cases."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.monitoring import (
    AssistanceMeasure,
    ClearingRolledBack,
    ClearingStep,
    ClearingStepDone,
    ClearingVisit,
    FollowUpVisit,
    LineStanding,
    MonitoredHousehold,
    MonitoredId,
    MonitoringEntry,
    MonitoringRecord,
    MonitoringStanding,
    Recognised,
    RecognitionWithdrawn,
    monitoring_state,
)
from taizhang_casework.domain.monitoring_answers import MonitoringForm, consider_monitoring
from taizhang_casework.domain.monitoring_rules import (
    Monitoring,
    check_monitoring,
    months_after,
    next_clearing_step,
    next_visit_by,
    odd_days,
)
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.people import HouseholdId
from taizhang_casework.domain.steps import MonitoredKind

(PACK,) = shipped_packs()
TODAY = date(2022, 12, 1)
change = msgspec.structs.replace

RECOGNISED = Recognised(
    recognised_on=date(2022, 4, 21),
    case=CaseId("c1"),
    kind=MonitoredKind.SUDDEN_HARDSHIP,
    risks=("illness",),
    household_number="3702150001",
)
MEASURE = AssistanceMeasure(
    number=1, what="医疗救助", responsible="医保局", since=date(2022, 5, 1), until=date(2022, 6, 30)
)
DONE = change(MEASURE, done_on=date(2022, 6, 20), result="救助金已发放")
VISIT = FollowUpVisit(number=1, visited_on=date(2022, 7, 20), visitors=("孙晓梅",), found="病情稳定")
SOLID = ClearingVisit(
    visited_on=date(2022, 11, 10),
    visitors=("孙晓梅", "周志强"),
    stable_since=date(2022, 5, 10),
    income=LineStanding.ABOVE,
    secured=("schooling", "medical", "housing", "water"),
    conclusion="收入稳定，风险已消除",
)


def step(which: ClearingStep, day: int) -> ClearingStepDone:
    return ClearingStepDone(step=which, done_on=date(2022, 11, day), by="镇街", says="同意")


REVIEW, AUDIT = step(ClearingStep.REVIEW, 12), step(ClearingStep.AUDIT, 18)
ANNOUNCED, MARKED = step(ClearingStep.ANNOUNCEMENT, 20), step(ClearingStep.MARKING, 26)
ROLLBACK = ClearingRolledBack(rolled_back_on=date(2022, 11, 28), why="病情复发")
CLEARED = (SOLID, REVIEW, AUDIT, ANNOUNCED, MARKED)


def monitored(*records: MonitoringRecord) -> MonitoredHousehold:
    at = datetime(2022, 12, 1, 9, tzinfo=UTC)
    entries = (MonitoringEntry(recorded_at=at, recorded_by="李明", record=each) for each in (RECOGNISED, *records))
    return MonitoredHousehold(
        id=MonitoredId("m1"), household=HouseholdId("h1"), village_code="370215001207", entries=tuple(entries)
    )


def around(*records: MonitoringRecord) -> Monitoring:
    return Monitoring(monitored=monitored(*records), pack=PACK, today=TODAY)


STANDINGS: dict[str, tuple[tuple[MonitoringRecord, ...], MonitoringStanding, ClearingStep | None, date | None]] = {
    "just recognised": ((), MonitoringStanding.MONITORED, ClearingStep.HOME_VISIT, date(2022, 7, 21)),
    "visited": ((VISIT,), MonitoringStanding.MONITORED, ClearingStep.HOME_VISIT, date(2022, 10, 20)),
    "on its way": ((SOLID, REVIEW), MonitoringStanding.CLEARING, ClearingStep.AUDIT, date(2023, 2, 10)),
    "cleared": (CLEARED, MonitoringStanding.CLEARED, None, None),
    "rolled back half way, seen at the visit all the same": (
        (SOLID, ROLLBACK),
        MonitoringStanding.MONITORED,
        ClearingStep.HOME_VISIT,
        date(2023, 2, 10),
    ),
    "rolled back after all steps": (
        (*CLEARED, ROLLBACK),
        MonitoringStanding.MONITORED,
        ClearingStep.HOME_VISIT,
        date(2023, 2, 10),
    ),
    "begun again after a rollback, with the visit corrected": (
        (SOLID, ROLLBACK, change(SOLID, visited_on=date(2022, 11, 29)), change(SOLID, visited_on=date(2022, 11, 30))),
        MonitoringStanding.CLEARING,
        ClearingStep.REVIEW,
        date(2023, 2, 28),
    ),
    "the case reopened": (
        (RecognitionWithdrawn(withdrawn_on=date(2022, 5, 1), case=CaseId("c1"), why="有误"),),
        MonitoringStanding.WITHDRAWN,
        None,
        None,
    ),
    "recognised again after that": (
        (RecognitionWithdrawn(withdrawn_on=date(2022, 5, 1), case=CaseId("c1"), why="有误"), RECOGNISED),
        MonitoringStanding.MONITORED,
        ClearingStep.HOME_VISIT,
        date(2022, 7, 21),
    ),
    "the entry corrected by the same case": (
        (*CLEARED, change(RECOGNISED, risks=("disability",))),
        MonitoringStanding.CLEARED,
        None,
        None,
    ),
    "recognised by another case after it was cleared": (
        (*CLEARED, change(RECOGNISED, case=CaseId("c2"), recognised_on=date(2022, 11, 30))),
        MonitoringStanding.MONITORED,
        ClearingStep.HOME_VISIT,
        date(2023, 2, 28),
    ),
}


@pytest.mark.parametrize(("records", "standing", "following", "visit"), STANDINGS.values(), ids=STANDINGS)
def test_how_a_household_stands(
    records: tuple[MonitoringRecord, ...],
    standing: MonitoringStanding,
    following: ClearingStep | None,
    visit: date | None,
) -> None:
    state = monitoring_state(monitored(*records))
    assert state.standing is standing
    assert next_clearing_step(state, PACK) is following
    assert next_visit_by(state, PACK) == visit


def test_a_measure_and_a_visit_recorded_again_with_their_number_are_corrected() -> None:
    state = monitoring_state(monitored(MEASURE, VISIT, DONE, change(VISIT, found="已出院")))
    assert (state.measures, state.running) == ((DONE,), ())
    assert [each.found for each in state.visits] == ["已出院"]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2022, 5, 10), 6, date(2022, 11, 10)),
        (date(2022, 8, 31), 6, date(2023, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 11, 30), 3, date(2023, 2, 28)),
        (date(2022, 12, 1), 1, date(2023, 1, 1)),
    ],
    ids=str,
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


Told = set[tuple[str, str, bool]]
RECORDS: dict[str, tuple[tuple[MonitoringRecord, ...], MonitoringRecord, Told]] = {
    "a measure": ((), MEASURE, set()),
    "a measure done": ((MEASURE,), DONE, set()),
    "a measure of nothing by nobody": (
        (),
        change(MEASURE, what=" ", responsible=""),
        {("what", "blank", True), ("responsible", "blank", True)},
    ),
    "a measure planned for later": ((), change(MEASURE, since=date(2023, 1, 1), until=None), set()),
    "a measure that ends before it begins": (
        (),
        change(MEASURE, until=date(2022, 4, 30)),
        {("until", "until_before_since", False)},
    ),
    "a measure done before it began": (
        (),
        change(DONE, done_on=date(2022, 4, 30)),
        {("done_on", "done_on_before_since", False)},
    ),
    "a measure done on a day that has not come": (
        (),
        change(DONE, done_on=date(2022, 12, 2)),
        {("done_on", "future", True)},
    ),
    "a measure done with no result": ((), change(DONE, result=""), {("result", "no_result", False)}),
    "a measure before the recognition": (
        (),
        change(MEASURE, since=date(2022, 4, 20)),
        {("since", "before_recognised", False)},
    ),
    "a visit in time": ((), VISIT, set()),
    "a visit on the last day": ((), change(VISIT, visited_on=date(2022, 7, 21)), set()),
    "a visit a day late": (
        (),
        change(VISIT, visited_on=date(2022, 7, 22)),
        {("late_reason", "late_without_reason", False)},
    ),
    "a visit late with its reason": (
        (),
        change(VISIT, visited_on=date(2022, 7, 22), late_reason="该户外出住院"),
        set(),
    ),
    "a visit late after the last one": (
        (VISIT,),
        change(VISIT, number=2, visited_on=date(2022, 10, 21)),
        {("late_reason", "late_without_reason", False)},
    ),
    "a visit in time after the one for clearing": ((SOLID,), change(VISIT, visited_on=date(2022, 11, 25)), set()),
    "the same visit corrected is not late against itself": ((VISIT,), change(VISIT, found="已出院"), set()),
    "an older visit taken down after a newer one": (
        (change(VISIT, number=2, visited_on=date(2022, 9, 1)),),
        VISIT,
        set(),
    ),
    "a visit before the recognition": (
        (),
        change(VISIT, visited_on=date(2022, 4, 20)),
        {("visited_on", "before_recognised", False)},
    ),
    "a visit by nobody that found nothing": (
        (),
        change(VISIT, visitors=(), found=""),
        {("visitors", "blank", True), ("found", "blank", True)},
    ),
    "a visit that has not come": (
        (),
        change(VISIT, visited_on=date(2022, 12, 2), late_reason="住院"),
        {("visited_on", "future", True)},
    ),
    "clearing once all is solid": ((), SOLID, set()),
    "clearing a day before half a year": (
        (),
        change(SOLID, visited_on=date(2022, 11, 9)),
        {("stable_since", "not_stable", True)},
    ),
    "clearing while below the line": (
        (),
        change(SOLID, income=LineStanding.BELOW),
        {("income", "below_line", True)},
    ),
    "clearing with a guarantee open": (
        (),
        change(SOLID, secured=("schooling", "medical", "housing")),
        {("secured", "not_secured", True)},
    ),
    "clearing by one": ((), change(SOLID, visitors=("孙晓梅",)), {("visitors", "too_few_visitors", True)}),
    "clearing with a measure running": ((MEASURE,), SOLID, {("", "measures_running", False)}),
    "clearing stable since before the recognition": (
        (),
        change(SOLID, stable_since=date(2022, 4, 1)),
        {("stable_since", "stable_before", False)},
    ),
    "everything against it at once": (
        (MEASURE,),
        ClearingVisit(
            visited_on=date(2022, 12, 2),
            visitors=(),
            stable_since=date(2022, 11, 1),
            income=LineStanding.BELOW,
            secured=(),
            conclusion="",
        ),
        {
            ("visited_on", "future", True),
            ("visitors", "blank", True),
            ("conclusion", "blank", True),
            ("stable_since", "not_stable", True),
            ("income", "below_line", True),
            ("secured", "not_secured", True),
            ("", "measures_running", False),
        },
    ),
    "the next step": ((SOLID,), REVIEW, set()),
    "a step before the first": ((), REVIEW, {("", "not_yet", True)}),
    "a step that is not the next": ((SOLID, REVIEW), ANNOUNCED, {("", "not_yet", True)}),
    "a step on a day before the last one": (
        (SOLID,),
        change(REVIEW, done_on=date(2022, 11, 9)),
        {("done_on", "before_earlier_step", False)},
    ),
    "a step corrected to a day after the next": (
        (SOLID, REVIEW, AUDIT),
        change(REVIEW, done_on=date(2022, 11, 19)),
        {("done_on", "after_later_step", False)},
    ),
    "a step by nobody with no words": (
        (SOLID,),
        change(REVIEW, by="", says=" "),
        {("by", "blank", True), ("says", "blank", True)},
    ),
    "the visit in the form of the others": (
        (),
        step(ClearingStep.HOME_VISIT, 10),
        {("step", "visit_form", True)},
    ),
    "a rollback": (CLEARED, ROLLBACK, set()),
    "a rollback of nothing": ((), ROLLBACK, {("", "nothing_to_roll_back", True)}),
    "a rollback for no reason": (CLEARED, change(ROLLBACK, why=" "), {("why", "blank", True)}),
    "a rollback before the last step": (
        CLEARED,
        change(ROLLBACK, rolled_back_on=date(2022, 11, 25)),
        {("rolled_back_on", "before_last_step", False)},
    ),
    "anything of a household that is not recognised any more": (
        (RecognitionWithdrawn(withdrawn_on=date(2022, 5, 1), case=CaseId("c1"), why="有误"),),
        VISIT,
        {("", "withdrawn", True)},
    ),
}


@pytest.mark.parametrize(("before", "record", "expected"), RECORDS.values(), ids=RECORDS)
def test_what_is_said_to(before: tuple[MonitoringRecord, ...], record: MonitoringRecord, expected: Told) -> None:
    found = check_monitoring(record, around(*before))
    assert {(each.field, each.code, each.blocks) for each in found} == expected


@pytest.mark.parametrize(
    "before", [(), (VISIT,), (SOLID,), (change(VISIT, visited_on=date(2022, 11, 15)), SOLID)], ids=len
)
def test_the_list_and_the_visit_go_by_the_same_day(before: tuple[MonitoringRecord, ...]) -> None:
    now = change(around(*before), today=date(2023, 12, 1))
    due = next_visit_by(now.state, now.pack)
    assert due is not None

    def said(day: date) -> list[str]:
        return [each.code for each in check_monitoring(change(VISIT, number=9, visited_on=day), now)]

    assert (said(due), said(due + timedelta(days=1))) == ([], ["late_without_reason"])


def test_every_odd_day_in_force_is_told_at_once_and_corrected_ones_no_more() -> None:
    odd = (
        change(MEASURE, until=date(2022, 4, 30)),
        change(VISIT, visited_on=date(2022, 4, 20)),
        SOLID,
        change(REVIEW, done_on=date(2022, 11, 9)),
    )
    told = {(each.field, each.code) for each in odd_days(around(*odd))}
    assert told == {
        ("until", "until_before_since"),
        ("visited_on", "before_recognised"),
        ("done_on", "before_earlier_step"),
    }
    assert odd_days(around(*odd, MEASURE, VISIT, REVIEW)) == ()


def test_an_empty_form_says_every_blank_and_nothing_that_hangs_on_them() -> None:
    found = {
        form: [(each.field, each.code) for each in consider_monitoring(form, {}, around(), 1).findings]
        for form in MonitoringForm
    }
    assert found == {
        MonitoringForm.MEASURE: [("since", "blank"), ("what", "blank"), ("responsible", "blank")],
        MonitoringForm.FOLLOW_UP_VISIT: [("visited_on", "blank"), ("visitors", "blank"), ("found", "blank")],
        MonitoringForm.CLEARING_VISIT: [
            ("visited_on", "blank"),
            ("stable_since", "blank"),
            ("income", "blank"),
            ("visitors", "blank"),
            ("conclusion", "blank"),
            ("secured", "not_secured"),
        ],
        MonitoringForm.CLEARING_STEP: [("step", "blank"), ("done_on", "blank"), ("by", "blank"), ("says", "blank")],
        MonitoringForm.ROLLBACK: [
            ("rolled_back_on", "blank"),
            ("", "nothing_to_roll_back"),
            ("why", "blank"),
        ],
    }
