"""村级公示: the sheet for the village's board (一（四）2), of one household or of several."""

from collections.abc import Sequence
from datetime import date

import msgspec

from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.clocks import deadline
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.pack import ClockKey, ClockRule, ClockUnit, PaperWording
from taizhang_casework.domain.papers.blanks import BLANK, BLANK_COUNT, day_or_blank, words_or_blank
from taizhang_casework.domain.papers.facts import PaperFacts, PaperSetting
from taizhang_casework.domain.papers.kind import PaperKind
from taizhang_casework.domain.papers.notice_wording import EMPTY_NOTICE, filled
from taizhang_casework.domain.papers.noticed_household import (
    NoticedHousehold,
    NoticeEntry,
    household_of,
    noticed_household,
)
from taizhang_casework.domain.papers.village_notice_check import notice_paper_faults
from taizhang_casework.domain.papers.wording import paper_wording

BLANK_ROWS = 8
"""So many as leave the whole of it on one page."""


class NoticeTerms(msgspec.Struct, frozen=True, kw_only=True):
    """What is said once for all households of a notice. Days that nobody wrote down stay blank; so does the contact."""

    posted_on: date | None = None
    place: str = ""
    contact: str = ""
    number_ends: bool = False


class VillageNotice(msgspec.Struct, frozen=True, kw_only=True):
    """What hangs on the board. ``paragraphs`` and ``closing`` are the pack's sentences and hold nothing of a person.

    ``households`` None leaves ``BLANK_ROWS`` rows to be written in; where there are none, there is no table.
    """

    title: str
    signer: str
    paragraphs: tuple[str, ...]
    closing: tuple[str, ...]
    households: tuple[NoticedHousehold, ...] | None
    dated: date | None = None

    @property
    def personal(self) -> bool:
        """Never: what hangs there is for everybody, and says neither who printed it nor when."""
        return False


def blank_village_notice(setting: PaperSetting) -> VillageNotice:
    """With the pack's sentences and room for everything else."""
    words = _words(setting, None, NoticeTerms(), None)
    return _notice(paper_wording(setting.pack, PaperKind.PUBLIC_NOTICE), "", words, None, None)


def single_village_notice(facts: PaperFacts) -> VillageNotice:
    """Of one household, as far as its case tells; group and kind are written in by hand."""
    return village_notice((facts,), (NoticeEntry(),), terms_of(facts))


def village_notice(facts: Sequence[PaperFacts], entries: Sequence[NoticeEntry], terms: NoticeTerms) -> VillageNotice:
    """Of several households of one village, in their order, each once. NotAccepted with everything that keeps it from hanging.

    ``entries`` are as many as ``facts``; ValueError for none: use :func:`empty_village_notice`.
    """
    if not facts:
        raise ValueError(facts)
    findings = notice_paper_faults(facts, entries, terms.contact, terms.place)
    if any(finding.blocks for finding in findings):
        raise NotAccepted(findings)
    once = {household_of(each): (each, entry) for each, entry in zip(facts, entries, strict=True)}
    households = tuple(noticed_household(each, entry, number_ends=terms.number_ends) for each, entry in once.values())
    first = facts[0]
    return _from(households, first.setting, first.village, terms, first.circumstances.calendar)


def empty_village_notice(
    setting: PaperSetting, village: str, terms: NoticeTerms, calendar: WorkCalendar
) -> VillageNotice:
    """That this time nobody is to be posted, as some villages put up too; LookupError where the pack has no words for it."""
    has = setting.pack.paper(EMPTY_NOTICE)
    if has is None:
        raise LookupError(EMPTY_NOTICE)
    return _notice(has, village, _words(setting, (), terms, calendar), (), terms.posted_on)


def terms_of(facts: PaperFacts) -> NoticeTerms:
    """What the case tells of its notice: when and where it was put up."""
    known = facts.state.hanging or facts.state.public_notice
    if known is None:
        return NoticeTerms()
    return NoticeTerms(posted_on=known.posted_on, place=known.place)


def span_words(rule: ClockRule) -> str:
    """How long a notice hangs: 5天, 5个工作日."""
    return f"{rule.length}个工作日" if rule.unit is ClockUnit.WORKING_DAYS else f"{rule.length}天"


def _from(
    households: tuple[NoticedHousehold, ...],
    setting: PaperSetting,
    village: str,
    terms: NoticeTerms,
    calendar: WorkCalendar,
) -> VillageNotice:
    words = _words(setting, households, terms, calendar)
    return _notice(paper_wording(setting.pack, PaperKind.PUBLIC_NOTICE), village, words, households, terms.posted_on)


def _notice(
    has: PaperWording,
    village: str,
    words: dict[str, str],
    households: tuple[NoticedHousehold, ...] | None,
    dated: date | None,
) -> VillageNotice:
    return VillageNotice(
        title=has.title,
        signer=village,
        paragraphs=filled(has.paragraphs, words),
        closing=filled(has.closing, words),
        households=households,
        dated=dated,
    )


def _words(
    setting: PaperSetting,
    households: tuple[NoticedHousehold, ...] | None,
    terms: NoticeTerms,
    calendar: WorkCalendar | None,
) -> dict[str, str]:
    """Everything that a sentence of the notice may say; none of it is a person's."""
    rule = setting.pack.clock(ClockKey.PUBLIC_NOTICE)
    ended = None
    if terms.posted_on is not None and calendar is not None:
        ended = deadline(rule, terms.posted_on, calendar).due
    known = [] if households is None else [each.people for each in households if each.people is not None]
    return {
        "town": setting.town or setting.office_name,
        "document": setting.pack.document,
        "households": BLANK_COUNT if households is None else str(len(households)),
        "people": BLANK_COUNT if households is None else str(sum(known)),
        "posted_on": day_or_blank(terms.posted_on),
        "ended_on": day_or_blank(ended),
        "days": span_words(rule),
        "place": words_or_blank(terms.place),
        "contact": terms.contact.strip() or BLANK * 2,
    }
