"""The forms that write down that a step was begun: the notice hangs, the comparison is out, authorisations are being signed."""

from taizhang_casework.domain.comparison_rules import is_minor

from taizhang_desktop.kit.choice_fields import YesNoField
from taizhang_desktop.kit.parts import label
from taizhang_desktop.kit.text_fields import DateField, TextField
from taizhang_desktop.screens.case.record_form import RecordForm
from taizhang_desktop.screens.case.signatures_field import SignaturesField
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_sheet import CaseSheet


class PostedForm(RecordForm):
    """登记张贴公示: since when it hangs, and so not before when it may be taken down."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        del sheet
        self._model = model
        words = "公示贴出后先登记在这里，今日待办会在期满那天提醒；期满再填写结束日期和异议。"
        self.rows.addWidget(label(words, "muted", wrap=True))
        self.posted_on = DateField("posted_on", "张贴日期", model.today, required=True)
        self.add(self.posted_on, TextField("place", "公示地点", required=True))
        self.because = label("", "small", wrap=True)
        self.because.setObjectName("case_posted_because")
        self.rows.addWidget(self.because)
        hint = "张贴后拍照，放在本条的“附件”里（照片）"
        self.add(YesNoField("photo", "公示照片是否已附", yes="已附", no="还没有附", hint=hint))
        self.posted_on.edited.connect(self.arrange)

    def arrange(self) -> None:
        """Say when it may end."""
        posted = self.posted_on.value()
        limit = None if posted is None or self.posted_on.faults() else self._model.notice_limit(posted)
        self.because.setText(
            "" if limit is None else f"最早{limit.due.isoformat()}结束：{limit.says_on(self._model.today())}"
        )
        self.because.setVisible(limit is not None)


class AskedForm(RecordForm):
    """登记发出授权书: who has signed and who has not."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        self.add(DateField("asked_on", "授权书发出日期", model.today, required=True))
        self.add(signatures_field(model, sheet))


class SentForm(RecordForm):
    """登记送出比对: whom it was sent to, on whose authorisations."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        self.add(
            DateField("sent_on", "送出比对的日期", model.today, required=True),
            TextField("sent_to", "送往的单位", hint="如：区民政局", required=True),
        )
        self.add(signatures_field(model, sheet))


def signatures_field(model: CaseModel, sheet: CaseSheet) -> SignaturesField:
    """承诺授权书 of the household."""
    return SignaturesField(
        "signatures",
        "先收齐承诺授权书",
        model.today,
        minors=[person.name for person in sheet.members if is_minor(person.id_number, sheet.today)],
        hint="照签了字的授权书填签字日期；没签的空着。未成年人由监护人代签",
    )
