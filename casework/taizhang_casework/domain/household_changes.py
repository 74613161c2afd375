"""Changes of a household, each with its day and reason: somebody joins, leaves, becomes the head; what was is never overwritten.

Each change gives the household afterwards, or says everything that stands in its way. A slip of the pen is mended by
:func:`corrected`, which keeps the days.
"""

from datetime import date, timedelta

import msgspec

from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.id_number import parse_id_number
from taizhang_casework.domain.people import Household, Membership, Person, PersonId, Relation
from taizhang_casework.domain.person_name import parse_name
from taizhang_casework.domain.phone_number import parse_phone
from taizhang_casework.domain.typed_text import half_characters

_ONE_DAY = timedelta(days=1)
LONGEST_REASON = 100
"""Code points of a reason."""


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """When and why something changed; ``on`` None is a blank day, which is said and never filled in."""

    on: date | None
    because: str


Changed = Household | tuple[Finding, ...]
"""The household afterwards, or what stands in the way."""


def check_person(person: Person) -> tuple[Finding, ...]:
    """What is wrong with a person as typed; a missing number is allowed (无证件)."""
    found = list(half_characters("name", person.name))
    name = parse_name(person.name)
    if name.says:
        found.append(Finding(field="name", code="bad_name", says=name.says))
    if person.id_number:
        parsed = parse_id_number(person.id_number)
        if parsed.says:
            found.append(Finding(field="id_number", code="bad_id", says=parsed.says))
    phone = parse_phone(person.phone)
    if phone.says:
        found.append(Finding(field="phone", code="bad_phone", says=phone.says))
    return tuple(found)


def tidy(person: Person) -> Person:
    """The person with name, number and telephone in the one spelling that is kept."""
    number = parse_id_number(person.id_number).number if person.id_number.strip() else ""
    return msgspec.structs.replace(
        person, name=parse_name(person.name).text, id_number=number, phone=parse_phone(person.phone).number
    )


def joined(household: Household, person: Person, relation: Relation, happening: Happening, today: date) -> Changed:
    """The household with one more member from that day on; who comes as head takes the place of none."""
    found = [*check_person(person), *_check(happening, today)]
    person = tidy(person)
    lasting = [m for m in household.memberships if m.until is None]
    if any(m.person.id == person.id or (person.id_number and m.person.id_number == person.id_number) for m in lasting):
        found.append(Finding(field="id_number", code="already_member", says=f"{person.name}已经是本户成员"))
    if relation is Relation.HEAD and any(m.relation is Relation.HEAD for m in lasting):
        found.append(Finding(field="relation", code="second_head", says="本户已有户主；户主变了请用“变更户主”"))
    if found or happening.on is None:
        return tuple(found)
    member = Membership(person=person, relation=relation, since=happening.on, because=happening.because.strip())
    return msgspec.structs.replace(household, memberships=(*household.memberships, member))


def left(household: Household, person: PersonId, happening: Happening, today: date) -> Changed:
    """The household without a member after that day, which is the member's last."""
    found = list(_check(happening, today))
    member = _lasting(household, person)
    if member is None:
        return (*found, Finding(field="person", code="no_member", says="此人现在不是本户成员"))
    others = [m for m in household.memberships if m.until is None and m is not member]
    if member.relation is Relation.HEAD and others:
        says = f"{member.person.name}是户主，请先变更户主"
        found.append(Finding(field="person", code="is_head", says=says))
    if happening.on is not None and happening.on < member.since:
        found.append(_too_early(member, "on"))
    if found or happening.on is None:
        return tuple(found)
    return _ended(household, member, happening.on, happening.because)


def headed_by(
    household: Household, person: PersonId, former_becomes: Relation | None, happening: Happening, today: date
) -> Changed:
    """The household with another head from that day on; the former one stays as ``former_becomes``, or leaves where that is None."""
    found = list(_check(happening, today))
    new = _lasting(household, person)
    old = next((m for m in household.memberships if m.until is None and m.relation is Relation.HEAD), None)
    if new is None:
        found.append(Finding(field="person", code="no_member", says="请选择本户现在的成员"))
    elif new is old:
        found.append(Finding(field="person", code="is_head", says=f"{new.person.name}已经是户主"))
    if former_becomes is Relation.HEAD:
        found.append(Finding(field="former_becomes", code="second_head", says="原户主变更后不能仍是户主"))
    for member in (new, old):
        if member is not None and happening.on is not None and happening.on <= member.since:
            found.append(_too_early(member, "on"))
            break
    if found or new is None or happening.on is None:
        return tuple(found)
    before, because = happening.on - _ONE_DAY, happening.because.strip()
    begins = [Membership(person=new.person, relation=Relation.HEAD, since=happening.on, because=because)]
    after = _ended(household, new, before, because)
    if old is not None:
        after = _ended(after, old, before, because)
        if former_becomes is not None:
            begins.append(Membership(person=old.person, relation=former_becomes, since=happening.on, because=because))
    return msgspec.structs.replace(after, memberships=(*after.memberships, *begins))


def corrected(household: Household, person: Person, relation: Relation) -> Changed:
    """The household with a slip mended: name, number, telephone of a person wherever he stands, and his present relation.

    A head stays one and nobody becomes one this way: that has a day and a reason.
    """
    found = list(check_person(person))
    member = _lasting(household, person.id)
    if member is None:
        return (*found, Finding(field="person", code="no_member", says="此人现在不是本户成员"))
    if (member.relation is Relation.HEAD) is not (relation is Relation.HEAD):
        found.append(Finding(field="relation", code="second_head", says="户主变了请用“变更户主”，须写日期和原因"))
    person = tidy(person)
    if person.id_number and any(
        m.person.id != person.id and m.until is None and m.person.id_number == person.id_number
        for m in household.memberships
    ):
        found.append(Finding(field="id_number", code="already_member", says="本户另一名成员已有这个身份证号码"))
    if found:
        return tuple(found)
    return msgspec.structs.replace(
        household,
        memberships=tuple(
            msgspec.structs.replace(m, person=person, relation=relation if m is member else m.relation)
            if m.person.id == person.id
            else m
            for m in household.memberships
        ),
    )


def _lasting(household: Household, person: PersonId) -> Membership | None:
    return next((m for m in household.memberships if m.until is None and m.person.id == person), None)


def _ended(household: Household, member: Membership, last: date, because: str) -> Household:
    ended = msgspec.structs.replace(member, until=last, ended_because=because.strip())
    return msgspec.structs.replace(
        household, memberships=tuple(ended if m is member else m for m in household.memberships)
    )


def _check(happening: Happening, today: date) -> tuple[Finding, ...]:
    found = list(half_characters("because", happening.because))
    if happening.on is None:
        found.append(Finding(field="on", code="blank", says="请填写日期"))
    elif happening.on > today:
        found.append(Finding(field="on", code="future", says="这一天还没有到，请填写实际日期"))
    if not happening.because.strip():
        found.append(Finding(field="because", code="blank", says="请填写原因"))
    elif len(happening.because.strip()) > LONGEST_REASON:
        found.append(Finding(field="because", code="too_long", says=f"原因最多{LONGEST_REASON}个字"))
    return tuple(found)


def _too_early(member: Membership, field: str) -> Finding:
    since = member.since.isoformat()
    says = f"日期应晚于{member.person.name}登记为本户成员的{since}；登记错的请用“更正”"
    return Finding(field=field, code="too_early", says=says)
