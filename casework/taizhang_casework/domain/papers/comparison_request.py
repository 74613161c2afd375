"""信息比对申请: the town asks for the comparison of a household's persons, who have signed before (一（三）1)."""

from datetime import date

import msgspec

from taizhang_casework.domain.findings import Finding, note
from taizhang_casework.domain.papers.authorisers import namesake_notes, sent_of
from taizhang_casework.domain.papers.blanks import BLANK, BLANK_COUNT
from taizhang_casework.domain.papers.compared_person import ComparedPerson, compared_persons
from taizhang_casework.domain.papers.facts import PaperFacts, PaperSetting
from taizhang_casework.domain.papers.kind import PaperKind
from taizhang_casework.domain.papers.notice_wording import filled
from taizhang_casework.domain.papers.wording import no_wording, paper_wording
from taizhang_casework.domain.steps import ComparisonSkipped, Step

BLANK_PERSONS = 7
"""So many as leave the whole of it on one page."""


class ComparisonRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The request. ``people`` None leaves ``BLANK_PERSONS`` rows; ``addressee`` empty is room for one."""

    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    closing: tuple[str, ...]
    people: tuple[ComparedPerson, ...] | None
    signer: str
    village: str = ""
    head_name: str = ""
    dated: date | None = None

    @property
    def personal(self) -> bool:
        """Whether it names anybody."""
        return bool(self.people)


def blank_comparison_request(setting: PaperSetting) -> ComparisonRequest:
    """With the pack's sentences and items, and room for the persons."""
    return _request(setting, None)


def comparison_request(facts: PaperFacts, *, contact: str = "") -> ComparisonRequest:
    """Of a household, to whom it was sent and on the day it was sent, where that was written down."""
    people = compared_persons(facts)
    sent = sent_of(facts)
    return msgspec.structs.replace(
        _request(facts.setting, people, contact),
        addressee="" if sent is None else sent.sent_to.strip(),
        dated=None if sent is None else sent.sent_on,
        village=facts.place,
        head_name="" if facts.head is None else facts.head.name,
    )


def comparison_request_faults(facts: PaperFacts) -> tuple[Finding, ...]:
    """Why there is none, and who has not signed yet: that is told and never blocks the paper."""
    found = no_wording(facts.pack, PaperKind.COMPARISON_REQUEST)
    if facts.head is None:
        found += (Finding(field="household", code="no_head", says="尚未确认户和成员，不能申请信息比对"),)
    if isinstance(facts.state.done.get(Step.DATA_COMPARISON), ComparisonSkipped):
        says = "本户引用以前的比对结果，不再重复信息比对"
        found += (note("", "skipped", says, "二（三）"),)
    unsigned = [each.name for each in compared_persons(facts) if not each.signed]
    if unsigned:
        says = f"{'、'.join(unsigned)}还没有登记签署承诺授权书，未授权不得比对"
        found += (note("signatures", "not_signed", says),)
    return found + namesake_notes(facts)


def _request(setting: PaperSetting, people: tuple[ComparedPerson, ...] | None, contact: str = "") -> ComparisonRequest:
    has, pack = paper_wording(setting.pack, PaperKind.COMPARISON_REQUEST), setting.pack
    words = {
        "town": setting.town or setting.office_name,
        "document": pack.document,
        "people": BLANK_COUNT if people is None else str(len(people)),
        "items": "、".join(item.label for item in pack.comparison_items),
        "item_count": str(len(pack.comparison_items)),
        "contact": contact.strip() or BLANK * 2,
    }
    return ComparisonRequest(
        title=has.title,
        addressee="",
        paragraphs=filled(has.paragraphs, words),
        closing=filled(has.closing, words),
        people=people,
        signer=setting.office_name,
    )
