"""The forms for what changes in a household: who joins, who leaves, who heads it, what was a slip."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.household_changes import LONGEST_REASON
from taizhang_casework.domain.people import Membership, PersonId, Relation

from taizhang_desktop.kit.choice_fields import ChoiceField, Option
from taizhang_desktop.kit.field import Field, Form
from taizhang_desktop.kit.parts import Button, column, label, row
from taizhang_desktop.kit.search_fields import SuggestField
from taizhang_desktop.kit.text_fields import DateField, TextField
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import SPACE
from taizhang_desktop.screens.intake.typed_fields import retype, typed_in
from taizhang_desktop.viewmodels.case_words import RELATIONS
from taizhang_desktop.viewmodels.intake_households import REASONS, HouseholdsModel, MemberAnswer
from taizhang_desktop.viewmodels.member_deed import DEED_TITLES, MemberDeed
from taizhang_desktop.viewmodels.member_drafts import Whose

_MEMBERS: tuple[Option[Relation], ...] = tuple(
    Option(relation, words) for relation, words in RELATIONS.items() if relation is not Relation.HEAD
)
_EVERY: tuple[Option[Relation], ...] = tuple(Option(relation, words) for relation, words in RELATIONS.items())
_LEAVES = "leaves"
_DAYS = {
    MemberDeed.JOIN: "加入日期",
    MemberDeed.LEAVE: "最后一天",
    MemberDeed.HEAD: "变更日期",
    MemberDeed.CORRECT: "",
}


class MemberForm(QWidget):
    """One form for the four deeds, with the fields that the deed asks for. ``left`` when it is given up."""

    left = Signal()

    def __init__(self, model: HouseholdsModel) -> None:
        """Begin without a deed."""
        super().__init__()
        self._model = model
        self._deed = MemberDeed.JOIN
        self._person: PersonId | None = None
        self.title = label("", "heading")
        self.who: ChoiceField[PersonId] = ChoiceField("person", "新户主", (), required=True)
        self.name = TextField("name", "姓名", required=True)
        self.id_number = TextField("id_number", "身份证号码", most=30, hint="无证件的可以留空")
        self.phone = TextField("phone", "联系电话", most=30)
        self.relation: ChoiceField[Relation] = ChoiceField("relation", "与户主的关系", _MEMBERS, required=True)
        self.former: ChoiceField[str] = ChoiceField("former_becomes", "原户主", _FORMER, required=True)
        self.day = DateField("on", "日期", model.today, required=True)
        self.because = SuggestField("because", "原因", most=LONGEST_REASON, placeholder="选择或填写", required=True)
        self.rest = label("", "finding", wrap=True)
        self.form = Form()
        self.form.add(self.who, self.former)
        self.form.add(self.name, self.id_number)
        self.form.add(self.relation, self.phone)
        self.form.add(self.day, self.because)
        for field in self.form.fields:
            field.editor.setObjectName(f"member_{field.name}")
        self.because.box.line.setObjectName("member_because_line")
        self.save = Button("保存", "primary", Icon.SAVE)
        self.save.setObjectName("member_save")
        self.back = Button("放弃填写", "quiet")
        self.back.setObjectName("member_back")
        self.draft = label("", "small")
        self.draft.setObjectName("member_draft")
        foot = row(self.back, None, self.draft, self.save)
        self.setLayout(column(self.title, self.form, self.rest, foot, spacing=SPACE.medium))
        self.save.clicked.connect(self._save)
        self.form.submitted.connect(self._save)
        self.form.edited.connect(self._keep)
        self.back.clicked.connect(self._give_up)
        model.faulted.connect(self._fault)
        model.draft_settled.connect(self._say_kept)

    def begin(self, deed: MemberDeed, member: Membership | None, present: tuple[Membership, ...]) -> None:
        """Open the form of a deed; ``member`` is the one that was chosen in the list."""
        self._deed = deed
        self._person = None if member is None or deed is MemberDeed.JOIN else member.person.id
        whose = "" if member is None or deed in {MemberDeed.JOIN, MemberDeed.HEAD} else f"：{member.person.name}"
        self.title.setText(DEED_TITLES[deed] + whose)
        self._blank()
        if deed is MemberDeed.HEAD:
            others = [m for m in present if m.relation is not Relation.HEAD]
            self.who.set_options([Option(m.person.id, f"{m.person.name}（{RELATIONS[m.relation]}）") for m in others])
            chosen = member.person.id if member is not None and member in others else None
            self.who.set_value(chosen)
        self.relation.set_options(_EVERY if deed is MemberDeed.CORRECT else _MEMBERS)
        if deed is MemberDeed.CORRECT and member is not None:
            self.name.set_value(member.person.name)
            self.id_number.set_value(member.person.id_number)
            self.phone.set_value(member.person.phone)
            self.relation.set_value(member.relation)
        self.because.set_suggestions(REASONS.get(deed, ()))
        self.day.title_label.setText(f"{_DAYS[deed]} *")
        asked = _ASKED[deed]
        for field in self.form.fields:
            field.setVisible(field.name in asked)
        typed = self._model.typed(self.whose)
        if typed is not None:
            retype(self._asked(), {name: value for name, value in typed.items() if isinstance(value, str)})
        self._say_kept()
        first = next(field for field in self.form.fields if field.name in asked)
        first.setFocus()

    @property
    def whose(self) -> Whose:
        """What is done, and to which member."""
        return self._deed, self._person if self._deed in {MemberDeed.LEAVE, MemberDeed.CORRECT} else None

    def _keep(self) -> None:
        self._model.keep(self.whose, typed_in(self._asked()))
        self._say_kept()

    def _say_kept(self) -> None:
        self.draft.setText(self._model.draft_says(self.whose))

    def _give_up(self) -> None:
        self._model.give_up(self.whose)
        self.left.emit()

    def _blank(self) -> None:
        for field in (self.name, self.id_number, self.phone, self.because):
            field.set_value("")
        self.day.set_value(None)
        self.relation.set_value(None)
        self.former.set_value(None)
        self.rest.setVisible(False)

    def _asked(self) -> list[Field]:
        return [field for field in self.form.fields if field.name in _ASKED[self._deed]]

    def _save(self) -> None:
        faults = tuple(fault for field in self._asked() for fault in field.faults())
        faults += tuple(
            Finding(field=field.name, code="blank", says=f"请选择{field.title}")
            for field in self._asked()
            if isinstance(field, ChoiceField) and field.value() is None
        )
        if faults:
            self._fault(faults)
            return
        former = self.former.value()
        person = self.who.value() if self._deed is MemberDeed.HEAD else self.whose[1]
        answer = MemberAnswer(
            name=self.name.value(),
            id_number=self.id_number.value(),
            phone=self.phone.value(),
            relation=self.relation.value(),
            former_becomes=None if former in {None, _LEAVES} else Relation(former),
            on=self.day.value(),
            because=self.because.value(),
        )
        self._model.save(self._deed, person, answer)

    def _fault(self, findings: tuple[Finding, ...]) -> None:
        if not self.isVisible():
            return
        asked = {field.name for field in self._asked()}
        self.form.show_findings([finding for finding in findings if finding.field in asked])
        rest = [finding.says for finding in findings if finding.field not in asked]
        self.rest.setText("\n".join(rest))
        self.rest.setVisible(bool(rest))


_FORMER = (
    Option(_LEAVES, "不再是本户成员（死亡、迁出等）"),
    *(
        Option(relation.value, f"仍是成员，为新户主的{words}")
        for relation, words in RELATIONS.items()
        if relation is not Relation.HEAD
    ),
)
_ASKED = {
    MemberDeed.JOIN: {"name", "id_number", "relation", "phone", "on", "because"},
    MemberDeed.LEAVE: {"on", "because"},
    MemberDeed.HEAD: {"person", "former_becomes", "on", "because"},
    MemberDeed.CORRECT: {"name", "id_number", "relation", "phone"},
}
