"""Nobody belongs to two households at once: one rule for every way in which somebody comes into a household."""

from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.people import Household, HouseholdId
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.work import Work


def in_ledger(desk: Desk, household: HouseholdId, *, without: CaseId | None = None) -> bool:
    """Whether a household may be proposed: not where no line is its own, ``without`` one that is leaving it.

    Its lines lie in the recycle bin or went to another household: it was made by the same mistake.
    """
    return any(each.id != without for each in desk.cases.of_household(household))


def household_of(
    work: Work, desk: Desk, number: str, *, but: HouseholdId | None = None, without: CaseId | None = None
) -> Household | None:
    """The household, another than ``but``, to which the number belongs at present; None where there is none, or for a blank number.

    One that is only there for the line ``without`` is none.
    """
    today = work.clock.today()
    if not number:
        return None
    for household in desk.households.with_person(number):
        present = any(each.id_number == number for each in household.members_on(today))
        if household.id != but and present and in_ledger(desk, household.id, without=without):
            return household
    return None


def whose(work: Work, household: Household) -> str:
    """The village, and the head where there is one, as a clerk knows a household."""
    head = household.head_on(work.clock.today())
    return work.divisions.village_name(household.village_code) + (f"“{head.name}”" if head is not None else "")


def elsewhere(
    work: Work, desk: Desk, household: HouseholdId, number: str, field: str, *, without: CaseId | None = None
) -> tuple[Finding, ...]:
    """Why the person cannot come into this household, as the line ``without`` does; empty where the number belongs to no other."""
    other = household_of(work, desk, number, but=household, without=without)
    if other is None:
        return ()
    says = f"此人现在是{whose(work, other)}户的成员，请先在那一户登记离开"
    return (Finding(field=field, code="elsewhere", says=says),)
