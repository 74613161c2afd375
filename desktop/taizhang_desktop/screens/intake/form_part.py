"""The fields of 登记预警信息: each channel has its own few, and of a known household nothing is typed again."""

from collections.abc import Callable
from typing import TypeVar

from taizhang_casework.domain.people import PersonId, Relation
from taizhang_casework.domain.warning import Channel
from taizhang_casework.domain.warning_draft import LONGEST_DETAIL, LONGEST_LINE

from taizhang_desktop.kit.choice_fields import ChoiceField, Option
from taizhang_desktop.kit.field import Field, Form
from taizhang_desktop.kit.search_fields import FindField, SuggestField
from taizhang_desktop.kit.text_fields import DateField, ParagraphField, TextField
from taizhang_desktop.screens.intake.typed_fields import retype, typed_in
from taizhang_desktop.viewmodels.case_words import RELATIONS
from taizhang_desktop.viewmodels.intake import Chosen, IntakeModel
from taizhang_desktop.viewmodels.intake_drafts import HOUSEHOLD, TypedForm
from taizhang_desktop.viewmodels.intake_form import SOURCE_TITLES, HouseChoice, IntakeForm

NUMBER_HINT = "无证件的可以留空，按户口簿登记"
_V = TypeVar("_V")
_SOURCE = "预警信息来源"
_SOMEBODY_ELSE = PersonId("")
_ALONE = "-"
_TOGETHER_HINT = "各条台账分别保留，入户核实等只办一次"


class IntakeFields(Form):
    """The form. What is typed in a field that is hidden now is kept, and does not count."""

    def __init__(self, model: IntakeModel) -> None:
        """Draw an empty form."""
        super().__init__()
        self._model = model
        self._chosen: Chosen | None = None
        self._applicant_follows = True
        self.channel: ChoiceField[Channel] = ChoiceField(
            "channel", "预警方式", [Option(value, words) for value, words in model.channels], required=True
        )
        self.source = SuggestField("source", _SOURCE, placeholder="选择或填写", required=True)
        self.person: ChoiceField[PersonId] = ChoiceField("person", "预警对象", (), required=True)
        self.name = TextField("name", "姓名", required=True)
        self.id_number = TextField("id_number", "身份证号码", most=30, hint=NUMBER_HINT)
        self.phone = TextField("phone", "联系电话", most=30, hint="手机，或区号加固定电话；可以留空")
        self.village: FindField[str] = FindField(
            "village_code",
            "村（社区）",
            [Option(code, words) for code, words in model.villages],
            placeholder="输入村名中的字查找",
            required=True,
        )
        self.found_by = TextField("found_by", "发现人", most=LONGEST_LINE, required=True)
        self.applicant = TextField("applicant", "申请人", most=LONGEST_LINE, required=True)
        self.applied_on = DateField("applied_on", "申请日期", model.today, required=True)
        self.reference = TextField("reference", "信访编号", most=LONGEST_LINE)
        self.received_on = DateField("received_on", "信息反馈日期", model.today, required=True)
        self.house: ChoiceField[HouseChoice] = ChoiceField("house", "是哪一户", _HOUSES, required=True)
        self.relation: ChoiceField[Relation] = ChoiceField("relation", "与户主的关系", _MEMBERS, required=True)
        self.head_name = TextField("head_name", "户主姓名", required=True)
        self.head_id_number = TextField("head_id_number", "户主身份证号码", most=30, hint="不知道的可以留空")
        self.together: ChoiceField[str] = ChoiceField(
            "together_with", "一起核实", (), hint=_TOGETHER_HINT, required=True
        )
        self.detail = ParagraphField("detail", "具体预警信息", most=LONGEST_DETAIL, lines=2, required=True)
        self._lay_out()
        self.house.set_value(HouseChoice.LATER)
        self.channel.edited.connect(self._channel_chosen)
        self.edited.connect(self.fit)
        self.name.edited.connect(self._name_typed)
        self.person.edited.connect(self._name_typed)
        self.applicant.edited.connect(self._applicant_typed)
        self.fit()

    def value(self) -> IntakeForm:
        """The form as it stands; what is hidden is blank."""
        chosen = self._chosen
        person = self.person.value() or None
        return IntakeForm(
            channel=self.channel.value(),
            source=self.source.value(),
            detail=self.detail.value(),
            name=self._shown(self.name, self.name.value, ""),
            id_number=self._shown(self.id_number, self.id_number.value, ""),
            phone=self.phone.value(),
            village_code=self._shown(self.village, self.village.value, None) or "",
            received_on=self.received_on.value(),
            found_by=self._shown(self.found_by, self.found_by.value, ""),
            applicant=self._shown(self.applicant, self.applicant.value, ""),
            applied_on=self._shown(self.applied_on, self.applied_on.value, None),
            reference=self._shown(self.reference, self.reference.value, ""),
            household=None if chosen is None else chosen.household.id,
            person=None if chosen is None else person,
            house=self.house.value(),
            relation=self._shown(self.relation, self.relation.value, None),
            head_name=self._shown(self.head_name, self.head_name.value, ""),
            head_id_number=self._shown(self.head_id_number, self.head_id_number.value, ""),
            together_with="" if chosen is None else (self.together.value() or "").replace(_ALONE, ""),
        )

    def typed(self) -> dict[str, str]:
        """What stands in the fields letter for letter, and the known household."""
        if self._chosen is not None:
            return typed_in(self.fields) | {HOUSEHOLD: str(self._chosen.household.id)}
        of_household = {self.person, self.together}
        return typed_in(field for field in self.fields if field not in of_household) | {HOUSEHOLD: ""}

    def retype(self, typed: TypedForm) -> None:
        """Put back what stood there; the known household is chosen by the model."""
        retype((self.channel,), typed)
        self._channel_chosen()
        retype(self.fields, typed)
        self._applicant_follows = self.applicant.value() in {"", self._whose_name()}
        self.fit()

    def show_chosen(self, chosen: Chosen | None) -> None:
        """Take over a known household, or go back to what is typed."""
        if chosen == self._chosen:
            return
        self._chosen = chosen
        if chosen is not None:
            people = [Option(person, words) for person, words in chosen.people]
            self.person.set_options([*people, Option(_SOMEBODY_ELSE, "其他人（加入本户）")])
            self.person.set_value(chosen.head)
            lines = [Option(case, words) for case, words in chosen.lines]
            self.together.set_options([*lines, Option(_ALONE, "单独核实")])
            self.together.set_value(chosen.usual or _ALONE)
            self._name_typed()
        self.fit()

    def begin_again(self, *, same_kind: bool) -> None:
        """Blank what belongs to one person; with ``same_kind`` channel, source, village, day and 发现人 stay."""
        for field in (self.name, self.id_number, self.phone, self.detail, self.applicant, self.reference):
            field.set_value("")
        for field in (self.head_name, self.head_id_number):
            field.set_value("")
        self.applied_on.set_value(None)
        self.relation.set_value(None)
        self.house.set_value(HouseChoice.LATER)
        self._applicant_follows = True
        if not same_kind:
            self.channel.set_value(None)
            self.source.set_value("")
            self.found_by.set_value("")
            self.village.set_value(None)
            self.received_on.set_value(None)
            self._channel_chosen()
        self.show_chosen(None)
        self.fit()

    def fit(self) -> None:
        """Show the fields that the channel and the household ask for."""
        channel, chosen = self.channel.value(), self._chosen
        typed = chosen is None or not self.person.value()
        member = chosen is None and self.house.value() is HouseChoice.MEMBER
        for fields, shown in (
            ((self.found_by,), channel is Channel.CADRE_SCREENING),
            ((self.applicant, self.applied_on), channel is Channel.SELF_APPLICATION),
            ((self.reference,), channel is Channel.PETITION),
            ((self.person,), chosen is not None),
            ((self.name, self.id_number), typed),
            ((self.village, self.house), chosen is None),
            ((self.relation,), member or (chosen is not None and typed)),
            ((self.head_name, self.head_id_number), member),
            ((self.together,), chosen is not None and bool(chosen.lines)),
        ):
            for field in fields:
                field.setVisible(shown)
        title = _SOURCE if channel is None else f"{SOURCE_TITLES[channel]}（{_SOURCE}）"
        self.source.title_label.setText(f"{title} *")

    def _shown(self, field: Field, value: Callable[[], _V], blank: _V) -> _V:
        return value() if field.isVisibleTo(self) else blank

    def _lay_out(self) -> None:
        self.add(self.channel, self.source)
        self.add(self.person, self.together)
        self.add(self.name, self.id_number)
        self.add(self.phone, self.received_on)
        self.add(self.applicant, self.applied_on)
        self.add(self.found_by, self.reference)
        self.add(self.village, self.house)
        self.add(self.relation)
        self.add(self.head_name, self.head_id_number)
        self.add(self.detail)
        for field in self.fields:
            field.editor.setObjectName(f"intake_{field.name}")
        self.source.box.line.setObjectName("intake_source_line")
        self.village.box.line.setObjectName("intake_village_line")

    def _channel_chosen(self) -> None:
        self.source.set_suggestions(self._model.sources(self.channel.value()))

    def _name_typed(self) -> None:
        """Who applies is mostly the person; it can be seen and changed."""
        if self._applicant_follows:
            self.applicant.set_value(self._whose_name())

    def _whose_name(self) -> str:
        person = self.person.value()
        member = None if self._chosen is None or not person else self._chosen.household.member(person)
        return self.name.value() if member is None else member.person.name

    def _applicant_typed(self) -> None:
        self._applicant_follows = not self.applicant.value()


_MEMBERS: tuple[Option[Relation], ...] = tuple(
    Option(relation, words) for relation, words in RELATIONS.items() if relation is not Relation.HEAD
)
_HOUSES = (
    Option(HouseChoice.LATER, "以后再确认"),
    Option(HouseChoice.OWN, "新户，本人为户主"),
    Option(HouseChoice.MEMBER, "新户，户主是别人"),
)
