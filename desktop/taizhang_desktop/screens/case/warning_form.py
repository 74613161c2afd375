"""更正预警信息: what came in, to be mended; of each channel its own few fields, as in 登记预警信息."""

from taizhang_casework.domain.warning import Channel
from taizhang_casework.domain.warning_correction import LONGEST_WHY
from taizhang_casework.domain.warning_draft import LONGEST_DETAIL, LONGEST_LINE

from taizhang_desktop.kit.choice_fields import ChoiceField, Option
from taizhang_desktop.kit.text_fields import DateField, ParagraphField, TextField
from taizhang_desktop.screens.case.record_form import RecordForm
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_sheet import CaseSheet
from taizhang_desktop.viewmodels.intake_form import SOURCE_TITLES, TYPED_CHANNELS

_UNCHANGED = "不改的留空"
_SOURCE = "预警信息来源"


class WarningForm(RecordForm):
    """The reason is asked last. Numbers are not shown: what is left blank stays as it is."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it; of a line that came in the bureau's package the channel stays."""
        super().__init__()
        came = sheet.case.warning.channel
        channels = (came,) if came is Channel.DEPARTMENT else TYPED_CHANNELS
        words = [Option(each.value, sheet.pack.channel(each).label) for each in channels]
        self.channel: ChoiceField[str] = ChoiceField("channel", "预警方式", words, required=True)
        self.source = TextField("source", _SOURCE, most=LONGEST_LINE, required=True)
        self.found_by = TextField("found_by", "发现人", most=LONGEST_LINE, required=True)
        self.applicant = TextField("applicant", "申请人", most=LONGEST_LINE, required=True)
        self.applied_on = DateField("applied_on", "申请日期", model.today, required=True)
        self.reference = TextField("reference", "信访编号", most=LONGEST_LINE)
        self.add(self.channel, self.source)
        self.add(
            TextField("name", "姓名", required=True),
            DateField("received_on", "信息反馈日期", model.today, required=True),
        )
        self.add(
            TextField("id_number", "身份证号码", most=30, hint=_UNCHANGED),
            TextField("phone", "联系电话", most=30, hint=_UNCHANGED),
        )
        self.add(self.applicant, self.applied_on)
        self.add(self.found_by, self.reference)
        self.add(ParagraphField("detail", "具体预警信息", most=LONGEST_DETAIL, lines=2, hint=_UNCHANGED))
        hint = "谁在什么时候、为什么改，原来是什么，都记入历史；同一户的成员姓名另在“户与成员”里改"
        self.add(ParagraphField("why", "更正的原因", most=LONGEST_WHY, lines=2, hint=hint, required=True))
        self.channel.edited.connect(self.arrange)
        self.arrange()

    def arrange(self) -> None:
        """Show what the channel asks for."""
        key = self.channel.value()
        for fields, channel in (
            ((self.found_by,), Channel.CADRE_SCREENING),
            ((self.applicant, self.applied_on), Channel.SELF_APPLICATION),
            ((self.reference,), Channel.PETITION),
        ):
            for field in fields:
                field.setVisible(key == channel.value)
        title = next((words for channel, words in SOURCE_TITLES.items() if channel.value == key), _SOURCE)
        self.source.title_label.setText(f"{title} *")
