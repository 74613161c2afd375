"""A step that is begun and not over: 公示 hangs, 比对 is out, 授权书 are being signed."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest
from shipped import ORDER
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.duties import DutyGroup
from taizhang_casework.domain.duty_rules import duty_of
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.people import Household
from taizhang_casework.domain.record_answers import RecordKind, consider
from taizhang_casework.domain.standing import Limit, WaitsFor, day_of, standing_of
from taizhang_casework.domain.step_rules import check_record
from taizhang_casework.domain.steps import (
    AuthorisationsAsked,
    ComparisonSent,
    DataComparison,
    GreenChannel,
    NoticePosted,
    PublicNotice,
    Record,
    Refusal,
    Reopening,
    Signature,
    Step,
)

PACK = max(shipped_packs(), key=lambda pack: pack.valid_from)
Maker = Callable[..., Case]
POSTED = NoticePosted(posted_on=date(2022, 4, 15), place="村务公开栏")
SENT = ComparisonSent(
    sent_on=date(2022, 4, 13), sent_to="区民政局", signatures=(Signature(name="王建国", signed_on=date(2022, 4, 12)),)
)
ASKED = AuthorisationsAsked(asked_on=date(2022, 4, 11), signatures=(Signature(name="王建国"), Signature(name="王小明")))


def around(case: Case, household: Household, today: date = date(2022, 4, 18)) -> Circumstances:
    return Circumstances(case=case, household=household, pack=PACK, calendar=WorkCalendar(), today=today)


def codes(record: Record, now: Circumstances) -> list[str]:
    return [finding.code for finding in check_record(record, now)]


def test_a_hanging_notice_is_waited_for_until_its_days_are_over_and_then_is_the_offices_own(
    case_with: Maker, household: Household, five_records: tuple[Record, ...]
) -> None:
    case = case_with(*five_records[:3], POSTED)
    duty = duty_of(around(case, household), None)
    assert duty is not None
    assert (duty.what, duty.due, duty.waits_for) == ("结束公示", date(2022, 4, 20), WaitsFor.NOTICE)
    assert duty.because.startswith("4月15日张贴在村务公开栏，最早4月20日结束：")
    assert [duty.group(date(2022, 4, day)) for day in (19, 20, 21)] == [
        DutyGroup.WAITING,
        DutyGroup.TODAY,
        DutyGroup.OVERDUE,
    ]
    standing = standing_of(case, None, ORDER)
    assert standing.clock is not None
    assert standing.clock.limit is Limit.HANGING
    assert day_of(standing.clock, PACK, WorkCalendar()).day == date(2022, 4, 20)


def test_a_comparison_that_is_out_and_authorisations_not_signed_are_waited_for_under_the_same_day_as_before(
    case_with: Maker, household: Household, five_records: tuple[Record, ...]
) -> None:
    before = duty_of(around(case_with(*five_records[:2]), household), None)
    asked = duty_of(around(case_with(*five_records[:2], ASKED), household), None)
    sent = duty_of(around(case_with(*five_records[:2], ASKED, SENT), household), None)
    assert before is not None
    assert asked is not None
    assert sent is not None
    assert (asked.waits_for, sent.waits_for) == (WaitsFor.SIGNATURES, WaitsFor.COMPARISON)
    assert before.due == asked.due == sent.due
    assert asked.because == f"4月11日发出授权书，王建国、王小明还没有签；{before.because}"
    assert sent.because == f"4月13日已送区民政局比对，等结果；{before.because}"


def test_the_end_of_a_step_ends_the_waiting_and_so_do_a_refusal_and_a_reopening_before_it(
    case_with: Maker, household: Household, five_records: tuple[Record, ...]
) -> None:
    ends: tuple[Record, ...] = (
        five_records[3],
        Refusal(decided_on=date(2022, 4, 16), at=Step.PUBLIC_NOTICE, reason="not_so"),
        Reopening(reopened_on=date(2022, 4, 16), back_to=Step.DATA_COMPARISON, why="漏了一人"),
    )
    for end in ends:
        case = case_with(*five_records[:3], POSTED, end)
        assert standing_of(case, None, ORDER).waits_for is None, end
        duty = duty_of(around(case, household), None)
        assert duty is not None
        assert duty.waits_for is None, end


@pytest.mark.parametrize(
    ("record", "done", "code"),
    [
        (POSTED, 2, "order"),
        (SENT, 1, "order"),
        (POSTED, 4, "done_already"),
        (SENT, 3, "done_already"),
        (msgspec.structs.replace(POSTED, place=" "), 3, "blank"),
        (msgspec.structs.replace(POSTED, posted_on=date(2022, 4, 19)), 3, "future"),
        (msgspec.structs.replace(POSTED, posted_on=date(2022, 4, 13)), 3, "before_earlier_step"),
        (msgspec.structs.replace(SENT, sent_to=""), 2, "blank"),
        (msgspec.structs.replace(SENT, signatures=()), 2, "no_authorisation"),
        (msgspec.structs.replace(ASKED, signatures=()), 2, "nobody_asked"),
    ],
    ids=[
        "公示 before 比对",
        "比对 before 评议",
        "公示 that is over",
        "比对 that is over",
        "no place",
        "a day to come",
        "before the step before",
        "sent to nobody",
        "nobody has signed",
        "nobody is asked",
    ],
)
def test_what_cannot_be_begun_is_said(
    record: Record, done: int, code: str, case_with: Maker, household: Household, five_records: tuple[Record, ...]
) -> None:
    assert code in codes(record, around(case_with(*five_records[:done]), household))


def test_an_end_that_tells_another_beginning_is_said_and_does_not_block(
    case_with: Maker, household: Household, five_records: tuple[Record, ...]
) -> None:
    now = around(case_with(*five_records[:3], POSTED), household, date(2022, 4, 30))
    end = PublicNotice(posted_on=date(2022, 4, 16), ended_on=date(2022, 4, 21), place="村务公开栏")
    found = [finding for finding in check_record(end, now) if finding.code == "another_beginning"]
    assert [(finding.field, finding.blocks) for finding in found] == [("posted_on", False)]
    late = DataComparison(compared_on=date(2022, 4, 14), authorised=("王建国",), sent_on=date(2022, 4, 15))
    assert "sent_after" in codes(late, around(case_with(*five_records[:2]), household))


def test_the_answers_of_one_form_begin_a_step_without_its_end(
    case_with: Maker, household: Household, five_records: tuple[Record, ...]
) -> None:
    given: Given = {"posted_on": date(2022, 4, 15), "place": "村务公开栏", "ended_on": None}
    now = around(case_with(*five_records[:3]), household)
    considered = consider(RecordKind.NOTICE_POSTED, given, now)
    assert considered.record == POSTED
    assert not considered.blocked
    blanks = consider(RecordKind.COMPARISON_SENT, {}, around(case_with(*five_records[:2]), household)).findings
    assert {"sent_on", "sent_to"} <= {finding.field for finding in blanks}


def test_a_beginning_written_again_replaces_the_one_before(case_with: Maker, five_records: tuple[Record, ...]) -> None:
    other = msgspec.structs.replace(POSTED, posted_on=date(2022, 4, 16))
    state = case_state(case_with(*five_records[:3], POSTED, other), ORDER)
    assert state.hanging == other
    assert state.current is Step.PUBLIC_NOTICE


def test_what_the_green_channel_put_off_stands_in_the_reason_of_the_day(
    case_with: Maker, household: Household, five_records: tuple[Record, ...]
) -> None:
    green = GreenChannel(opened_on=date(2022, 4, 8), ground="房屋过火", recognised_by="村民代表会议", help_given="救助")
    before = duty_of(around(case_with(*five_records[:3]), household), None)
    duty = duty_of(around(case_with(*five_records[:3], green), household), None)
    assert before is not None
    assert duty is not None
    assert duty.because == f"绿色通道4月8日启动，先行帮扶，还须补办村级公示、录入系统（二（三））；{before.because}"
    assert (duty.due, duty.what) == (before.due, before.what)
