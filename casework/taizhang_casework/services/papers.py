"""The sheets of the loop as values: blank, or filled in from a case; ``printing`` draws them."""

from collections.abc import Callable

import msgspec

from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.case_query import CaseFilter, CaseQuery
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.machine import case_state
from taizhang_casework.domain.offices import OfficeKind
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.papers.application import application, blank_application
from taizhang_casework.domain.papers.authorisation import authorisation, blank_authorisation
from taizhang_casework.domain.papers.comparison_request import (
    blank_comparison_request,
    comparison_request,
    comparison_request_faults,
)
from taizhang_casework.domain.papers.comparison_result import (
    blank_comparison_result,
    comparison_result,
    comparison_result_faults,
)
from taizhang_casework.domain.papers.content import PaperContent
from taizhang_casework.domain.papers.doubt_explanation import (
    blank_doubt_explanation,
    doubt_explanation,
    doubt_explanation_faults,
)
from taizhang_casework.domain.papers.facts import PaperFacts, PaperSetting, ScreenedCase
from taizhang_casework.domain.papers.file_cover import blank_file_cover, file_cover
from taizhang_casework.domain.papers.file_index import blank_file_index, file_index
from taizhang_casework.domain.papers.green_filing import blank_green_filing, green_filing, green_filing_faults
from taizhang_casework.domain.papers.kind import PAPER_WORDS, PaperKind
from taizhang_casework.domain.papers.notice_result import (
    blank_notice_result,
    result_paper_faults,
    single_notice_result,
)
from taizhang_casework.domain.papers.recognition_notice import (
    blank_recognition_notice,
    recognition_notice,
    recognition_notice_faults,
)
from taizhang_casework.domain.papers.return_visit_record import (
    blank_return_visit,
    return_visit_faults,
    return_visit_record,
)
from taizhang_casework.domain.papers.review_minutes import blank_review_minutes, review_minutes
from taizhang_casework.domain.papers.screening_register import Quarter, blank_screening_register, screening_register
from taizhang_casework.domain.papers.village_notice import blank_village_notice, single_village_notice
from taizhang_casework.domain.papers.village_notice_check import single_notice_faults
from taizhang_casework.domain.papers.visit_sheet import blank_visit_sheet, visit_sheet
from taizhang_casework.domain.papers.wording import no_wording
from taizhang_casework.domain.rights import Right, require
from taizhang_casework.domain.warning import Channel
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


OF_MANY = frozenset({PaperKind.SCREENING_REGISTER})
"""Sheets that bear the numbers of several households: who may let lists out of the vault may print them."""


def _worded(kind: PaperKind) -> dict[str, Callable[..., tuple[Finding, ...]]]:
    """The faults of a sheet that has words of the pack's."""
    return {"faults": lambda facts: no_wording(facts.pack, kind), "blank_faults": lambda of: no_wording(of.pack, kind)}


MAKERS: dict[PaperKind, PaperMaker] = {
    PaperKind.APPLICATION: PaperMaker(filled=application, blank=blank_application, **_worded(PaperKind.APPLICATION)),
    PaperKind.AUTHORISATION: PaperMaker(
        filled=authorisation, blank=blank_authorisation, **_worded(PaperKind.AUTHORISATION)
    ),
    PaperKind.VISIT_SHEET: PaperMaker(filled=visit_sheet, blank=blank_visit_sheet),
    PaperKind.REVIEW_MINUTES: PaperMaker(filled=review_minutes, blank=blank_review_minutes),
    PaperKind.FILE_INDEX: PaperMaker(filled=file_index, blank=blank_file_index),
    PaperKind.SCREENING_REGISTER: PaperMaker(filled=screening_register, blank=blank_screening_register),
    PaperKind.FILE_COVER: PaperMaker(filled=file_cover, blank=blank_file_cover),
    PaperKind.PUBLIC_NOTICE: PaperMaker(
        filled=single_village_notice,
        blank=blank_village_notice,
        faults=single_notice_faults,
        blank_faults=lambda setting: no_wording(setting.pack, PaperKind.PUBLIC_NOTICE),
    ),
    PaperKind.NOTICE_RESULT: PaperMaker(
        filled=single_notice_result,
        blank=blank_notice_result,
        faults=lambda facts: result_paper_faults((facts,)),
        blank_faults=lambda setting: no_wording(setting.pack, PaperKind.NOTICE_RESULT),
    ),
    PaperKind.RECOGNITION_NOTICE: PaperMaker(
        filled=recognition_notice,
        blank=blank_recognition_notice,
        faults=recognition_notice_faults,
        blank_faults=lambda setting: no_wording(setting.pack, PaperKind.RECOGNITION_NOTICE),
    ),
    PaperKind.COMPARISON_REQUEST: PaperMaker(
        filled=comparison_request,
        blank=blank_comparison_request,
        faults=comparison_request_faults,
        blank_faults=lambda setting: no_wording(setting.pack, PaperKind.COMPARISON_REQUEST),
    ),
    PaperKind.COMPARISON_RESULT: PaperMaker(
        filled=comparison_result, blank=blank_comparison_result, faults=comparison_result_faults
    ),
    PaperKind.DOUBT_EXPLANATION: PaperMaker(
        filled=doubt_explanation, blank=blank_doubt_explanation, faults=doubt_explanation_faults
    ),
    PaperKind.GREEN_CHANNEL: PaperMaker(filled=green_filing, blank=blank_green_filing, faults=green_filing_faults),
    PaperKind.RETURN_VISIT: PaperMaker(
        filled=return_visit_record, blank=blank_return_visit, faults=return_visit_faults
    ),
}


def paper(work: Work, case: CaseId, kind: PaperKind) -> PaperContent:
    """The sheet, filled in as far as the case tells; NotAccepted where the user may not, or the case has no such sheet."""
    require(work.user, Right.EXPORT if kind in OF_MANY else Right.UNMASK)
    maker = _maker(kind)
    with work.store.reading() as desk:
        facts = facts_of(work, desk, work.in_hand(desk, case))
        if kind is PaperKind.SCREENING_REGISTER:
            here = work.divisions.village_name(facts.case.warning.village_code)
            facts = msgspec.structs.replace(facts, village=here, screened=_screened(work, desk, facts.case))
    _refuse(maker.faults(facts))
    return maker.filled(facts)


def blank_paper(work: Work, kind: PaperKind) -> PaperContent:
    """The sheet with nobody's data, to be written on by hand; NotAccepted where the pack in force has no such sheet."""
    maker = _maker(kind)
    with work.store.reading() as desk:
        setting = setting_of(work, desk)
    _refuse(maker.blank_faults(setting))
    return maker.blank(setting)


def _maker(kind: PaperKind) -> PaperMaker:
    if kind not in MAKERS:
        says = f"现行规则没有“{PAPER_WORDS[kind]}”这种表"
        raise NotAccepted((Finding(field="", code="no_such_paper", says=says),))
    return MAKERS[kind]


def setting_of(work: Work, desk: Desk) -> PaperSetting:
    """What a blank sheet knows today."""
    return _setting(work, desk, work.pack)


def _setting(work: Work, desk: Desk, pack: RegulationPack) -> PaperSetting:
    office = desk.partners.own().card.office
    town = work.divisions.town_name(office.id) if office.kind is OfficeKind.TOWN else ""
    return PaperSetting(office_name=office.name, town=town, pack=pack)


def facts_of(work: Work, desk: Desk, case: Case) -> PaperFacts:
    """What the sheet may be made from."""
    now = work.circumstances(desk, case)
    village = case.warning.village_code if now.household is None else now.household.village_code
    return PaperFacts(
        setting=_setting(work, desk, now.pack),
        circumstances=now,
        village=work.divisions.village_name(village),
        letter=desk.letters.of_case(case.id),
        attachments=tuple(each for each in desk.attachments.of_case(case.id) if each.removal is None),
    )


def _screened(work: Work, desk: Desk, case: Case) -> tuple[ScreenedCase, ...]:
    """The lines of 干部排查 of the case's village and quarter, oldest first."""
    chosen = CaseFilter(channel=Channel.CADRE_SCREENING, village=case.warning.village_code)
    query = CaseQuery(filter=chosen, descending=False)
    quarter = Quarter.of(case.warning.received_on)
    ids = [
        row.id
        for row in desk.cases.page(query, 0, desk.cases.count(query).rows)
        if Quarter.of(row.received_on) == quarter
    ]
    return tuple(ScreenedCase(each, case_state(each, work.pack_of(each).order).meets) for each in desk.cases.many(ids))


def _refuse(findings: tuple[Finding, ...]) -> None:
    if any(finding.blocks for finding in findings):
        raise NotAccepted(findings)
