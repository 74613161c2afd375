"""Deciding proposals: which household a warning is about, which lines tell of the same, which are verified together."""

import msgspec

from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.machine import case_state, closed_on
from taizhang_casework.domain.matching import MatchDecision, Proposal, ProposalKind, Verdict
from taizhang_casework.domain.matching_rules import propose_duplicates, propose_household, undecided
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.people import Household, HouseholdId
from taizhang_casework.domain.steps import Closing
from taizhang_casework.domain.warning import Warning
from taizhang_casework.services.belonging import elsewhere, in_ledger
from taizhang_casework.services.ports import Desk, WritableDesk
from taizhang_casework.services.work import Work

CLOSED = "本条已办结，不能再更改所属户；确实归错了的，请先重新打开，退回到入户核实"
"""Why a closed case stays with its household."""
GREEN = "本条已在原来那一户登记绿色通道，不能改归另一户；确实归错了的，请移到回收站，再在另一户重新登记"
"""Why a case whose household was helped first stays with it: no reopening takes the help back (二（三）)."""


def proposals(desk: Desk, case: Case) -> tuple[Proposal, ...]:
    """What the rules propose for a case and nobody has decided yet."""
    found: list[Proposal] = []
    if case.household is None:
        proposed = propose_household(case, _possible_households(desk, case.warning))
        found += [each for each in proposed if in_ledger(desk, HouseholdId(each.right))]
    earlier = list(desk.cases.naming(case.warning.id_number)) if case.warning.id_number else []
    if case.household is not None:
        earlier += [
            other for other in desk.cases.of_household(case.household) if other.id not in {c.id for c in earlier}
        ]
    older = [other for other in earlier if (other.warning.received_on, other.id) < (case.warning.received_on, case.id)]
    found += propose_duplicates(case, older)
    return undecided(found, desk.matches.about(case.id))


def _possible_households(desk: Desk, warning: Warning) -> tuple[Household, ...]:
    """Those that share the person's number, or a name in the village: the rules look no further."""
    by_number = desk.households.with_person(warning.id_number) if warning.id_number else ()
    by_name = desk.households.with_name(warning.village_code, warning.name)
    either = {household.id: household for household in (*by_number, *by_name)}
    return tuple(sorted(either.values(), key=lambda household: (household.village_code, household.id)))


def match_household(work: Work, case: CaseId, household: HouseholdId | Household) -> Changes:
    """Say which household a case is about: one that is known, or a new one that is kept with the decision."""
    with work.store.change(Operation.MATCH_HOUSEHOLD, work.user) as desk:
        known = work.in_hand(desk, case)
        if closed_on(known) is not None:
            raise NotAccepted((Finding(field="household", code="closed", says=CLOSED),))
        if known.household != (household.id if isinstance(household, Household) else household):
            stays = not_movable(work, desk, known)
            if stays:
                raise NotAccepted(stays)
        keep_household(
            work, desk, known, household if isinstance(household, Household) else desk.households.get(household)
        )
    return desk.changes


def not_movable(work: Work, desk: Desk, case: Case) -> tuple[Finding, ...]:
    """Why a case has to stay with its household; empty where it may go to another, or is with none.

    What was verified at one household tells nothing of another: it is reopened, which only who may decide does, before it moves.
    """
    if case.household is None:
        return ()
    state, found = case_state(case, work.pack_of(case).order), []
    if state.closed_on is not None:
        found.append(Finding(field="household", code="closed", says=CLOSED))
    elif state.done or state.refusal is not None or state.begun:
        says = "本条在原来那一户已有办理记录，不能改归另一户；确实归错了的，请先重新打开，退回到入户核实"
        found.append(Finding(field="household", code="already_begun", says=says))
    elif state.green is not None:
        found.append(Finding(field="household", code="green_channel", says=GREEN))
    if len(joined(desk, case)) > 1:
        says = "本条与同户的另一条一起核实，不能单独改归另一户"
        found.append(Finding(field="household", code="joined", says=says))
    return tuple(found)


def keep_household(work: Work, desk: WritableDesk, case: Case, household: Household) -> Case:
    """The case with its household, both kept with the decision, inside a transaction that is already open."""
    findings = _elsewhere(work, desk, case, household)
    if findings:
        raise NotAccepted(findings)
    desk.households.save(household)
    matched = msgspec.structs.replace(case, household=household.id)
    desk.cases.save(matched)
    keep_decision(work, desk, ProposalKind.PERSON_IN_HOUSEHOLD, case.id, household.id, Verdict.YES)
    return matched


def _elsewhere(work: Work, desk: Desk, case: Case, household: Household) -> tuple[Finding, ...]:
    """Of whoever comes into the household now: that the number belongs to another one at present."""
    known = next(iter(desk.households.many([household.id]).values()), None)
    there = set() if known is None else {m.person.id_number for m in known.memberships if m.until is None}
    found: tuple[Finding, ...] = ()
    for number in dict.fromkeys(m.person.id_number for m in household.memberships if m.until is None):
        if number not in there:
            field = "id_number" if number == case.warning.id_number else "head_id_number"
            found += elsewhere(work, desk, household.id, number, field, without=case.id)
    return found


def in_verification(desk: Desk, household: HouseholdId) -> tuple[Case, ...]:
    """The household's lines that are not closed, one of each verification, newest first: what another line can share."""
    opened = [each for each in desk.cases.of_household(household) if closed_on(each) is None]
    leading = {each.lead: each for each in opened}
    return tuple(reversed(leading.values()))


def join_verification(work: Work, desk: WritableDesk, case: Case, other: CaseId) -> None:
    """Let a fresh line share the verification of another of its household, inside a transaction that is already open."""
    earlier = work.in_hand(desk, other)
    if case.household is None or earlier.household != case.household or closed_on(earlier) is not None:
        raise NotAccepted(
            (Finding(field="together_with", code="not_joinable", says="所选的一条不能一起核实，请重新选择"),)
        )
    _join(desk, case, earlier)
    keep_decision(work, desk, ProposalKind.SAME_HOUSEHOLD, case.id, earlier.id, Verdict.YES)


def decide(work: Work, proposal: Proposal, verdict: Verdict) -> Changes:
    """Keep a person's decision on a proposal. YES on a household matches it; YES on one household in a month or one fact joins the cases.

    Joined cases stay lines of their own and share one verification: the later takes over the earlier's entries but its
    closing, and every record written to one afterwards, a closing apart, is written to both.
    """
    if verdict is Verdict.YES and proposal.kind is ProposalKind.PERSON_IN_HOUSEHOLD:
        return match_household(work, CaseId(proposal.left), HouseholdId(proposal.right))
    same_fact = proposal.kind is ProposalKind.SAME_FACT
    with work.store.change(Operation.SAME_FACT if same_fact else Operation.DECIDE_MATCH, work.user) as desk:
        if verdict is Verdict.YES:
            later, earlier = work.in_hand(desk, CaseId(proposal.left)), work.in_hand(desk, CaseId(proposal.right))
            _join(desk, _of_that_household(work, desk, later, earlier) if same_fact else later, earlier)
        keep_decision(work, desk, proposal.kind, proposal.left, proposal.right, verdict)
    return desk.changes


def joined(desk: Desk, case: Case) -> tuple[Case, ...]:
    """The case and all that share its verification."""
    if case.household is None:
        return (case,)
    family = [other for other in desk.cases.of_household(case.household) if other.lead == case.lead]
    return (case, *(other for other in family if other.id != case.id))


def _of_that_household(work: Work, desk: WritableDesk, case: Case, other: Case) -> Case:
    """A line that tells the same of the same person is of the household that the other one was matched to."""
    if other.household is None:
        says = "另一条还没有确认是哪一户，请先办那一条"
        raise NotAccepted((Finding(field="", code="other_unmatched", says=says),))
    if case.household is None:
        return keep_household(work, desk, case, desk.households.get(other.household))
    if case.household != other.household:
        says = "两条不是同一户：先核对是哪一户，不是同一件事的请选“否”"
        raise NotAccepted((Finding(field="", code="other_household", says=says),))
    return case


def _join(desk: WritableDesk, case: Case, other: Case) -> None:
    """Let the later case, with all that share its verification, share the earlier's; a line is closed by itself alone."""
    lead = other.lead
    if case.lead == lead:
        return
    if case.entries:
        raise NotAccepted((Finding(field="", code="already_begun", says="本条已有办理记录，不能再并入另一条一起核实"),))
    shared = tuple(entry for entry in other.entries if not isinstance(entry.record, Closing))
    for each in joined(desk, case):
        desk.cases.save(msgspec.structs.replace(each, joined_to=lead, entries=shared))


def keep_decision(work: Work, desk: WritableDesk, kind: ProposalKind, left: str, right: str, verdict: Verdict) -> None:
    """Keep what the user said of a proposal, made or not, inside a transaction that is already open."""
    desk.matches.save(
        MatchDecision(
            kind=kind, left=left, right=right, verdict=verdict, decided_by=work.user.name, decided_at=work.clock.now()
        )
    )
