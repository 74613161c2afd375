"""信息比对: authorisations first, then the outcome for each person and item."""

from taizhang_desktop.kit.parts import label
from taizhang_desktop.kit.text_fields import DateField, TextField
from taizhang_desktop.screens.case.begun_forms import signatures_field
from taizhang_desktop.screens.case.outcomes_field import OutcomesField
from taizhang_desktop.screens.case.record_form import RecordForm
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_sheet import CaseSheet


class ComparisonForm(RecordForm):
    """Whoever is added to the authorisations is asked about beneath."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        known = sheet.known.compared
        if known is not None:
            words = f"台账里有这一户以前的{known.document}。低保对象、分散供养特困人员可以不再重复比对。"
            self.rows.addWidget(label(words, "muted", wrap=True))
        self.signatures = signatures_field(model, sheet)
        self.sent_on = DateField("sent_on", "送出比对的日期", model.today)
        self.sent_to = TextField("sent_to", "送往的单位")
        self.compared_on = DateField("compared_on", "比对日期", model.today, required=True)
        self.outcomes = OutcomesField("outcomes", "比对结果", sheet.pack, hint="有疑点的要说明；疑点不等于不符合")
        self.section("承诺授权")
        self.add(self.signatures)
        self.section("比对结果", "方向键走，按1填无、按2填有疑点；Delete清空")
        self.add(self.compared_on)
        self.add(self.sent_on, self.sent_to)
        self.add(self.outcomes)
        self.signatures.people_changed.connect(lambda: self.outcomes.show_people(self.signatures.people))

    def arrange(self) -> None:
        """When and where it was sent stands here where that was written down before."""
        for field in (self.sent_on, self.sent_to):
            field.setVisible(bool(self.sent_on.line.text() or self.sent_to.line.text()))

    def begin(self) -> None:
        """Whose authorisation is missing, before anything else."""
        if any(not line.signed_on.text().strip() for line in self.signatures.lines):
            self.signatures.begin()
        else:
            super().begin()
