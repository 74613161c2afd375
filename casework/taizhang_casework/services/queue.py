"""待确认: the lines that nobody has matched to a household, and the proposals that nobody has decided."""

import msgspec

from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.matching import Proposal, ProposalKind
from taizhang_casework.domain.people import Household, HouseholdId
from taizhang_casework.services.matching import proposals
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.work import Work

MOST_QUEUED = 200
"""So many lines of each sort are looked at; the next come when these are decided."""


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A line that waits for a person: for its household, or for the answer to a proposal."""

    case: Case
    proposals: tuple[Proposal, ...]


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal with the two things side by side: the line, and the household or the earlier line that it is compared with."""

    proposal: Proposal
    case: Case
    household: Household | None = None
    other: Case | None = None


def waiting(work: Work) -> tuple[Waiting, ...]:
    """The queue: lines without a household, oldest first, then lines that may tell of what another one tells, newest first."""
    with work.store.reading() as desk:
        unmatched = desk.cases.without_household(MOST_QUEUED)
        queue = [Waiting(case=case, proposals=proposals(desk, case)) for case in unmatched]
        repeated = [Waiting(case=case, proposals=proposals(desk, case)) for case in desk.cases.repeated(MOST_QUEUED)]
    return (*queue, *(each for each in repeated if each.proposals))


def beside(desk: Desk, proposal: Proposal) -> Beside:
    """What a proposal compares; KeyError where one of them is gone."""
    case = desk.cases.get(CaseId(proposal.left))
    if proposal.kind is ProposalKind.PERSON_IN_HOUSEHOLD:
        return Beside(proposal=proposal, case=case, household=desk.households.get(HouseholdId(proposal.right)))
    return Beside(proposal=proposal, case=case, other=desk.cases.get(CaseId(proposal.right)))
