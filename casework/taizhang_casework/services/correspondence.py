"""The written answer to a refused applicant and its life: numbered, printed, delivered, visited again (一（三）2)."""

from collections.abc import Collection, Iterator, Sequence

import msgspec

from taizhang_casework.domain.answers import Answers, Given
from taizhang_casework.domain.case import Case, CaseId, Meets
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.letter import Delivery, Letter, LetterId, LetterNumber, Print, ReturnVisit
from taizhang_casework.domain.letter_answers import delivery_from, return_visit_from
from taizhang_casework.domain.letter_check import check_delivery, check_print, check_return_visit
from taizhang_casework.domain.letter_rules import replacing, result_notice
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.people import Person
from taizhang_casework.services.ports import Desk, WritableDesk
from taizhang_casework.services.printable import signs_named
from taizhang_casework.services.verification import Recorded, Unsure
from taizhang_casework.services.work import Work


class Drafted(msgspec.Struct, frozen=True, kw_only=True):
    """A letter with its number, ready to print."""

    letter: Letter
    changes: Changes


def draft_letter(work: Work, case: CaseId, *, contact: str) -> Drafted:
    """Number and freeze the letter of a refused household; NotAccepted where none is due. A number is never given twice.

    ``contact`` is where the applicant can ask: telephone and place.
    """
    with work.store.change(Operation.DRAFT_LETTER, work.user) as desk:
        known = work.in_hand(desk, case)
        findings = draft_faults(work, desk, known, contact)
        if findings:
            raise NotAccepted(findings)
        letter = new_letter(work, desk, known, contact=contact)
    return Drafted(letter=letter, changes=desk.changes)


def draft_faults(work: Work, desk: Desk, case: Case, contact: str) -> tuple[Finding, ...]:
    """Everything that keeps the letter of a case from being drafted; empty where it can be."""
    now = work.circumstances(desk, case)
    findings = _none_due(now, desk.letters.of_case(case.id))
    if not contact.strip():
        findings += (Finding(field="contact", code="blank", says="请填写咨询和复核的联系方式"),)
    if _addressee(now) is None:
        findings += (Finding(field="household", code="no_head", says="尚未确认户主，告知书无法称呼"),)
    return (*findings, *_unprintable(work, now, contact))


def _unprintable(work: Work, now: Circumstances, contact: str) -> Iterator[Finding]:
    """What no paper can show, said before the letter has its number and its words are frozen."""
    head, refusal = _addressee(now), now.state.refusal
    for field, label, text in (
        ("contact", "联系方式", contact),
        ("household", "户主姓名", "" if head is None else head.name),
        ("explanation", "不符合的具体说明", "" if refusal is None else refusal.explanation),
    ):
        signs = work.unprintable(text)
        if signs:
            says = f"{label}中有打印不出的字：{signs_named(signs)}，请先改成规范汉字，再出具告知书"
            yield Finding(field=field, code="unprintable", says=says)


def new_letter(work: Work, desk: WritableDesk, case: Case, *, contact: str) -> Letter:
    """Number, freeze and keep the letter of a case for which :func:`draft_faults` found nothing."""
    now = work.circumstances(desk, case)
    state, today, head = now.state, work.clock.today(), _addressee(now)
    if head is None or state.refusal is None:
        raise LookupError(case.id)
    earlier = desk.letters.of_case(case.id)
    notice = result_notice(
        case,
        state,
        addressee=head,
        office_name=desk.partners.own().card.office.name,
        number=LetterNumber(today.year, desk.letters.last_serial(today.year) + 1),
        contact=contact.strip(),
        dated=today,
        pack=now.pack,
    )
    replaced = earlier.notice if earlier is not None and earlier.prints else None
    letter = Letter(
        id=LetterId(work.clock.new_id()),
        case=case.id,
        answers=state.refusal,
        refused_at=state.refused_at,
        notice=notice if replaced is None else replacing(notice, replaced, now.pack),
        replaces=None if replaced is None else replaced.number,
    )
    desk.letters.save(letter)
    return letter


def _addressee(now: Circumstances) -> Person | None:
    return None if now.household is None else now.household.head_on(now.today)


def _none_due(now: Circumstances, letter: Letter | None) -> tuple[Finding, ...]:
    """Why no new letter is due, empty where one is."""
    state = now.state
    found: tuple[Finding, ...] = ()
    if state.meets is not Meets.NO:
        found += (Finding(field="", code="not_refused", says="本户没有认定为不符合，无需出具告知书"),)
    if not now.pack.channel(now.case.warning.channel).answered:
        found += (Finding(field="", code="not_asked", says="只有自主申报户和信访户需要书面告知", clause="附件2"),)
    if state.meets is Meets.NO and state.home_visit is None:
        says = "还没有入户核实，不能出具告知书；请先重新打开，补办入户核实后再认定"
        found += (Finding(field="home_visit", code="not_visited", says=says, clause="一（三）1"),)
    if letter is not None and letter.answering(state):
        found += (Finding(field="", code="already_drafted", says=f"告知书{letter.notice.number}已经出具，请直接打印"),)
    return found


def note_printed(work: Work, letter: LetterId, *, copies: int = 1, why: str = "") -> Changes:
    """Keep that the letter was printed now, by whom and how often; every print is kept. NotAccepted where it must not be."""
    return note_all_printed(work, (letter,), copies=copies, why=why)


def note_all_printed(work: Work, letters: Sequence[LetterId], *, copies: int = 1, why: str = "") -> Changes:
    """The same for letters that were printed together: all of them or none."""
    with work.store.change(Operation.PRINT_LETTER, work.user) as desk:
        findings: tuple[Finding, ...] = ()
        for each in letters:
            known = desk.letters.get(each)
            findings += check_print(known, copies, _around(work, desk, known))
            done = Print(at=work.clock.now(), by=work.user.name, copies=copies, why=why.strip())
            desk.letters.save(msgspec.structs.replace(known, prints=(*known.prints, done)))
        if findings:
            raise NotAccepted(tuple(dict.fromkeys(findings)))
    return desk.changes


def print_faults(work: Work, letter: LetterId, *, copies: int) -> tuple[Finding, ...]:
    """What :func:`note_printed` would refuse; asked before the paper is drawn."""
    with work.store.reading() as desk:
        known = desk.letters.get(letter)
        return check_print(known, copies, _around(work, desk, known))


def note_delivered(work: Work, letter: LetterId, delivery: Delivery) -> Changes:
    """Keep how the letter reached the household (送达回证), or correct it; NotAccepted where a finding blocks."""
    with work.store.change(Operation.DELIVER_LETTER, work.user) as desk:
        known = desk.letters.get(letter)
        _refuse(check_delivery(delivery, known, _around(work, desk, known)))
        desk.letters.save(msgspec.structs.replace(known, delivery=delivery))
    return desk.changes


def answer_delivered(
    work: Work, letter: LetterId, given: Given, *, seen: Collection[Finding] = ()
) -> Recorded | Unsure:
    """送达 as it was answered in its form; NotAccepted with the blanks and every other finding at once.

    What the rules only note is shown once, before it is written.
    """
    answers = Answers(given, work.clock.today())
    delivery = delivery_from(answers)
    with work.store.reading() as desk:
        known = desk.letters.get(letter)
        found = answers.with_blanks(check_delivery(delivery, known, _around(work, desk, known)), _HANGS_ON)
    _refuse(found)
    if any(note not in seen for note in found):
        return Unsure(notes=found)
    return Recorded(changes=note_delivered(work, letter, delivery), findings=found)


_HANGS_ON = {"way": ("witness", "delivered_by")}
"""How many must sign hangs on the way."""


def answer_return_visit(
    work: Work, letter: LetterId, given: Given, *, seen: Collection[Finding] = ()
) -> Recorded | Unsure:
    """回访 as it was answered in its form; NotAccepted with the blanks and every other finding at once.

    What the rules only note is shown once, before it is written.
    """
    answers = Answers(given, work.clock.today())
    visit = return_visit_from(answers)
    with work.store.reading() as desk:
        known = desk.letters.get(letter)
        found = answers.with_blanks(check_return_visit(visit, known, _around(work, desk, known)))
    _refuse(found)
    if any(note not in seen for note in found):
        return Unsure(notes=found)
    return Recorded(changes=note_return_visit(work, letter, visit), findings=found)


def note_return_visit(work: Work, letter: LetterId, visit: ReturnVisit) -> Changes:
    """Keep the return visit (回访记录), or correct it; NotAccepted where a finding blocks."""
    with work.store.change(Operation.RETURN_VISIT, work.user) as desk:
        known = desk.letters.get(letter)
        _refuse(check_return_visit(visit, known, _around(work, desk, known)))
        desk.letters.save(msgspec.structs.replace(known, return_visit=visit))
    return desk.changes


def _around(work: Work, desk: Desk, letter: Letter) -> Circumstances:
    return work.circumstances(desk, desk.cases.get(letter.case))


def _refuse(findings: tuple[Finding, ...]) -> None:
    if any(finding.blocks for finding in findings):
        raise NotAccepted(findings)
