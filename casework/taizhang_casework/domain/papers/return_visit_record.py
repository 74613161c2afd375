"""回访记录: who went to a refused household, what was explained, how it was taken, and the household's signature (一（三）2)."""

from datetime import date

import msgspec

from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.papers.facts import PaperFacts, PaperSetting


class ReturnVisitRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The sheet. The way (入户, 电话 …) is ticked by hand: nobody writes it down in the ledger."""

    office_name: str
    town: str = ""
    village: str = ""
    head_name: str = ""
    channel: str = ""
    letter: str = ""
    delivered_on: date | None = None
    visited_on: date | None = None
    visitors: tuple[str, ...] = ()
    explained: str = ""
    attitude: str = ""
    personal: bool = False


def blank_return_visit(setting: PaperSetting) -> ReturnVisitRecord:
    """With the office's name alone."""
    return ReturnVisitRecord(office_name=setting.office_name, town=setting.town)


def return_visit_record(facts: PaperFacts) -> ReturnVisitRecord:
    """Of the letter that answers the refusal in force, as far as visited; a letter that was superseded is not cited."""
    letter = facts.letter
    answer = letter if letter is not None and letter.answering(facts.state) else None
    visit = None if answer is None else answer.return_visit
    delivery = None if answer is None else answer.delivery
    return ReturnVisitRecord(
        office_name=facts.setting.office_name,
        town=facts.setting.town,
        village=facts.place,
        head_name="" if facts.head is None else facts.head.name,
        channel=facts.pack.channel(facts.case.warning.channel).label,
        letter="" if answer is None else f"《{answer.notice.title}》{answer.notice.office_mark}{answer.notice.number}",
        delivered_on=None if delivery is None else delivery.delivered_on,
        visited_on=None if visit is None else visit.visited_on,
        visitors=() if visit is None else visit.visitors,
        explained="" if visit is None else visit.explained.strip(),
        attitude="" if visit is None else visit.attitude.strip(),
        personal=True,
    )


def return_visit_faults(facts: PaperFacts) -> tuple[Finding, ...]:
    """Whether a return visit is due at all."""
    if facts.state.refusal is not None:
        return ()
    says = "本户没有认定为不符合，不需要回访记录；要手写的，请打印空白表"
    return (Finding(field="", code="not_refused", says=says, clause="一（三）2"),)
