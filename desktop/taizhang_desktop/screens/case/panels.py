"""What the right half of the screen holds: a form with its deeds, the matching panel, the letter panel, the closing panel."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from taizhang_casework.domain.correction_rules import MOST_CHARACTERS, WHY
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.matching import Verdict
from taizhang_casework.domain.steps import Step

from taizhang_desktop.kit.flow import Flow
from taizhang_desktop.kit.giving_way import TwoEnds
from taizhang_desktop.kit.parts import Button, chip, column, label, permit, restyle, row
from taizhang_desktop.kit.text_fields import ParagraphField
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.screens.case.begun_forms import AskedForm, PostedForm, SentForm
from taizhang_desktop.screens.case.comparison_form import ComparisonForm
from taizhang_desktop.screens.case.entry_form import EntryForm
from taizhang_desktop.screens.case.moving_form import MovingForm
from taizhang_desktop.screens.case.other_forms import (
    ClosingForm,
    ContactForm,
    DeliveryForm,
    DiscardingForm,
    GreenForm,
    MemberForm,
    RefusalForm,
    ReopeningForm,
    ReturnVisitForm,
)
from taizhang_desktop.screens.case.record_form import RecordForm
from taizhang_desktop.screens.case.step_forms import NoticeForm, ReviewForm, SkipForm
from taizhang_desktop.screens.case.visit_form import HomeVisitForm
from taizhang_desktop.screens.case.warning_form import WarningForm
from taizhang_desktop.viewmodels.case import AGAIN, CaseModel
from taizhang_desktop.viewmodels.case_form import BEGINNINGS, TITLES, TOGETHER_FORMS, CaseForm, corrects_decided
from taizhang_desktop.viewmodels.case_sheet import CaseSheet, Question
from taizhang_desktop.viewmodels.notices import finding_line


class FormMaker(Protocol):
    """Makes a form for a case."""

    def __call__(self, model: CaseModel, sheet: CaseSheet) -> RecordForm:
        """An empty form."""
        ...


FORMS: dict[CaseForm, FormMaker] = {
    CaseForm.HOME_VISIT: HomeVisitForm,
    CaseForm.DEMOCRATIC_REVIEW: ReviewForm,
    CaseForm.DATA_COMPARISON: ComparisonForm,
    CaseForm.COMPARISON_SKIPPED: SkipForm,
    CaseForm.PUBLIC_NOTICE: NoticeForm,
    CaseForm.SYSTEM_ENTRY: EntryForm,
    CaseForm.GREEN_CHANNEL: GreenForm,
    CaseForm.REFUSAL: RefusalForm,
    CaseForm.REOPENING: ReopeningForm,
    CaseForm.CLOSING: ClosingForm,
    CaseForm.MEMBER: MemberForm,
    CaseForm.CONTACT: ContactForm,
    CaseForm.DELIVERY: DeliveryForm,
    CaseForm.RETURN_VISIT: ReturnVisitForm,
    CaseForm.DISCARDING: DiscardingForm,
    CaseForm.NOTICE_POSTED: PostedForm,
    CaseForm.AUTHORISATIONS_ASKED: AskedForm,
    CaseForm.COMPARISON_SENT: SentForm,
    CaseForm.WARNING: WarningForm,
    CaseForm.MOVING: MovingForm,
}

_SAVES = {
    CaseForm.REFUSAL: "认定为不符合",
    CaseForm.GREEN_CHANNEL: "启动绿色通道",
    CaseForm.REOPENING: "重新打开",
    CaseForm.CLOSING: "办结",
    CaseForm.MEMBER: "归入该户",
    CaseForm.CONTACT: "出具告知书",
    CaseForm.DELIVERY: "登记送达",
    CaseForm.RETURN_VISIT: "登记回访",
    CaseForm.DISCARDING: "移到回收站",
    CaseForm.MOVING: "改归该户",
    CaseForm.NOTICE_POSTED: "登记张贴",
    CaseForm.AUTHORISATIONS_ASKED: "登记授权书",
    CaseForm.COMPARISON_SENT: "登记送出",
}


_MOST_LINES = 6
"""So many findings that belong to no field leave room for the form."""


class FormPart(QWidget):
    """A form, and ``under`` it what the rules say that belongs to no field and the button that saves. Keeps what is half-typed."""

    def __init__(self, model: CaseModel, sheet: CaseSheet, form: CaseForm, *, primary: bool = True) -> None:
        """Filled with what is known, then with what was half-typed."""
        super().__init__()
        self._model = model
        self.form = FORMS[form](model, sheet)
        if corrects_decided(form, sheet):
            self.form.section("更正原因", "结果和办结日期不变的在这里更正；要变的，点“重新打开…”")
            why = "谁发现的、依据什么；和改动前后的内容一起记入历史"
            self.form.add(ParagraphField(WHY, "为什么更正", most=MOST_CHARACTERS, lines=2, hint=why, required=True))
        self.rest = label("", "finding", wrap=True)
        self.rest.setObjectName("case_findings")
        self.rest.hide()
        self._why_not = model.may_not_save(form)
        self._words = "保存更正" if model.view.correcting else _SAVES.get(form, "保存")
        self.save = Button(self._words, "primary" if primary else "", Icon.SAVE)
        self.save.setObjectName("case_save")
        permit(self.save, self._why_not, tip="Ctrl+S")
        self.refusal = label(self._why_not, "muted", wrap=True)
        self.refusal.setObjectName("case_may_not")
        self.draft = label("", "small")
        self.draft.setObjectName("case_draft")
        self.foot, right = Flow(SPACE.small), Flow(SPACE.small)
        for part in (self.draft, self.save):
            right.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.medium)
        whole.addWidget(self.form)
        self.under = QWidget()
        self.under.setLayout(
            column(self.rest, self.refusal, TwoEnds(self.foot, right, SPACE.small), spacing=SPACE.medium)
        )
        whole.addWidget(self.under)
        self.form.fill(model.view.answers)
        typed = model.typed
        if typed is not None:
            self.form.retype(typed)
        self.form.edited.connect(self._keep)
        self.form.submitted.connect(self.submit)
        self.save.clicked.connect(self.submit)
        self.show_draft()

    def _keep(self) -> None:
        self._model.keep(self.form.typed())
        self.show_draft()

    def show_draft(self) -> None:
        """Say whether what is half-typed is kept."""
        self.draft.setText(self._model.draft_says)

    def submit(self) -> None:
        """Save, or have everything said that is wrong."""
        self._model.save(self.form.given(), self.form.faults())

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Beside the fields, and what belongs to none beneath the form."""
        said = {finding.field for finding in findings}
        for field in self.form.fields:
            if field.name in said:
                field.show()
        rest = [finding_line(finding) for finding in self.form.show_findings(findings)]
        blocks = any(finding.blocks for finding in findings)
        if not blocks:
            rest.append(AGAIN)
        more = len(rest) - _MOST_LINES
        self.rest.setText("\n".join((*rest[:_MOST_LINES], f"另有{more}项，鼠标停在这里可以看到") if more > 1 else rest))
        self.rest.setToolTip("\n".join(rest) if more > 1 else "")
        self.rest.setVisible(bool(rest))
        restyle(self.rest, tone=(Tone.OVERDUE if blocks else Tone.SOON).value)
        if not blocks:
            first = next((field for field in self.form.fields if field.findings and not field.isHidden()), None)
            (first or self.save).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_state(self) -> None:
        """Of a closed case it can only be read; after notes of the rules the button says what pressing it means."""
        view = self._model.view
        self.form.setEnabled(not view.locked)
        self.save.setVisible(not view.locked)
        self.refusal.setVisible(bool(self._why_not) and not view.locked)
        self.save.setText("情况属实，保存" if view.asking else self._words)


class Panel(QWidget):
    """Base: a heading and a body; ``part`` is the form in it, if there is one. ``pinned`` stays in sight while the rest scrolls."""

    def __init__(self, title: str, note: str = "", tone: Tone = Tone.PLAIN) -> None:
        """``note`` is a chip beside the title."""
        super().__init__()
        self.part: FormPart | None = None
        self.pinned: QWidget | None = None
        self.heading = label(title, "heading")
        self.heading.setObjectName("case_form_title")
        self.head = row(self.heading, *((chip(note, tone),) if note else ()), None)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(SPACE.medium)
        self.body.addLayout(self.head)

    def begin(self) -> None:
        """Focus where typing begins."""
        if self.part is not None:
            self.part.form.begin()

    def show_state(self) -> None:
        """Saving or not."""
        if self.part is not None:
            self.part.show_state()

    def _put(self, part: FormPart) -> None:
        self.part = part
        self.body.addWidget(part)


class FormPanel(Panel):
    """A step, or one of the deeds beside the steps."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw the form that is shown."""
        view = model.view
        note, tone = ("更正", Tone.INFO) if view.correcting else ("", Tone.PLAIN)
        if corrects_decided(view.form, sheet):
            note, tone = ("已办结，更正" if sheet.state.closed_on else "已有结论，更正"), Tone.SOON
        if view.locked:
            note, tone = "已办结，只读", Tone.DONE
        super().__init__(view.title, note, tone)
        part = FormPart(model, sheet, view.form)
        back = Button("放弃填写", "quiet")
        back.setObjectName("case_give_up")
        back.clicked.connect(model.give_up)
        part.foot.insertWidget(0, back)
        back.setVisible(model.can_give_up)
        part.form.edited.connect(back.show)
        for form, other, words in (
            (CaseForm.DATA_COMPARISON, CaseForm.COMPARISON_SKIPPED, "低保、分散供养特困：不再重复比对"),
            (CaseForm.COMPARISON_SKIPPED, CaseForm.DATA_COMPARISON, "改为开展信息比对"),
        ):
            if view.form is form and not view.locked:
                switch = Button(words, "quiet")
                switch.setObjectName("case_other_comparison")
                switch.clicked.connect(lambda _=False, other=other: model.choose(other))
                part.foot.insertWidget(1, switch)
        if view.form in TOGETHER_FORMS and not view.locked and not view.correcting:
            part.foot.insertWidget(1, together_button(model))
        if not view.locked:
            self._offer_beginnings(model, sheet)
        self._put(part)
        self.pinned = part.under
        self.body.addStretch(1)

    def _offer_beginnings(self, model: CaseModel, sheet: CaseSheet) -> None:
        """While its step is not done, a form leads to those that only begin it, and they back to it."""
        form, step = model.view.form, model.view.form.step
        if step is None or step is not sheet.state.current or step not in BEGINNINGS:
            return
        for other in (CaseForm(step.value), *BEGINNINGS[step]):
            if other is form or (form is not CaseForm(step.value) and other is not CaseForm(step.value)):
                continue
            words = TITLES.get(other, "填写结果" if step is Step.DATA_COMPARISON else "填写结束")
            if step in sheet.state.begun and other.value == sheet.state.begun[step].__struct_config__.tag:
                words = words.replace("登记", "更正")
            lead = Button(words, "quiet")
            lead.setObjectName(f"case_begin_{other.value}")
            lead.setToolTip("还没有结果、期还没有满的，先登记开始；以后再补上结果" if other in BEGINNINGS[step] else "")
            lead.clicked.connect(lambda _=False, other=other: model.choose(other))
            self.head.addWidget(lead)


def together_button(model: CaseModel) -> Button:
    """Leads to where the households of the village are worked in one go."""
    made = Button("同村一起办理", "quiet")
    made.setObjectName("case_together")
    made.setToolTip("和同村的几户一起：一次入户、一次评议、一张公示、一批告知书")
    made.clicked.connect(model.go_together)
    return made


class QuestionsPart(QWidget):
    """Proposals of the rules; a person decides, and it stays decided."""

    def __init__(self, model: CaseModel, questions: tuple[Question, ...]) -> None:
        """A question each."""
        super().__init__()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.medium)
        for at, question in enumerate(questions):
            yes = Button("是")
            no = Button("否")
            yes.setObjectName(f"case_yes_{at}")
            no.setObjectName(f"case_no_{at}")
            for button, verdict in ((yes, Verdict.YES), (no, Verdict.NO)):
                button.setAccessibleName(f"{question.asks}{button.text()}")
                button.clicked.connect(_deciding(model, question, verdict))
            words = column(
                label(question.asks, "heading"),
                label(question.compare, wrap=True, select=True),
                label(question.because, "small", wrap=True),
                spacing=SPACE.tight,
            )
            across = row(yes, no)
            line = QWidget()
            line.setProperty("kind", "clear")
            inner = row()
            inner.addLayout(words, 1)
            inner.addLayout(across)
            line.setLayout(inner)
            whole.addWidget(line)
        below = QFrame()
        below.setProperty("kind", "line")
        whole.addWidget(below)


def _deciding(model: CaseModel, question: Question, verdict: Verdict) -> Callable[[], None]:
    return lambda: model.decide(question.proposal, verdict)


class MatchingPanel(Panel):
    """Which household it is about: one that the rules propose, the person's own, or the one of another head."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Proposals first."""
        super().__init__("确认是哪一户")
        self._proposed = bool(sheet.questions)
        intro = "预警信息写的是人，台账按户办理。请先确认是哪一户，再入户核实。"
        self.body.addWidget(label(intro, "muted", wrap=True))
        if sheet.questions:
            self.body.addWidget(QuestionsPart(model, sheet.questions))
        self.own = Button("本人为户主，建立新户", "" if sheet.questions else "primary", Icon.HOUSE)
        self.own.setObjectName("case_own_household")
        self.own.clicked.connect(model.take_own_household)
        about = f"{sheet.case.warning.name}就是户主："
        self.body.addLayout(row(label(about), self.own, None))
        self.body.addWidget(label("本人是家庭成员，户主是别人：", wrap=True))
        self._put(FormPart(model, sheet, CaseForm.MEMBER, primary=False))
        self.body.addStretch(1)

    def begin(self) -> None:
        """The likeliest answer: the first proposal, else 本人为户主; a form half-typed goes on."""
        if self.part is not None and any(self.part.form.typed().values()):
            self.part.form.begin()
            return
        first = self.findChild(Button, "case_yes_0") if self._proposed else self.own
        (first or self.own).setFocus(Qt.FocusReason.OtherFocusReason)


class ClosingPanel(Panel):
    """办结: everything missing at once with the way there, or the day; of a closed case that it is closed."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Run the closing check."""
        closed = sheet.state.closed_on
        super().__init__("办结销号", "已办结" if closed else "", Tone.DONE)
        self._first: Button | None = None
        if closed is not None:
            self.body.addWidget(
                label(
                    f"本条已于{closed.isoformat()}办结。办过的一步要更正，点上面那一步；结果或办结日期要改，点“重新打开…”。",
                    wrap=True,
                )
            )
            self._today(model)
        elif sheet.missing:
            self._missing(model, sheet)
        else:
            self.body.addWidget(label("闭环检查：手续齐全，可以办结（办理一条，销号一条）。", wrap=True))
            part = FormPart(model, sheet, CaseForm.CLOSING)
            self._put(part)
            self.pinned = part.under
        self._odd_days(model, sheet)
        if sheet.letter is not None and sheet.letter.prints:
            again = Button("告知书：查看、更正、再次打印", "quiet", Icon.PRINTER)
            again.setObjectName("case_to_letter")
            again.clicked.connect(lambda: model.choose(CaseForm.PRINTING))
            self.body.addLayout(row(again, None))
        self.body.addStretch(1)

    def begin(self) -> None:
        """The day, or the first thing missing."""
        super().begin()
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _today(self, model: CaseModel) -> None:
        self._first = Button("回到今日待办", "primary", Icon.TODAY)
        self._first.setObjectName("case_today")
        self._first.clicked.connect(model.go_today)
        self.body.addLayout(row(None, self._first))

    def _missing(self, model: CaseModel, sheet: CaseSheet) -> None:
        self.body.addWidget(label(f"闭环检查：还缺{len(sheet.missing)}项，办齐后才能办结。", wrap=True))
        for at, finding in enumerate(sheet.missing):
            self._line(model, finding, chip("缺", Tone.OVERDUE), ("missing", "mend", "去办理"), at)

    def _odd_days(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Days that contradict each other; they keep nothing from being closed."""
        if not sheet.odd_days:
            return
        says = "以下日期前后对不上，请核对；确实如此的不用改，不影响办结。"
        self.body.addWidget(label(says, "muted", wrap=True))
        for at, finding in enumerate(sheet.odd_days):
            self._line(model, finding, chip("核对", Tone.SOON), ("odd_day", "look", "去核对"), at)

    def _line(self, model: CaseModel, finding: Finding, mark: QWidget, names: tuple[str, str, str], at: int) -> None:
        """A finding with the way to where it is mended; ``names`` are those of its words and its button, and the button's words."""
        said, way, press = names
        words = label(finding_line(finding), wrap=True)
        words.setObjectName(f"case_{said}_{at}")
        across = row(mark)
        across.addWidget(words, 1)
        form = model.mending(finding)
        if form is not None:
            go = Button(press)
            go.setObjectName(f"case_{way}_{at}")
            go.setAccessibleName(f"{finding.says}：{press}")
            go.clicked.connect(lambda _=False: model.choose(form))
            across.addWidget(go)
            self._first = self._first or go
        self.body.addLayout(across)
