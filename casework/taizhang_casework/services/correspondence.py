"""The written answer to a refused applicant and its life: numbered, printed, delivered, visited again (一（三）2)."""

from datetime import date

import msgspec

from taizhang_casework.domain.answers import Answers, Given
from taizhang_casework.domain.case import CaseId, Meets
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.letter import Delivery, Letter, LetterId, LetterNumber, ReturnVisit
from taizhang_casework.domain.letter_answers import delivery_from, return_visit_from
from taizhang_casework.domain.letter_rules import result_notice
from taizhang_casework.domain.people import Person
from taizhang_casework.services.work import Work


class Drafted(msgspec.Struct, frozen=True, kw_only=True):
    """A letter with its number, ready to print."""

    letter: Letter
    changes: Changes


def draft_letter(work: Work, case: CaseId, *, contact: str) -> Drafted:
    """Number and freeze the letter of a refused household; NotAccepted where none is due. A number is never given twice.

    ``contact`` is where the applicant can ask: telephone and place.
    """
    with work.store.change("draft_letter", work.user) as desk:
        known = work.in_hand(desk, case)
        now = work.circumstances(desk, known)
        state, today = now.state, work.clock.today()
        head = _addressee(now)
        findings = _none_due(now, desk.letters.of_case(case))
        if not contact.strip():
            findings += (Finding(field="contact", code="blank", says="请填写咨询和复核的联系方式"),)
        if head is None:
            findings += (Finding(field="household", code="no_head", says="尚未确认户主，告知书无法称呼"),)
        if findings or head is None or state.refusal is None:
            raise NotAccepted(findings)
        letter = Letter(
            id=LetterId(work.clock.new_id()),
            case=case,
            answers=state.refusal,
            notice=result_notice(
                known,
                state,
                addressee=head,
                office_name=desk.partners.own().card.office.name,
                number=LetterNumber(today.year, desk.letters.last_serial(today.year) + 1),
                contact=contact.strip(),
                dated=today,
                pack=now.pack,
            ),
        )
        desk.letters.save(letter)
    return Drafted(letter=letter, changes=desk.changes)


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
    if letter is not None and letter.answering(state.refusal):
        found += (Finding(field="", code="already_drafted", says=f"告知书{letter.notice.number}已经出具，请直接打印"),)
    return found


def note_printed(work: Work, letter: LetterId) -> Changes:
    """Keep that the letter was printed now; every print is kept."""
    with work.store.change("print_letter", work.user) as desk:
        known = desk.letters.get(letter)
        desk.letters.save(msgspec.structs.replace(known, printed_at=(*known.printed_at, work.clock.now())))
    return desk.changes


def note_delivered(work: Work, letter: LetterId, delivery: Delivery) -> Changes:
    """Keep how the letter reached the household (送达回证)."""
    findings = _delivery_faults(delivery, work.clock.today())
    with work.store.change("deliver_letter", work.user) as desk:
        known = desk.letters.get(letter)
        if not known.printed_at:
            findings += (Finding(field="", code="not_printed", says="告知书还没有打印，不能登记送达"),)
        if findings:
            raise NotAccepted(findings)
        desk.letters.save(msgspec.structs.replace(known, delivery=delivery))
    return desk.changes


def answer_delivered(work: Work, letter: LetterId, given: Given) -> Changes:
    """送达 as it was answered in its form; NotAccepted with the blanks and every other finding at once."""
    answers = Answers(given, work.clock.today())
    delivery = delivery_from(answers)
    if not answers.complete:
        raise NotAccepted(answers.with_blanks(_delivery_faults(delivery, work.clock.today())))
    return note_delivered(work, letter, delivery)


def _delivery_faults(delivery: Delivery, today: date) -> tuple[Finding, ...]:
    found: tuple[Finding, ...] = ()
    if delivery.delivered_on > today:
        found += (Finding(field="delivered_on", code="future", says="送达日期还没有到，请填写实际日期"),)
    if not delivery.received_by.strip():
        found += (Finding(field="received_by", code="blank", says="请填写收件人"),)
    return found


def answer_return_visit(work: Work, letter: LetterId, given: Given) -> Changes:
    """回访 as it was answered in its form; NotAccepted with the blanks and every other finding at once."""
    answers = Answers(given, work.clock.today())
    visit = return_visit_from(answers)
    if not answers.complete:
        raise NotAccepted(answers.with_blanks(_return_visit_faults(visit, work.clock.today())))
    return note_return_visit(work, letter, visit)


def _return_visit_faults(visit: ReturnVisit, today: date) -> tuple[Finding, ...]:
    found: tuple[Finding, ...] = ()
    if visit.visited_on > today:
        found += (Finding(field="visited_on", code="future", says="回访日期还没有到，请填写实际日期"),)
    if not any(name.strip() for name in visit.visitors):
        found += (Finding(field="visitors", code="blank", says="请填写回访人员"),)
    if not visit.explained.strip():
        found += (Finding(field="explained", code="blank", says="请填写向群众说明的内容"),)
    return found


def note_return_visit(work: Work, letter: LetterId, visit: ReturnVisit) -> Changes:
    """Keep the return visit (回访记录)."""
    findings = _return_visit_faults(visit, work.clock.today())
    if findings:
        raise NotAccepted(findings)
    with work.store.change("return_visit", work.user) as desk:
        desk.letters.save(msgspec.structs.replace(desk.letters.get(letter), return_visit=visit))
    return desk.changes
