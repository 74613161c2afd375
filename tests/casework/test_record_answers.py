"""From the answers in a step's form to the record, or to everything that is wrong with it."""

from collections.abc import Callable
from datetime import date

import pytest
from answered_forms import ANSWERED
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import Case, PackId
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.pack_loading import shipped_pack
from taizhang_casework.domain.people import Household
from taizhang_casework.domain.record_answers import RecordKind, consider
from taizhang_casework.domain.steps import HomeVisit, Record

Now = Callable[..., Circumstances]


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
        RecordKind.NOTICE_POSTED: 3,
        RecordKind.AUTHORISATIONS_ASKED: 2,
        RecordKind.COMPARISON_SENT: 2,
        RecordKind.CLOSING: 5,
        RecordKind.REOPENING: 5,
    }
    return records[: steps.get(kind, 0)]


@pytest.mark.parametrize("kind", RecordKind, ids=lambda kind: f"the form of {kind.value}")
def test_a_form_that_is_answered_makes_its_record(kind: RecordKind, now: Now, five_records: tuple[Record, ...]) -> None:
    considered = consider(kind, ANSWERED[kind], now(*before(kind, five_records)))
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
    assert fields[0] == next(iter(ANSWERED[kind]))


def test_names_and_words_are_kept_without_the_blanks_around_them(now: Now) -> None:
    record = consider(RecordKind.HOME_VISIT, ANSWERED[RecordKind.HOME_VISIT], now()).record
    assert isinstance(record, HomeVisit)
    assert (record.visitors, record.conclusion) == (("张三", "李四"), "因病支出大")


def test_a_blank_day_is_said_together_with_what_else_is_wrong(now: Now) -> None:
    given: Given = {**ANSWERED[RecordKind.HOME_VISIT], "visited_on": None, "visitors": ("张三",)}
    codes = [(each.field, each.code) for each in consider(RecordKind.HOME_VISIT, given, now()).findings]
    assert codes == [("visited_on", "blank"), ("visitors", "too_few_visitors")]


def test_votes_are_not_judged_while_a_count_is_blank(now: Now, five_records: tuple[Record, ...]) -> None:
    given = {**ANSWERED[RecordKind.DEMOCRATIC_REVIEW], "expected": None}
    found = consider(RecordKind.DEMOCRATIC_REVIEW, given, now(five_records[0])).findings
    assert [(each.field, each.code) for each in found] == [("expected", "blank")]


def test_the_end_of_the_notice_is_not_judged_while_its_beginning_is_blank(
    now: Now, five_records: tuple[Record, ...]
) -> None:
    given = {**ANSWERED[RecordKind.PUBLIC_NOTICE], "posted_on": None}
    found = consider(RecordKind.PUBLIC_NOTICE, given, now(*five_records[:3])).findings
    assert [(each.field, each.code) for each in found] == [("posted_on", "blank")]


def test_a_late_visit_is_noted_and_not_blocked(now: Now) -> None:
    given = {**ANSWERED[RecordKind.HOME_VISIT], "visited_on": date(2022, 4, 20)}
    considered = consider(RecordKind.HOME_VISIT, given, now())
    assert [each.field for each in considered.findings] == ["late_reason"]
    assert not considered.blocked
