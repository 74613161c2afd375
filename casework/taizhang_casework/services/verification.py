"""Working a case through the steps: one call a record, everything the rules find at once."""

from collections.abc import Collection, Iterable

import msgspec

from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.closing_check import closing_check, closing_day_check
from taizhang_casework.domain.considered import Considered
from taizhang_casework.domain.correction_rules import WHY, check_correction, corrects_decided, decided
from taizhang_casework.domain.discarding_rules import work_needs_ledger
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.machine import case_state, closed_on, step_of
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.record_answers import RecordKind, consider
from taizhang_casework.domain.rights import Right, refused, require
from taizhang_casework.domain.step_rules import check_record
from taizhang_casework.domain.steps import (
    AuthorisationsAsked,
    Closing,
    ComparisonSent,
    ComparisonSkipped,
    DataComparison,
    DemocraticReview,
    Entry,
    GreenChannel,
    HomeVisit,
    NoticePosted,
    PublicNotice,
    Record,
    Refusal,
    Reopening,
    SystemEntry,
)
from taizhang_casework.services.matching import joined
from taizhang_casework.services.ports import Desk, WritableDesk
from taizhang_casework.services.printable import of_record, unprintable
from taizhang_casework.services.recognition import follow_recognition
from taizhang_casework.services.work import Work

DECISIONS = (SystemEntry, Refusal, Closing, Reopening)
"""The records that decide about a case: 录入系统 recognises the household (符合). The steps before it every user may record."""

OPERATIONS: dict[type[Record], Operation] = {
    HomeVisit: Operation.HOME_VISIT,
    DemocraticReview: Operation.DEMOCRATIC_REVIEW,
    AuthorisationsAsked: Operation.AUTHORISATIONS_ASKED,
    ComparisonSent: Operation.COMPARISON_SENT,
    DataComparison: Operation.DATA_COMPARISON,
    ComparisonSkipped: Operation.COMPARISON_SKIPPED,
    NoticePosted: Operation.NOTICE_POSTED,
    PublicNotice: Operation.PUBLIC_NOTICE,
    SystemEntry: Operation.SYSTEM_ENTRY,
    Refusal: Operation.REFUSAL,
    GreenChannel: Operation.GREEN_CHANNEL,
    Reopening: Operation.REOPENING,
    Closing: Operation.CLOSING,
}
"""By what the journal calls a record that was written down."""


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """A record that was written down, with the findings that did not block it."""

    changes: Changes
    findings: tuple[Finding, ...] = ()


def check(work: Work, desk: Desk, case: CaseId, record: Record) -> tuple[Finding, ...]:
    """What the rules would say to this record now; nothing is written."""
    return check_record(record, work.circumstances(desk, desk.cases.get(case)))


def record(work: Work, case: CaseId, content: Record, *, why: str = "") -> Recorded:
    """Write a record into a case and into every case verified with it; NotAccepted where a finding blocks.

    A closing is written only into its own line, and only when the closing check finds nothing (办理一条销号一条). A decision
    (录入系统, refusal, closing, reopening) is for those who may decide, and so is setting right a step on which one rests; that has
    ``why`` as its reason.
    """
    if isinstance(content, DECISIONS):
        require(work.user, Right.DECIDE)
    with work.store.change(OPERATIONS[type(content)], work.user) as desk:
        known = work.in_hand(desk, case)
        now = msgspec.structs.replace(work.circumstances(desk, known), why=why)
        findings = _once(
            (
                *check_record(content, now),
                *_beyond_the_record(work, desk, now, content),
                *unprintable(work, of_record(content)),
            )
        )
        if any(finding.blocks for finding in findings):
            raise NotAccepted(findings)
        write(work, desk, known, content, why=why if rests_on(work, desk, known) else "")
    return Recorded(changes=desk.changes, findings=findings)


def write(work: Work, desk: WritableDesk, case: Case, content: Record, *, why: str = "") -> None:
    """Write a record that the rules accept into a case and what is verified with it, and keep what it means for the household."""
    entry = Entry(recorded_at=work.clock.now(), recorded_by=work.user.name, record=content, why=why.strip())
    for each in (case,) if isinstance(content, Closing) else joined(desk, case):
        desk.cases.save(msgspec.structs.replace(each, entries=(*each.entries, entry)))
    follow_recognition(work, desk, case, content)


class Unsure(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing was written: the rules have notes that the clerk has not seen yet. Answered again with them seen, it is written."""

    notes: tuple[Finding, ...]


def check_answers(work: Work, case: CaseId, kind: RecordKind, given: Given) -> Considered[Record]:
    """What the rules say to the answers of a form, a closing's missing things too; nothing is written."""
    with work.store.reading() as desk:
        return consider_at(work, desk, work.in_hand(desk, case), kind, given)


def consider_at(work: Work, desk: Desk, case: Case, kind: RecordKind, given: Given) -> Considered[Record]:
    """The same inside a transaction. Of a case in the recycle bin it says only that."""
    lies_in_bin = work_needs_ledger(case)
    if lies_in_bin:
        return Considered(record=None, findings=lies_in_bin)
    now = msgspec.structs.replace(_with_attachments(work, desk, case), why=_why(given))
    considered = consider(kind, given, now)
    content = considered.record
    beyond = () if content is None else _beyond_the_record(work, desk, now, content)
    beyond += () if content is None else tuple(unprintable(work, of_record(content)))
    missing = still_missing(work, desk, case) if kind is RecordKind.CLOSING and considered.record is None else ()
    return Considered(record=considered.record, findings=_once((*considered.findings, *beyond, *missing)))


def answer(
    work: Work, case: CaseId, kind: RecordKind, given: Given, *, seen: Collection[Finding] = ()
) -> Recorded | Unsure:
    """Write the record that the answers of a form make; NotAccepted with the blanks and every other finding at once.

    What the rules only note (an overrun, a day before the step before) never blocks; it is shown once, before it is written.
    """
    considered = check_answers(work, case, kind, given)
    if considered.record is None or considered.blocked:
        raise NotAccepted(considered.findings)
    if any(note not in seen for note in considered.findings):
        return Unsure(notes=considered.findings)
    return record(work, case, considered.record, why=_why(given))


def rests_on(work: Work, desk: Desk, case: Case) -> bool:
    """Whether the case, or a line that is verified with it, was decided on: then a step is set right with its reason."""
    return any(decided(case_state(each, work.pack_of(each).order)) for each in joined(desk, case))


def _why(given: Given) -> str:
    why = given.get(WHY)
    return why if isinstance(why, str) else ""


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each thing once; what blocks goes before a note of the same."""
    found = tuple(dict.fromkeys(findings))
    blocking = {(each.field, each.code) for each in found if each.blocks}
    return tuple(each for each in found if each.blocks or (each.field, each.code) not in blocking)


def _with_attachments(work: Work, desk: Desk, case: Case) -> Circumstances:
    """What the rules may look at, with the kinds of attachment that lie with the case (not in its recycle bin)."""
    kinds = frozenset(each.kind for each in desk.attachments.of_case(case.id) if each.removal is None)
    return msgspec.structs.replace(work.circumstances(desk, case), attached=kinds)


def _beyond_the_record(work: Work, desk: Desk, now: Circumstances, content: Record) -> tuple[Finding, ...]:
    """What the letter, for a closing, and the user's role and the lines that share the verification, for all others, say to a record."""
    case = now.case
    match content:
        case Closing():
            letter = desk.letters.of_case(case.id)
            return (*closing_day_check(content, now, letter), *closing_check(now, letter))
        case Reopening():
            return ()
        case _:
            others = [each for each in joined(desk, case) if each.id != case.id]
            closed = [each for each in others if closed_on(each) is not None]
            if step_of(content) in now.state.done and (closed or corrects_decided(content, now.state)):
                each_now = (msgspec.structs.replace(work.circumstances(desk, each), why=now.why) for each in closed)
                said = (finding for there in each_now for finding in check_correction(content, there))
                return _once((*refused(work.user, Right.DECIDE), *said))
            if not closed:
                return ()
            says = "与本条一起核实的另一条已办结，如需更改请先重新打开"
            return (Finding(field="", code="joined_closed", says=says),)


def still_missing(work: Work, desk: Desk, case: Case) -> tuple[Finding, ...]:
    """闭环检查 of a case as it stands."""
    return closing_check(work.circumstances(desk, case), desk.letters.of_case(case.id))
