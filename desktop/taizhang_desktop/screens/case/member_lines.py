"""The members of a 核查表 as rows of a grid, and back; and flat as words, as a half-typed form is kept."""

from collections.abc import Mapping, Sequence

from taizhang_casework.domain.pack import Entry, RegulationPack
from taizhang_casework.domain.people import PersonId, Relation
from taizhang_casework.domain.steps import MemberCheck
from taizhang_casework.domain.yes_no import YesNo

from taizhang_desktop.kit.choice_fields import Option
from taizhang_desktop.kit.choice_grid import Chosen, GridColumn, GridRow
from taizhang_desktop.viewmodels.case_words import RELATIONS

YES_NO = (Option(YesNo.YES.value, "是"), Option(YesNo.NO.value, "否"))
_INSURED = {
    "medical_insurance": "医保",
    "serious_illness_insurance": "大病险",
    "pension_insurance": "养老险",
    "subsistence_allowance": "低保",
}
_KEYS = ("relation", "education", "schooling", "health", "labour", *_INSURED)
_PARTS = 2 + len(_KEYS)
"""Name and person, then the answers in the order of the columns."""
_BETWEEN = " "


def columns(pack: RegulationPack) -> tuple[GridColumn, ...]:
    """What the 核查表 asks of each member, in its order."""
    relations = tuple(Option(relation.value, words) for relation, words in RELATIONS.items())
    return (
        GridColumn(key="relation", title="关系", options=relations),
        GridColumn(key="education", title="文化程度", options=_options(pack.education_levels), width=5),
        GridColumn(key="schooling", title="在校", options=_options(pack.schooling_states)),
        GridColumn(key="health", title="健康", options=_options(pack.health_states), many=True, width=6),
        GridColumn(key="labour", title="劳动技能", options=_options(pack.labour_skills), width=6),
        *(GridColumn(key=key, title=title, options=YES_NO, width=2) for key, title in _INSURED.items()),
    )


def _options(entries: Sequence[Entry]) -> tuple[Option[str], ...]:
    return tuple(Option(entry.key, entry.label) for entry in entries)


def grid_rows(members: Sequence[MemberCheck]) -> tuple[GridRow, ...]:
    """A row each; two of one name stay two."""
    return tuple(GridRow(key=str(at), title=member.name) for at, member in enumerate(members))


def chosen_of(members: Sequence[MemberCheck]) -> dict[tuple[str, str], Chosen]:
    """What is answered, by row and column."""
    return {
        (str(at), key): value for at, member in enumerate(members) for key in _KEYS if (value := _value(member, key))
    }


def _value(member: MemberCheck, key: str) -> Chosen:
    value: object = getattr(member, key)
    if isinstance(value, tuple):
        return value
    if isinstance(value, Relation | YesNo):
        return (value.value,)
    return (value,) if isinstance(value, str) and value else ()


def answered(members: Sequence[MemberCheck], chosen: Mapping[tuple[str, str], Chosen]) -> tuple[MemberCheck, ...]:
    """The members with what the grid answers of them."""
    return tuple(
        _member(member.name, member.person, {key: chosen.get((str(at), key), ()) for key in _KEYS})
        for at, member in enumerate(members)
    )


def _member(name: str, person: PersonId, chosen: Mapping[str, Chosen]) -> MemberCheck:
    first = {key: next(iter(values), "") for key, values in chosen.items()}
    asked = {key: next((each for each in YesNo if each.value == first[key]), None) for key in _INSURED}
    return MemberCheck(
        name=name,
        person=person,
        relation=next((each for each in Relation if each.value == first["relation"]), None),
        health=chosen["health"],
        education=first["education"],
        schooling=first["schooling"],
        labour=first["labour"],
        **asked,
    )


def flat(members: Sequence[MemberCheck]) -> tuple[str, ...]:
    """All of it as words, member after member."""
    return tuple(
        part
        for member in members
        for part in (member.name, member.person, *(_BETWEEN.join(_value(member, key)) for key in _KEYS))
    )


def unflat(words: Sequence[str]) -> tuple[MemberCheck, ...]:
    """The members that :func:`flat` wrote."""
    parts = [words[at : at + _PARTS] for at in range(0, len(words) - len(words) % _PARTS, _PARTS)]
    return tuple(
        _member(name, PersonId(person), {key: tuple(said.split()) for key, said in zip(_KEYS, rest, strict=True)})
        for name, person, *rest in parts
    )
