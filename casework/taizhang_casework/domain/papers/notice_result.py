"""公示结果: what the village reports to the town once the notice came down: objections and how they were settled. It is not put up."""

from collections.abc import Sequence
from datetime import date

import msgspec

from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.pack import ClockKey
from taizhang_casework.domain.papers.blanks import BLANK_COUNT, day_or_blank, words_or_blank
from taizhang_casework.domain.papers.facts import PaperFacts, PaperSetting
from taizhang_casework.domain.papers.kind import PaperKind
from taizhang_casework.domain.papers.notice_wording import filled
from taizhang_casework.domain.papers.noticed_household import (
    NoticedHousehold,
    NoticeEntry,
    household_of,
    noticed_head,
    noticed_household,
    village_of,
)
from taizhang_casework.domain.papers.village_notice import span_words
from taizhang_casework.domain.papers.wording import no_wording, paper_wording
from taizhang_casework.domain.steps import PublicNotice


class Objection(msgspec.Struct, frozen=True, kw_only=True):
    """What was objected about a household and how it was settled, as it was written down; both empty: nothing was objected."""

    head_name: str
    said: str = ""
    settled: str = ""


class NoticeResult(msgspec.Struct, frozen=True, kw_only=True):
    """The report. ``households`` None is a blank one; each has its entry in ``objections``.

    ``opinion`` are the village committee's words, empty: room for them.
    """

    title: str
    addressee: str
    signer: str
    paragraphs: tuple[str, ...]
    closing: tuple[str, ...]
    households: tuple[NoticedHousehold, ...] | None
    objections: tuple[Objection, ...] = ()
    opinion: str = ""
    dated: date | None = None

    @property
    def personal(self) -> bool:
        """Whether it names anybody."""
        return bool(self.households)


def blank_notice_result(setting: PaperSetting) -> NoticeResult:
    """With the pack's sentences and room for everything else."""
    words = _words(setting, None, None)
    return _result(setting, "", words)


def single_notice_result(facts: PaperFacts) -> NoticeResult:
    """Of one household."""
    return notice_result((facts,))


def notice_result(facts: Sequence[PaperFacts], *, opinion: str = "", dated: date | None = None) -> NoticeResult:
    """Of the households of one notice, in their order, each once. NotAccepted with everything that is missing of it."""
    if not facts:
        raise ValueError(facts)
    findings = result_paper_faults(facts)
    if any(finding.blocks for finding in findings):
        raise NotAccepted(findings)
    once = tuple({household_of(each): each for each in facts}.values())
    households = tuple(noticed_household(each, NoticeEntry()) for each in once)
    notices = [each.state.public_notice for each in once]
    objections = tuple(
        Objection(head_name=house.head_name, said=notice.objections.strip(), settled=notice.settled.strip())
        for house, notice in zip(households, notices, strict=True)
        if notice is not None
    )
    words = _words(facts[0].setting, households, notices[0])
    blank = _result(facts[0].setting, facts[0].village, words)
    return msgspec.structs.replace(blank, households=households, objections=objections, opinion=opinion, dated=dated)


def result_paper_faults(facts: Sequence[PaperFacts]) -> tuple[Finding, ...]:
    """Why there is no result to report yet; ``field`` is the id of the case."""
    found = list(no_wording(facts[0].pack, PaperKind.NOTICE_RESULT)) if facts else []
    spans = set()
    for each in facts:
        head = noticed_head(each)
        name = each.case.warning.name if head is None else head.name
        notice = each.state.public_notice
        if head is None:
            found.append(Finding(field=each.case.id, code="no_head", says=f"{name}这一条尚未确认户主"))
        if notice is None:
            says = f"{name}的公示还没有登记结束，没有公示结果"
            found.append(Finding(field=each.case.id, code="not_ended", says=says))
        else:
            spans.add((village_of(each), notice.posted_on, notice.ended_on, notice.place))
    if len(spans) > 1:
        says = "这些农户不在同一张公示上（村、起止日期或者地点不同），请分别打印公示结果"
        found.append(Finding(field="", code="several_notices", says=says))
    return tuple(found)


def _result(setting: PaperSetting, village: str, words: dict[str, str]) -> NoticeResult:
    has = paper_wording(setting.pack, PaperKind.NOTICE_RESULT)
    return NoticeResult(
        title=has.title,
        addressee=setting.office_name,
        signer=village,
        paragraphs=filled(has.paragraphs, words),
        closing=filled(has.closing, words),
        households=None,
    )


def _words(
    setting: PaperSetting, households: tuple[NoticedHousehold, ...] | None, notice: PublicNotice | None
) -> dict[str, str]:
    people = sum(each.people or 0 for each in households or ())
    return {
        "town": setting.town or setting.office_name,
        "document": setting.pack.document,
        "households": BLANK_COUNT if households is None else str(len(households)),
        "people": BLANK_COUNT if households is None else str(people),
        "posted_on": day_or_blank(None if notice is None else notice.posted_on),
        "ended_on": day_or_blank(None if notice is None else notice.ended_on),
        "days": span_words(setting.pack.clock(ClockKey.PUBLIC_NOTICE)),
        "place": words_or_blank("" if notice is None else notice.place),
    }
