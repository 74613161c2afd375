"""The forms beside the steps: 不符合, 绿色通道, 重新打开, 办结, 移到回收站, and those of the matching and letter panels."""

from taizhang_casework.domain.people import Relation
from taizhang_casework.services.new_household import MemberRelation

from taizhang_desktop.kit.choice_fields import ChoiceField, Option
from taizhang_desktop.kit.text_fields import DateField, NamesField, ParagraphField, TextField
from taizhang_desktop.screens.case.record_form import RecordForm, options
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_sheet import CaseSheet
from taizhang_desktop.viewmodels.case_words import RELATIONS, WAYS


def _steps(sheet: CaseSheet) -> list[Option[str]]:
    return [Option(step.value, sheet.pack.step(step).label) for step in sheet.state.order]


class RefusalForm(RecordForm):
    """不符合认定标准: at which step, and why in plain words."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        self.add(
            DateField("decided_on", "认定日期", model.today, required=True),
            ChoiceField("at", "认定环节", _steps(sheet), required=True),
        )
        self.add(ChoiceField("reason", "不符合认定标准的主要原因", options(sheet.pack.refusal_reasons), required=True))
        hint = "原因和说明会写进给群众的告知书，请用群众看得懂的话；选“其他原因”的必须填写"
        self.add(ParagraphField("explanation", "具体说明", most=300, lines=3, hint=hint))


class GreenForm(RecordForm):
    """绿色通道: help first; the steps stay owed."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        self.add(
            DateField("opened_on", "启动日期", model.today, required=True),
            ChoiceField("kind", "情形", options(sheet.pack.green_grounds), required=True),
        )
        hint = "写明发生了什么、生活怎样陷入严重困难"
        self.add(ParagraphField("ground", "事由", most=300, lines=2, hint=hint, required=True))
        self.add(TextField("recognised_by", "认可的人员或会议", hint="群众普遍认可的依据", required=True))
        self.add(ParagraphField("help_given", "先行帮扶内容", most=300, lines=2, required=True))
        self.add(DateField("helped_on", "帮扶日期", model.today, hint="实际给到帮扶的那一天", required=True))


class ReopeningForm(RecordForm):
    """重新打开: what was recorded from a step on no longer counts, and stays readable."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        hint = "这一步及以后的记录不再计入，仍保留在办理记录里"
        self.add(
            DateField("reopened_on", "重新打开的日期", model.today, required=True),
            ChoiceField("back_to", "退回到的环节", _steps(sheet), hint=hint, required=True),
        )
        self.add(ParagraphField("why", "原因", most=300, lines=2, required=True))


class DiscardingForm(RecordForm):
    """移到回收站: why."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        del model, sheet
        hint = "如：登记重了、登记到别的村了。谁在什么时候、为什么移走，会记入日志"
        self.add(ParagraphField("why", "移到回收站的原因", most=300, lines=2, hint=hint, required=True))


class ClosingForm(RecordForm):
    """办结: the day."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        del sheet
        self.add(DateField("closed_on", "办结日期", model.today, required=True))


class MemberForm(RecordForm):
    """本人是家庭成员: whose household it is."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        del model, sheet
        relations = [Option(each.value, RELATIONS[Relation(each.value)]) for each in MemberRelation]
        self.add(
            TextField("head_name", "户主姓名", most=50, required=True),
            TextField("head_id_number", "户主身份证号码", most=30, hint="已登记的户主会自动归入该户"),
            ChoiceField("relation", "本人与户主的关系", relations, required=True),
        )


class ContactForm(RecordForm):
    """出具告知书: where the applicant can ask."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        del model, sheet
        hint = "写进告知书：群众咨询和申请复核的地点、电话"
        self.add(TextField("contact", "联系方式", hint=hint, required=True))


class DeliveryForm(RecordForm):
    """送达回证."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        del sheet
        self.add(
            DateField("delivered_on", "送达日期", model.today, required=True),
            ChoiceField("way", "送达方式", [Option(way.value, words) for way, words in WAYS.items()], required=True),
        )
        self.add(
            NamesField("delivered_by", "送达人", hint="在送达回证上签字的两人", required=True),
            TextField("received_by", "收件人", most=50, required=True),
        )
        self.add(TextField("witness", "见证人", most=50, hint="留置送达的请填写"))


class ReturnVisitForm(RecordForm):
    """回访记录."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        del sheet
        self.add(
            DateField("visited_on", "回访日期", model.today, required=True),
            NamesField("visitors", "回访人员", required=True),
        )
        self.add(ParagraphField("explained", "向群众说明的内容", most=500, lines=2, required=True))
        self.add(TextField("attitude", "群众态度", hint="如表示理解、有异议"))
