"""符合认定标准告知书, where a pack has one: the notice asks to write to the refused alone (一（三）2)."""

from datetime import date

import msgspec

from taizhang_casework.domain.case import Meets
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.letter_rules import chinese_date
from taizhang_casework.domain.pack import words_of
from taizhang_casework.domain.papers.blanks import BLANK, BLANK_DAY
from taizhang_casework.domain.papers.facts import PaperFacts, PaperSetting
from taizhang_casework.domain.papers.kind import PaperKind
from taizhang_casework.domain.papers.notice_wording import filled
from taizhang_casework.domain.papers.wording import no_wording, paper_wording
from taizhang_casework.domain.steps import Step, SystemEntry


class RecognitionNotice(msgspec.Struct, frozen=True, kw_only=True):
    """The letter. ``mark`` is the office's before the number, which is written in by hand; None: it bears none."""

    title: str
    mark: str | None
    addressee: str
    paragraphs: tuple[str, ...]
    signer: str
    dated: date | None = None
    personal: bool = False


def blank_recognition_notice(setting: PaperSetting) -> RecognitionNotice:
    """With the pack's sentences and room for everything else."""
    words = {
        "town": setting.town or setting.office_name,
        "document": setting.pack.document,
        "applicant": BLANK,
        "received_on": BLANK_DAY,
        "kind": BLANK,
        "recognised_on": BLANK_DAY,
        "contact": BLANK * 2,
    }
    return _letter(setting, "", words)


def recognition_notice(facts: PaperFacts, *, contact: str = "", dated: date | None = None) -> RecognitionNotice:
    """To the head of a household that was recognised; LookupError where :func:`recognition_notice_faults` blocks."""
    entered = facts.state.done.get(Step.SYSTEM_ENTRY)
    if facts.head is None or not isinstance(entered, SystemEntry):
        raise LookupError(facts.case.id)
    words = {
        "town": facts.setting.town or facts.setting.office_name,
        "document": facts.pack.document,
        "applicant": facts.head.name,
        "received_on": chinese_date(facts.case.warning.received_on),
        "kind": words_of(facts.pack.monitored_kinds, entered.kind.value),
        "recognised_on": chinese_date(entered.entered_on),
        "contact": contact.strip() or BLANK * 2,
    }
    return msgspec.structs.replace(_letter(facts.setting, facts.head.name, words), dated=dated, personal=True)


def recognition_notice_faults(facts: PaperFacts) -> tuple[Finding, ...]:
    """Why there is none: the pack has no words for it, the household is not recognised, its head is not known."""
    found = no_wording(facts.pack, PaperKind.RECOGNITION_NOTICE)
    if facts.state.meets is not Meets.YES:
        found += (Finding(field="", code="not_recognised", says="本户还没有录入系统，不能告知符合认定标准"),)
    if facts.head is None:
        found += (Finding(field="household", code="no_head", says="尚未确认户主，告知书无法称呼"),)
    return found


def _letter(setting: PaperSetting, addressee: str, words: dict[str, str]) -> RecognitionNotice:
    has = paper_wording(setting.pack, PaperKind.RECOGNITION_NOTICE)
    return RecognitionNotice(
        title=has.title,
        mark=None if has.mark is None else has.mark.format(**words),
        addressee=addressee or BLANK,
        paragraphs=filled((*has.paragraphs, *has.closing), words),
        signer=setting.office_name,
    )
