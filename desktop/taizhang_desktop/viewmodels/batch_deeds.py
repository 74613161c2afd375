"""What 一起办理 does: one service call for all households, in the worker's thread, and then a fresh look at them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import msgspec
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.letter import Letter, ResultNotice
from taizhang_casework.domain.record_answers import RecordKind
from taizhang_casework.services.batch import OfHousehold, draft_together, record_together, same_village
from taizhang_casework.services.correspondence import note_all_printed, print_faults
from taizhang_casework.services.verification import check_answers
from taizhang_casework.services.work import Work

from taizhang_desktop.viewmodels.batch_sheet import BatchDeed, BatchSheet, read_batch
from taizhang_desktop.viewmodels.navigation import BatchTarget

LettersWriter = Callable[[Sequence[ResultNotice], Path], object]
"""Draws the letters into one file; OfficeTrouble where it cannot."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The households, and which of them were asked for."""

    sheet: BatchSheet | None
    asked: frozenset[CaseId]


class BatchDone(msgspec.Struct, frozen=True, kw_only=True):
    """What became of it: ``changes`` is None where the rules say something first, in ``said``."""

    changes: Changes | None
    sheet: BatchSheet | None = None
    said: tuple[OfHousehold, ...] = ()


def find(work: Work, target: BatchTarget) -> Found:
    """The households that a target of the window names: the chosen cases, or one and the open cases of its village."""
    with work.store.reading() as desk:
        if (case := target.beside) is not None:
            ids = [each.id for each in same_village(work, desk, case)] if desk.cases.many((case,)) else []
            return Found(sheet=read_batch(work, desk, ids), asked=frozenset({case}))
        return Found(sheet=read_batch(work, desk, target.cases), asked=frozenset(target.cases))


def look_at(work: Work, cases: Sequence[CaseId]) -> BatchSheet | None:
    """The same households as they stand now."""
    with work.store.reading() as desk:
        return read_batch(work, desk, cases)


def write_together(
    work: Work,
    sheet: BatchSheet,
    kind: RecordKind,
    answers: Mapping[CaseId, Given],
    seen: Collection[OfHousehold],
) -> BatchDone:
    """Write the record into every case, or have everything said."""
    done = record_together(work, kind, {}, answers, seen=seen)
    if done.changes is None:
        return BatchDone(changes=None, said=done.said)
    return BatchDone(changes=done.changes, sheet=look_at(work, _ids(sheet)))


def only_say(
    work: Work,
    kind: RecordKind | None,
    answers: Mapping[CaseId, Given],
    faults: tuple[Finding, ...],
    own: Mapping[CaseId, tuple[Finding, ...]],
) -> BatchDone:
    """What the fields cannot read together with what the rules find in the rest; nothing is written."""
    said: list[OfHousehold] = []
    for case, given in answers.items():
        unread = (*faults, *own.get(case, ()))
        fields = {each.field for each in unread}
        found = () if kind is None else check_answers(work, case, kind, given).findings
        findings = (*unread, *(each for each in found if each.field not in fields))
        if findings:
            said.append(OfHousehold(case=case, findings=findings))
    return BatchDone(changes=None, said=tuple(said))


def draft_letters(work: Work, sheet: BatchSheet, cases: Sequence[CaseId], contact: str) -> BatchDone:
    """Number and freeze the letters, or have everything said."""
    done = draft_together(work, cases, contact=contact)
    if done.changes is None:
        return BatchDone(changes=None, said=done.said)
    return BatchDone(changes=done.changes, sheet=look_at(work, _ids(sheet)))


def print_letters(
    work: Work, sheet: BatchSheet, letters: Sequence[Letter], path: Path, write: LettersWriter, copies: int
) -> BatchDone:
    """Draw all letters into one file, and only then note the print of each; NotAccepted, and no file, where one must not be."""
    findings = [finding for letter in letters for finding in print_faults(work, letter.id, copies=copies)]
    if findings:
        raise NotAccepted(tuple(dict.fromkeys(findings)))
    write([letter.notice for letter in letters], path)
    changes = note_all_printed(work, [letter.id for letter in letters], copies=copies)
    return BatchDone(changes=changes, sheet=look_at(work, _ids(sheet)))


def letters_of(sheet: BatchSheet, cases: Collection[CaseId]) -> tuple[Letter, ...]:
    """The drafted letters of these cases that wait to be printed, in the order of their numbers."""
    waiting = [line.letter for line in sheet.lines if line.case in cases and line.letter is not None]
    return tuple(sorted(waiting, key=lambda letter: (letter.notice.number.year, letter.notice.number.serial)))


def best_deed(sheet: BatchSheet, asked: Collection[CaseId], otherwise: BatchDeed) -> BatchDeed:
    """The deed that most of those asked for can take."""
    counts = {deed: sum(line.case in asked for line in sheet.able(deed)) for deed in BatchDeed}
    most = max(counts.values())
    return next(deed for deed, count in counts.items() if count == most) if most else otherwise


def _ids(sheet: BatchSheet) -> tuple[CaseId, ...]:
    return tuple(line.case for line in sheet.lines)
