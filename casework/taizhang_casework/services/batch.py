"""Several households in one go: one village's visits, one review meeting, one public notice, one set of letters (一（三）1)."""

from collections.abc import Collection, Mapping, Sequence

import msgspec

from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.case_query import CaseQuery
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.considered import Considered
from taizhang_casework.domain.discarding_rules import work_needs_ledger
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.record_answers import RecordKind
from taizhang_casework.domain.steps import Record
from taizhang_casework.services.correspondence import draft_faults, new_letter
from taizhang_casework.services.matching import joined
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.verification import consider_at, write
from taizhang_casework.services.work import Work

_OPERATIONS = {
    RecordKind.HOME_VISIT: Operation.HOME_VISITS,
    RecordKind.DEMOCRATIC_REVIEW: Operation.DEMOCRATIC_REVIEWS,
    RecordKind.NOTICE_POSTED: Operation.NOTICES_POSTED,
    RecordKind.PUBLIC_NOTICE: Operation.PUBLIC_NOTICES,
}
BATCH_KINDS = tuple(_OPERATIONS)
"""What is done for several households at once."""

MOST_TOGETHER = 200
"""So many households at most in one go."""


class OfHousehold(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules say about one household of a batch."""

    case: CaseId
    findings: tuple[Finding, ...]

    @property
    def blocks(self) -> bool:
        """Whether the batch cannot be written because of it."""
        return any(finding.blocks for finding in self.findings)


class Together(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a batch. ``changes`` is None where nothing was written: a finding blocks, or a note was not seen yet.

    ``said`` names every household about which something is to be said, in the order of the batch; ``letters`` are those drafted.
    """

    changes: Changes | None
    said: tuple[OfHousehold, ...] = ()
    letters: tuple[Letter, ...] = ()

    @property
    def blocked(self) -> bool:
        """Whether it cannot be written as it is."""
        return any(each.blocks for each in self.said)


def record_together(
    work: Work,
    kind: RecordKind,
    shared: Given,
    each: Mapping[CaseId, Given],
    *,
    seen: Collection[OfHousehold] = (),
) -> Together:
    """Write the record that the answers make into every case, all or none: ``shared`` answers hold for all, ``each`` for one.

    The answers of a household go before the shared ones. What the rules only note is written once it was ``seen``. Lines that
    are verified together are written once, with the answers of the first of them. ValueError for a kind not in ``BATCH_KINDS``.
    """
    if kind not in BATCH_KINDS:
        raise ValueError(kind)
    with work.store.reading() as desk:
        said = tuple(
            OfHousehold(case=case.id, findings=considered.findings)
            for case, considered in _considered(work, desk, kind, shared, each)
            if considered.findings
        )
    if any(one.blocks or one not in seen for one in said):
        return Together(changes=None, said=said)
    with work.store.change(_OPERATIONS[kind], work.user) as writable:
        for case, considered in _considered(work, writable, kind, shared, each):
            if considered.record is None or considered.blocked:
                raise NotAccepted(considered.findings)
            write(work, writable, case, considered.record)
    return Together(changes=writable.changes, said=said)


def _considered(
    work: Work, desk: Desk, kind: RecordKind, shared: Given, each: Mapping[CaseId, Given]
) -> list[tuple[Case, Considered[Record]]]:
    found: list[tuple[Case, Considered[Record]]] = []
    done: set[CaseId] = set()
    for case, own in each.items():
        known = desk.cases.get(case)
        if case not in done:
            found.append((known, consider_at(work, desk, known, kind, {**shared, **own})))
            done |= {one.id for one in joined(desk, known)}
    return found


def draft_together(work: Work, cases: Sequence[CaseId], *, contact: str) -> Together:
    """Number and freeze the letters of several refused households, all or none; they are numbered in the order given."""
    with work.store.reading() as desk:
        found = {case: _letter_faults(work, desk, case, contact) for case in dict.fromkeys(cases)}
    said = tuple(OfHousehold(case=case, findings=findings) for case, findings in found.items() if findings)
    if said:
        return Together(changes=None, said=said)
    with work.store.change(Operation.DRAFT_LETTERS, work.user) as writable:
        letters = tuple(new_letter(work, writable, work.in_hand(writable, case), contact=contact) for case in found)
    return Together(changes=writable.changes, letters=letters)


def _letter_faults(work: Work, desk: Desk, case: CaseId, contact: str) -> tuple[Finding, ...]:
    known = desk.cases.get(case)
    return (*work_needs_ledger(known), *draft_faults(work, desk, known, contact))


def same_village(work: Work, desk: Desk, case: CaseId) -> tuple[Case, ...]:
    """The open cases of the case's village, this one first, then the newest: what can be worked together with it."""
    known = desk.cases.get(case)
    name = work.divisions.village_name(known.warning.village_code)
    query = CaseQuery(text=name, villages={name: (known.warning.village_code,)}, open_only=True)
    rows = [row.id for row in desk.cases.page(query, 0, MOST_TOGETHER) if row.id != case]
    return (known, *desk.cases.many(rows))
