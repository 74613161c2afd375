"""Making a paper: the one way by which a PDF leaves the vault, so that none leaves without its record.

The order is: rights and rules, drawing, the record with the digest of the bytes (committed), and only then the printer or file.
Where that fails the record stays and says so, since part of it may have come out; it does not count as a printing.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime

import msgspec

from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.letter import Print
from taizhang_casework.domain.letter_check import check_print
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.print_register import (
    LedgerPaper,
    LetterPaper,
    MakingId,
    PrintedPaper,
    PrintId,
    PrintRecord,
    PrintWay,
    SheetPaper,
    check_making,
    earlier_makings,
)
from taizhang_casework.domain.rights import Right, require
from taizhang_casework.domain.seals import OfficeSeal
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.office_seal import NO_SEAL
from taizhang_casework.services.papers import OF_MANY
from taizhang_casework.services.ports import Desk, WritableDesk
from taizhang_casework.services.work import Work


class PrintOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be made: ``papers`` are the things in one PDF, one or more; ``sealed``: with the office's seal picture."""

    papers: tuple[PrintedPaper, ...]
    way: PrintWay
    copies: int = 1
    printer: str = ""
    sealed: bool = False
    why: str = ""


class Impression(msgspec.Struct, frozen=True, kw_only=True):
    """What the drawing is told beyond the content. ``earlier`` counts the makings before this one (more than 0: 补打).

    ``seal`` is the PNG of the office's own seal, for this drawing alone: it is kept nowhere.
    """

    printed_by: str
    printed_at: datetime
    earlier: int
    seal: bytes | None = None

    def __repr__(self) -> str:
        """Without the picture, so that no log or report can carry it."""
        return f"Impression({self.printed_at}, earlier={self.earlier})"


Draw = Callable[[Impression], bytes]
"""The PDF, signed where the order says so; OfficeTrouble where it cannot be made, and then nothing was."""

HandOver = Callable[[bytes], None]
"""Lets the printer or the file have the bytes; OfficeTrouble where it fails."""


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A paper that went out: its records, one for each thing on it."""

    records: tuple[PrintRecord, ...]
    changes: Changes


def make_paper(work: Work, order: PrintOrder, draw: Draw, hand_over: HandOver) -> Made:
    """Draw, register and hand over. NotAccepted where it must not be made; trouble of drawing leaves no record.

    What ``hand_over`` raises comes out after the record was marked as failed. ValueError for no paper.
    """
    if not order.papers:
        raise ValueError(order)
    _permit(work, order)
    with work.store.reading() as desk:
        _check(work, desk, order)
        seal = _seal(desk, order)
        impression = Impression(
            printed_by=work.user.name,
            printed_at=work.clock.now(),
            earlier=max(_earlier(desk, paper) for paper in order.papers),
            seal=None if seal is None else desk.seals.picture(seal),
        )
    content = draw(impression)
    records = _records(work, order, impression, content, seal)
    changes = _register(work, order, records)
    try:
        hand_over(content)
    except BaseException as error:
        _take_down_failure(work, records, error)
        raise
    return Made(records=records, changes=changes)


def making_faults(work: Work, order: PrintOrder) -> tuple[Finding, ...]:
    """Why :func:`make_paper` would refuse the order, for the screen that offers it; empty where it would not."""
    try:
        _permit(work, order)
        with work.store.reading() as desk:
            _check(work, desk, order)
            _seal(desk, order)
    except NotAccepted as refused:
        return refused.findings
    return ()


def rights_of(order: PrintOrder) -> tuple[Right, ...]:
    """What the order asks of the user, each once."""
    found = [right for paper in order.papers for right in _rights(paper)]
    if order.sealed or order.way is PrintWay.SIGNED:
        found.append(Right.USE_SEAL)
    return tuple(dict.fromkeys(found))


def _rights(paper: PrintedPaper) -> Iterator[Right]:
    """A ledger bears the numbers of many; a filled-in sheet those of one household; a letter and a blank sheet bear none."""
    if isinstance(paper, LedgerPaper):
        yield Right.EXPORT
    elif isinstance(paper, SheetPaper) and paper.case is not None:
        yield Right.EXPORT if paper.kind in OF_MANY else Right.UNMASK


def _permit(work: Work, order: PrintOrder) -> None:
    for right in rights_of(order):
        require(work.user, right)


def _check(work: Work, desk: Desk, order: PrintOrder) -> None:
    """KeyError where a thing is not there."""
    found = check_making(order.way, order.copies, order.papers, sealed=order.sealed)
    for paper in order.papers:
        match paper:
            case LedgerPaper():
                pass
            case LetterPaper():
                letter = desk.letters.get(paper.letter)
                now = work.circumstances(desk, desk.cases.get(letter.case))
                found += check_print(letter, order.copies, now)
            case SheetPaper(case=case) if case is not None:
                work.in_hand(desk, case)
    if any(finding.blocks for finding in found):
        raise NotAccepted(tuple(dict.fromkeys(found)))


def _seal(desk: Desk, order: PrintOrder) -> OfficeSeal | None:
    if not order.sealed:
        return None
    seal = desk.seals.in_use()
    if seal is None:
        raise NotAccepted((NO_SEAL,))
    return seal


def _earlier(desk: Desk, paper: PrintedPaper) -> int:
    match paper:
        case LedgerPaper():
            return earlier_makings(desk.prints.of_filing(paper.filing), paper)
        case LetterPaper():
            return len(desk.letters.get(paper.letter).prints)
        case SheetPaper(case=case):
            return 0 if case is None else earlier_makings(desk.prints.of_case(CaseId(case)), paper)


def _records(
    work: Work, order: PrintOrder, impression: Impression, content: bytes, seal: OfficeSeal | None
) -> tuple[PrintRecord, ...]:
    making, digest = MakingId(work.clock.new_id()), hashlib.sha256(content).hexdigest()
    return tuple(
        PrintRecord(
            id=PrintId(work.clock.new_id()),
            making=making,
            paper=paper,
            at=impression.printed_at,
            by=impression.printed_by,
            way=order.way,
            copies=order.copies,
            digest=digest,
            printer=order.printer,
            seal=None if seal is None else seal.id,
            why=order.why.strip(),
        )
        for paper in order.papers
    )


def _register(work: Work, order: PrintOrder, records: tuple[PrintRecord, ...]) -> Changes:
    """The records, and in the same change the letters' own prints; refused where the office changed while it was drawn."""
    with work.store.change(Operation.MAKE_PAPER, work.user) as desk:
        _check(work, desk, order)
        seal = _seal(desk, order)
        if any(record.seal != (None if seal is None else seal.id) for record in records):
            says = "电子印章刚刚换过，请重新打印"
            raise NotAccepted((Finding(field="seal", code="seal_changed", says=says),))
        for record in records:
            desk.prints.save(record)
            _count(desk, record)
    return desk.changes


def _count(desk: WritableDesk, record: PrintRecord) -> None:
    if isinstance(record.paper, LetterPaper) and record.way is PrintWay.PRINTED:
        letter = desk.letters.get(record.paper.letter)
        desk.letters.save(msgspec.structs.replace(letter, prints=(*letter.prints, _print(record))))


def _print(record: PrintRecord) -> Print:
    return Print(at=record.at, by=record.by, copies=record.copies, why=record.why)


def _take_down_failure(work: Work, records: tuple[PrintRecord, ...], error: BaseException) -> None:
    """A letter's count loses what did not come out: 送达 must not rest on it."""
    says = error.happened if isinstance(error, OfficeTrouble) else "没有送出"
    with work.store.change(Operation.PAPER_FAILED, work.user) as desk:
        for record in records:
            desk.prints.save(msgspec.structs.replace(record, failed=says))
            if isinstance(record.paper, LetterPaper) and record.way is PrintWay.PRINTED:
                letter = desk.letters.get(record.paper.letter)
                left = tuple(each for each in letter.prints if each != _print(record))
                desk.letters.save(msgspec.structs.replace(letter, prints=left))
