"""The letter panel of a refused applicant: 出具 → 打印 → 送达 → 回访, each with its state (一（三）2)."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.letter_rules import chinese_date

from taizhang_desktop.kit.parts import Button, chip, column, label, row
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE, Tone
from taizhang_desktop.screens.case.panels import FormPart, Panel
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


class LetterPanel(Panel):
    """The four parts of the letter's life; the one that is due is open."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw what is done, what is due, what is ahead."""
        super().__init__(model.view.title)
        self._print: Button | None = None
        intro = "自主申报户和信访户不符合认定标准的，要主动回访，书面告知审核结果及原因（依据：一（三）2）。"
        self.body.addWidget(label(intro, "muted", wrap=True))
        for stage in LETTER_FORMS:
            self._stage(model, sheet, stage)
        self.body.addStretch(1)

    def begin(self) -> None:
        """The form that is due, or the print button."""
        super().begin()
        if self.part is None and self._print is not None:
            self._print.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stage(self, model: CaseModel, sheet: CaseSheet, stage: CaseForm) -> None:
        done, due = letter_stage_done(stage, sheet), stage is model.view.form
        state = chip("已完成", Tone.DONE) if done else chip("待办理", Tone.INFO) if due else chip("未开始")
        state.setObjectName(f"case_letter_{stage.value}")
        head = row(label(_STAGES[stage], "heading"), state)
        if done and sheet.letter is not None:
            head.addWidget(label(_says(stage, sheet.letter), "muted", wrap=True), 1)
        else:
            head.addStretch(1)
        if stage is CaseForm.PRINTING and done:
            head.addWidget(self._print_button(model, "再次打印", "quiet"))
        self.body.addLayout(head)
        if stage is CaseForm.PRINTING and due and sheet.letter is not None:
            self.body.addWidget(_preview(sheet.letter, (lambda text: text) if model.view.unmasked else _masking(sheet)))
            self._print = self._print_button(model, "打印（保存为PDF）", "primary")
            self.body.addLayout(row(None, self._print))
        elif due and stage is not CaseForm.PRINTING:
            self._put(FormPart(model, sheet, stage))

    def _print_button(self, model: CaseModel, words: str, kind: str) -> Button:
        made = Button(words, kind, Icon.PRINTER)
        made.setObjectName("case_print")
        made.clicked.connect(model.print_letter)
        return made


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
        return f"已打印{len(letter.printed_at)}次，最近一次{chinese_date(letter.printed_at[-1].date())}"
    if stage is CaseForm.DELIVERY and letter.delivery is not None:
        delivery = letter.delivery
        return f"{chinese_date(delivery.delivered_on)}{WAYS[delivery.way]}，{delivery.received_by}收"
    if letter.return_visit is not None:
        visit = letter.return_visit
        return f"{chinese_date(visit.visited_on)}，{'、'.join(visit.visitors)}"
    return ""
