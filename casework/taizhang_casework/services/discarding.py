"""移到回收站: a line registered by mistake leaves the ledger and can come back; nothing is erased, the journal keeps who and why."""

from collections.abc import Collection

import msgspec

from taizhang_casework.domain.case import Case, CaseId, Discarding
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.discarding_rules import not_discardable, on_restoring
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.people import Person
from taizhang_casework.domain.rights import Right, require
from taizhang_casework.domain.warning import Warning
from taizhang_casework.services.belonging import elsewhere
from taizhang_casework.services.matching import joined
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.verification import Unsure
from taizhang_casework.services.work import Work


class BinLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the recycle bin. ``head`` is None while no household is matched."""

    case: CaseId
    warning: Warning
    head: Person | None
    discarded: Discarding


def hindrances(desk: Desk, case: Case) -> tuple[Finding, ...]:
    """Why the case cannot be moved to the recycle bin, empty where it can."""
    return not_discardable(case, desk.letters.of_case(case.id), desk.filings.holding(case.id))


def discard(work: Work, case: CaseId, *, why: str) -> Changes:
    """Move a case to the recycle bin. NotAccepted with everything that keeps it in the ledger, and where no reason is given.

    NotAccepted too where the user may not (Right.DISCARD), as in :func:`restore`.
    """
    require(work.user, Right.DISCARD)
    with work.store.change(Operation.DISCARD_CASE, work.user) as desk:
        known = desk.cases.get(case)
        findings = hindrances(desk, known)
        if not why.strip():
            findings += (Finding(field="why", code="blank", says="请填写移到回收站的原因"),)
        if findings:
            raise NotAccepted(findings)
        discarded = Discarding(at=work.clock.now(), by=work.user.name, why=why.strip())
        desk.cases.save(msgspec.structs.replace(known, discarded=discarded))
    return desk.changes


def restore(work: Work, case: CaseId, *, seen: Collection[Finding] = ()) -> Changes | Unsure:
    """Bring a case back exactly as it was. NotAccepted where it is not in the recycle bin, or a member of its household joined another.

    Where it was registered again meanwhile, or the lines verified with it went on without it, nothing is written before the user
    has seen that: restored again with it ``seen``, it comes back.
    """
    require(work.user, Right.DISCARD)
    with work.store.change(Operation.RESTORE_CASE, work.user) as desk:
        known = desk.cases.get(case)
        if known.discarded is None:
            raise NotAccepted((Finding(field="", code="not_discarded", says="这一条已不在回收站里"),))
        twice = _members_elsewhere(work, desk, known)
        if twice:
            raise NotAccepted(twice)
        notes = on_restoring(known, _kin(desk, known), joined(desk, known)[1:])
        if any(note not in seen for note in notes):
            return Unsure(notes=notes)
        desk.cases.save(msgspec.structs.replace(known, discarded=None))
    return desk.changes


def recycle_bin(work: Work, desk: Desk) -> tuple[BinLine, ...]:
    """The lines in the recycle bin, discarded last first."""
    found: list[BinLine] = []
    for case in desk.cases.discarded():
        if case.discarded is not None:
            household = None if case.household is None else desk.households.get(case.household)
            head = None if household is None else household.head_on(work.clock.today())
            found.append(BinLine(case=case.id, warning=case.warning, head=head, discarded=case.discarded))
    return tuple(found)


def _members_elsewhere(work: Work, desk: Desk, case: Case) -> tuple[Finding, ...]:
    """Who of the household that the line brings back with it belongs to another one by now."""
    if case.household is None:
        return ()
    household = desk.households.get(case.household)
    people = [m.person for m in household.memberships if m.until is None]
    return tuple(
        msgspec.structs.replace(finding, field="", says=f"不能恢复：{person.name}在这一条的户里，{finding.says}")
        for person in people
        for finding in elsewhere(work, desk, household.id, person.id_number, "id_number")
    )


def _kin(desk: Desk, case: Case) -> tuple[Case, ...]:
    """The lines of the ledger that may be about the same person or household, each once."""
    warning = case.warning
    named = desk.cases.named(warning.name) if warning.name else ()
    found = [each for each in named if each.warning.village_code == warning.village_code]
    if warning.id_number:
        found += desk.cases.naming(warning.id_number)
    if case.household is not None:
        found += desk.cases.of_household(case.household)
    return tuple({each.id: each for each in found}.values())
