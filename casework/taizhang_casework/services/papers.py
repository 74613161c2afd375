"""The sheets of the loop as values: blank, or filled in from a case; ``printing`` draws them."""

from collections.abc import Callable

import msgspec

from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.offices import OfficeKind
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.papers.content import PaperContent
from taizhang_casework.domain.papers.facts import PaperFacts, PaperSetting
from taizhang_casework.domain.papers.file_cover import blank_file_cover, file_cover
from taizhang_casework.domain.papers.kind import PAPER_WORDS, PaperKind
from taizhang_casework.domain.rights import Right, require
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.work import Work


def _nothing(_of: object) -> tuple[Finding, ...]:
    return ()


class PaperMaker(msgspec.Struct, frozen=True, kw_only=True):
    """How a sheet is made. ``faults`` says why a case has none (yet), ``blank_faults`` why there is no blank one; each may block."""

    filled: Callable[[PaperFacts], PaperContent]
    blank: Callable[[PaperSetting], PaperContent]
    faults: Callable[[PaperFacts], tuple[Finding, ...]] = _nothing
    blank_faults: Callable[[PaperSetting], tuple[Finding, ...]] = _nothing


MAKERS: dict[PaperKind, PaperMaker] = {
    PaperKind.FILE_COVER: PaperMaker(filled=file_cover, blank=blank_file_cover),
}


def paper(work: Work, case: CaseId, kind: PaperKind) -> PaperContent:
    """The sheet, filled in as far as the case tells; NotAccepted where the user may not, or the case has no such sheet."""
    require(work.user, Right.UNMASK)
    maker = _maker(kind)
    with work.store.reading() as desk:
        facts = _facts(work, desk, work.in_hand(desk, case))
    _refuse(maker.faults(facts))
    return maker.filled(facts)


def blank_paper(work: Work, kind: PaperKind) -> PaperContent:
    """The sheet with nobody's data, to be written on by hand; NotAccepted where the pack in force has no such sheet."""
    maker = _maker(kind)
    with work.store.reading() as desk:
        setting = _setting(work, desk, work.pack)
    _refuse(maker.blank_faults(setting))
    return maker.blank(setting)


def _maker(kind: PaperKind) -> PaperMaker:
    if kind not in MAKERS:
        says = f"现行规则没有“{PAPER_WORDS[kind]}”这种表"
        raise NotAccepted((Finding(field="", code="no_such_paper", says=says),))
    return MAKERS[kind]


def _setting(work: Work, desk: Desk, pack: RegulationPack) -> PaperSetting:
    office = desk.partners.own().card.office
    town = work.divisions.town_name(office.id) if office.kind is OfficeKind.TOWN else ""
    return PaperSetting(office_name=office.name, town=town, pack=pack)


def _facts(work: Work, desk: Desk, case: Case) -> PaperFacts:
    """What the sheet may be made from."""
    return PaperFacts(
        setting=_setting(work, desk, work.pack_of(case)),
        circumstances=work.circumstances(desk, case),
        village=work.divisions.village_name(case.warning.village_code),
        letter=desk.letters.of_case(case.id),
        attachments=tuple(each for each in desk.attachments.of_case(case.id) if each.removal is None),
    )


def _refuse(findings: tuple[Finding, ...]) -> None:
    if any(finding.blocks for finding in findings):
        raise NotAccepted(findings)
