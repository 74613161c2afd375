"""The answers that hold for all households of a batch, once."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal

from taizhang_desktop.kit.choice_fields import ChoiceField, Option, YesNoField
from taizhang_desktop.kit.parts import label
from taizhang_desktop.kit.text_fields import DateField, IntegerField, NamesField, ParagraphField, TextField
from taizhang_desktop.screens.case.record_form import RecordForm
from taizhang_desktop.viewmodels.batch_sheet import BatchDeed, BatchLine, BatchSheet
from taizhang_desktop.viewmodels.batch_work import BatchModel


class SharedForm(RecordForm):
    """Base: after the last field the households come; ``ended`` says so. Ctrl+Enter submits all the same."""

    ended = Signal()

    def at_end(self) -> None:
        """Go on with the households."""
        self.ended.emit()


class _VisitForm(SharedForm):
    """入户核实: the day, who went, and why some are late."""

    def __init__(self, model: BatchModel, sheet: BatchSheet) -> None:
        super().__init__()
        self._model = model
        least = f"{sheet.pack.verifiers_at_least}名以上，用顿号、逗号或空格分开"
        self.visited_on = DateField("visited_on", "入户核实日期", model.today, required=True)
        self.late_reason = ParagraphField("late_reason", "超期原因", most=300, lines=2)
        self.add(self.visited_on, NamesField("visitors", "核查人员", hint=least, required=True))
        self.add(self.late_reason)
        self.visited_on.edited.connect(self.arrange)

    def arrange(self) -> None:
        """Ask why only where somebody is late."""
        _ask_the_late(self.late_reason, self._model.late(self.visited_on.value()))


class _ReviewForm(SharedForm):
    """民主评议: one meeting."""

    def __init__(self, model: BatchModel, sheet: BatchSheet) -> None:
        super().__init__()
        forms = [Option(rule.form.value, rule.label) for rule in sheet.pack.quorums]
        self.add(
            DateField("held_on", "评议日期", model.today, required=True),
            ChoiceField("form", "评议形式", forms, required=True),
            IntegerField("expected", "应到", unit="人", required=True),
            IntegerField("present", "实到", unit="人", required=True),
        )
        self.add(
            TextField("host", "主持人", most=50, required=True),
            TextField("recorder", "记录人", most=50, required=True),
            YesNoField("sign_in_sheet", "签到表是否已附", yes="已附", no="还没有附"),
        )


class _NoticeForm(SharedForm):
    """村级公示: one notice; its end is proposed from its beginning."""

    def __init__(self, model: BatchModel, sheet: BatchSheet) -> None:
        super().__init__()
        del sheet
        self._model = model
        self._proposed: date | None = None
        self.posted_on = DateField("posted_on", "张贴日期", model.today, required=True)
        self.ended_on = DateField("ended_on", "公示结束日期", model.today, required=True)
        self.overrun_reason = ParagraphField("overrun_reason", "超过15天的原因", most=300, lines=2)
        self.add(self.posted_on, self.ended_on, TextField("place", "公示地点", required=True))
        self.because = label("", "small", wrap=True)
        self.rows.addWidget(self.because)
        self.add(self.overrun_reason)
        self.add(YesNoField("photo", "公示照片是否已附", yes="已附", no="还没有附"))
        self.rows.addWidget(label("有群众异议的户，请到案件办理单独登记", "small", wrap=True))
        self.posted_on.edited.connect(self._propose)
        self.ended_on.edited.connect(self.arrange)

    def arrange(self) -> None:
        """Say when it may end; ask why only where somebody is over the 15 days."""
        _ask_the_late(self.overrun_reason, self._model.late(self.ended_on.value()))
        posted = self.posted_on.value()
        limit = None if posted is None else self._model.notice_limit(posted)
        self.because.setText(
            "" if limit is None else f"最早{limit.due.isoformat()}结束：{limit.says_on(self._model.today())}"
        )
        self.because.setVisible(limit is not None)

    def _propose(self) -> None:
        posted = self.posted_on.value()
        limit = None if posted is None or self.posted_on.faults() else self._model.notice_limit(posted)
        ends = None if limit is None or limit.due > self._model.today() else limit.due
        if self.ended_on.value() in {None, self._proposed} and not self.ended_on.faults():
            self.ended_on.set_value(ends)
            self._proposed = ends
        self.arrange()


class _PostedForm(SharedForm):
    """登记张贴: one notice is hung up; its end comes later."""

    def __init__(self, model: BatchModel, sheet: BatchSheet) -> None:
        super().__init__()
        del sheet
        self._model = model
        self.posted_on = DateField("posted_on", "张贴日期", model.today, required=True)
        self.add(self.posted_on, TextField("place", "公示地点", required=True))
        self.because = label("", "small", wrap=True)
        self.rows.addWidget(self.because)
        self.add(YesNoField("photo", "公示照片是否已附", yes="已附", no="还没有附"))
        self.posted_on.edited.connect(self.arrange)

    def arrange(self) -> None:
        """Say when it may end."""
        posted = self.posted_on.value()
        limit = None if posted is None or self.posted_on.faults() else self._model.notice_limit(posted)
        self.because.setText(
            "" if limit is None else f"最早{limit.due.isoformat()}结束：{limit.says_on(self._model.today())}"
        )
        self.because.setVisible(limit is not None)


class _LettersForm(SharedForm):
    """告知书: whom the applicants can ask, and how often each is printed."""

    def __init__(self, model: BatchModel, sheet: BatchSheet) -> None:
        super().__init__()
        del sheet
        self._model = model
        hint = "写进告知书：群众咨询和申请复核的地点、电话"
        self.contact = TextField("contact", "联系方式", hint=hint, required=True)
        self.add(
            self.contact,
            IntegerField("copies", "份数", hint="每户的份数：本户一份，存档一份", required=True),
        )

    def arrange(self) -> None:
        """What is numbered already keeps the contact that it has."""
        view = self._model.view
        self.contact.setVisible(len(view.waiting) < len(view.chosen) or not view.chosen)


FORMS: dict[BatchDeed, Callable[[BatchModel, BatchSheet], SharedForm]] = {
    BatchDeed.HOME_VISIT: _VisitForm,
    BatchDeed.DEMOCRATIC_REVIEW: _ReviewForm,
    BatchDeed.PUBLIC_NOTICE: _NoticeForm,
    BatchDeed.NOTICE_POSTED: _PostedForm,
    BatchDeed.LETTERS: _LettersForm,
}


def _ask_the_late(field: ParagraphField, late: tuple[BatchLine, ...]) -> None:
    field.setVisible(bool(late) or bool(field.value()))
    names = "、".join(line.who for line in late[:5])
    more = f"等{len(late)}户" if len(late) > 5 else f"（{len(late)}户）"  # noqa: PLR2004 - as many as a line takes
    field.show_hint(f"只写进超期的：{names}{more}；如实填写，不影响办理" if late else "没有超期的户，不会写入")
