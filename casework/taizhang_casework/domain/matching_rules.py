"""Who belongs to which household, and which warnings tell of the same: proposals only, a person decides (附件1 names persons)."""

from collections.abc import Iterable, Sequence

from taizhang_casework.domain.case import Case
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.matching import MatchDecision, Proposal, ProposalKind
from taizhang_casework.domain.people import Household


def propose_household(case: Case, households: Iterable[Household]) -> tuple[Proposal, ...]:
    """Households that the warned person may belong to: the same id number, or the same name in the same village."""
    warning = case.warning
    by_number: list[Proposal] = []
    by_name: list[Proposal] = []
    for household in households:
        members = [membership.person for membership in household.memberships]
        if warning.id_number and any(person.id_number == warning.id_number for person in members):
            by_number.append(_in_household(case, household, "身份证号码与家庭成员一致"))
        elif household.village_code == warning.village_code and any(
            person.name == warning.name and not (person.id_number and warning.id_number) for person in members
        ):
            by_name.append(_in_household(case, household, "同村同名，身份证号码不全，请核对"))
    return (*by_number, *by_name)


def _in_household(case: Case, household: Household, because: str) -> Proposal:
    return Proposal(kind=ProposalKind.PERSON_IN_HOUSEHOLD, left=case.id, right=household.id, because=because)


def propose_duplicates(case: Case, earlier: Sequence[Case]) -> tuple[Proposal, ...]:
    """Earlier cases that tell of the same: person + item + year (附件1 医保 returns every month), or one household in a month."""
    found: list[Proposal] = []
    for other in earlier:
        if other.id == case.id:
            continue
        if _same_fact(case, other):
            because = f"同一人、同一事项、同一年度（{case.warning.year}年）已有一条"
            found.append(Proposal(kind=ProposalKind.SAME_FACT, left=case.id, right=other.id, because=because))
        elif (
            case.household is not None
            and case.household == other.household
            and Month.of(case.warning.received_on) == Month.of(other.warning.received_on)
        ):
            because = "同一户本月已有一条预警信息，可合并核实"
            found.append(Proposal(kind=ProposalKind.SAME_HOUSEHOLD, left=case.id, right=other.id, because=because))
    return tuple(found)


def _same_fact(case: Case, other: Case) -> bool:
    left, right = case.warning, other.warning
    return (
        bool(left.id_number and left.item)
        and left.id_number == right.id_number
        and left.item == right.item
        and left.year == right.year
    )


def undecided(proposals: Iterable[Proposal], decisions: Iterable[MatchDecision]) -> tuple[Proposal, ...]:
    """The proposals that nobody has decided; a decision holds for a pair whichever way round it is named."""
    decided = {(decision.kind, frozenset((decision.left, decision.right))) for decision in decisions}
    return tuple(p for p in proposals if (p.kind, frozenset((p.left, p.right))) not in decided)
