"""更正已办结、已认定为不符合的, on a real encrypted file: with its reason and its trace, while the outcome stands."""

from dataclasses import replace
from datetime import date

import msgspec
import pytest
from shipped import ORDER
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import Case, CaseId, Meets
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.history_words import told
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.offices import Role, User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.record_answers import RecordKind
from taizhang_casework.domain.steps import (
    Closing,
    ComparisonSkipped,
    DemocraticReview,
    HomeVisit,
    MonitoredKind,
    PublicNotice,
    Record,
    Refusal,
    Reopening,
    ReviewForm,
    SkipGround,
    Step,
    SystemEntry,
)
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.filing import freeze, preview
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.matching import join_verification, match_household
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.undoing import look_back, session_begins
from taizhang_casework.services.verification import Unsure, answer, record
from taizhang_casework.services.work import Work

APRIL = Month(2022, 4)
WHY = "核查人员写错了，核对了签字表"
VISIT = HomeVisit(visited_on=date(2022, 4, 11), visitors=("张三", "李四"), conclusion="情况属实")
REVIEW = DemocraticReview(
    held_on=date(2022, 4, 12),
    form=ReviewForm.REPRESENTATIVES,
    expected=30,
    present=24,
    host="赵主任",
    recorder="钱会计",
    agree=24,
    against=0,
    abstain=0,
)
SKIPPED = ComparisonSkipped(
    skipped_on=date(2022, 4, 13),
    ground=SkipGround.SUBSISTENCE_ALLOWANCE,
    earlier_on=date(2022, 1, 5),
    earlier_document="低保核查表",
)
NOTICE = PublicNotice(posted_on=date(2022, 4, 13), ended_on=date(2022, 4, 18), place="村务公开栏")
ENTRY = SystemEntry(entered_on=date(2022, 4, 19), household_number="37021500001", kind=MonitoredKind.BORDERLINE)
REFUSAL = Refusal(decided_on=date(2022, 4, 13), at=Step.HOME_VISIT, reason="not_so")
CLOSING = Closing(closed_on=date(2022, 4, 20))
CLERK = User(name="周海燕", role=Role.CLERK)


def other(known: Record, **parts: object) -> Record:
    made: Record = msgspec.structs.replace(known, **parts)
    return made


def draft_of(channel: Channel) -> WarningDraft:
    return WarningDraft(
        channel=channel,
        source="村委",
        detail="家庭成员突发疾病",
        name="王建国",
        id_number="",
        village_code="370215001207",
        received_on=date(2022, 4, 7),
    )


def warned(work: Work) -> CaseId:
    case = take_warning(work, draft_of(Channel.CADRE_SCREENING)).case
    own_household(work, case)
    return case


@pytest.fixture
def recognised(work: Work) -> CaseId:
    """符合, closed on 20 April."""
    case = warned(work)
    for each in (VISIT, REVIEW, SKIPPED, NOTICE, ENTRY, CLOSING):
        record(work, case, each)
    return case


@pytest.fixture
def refused(work: Work) -> CaseId:
    """不符合 on 13 April, not closed yet."""
    case = warned(work)
    record(work, case, VISIT)
    record(work, case, REFUSAL)
    return case


def case_of(work: Work, case: CaseId) -> Case:
    with work.store.reading() as desk:
        return desk.cases.get(case)


def codes(work: Work, case: CaseId, content: Record, why: str = WHY) -> list[str]:
    """The codes of what keeps it from being written; nothing was written."""
    before = case_of(work, case)
    with pytest.raises(NotAccepted) as said:
        record(work, case, content, why=why)
    assert case_of(work, case) == before
    return [finding.code for finding in said.value.findings if finding.blocks]


@pytest.mark.parametrize("content", [VISIT, REVIEW, SKIPPED, NOTICE, ENTRY], ids=lambda each: type(each).__name__)
def test_every_step_of_a_closed_case_is_set_right_and_its_outcome_stands(
    work: Work, recognised: CaseId, content: Record
) -> None:
    before = case_state(case_of(work, recognised), ORDER)
    field = {HomeVisit: "conclusion", DemocraticReview: "host", ComparisonSkipped: "earlier_document"}
    field |= {PublicNotice: "place", SystemEntry: "household_number"}
    corrected = other(content, **{field[type(content)]: "更正以后的"})
    record(work, recognised, corrected, why=f" {WHY} ")
    after = case_of(work, recognised)
    state = case_state(after, ORDER)
    assert corrected in state.done.values()
    assert (state.meets, state.closed_on) == (Meets.YES, before.closed_on)
    assert after.entries[-1].why == WHY


def test_a_step_of_a_refused_case_is_set_right_and_it_stays_refused(work: Work, refused: CaseId) -> None:
    record(work, refused, other(VISIT, visitors=("张三", "王五")), why=WHY)
    state = case_state(case_of(work, refused), ORDER)
    assert state.home_visit is not None
    assert (state.home_visit.visitors, state.meets) == (("张三", "王五"), Meets.NO)


def test_without_a_reason_nothing_is_set_right(work: Work, recognised: CaseId, refused: CaseId) -> None:
    corrected = other(VISIT, visitors=("张三", "王五"))
    assert codes(work, recognised, corrected, why="　 ") == ["closed"]
    assert codes(work, refused, corrected, why="") == ["refused"]
    assert codes(work, refused, corrected, why="错" * 301) == ["too_long"]


def test_it_takes_the_right_to_decide(work: Work, recognised: CaseId, refused: CaseId) -> None:
    clerk = replace(work, user=CLERK)
    for case in (recognised, refused):
        assert codes(clerk, case, other(VISIT, visitors=("张三", "王五"))) == ["no_right"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(other(ENTRY, entered_on=date(2022, 4, 21)), id="a step after the day of closing"),
        pytest.param(other(ENTRY, kind=MonitoredKind.SUDDEN_HARDSHIP), id="another kind of monitored household"),
    ],
)
def test_what_would_change_the_outcome_says_that_the_case_is_reopened_for_it(
    work: Work, recognised: CaseId, content: Record
) -> None:
    assert codes(work, recognised, content) == ["reopen_first"]
    record(work, recognised, Reopening(reopened_on=date(2022, 4, 30), back_to=Step.SYSTEM_ENTRY, why=WHY))
    record(work, recognised, content)


def test_a_visit_after_the_refusal_that_rests_on_it_is_no_correction(work: Work, refused: CaseId) -> None:
    assert codes(work, refused, other(VISIT, visited_on=date(2022, 4, 14))) == ["reopen_first"]


def test_what_the_closing_asked_for_is_asked_for_again(work: Work, recognised: CaseId) -> None:
    late = other(VISIT, visited_on=date(2022, 4, 18))
    assert codes(work, recognised, late) == ["late_without_reason"]
    record(work, recognised, other(late, late_reason="住户外出"), why=WHY)


def test_a_step_that_was_not_done_is_not_added_afterwards(work: Work, refused: CaseId) -> None:
    assert codes(work, refused, REVIEW) == ["refused"]


def test_the_form_gives_the_reason_with_its_answers(work: Work, recognised: CaseId) -> None:
    given: Given = {"entered_on": date(2022, 4, 19), "household_number": "37021500002", "kind": "borderline"}
    with pytest.raises(NotAccepted):
        answer(work, recognised, RecordKind.SYSTEM_ENTRY, given)
    assert not isinstance(
        answer(work, recognised, RecordKind.SYSTEM_ENTRY, {**given, "correction_reason": WHY}), Unsure
    )
    assert case_of(work, recognised).entries[-1].why == WHY


def test_the_history_tells_what_it_was_what_it_is_who_did_it_and_why(work: Work, recognised: CaseId) -> None:
    record(work, recognised, other(VISIT, visitors=("张三", "王五")), why=WHY)
    with work.store.reading() as desk:
        newest = next(iter(desk.journal.by_user(work.user.name, after=0)))
    line = told(newest, work.pack, work.divisions)
    assert (line.what, line.by) == ("更正入户核实", work.user.name)
    assert line.details == (f"更正原因：{WHY}", "人员：张三、李四 → 张三、王五")


def test_a_frozen_month_is_marked_where_a_column_of_it_changes(work: Work, recognised: CaseId) -> None:
    freeze(work, APRIL)
    record(work, recognised, other(REVIEW, host="孙主任"), why=WHY)
    with work.store.reading() as desk:
        assert preview(work, desk, APRIL).unchanged, "附件2 has no column for it"
    record(work, recognised, other(VISIT, visitors=("张三", "王五")), why=WHY)
    with work.store.reading() as desk:
        (changed,) = preview(work, desk, APRIL).changed
    assert changed.says == "王建国封存后有改动：核查人员"


def test_a_correction_can_be_taken_back_by_whoever_may_decide(work: Work, recognised: CaseId) -> None:
    with work.store.reading() as desk:
        since = session_begins(desk)
    record(work, recognised, other(VISIT, visitors=("张三", "王五")), why=WHY)
    clerk = replace(work, user=User(name=work.user.name, role=Role.CLERK))
    with work.store.reading() as desk:
        mine, hers = look_back(work, desk, since), look_back(clerk, desk, since)
    assert mine is not None
    assert mine.findings == ()
    assert hers is not None
    assert [finding.code for finding in hers.findings] == ["no_right"]


def test_a_line_verified_together_with_a_closed_one_is_set_right_in_both_with_the_reason(
    work: Work,
) -> None:
    first = warned(work)
    household = case_of(work, first).household
    assert household is not None
    second = take_warning(work, draft_of(Channel.SELF_APPLICATION)).case
    match_household(work, second, household)
    with work.store.change(Operation.DECIDE_MATCH, work.user) as desk:
        join_verification(work, desk, desk.cases.get(second), first)
    for each in (VISIT, REVIEW, SKIPPED, NOTICE, ENTRY, CLOSING):
        record(work, first, each)
    corrected = other(VISIT, visitors=("张三", "王五"))
    assert codes(work, second, corrected, why="") == ["closed"]
    assert codes(work, second, other(ENTRY, entered_on=date(2022, 4, 21))) == ["reopen_first"]
    record(work, second, corrected, why=WHY)
    for case in (second, first):
        known = case_of(work, case)
        assert case_state(known, ORDER).done[Step.HOME_VISIT] == corrected
        assert known.entries[-1].why == WHY
