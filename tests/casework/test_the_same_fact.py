"""是不是同一件事: a line that tells again what another line told shares its verification, and ends by its own 办结."""

from datetime import date

import pytest
from answered_forms import ANSWERED
from msgspec.structs import replace
from shipped import ORDER
from taizhang_casework.domain.case import Case, CaseId, Meets
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.matching import Proposal, ProposalKind, Verdict
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.record_answers import RecordKind
from taizhang_casework.domain.steps import Closing
from taizhang_casework.domain.warning import Channel, Warning, WarningId
from taizhang_casework.services.history import history
from taizhang_casework.services.matching import decide, match_household, proposals
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.verification import Unsure, answer, record
from taizhang_casework.services.work import Work


def listed(work: Work, day: date, name: str = "王建国") -> CaseId:
    """A department's line about the person and the item, as a package brings it."""
    case = CaseId(work.clock.new_id())
    village = min(code for code, each in work.divisions.villages.items() if each.town_code == "370215001")
    warning = Warning(
        id=WarningId(case),
        channel=Channel.DEPARTMENT,
        source="医保局",
        detail="个人负担累计超过2万元",
        name=name,
        id_number="11010519491231002X",
        town_code="370215001",
        village_code=village,
        received_on=day,
        item="medical_costs",
    )
    with work.store.change(Operation.TAKE_PACKAGE, work.user) as desk:
        desk.cases.save(Case(id=case, warning=warning, opened_on=day, pack=work.pack.id, package="a" * 64))
    return case


def case_of(work: Work, case: CaseId) -> Case:
    with work.store.reading() as desk:
        return desk.cases.get(case)


def the_same(work: Work, case: CaseId) -> Proposal:
    with work.store.reading() as desk:
        proposed = proposals(desk, desk.cases.get(case))
    return next(each for each in proposed if each.kind is ProposalKind.SAME_FACT)


def answered(work: Work, case: CaseId, kind: RecordKind) -> None:
    done = answer(work, case, kind, ANSWERED[kind])
    if isinstance(done, Unsure):
        assert not isinstance(answer(work, case, kind, ANSWERED[kind], seen=done.notes), Unsure)


@pytest.fixture
def first(work: Work) -> CaseId:
    case = listed(work, date(2022, 4, 7))
    own_household(work, case)
    answered(work, case, RecordKind.HOME_VISIT)
    answered(work, case, RecordKind.REFUSAL)
    return case


def test_a_line_that_tells_the_same_of_a_closed_one_needs_only_its_own_closing(work: Work, first: CaseId) -> None:
    record(work, first, Closing(closed_on=date(2022, 4, 14)))
    again = listed(work, date(2022, 4, 20))
    decide(work, the_same(work, again), Verdict.YES)
    joined = case_of(work, again)
    assert (joined.household, joined.joined_to) == (case_of(work, first).household, first)
    assert (case_state(joined, ORDER).meets, case_state(joined, ORDER).closed_on) == (Meets.NO, None)
    record(work, again, Closing(closed_on=date(2022, 4, 21)))
    assert case_state(case_of(work, again), ORDER).closed_on == date(2022, 4, 21)
    assert case_state(case_of(work, first), ORDER).closed_on == date(2022, 4, 14)


def test_the_history_says_that_it_is_the_same_fact(work: Work, first: CaseId) -> None:
    again = listed(work, date(2022, 4, 20))
    decide(work, the_same(work, again), Verdict.YES)
    with work.store.reading() as desk:
        told = [line.what for line in history(work, desk, again).lines]
    assert told[:2] == ["确定与另一条是同一件事，一并核实", "确认是哪一户"]


def test_a_line_that_is_no_duplicate_stays_alone(work: Work, first: CaseId) -> None:
    again = listed(work, date(2022, 4, 20))
    decide(work, the_same(work, again), Verdict.NO)
    assert case_of(work, again).joined_to is None


def test_what_nobody_has_matched_yet_is_matched_first(work: Work) -> None:
    listed(work, date(2022, 4, 7))
    again = listed(work, date(2022, 4, 20))
    with pytest.raises(NotAccepted) as refused:
        decide(work, the_same(work, again), Verdict.YES)
    assert [finding.code for finding in refused.value.findings] == ["other_unmatched"]


def test_a_line_of_another_household_is_not_the_same_fact(work: Work, first: CaseId) -> None:
    again, other = (listed(work, date(2022, 4, 20), name=name) for name in ("王建国", "王建军"))
    with work.store.change(Operation.TAKE_PACKAGE, work.user) as desk:
        nameless = desk.cases.get(other)
        desk.cases.save(replace(nameless, warning=replace(nameless.warning, id_number="")))
    own_household(work, other)
    household = case_of(work, other).household
    assert household is not None
    match_household(work, again, household)
    with pytest.raises(NotAccepted) as refused:
        decide(work, the_same(work, again), Verdict.YES)
    assert [finding.code for finding in refused.value.findings] == ["other_household"]
