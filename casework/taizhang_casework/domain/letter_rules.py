"""The words of the letter to a refused applicant, made of the pack's wording and the case (一（三）2)."""

from collections.abc import Iterator
from datetime import date

import msgspec

from taizhang_casework.domain.case import Case
from taizhang_casework.domain.ledger_rules import refusal_words
from taizhang_casework.domain.letter import LetterNumber, ResultNotice
from taizhang_casework.domain.machine import CaseState
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.pack_keys import REFUSAL_LETTER
from taizhang_casework.domain.people import Person
from taizhang_casework.domain.steps import ComparisonSkipped


def chinese_date(day: date) -> str:
    """As a letter writes it, without leading zeros (GB/T 9704-2012 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def result_notice(
    case: Case,
    state: CaseState,
    *,
    addressee: Person,
    office_name: str,
    number: LetterNumber,
    contact: str,
    dated: date,
    pack: RegulationPack,
) -> ResultNotice:
    """The finished notice. ``contact`` is where to ask: telephone and place; the reason is printed in plain words."""
    wording = pack.letter(REFUSAL_LETTER)
    words = {
        "applicant": addressee.name,
        "applied": _applied(case.warning.applied_on),
        "channel": pack.channel(case.warning.channel).label,
        "source": case.warning.source,
        "received_on": chinese_date(case.warning.received_on),
        "detail": case.warning.detail,
        "checked": "、".join(_checked(state, pack)),
        "reason": refusal_words(state, pack),
        "explanation": "" if state.refusal is None else state.refusal.explanation.strip(),
        "town": office_name,
        "contact": contact,
        "document": pack.document,
    }
    return ResultNotice(
        office_name=office_name,
        office_mark=wording.mark.format(**words),
        number=number,
        title=wording.title,
        addressee=addressee.name,
        paragraphs=tuple(text.format(**words) for text in (*wording.paragraphs, wording.review_note) if text),
        contact=contact,
        dated=dated,
    )


def _applied(day: date | None) -> str:
    """The day of the application, where the channel has one; the sentence goes on with its receipt."""
    return "" if day is None else f"您家于{chinese_date(day)}提出申请；"


def _checked(state: CaseState, pack: RegulationPack) -> Iterator[str]:
    """The steps that were done, in their order; of a comparison that was not made again, that an earlier one was cited."""
    for step in state.order:
        if step in state.done:
            cited = isinstance(state.done[step], ComparisonSkipped)
            yield f"{pack.step(step).label}（引用以前的比对结果）" if cited else pack.step(step).label


def replacing(notice: ResultNotice, earlier: ResultNotice, pack: RegulationPack) -> ResultNotice:
    """The notice with a last sentence for a household that may hold an earlier one: that one does not count any more."""
    said = pack.letter(REFUSAL_LETTER).replacing_note.format(earlier=f"{earlier.office_mark}{earlier.number}")
    return msgspec.structs.replace(notice, paragraphs=(*notice.paragraphs, said))
