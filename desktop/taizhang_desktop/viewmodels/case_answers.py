"""What stands in a form of a case when it is opened: the record to be corrected, else what is known. Never a day that nobody wrote."""

from datetime import date
from enum import Enum

from taizhang_casework.domain.answers import Answer, Given
from taizhang_casework.domain.steps import DemocraticReview, SkipGround

from taizhang_desktop.viewmodels.case_form import CaseForm, form_of_step
from taizhang_desktop.viewmodels.case_sheet import CaseSheet


def first_answers(form: CaseForm, sheet: CaseSheet) -> Given:
    """The answers by field; what is not in it is blank."""
    kept = kept_record(form, sheet)
    return _known(sheet).get(form, {}) if kept is None else _answers_of(kept)


def kept_record(form: CaseForm, sheet: CaseSheet) -> object | None:
    """The record in force that the form wrote, None where it is to be written for the first time."""
    state = sheet.state
    if form is CaseForm.GREEN_CHANNEL:
        return state.green
    if form.step is not None and form.step in state.done:
        record = state.done[form.step]
        return record if form_of_step(record, form.step) is form else None
    return None


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
    item = sheet.case.warning.item
    return {
        CaseForm.HOME_VISIT: {"visitors": known.visitors},
        CaseForm.DEMOCRATIC_REVIEW: _review(known.review),
        CaseForm.COMPARISON_SKIPPED: {"ground": item} if item in {ground.value for ground in SkipGround} else {},
        CaseForm.PUBLIC_NOTICE: {"place": known.place},
        CaseForm.SYSTEM_ENTRY: {"risks": () if visit is None else visit.risks},
        CaseForm.REFUSAL: {"at": (state.current or state.order[-1]).value},
        CaseForm.REOPENING: {} if state.refusal is None else {"back_to": state.refusal.at.value},
        CaseForm.CONTACT: {"contact": known.contact},
        CaseForm.DELIVERY: {} if letter is None else {"received_by": letter.notice.addressee},
        CaseForm.RETURN_VISIT: {"visitors": known.visitors if visit is None else visit.visitors},
    }


def _review(last: DemocraticReview | None) -> dict[str, Answer]:
    """The last review in the village: form of meeting, how many are entitled to come, host and recorder."""
    if last is None:
        return {}
    return {"form": last.form.value, "expected": last.expected, "host": last.host, "recorder": last.recorder}
