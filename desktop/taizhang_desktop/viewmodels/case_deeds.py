"""What the forms of a case do: one service call each, in the worker's thread, and then a fresh look at the case."""

from collections.abc import Callable, Collection
from pathlib import Path

import msgspec
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.letter import Letter, ResultNotice
from taizhang_casework.domain.matching import Proposal, Verdict
from taizhang_casework.services.correcting import check_correcting, correct_warning
from taizhang_casework.services.correspondence import (
    answer_delivered,
    answer_return_visit,
    draft_letter,
    note_printed,
    print_faults,
)
from taizhang_casework.services.discarding import discard
from taizhang_casework.services.matching import decide
from taizhang_casework.services.moving import move_case
from taizhang_casework.services.new_household import heads_household, own_household
from taizhang_casework.services.verification import Unsure, answer, check_answers
from taizhang_casework.services.work import Work

from taizhang_desktop.viewmodels.case_form import CaseForm
from taizhang_desktop.viewmodels.case_sheet import CaseSheet, read_sheet

LetterWriter = Callable[[ResultNotice, Path], object]
"""Draws the letter into a file; OfficeTrouble where it cannot."""


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """What was done: the changes to announce and the case as it stands now, None where it left the ledger.

    ``notes``: nothing was done, the rules have notes.
    """

    changes: Changes | None
    sheet: CaseSheet | None
    notes: tuple[Finding, ...] = ()


def look(work: Work, case: CaseId) -> CaseSheet | None:
    """The case as it stands."""
    with work.store.reading() as desk:
        return read_sheet(work, desk, case)


def fault_form(work: Work, sheet: CaseSheet, form: CaseForm, given: Given, faults: tuple[Finding, ...]) -> Deed:
    """Say what the form cannot read together with what the rules find in the rest: always NotAccepted."""
    fields = {fault.field for fault in faults}
    found: tuple[Finding, ...] = ()
    if form.record is not None:
        found = check_answers(work, sheet.case.id, form.record, given).findings
    elif form is CaseForm.WARNING:
        found = check_correcting(work, sheet.case.id, given)
    raise NotAccepted((*faults, *(finding for finding in found if finding.field not in fields)))


def save_form(work: Work, sheet: CaseSheet, form: CaseForm, given: Given, seen: Collection[Finding]) -> Deed:
    """Write down what a form answers; NotAccepted with every finding at once."""
    case = sheet.case.id
    if form.record is not None:
        done = answer(work, case, form.record, given, seen=seen)
        if isinstance(done, Unsure):
            return Deed(changes=None, sheet=None, notes=done.notes)
        return Deed(changes=done.changes, sheet=look(work, case))
    if form is CaseForm.MEMBER:
        changes = heads_household(work, case, given)
    elif form is CaseForm.MOVING:
        changes = move_case(work, case, given)
    elif form is CaseForm.WARNING:
        mended = correct_warning(work, case, given, seen=seen)
        if isinstance(mended, Unsure):
            return Deed(changes=None, sheet=None, notes=mended.notes)
        changes = mended.changes
    elif form is CaseForm.DISCARDING:
        why = given.get("why")
        return Deed(changes=discard(work, case, why=why if isinstance(why, str) else ""), sheet=None)
    elif form is CaseForm.CONTACT:
        contact = given.get("contact")
        changes = draft_letter(work, case, contact=contact if isinstance(contact, str) else "").changes
    else:
        return _letter_form(work, sheet, form, given, seen)
    return Deed(changes=changes, sheet=look(work, case))


def _letter_form(work: Work, sheet: CaseSheet, form: CaseForm, given: Given, seen: Collection[Finding]) -> Deed:
    if sheet.letter is None:
        raise LookupError(form)
    write = answer_delivered if form is CaseForm.DELIVERY else answer_return_visit
    done = write(work, sheet.letter.id, given, seen=seen)
    if isinstance(done, Unsure):
        return Deed(changes=None, sheet=None, notes=done.notes)
    return Deed(changes=done.changes, sheet=look(work, sheet.case.id))


def own_house(work: Work, case: CaseId) -> Deed:
    """本人为户主，建立新户."""
    return Deed(changes=own_household(work, case), sheet=look(work, case))


def decide_proposal(work: Work, case: CaseId, proposal: Proposal, verdict: Verdict) -> Deed:
    """Keep the user's decision."""
    return Deed(changes=decide(work, proposal, verdict), sheet=look(work, case))


def print_letter(work: Work, letter: Letter, path: Path, write: LetterWriter, copies: int) -> Deed:
    """Draw the letter into the file, and only then note that it was printed; NotAccepted, and no file, where it must not be."""
    findings = print_faults(work, letter.id, copies=copies)
    if findings:
        raise NotAccepted(findings)
    write(letter.notice, path)
    return Deed(changes=note_printed(work, letter.id, copies=copies), sheet=look(work, letter.case))
