"""What the rules say about an 入户核实 and its 核查表."""

from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.clocks import Deadline, visit_limit
from taizhang_casework.domain.findings import Finding, blank, note
from taizhang_casework.domain.pack import Entry, RegulationPack
from taizhang_casework.domain.steps import HomeVisit, MemberCheck
from taizhang_casework.domain.yes_no import YesNo

_AMOUNTS = {
    "wage_income": "工资性收入",
    "business_income": "经营性收入",
    "property_income": "财产性收入",
    "transfer_income": "转移性收入",
    "own_expenses": "必要支出自付部分",
}
_MAY_BE_A_LOSS = "business_income"
_SECURED = {
    "schooling_secured": "义务教育",
    "medical_secured": "基本医疗",
    "housing_secured": "住房安全",
}
_NAMED = 3
"""So many blanks of a member are named; more are counted."""
MEMBER_BLANKS = {
    "relation": "与户主关系",
    "education": "文化程度",
    "schooling": "在校状况",
    "health": "健康状况",
    "labour": "劳动技能",
    "medical_insurance": "医保",
    "serious_illness_insurance": "大病保险",
    "pension_insurance": "养老保险",
    "subsistence_allowance": "低保",
}
"""What the 核查表 asks of each member."""


def check_home_visit(record: HomeVisit, now: Circumstances) -> tuple[Finding, ...]:
    """Visitors, conclusion, days, and what cannot be in the 核查表; what it leaves open is not said here."""
    return (
        *blank("conclusion", "核实结论", record.conclusion),
        *_visitors(record, now),
        *_days(record, now),
        *_amounts(record),
        *_words(record, now.pack),
        *_contradictions(record, now.pack),
    )


def passed_limit(record: HomeVisit, now: Circumstances) -> Deadline | None:
    """The limit of 入户核实 that the visit passed without a reason (二（二）); None where it came in time or says why not."""
    if record.late_reason.strip():
        return None
    limit = visit_limit(now.pack, now.case.warning.received_on, now.calendar)
    return limit if record.visited_on > limit.due else None


def unanswered_sheet(record: HomeVisit, now: Circumstances) -> tuple[Finding, ...]:
    """What the 核查表 still leaves open, a finding a part of it. None of it blocks: it can be completed by a correction."""
    found = [*_unanswered_members(record, now)]
    places = [
        label for label, value in (("住房等级", record.house_grade), ("饮水安全", record.water)) if not value.strip()
    ]
    if places:
        found.append(_open("house_grade" if not record.house_grade else "water", "、".join(places)))
    amounts = [(field, label) for field, label in _AMOUNTS.items() if getattr(record, field) is None]
    if amounts:
        found.append(_open(amounts[0][0], f"{'、'.join(label for _, label in amounts)}（没有的填0）"))
    secured = [(field, label) for field, label in _SECURED.items() if getattr(record, field) is None]
    if secured:
        found.append(_open(secured[0][0], f"三保障：{'、'.join(label for _, label in secured)}"))
    if record.head_signed is None:
        found.append(_open("head_signed", "户主是否签字"))
    return tuple(found)


def _open(field: str, what: str) -> Finding:
    return note(field, "not_recorded", f"核查表还没有填：{what}")


def _unanswered_members(record: HomeVisit, now: Circumstances) -> list[Finding]:
    checked = {member.name for member in record.members}
    known = () if now.household is None else now.household.members_on(record.visited_on)
    missing = [person.name for person in known if person.name not in checked]
    if not checked:
        return [_open("members", "家庭成员情况")]
    blanks = [(member.name, _member_blanks(member)) for member in record.members]
    said = [_blanks_of(name, labels) for name, labels in blanks if labels] + missing
    return [_open("members", "；".join(said))] if said else []


def _blanks_of(name: str, labels: list[str]) -> str:
    return f"{name}的{'、'.join(labels)}" if len(labels) <= _NAMED else f"{name}的{len(labels)}项"


def _member_blanks(member: MemberCheck) -> list[str]:
    return [label for field, label in MEMBER_BLANKS.items() if getattr(member, field) in {None, "", ()}]


def _visitors(record: HomeVisit, now: Circumstances) -> tuple[Finding, ...]:
    names = {name.strip() for name in record.visitors if name.strip()}
    least = now.pack.verifiers_at_least
    if len(names) >= least:
        return ()
    says = f"入户核实须有{least}名以上核查人员，现有{len(names)}名"
    return (Finding(field="visitors", code="too_few_visitors", says=says),)


def _days(record: HomeVisit, now: Circumstances) -> tuple[Finding, ...]:
    found: tuple[Finding, ...] = ()
    received = now.case.warning.received_on
    if record.visited_on < received:
        found += (
            note("visited_on", "before_received", f"早于收到预警信息的日期{received.isoformat()}，请核对", "二（一）"),
        )
    due = passed_limit(record, now)
    if due is not None:
        says = f"入户核实应在{due.due.isoformat()}前完成，已超期，请如实填写原因"
        found += (note("late_reason", "late_without_reason", says, due.clause),)
    return found


def _amounts(record: HomeVisit) -> tuple[Finding, ...]:
    return tuple(
        Finding(field=field, code="negative", says=f"{label}不能是负数")
        for field, label in _AMOUNTS.items()
        if field != _MAY_BE_A_LOSS and (getattr(record, field) or 0) < 0
    )


def _words(record: HomeVisit, pack: RegulationPack) -> tuple[Finding, ...]:
    """Only words of the pack's dictionaries: what is printed and sent later has no others."""
    found = [
        Finding(field=field, code="unknown_word", says=f"“{word}”不是可选的{label}")
        for field, label, entries, words in (
            ("house_grade", "住房等级", pack.house_grades, (record.house_grade,)),
            ("water", "饮水情况", pack.water_states, (record.water,)),
            ("risks", "风险类型", pack.risks, record.risks),
        )
        for word in _unknown(entries, words)
    ]
    for member in record.members:
        for label, entries, words in (
            ("文化程度", pack.education_levels, (member.education,)),
            ("在校状况", pack.schooling_states, (member.schooling,)),
            ("健康状况", pack.health_states, member.health),
            ("劳动技能", pack.labour_skills, (member.labour,)),
        ):
            says = [f"{member.name}：“{word}”不是可选的{label}" for word in _unknown(entries, words)]
            found += [Finding(field="members", code="unknown_word", says=said) for said in says]
    return tuple(found)


def _unknown(entries: tuple[Entry, ...], words: tuple[str, ...]) -> list[str]:
    known = {entry.key for entry in entries}
    return [word for word in words if word and word not in known]


def _contradictions(record: HomeVisit, pack: RegulationPack) -> tuple[Finding, ...]:
    """Answers that do not fit together: said, and the clerk decides."""
    alone = {entry.key: entry.label for entry in pack.health_states if entry.alone}
    found = [
        note("members", "healthy_and_ill", f"{member.name}既选了{alone[key]}又选了其他健康状况，请核对")
        for member in record.members
        if len(member.health) > 1
        for key in member.health
        if key in alone
    ]
    unsafe = {entry.key for entry in pack.house_grades if not entry.secured}
    if record.housing_secured is YesNo.YES and record.house_grade in unsafe:
        found.append(note("housing_secured", "house_not_safe", "住房等级与“住房安全有保障”不一致，请核对"))
    if record.schooling_secured is YesNo.YES:
        states = {entry.key: entry.label for entry in pack.schooling_states if not entry.secured}
        out = [f"{each.name}{states[each.schooling]}" for each in record.members if each.schooling in states]
        if out:
            says = f"{'、'.join(out)}，与“义务教育有保障”不一致，请核对"
            found.append(note("schooling_secured", "out_of_school", says))
    return tuple(found)
