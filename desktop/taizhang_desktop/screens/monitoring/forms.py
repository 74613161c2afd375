"""The forms of a monitored household, field by field."""

from taizhang_casework.domain.monitoring import ClearingStep, LineStanding
from taizhang_casework.domain.monitoring_answers import MonitoringForm

from taizhang_desktop.kit.choice_fields import ChoiceField, MultiChoiceField, Option
from taizhang_desktop.kit.parts import label
from taizhang_desktop.kit.text_fields import DateField, NamesField, ParagraphField, TextField
from taizhang_desktop.screens.case.record_form import RecordForm, options
from taizhang_desktop.viewmodels.monitoring import MonitoringModel


def form_of(model: MonitoringModel, form: MonitoringForm) -> RecordForm:
    """The form, empty."""
    if form is MonitoringForm.CLEARING_VISIT:
        return ClearingVisitForm(model)
    made = RecordForm()
    _FIELDS[form](model, made)
    return made


class ClearingVisitForm(RecordForm):
    """入户核查 for 风险消除, with the income that the newest 入户核实 found under the question that asks for it."""

    def __init__(self, model: MonitoringModel) -> None:
        """Draw it empty."""
        super().__init__()
        self._model = model
        self.visited_on = DateField("visited_on", "入户核查日期", model.today, required=True)
        least = f"{model.pack.verifiers_at_least}名以上，用顿号、逗号或空格分开"
        self.add(self.visited_on, NamesField("visitors", "核查人员", hint=least, required=True))
        above = [Option(LineStanding.ABOVE.value, "高于监测标准"), Option(LineStanding.BELOW.value, "没有高于监测标准")]
        months = model.pack.monitoring.stable_months
        self.add(
            DateField("stable_since", "收入稳定，从哪天起", model.today, hint=f"须满{months}个月", required=True),
            ChoiceField("income", "家庭人均收入", above, required=True),
        )
        self.reckoned = label("", "muted", wrap=True, select=True)
        self.reckoned.setObjectName("monitoring_reckoned")
        self.rows.addWidget(self.reckoned)
        self.add(MultiChoiceField("secured", "已经巩固的", options(model.pack.guarantees)))
        self.add(ParagraphField("conclusion", "核查结论", most=500, lines=2, required=True))
        self.visited_on.edited.connect(self.arrange)
        self.arrange()

    def arrange(self) -> None:
        """The line that is compared with is that of the day of this visit."""
        self.reckoned.setText("\n".join(self._model.reckoned(self.visited_on.value())))


def _measure(model: MonitoringModel, form: RecordForm) -> None:
    form.add(
        TextField("what", "帮扶措施", most=100, hint="如：医疗救助、公益岗位、产业帮扶", required=True),
        TextField("responsible", "责任部门或责任人", most=50, required=True),
    )
    form.add(
        DateField("since", "开始日期", model.today, required=True),
        DateField("until", "计划完成日期", model.today, ahead=True),
    )
    form.add(DateField("done_on", "完成日期", model.today))
    form.add(ParagraphField("result", "成效", most=300, lines=2, hint="完成以后填写"))


def _follow_up(model: MonitoringModel, form: RecordForm) -> None:
    form.add(
        DateField("visited_on", "走访日期", model.today, required=True),
        NamesField("visitors", "走访人员", required=True),
    )
    form.add(ParagraphField("found", "走访情况", most=500, lines=3, required=True))
    form.add(TextField("late_reason", "超期原因", most=100, hint="按期走访的不用填"))


def _clearing_step(model: MonitoringModel, form: RecordForm) -> None:
    rules = [rule for rule in model.pack.clearing_steps if rule.step is not ClearingStep.HOME_VISIT]
    form.add(
        ChoiceField("step", "环节", [Option(rule.step.value, rule.label) for rule in rules], required=True),
        DateField("done_on", "办理日期", model.today, required=True),
    )
    sheet = model.view.sheet
    step = None if sheet is None else sheet.line.next_step
    hint = "" if step is None else model.pack.clearing_step(step).asks
    form.add(TextField("by", "办理单位或人员", most=50, required=True))
    form.add(ParagraphField("says", "办理情况", most=500, lines=2, hint=hint, required=True))


def _rollback(model: MonitoringModel, form: RecordForm) -> None:
    form.add(DateField("rolled_back_on", "回退日期", model.today, required=True))
    form.add(ParagraphField("why", "回退的原因", most=300, lines=2, required=True))


_FIELDS = {
    MonitoringForm.MEASURE: _measure,
    MonitoringForm.FOLLOW_UP_VISIT: _follow_up,
    MonitoringForm.CLEARING_STEP: _clearing_step,
    MonitoringForm.ROLLBACK: _rollback,
}
