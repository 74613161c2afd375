"""录入系统: what to key in, field by field, and what comes back."""

from taizhang_desktop.kit.choice_fields import ChoiceField, MultiChoiceField
from taizhang_desktop.kit.text_fields import DateField, TextField
from taizhang_desktop.screens.case.copy_pane import CopyPane
from taizhang_desktop.screens.case.record_form import RecordForm, options
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_sheet import CaseSheet


class EntryForm(RecordForm):
    """With it the household is recognised."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """The copy-ready record above, the answers beneath."""
        super().__init__()
        self.section("一、照着录入国家系统", "每按一次复制一项，到国家系统里粘贴")
        self.copying = CopyPane(model, sheet)
        self.rows.addWidget(self.copying)
        self.section("二、录好以后登记")
        self.add(
            DateField("entered_on", "录入日期", model.today, required=True),
            TextField("household_number", "国家系统户编号", most=40, required=True),
        )
        self.add(ChoiceField("kind", "监测对象类型", options(sheet.pack.monitored_kinds), required=True))
        self.add(MultiChoiceField("risks", "风险类型", options(sheet.pack.risks), columns=4))
