"""Any sequence of legal answers keeps clocks, columns and closing rule true; illegal ones are refused with a sentence."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from answered_forms import ITEMS, member
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from shipped import ORDER
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import Case, Meets
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.clocks import deadline
from taizhang_casework.domain.closing_check import closing_check, closing_day_check
from taizhang_casework.domain.divisions import Divisions, Village
from taizhang_casework.domain.duties import DutyGroup
from taizhang_casework.domain.duty_rules import duty_of
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.ledger import Informed
from taizhang_casework.domain.ledger_rules import ledger_line, refusal_words
from taizhang_casework.domain.machine import CaseState, StepMark, step_begun_by, step_of
from taizhang_casework.domain.pack import ClockKey
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.people import Household
from taizhang_casework.domain.standing import WaitsFor, standing_of
from taizhang_casework.domain.step_rules import check_record
from taizhang_casework.domain.steps import (
    AuthorisationsAsked,
    Cleared,
    Closing,
    ComparisonSent,
    ComparisonSkipped,
    DataComparison,
    DemocraticReview,
    Doubt,
    GreenChannel,
    HomeVisit,
    MonitoredKind,
    NoticePosted,
    PublicNotice,
    Record,
    Refusal,
    Reopening,
    ReviewForm,
    Signature,
    SkipGround,
    Step,
    SystemEntry,
)
from taizhang_casework.domain.yes_no import YesNo

PACK = shipped_packs()[0]
CALENDAR = WorkCalendar()
RECEIVED, TODAY = date(2022, 4, 7), date(2022, 6, 30)
DIVISIONS = Divisions(
    towns={"370215001": "环秀街道"},
    villages={"370215001207": Village(name="石门村", town_code="370215001")},
    district=PACK.district,
)

days = st.integers(-3, 60).map(lambda number: RECEIVED + timedelta(days=number))
words = st.sampled_from(["", " ", "情况属实", "a" * 300])
perhaps = st.sampled_from([None, YesNo.YES, YesNo.NO])
amounts = st.none() | st.integers(-5, 10**7)

visits = st.builds(
    HomeVisit,
    visited_on=days,
    visitors=st.sampled_from([("张三", "李四"), ("张三",), ("张三", " 张三")]),
    conclusion=words,
    late_reason=words,
    members=st.sampled_from([(), (member("王建国"),)]),
    house_grade=st.sampled_from(["", "b", "d"]),
    wage_income=amounts,
    business_income=amounts,
    own_expenses=amounts,
    housing_secured=perhaps,
    head_signed=perhaps,
)
counts = st.integers(0, 31)
reviews = st.builds(
    DemocraticReview,
    held_on=days,
    form=st.sampled_from(ReviewForm),
    expected=counts,
    present=counts,
    host=words,
    recorder=words,
    agree=counts,
    against=st.integers(0, 3),
    abstain=st.just(0),
    opinions=words,
    sign_in_sheet=perhaps,
) | days.map(
    lambda day: DemocraticReview(
        held_on=day,
        form=ReviewForm.REPRESENTATIVES,
        expected=30,
        present=24,
        host="赵主任",
        recorder="钱会计",
        agree=24,
        against=0,
        abstain=0,
    )
)
signed = st.builds(Signature, name=st.sampled_from(["王建国", "别人", ""]), signed_on=st.none() | days)
comparisons = st.builds(
    DataComparison,
    compared_on=days,
    authorised=st.sampled_from([(), ("王建国",), ("别人",)]),
    doubts=st.sampled_from([(), (Doubt(person="王建国", item="vehicles", explanation="已过户"),)]),
    signatures=st.lists(signed, max_size=2).map(tuple),
    cleared=st.sampled_from([(), (Cleared(person="王建国", items=ITEMS),)]),
)
skips = st.builds(
    ComparisonSkipped,
    skipped_on=days,
    ground=st.sampled_from(SkipGround),
    earlier_on=days,
    earlier_document=words,
)
notices = st.builds(
    PublicNotice,
    posted_on=days,
    ended_on=days,
    place=words,
    objections=words,
    settled=words,
    overrun_reason=words,
    photo=perhaps,
) | days.map(
    lambda day: PublicNotice(
        posted_on=day, ended_on=day + timedelta(days=5), place="村务公开栏", overrun_reason="疫情管控"
    )
)
entries = st.builds(
    SystemEntry, entered_on=days, household_number=words, kind=st.sampled_from(MonitoredKind), risks=st.just(())
)
greens = st.builds(
    GreenChannel,
    opened_on=days,
    ground=words,
    recognised_by=words,
    help_given=words,
    kind=st.sampled_from(["", "disaster", "rain"]),
    helped_on=st.none() | days,
)
refusals = st.builds(
    Refusal,
    decided_on=days,
    at=st.sampled_from(Step),
    reason=st.sampled_from(["not_so", "other", "unheard_of"]),
    explanation=words,
)
reopenings = st.builds(Reopening, reopened_on=days, back_to=st.sampled_from(Step), why=words)
begun = st.one_of(
    st.builds(NoticePosted, posted_on=days, place=words, photo=perhaps),
    days.map(lambda day: NoticePosted(posted_on=day, place="村务公开栏")),
    st.builds(AuthorisationsAsked, asked_on=days, signatures=st.lists(signed, max_size=2).map(tuple)),
    st.builds(ComparisonSent, sent_on=days, sent_to=words, signatures=st.lists(signed, max_size=2).map(tuple)),
)
closings = st.builds(Closing, closed_on=days)
records: st.SearchStrategy[Record] = st.one_of(
    visits,
    visits,
    reviews,
    reviews,
    comparisons,
    skips,
    notices,
    notices,
    entries,
    greens,
    refusals,
    reopenings,
    closings,
    begun,
    begun,
)

tries = st.lists(st.booleans().flatmap(lambda well: st.none() if well else records), min_size=6, max_size=18)
"""What somebody tries one after the other; None is the step that is due, done as it should be, so that cases come far."""

Maker = Callable[..., Case]
quiet = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)


GOOD: dict[Step, Record] = {
    Step.HOME_VISIT: HomeVisit(visited_on=date(2022, 4, 11), visitors=("张三", "李四"), conclusion="情况属实"),
    Step.DEMOCRATIC_REVIEW: DemocraticReview(
        held_on=date(2022, 4, 12),
        form=ReviewForm.REPRESENTATIVES,
        expected=30,
        present=24,
        host="赵主任",
        recorder="钱会计",
        agree=24,
        against=0,
        abstain=0,
    ),
    Step.DATA_COMPARISON: DataComparison(compared_on=date(2022, 4, 14), authorised=("王建国",)),
    Step.PUBLIC_NOTICE: PublicNotice(posted_on=date(2022, 4, 15), ended_on=date(2022, 4, 20), place="村务公开栏"),
    Step.SYSTEM_ENTRY: SystemEntry(
        entered_on=date(2022, 4, 21), household_number="3702150001", kind=MonitoredKind.BORDERLINE
    ),
}


def around(make: Maker, household: Household, kept: list[Record]) -> Circumstances:
    return Circumstances(case=make(*kept), household=household, pack=PACK, calendar=CALENDAR, today=TODAY)


def judged(record: Record, now: Circumstances) -> tuple[Finding, ...]:
    """What the desk would say: the rules of the record, and for 办结 the closing check."""
    found = check_record(record, now)
    if isinstance(record, Closing):
        found += (*closing_day_check(record, now, None), *closing_check(now, None))
    return found


def due(state: CaseState) -> Record:
    """The step that the case needs next, done well; 办结 after the last."""
    return Closing(closed_on=TODAY) if state.current is None else GOOD[state.current]


def walked(make: Maker, household: Household, tried: list[Record | None]) -> list[Record]:
    """What was written down of what was tried: what blocks is refused, with a sentence."""
    kept: list[Record] = []
    for each in tried:
        now = around(make, household, kept)
        record = due(now.state) if each is None else each
        blocking = [finding for finding in judged(record, now) if finding.blocks]
        assert all(finding.says.strip() for finding in blocking)
        if not blocking:
            kept.append(record)
    return kept


@quiet
@given(tried=tries)
def test_the_steps_that_are_done_are_always_the_first_ones_of_the_order(
    case_with: Maker, household: Household, tried: list[Record | None]
) -> None:
    state = around(case_with, household, walked(case_with, household, tried)).state
    event(f"{len(state.done)} steps done")
    assert tuple(step for step in state.order if step in state.done) == state.order[: len(state.done)]
    if state.refusal is None:
        assert state.current is next((step for step in state.order if step not in state.done), None)
    else:
        assert state.current is None
        assert not state.owed
    assert set(state.owed).isdisjoint(state.done)
    marks = [state.mark(step) for step in state.order]
    assert marks.count(StepMark.CURRENT) == (1 if state.current is not None else 0)


@quiet
@given(tried=tries)
def test_the_columns_of_the_ledger_follow_from_what_is_in_force(
    case_with: Maker, household: Household, tried: list[Record | None]
) -> None:
    now = around(case_with, household, walked(case_with, household, tried))
    state = now.state
    line = ledger_line(now.case, household=household, letter=None, pack=PACK, divisions=DIVISIONS, on=TODAY)
    assert line.meets is state.meets
    assert bool(line.refusal_reason) == (line.meets is Meets.NO)
    assert line.refusal_reason == refusal_words(state, PACK)
    assert (line.applicant_informed is Informed.NOT_ASKED) == (line.meets is not Meets.NO)
    assert line.applicant_informed is not Informed.YES, "nobody is told by a letter that was not written"
    assert line.verifiers == (() if state.home_visit is None else state.home_visit.visitors)
    assert (line.closed_on is None) == (state.closed_on is None)
    assert (line.meets is Meets.YES) == (state.refusal is None and Step.SYSTEM_ENTRY in state.done)


@quiet
@given(tried=tries)
def test_what_stands_written_down_keeps_the_rules_it_was_written_under(
    case_with: Maker, household: Household, tried: list[Record | None]
) -> None:
    state = around(case_with, household, walked(case_with, household, tried)).state
    visit, notice = state.home_visit, state.public_notice
    assert all(record.day <= TODAY for record in state.done.values())
    if visit is not None:
        assert len({name.strip() for name in visit.visitors}) >= PACK.verifiers_at_least
        assert all((amount or 0) >= 0 for amount in (visit.wage_income, visit.own_expenses))
    if notice is not None:
        hung = deadline(PACK.clock(ClockKey.PUBLIC_NOTICE), notice.posted_on, CALENDAR)
        assert notice.ended_on >= hung.due
        assert not notice.objections.strip() or notice.settled.strip()
    comparison = state.done.get(Step.DATA_COMPARISON)
    if isinstance(comparison, DataComparison):
        assert any(name.strip() for name in comparison.authorised)
        assert all(doubt.explanation.strip() for doubt in comparison.doubts)


@quiet
@given(tried=tries)
def test_an_open_case_always_has_a_next_duty_with_its_reason_and_a_closed_one_none(
    case_with: Maker, household: Household, tried: list[Record | None]
) -> None:
    now = around(case_with, household, walked(case_with, household, tried))
    duty = duty_of(now, None)
    assert (duty is None) == (now.state.closed_on is not None)
    if duty is not None:
        assert duty.what.strip()
        assert duty.because.strip()
        assert duty.clause.strip()


@quiet
@given(tried=tries)
def test_a_case_is_closed_only_with_a_decision_a_visit_and_every_reason_for_lateness(
    case_with: Maker, household: Household, tried: list[Record | None]
) -> None:
    kept: list[Record] = []
    for each in tried:
        before = around(case_with, household, kept)
        record = due(before.state) if each is None else each
        if any(finding.blocks for finding in judged(record, before)):
            continue
        if isinstance(record, Closing):
            assert_closable(before.state, before)
            event("closed")
        kept.append(record)


def assert_closable(state: CaseState, now: Circumstances) -> None:
    assert state.meets is Meets.YES, "a refused self-applicant without his letter is never closed"
    visit, notice = state.home_visit, state.public_notice
    assert visit is not None
    assert notice is not None
    due = deadline(PACK.clock(ClockKey.HOME_VISIT), now.case.warning.received_on, CALENDAR).due
    assert visit.visited_on <= due or visit.late_reason.strip()
    limit = deadline(PACK.clock(ClockKey.RECOGNITION), visit.visited_on, CALENDAR).due
    assert notice.ended_on <= limit or notice.overrun_reason.strip()


@quiet
@given(late=records)
def test_a_closed_case_takes_nothing_but_its_reopening(
    case_with: Maker, household: Household, five_records: tuple[Record, ...], late: Record
) -> None:
    kept: list[Record] = [*five_records, Closing(closed_on=date(2022, 4, 22))]
    blocking = [each for each in check_record(late, around(case_with, household, kept)) if each.blocks]
    if isinstance(late, Reopening):
        assert {each.field for each in blocking} <= {"why", "reopened_on"}
    else:
        assert [each.code for each in blocking][:1] == ["closed"]


@quiet
@given(late=records)
def test_a_refused_case_takes_only_its_closing_or_its_reopening(
    case_with: Maker, household: Household, five_records: tuple[Record, ...], late: Record
) -> None:
    refusal = Refusal(decided_on=date(2022, 4, 12), at=Step.DEMOCRATIC_REVIEW, reason="not_so")
    found = check_record(late, around(case_with, household, [five_records[0], refusal]))
    blocking = [each.code for each in found if each.blocks]
    if not isinstance(late, Closing | Reopening):
        assert blocking[:1] == ["refused"]


@quiet
@given(at=st.integers(0, 4), record=records)
def test_a_step_out_of_its_turn_is_refused_with_the_step_that_comes_first(
    case_with: Maker, household: Household, five_records: tuple[Record, ...], at: int, record: Record
) -> None:
    now = around(case_with, household, list(five_records[:at]))
    step = step_of(record) or step_begun_by(record)
    if step is None:
        return
    out_of_turn = now.state.order.index(step) > at
    said = [each.says for each in check_record(record, now) if each.code == "order"]
    assert bool(said) == out_of_turn
    if out_of_turn:
        assert PACK.step(now.state.order[at]).label in said[0]


@quiet
@given(tried=tries)
def test_only_the_step_that_is_due_is_ever_under_way_and_beginning_it_moves_no_other_clock(
    case_with: Maker, household: Household, tried: list[Record | None]
) -> None:
    kept = walked(case_with, household, tried)
    now = around(case_with, household, kept)
    state, standing = now.state, standing_of(now.case, None, ORDER)
    event(f"{len(state.begun)} under way")
    without = around(case_with, household, [each for each in kept if step_begun_by(each) is None]).state
    assert (state.done, state.current, state.meets, state.closed_on) == (
        without.done,
        without.current,
        without.meets,
        without.closed_on,
    )
    if state.refusal is None:
        assert set(state.begun) <= {state.current}
    duty = duty_of(now, None)
    assert standing.waits_for is (None if duty is None else duty.waits_for)
    if standing.waits_for is WaitsFor.NOTICE:
        assert duty is not None
        assert duty.due is not None
        assert state.hanging is not None
        assert duty.due == deadline(PACK.clock(ClockKey.PUBLIC_NOTICE), state.hanging.posted_on, CALENDAR).due
        assert duty.group(duty.due - timedelta(days=1)) is DutyGroup.WAITING
        assert duty.group(duty.due) is DutyGroup.TODAY
        assert duty.group(duty.due + timedelta(days=1)) is DutyGroup.OVERDUE


@pytest.mark.parametrize("count", range(6), ids=lambda count: f"after {count} steps")
def test_the_green_channel_opens_at_any_point_and_owes_exactly_what_is_left(
    count: int, case_with: Maker, household: Household, five_records: tuple[Record, ...]
) -> None:
    green = GreenChannel(
        opened_on=date(2022, 4, 8),
        ground="房屋过火",
        recognised_by="村民代表会议",
        help_given="临时救助",
        kind="disaster",
        helped_on=date(2022, 4, 8),
    )
    before = list(five_records[:count])
    assert check_record(green, around(case_with, household, before)) == ()
    state = around(case_with, household, [*before, green]).state
    assert state.owed == tuple(Step)[count:]
