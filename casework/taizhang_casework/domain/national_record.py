"""录入系统: what is keyed into the national system, field by field in its order, ready to be copied."""

from collections.abc import Callable
from datetime import date

import msgspec

from taizhang_casework.domain.id_number import IdFault, Sex, parse_id_number, sex
from taizhang_casework.domain.income import reckon_visit
from taizhang_casework.domain.machine import CaseState
from taizhang_casework.domain.money import Fen, yuan
from taizhang_casework.domain.pack import RegulationPack, words_of
from taizhang_casework.domain.people import Household, Person, Relation
from taizhang_casework.domain.steps import HomeVisit, MemberCheck
from taizhang_casework.domain.yes_no import YesNo

RELATION_WORDS = {
    Relation.HEAD: "户主",
    Relation.SPOUSE: "配偶",
    Relation.CHILD: "子女",
    Relation.PARENT: "父母",
    Relation.GRANDCHILD: "孙子女",
    Relation.OTHER: "其他",
}
HOUSE = "户"
"""The group of the fields of the household itself."""
YES_NO_WORDS = {YesNo.YES: "是", YesNo.NO: "否"}


class CopyField(msgspec.Struct, frozen=True, kw_only=True):
    """A field of the national system with what belongs into it; ``value`` empty: not recorded here.

    ``group`` is 户 or the member's name. ``personal`` marks numbers that a screen masks until asked.
    """

    group: str
    label: str
    value: str
    personal: bool = False


class CheckedMember(msgspec.Struct, frozen=True):
    """A person with the line of the 核查表, where there is one."""

    name: str
    id_number: str
    check: MemberCheck


class _House(msgspec.Struct, frozen=True):
    """Everything that the fields of a household are filled from."""

    head: Person | None
    village: str
    visit: HomeVisit | None
    ended_on: date | None
    size: int
    pack: RegulationPack


_PERSONAL = frozenset({"head_id_number", "member_id_number", "phone"})


def national_record(
    household: Household, state: CaseState, pack: RegulationPack, *, village: str, on: date
) -> tuple[CopyField, ...]:
    """The fields of the household, then those of each member, in the pack's order; the head first among the members."""
    visit, notice = state.home_visit, state.public_notice
    members = checked_members(household, visit, on)
    house = _House(
        head=household.head_on(on),
        village=village,
        visit=visit,
        ended_on=None if notice is None else notice.ended_on,
        size=len(members),
        pack=pack,
    )
    fields = [
        CopyField(group=HOUSE, label=field.label, value=_OF_HOUSE[field.key](house), personal=field.key in _PERSONAL)
        for field in pack.national_fields
        if not field.each_member
    ]
    fields += [
        CopyField(
            group=member.name,
            label=field.label,
            value=_OF_MEMBER[field.key](member, pack),
            personal=field.key in _PERSONAL,
        )
        for member in members
        for field in pack.national_fields
        if field.each_member
    ]
    return tuple(fields)


def checked_members(household: Household, visit: HomeVisit | None, on: date) -> list[CheckedMember]:
    """The members of a day, the head first, then whoever the visitors met beside them; each with the line of the 核查表."""
    checks = {} if visit is None else {check.name: check for check in visit.members}
    head = household.head_on(on)
    people = sorted(household.members_on(on), key=lambda person: person != head)
    known = [CheckedMember(p.name, p.id_number, checks.pop(p.name, MemberCheck(name=p.name))) for p in people]
    return known + [CheckedMember(name, "", check) for name, check in checks.items()]


def _amount(amount: Fen | None) -> str:
    return "" if amount is None else yuan(amount)


def _of_visit(read: Callable[[HomeVisit, RegulationPack], str]) -> Callable[[_House], str]:
    return lambda house: "" if house.visit is None else read(house.visit, house.pack)


def _per_head(house: _House) -> str:
    if house.visit is None:
        return ""
    return _amount(reckon_visit(house.visit).per_head)


def _risks(visit: HomeVisit, pack: RegulationPack) -> str:
    return "、".join(words_of(pack.risks, risk) for risk in visit.risks)


_OF_HOUSE: dict[str, Callable[[_House], str]] = {
    "head_name": lambda house: "" if house.head is None else house.head.name,
    "head_id_number": lambda house: "" if house.head is None else house.head.id_number,
    "phone": lambda house: "" if house.head is None else house.head.phone,
    "village": lambda house: house.village,
    "household_size": lambda house: str(house.size),
    "recognised_on": lambda house: "" if house.ended_on is None else house.ended_on.isoformat(),
    "risks": _of_visit(_risks),
    "house_grade": _of_visit(lambda visit, pack: words_of(pack.house_grades, visit.house_grade)),
    "water": _of_visit(lambda visit, pack: words_of(pack.water_states, visit.water)),
    "wage_income": _of_visit(lambda visit, _: _amount(visit.wage_income)),
    "business_income": _of_visit(lambda visit, _: _amount(visit.business_income)),
    "property_income": _of_visit(lambda visit, _: _amount(visit.property_income)),
    "transfer_income": _of_visit(lambda visit, _: _amount(visit.transfer_income)),
    "own_expenses": _of_visit(lambda visit, _: _amount(visit.own_expenses)),
    "per_head_income": _per_head,
}


def _sex(member: CheckedMember) -> str:
    if not member.id_number or parse_id_number(member.id_number).fault in {
        IdFault.BAD,
        IdFault.LOST_DIGITS,
        IdFault.MISSING,
    }:
        return ""
    return "男" if sex(member.id_number) is Sex.MALE else "女"


def _yes_no(answer: YesNo | None) -> str:
    return "" if answer is None else YES_NO_WORDS[answer]


def _relation(member: CheckedMember) -> str:
    return "" if member.check.relation is None else RELATION_WORDS[member.check.relation]


_OF_MEMBER: dict[str, Callable[[CheckedMember, RegulationPack], str]] = {
    "member_name": lambda member, _: member.name,
    "member_id_number": lambda member, _: member.id_number,
    "relation": lambda member, _: _relation(member),
    "sex": lambda member, _: _sex(member),
    "education": lambda member, pack: words_of(pack.education_levels, member.check.education),
    "schooling": lambda member, pack: words_of(pack.schooling_states, member.check.schooling),
    "health": lambda member, pack: "、".join(words_of(pack.health_states, state) for state in member.check.health),
    "labour": lambda member, pack: words_of(pack.labour_skills, member.check.labour),
    "medical_insurance": lambda member, _: _yes_no(member.check.medical_insurance),
    "serious_illness_insurance": lambda member, _: _yes_no(member.check.serious_illness_insurance),
    "pension_insurance": lambda member, _: _yes_no(member.check.pension_insurance),
    "subsistence_allowance": lambda member, _: _yes_no(member.check.subsistence_allowance),
}
