"""Several households in one go, on a real encrypted file: all or none, and everything about each household at once."""

from datetime import date

import pytest
from answered_forms import MEETING as SAID
from answered_forms import sheet
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.matching import ProposalKind, Verdict
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.record_answers import RecordKind
from taizhang_casework.domain.steps import DemocraticReview
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.batch import OfHousehold, Together, draft_together, record_together, same_village
from taizhang_casework.services.correspondence import note_all_printed
from taizhang_casework.services.discarding import discard
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.matching import decide, proposals
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.verification import answer
from taizhang_casework.services.work import Work
from taizhang_db import SqlStore

VILLAGE, OTHER = "370215001207", "370215001002"
NAMES = tuple(f"王建国{number}" for number in "一二三四五六七八九十")
VISIT: Given = {
    "visited_on": date(2022, 4, 11),
    "visitors": ("张三", "李四"),
    "conclusion": "情况属实",
    **sheet(*NAMES, "王建国"),
}
MEETING: Given = {
    "held_on": date(2022, 4, 12),
    "form": "representatives",
    "expected": 30,
    "present": 24,
    "host": "赵主任",
    "recorder": "钱会计",
    **SAID,
}
REFUSED: Given = {"decided_on": date(2022, 4, 13), "at": "home_visit", "reason": "not_so"}


def warned(work: Work, name: str, village: str = VILLAGE, channel: Channel = Channel.SELF_APPLICATION) -> CaseId:
    draft = WarningDraft(
        channel=channel,
        source="12317",
        detail="家庭成员突发疾病",
        name=name,
        id_number="",
        village_code=village,
        received_on=date(2022, 4, 7),
    )
    case = take_warning(work, draft).case
    own_household(work, case)
    return case


@pytest.fixture
def ten(work: Work) -> list[CaseId]:
    return [warned(work, name) for name in NAMES]


def cases(work: Work, ids: list[CaseId]) -> list[Case]:
    with work.store.reading() as desk:
        return [desk.cases.get(case) for case in ids]


def entries(work: Work, ids: list[CaseId]) -> list[int]:
    return [len(case.entries) for case in cases(work, ids)]


def journal(work: Work) -> int:
    assert isinstance(work.store, SqlStore)
    return work.store.journal_head().seq


def codes(done: Together) -> dict[CaseId, list[str]]:
    return {each.case: [finding.code for finding in each.findings] for each in done.said}


def nothing_more(ids: list[CaseId]) -> dict[CaseId, Given]:
    """No answers of their own: the shared ones hold for each."""
    return {case: {} for case in ids}


def visited(work: Work, ids: list[CaseId]) -> None:
    assert record_together(work, RecordKind.HOME_VISIT, VISIT, nothing_more(ids)).changes is not None


def test_ten_visits_are_one_operation(work: Work, ten: list[CaseId]) -> None:
    done = record_together(work, RecordKind.HOME_VISIT, VISIT, nothing_more(ten))
    assert done.changes is not None
    assert [each.id for each in done.changes.touched] == ten
    assert entries(work, ten) == [1] * 10


def test_one_household_in_the_way_keeps_all_from_being_written_and_each_is_told(work: Work, ten: list[CaseId]) -> None:
    each: dict[CaseId, Given] = nothing_more(ten)
    each[ten[3]] = {"conclusion": " "}
    each[ten[7]] = {"visitors": ("张三",)}
    before = journal(work)
    done = record_together(work, RecordKind.HOME_VISIT, VISIT, each)
    assert (done.changes, done.blocked) == (None, True)
    assert codes(done) == {ten[3]: ["blank"], ten[7]: ["too_few_visitors"]}
    assert entries(work, ten) == [0] * 10
    assert journal(work) == before


def test_notes_are_shown_once_before_all_is_written(work: Work, ten: list[CaseId]) -> None:
    late: dict[CaseId, Given] = {case: {"visited_on": date(2022, 4, 20)} for case in ten[:2]}
    first = record_together(work, RecordKind.HOME_VISIT, VISIT, {**nothing_more(ten), **late})
    assert (first.changes, first.blocked) == (None, False)
    assert codes(first) == {ten[0]: ["late_without_reason"], ten[1]: ["late_without_reason"]}
    again = record_together(work, RecordKind.HOME_VISIT, VISIT, {**nothing_more(ten), **late}, seen=first.said)
    assert again.changes is not None


def test_seeing_the_note_of_one_household_is_not_seeing_that_of_another(work: Work, ten: list[CaseId]) -> None:
    late: Given = {**VISIT, "visited_on": date(2022, 4, 20)}
    first = record_together(work, RecordKind.HOME_VISIT, late, {ten[0]: {}})
    both = record_together(work, RecordKind.HOME_VISIT, late, {ten[0]: {}, ten[1]: {}}, seen=first.said)
    assert both.changes is None


def test_one_meeting_has_votes_of_its_own_for_each_household(work: Work, ten: list[CaseId]) -> None:
    visited(work, ten[:2])
    votes: dict[CaseId, Given] = {
        ten[0]: {"agree": 24, "against": 0, "abstain": 0},
        ten[1]: {"agree": 20, "against": 3, "abstain": 1},
    }
    assert record_together(work, RecordKind.DEMOCRATIC_REVIEW, MEETING, votes).changes is not None
    records = [case.entries[-1].record for case in cases(work, ten[:2])]
    assert [(each.agree, each.host) for each in records if isinstance(each, DemocraticReview)] == [
        (24, "赵主任"),
        (20, "赵主任"),
    ]


def test_votes_that_do_not_add_up_are_told_with_their_household(work: Work, ten: list[CaseId]) -> None:
    visited(work, ten[:2])
    votes: dict[CaseId, Given] = {
        ten[0]: {"agree": 24, "against": 0, "abstain": 0},
        ten[1]: {"agree": 20, "against": 3, "abstain": 0},
    }
    assert codes(record_together(work, RecordKind.DEMOCRATIC_REVIEW, MEETING, votes)) == {ten[1]: ["bad_votes"]}


def test_a_household_that_is_not_so_far_is_told(work: Work, ten: list[CaseId]) -> None:
    visited(work, ten[:1])
    votes: Given = {"agree": 24, "against": 0, "abstain": 0}
    done = record_together(work, RecordKind.DEMOCRATIC_REVIEW, MEETING, dict.fromkeys(ten[:2], votes))
    assert list(codes(done)) == [ten[1]]
    assert done.blocked
    assert entries(work, ten[:2]) == [1, 0]


def test_a_line_in_the_recycle_bin_is_told_with_the_others(work: Work, ten: list[CaseId]) -> None:
    discard(work, ten[1], why="登记重了")
    done = record_together(work, RecordKind.HOME_VISIT, VISIT, {ten[0]: {}, ten[1]: {}, ten[2]: {"conclusion": ""}})
    assert codes(done) == {ten[1]: ["discarded"], ten[2]: ["blank"]}


def test_lines_verified_together_are_written_once(work: Work) -> None:
    first = warned(work, "王建国")
    second = warned(work, "王建国", channel=Channel.PETITION)
    with work.store.change(Operation.DECIDE_MATCH, work.user) as desk:
        one, other = desk.cases.get(first), desk.cases.get(second)
        desk.cases.save(
            type(other)(**{**{f: getattr(other, f) for f in other.__struct_fields__}, "household": one.household})
        )
    with work.store.reading() as desk:
        asked = [each for each in proposals(desk, desk.cases.get(second)) if each.kind is ProposalKind.SAME_HOUSEHOLD]
    decide(work, asked[0], Verdict.YES)
    visited(work, [first, second])
    assert entries(work, [first, second]) == [1, 1]


def test_letters_are_numbered_in_their_order_and_printed_together(work: Work, ten: list[CaseId]) -> None:
    visited(work, ten[:3])
    for case in ten[:3]:
        answer(work, case, RecordKind.REFUSAL, REFUSED)
    done = draft_together(work, [ten[2], ten[0], ten[2]], contact="0532-88000000")
    assert done.changes is not None
    assert [(each.case, each.notice.number.serial) for each in done.letters] == [(ten[2], 1), (ten[0], 2)]
    note_all_printed(work, [each.id for each in done.letters], copies=2)
    with work.store.reading() as desk:
        assert [each.copies for each in desk.letters.all()] == [2, 2]


def test_a_letter_that_is_not_due_keeps_all_numbers_from_being_given(work: Work, ten: list[CaseId]) -> None:
    visited(work, ten[:2])
    answer(work, ten[0], RecordKind.REFUSAL, REFUSED)
    done = draft_together(work, ten[:2], contact=" ")
    assert done.changes is None
    assert codes(done) == {ten[0]: ["blank"], ten[1]: ["not_refused", "blank"]}
    with work.store.reading() as desk:
        assert desk.letters.last_serial(2022) == 0


def test_the_open_cases_of_the_village_with_the_one_asked_about_first(work: Work, ten: list[CaseId]) -> None:
    warned(work, "别村人", OTHER)
    with work.store.reading() as desk:
        found = [case.id for case in same_village(work, desk, ten[4])]
    assert found[0] == ten[4]
    assert set(found) == set(ten)


def test_what_was_seen_is_compared_by_household() -> None:
    assert OfHousehold(case=CaseId("a"), findings=()) != OfHousehold(case=CaseId("b"), findings=())
