"""What the forms of a case do at the desk, on a real encrypted file: records, households, letters, and looks that are kept."""

from datetime import date

import pytest
from answered_forms import sheet
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.letter import DeliveryWay
from taizhang_casework.domain.people import Relation
from taizhang_casework.domain.record_answers import RecordKind
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.correspondence import (
    answer_delivered,
    answer_return_visit,
    draft_letter,
    note_printed,
)
from taizhang_casework.services.disclosing import disclose_numbers
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.new_household import heads_household, own_household
from taizhang_casework.services.prefill import Known, known_for
from taizhang_casework.services.verification import Recorded, Unsure, answer
from taizhang_casework.services.work import Work
from taizhang_db import SqlStore

OWN, OTHER = "11010519491231002X", "370282197605126011"
VILLAGE = "370215001207"


def warned(work: Work, *, name: str = "王建国", id_number: str = OWN, village: str = VILLAGE) -> CaseId:
    draft = WarningDraft(
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail="家庭成员突发疾病",
        name=name,
        id_number=id_number,
        village_code=village,
        received_on=date(2022, 4, 7),
    )
    return take_warning(work, draft).case


def case_of(work: Work, case: CaseId) -> Case:
    with work.store.reading() as desk:
        return desk.cases.get(case)


def members(work: Work, case: CaseId) -> list[tuple[str, Relation]]:
    with work.store.reading() as desk:
        household = desk.cases.get(case).household
        assert household is not None
        return [(each.person.name, each.relation) for each in desk.households.get(household).memberships]


def known(work: Work, case: CaseId) -> Known:
    with work.store.reading() as desk:
        return known_for(work, desk, desk.cases.get(case))


def visit(day: date = date(2022, 4, 11), visitors: tuple[str, ...] = ("张三", "李四")) -> Given:
    return {"visited_on": day, "visitors": visitors, "conclusion": "情况属实", **sheet("王建国")}


REFUSED: Given = {"decided_on": date(2022, 4, 12), "at": "home_visit", "reason": "not_so", "explanation": ""}


def test_a_form_answered_in_full_is_written_down_at_once(work: Work) -> None:
    case = warned(work)
    own_household(work, case)
    done = answer(work, case, RecordKind.HOME_VISIT, visit())
    assert isinstance(done, Recorded)
    assert len(case_of(work, case).entries) == 1


def test_what_the_rules_only_note_is_shown_once_before_it_is_written(work: Work) -> None:
    case = warned(work)
    own_household(work, case)
    late = visit(date(2022, 4, 20))
    first = answer(work, case, RecordKind.HOME_VISIT, late)
    assert isinstance(first, Unsure)
    assert [note.field for note in first.notes] == ["late_reason"]
    assert case_of(work, case).entries == ()
    assert isinstance(answer(work, case, RecordKind.HOME_VISIT, late, seen=first.notes), Recorded)
    assert len(case_of(work, case).entries) == 1


def test_closing_says_the_blank_day_and_everything_that_is_missing_at_once(work: Work) -> None:
    case = warned(work)
    with pytest.raises(NotAccepted) as refused:
        answer(work, case, RecordKind.CLOSING, {})
    codes = [finding.code for finding in refused.value.findings]
    assert codes[0] == "blank"
    assert {"unmatched", "not_visited", "undecided"} <= set(codes)


def test_a_member_of_an_unknown_head_makes_a_household_of_two(work: Work) -> None:
    case = warned(work)
    heads_household(work, case, {"head_name": "王大山", "head_id_number": OTHER, "relation": "child"})
    assert members(work, case) == [("王大山", Relation.HEAD), ("王建国", Relation.CHILD)]


def test_a_member_of_a_known_head_joins_that_household(work: Work) -> None:
    first = warned(work, name="王大山", id_number=OTHER)
    own_household(work, first)
    case = warned(work)
    heads_household(work, case, {"head_name": "王大山", "head_id_number": OTHER, "relation": "child"})
    assert case_of(work, case).household == case_of(work, first).household
    assert members(work, case) == [("王大山", Relation.HEAD), ("王建国", Relation.CHILD)]


def test_what_is_wrong_with_a_head_is_said_at_once(work: Work) -> None:
    case = warned(work)
    with pytest.raises(NotAccepted) as refused:
        heads_household(work, case, {"head_id_number": OWN})
    assert [(each.field, each.code) for each in refused.value.findings] == [
        ("relation", "blank"),
        ("head_name", "blank"),
        ("head_id_number", "same_person"),
    ]
    assert case_of(work, case).household is None


def test_nothing_is_known_at_an_empty_desk(work: Work) -> None:
    assert known(work, warned(work)) == Known()


def test_the_visitors_last_written_down_are_known_in_the_next_case(work: Work) -> None:
    first, second = warned(work), warned(work, name="赵四海", id_number=OTHER)
    own_household(work, first)
    answer(work, first, RecordKind.HOME_VISIT, visit())
    answer(work, first, RecordKind.HOME_VISIT, visit(visitors=("孙晓梅", "周志强")))
    assert known(work, second).visitors == ("孙晓梅", "周志强")


def test_a_letter_is_delivered_and_the_household_visited_again_as_answered(work: Work) -> None:
    case = warned(work)
    own_household(work, case)
    answer(work, case, RecordKind.HOME_VISIT, visit())
    answer(work, case, RecordKind.REFUSAL, REFUSED)
    letter = draft_letter(work, case, contact="0532-88000000").letter
    note_printed(work, letter.id)
    with pytest.raises(NotAccepted) as refused:
        answer_delivered(work, letter.id, {})
    assert [each.field for each in refused.value.findings] == ["delivered_on", "way", "received_by"]
    handed: Given = {"way": "in_person", "received_by": "王建国", "delivered_by": ("张三", "李四")}
    answer_delivered(work, letter.id, {**handed, "delivered_on": date(2022, 4, 30)})
    with pytest.raises(NotAccepted) as refused:
        answer_return_visit(work, letter.id, {"visitors": ()})
    assert [each.field for each in refused.value.findings] == ["visited_on", "visitors", "explained"]
    answer_return_visit(
        work, letter.id, {"visited_on": date(2022, 4, 30), "visitors": ("张三",), "explained": "说明标准和原因"}
    )
    with work.store.reading() as desk:
        kept = desk.letters.of_case(case)
    assert kept is not None
    assert kept.delivery is not None
    assert kept.delivery.way is DeliveryWay.IN_PERSON
    assert kept.informed
    assert known(work, warned(work)).contact == "0532-88000000"


def test_a_look_at_the_numbers_is_kept_in_the_journal_without_them(work: Work) -> None:
    case = warned(work)
    store = work.store
    assert isinstance(store, SqlStore)
    before = store.journal_head().seq
    changes = disclose_numbers(work, case)
    assert [each.kind for each in changes.touched] == [Kind.DISCLOSURE]
    assert store.journal_head().seq == before + 1
    assert store.verify_journal() is None
