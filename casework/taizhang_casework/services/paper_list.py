"""Which papers there are of a case, why one cannot be made yet, and when each was made before."""

from collections.abc import Iterable

import msgspec

from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.ledger import Filing
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.papers.kind import PaperKind
from taizhang_casework.domain.print_register import (
    LedgerPaper,
    LetterPaper,
    PrintedPaper,
    PrintRecord,
    PrintWay,
    SheetPaper,
)
from taizhang_casework.domain.rights import refused
from taizhang_casework.services.papers import MAKERS, facts_of, setting_of
from taizhang_casework.services.printing_out import PrintOrder, rights_of
from taizhang_casework.services.work import Work


class PaperState(msgspec.Struct, frozen=True, kw_only=True):
    """A paper of one case (``who``), of a filing, or blank. ``faults``: why it cannot be made now; ``prints``: the newest first."""

    paper: PrintedPaper
    who: str = ""
    faults: tuple[Finding, ...] = ()
    prints: tuple[PrintRecord, ...] = ()
    letter: Letter | None = None


def papers_of(work: Work, case: CaseId) -> tuple[PaperState, ...]:
    """Every kind of sheet, in the order in which the loop needs them, and behind them the newest 告知书, where one was drafted."""
    with work.store.reading() as desk:
        facts = facts_of(work, desk, work.in_hand(desk, case))
        records = tuple(desk.prints.of_case(case))
        who = facts.case.warning.name if facts.head is None else facts.head.name
        found = []
        for kind, maker in _ORDERED:
            paper = SheetPaper(kind=kind, case=case)
            faults = (*_may_not(work, paper), *_blocking(maker.faults(facts)))
            found.append(PaperState(paper=paper, who=who, faults=faults, prints=_of(records, paper)))
        letter = facts.letter
        if letter is not None:
            known = LetterPaper(letter=letter.id, case=case, number=letter.notice.number)
            prints = _of(records, known)
            found.append(PaperState(paper=known, who=who, faults=_may_not(work, known), prints=prints, letter=letter))
    return tuple(found)


def blank_papers(work: Work) -> tuple[PaperState, ...]:
    """The sheets with nobody's data."""
    with work.store.reading() as desk:
        setting = setting_of(work, desk)
        newest = tuple(desk.prints.newest(_LOOKED_AT))
    return tuple(
        PaperState(paper=paper, faults=_blocking(maker.blank_faults(setting)), prints=_of(newest, paper))
        for kind, maker in _ORDERED
        for paper in (SheetPaper(kind=kind),)
    )


_ORDERED = sorted(MAKERS.items(), key=lambda each: tuple(PaperKind).index(each[0]))
_LOOKED_AT = 500
"""Records of the register that are looked through for blank sheets, which belong to no case."""


def ledger_state(work: Work, filing: Filing) -> PaperState:
    """附件2 of a frozen month."""
    paper = LedgerPaper(filing=filing.id, month=filing.month, revision=filing.revision)
    with work.store.reading() as desk:
        records = tuple(desk.prints.of_filing(filing.id))
    return PaperState(paper=paper, faults=_may_not(work, paper), prints=_of(records, paper))


def _may_not(work: Work, paper: PrintedPaper) -> tuple[Finding, ...]:
    order = PrintOrder(papers=(paper,), way=PrintWay.PRINTED)
    return tuple(finding for right in rights_of(order) for finding in refused(work.user, right))


def _blocking(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in found if finding.blocks)


def _of(records: Iterable[PrintRecord], paper: PrintedPaper) -> tuple[PrintRecord, ...]:
    return tuple(record for record in records if record.paper == paper)
