"""What a town owes of its lines, over a real vault: lines verified together, lines closed, months not filed."""

from datetime import date
from typing import TYPE_CHECKING

import msgspec
import pytest
from shipped import ORDER
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.duties import DutyKind
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.ledger_rules import belongs_to
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.matching import Proposal, ProposalKind, Verdict
from taizhang_casework.domain.people import HouseholdId, Relation
from taizhang_casework.domain.steps import Closing, HomeVisit, Record, Refusal, Reopening, Step
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.agenda import agenda
from taizhang_casework.services.filing import freeze, preview
from taizhang_casework.services.intake import WarningDraft, new_household, take_warning
from taizhang_casework.services.matching import decide, match_household
from taizhang_casework.services.sending import send_filing
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work

if TYPE_CHECKING:
    from conftest import Offices

VISIT = HomeVisit(visited_on=date(2022, 4, 8), visitors=("孙晓梅", "周志强"), conclusion="情况属实")
REFUSED = Refusal(decided_on=date(2022, 4, 11), at=Step.DEMOCRATIC_REVIEW, reason="other", explanation="收入稳定")
LAST_DAY = date(2022, 4, 20)


@pytest.fixture
def work(offices: "Offices") -> Work:
    return offices.town().work


@pytest.fixture
def household(work: Work, offices: "Offices") -> HouseholdId:
    """A household that the office knows since March."""
    first = take(work, offices, day=date(2022, 3, 1))
    with work.store.reading() as desk:
        known = new_household(work, desk.cases.get(first), head_name="", head_id_number="", relation=Relation.HEAD)
    match_household(work, first, known)
    for content in (msgspec.structs.replace(VISIT, visited_on=date(2022, 3, 2)), REFUSED, Closing(closed_on=LAST_DAY)):
        record(work, first, content)
    return known.id


def take(work: Work, offices: "Offices", *, day: date = date(2022, 4, 7)) -> CaseId:
    draft = WarningDraft(
        channel=Channel.CADRE_SCREENING,
        source="村委",
        detail="突发疾病",
        name="王建国",
        id_number=offices.number(1),
        village_code=offices.village(),
        received_on=day,
    )
    return take_warning(work, draft).case


def line(work: Work, offices: "Offices", household: HouseholdId, *, day: date = date(2022, 4, 7)) -> CaseId:
    """A line of April about the household."""
    case = take(work, offices, day=day)
    match_household(work, case, household)
    return case


def join(work: Work, later: CaseId, earlier: CaseId) -> None:
    decide(work, Proposal(kind=ProposalKind.SAME_HOUSEHOLD, left=later, right=earlier, because=""), Verdict.YES)


def records(work: Work, case: CaseId) -> list[Record]:
    with work.store.reading() as desk:
        return [entry.record for entry in desk.cases.get(case).entries]


def closed_on(work: Work, case: CaseId) -> date | None:
    with work.store.reading() as desk:
        return case_state(desk.cases.get(case), ORDER).closed_on


def test_three_lines_of_a_household_share_one_verification_in_whatever_order_they_are_joined(
    work: Work, offices: "Offices", household: HouseholdId
) -> None:
    first, second, third = (line(work, offices, household) for _ in range(3))
    join(work, third, second)
    join(work, second, first)
    record(work, third, VISIT)
    assert records(work, first) == records(work, second) == records(work, third) == [VISIT]


def test_a_line_that_joins_a_closed_one_is_not_closed_by_it(
    work: Work, offices: "Offices", household: HouseholdId
) -> None:
    first = line(work, offices, household)
    for content in (VISIT, REFUSED, Closing(closed_on=LAST_DAY)):
        record(work, first, content)
    second = line(work, offices, household, day=date(2022, 4, 19))
    join(work, second, first)
    assert records(work, second) == [VISIT, REFUSED]
    assert closed_on(work, second) is None


def test_a_closed_line_changes_only_when_it_is_opened_again(
    work: Work, offices: "Offices", household: HouseholdId
) -> None:
    first, second = line(work, offices, household), line(work, offices, household)
    join(work, second, first)
    record(work, first, VISIT)
    record(work, first, REFUSED)
    record(work, first, Closing(closed_on=LAST_DAY))
    again = Refusal(decided_on=LAST_DAY, at=Step.HOME_VISIT, reason="other", explanation="搬迁")
    with pytest.raises(NotAccepted) as refused:
        record(work, second, again)
    assert "joined_closed" in {finding.code for finding in refused.value.findings}
    assert again not in records(work, first)
    record(work, second, Reopening(reopened_on=LAST_DAY, back_to=Step.HOME_VISIT, why="有新情况"))
    assert closed_on(work, first) is None
    record(work, second, VISIT)
    assert records(work, first)[-1] == VISIT


@pytest.mark.parametrize(
    "day",
    [pytest.param(date(2022, 3, 31), id="before it came"), pytest.param(date(2022, 4, 10), id="before the decision")],
)
def test_a_line_is_not_closed_before_its_last_deed(
    work: Work, offices: "Offices", household: HouseholdId, day: date
) -> None:
    case = line(work, offices, household)
    record(work, case, VISIT)
    record(work, case, REFUSED)
    with pytest.raises(NotAccepted) as refused:
        record(work, case, Closing(closed_on=day))
    assert [finding.code for finding in refused.value.findings] == ["before_last_deed"]
    with work.store.reading() as desk:
        assert case in {each.case for each in preview(work, desk, Month(2022, 4)).lines}


def test_a_month_that_nobody_filed_is_owed_though_all_its_lines_are_closed(
    work: Work, offices: "Offices", household: HouseholdId
) -> None:
    def owed() -> list[str]:
        with work.store.reading() as desk:
            return [duty.who for duty in agenda(work, desk) if duty.kind is DutyKind.FILING]

    assert closed_on(work, line_of(work, household)) == LAST_DAY
    offices.clock.go_to(date(2022, 5, 6))
    assert owed() == ["2022年3月台账", "2022年4月台账", "2022年5月台账"]
    filing = freeze(work, Month(2022, 3)).filing
    assert owed() == ["2022年3月台账", "2022年4月台账", "2022年5月台账"], "frozen is not yet filed"
    send_filing(work, offices.town().courier, filing.id, offices.bureau.office.id, offices.path_for)
    assert owed() == ["2022年4月台账", "2022年5月台账"]


def test_a_line_bears_the_head_of_a_household_that_the_office_came_to_know_later(
    work: Work, offices: "Offices"
) -> None:
    early = take(work, offices, day=date(2022, 4, 18))
    offices.clock.go_to(date(2022, 5, 6))
    household_known_in_may = take(work, offices, day=date(2022, 5, 5))
    with work.store.reading() as desk:
        warned = desk.cases.get(household_known_in_may)
        known = new_household(work, warned, head_name="", head_id_number="", relation=Relation.HEAD)
    match_household(work, household_known_in_may, known)
    match_household(work, early, known.id)
    with work.store.reading() as desk:
        (of_april,) = preview(work, desk, Month(2022, 4)).lines
    assert (of_april.head_name, of_april.head_id_number) == ("王建国", offices.number(1))


def line_of(work: Work, household: HouseholdId) -> CaseId:
    with work.store.reading() as desk:
        return desk.cases.of_household(household)[0].id


def test_the_store_and_the_rule_agree_on_which_lines_a_month_has(
    work: Work, offices: "Offices", household: HouseholdId
) -> None:
    assert closed_on(work, line_of(work, household)) == LAST_DAY
    offices.clock.go_to(date(2022, 5, 6))
    take(work, offices, day=date(2022, 5, 5))
    with work.store.reading() as desk:
        cases = desk.cases.many(desk.cases.all_ids())
        for month in (Month(2022, number) for number in range(2, 8)):
            ruled = {case.id for case in cases if belongs_to(case, month)}
            assert {case.id for case in desk.cases.of_month(month)} == ruled
