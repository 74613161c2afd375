"""不符合, recognition, reopening, letter and closing on a real encrypted file: what was decided later takes back what it must."""

from datetime import date

import msgspec
import pytest
from five_steps import five_steps
from shipped import ORDER
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import CaseId, Meets
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.monitoring import MonitoringStanding
from taizhang_casework.domain.monitoring_answers import MonitoringForm
from taizhang_casework.domain.people import HouseholdId, Relation
from taizhang_casework.domain.steps import (
    Closing,
    Record,
    Refusal,
    Reopening,
    Step,
)
from taizhang_casework.domain.warning import Channel
from taizhang_casework.domain.warning_draft import KnownHousehold
from taizhang_casework.services.correspondence import draft_letter, note_printed
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.monitoring import MonitoredSheet, answer_monitoring, sheet_of
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.prefill import Known, known_for
from taizhang_casework.services.verification import Unsure, record
from taizhang_casework.services.work import Work

FIVE = five_steps("王建国")
VISIT, REVIEW, COMPARISON, NOTICE, ENTRY = FIVE
REFUSAL = Refusal(decided_on=date(2022, 4, 22), at=Step.HOME_VISIT, reason="not_so")
CLEARING: Given = {
    "visited_on": date(2022, 4, 29),
    "visitors": ("孙晓梅", "周志强"),
    "stable_since": date(2021, 10, 1),
    "income": "above",
    "secured": ("schooling", "medical", "housing", "water"),
    "conclusion": "收入稳定",
}


def back_to(step: Step, on: date = date(2022, 4, 25)) -> Reopening:
    return Reopening(reopened_on=on, back_to=step, why="核实有误")


def draft(channel: Channel = Channel.SELF_APPLICATION) -> WarningDraft:
    return WarningDraft(
        channel=channel,
        source="12317",
        detail="家庭成员突发疾病",
        name="王建国",
        id_number="",
        village_code="370215001207",
        received_on=date(2022, 4, 7),
    )


def warned(work: Work, *records: Record) -> CaseId:
    case = take_warning(work, draft()).case
    own_household(work, case)
    for each in records:
        record(work, case, each)
    return case


def another(work: Work, case: CaseId, *, together: bool = True) -> CaseId:
    """A second line of the same household, verified with the first or by itself."""
    house = KnownHousehold(household=household_of(work, case), relation=Relation.CHILD)
    line = msgspec.structs.replace(draft(Channel.CADRE_SCREENING), name="王小明", house=house)
    return take_warning(work, msgspec.structs.replace(line, together_with=case if together else None)).case


def household_of(work: Work, case: CaseId) -> HouseholdId:
    with work.store.reading() as desk:
        household = desk.cases.get(case).household
    assert household is not None
    return household


def meets(work: Work, case: CaseId) -> Meets:
    with work.store.reading() as desk:
        return case_state(desk.cases.get(case), ORDER).meets


def monitored(work: Work, case: CaseId) -> MonitoredSheet:
    household = household_of(work, case)
    with work.store.reading() as desk:
        found = sheet_of(work, desk, household)
    assert found is not None
    return found


def standing(work: Work, case: CaseId) -> MonitoringStanding:
    return monitored(work, case).line.standing


def refused_codes(work: Work, case: CaseId, content: Record) -> list[str]:
    with pytest.raises(NotAccepted) as refused:
        record(work, case, content)
    return [each.code for each in refused.value.findings if each.blocks]


def test_a_household_that_was_entered_becomes_unfit_only_by_a_reopening(work: Work) -> None:
    case = warned(work, *FIVE)
    assert refused_codes(work, case, REFUSAL) == ["entered"]
    assert (meets(work, case), standing(work, case)) == (Meets.YES, MonitoringStanding.MONITORED)
    record(work, case, back_to(Step.SYSTEM_ENTRY))
    record(work, case, REFUSAL)
    assert (meets(work, case), standing(work, case)) == (Meets.NO, MonitoringStanding.WITHDRAWN)


def test_a_refusal_at_a_step_that_nobody_came_to(work: Work) -> None:
    case = warned(work)
    assert refused_codes(work, case, msgspec.structs.replace(REFUSAL, at=Step.PUBLIC_NOTICE)) == ["not_reached"]


@pytest.mark.parametrize("entered_on_second", [False, True], ids=["entered on the first", "entered on the second"])
@pytest.mark.parametrize("reopened_on_second", [False, True], ids=["reopened on the first", "reopened on the second"])
def test_a_reopening_of_either_line_withdraws_what_either_recognised(
    work: Work, *, entered_on_second: bool, reopened_on_second: bool
) -> None:
    first = warned(work)
    second = another(work, first)
    for each in FIVE:
        record(work, second if entered_on_second else first, each)
    assert standing(work, first) is MonitoringStanding.MONITORED
    record(work, second if reopened_on_second else first, back_to(Step.HOME_VISIT))
    assert (meets(work, first), meets(work, second)) == (Meets.UNDECIDED, Meets.UNDECIDED)
    assert standing(work, first) is MonitoringStanding.WITHDRAWN


@pytest.mark.parametrize("on_second", [False, True], ids=["from the first", "from the second"])
def test_a_correction_of_the_entry_from_either_line_keeps_the_steps_of_clearing(work: Work, *, on_second: bool) -> None:
    first = warned(work)
    second = another(work, first)
    for each in FIVE:
        record(work, second if not on_second else first, each)
    clearing = monitored(work, first).monitored.id
    said = answer_monitoring(work, clearing, MonitoringForm.CLEARING_VISIT, CLEARING)
    assert isinstance(said, Unsure)
    answer_monitoring(work, clearing, MonitoringForm.CLEARING_VISIT, CLEARING, seen=said.notes)
    assert standing(work, first) is MonitoringStanding.CLEARING
    record(work, second if on_second else first, msgspec.structs.replace(ENTRY, household_number="3702150009"))
    assert standing(work, first) is MonitoringStanding.CLEARING
    assert monitored(work, first).state.recognised.household_number == "3702150009"


def test_a_reopening_of_one_line_leaves_what_another_verification_recognised(work: Work) -> None:
    first = warned(work, *FIVE)
    second = another(work, first, together=False)
    for each in FIVE:
        record(work, second, each)
    record(work, second, back_to(Step.HOME_VISIT))
    assert (meets(work, first), meets(work, second)) == (Meets.YES, Meets.UNDECIDED)
    assert standing(work, first) is MonitoringStanding.MONITORED
    record(work, first, back_to(Step.HOME_VISIT))
    assert standing(work, first) is MonitoringStanding.WITHDRAWN


def test_a_case_is_not_closed_again_before_it_was_reopened(work: Work) -> None:
    case = warned(work, *FIVE)
    record(work, case, Closing(closed_on=date(2022, 4, 24)))
    record(work, case, back_to(Step.SYSTEM_ENTRY, on=date(2022, 4, 27)))
    record(work, case, ENTRY)
    assert refused_codes(work, case, Closing(closed_on=date(2022, 4, 25))) == ["before_last_deed"]
    record(work, case, Closing(closed_on=date(2022, 4, 27)))


def test_no_letter_tells_of_a_visit_that_nobody_made(work: Work) -> None:
    case = warned(work, REFUSAL)
    with pytest.raises(NotAccepted) as refused:
        draft_letter(work, case, contact="0532-0000")
    assert [each.code for each in refused.value.findings] == ["not_visited"]
    for each in (back_to(Step.HOME_VISIT), VISIT, REFUSAL):
        record(work, case, each)
    assert "进行了入户核实。" in "".join(draft_letter(work, case, contact="0532-0000").letter.notice.paragraphs)


def test_another_refusal_in_the_same_words_is_answered_by_another_letter(work: Work) -> None:
    case = warned(work, VISIT, REFUSAL)
    first = draft_letter(work, case, contact="0532-0000").letter
    note_printed(work, first.id)
    for each in (back_to(Step.HOME_VISIT, on=REFUSAL.decided_on), VISIT, REFUSAL):
        record(work, case, each)
    with work.store.reading() as desk:
        now = case_state(desk.cases.get(case), ORDER)
        assert not desk.letters.get(first.id).answering(now)
    second = draft_letter(work, case, contact="0532-0000").letter
    assert (second.answering(now), second.replaces) == (True, first.notice.number)


def proposed(work: Work, case: CaseId) -> Known:
    with work.store.reading() as desk:
        return known_for(work, desk, desk.cases.get(case))


def test_only_what_is_in_force_of_another_line_is_proposed(work: Work) -> None:
    first = warned(work, msgspec.structs.replace(VISIT, conclusion="记错了户"), REVIEW)
    record(work, first, msgspec.structs.replace(COMPARISON, compared_on=date(2022, 4, 18)))
    record(work, first, COMPARISON)
    record(work, first, msgspec.structs.replace(VISIT, visited_on=date(2022, 4, 10)))
    second = another(work, first, together=False)
    known = proposed(work, second)
    assert known.compared is not None
    assert (known.compared.compared_on, known.compared.document) == (
        date(2022, 4, 14),
        "2022年4月14日信息比对记录（无疑点）",
    )
    assert known.visit == msgspec.structs.replace(VISIT, visited_on=date(2022, 4, 10))
    record(work, first, back_to(Step.HOME_VISIT))
    known = proposed(work, second)
    assert (known.compared, known.visit) == (None, None)


def test_a_line_verified_with_this_one_is_no_earlier_verification(work: Work) -> None:
    first = warned(work, VISIT, REVIEW, COMPARISON)
    known = proposed(work, another(work, first))
    assert (known.compared, known.visit) == (None, None)
