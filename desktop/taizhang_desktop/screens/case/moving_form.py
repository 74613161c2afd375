"""改归另一户: to which household a warning belongs that was put with the wrong one, and why."""

from taizhang_casework.domain.people import Relation
from taizhang_casework.domain.warning_correction import LONGEST_WHY
from taizhang_casework.services.new_household import MemberRelation

from taizhang_desktop.kit.choice_fields import ChoiceField, Option
from taizhang_desktop.kit.text_fields import ParagraphField
from taizhang_desktop.screens.case.household_field import HouseholdField
from taizhang_desktop.screens.case.record_form import RecordForm
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_sheet import CaseSheet
from taizhang_desktop.viewmodels.case_words import RELATIONS


class MovingForm(RecordForm):
    """The relation is asked where the warned person joins the household by it."""

    def __init__(self, model: CaseModel, sheet: CaseSheet) -> None:
        """Draw it; nothing of an earlier search stands there."""
        super().__init__()
        model.finder.forget()
        self.house = HouseholdField(
            "household", "改归到哪一户", model.finder, model.mask, model.belongs, model.own_household
        )
        relations = [Option(each.value, RELATIONS[Relation(each.value)]) for each in MemberRelation]
        self.relation: ChoiceField[str] = ChoiceField(
            "relation",
            "本人与那一户户主的关系",
            relations,
            hint=f"{sheet.case.warning.name}还不是那一户的成员，改归时一起加入",
            required=True,
        )
        self.add(self.house)
        self.house.editor.setObjectName("case_moving_household")
        self.add(self.relation)
        hint = "如：同名，认错了户。谁在什么时候、为什么改归，记入历史"
        self.add(ParagraphField("why", "改归的原因", most=LONGEST_WHY, lines=2, hint=hint, required=True))
        self.house.edited.connect(self.arrange)
        self.arrange()

    def arrange(self) -> None:
        """Ask the relation or not."""
        self.relation.setVisible(self.house.joins)
