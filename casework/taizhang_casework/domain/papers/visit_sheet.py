"""入户核查表: the sheet that the visitors fill in and the head signs."""

from datetime import date

import msgspec

from taizhang_casework.domain.income import income_period, reckon_visit
from taizhang_casework.domain.ledger_rules import detail_words
from taizhang_casework.domain.money import Fen, yuan
from taizhang_casework.domain.national_record import RELATION_WORDS, YES_NO_WORDS, CheckedMember, checked_members
from taizhang_casework.domain.pack import Entry, RegulationPack, words_of
from taizhang_casework.domain.papers.choice import Choice, choices, yes_no
from taizhang_casework.domain.papers.facts import PaperFacts, PaperSetting
from taizhang_casework.domain.people import Relation
from taizhang_casework.domain.steps import HomeVisit
from taizhang_casework.domain.yes_no import YesNo

SECURED, NOT_SECURED = "有保障", "无保障"
BLANK_MEMBERS = 6


class VisitMember(msgspec.Struct, frozen=True, kw_only=True):
    """A member's line, in words; what nobody wrote down is empty."""

    name: str = ""
    id_number: str = ""
    relation: str = ""
    education: str = ""
    schooling: str = ""
    health: str = ""
    labour: str = ""
    medical_insurance: str = ""
    serious_illness_insurance: str = ""
    pension_insurance: str = ""
    subsistence_allowance: str = ""


class VisitIncomes(msgspec.Struct, frozen=True, kw_only=True):
    """The amounts in yuan as text. ``period`` is the months that are asked for, ``per_head`` what they come to."""

    period: str = ""
    wage: str = ""
    business: str = ""
    property: str = ""
    transfer: str = ""
    expenses: str = ""
    per_head: str = ""


class VisitSheet(msgspec.Struct, frozen=True, kw_only=True):
    """The sheet. Empty texts and None are room to write. ``more`` are lines for members beside those that are named.

    ``words`` are the dictionaries that a member's line is filled in with: name and words. ``visitors`` are named where the visit
    was made; ``visitors_at_least`` have to sign.
    """

    office_name: str
    words: tuple[tuple[str, tuple[str, ...]], ...]
    house_grades: tuple[Choice, ...]
    water: tuple[Choice, ...]
    secured: tuple[tuple[str, tuple[Choice, ...]], ...]
    risks: tuple[Choice, ...]
    visitors_at_least: int
    town: str = ""
    village: str = ""
    visited_on: date | None = None
    head_name: str = ""
    head_id_number: str = ""
    phone: str = ""
    channel: str = ""
    source: str = ""
    received_on: date | None = None
    detail: str = ""
    members: tuple[VisitMember, ...] = ()
    more: int = BLANK_MEMBERS
    incomes: VisitIncomes = VisitIncomes()
    conclusion: str = ""
    late_reason: str = ""
    visitors: tuple[str, ...] = ()
    personal: bool = False


def blank_visit_sheet(setting: PaperSetting) -> VisitSheet:
    """With the words of the pack alone."""
    return _sheet(setting, None)


def visit_sheet(facts: PaperFacts) -> VisitSheet:
    """Of a case: before the visit the household as the office knows it, after it what was found."""
    visit, warning = facts.state.home_visit, facts.case.warning
    head = facts.head_then(None if visit is None else visit.visited_on)
    members = _members(facts, visit)
    return msgspec.structs.replace(
        _sheet(facts.setting, visit),
        village=facts.place,
        head_name="" if head is None else head.name,
        head_id_number="" if head is None else head.id_number,
        phone="" if head is None else head.phone,
        channel=facts.pack.channel(warning.channel).label,
        source=warning.source,
        received_on=warning.received_on,
        detail=detail_words(warning, head),
        members=members,
        more=0 if visit is not None and visit.members else max(2, BLANK_MEMBERS - len(members)),
        incomes=VisitIncomes() if visit is None else _incomes(visit),
        personal=True,
    )


def _sheet(setting: PaperSetting, visit: HomeVisit | None) -> VisitSheet:
    """What the visit answers, every box open where there was none yet."""
    pack = setting.pack
    labels = {entry.key: entry.label for entry in pack.guarantees}
    secured = (
        ("schooling", None if visit is None else visit.schooling_secured),
        ("medical", None if visit is None else visit.medical_secured),
        ("housing", None if visit is None else visit.housing_secured),
    )
    return VisitSheet(
        office_name=setting.office_name,
        town=setting.town,
        words=tuple((name, tuple(entry.label for entry in entries)) for name, entries in _dictionaries(pack)),
        house_grades=choices(pack.house_grades, () if visit is None else (visit.house_grade,)),
        water=choices(pack.water_states, () if visit is None else (visit.water,)),
        secured=tuple((labels.get(key, key), yes_no(answer, SECURED, NOT_SECURED)) for key, answer in secured),
        risks=choices(pack.risks, () if visit is None else visit.risks),
        visitors_at_least=pack.verifiers_at_least,
        visited_on=None if visit is None else visit.visited_on,
        conclusion="" if visit is None else visit.conclusion,
        late_reason="" if visit is None else visit.late_reason,
        visitors=() if visit is None else visit.visitors,
    )


def _dictionaries(pack: RegulationPack) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    return (
        ("文化程度", pack.education_levels),
        ("在校状况", pack.schooling_states),
        ("健康状况", pack.health_states),
        ("劳动技能", pack.labour_skills),
    )


def _members(facts: PaperFacts, visit: HomeVisit | None) -> tuple[VisitMember, ...]:
    household, now = facts.circumstances.household, facts.circumstances
    if household is None:
        return tuple(
            _member(CheckedMember(each.name, "", each), None, facts.pack)
            for each in (() if visit is None else visit.members)
        )
    day = now.today if visit is None else visit.visited_on
    relations = {m.person.name: m.relation for m in facts.memberships_then(day)}
    return tuple(_member(each, relations.get(each.name), facts.pack) for each in checked_members(household, visit, day))


def _member(member: CheckedMember, known: Relation | None, pack: RegulationPack) -> VisitMember:
    check = member.check
    relation = check.relation or known
    return VisitMember(
        name=member.name,
        id_number=member.id_number,
        relation="" if relation is None else RELATION_WORDS[relation],
        education=words_of(pack.education_levels, check.education),
        schooling=words_of(pack.schooling_states, check.schooling),
        health="、".join(words_of(pack.health_states, state) for state in check.health),
        labour=words_of(pack.labour_skills, check.labour),
        medical_insurance=_answer(check.medical_insurance),
        serious_illness_insurance=_answer(check.serious_illness_insurance),
        pension_insurance=_answer(check.pension_insurance),
        subsistence_allowance=_answer(check.subsistence_allowance),
    )


def _answer(answer: YesNo | None) -> str:
    return "" if answer is None else YES_NO_WORDS[answer]


def _incomes(visit: HomeVisit) -> VisitIncomes:
    given = visit.incomes
    return VisitIncomes(
        period=income_period(visit.visited_on).says,
        wage=_amount(given.wage),
        business=_amount(given.business),
        property=_amount(given.property),
        transfer=_amount(given.transfer),
        expenses=_amount(given.expenses),
        per_head=_amount(reckon_visit(visit).per_head),
    )


def _amount(amount: Fen | None) -> str:
    return "" if amount is None else yuan(amount)
