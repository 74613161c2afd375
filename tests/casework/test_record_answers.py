"""From the answers in a step's form to the record, or to everything that is wrong with it."""

from collections.abc import Callable
from datetime import date

import pytest
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import Case, PackId
from taizhang_casework.domain.pack_loading import shipped_pack
from taizhang_casework.domain.people import Household
from taizhang_casework.domain.record_answers import RecordKind, consider
from taizhang_casework.domain.step_rules import Circumstances
from taizhang_casework.domain.steps import HomeVisit, Record

Now = Callable[..., Circumstances]

EVERYTHING: dict[RecordKind, Given] = {
    RecordKind.HOME_VISIT: {
        "visited_on": date(2022, 4, 11),
        "visitors": ("张三", " 李四 ", ""),
        "conclusion": " 因病支出大 ",
        "risks": ("illness",),
    },
    RecordKind.DEMOCRATIC_REVIEW: {
        "held_on": date(2022, 4, 12),
        "form": "representatives",
        "expected": 30,
        "present": 24,
        "host": "赵主任",
        "recorder": "钱会计",
        "agree": 22,
        "against": 2,
        "abstain": 0,
    },
    RecordKind.DATA_COMPARISON: {"compared_on": date(2022, 4, 14), "authorised": ("王建国",), "doubts": ()},
    RecordKind.COMPARISON_SKIPPED: {
        "skipped_on": date(2022, 4, 14),
        "ground": "subsistence_allowance",
        "earlier_on": date(2021, 11, 18),
        "earlier_document": "2021年11月低保核对",
    },
    RecordKind.PUBLIC_NOTICE: {
        "posted_on": date(2022, 4, 15),
        "ended_on": date(2022, 4, 20),
        "place": "村务公开栏",
    },
    RecordKind.SYSTEM_ENTRY: {
        "entered_on": date(2022, 4, 21),
        "household_number": "3702150001",
        "kind": "sudden_hardship",
        "risks": ("illness",),
    },
    RecordKind.GREEN_CHANNEL: {
        "opened_on": date(2022, 4, 8),
        "ground": "因灾：房屋过火",
        "recognised_by": "村民代表会议",
        "help_given": "临时救助2000元",
    },
    RecordKind.REFUSAL: {"decided_on": date(2022, 4, 12), "at": "home_visit", "reason": "not_so", "explanation": ""},
    RecordKind.REOPENING: {"reopened_on": date(2022, 4, 25), "back_to": "home_visit", "why": "情况有变化"},
    RecordKind.CLOSING: {"closed_on": date(2022, 4, 22)},
}


@pytest.fixture
def now(case_with: Callable[..., Case], household: Household) -> Now:
    def make(*records: Record) -> Circumstances:
        return Circumstances(
            case=case_with(*records),
            household=household,
            pack=shipped_pack(PackId("jimo-2022-1")),
            calendar=WorkCalendar(),
            today=date(2022, 4, 30),
        )

    return make


def before(kind: RecordKind, records: tuple[Record, ...]) -> tuple[Record, ...]:
    steps = {
        RecordKind.DEMOCRATIC_REVIEW: 1,
        RecordKind.DATA_COMPARISON: 2,
        RecordKind.COMPARISON_SKIPPED: 2,
        RecordKind.PUBLIC_NOTICE: 3,
        RecordKind.SYSTEM_ENTRY: 4,
        RecordKind.CLOSING: 5,
        RecordKind.REOPENING: 5,
    }
    return records[: steps.get(kind, 0)]


@pytest.mark.parametrize("kind", RecordKind, ids=lambda kind: f"the form of {kind.value}")
def test_a_form_that_is_answered_makes_its_record(kind: RecordKind, now: Now, five_records: tuple[Record, ...]) -> None:
    considered = consider(kind, EVERYTHING[kind], now(*before(kind, five_records)))
    assert considered.findings == ()
    assert considered.record is not None
    assert considered.record.__struct_config__.tag == kind.value
    assert not considered.blocked


@pytest.mark.parametrize("kind", RecordKind, ids=lambda kind: f"the form of {kind.value}")
def test_a_form_left_blank_makes_no_record_and_says_each_blank_once(
    kind: RecordKind, now: Now, five_records: tuple[Record, ...]
) -> None:
    considered = consider(kind, {}, now(*before(kind, five_records)))
    assert considered.record is None
    assert considered.blocked
    fields = [finding.field for finding in considered.findings if finding.blocks]
    assert len(fields) == len(set(fields))
    assert fields[0] == next(iter(EVERYTHING[kind]))


def test_names_and_words_are_kept_without_the_blanks_around_them(now: Now) -> None:
    record = consider(RecordKind.HOME_VISIT, EVERYTHING[RecordKind.HOME_VISIT], now()).record
    assert record == HomeVisit(
        visited_on=date(2022, 4, 11), visitors=("张三", "李四"), conclusion="因病支出大", risks=("illness",)
    )


def test_a_blank_day_is_said_together_with_what_else_is_wrong(now: Now) -> None:
    given: Given = {"visitors": ("张三",), "conclusion": "情况属实"}
    codes = [(each.field, each.code) for each in consider(RecordKind.HOME_VISIT, given, now()).findings]
    assert codes == [("visited_on", "blank"), ("visitors", "too_few_visitors")]


def test_votes_are_not_judged_while_a_count_is_blank(now: Now, five_records: tuple[Record, ...]) -> None:
    given = {**EVERYTHING[RecordKind.DEMOCRATIC_REVIEW], "expected": None}
    found = consider(RecordKind.DEMOCRATIC_REVIEW, given, now(five_records[0])).findings
    assert [(each.field, each.code) for each in found] == [("expected", "blank")]


def test_the_end_of_the_notice_is_not_judged_while_its_beginning_is_blank(
    now: Now, five_records: tuple[Record, ...]
) -> None:
    given = {**EVERYTHING[RecordKind.PUBLIC_NOTICE], "posted_on": None}
    found = consider(RecordKind.PUBLIC_NOTICE, given, now(*five_records[:3])).findings
    assert [(each.field, each.code) for each in found] == [("posted_on", "blank")]


def test_a_late_visit_is_noted_and_not_blocked(now: Now) -> None:
    given = {**EVERYTHING[RecordKind.HOME_VISIT], "visited_on": date(2022, 4, 20)}
    considered = consider(RecordKind.HOME_VISIT, given, now())
    assert [each.field for each in considered.findings] == ["late_reason"]
    assert not considered.blocked
