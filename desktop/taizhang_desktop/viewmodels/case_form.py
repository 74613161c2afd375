"""The forms of a case: which one is due."""

from enum import Enum

from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.machine import StepRecord
from taizhang_casework.domain.record_answers import RecordKind
from taizhang_casework.domain.review_rules import passed
from taizhang_casework.domain.steps import ComparisonSkipped, DemocraticReview, Step

from taizhang_desktop.viewmodels.case_sheet import CaseSheet


class CaseForm(Enum):
    """What the right half of the screen asks.

    ``MEMBER`` belongs to the matching panel, the four after it to the letter panel; three begin a step; ``WARNING`` mends what came in,
    ``MOVING`` whose it is.
    """

    HOME_VISIT = "home_visit"
    DEMOCRATIC_REVIEW = "democratic_review"
    DATA_COMPARISON = "data_comparison"
    COMPARISON_SKIPPED = "comparison_skipped"
    PUBLIC_NOTICE = "public_notice"
    SYSTEM_ENTRY = "system_entry"
    GREEN_CHANNEL = "green_channel"
    REFUSAL = "refusal"
    REOPENING = "reopening"
    CLOSING = "closing"
    MEMBER = "member"
    CONTACT = "contact"
    PRINTING = "printing"
    DELIVERY = "delivery"
    RETURN_VISIT = "return_visit"
    DISCARDING = "discarding"
    NOTICE_POSTED = "notice_posted"
    AUTHORISATIONS_ASKED = "authorisations_asked"
    COMPARISON_SENT = "comparison_sent"
    WARNING = "warning"
    MOVING = "moving"

    @property
    def record(self) -> RecordKind | None:
        """The record that the form writes; None in the matching and letter panels."""
        return next((kind for kind in RecordKind if kind.value == self.value), None)

    @property
    def step(self) -> Step | None:
        """The step that the form does."""
        if self is CaseForm.COMPARISON_SKIPPED:
            return Step.DATA_COMPARISON
        begins = next((step for step, forms in BEGINNINGS.items() if self in forms), None)
        if begins is not None:
            return begins
        return next((step for step in Step if step.value == self.value), None)


BEGINNINGS = {
    Step.DATA_COMPARISON: (CaseForm.AUTHORISATIONS_ASKED, CaseForm.COMPARISON_SENT),
    Step.PUBLIC_NOTICE: (CaseForm.NOTICE_POSTED,),
}
"""The forms that write down that a step was begun, before its end is known."""

DECIDING_FORMS = frozenset({CaseForm.SYSTEM_ENTRY, CaseForm.REFUSAL, CaseForm.CLOSING, CaseForm.REOPENING})
"""The forms that decide about a case, which not every role may."""

LETTER_FORMS = (CaseForm.CONTACT, CaseForm.PRINTING, CaseForm.DELIVERY, CaseForm.RETURN_VISIT)
"""The letter's life in order."""

TOGETHER_FORMS = frozenset({CaseForm.HOME_VISIT, CaseForm.DEMOCRATIC_REVIEW, CaseForm.PUBLIC_NOTICE})
"""The steps that several households of a village can take in one go."""

TITLES = {
    CaseForm.COMPARISON_SKIPPED: "不再重复信息比对",
    CaseForm.GREEN_CHANNEL: "绿色通道",
    CaseForm.REFUSAL: "不符合认定标准",
    CaseForm.REOPENING: "重新打开",
    CaseForm.CLOSING: "办结销号",
    CaseForm.MEMBER: "确认是哪一户",
    CaseForm.CONTACT: "出具告知书",
    CaseForm.PRINTING: "打印告知书",
    CaseForm.DELIVERY: "送达",
    CaseForm.RETURN_VISIT: "回访",
    CaseForm.DISCARDING: "移到回收站",
    CaseForm.NOTICE_POSTED: "登记张贴公示",
    CaseForm.AUTHORISATIONS_ASKED: "登记发出授权书",
    CaseForm.COMPARISON_SENT: "登记送出比对",
    CaseForm.WARNING: "更正预警信息",
    CaseForm.MOVING: "改归另一户",
}
"""What the forms are called that are not simply a step."""

SAVED = {
    CaseForm.GREEN_CHANNEL: "绿色通道已启动，认定程序随后补办",
    CaseForm.REFUSAL: "已认定为不符合",
    CaseForm.REOPENING: "已重新打开",
    CaseForm.CLOSING: "已办结",
    CaseForm.MEMBER: "已确认是哪一户",
    CaseForm.CONTACT: "告知书已出具，请打印",
    CaseForm.DELIVERY: "送达已登记",
    CaseForm.RETURN_VISIT: "回访已登记",
    CaseForm.NOTICE_POSTED: "张贴已登记；公示期满后再填写结束日期",
    CaseForm.AUTHORISATIONS_ASKED: "授权书已登记；签齐后再送出比对",
    CaseForm.COMPARISON_SENT: "送出比对已登记；结果回来再填写",
    CaseForm.WARNING: "预警信息已更正",
    CaseForm.MOVING: "已改归另一户",
}
"""What is said once they are saved."""


def form_title(form: CaseForm, sheet: CaseSheet) -> str:
    """What the form is called: what stands in :data:`TITLES`, else as the pack calls its step."""
    step = form.step
    return TITLES[form] if form in TITLES or step is None else sheet.pack.step(step).label


def form_of_step(record: StepRecord | None, step: Step) -> CaseForm:
    """The form of a step; a comparison that was skipped is corrected in the form that skips it."""
    return CaseForm.COMPARISON_SKIPPED if isinstance(record, ComparisonSkipped) else CaseForm(step.value)


def due_form(sheet: CaseSheet) -> CaseForm:
    """The form to begin with: what the case needs next."""
    state = sheet.state
    if state.closed_on is not None:
        return CaseForm.CLOSING
    if sheet.household is None:
        return CaseForm.MEMBER
    if state.refusal is not None:
        return _letter_form(sheet) if sheet.answered else CaseForm.CLOSING
    if review_failed(sheet):
        return CaseForm.REFUSAL
    if state.current is not None:
        return CaseForm(state.current.value)
    return CaseForm.CLOSING


def review_failed(sheet: CaseSheet) -> bool:
    """Whether the meeting did not agree and nothing came after it: 不符合 is what is left."""
    review = sheet.state.done.get(Step.DEMOCRATIC_REVIEW)
    if not isinstance(review, DemocraticReview) or passed(review, sheet.pack.quorum(review.form)):
        return False
    return all(
        step in sheet.state.before(Step.DEMOCRATIC_REVIEW)
        for step in sheet.state.done
        if step is not Step.DEMOCRATIC_REVIEW
    )


def offered_forms(sheet: CaseSheet) -> frozenset[CaseForm]:
    """The forms beside the steps that the case can take now."""
    state = sheet.state
    is_open = state.closed_on is None
    offered: set[CaseForm] = {CaseForm.CLOSING, CaseForm.DISCARDING, CaseForm.WARNING} if is_open else set()
    if is_open and sheet.household is not None:
        offered.add(CaseForm.MOVING)
    if is_open and state.refusal is None:
        offered.add(CaseForm.GREEN_CHANNEL)
        if sheet.household is not None:
            offered.add(CaseForm.REFUSAL)
    if state.refusal is not None or state.done or not is_open:
        offered.add(CaseForm.REOPENING)
    return frozenset(offered)


def corrects_decided(form: CaseForm, sheet: CaseSheet) -> bool:
    """Whether the form sets a step right of a case that was decided on, which asks for a reason."""
    begins = any(form in forms for forms in BEGINNINGS.values())
    return form.step is not None and not begins and sheet.decided and form.step in sheet.state.done


def can_take(form: CaseForm, sheet: CaseSheet) -> bool:
    """Whether the case still asks for a form that was begun, or can be corrected in it."""
    state = sheet.state
    if form.step is None:
        return form in offered_forms(sheet) or form is due_form(sheet)
    if corrects_decided(form, sheet):
        return True
    if sheet.household is None or state.refusal is not None or state.closed_on is not None:
        return False
    if any(form in forms for forms in BEGINNINGS.values()):
        return form.step is state.current
    return form.step is state.current or form.step in state.done


def _letter_form(sheet: CaseSheet) -> CaseForm:
    letter = sheet.letter
    if letter is None or not letter.answering(sheet.state):
        return CaseForm.CONTACT
    if not letter.prints:
        return CaseForm.PRINTING
    return letter_rest(letter) or CaseForm.CLOSING


def letter_rest(letter: Letter) -> CaseForm | None:
    """What a printed letter still waits for."""
    if letter.delivery is None:
        return CaseForm.DELIVERY
    return CaseForm.RETURN_VISIT if letter.return_visit is None else None


def letter_stage_done(form: CaseForm, sheet: CaseSheet) -> bool:
    """Whether that part of the letter's life is over."""
    letter = sheet.letter if sheet.letter is not None and sheet.letter.answering(sheet.state) else None
    if letter is None:
        return False
    done = {
        CaseForm.CONTACT: True,
        CaseForm.PRINTING: bool(letter.prints),
        CaseForm.DELIVERY: letter.delivery is not None,
        CaseForm.RETURN_VISIT: letter.return_visit is not None,
    }
    return done[form]


_MENDS = {
    "household": CaseForm.MEMBER,
    "applied_on": CaseForm.WARNING,
    "late_reason": CaseForm.HOME_VISIT,
    "overrun_reason": CaseForm.PUBLIC_NOTICE,
    "delivery": CaseForm.DELIVERY,
    "return_visit": CaseForm.RETURN_VISIT,
    "green_channel": CaseForm.GREEN_CHANNEL,
    "refusal": CaseForm.REOPENING,
    "closing": CaseForm.REOPENING,
}


def mending_form(finding: Finding, sheet: CaseSheet) -> CaseForm | None:
    """Where what the closing check found missing, or an odd day, is mended; None where nothing can be, or another line leads there."""
    state = sheet.state
    if finding.field == "letter":
        due = _letter_form(sheet)
        return CaseForm.PRINTING if due is CaseForm.CLOSING else due
    form = _MENDS.get(finding.field)
    if form is None:
        form = next((each for each in CaseForm if each.value == finding.field and each.step is not None), None)
    if form is CaseForm.WARNING and state.closed_on is not None:
        return CaseForm.REOPENING
    if form is None or form.step is None:
        return form
    if corrects_decided(form, sheet):
        return form
    if state.closed_on is not None or state.refusal is not None:
        return CaseForm.REOPENING
    return form if form.step in state.done or form.step is state.current else None


def why_no_step(sheet: CaseSheet, step: Step) -> str:
    """Why a step cannot be taken now, as a sentence."""
    state = sheet.state
    if sheet.household is None:
        return "请先确认预警信息是哪一户，再办理认定程序"
    if state.refusal is not None:
        return "本户已认定为不符合，如需继续请先重新打开"
    if state.current is None:
        return ""
    return f"应先完成“{sheet.pack.step(state.current).label}”，再办理“{sheet.pack.step(step).label}”"
