"""What stands in a form of a case when it is opened: the record to be corrected, else what is known. Never a day that nobody wrote."""

from datetime import date
from enum import Enum

from taizhang_casework.domain.answers import Answer, Given, Line
from taizhang_casework.domain.pack_keys import NOT_AGREED_REASON
from taizhang_casework.domain.people import Membership, Relation
from taizhang_casework.domain.steps import (
    AuthorisationsAsked,
    ComparisonSent,
    DataComparison,
    DemocraticReview,
    HomeVisit,
    MemberCheck,
    Signature,
    SkipGround,
    Step,
)
from taizhang_casework.domain.warning import Warning

from taizhang_desktop.viewmodels.case_form import CaseForm, form_of_step, review_failed
from taizhang_desktop.viewmodels.case_sheet import CaseSheet
from taizhang_desktop.viewmodels.words import day, masked_text


def first_answers(form: CaseForm, sheet: CaseSheet) -> Given:
    """The answers by field; what is not in it is blank."""
    kept = kept_record(form, sheet)
    match kept:
        case None:
            return _known(sheet).get(form, {})
        case Warning():
            return _warning(kept, sheet)
        case HomeVisit():
            return {**_answers_of(kept), "members": _members(sheet, kept.members, others=True)}
        case DataComparison():
            outcomes: tuple[Line, ...] = (*kept.doubts, *kept.cleared)
            signatures = (*kept.signatures, *_unsigned(sheet, kept.signatures))
            return {**_answers_of(kept), "signatures": signatures, "outcomes": outcomes}
        case AuthorisationsAsked() | ComparisonSent():
            return {**_answers_of(kept), "signatures": (*kept.signatures, *_unsigned(sheet, kept.signatures))}
        case _:
            return _answers_of(kept)


def carried_over(sheet: CaseSheet) -> str:
    """From which visit the members' answers come in one that is written down for the first time; empty where from none."""
    visit = sheet.known.visit
    if visit is None or not visit.members or sheet.state.home_visit is not None:
        return ""
    return f"带出的是{day(visit.visited_on)}入户时的情况，请逐项核对；"


def kept_record(form: CaseForm, sheet: CaseSheet) -> object | None:
    """The record in force that the form wrote, None where it is to be written for the first time."""
    state = sheet.state
    if form is CaseForm.GREEN_CHANNEL:
        return state.green
    if form is CaseForm.WARNING:
        return sheet.case.warning
    if form in {CaseForm.DELIVERY, CaseForm.RETURN_VISIT}:
        return _kept_of_letter(form, sheet)
    begun = None if form.step is None else state.begun.get(form.step)
    if begun is not None and form.value == begun.__struct_config__.tag:
        return begun
    if form.step is not None and form.step in state.done:
        record = state.done[form.step]
        return record if form_of_step(record, form.step) is form else None
    return None


def _kept_of_letter(form: CaseForm, sheet: CaseSheet) -> object | None:
    letter = sheet.letter
    if letter is None or not letter.answering(sheet.state):
        return None
    return letter.delivery if form is CaseForm.DELIVERY else letter.return_visit


def _answers_of(record: object) -> dict[str, Answer]:
    names: tuple[str, ...] = getattr(record, "__struct_fields__", ())
    return {name: _answer(getattr(record, name)) for name in names}


def _answer(value: object) -> Answer:
    if isinstance(value, Enum):
        return str(value.value)
    return value if isinstance(value, date | int | str | tuple) else None


def _known(sheet: CaseSheet) -> dict[CaseForm, dict[str, Answer]]:
    known, state, letter = sheet.known, sheet.state, sheet.letter
    visit = state.home_visit
    visitors = known.visitors if visit is None else visit.visitors
    item = sheet.case.warning.item
    return {
        CaseForm.HOME_VISIT: {
            "visitors": known.visitors,
            "members": _members(sheet, () if known.visit is None else known.visit.members),
        },
        CaseForm.DEMOCRATIC_REVIEW: _review(known.review),
        CaseForm.DATA_COMPARISON: _begun_comparison(sheet),
        CaseForm.AUTHORISATIONS_ASKED: {"signatures": _unsigned(sheet, ())},
        CaseForm.COMPARISON_SENT: _begun_comparison(sheet),
        CaseForm.COMPARISON_SKIPPED: _cited(sheet, item),
        CaseForm.NOTICE_POSTED: {"place": known.place},
        CaseForm.PUBLIC_NOTICE: {"place": known.place} if state.hanging is None else _answers_of(state.hanging),
        CaseForm.SYSTEM_ENTRY: {"risks": () if visit is None else visit.risks},
        CaseForm.REFUSAL: _refused_at(sheet),
        CaseForm.REOPENING: {} if state.refusal is None else {"back_to": state.refusal.at.value},
        CaseForm.CONTACT: {"contact": known.contact},
        CaseForm.DELIVERY: {} if letter is None else {"received_by": letter.notice.addressee, "delivered_by": visitors},
        CaseForm.RETURN_VISIT: {"visitors": visitors},
    }


def _warning(warning: Warning, sheet: CaseSheet) -> dict[str, Answer]:
    """What came in, without numbers: to see those whole is a deed of its own, and blank leaves them as they are."""
    beyond = () if warning.particulars is None else warning.particulars.__struct_fields__
    masked = masked_text(sheet.pack, warning.detail) != warning.detail
    return {
        "channel": warning.channel.value,
        "source": warning.source,
        "name": warning.name,
        "received_on": warning.received_on,
        "detail": "" if masked else warning.detail,
        **{name: getattr(warning.particulars, name) for name in beyond},
    }


def _refused_at(sheet: CaseSheet) -> dict[str, Answer]:
    """The last step that was done, nothing where none was; where the meeting did not agree, that it did not."""
    if review_failed(sheet):
        return {"at": Step.DEMOCRATIC_REVIEW.value, "reason": NOT_AGREED_REASON}
    last = next((step for step in reversed(sheet.state.order) if step in sheet.state.done), None)
    return {} if last is None else {"at": last.value}


def _review(last: DemocraticReview | None) -> dict[str, Answer]:
    """The last review in the village: form of meeting, how many are entitled to come, host and recorder."""
    if last is None:
        return {}
    return {"form": last.form.value, "expected": last.expected, "host": last.host, "recorder": last.recorder}


def _members(sheet: CaseSheet, checked: tuple[MemberCheck, ...], *, others: bool = False) -> tuple[MemberCheck, ...]:
    """A line for each member, the head first: what was written of them last, else blank. ``others``: also whom it names beside."""
    known = () if sheet.household is None else sheet.household.memberships
    members = [each for each in known if each.holds_on(sheet.today)]
    members.sort(key=lambda each: each.relation is not Relation.HEAD)
    left = list(checked)
    lines: list[MemberCheck] = []
    for member in members:
        line = next((each for each in left if _is_of(each, member)), None)
        if line is not None:
            left.remove(line)
        lines.append(_line(member) if line is None else line)
    return (*lines, *left) if others else tuple(lines)


def _is_of(line: MemberCheck, member: Membership) -> bool:
    return line.person == member.person.id if line.person else line.name == member.person.name


def _line(member: Membership) -> MemberCheck:
    return MemberCheck(name=member.person.name, person=member.person.id, relation=member.relation)


def _unsigned(sheet: CaseSheet, signed: tuple[Signature, ...]) -> tuple[Signature, ...]:
    """Everybody in the household who stands in no list of authorisations yet; nobody is taken to have signed."""
    names = {each.name for each in signed}
    return tuple(Signature(name=person.name) for person in sheet.members if person.name not in names)


def _begun_comparison(sheet: CaseSheet) -> dict[str, Answer]:
    """Who has signed and where it was sent, as far as that was written down when it was begun."""
    begun = sheet.state.begun.get(Step.DATA_COMPARISON)
    if not isinstance(begun, AuthorisationsAsked | ComparisonSent):
        return {"signatures": _unsigned(sheet, ())}
    signatures = (*begun.signatures, *_unsigned(sheet, begun.signatures))
    if isinstance(begun, AuthorisationsAsked):
        return {"signatures": signatures}
    return {"signatures": signatures, "sent_on": begun.sent_on, "sent_to": begun.sent_to}


def _cited(sheet: CaseSheet, item: str) -> dict[str, Answer]:
    """The ground that the warning itself names, and the household's earlier comparison where the ledger has one."""
    ground: dict[str, Answer] = {"ground": item} if item in {each.value for each in SkipGround} else {}
    known = sheet.known.compared
    if known is None:
        return ground
    return {**ground, "earlier_document": known.document, "earlier_on": known.compared_on}
