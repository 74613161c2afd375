"""The letter panel of a refused applicant: 出具 → 打印 → 送达 → 回访, each with its state (一（三）2)."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.letter_check import check_copies
from taizhang_casework.domain.letter_rules import chinese_date

from taizhang_desktop.kit.parts import Button, chip, column, label, row
from taizhang_desktop.kit.text_fields import IntegerField
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.screens.case.panels import FormPart, Panel, together_button
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_form import LETTER_FORMS, CaseForm, letter_stage_done
from taizhang_desktop.viewmodels.case_sheet import CaseSheet
from taizhang_desktop.viewmodels.case_words import WAYS
from taizhang_desktop.viewmodels.words import masked_text

_STAGES = {
    CaseForm.CONTACT: "一、出具告知书",
    CaseForm.PRINTING: "二、打印",
    CaseForm.DELIVERY: "三、送达",
    CaseForm.RETURN_VISIT: "四、回访",
}


_PROOF = {True: "送达回证扫描件：已附", False: "送达回证扫描件：还没有附"}


class LetterPanel(Panel):
    """The four parts of the letter's life; the one that is due, or is being corrected, is open."""

    attach_wanted = Signal()

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw what is done, what is due, what is ahead."""
        super().__init__("告知书" if model.view.correcting else model.view.title)
        self._print: Button | None = None
        self.copies = IntegerField("copies", "份数", hint="本户一份，存档一份")
        self.copies.line.setObjectName("case_copies")
        self.copies.set_value(2)
        intro = "自主申报户和信访户不符合认定标准的，要主动回访，书面告知审核结果及原因（依据：一（三）2）。"
        self.body.addWidget(label(intro, "muted", wrap=True))
        self._open = _open_stage(model, sheet)
        if self._open in {CaseForm.CONTACT, CaseForm.PRINTING}:
            self.head.addWidget(together_button(model))
        for stage in LETTER_FORMS:
            self._stage(model, sheet, stage)
        for letter in _history(sheet):
            again = (self._again(model),) if letter is sheet.letter and letter.prints else ()
            self.body.addWidget(_superseded(letter, *again))
        self.body.addStretch(1)

    def begin(self) -> None:
        """The form that is due, or the print button."""
        super().begin()
        first = self._print or self.findChild(Button)
        if self.part is None and first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stage(self, model: CaseModel, sheet: CaseSheet, stage: CaseForm) -> None:
        done, due = letter_stage_done(stage, sheet), stage is self._open
        state = chip("已完成", Tone.DONE) if done else chip("待办理", Tone.INFO) if due else chip("未开始")
        if done and due:
            state = chip("更正", Tone.INFO)
        state.setObjectName(f"case_letter_{stage.value}")
        head = row(label(_STAGES[stage], "heading"), state)
        if done and sheet.letter is not None:
            head.addWidget(label(_says(stage, sheet.letter), "muted", wrap=True), 1)
        else:
            head.addStretch(1)
        if done and stage is CaseForm.PRINTING:
            head.addWidget(self._again(model))
        if done and not due and stage in {CaseForm.DELIVERY, CaseForm.RETURN_VISIT}:
            head.addWidget(_correction(model, stage))
        self.body.addLayout(head)
        if (
            stage is CaseForm.PRINTING
            and due
            and letter_stage_done(CaseForm.CONTACT, sheet)
            and sheet.letter is not None
        ):
            self.body.addWidget(_preview(sheet.letter, (lambda text: text) if model.view.unmasked else _masking(sheet)))
            self._print = self._print_button(model, "打印（保存为PDF）", "primary")
            self.copies.setMaximumWidth(self.copies.fontMetrics().horizontalAdvance("国") * 12)
            bar = QWidget()
            bar.setLayout(row(self.copies, None, self._print))
            bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            self.pinned = bar
        elif due and stage in {CaseForm.CONTACT, CaseForm.DELIVERY, CaseForm.RETURN_VISIT}:
            self._put(FormPart(model, sheet, stage))
            self.pinned = None if self.part is None else self.part.under
        if stage is CaseForm.DELIVERY and done:
            self._proof(sheet)

    def _proof(self, sheet: CaseSheet) -> None:
        attached = sheet.proof_attached
        says = chip(_PROOF[attached], Tone.DONE if attached else Tone.SOON)
        says.setObjectName("case_proof")
        attach = Button("到附件" if attached else "去添加", "quiet")
        attach.setObjectName("case_attach_proof")
        attach.setAccessibleName(f"{_PROOF[attached]}：{attach.text()}")
        attach.clicked.connect(self.attach_wanted)
        self.body.addLayout(row(says, attach, None))

    def _again(self, model: CaseModel) -> Button:
        return self._print_button(model, "再次打印", "quiet")

    def _print_button(self, model: CaseModel, words: str, kind: str) -> Button:
        made = Button(words, kind, Icon.PRINTER)
        made.setObjectName("case_print")
        made.clicked.connect(partial(self._print_first, model) if kind == "primary" else lambda: model.print_letter(1))
        return made

    def _print_first(self, model: CaseModel) -> None:
        """No file is asked for before it is known how many are printed."""
        found = self.copies.faults() or check_copies(self.copies.value())
        self.copies.show_findings(found)
        if found:
            self.copies.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        model.print_letter(self.copies.value())


def _open_stage(model: CaseModel, sheet: CaseSheet) -> CaseForm | None:
    """What was done stays shut, unless it is to be corrected."""
    form = model.view.form
    return form if model.view.correcting or not letter_stage_done(form, sheet) else None


def _correction(model: CaseModel, stage: CaseForm) -> Button:
    made = Button("更正", "quiet")
    made.setObjectName(f"case_correct_{stage.value}")
    made.setAccessibleName(f"更正{_STAGES[stage][2:]}")
    made.clicked.connect(lambda: model.choose(stage))
    return made


def _history(sheet: CaseSheet) -> tuple[Letter, ...]:
    """The letters that do not count any more, the newest first."""
    newest = () if sheet.letter is None or sheet.letter.answering(sheet.state) else (sheet.letter,)
    return (*newest, *sheet.earlier_letters)


def _superseded(letter: Letter, *buttons: Button) -> QWidget:
    """An earlier letter, which does not count any more, in a line."""
    fate = "已送达" if letter.delivery is not None else f"印过{letter.copies}份" if letter.prints else "没有印过"
    says = label(f"{letter.notice.number}，{chinese_date(letter.notice.dated)}，{fate}", "muted", wrap=True)
    drawn = QWidget()
    across = row(chip("已失效"))
    across.addWidget(says, 1)
    for button in buttons:
        across.addWidget(button)
    drawn.setLayout(across)
    return drawn


def _masking(sheet: CaseSheet) -> Callable[[str], str]:
    return lambda text: masked_text(sheet.pack, text)


def _preview(letter: Letter, shown_as: Callable[[str], str]) -> QWidget:
    notice = letter.notice
    shown = QWidget()
    inside = column(
        label(f"{notice.addressee}：", select=True),
        *(label(f"　　{shown_as(words)}", wrap=True, select=True) for words in notice.paragraphs),
        spacing=SPACE.small,
    )
    shown.setLayout(inside)
    shown.setAccessibleName("告知书正文")
    return shown


def _says(stage: CaseForm, letter: Letter) -> str:
    """What was done, in a line."""
    if stage is CaseForm.CONTACT:
        return f"{letter.notice.office_mark}{letter.notice.number}，{chinese_date(letter.notice.dated)}"
    if stage is CaseForm.PRINTING:
        last = letter.prints[-1]
        return f"{len(letter.prints)}次共{letter.copies}份，最近一次{chinese_date(last.at.date())}，{last.by}印{last.copies}份"
    if stage is CaseForm.DELIVERY and letter.delivery is not None:
        delivery = letter.delivery
        return f"{chinese_date(delivery.delivered_on)}{WAYS[delivery.way]}，{'、'.join(delivery.delivered_by)}送，{delivery.received_by}收"
    if letter.return_visit is not None:
        visit = letter.return_visit
        return f"{chinese_date(visit.visited_on)}，{'、'.join(visit.visitors)}"
    return ""
