"""入户核实 with its 核查表, part after part; Enter goes through all of it, Ctrl+S saves at any point."""

from PySide6.QtCore import Qt
from taizhang_casework.domain.income import income_period
from taizhang_casework.domain.steps import Incomes

from taizhang_desktop.kit.choice_fields import ChoiceField, MultiChoiceField, YesNoField
from taizhang_desktop.kit.money_field import MoneyField
from taizhang_desktop.kit.parts import Button, label, row
from taizhang_desktop.kit.text_fields import DateField, NamesField, ParagraphField
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.screens.case.members_field import MembersField
from taizhang_desktop.screens.case.record_form import RecordForm, options
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_answers import carried_over
from taizhang_desktop.viewmodels.case_sheet import CaseSheet

_SECURED = {"schooling_secured": "义务教育", "medical_secured": "基本医疗", "housing_secured": "住房安全"}


class HomeVisitForm(RecordForm):
    """Who went, members, house and water, incomes, the three guarantees, risks, conclusion."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it empty."""
        super().__init__()
        self._model = model
        pack = sheet.pack
        self.visited_on = DateField("visited_on", "入户核实日期", model.today, required=True)
        least = f"{pack.verifiers_at_least}名以上，用顿号、逗号或空格分开"
        self.visitors = NamesField("visitors", "核查人员", hint=least, required=True)
        self.late_reason = ParagraphField("late_reason", "超期原因", most=300, lines=2, hint="如实填写，不影响办理")
        self.add(self.visited_on, self.visitors)
        self.add(self.late_reason)
        self.section("家庭成员", f"{carried_over(sheet)}方向键走，按数字键选；Delete清空")
        self.members = MembersField("members", "成员情况", pack)
        self.add(self.members)
        self.section("住房和饮水")
        self.add(
            ChoiceField("house_grade", "住房等级", options(pack.house_grades)),
            ChoiceField("water", "饮水安全", options(pack.water_states)),
        )
        self.period = self.section("收入和支出")
        self.period.setObjectName("case_income_period")
        self.wage = MoneyField("wage_income", "工资性收入")
        self.business = MoneyField("business_income", "经营性收入", negative=True, hint="扣除成本，亏损填负数")
        self.assets = MoneyField("property_income", "财产性收入")
        self.transfer = MoneyField("transfer_income", "转移性收入", hint="低保金、养老金、补贴等")
        self.expenses = MoneyField("own_expenses", "必要支出自付部分", hint="医疗、上学等报销以后自己负担的")
        self.add(self.wage, self.business)
        self.add(self.assets, self.transfer)
        self.add(self.expenses)
        self.reckoned = label("", "muted", wrap=True, select=True)
        self.reckoned.setObjectName("case_reckoned")
        self.lines = Button("收入线…", "quiet")
        self.lines.setObjectName("case_income_lines")
        self.lines.setToolTip("看收入线，录入上级公布的收入线；填了一半的核查表会留着")
        self.lines.clicked.connect(model.go_income_lines)
        beneath = row(spacing=SPACE.medium)
        beneath.addWidget(self.reckoned, 1)
        beneath.addStretch(0)
        beneath.addWidget(self.lines, 0, Qt.AlignmentFlag.AlignTop)
        self.rows.addLayout(beneath)
        self.section("三保障")
        self.add(*(YesNoField(name, f"{words}有保障", yes="有", no="没有") for name, words in _SECURED.items()))
        self.section("风险和结论")
        self.add(MultiChoiceField("risks", "风险类型", options(pack.risks), columns=4))
        self.add(ParagraphField("conclusion", "核实情况和结论", most=500, lines=3, required=True))
        paper = "核查表签字页拍照或扫描后，放在本条的“附件”里（签字表）"
        self.add(YesNoField("head_signed", "户主是否签字", yes="已签字", no="没有签字", hint=paper))
        for field in (
            self.visited_on,
            self.members,
            self.wage,
            self.business,
            self.assets,
            self.transfer,
            self.expenses,
        ):
            field.edited.connect(self.arrange)

    def arrange(self) -> None:
        """Ask why only where it is late; show the period and the arithmetic as they follow from the answers."""
        visited_on = self.visited_on.value()
        late = self._model.visit_is_late(visited_on)
        self.late_reason.setVisible(late or bool(self.late_reason.value()))
        months = "填了入户核实日期后显示起止月份" if visited_on is None else income_period(visited_on).says
        self.period.setText(f"入户当月以前12个月：{months}；没有的填0")
        incomes = Incomes(
            wage=self.wage.value(),
            business=self.business.value(),
            property=self.assets.value(),
            transfer=self.transfer.value(),
            expenses=self.expenses.value(),
        )
        says = self._model.reckoned(incomes, len(self.members.value()), visited_on).says
        self.reckoned.setText("\n".join(says))
        self.reckoned.setVisible(bool(says))
