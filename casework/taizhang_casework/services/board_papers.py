"""What hangs on a village's board and what is reported of it, for all households of one notice (一（四）2)."""

from collections.abc import Mapping, Sequence
from datetime import date

from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.papers.facts import PaperFacts
from taizhang_casework.domain.papers.notice_result import NoticeResult, notice_result
from taizhang_casework.domain.papers.noticed_household import NoticeEntry
from taizhang_casework.domain.papers.village_notice import NoticeTerms, VillageNotice, village_notice
from taizhang_casework.domain.papers.village_notice_check import notice_paper_faults
from taizhang_casework.domain.rights import Right, require
from taizhang_casework.services.papers import facts_of
from taizhang_casework.services.work import Work


def board_notice(work: Work, entries: Mapping[CaseId, NoticeEntry], terms: NoticeTerms) -> VillageNotice:
    """The notice of these households, in their order; NotAccepted with everything that keeps one of them off the board.

    NotAccepted too where the user may not, as in :func:`board_result`.
    """
    require(work.user, Right.UNMASK)
    return village_notice(_all_facts(work, tuple(entries)), tuple(entries.values()), terms)


def board_notice_findings(work: Work, entries: Mapping[CaseId, NoticeEntry], terms: NoticeTerms) -> tuple[Finding, ...]:
    """What :func:`board_notice` would refuse, and what is worth a look before it is printed."""
    facts = _all_facts(work, tuple(entries))
    return notice_paper_faults(facts, tuple(entries.values()), terms.contact, terms.place)


def board_result(work: Work, cases: Sequence[CaseId], *, opinion: str = "", dated: date | None = None) -> NoticeResult:
    """The result of one notice; NotAccepted where the cases are not of one, or it has not come down yet, or the user may not."""
    require(work.user, Right.UNMASK)
    return notice_result(_all_facts(work, cases), opinion=opinion, dated=dated)


def _all_facts(work: Work, cases: Sequence[CaseId]) -> tuple[PaperFacts, ...]:
    with work.store.reading() as desk:
        return tuple(facts_of(work, desk, work.in_hand(desk, case)) for case in cases)
