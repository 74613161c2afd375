"""The forms of 民主评议 and 村级公示, and the one that cites an earlier comparison."""

from datetime import date

from taizhang_desktop.kit.choice_fields import ChoiceField, Option, YesNoField
from taizhang_desktop.kit.parts import label
from taizhang_desktop.kit.text_fields import DateField, IntegerField, ParagraphField, TextField
from taizhang_desktop.screens.case.record_form import RecordForm, options
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_sheet import CaseSheet


class ReviewForm(RecordForm):
    """民主评议: attendance, votes, and what the meeting said of the household."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        forms = [Option(rule.form.value, rule.label) for rule in sheet.pack.quorums]
        self.add(
            DateField("held_on", "评议日期", model.today, required=True),
            ChoiceField("form", "评议形式", forms, required=True),
        )
        self.add(
            IntegerField("expected", "应到", unit="人", required=True),
            IntegerField("present", "实到", unit="人", required=True),
            TextField("host", "主持人", most=50, required=True),
            TextField("recorder", "记录人", most=50, required=True),
        )
        self.add(
            IntegerField("agree", "同意", unit="人", required=True),
            IntegerField("against", "不同意", unit="人", required=True),
            IntegerField("abstain", "弃权", unit="人", required=True),
        )
        hint = "对本户的意见；没有不同意见的写“没有不同意见”"
        self.add(ParagraphField("opinions", "评议意见", most=500, lines=2, hint=hint))
        paper = "签到表拍照或扫描后，放在本条的“附件”里（签字表）"
        self.add(YesNoField("sign_in_sheet", "签到表是否已附", yes="已附", no="还没有附", hint=paper))


class SkipForm(RecordForm):
    """不再重复信息比对: cites the earlier one (二（三）)."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        known = sheet.known.compared
        found = "" if known is None else "程序在台账里找到这一户以前的信息比对，请核对"
        self.add(
            ChoiceField("ground", "不再比对的依据", options(sheet.pack.skip_grounds), required=True),
            DateField("skipped_on", "确定不再比对的日期", model.today, required=True),
        )
        self.add(
            TextField("earlier_document", "以前比对的文书或编号", hint=found, required=True),
            DateField("earlier_on", "以前比对的日期", model.today, required=True),
        )


class NoticeForm(RecordForm):
    """村级公示: the end is proposed from the beginning, objections must be settled, an overrun is asked about."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        del sheet
        self._model = model
        self._proposed: date | None = None
        self.photo = YesNoField(
            "photo", "公示照片是否已附", yes="已附", no="还没有附", hint="张贴后拍照，放在本条的“附件”里（照片）"
        )
        self.posted_on = DateField("posted_on", "张贴日期", model.today, required=True)
        self.ended_on = DateField("ended_on", "公示结束日期", model.today, required=True)
        self.place = TextField("place", "公示地点", required=True)
        self.objections = ParagraphField("objections", "群众异议", most=500, lines=2, hint="没有异议的不用填写")
        self.settled = ParagraphField("settled", "异议处理情况", most=500, lines=2, required=True)
        self.overrun_reason = ParagraphField(
            "overrun_reason", "超过15天的原因", most=300, lines=2, hint="如实填写，不影响办理"
        )
        self.add(self.posted_on, self.ended_on)
        self.because = label("", "small", wrap=True)
        self.because.setObjectName("case_notice_because")
        self.rows.addWidget(self.because)
        self.add(self.overrun_reason)
        self.add(self.place)
        self.add(self.photo)
        self.add(self.objections)
        self.add(self.settled)
        self.posted_on.edited.connect(self._propose)
        self.ended_on.edited.connect(self.arrange)
        self.objections.edited.connect(self.arrange)

    def arrange(self) -> None:
        """Ask only what the answers call for."""
        overruns = self._model.overruns(self.ended_on.value())
        self.overrun_reason.setVisible(overruns or bool(self.overrun_reason.value()))
        self.settled.setVisible(bool(self.objections.value() or self.settled.value()))
        posted = self.posted_on.value()
        limit = None if posted is None else self._model.notice_limit(posted)
        says = "" if limit is None else f"最早{limit.due.isoformat()}结束：{limit.says_on(self._model.today())}"
        self.because.setText(says)
        self.because.setVisible(bool(says))

    def _propose(self) -> None:
        """The end follows the beginning as long as nobody has written another and its day has come."""
        posted = self.posted_on.value()
        limit = None if posted is None or self.posted_on.faults() else self._model.notice_limit(posted)
        ends = None if limit is None or limit.due > self._model.today() else limit.due
        if self.ended_on.value() in {None, self._proposed} and not self.ended_on.faults():
            self.ended_on.set_value(ends)
            self._proposed = ends
        self.arrange()
