"""What the rules say before a record is written; vectors in 2022 around 五一 and 清明."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.closing_check import closing_check, closing_day_check
from taizhang_casework.domain.letter import (
    Delivery,
    DeliveryWay,
    Letter,
    LetterId,
    LetterNumber,
    Print,
    ResultNotice,
    ReturnVisit,
)
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.people import Household
from taizhang_casework.domain.step_rules import check_record
from taizhang_casework.domain.steps import (
    Closing,
    ComparisonSkipped,
    DataComparison,
    DemocraticReview,
    Doubt,
    GreenChannel,
    HomeVisit,
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

TODAY = date(2022, 4, 30)
Maker = Callable[..., Case]
Records = tuple[Record, ...]
Around = Callable[..., Circumstances]


@pytest.fixture
def around(case_with: Maker, household: Household) -> Around:
    """The circumstances of a case with these records, on a day."""

    def make(*records: Record, today: date = TODAY, matched: bool = True) -> Circumstances:
        pack = shipped_packs()[0]
        known = household if matched else None
        return Circumstances(case=case_with(*records), household=known, pack=pack, calendar=WorkCalendar(), today=today)

    return make


def codes(record: Record, now: Circumstances) -> set[str]:
    return {finding.code for finding in check_record(record, now)}


def blocking(record: Record, now: Circumstances) -> set[str]:
    return {finding.code for finding in check_record(record, now) if finding.blocks}


def test_the_five_records_of_a_good_case_are_taken_without_a_word(around: Around, five_records: Records) -> None:
    for count, record in enumerate(five_records):
        assert check_record(record, around(*five_records[:count])) == ()


@pytest.mark.parametrize("ahead", range(1, 5))
def test_a_step_cannot_be_taken_before_its_turn(ahead: int, around: Around, five_records: Records) -> None:
    assert "order" in blocking(five_records[ahead], around())


def test_a_warning_that_is_not_matched_to_a_household_cannot_be_verified(around: Around, five_records: Records) -> None:
    assert blocking(five_records[0], around(matched=False)) == {"unmatched"}


@pytest.mark.parametrize(
    ("visitors", "wrong"),
    [((), True), (("张三",), True), (("张三", " 张三 "), True), (("张三", ""), True), (("张三", "李四"), False)],
    ids=["nobody", "one", "the same twice", "one and a blank", "two"],
)
def test_a_home_visit_needs_two_different_visitors(visitors: tuple[str, ...], wrong: bool, around: Around) -> None:
    visit = HomeVisit(visited_on=date(2022, 4, 11), visitors=visitors, conclusion="属实")
    assert ("too_few_visitors" in blocking(visit, around())) is wrong


def test_a_late_home_visit_is_taken_and_asked_why(around: Around, five_records: Records) -> None:
    late = msgspec.structs.replace(five_records[0], visited_on=date(2022, 4, 13))
    assert codes(late, around()) == {"late_without_reason"}
    assert blocking(late, around()) == set()
    assert check_record(msgspec.structs.replace(late, late_reason="户主住院"), around()) == ()


def test_a_day_that_has_not_come_is_refused(around: Around, five_records: Records) -> None:
    assert "future" in blocking(five_records[0], around(today=date(2022, 4, 10)))


def test_a_day_before_the_earlier_step_is_said_and_not_blocked(around: Around, five_records: Records) -> None:
    early = msgspec.structs.replace(five_records[1], held_on=date(2022, 4, 10))
    assert codes(early, around(five_records[0])) == {"before_earlier_step"}
    assert blocking(early, around(five_records[0])) == set()


def test_a_notice_that_was_put_up_before_the_comparison_is_said(around: Around, five_records: Records) -> None:
    early = msgspec.structs.replace(five_records[3], posted_on=date(2022, 4, 13))
    assert [(each.field, each.code) for each in check_record(early, around(*five_records[:3]))] == [
        ("posted_on", "before_earlier_step")
    ]
    assert blocking(early, around(*five_records[:3])) == set()


def test_a_step_that_is_corrected_to_a_day_after_the_next_is_said(around: Around, five_records: Records) -> None:
    late = msgspec.structs.replace(five_records[1], held_on=date(2022, 4, 15))
    assert codes(late, around(*five_records[:3])) == {"after_later_step"}
    assert blocking(late, around(*five_records[:3])) == set()
    assert codes(late, around(*five_records[:1])) == set()


def test_a_refusal_before_the_visit_is_said(around: Around, five_records: Records) -> None:
    early = Refusal(decided_on=date(2022, 4, 10), at=Step.HOME_VISIT, reason="other", explanation="收入稳定")
    assert codes(early, around(five_records[0])) == {"before_earlier_step"}
    assert blocking(early, around(five_records[0])) == set()


@pytest.mark.parametrize(
    ("present", "agree", "expected"),
    [(20, 11, set()), (19, 19, {"no_quorum"}), (20, 10, set()), (31, 31, {"bad_attendance"})],
    ids=["two thirds and more than half", "less than two thirds", "exactly half agree", "more than invited"],
)
def test_the_quorum_of_the_representatives_blocks(
    present: int, agree: int, expected: set[str], around: Around, five_records: Records
) -> None:
    meeting = msgspec.structs.replace(five_records[1], present=present, agree=agree, against=present - agree, abstain=0)
    assert blocking(meeting, around(five_records[0])) == expected


def test_another_form_of_meeting_only_warns(around: Around, five_records: Records) -> None:
    meeting = DemocraticReview(
        held_on=date(2022, 4, 12),
        form=ReviewForm.COMMITTEE,
        expected=9,
        present=5,
        host="赵",
        recorder="钱",
        agree=2,
        against=3,
        abstain=0,
    )
    assert codes(meeting, around(five_records[0])) == {"no_quorum", "not_agreed"}
    assert blocking(meeting, around(five_records[0])) == set()


def test_votes_that_do_not_add_up_are_refused(around: Around, five_records: Records) -> None:
    assert blocking(msgspec.structs.replace(five_records[1], abstain=2), around(five_records[0])) == {"bad_votes"}


def test_nobody_is_compared_without_an_authorisation(around: Around, five_records: Records) -> None:
    before = around(*five_records[:2])
    assert blocking(DataComparison(compared_on=date(2022, 4, 14), authorised=("",)), before) == {"no_authorisation"}
    assert codes(DataComparison(compared_on=date(2022, 4, 14), authorised=("别人",)), before) == {"not_all_authorised"}


def test_a_doubt_must_be_explained(around: Around, five_records: Records) -> None:
    doubts = (Doubt(person="王建国", item="车辆", explanation=" "),)
    record = DataComparison(compared_on=date(2022, 4, 14), authorised=("王建国",), doubts=doubts)
    assert blocking(record, around(*five_records[:2])) == {"doubt_unexplained"}


def test_a_skip_cites_the_earlier_comparison(around: Around, five_records: Records) -> None:
    skip = ComparisonSkipped(
        skipped_on=date(2022, 4, 13),
        ground=SkipGround.SUBSISTENCE_ALLOWANCE,
        earlier_on=date(2022, 4, 14),
        earlier_document="",
    )
    assert blocking(skip, around(*five_records[:2])) == {"blank", "later_comparison"}


def test_a_notice_cannot_end_before_its_days_are_over(around: Around, five_records: Records) -> None:
    early = msgspec.structs.replace(five_records[3], ended_on=date(2022, 4, 19))
    assert "ended_early" in blocking(early, around(*five_records[:3]))


def test_an_overrun_of_the_fifteen_days_is_allowed_and_asked_why(around: Around, five_records: Records) -> None:
    late = PublicNotice(posted_on=date(2022, 4, 22), ended_on=date(2022, 4, 27), place="公开栏")
    assert codes(late, around(*five_records[:3])) == {"overrun_without_reason"}
    assert blocking(late, around(*five_records[:3])) == set()
    in_time = PublicNotice(posted_on=date(2022, 4, 21), ended_on=date(2022, 4, 26), place="公开栏")
    assert check_record(in_time, around(*five_records[:3])) == ()


def test_an_objection_must_be_settled(around: Around, five_records: Records) -> None:
    objected = msgspec.structs.replace(five_records[3], objections="有人反映其有车")
    assert blocking(objected, around(*five_records[:3])) == {"objection_unsettled"}


def test_a_refusal_needs_a_reason_of_the_pack_and_other_needs_words(around: Around) -> None:
    day = date(2022, 4, 12)
    assert blocking(Refusal(decided_on=day, at=Step.HOME_VISIT, reason=""), around()) == {"no_reason"}
    assert blocking(Refusal(decided_on=day, at=Step.HOME_VISIT, reason="other"), around()) == {"blank"}
    assert check_record(Refusal(decided_on=day, at=Step.HOME_VISIT, reason="income_above"), around()) == ()


def test_a_household_that_was_entered_is_refused_only_after_a_reopening(around: Around, five_records: Records) -> None:
    refusal = Refusal(decided_on=date(2022, 4, 25), at=Step.DATA_COMPARISON, reason="income_above")
    assert blocking(refusal, around(*five_records)) == {"entered"}
    for back_to in Step:
        reopening = Reopening(reopened_on=date(2022, 4, 25), back_to=back_to, why="收入核实有误")
        at = msgspec.structs.replace(refusal, at=back_to)
        assert blocking(at, around(*five_records, reopening)) == set()


@pytest.mark.parametrize("count", range(5), ids=lambda count: f"after {count} steps")
def test_a_refusal_is_found_at_a_step_that_is_done_or_due(count: int, around: Around, five_records: Records) -> None:
    now = around(*five_records[:count])
    for place, step in enumerate(Step):
        refusal = Refusal(decided_on=date(2022, 4, 25), at=step, reason="income_above")
        assert blocking(refusal, now) == (set() if place <= count else {"not_reached"})


def test_the_green_channel_names_ground_people_and_help(around: Around) -> None:
    green = GreenChannel(opened_on=date(2022, 4, 8), ground="", recognised_by="", help_given="")
    assert [finding.field for finding in check_record(green, around())] == ["ground", "recognised_by", "help_given"]


def test_a_closed_case_takes_nothing_but_a_reopening(around: Around, five_records: Records) -> None:
    closed = around(*five_records, Closing(closed_on=date(2022, 4, 29)))
    assert blocking(five_records[0], closed) == {"closed"}
    assert blocking(Reopening(reopened_on=TODAY, back_to=Step.HOME_VISIT, why=""), closed) == {"blank"}
    assert check_record(Reopening(reopened_on=TODAY, back_to=Step.HOME_VISIT, why="复核"), closed) == ()


REFUSAL = Refusal(decided_on=date(2022, 4, 13), at=Step.DATA_COMPARISON, reason="income_above")


def letter(**changes: object) -> Letter:
    notice = ResultNotice(
        office_name="环秀街道",
        office_mark="环秀告",
        number=LetterNumber(2022, 1),
        title="告知书",
        addressee="王建国",
        paragraphs=("…",),
        contact="电话",
        dated=date(2022, 4, 14),
    )
    return msgspec.structs.replace(
        Letter(id=LetterId("l1"), case=CaseId("c1"), answers=REFUSAL, notice=notice), **changes
    )


def missing(now: Circumstances, answer: Letter | None) -> list[str]:
    return [finding.code for finding in closing_check(now, answer)]


def test_the_closing_check_lists_everything_at_once(around: Around) -> None:
    assert missing(around(matched=False), None) == [
        "unmatched",
        "not_visited",
        "step_missing",
        "step_missing",
        "step_missing",
        "step_missing",
        "undecided",
    ]


def test_a_finished_case_lacks_nothing(around: Around, five_records: Records) -> None:
    assert missing(around(*five_records), None) == []


REOPENED = Reopening(reopened_on=date(2022, 4, 26), back_to=Step.SYSTEM_ENTRY, why="户编号有误")
HELPED = GreenChannel(opened_on=date(2022, 4, 26), ground="房屋过火", recognised_by="村委", help_given="临时救助")


@pytest.mark.parametrize("last", [REOPENED, HELPED], ids=["a reopening", "the green channel"])
def test_a_case_is_not_closed_before_the_last_that_was_done(
    last: Record, around: Around, five_records: Records
) -> None:
    earlier = Closing(closed_on=date(2022, 4, 25))
    now = around(*five_records, last, five_records[4])
    assert [each.code for each in closing_day_check(earlier, now, None)] == ["before_last_deed"]
    assert closing_day_check(Closing(closed_on=date(2022, 4, 26)), now, None) == ()


@pytest.mark.parametrize("prints", [(), (Print(at=datetime(2022, 4, 15, 9, tzinfo=UTC), by="李明", copies=2),)])
def test_a_case_is_not_closed_before_its_letter_was_dated_or_printed(
    prints: tuple[Print, ...], around: Around, five_records: Records
) -> None:
    now = around(five_records[0], REFUSAL)
    answer = letter(prints=prints)
    last = date(2022, 4, 15) if prints else date(2022, 4, 14)
    (found,) = closing_day_check(Closing(closed_on=last - timedelta(days=1)), now, answer)
    assert (found.code, found.blocks) == ("before_last_deed", True)
    assert last.isoformat() in found.says
    assert closing_day_check(Closing(closed_on=last), now, answer) == ()


def test_a_late_case_cannot_be_closed_without_its_reasons(around: Around, five_records: Records) -> None:
    late = msgspec.structs.replace(five_records[0], visited_on=date(2022, 4, 13))
    notice = PublicNotice(posted_on=date(2022, 4, 25), ended_on=date(2022, 4, 30), place="公开栏")
    assert missing(around(late, *five_records[1:3], notice, five_records[4]), None) == [
        "late_without_reason",
        "overrun_without_reason",
    ]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (None, ["no_letter"]),
        (letter(), ["not_printed", "not_delivered", "not_visited_again"]),
        (letter(answers=msgspec.structs.replace(REFUSAL, decided_on=date(2022, 4, 1))), ["no_letter"]),
        (
            letter(
                prints=(Print(at=datetime(2022, 4, 14, 9, tzinfo=UTC), by="李明", copies=2),),
                delivery=Delivery(delivered_on=date(2022, 4, 15), way=DeliveryWay.IN_PERSON, received_by="王建国"),
                return_visit=ReturnVisit(visited_on=date(2022, 4, 16), visitors=("张三",), explained="原因"),
            ),
            [],
        ),
    ],
    ids=["no letter", "only numbered", "answers an earlier refusal", "delivered and visited"],
)
def test_a_refused_self_applicant_is_answered_before_closing(
    answer: Letter | None, expected: list[str], around: Around, five_records: Records
) -> None:
    assert missing(around(*five_records[:2], REFUSAL), answer) == expected


def test_other_channels_are_not_asked_for_a_letter(around: Around, five_records: Records) -> None:
    now = around(*five_records[:2], REFUSAL)
    warning = msgspec.structs.replace(now.case.warning, channel=Channel.DEPARTMENT)
    by_department = msgspec.structs.replace(now, case=msgspec.structs.replace(now.case, warning=warning))
    assert missing(by_department, None) == []


def test_an_entry_without_a_household_number_is_refused(around: Around, five_records: Records) -> None:
    blank = msgspec.structs.replace(five_records[4], household_number=" ")
    assert isinstance(blank, SystemEntry)
    assert blocking(blank, around(*five_records[:4])) == {"blank"}


def test_a_meeting_that_did_not_agree_is_written_down_and_only_a_refusal_follows(
    around: Around, five_records: Records
) -> None:
    visit, agreed, compared, *_ = five_records
    assert isinstance(agreed, DemocraticReview)
    refused = msgspec.structs.replace(agreed, agree=10, against=13, abstain=1)
    assert [(f.code, f.blocks) for f in check_record(refused, around(visit)) if f.code == "not_agreed"] == [
        ("not_agreed", False)
    ]
    after = around(visit, refused)
    assert "review_not_passed" in {f.code for f in check_record(compared, after) if f.blocks}
    no = Refusal(decided_on=date(2022, 4, 13), at=Step.DEMOCRATIC_REVIEW, reason="not_agreed")
    assert not any(f.blocks for f in check_record(no, after))
    assert not any(f.blocks for f in check_record(agreed, after))
