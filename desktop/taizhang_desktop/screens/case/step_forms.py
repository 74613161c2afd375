"""The forms of the five steps, and the one that cites an earlier comparison."""

from datetime import date

from taizhang_desktop.kit.choice_fields import ChoiceField, MultiChoiceField, Option
from taizhang_desktop.kit.text_fields import DateField, IntegerField, NamesField, ParagraphField, TextField
from taizhang_desktop.screens.case.doubts import DoubtsField
from taizhang_desktop.screens.case.record_form import RecordForm, options
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_sheet import CaseSheet


class HomeVisitForm(RecordForm):
    """入户核实; asks for a reason once the day is over its clock."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        self._model = model
        least = sheet.pack.verifiers_at_least
        self.visited_on = DateField("visited_on", "入户核实日期", model.today, required=True)
        self.visitors = NamesField("visitors", "核查人员", hint=f"{least}名以上，用顿号、逗号或空格分开", required=True)
        self.conclusion = ParagraphField("conclusion", "核实情况和结论", most=500, lines=4, required=True)
        self.risks = MultiChoiceField("risks", "风险类型", options(sheet.pack.risks), columns=4)
        self.late_reason = ParagraphField("late_reason", "超期原因", most=300, lines=2, hint="如实填写，不影响办理")
        self.add(self.visited_on, self.visitors)
        self.add(self.late_reason)
        self.add(self.conclusion)
        self.add(self.risks)
        self.visited_on.edited.connect(self.arrange)

    def arrange(self) -> None:
        """Ask why only where it is late."""
        late = self._model.visit_is_late(self.visited_on.value())
        self.late_reason.setVisible(late or bool(self.late_reason.value()))


class ReviewForm(RecordForm):
    """民主评议: attendance and votes."""

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


class ComparisonForm(RecordForm):
    """信息比对: who had signed, and what came back."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        people = [person.name for person in sheet.members]
        items = [entry.label for entry in sheet.pack.comparison_items]
        self.add(
            DateField("compared_on", "比对日期", model.today, required=True),
            NamesField("authorised", "已签承诺授权书的人员", required=True),
        )
        self.add(DoubtsField("doubts", "比对疑点", people, items, hint="没有疑点的不用添加；疑点要说明，不等于不符合"))


class SkipForm(RecordForm):
    """不再重复信息比对: cites the earlier one (二（三）)."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        self.add(
            ChoiceField("ground", "不再比对的依据", options(sheet.pack.skip_grounds), required=True),
            DateField("skipped_on", "确定不再比对的日期", model.today, required=True),
        )
        self.add(
            TextField("earlier_document", "以前比对的文书或编号", required=True),
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
        self.posted_on = DateField("posted_on", "张贴日期", model.today, required=True)
        self.ended_on = DateField("ended_on", "公示结束日期", model.today, required=True)
        self.place = TextField("place", "公示地点", required=True)
        self.objections = ParagraphField("objections", "群众异议", most=500, lines=2, hint="没有异议的不用填写")
        self.settled = ParagraphField("settled", "异议处理情况", most=500, lines=2, required=True)
        self.overrun_reason = ParagraphField(
            "overrun_reason", "超过15天的原因", most=300, lines=2, hint="如实填写，不影响办理"
        )
        self.add(self.posted_on, self.ended_on, self.place)
        self.add(self.overrun_reason)
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
        ends = None if posted is None else self._model.notice_ends(posted)
        self.posted_on.show_hint("" if ends is None else f"公示期到{ends.isoformat()}期满")

    def _propose(self) -> None:
        """The end follows the beginning as long as nobody has written another."""
        posted = self.posted_on.value()
        ends = None if posted is None or self.posted_on.faults() else self._model.notice_ends(posted)
        if self.ended_on.value() in {None, self._proposed} and not self.ended_on.faults():
            self.ended_on.set_value(ends)
            self._proposed = ends
        self.arrange()


class EntryForm(RecordForm):
    """录入系统: with it the household is recognised."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        self.add(
            DateField("entered_on", "录入日期", model.today, required=True),
            TextField("household_number", "国家系统户编号", most=40, required=True),
        )
        self.add(ChoiceField("kind", "监测对象类型", options(sheet.pack.monitored_kinds), required=True))
        self.add(MultiChoiceField("risks", "风险类型", options(sheet.pack.risks), columns=4))
