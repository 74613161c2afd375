"""What a pack must keep beside its types: every fault at once, each with its place and the reason in Chinese."""

import calendar
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from string import Formatter

import msgspec

from taizhang_casework.domain.clause import places_of, well_formed
from taizhang_casework.domain.monitoring import ClearingStep
from taizhang_casework.domain.pack import FixedDate, LetterWording, MaskRule, QuorumRule, RegulationPack
from taizhang_casework.domain.pack_keys import ID_NUMBER_MASK, NEEDED_KEYS, PHONE_MASK
from taizhang_casework.domain.papers.wording import PAPER_PLACEHOLDERS
from taizhang_casework.domain.steps import MonitoredKind, SkipGround, Step

LEDGER_COLUMNS = 13
LETTER_PLACEHOLDERS = frozenset(
    {
        "applied",
        "applicant", "channel", "source", "received_on", "detail", "checked", "reason", "explanation", "town", "contact", "document",
    }
)  # fmt: skip
"""What :func:`taizhang_casework.domain.letter_rules.result_notice` can fill in."""
REPLACING_PLACEHOLDERS = frozenset({"earlier"})
"""What :func:`taizhang_casework.domain.letter_rules.replacing` can."""
NEEDED_LIST_FIELDS = frozenset(
    {"name", "id_number", "town", "village", "address", "item", "date", "detail", "head_name", "phone", "note"}
)
"""The fields that a department list is read for."""
KNOWN_LIST_FIELDS = NEEDED_LIST_FIELDS | {"status", "district", "other"}
"""With those that only help to understand a list: what a person is, where the list is from, columns of other persons."""
KNOWN_NATIONAL_FIELDS = frozenset(
    {
        "head_name", "head_id_number", "phone", "village", "household_size", "risks", "recognised_on", "house_grade", "water",
        "wage_income", "business_income", "property_income", "transfer_income", "own_expenses", "per_head_income",
        "member_name", "member_id_number", "relation", "sex", "education", "schooling", "health", "labour",
        "medical_insurance", "serious_illness_insurance", "pension_insurance", "subsistence_allowance",
    }
)  # fmt: skip
"""What :mod:`taizhang_casework.domain.national_record` can fill in."""
MEMBER_FIELDS = frozenset(
    {
        "member_name", "member_id_number", "relation", "sex", "education", "schooling", "health", "labour",
        "medical_insurance", "serious_illness_insurance", "pension_insurance", "subsistence_allowance",
    }
)  # fmt: skip
"""Those of them that are asked for each member."""
MOST_CHOICES = 9
"""A dictionary of the 核查表 is answered with one digit."""
CHECKED_IN_GRID = ("education_levels", "schooling_states", "health_states", "labour_skills")
LONGEST_CLOCK = 366
MOST_MONTHS = 24
FEWEST_HIDDEN = 4
MOST_VERIFIERS = 20
_YEARS = range(1949, 2200)
_MONTHS = range(1, 13)
_LEAP_YEAR = 2000
_VALUE_LENGTHS = {ID_NUMBER_MASK: 18, "id_number_on_notice": 18, PHONE_MASK: 11}
_IDENTIFIERS = {
    "steps": "step",
    "channels": "channel",
    "quorums": "form",
    "list_columns": "field",
    "clearing_steps": "step",
    "clauses": "place",
}
"""What tells the entries of a section apart; elsewhere it is ``key``."""
_MAY_BE_EMPTY = frozenset({"items", "aliases", "hints", "papers", "closing"})
_KEY = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DISTRICT_CODE = re.compile(r"\d{6}")
_DIVISIONS = re.compile(r"[a-z0-9-]+\.csv")


class PackFault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing wrong with a pack: ``place`` such as ``clocks[1].length`` (or a line of the text), ``reason`` in Chinese."""

    place: str
    reason: str


def check_pack(pack: RegulationPack) -> tuple[PackFault, ...]:
    """Everything that keeps the pack from being used, in no order of weight; empty where it is sound."""
    rules: tuple[Callable[[RegulationPack], Iterable[PackFault]], ...] = (
        _words,
        _identities,
        _completeness,
        _heading,
        _clocks,
        _fixed_dates,
        _quorums,
        _monitoring,
        _masks,
        _letters,
        _papers,
        _departments,
        _list_columns,
        _grid_dictionaries,
        _national_fields,
        _district,
        _clauses,
    )
    return tuple(fault for rule in rules for fault in rule(pack))


def _fault(place: str, reason: str) -> PackFault:
    return PackFault(place=place, reason=reason)


def _walk(value: object, place: str) -> Iterator[tuple[str, object]]:
    """Every value inside, with its place."""
    yield place, value
    if isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from _walk(getattr(value, field), f"{place}.{field}" if place else field)
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from _walk(each, f"{place}[{index}]")
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _walk(key, f"{place}的键")
            yield from _walk(each, f"{place}.{key}")


def _words(pack: RegulationPack) -> Iterator[PackFault]:
    """No text is blank or carries stray spaces, no list is empty, every clause has its form, every key too."""
    for place, value in _walk(pack, ""):
        field = place.rpartition(".")[2]
        if isinstance(value, str):
            if not value.strip():
                yield _fault(place, "内容为空")
            elif value != value.strip() or not value.isprintable():
                yield _fault(place, "首尾有空格，或含有不可见字符")
            elif field == "clause" and not well_formed(value):
                yield _fault(place, f"依据“{value}”应写成“二（二）”“附件1”的样子，或以[P]、[D]开头")
            elif field == "key" and not _KEY.fullmatch(value):
                yield _fault(place, f"“{value}”只能用小写字母、数字和下划线")
        elif isinstance(value, tuple | dict) and not value and field not in _MAY_BE_EMPTY:
            yield _fault(place, "至少要有一项")


def _twice(values: Sequence[object], place: Callable[[int], str]) -> Iterator[PackFault]:
    seen: dict[object, int] = {}
    for index, value in enumerate(values):
        if value in seen:
            shown = value.value if isinstance(value, Enum) else value
            yield _fault(place(index), f"“{shown}”与{place(seen[value])}重复")
        seen.setdefault(value, index)


def _sections(pack: RegulationPack) -> Iterator[tuple[str, str, tuple[msgspec.Struct, ...]]]:
    """The lists of entries: section, the field that tells entries apart, the entries."""
    for section in pack.__struct_fields__:
        entries = getattr(pack, section)
        if isinstance(entries, tuple) and entries and isinstance(entries[0], msgspec.Struct):
            yield section, _IDENTIFIERS.get(section, "key"), entries


def _identities(pack: RegulationPack) -> Iterator[PackFault]:
    """No two entries of a section have the same key, or the same label."""
    for section, identifier, entries in _sections(pack):
        for field in (identifier, "label"):
            if field in entries[0].__struct_fields__:
                values = [getattr(entry, field) for entry in entries]
                yield from _twice(values, lambda index, s=section, f=field: f"{s}[{index}].{f}")  # type: ignore[misc]  # mypy cannot infer a lambda with defaults
    yield from _twice(pack.ledger_columns, lambda index: f"ledger_columns[{index}]")


def _completeness(pack: RegulationPack) -> Iterator[PackFault]:
    """Everything that the code asks a pack for is there."""
    for section, identifier, entries in _sections(pack):
        have = {getattr(entry, identifier) for entry in entries}
        for value in have:
            if isinstance(value, Enum):
                for missing in [each for each in type(value) if each not in have]:
                    yield _fault(section, f"缺少“{missing.value}”")
                break
        for key in sorted(NEEDED_KEYS.get(section, set()) - have):
            yield _fault(section, f"缺少“{key}”")
    for section, kinds in (("monitored_kinds", MonitoredKind), ("skip_grounds", SkipGround)):
        known = {kind.value for kind in kinds}
        have = {entry.key for entry in getattr(pack, section)}
        yield from (_fault(section, f"缺少“{key}”") for key in sorted(known - have))
        yield from (_fault(section, f"“{key}”不是本程序认识的类别") for key in sorted(have - known))


def _heading(pack: RegulationPack) -> Iterator[PackFault]:
    if not _ID.fullmatch(pack.id):
        yield _fault("id", f"“{pack.id}”只能用小写字母、数字和连字符")
    if pack.valid_from < pack.issued_on:
        yield _fault("valid_from", "施行日期早于印发日期")
    if not 1 <= pack.verifiers_at_least <= MOST_VERIFIERS:
        yield _fault("verifiers_at_least", f"核查人员应在1至{MOST_VERIFIERS}名之间")
    if len(pack.ledger_columns) != LEDGER_COLUMNS:
        yield _fault("ledger_columns", f"附件2应有{LEDGER_COLUMNS}栏，现有{len(pack.ledger_columns)}栏")


def _clauses(pack: RegulationPack) -> Iterator[PackFault]:
    """Each place that an entry rests on has its words."""
    have = {clause.place for clause in pack.clauses}
    for index, clause in enumerate(pack.clauses):
        if places_of(clause.place) != (clause.place,):
            yield _fault(f"clauses[{index}].place", f"“{clause.place}”应写成“二（二）”“附件1”的样子")
    for at, value in _walk(pack, ""):
        if at.endswith(".clause") and isinstance(value, str):
            yield from (_fault(at, f"没有收录“{place}”的原文") for place in places_of(value) if place not in have)


def _clocks(pack: RegulationPack) -> Iterator[PackFault]:
    for index, clock in enumerate(pack.clocks):
        if not 1 <= clock.length <= LONGEST_CLOCK:
            yield _fault(f"clocks[{index}].length", f"期限应在1至{LONGEST_CLOCK}天之间，现为{clock.length}")
    have = {clock.key for clock in pack.clocks}
    for index, step in enumerate(pack.steps):
        if step.clock is not None and step.clock not in have:
            yield _fault(f"steps[{index}].clock", f"引用的期限“{step.clock.value}”不存在")
    order = [rule.step for rule in pack.steps]
    if order and order[-1] is not Step.SYSTEM_ENTRY:
        yield _fault("steps", "录入系统应是最后一步")


def _fixed_dates(pack: RegulationPack) -> Iterator[PackFault]:
    for index, rule in enumerate(pack.fixed_dates):
        yield from _real_day(rule, f"fixed_dates[{index}]")


def _real_day(rule: FixedDate, place: str) -> Iterator[PackFault]:
    """A day that can come: 31 where every month is meant, 29 February where every year is."""
    if rule.year is not None and rule.month is None:
        yield _fault(f"{place}.year", "写了年份就要写月份")
    if rule.year is not None and rule.year not in _YEARS:
        yield _fault(f"{place}.year", f"年份{rule.year}不合理")
    elif rule.month is not None and rule.month not in _MONTHS:
        yield _fault(f"{place}.month", f"没有{rule.month}月")
    else:
        longest = 31 if rule.month is None else calendar.monthrange(rule.year or _LEAP_YEAR, rule.month)[1]
        if not 1 <= rule.day <= longest:
            month = "每月" if rule.month is None else f"{rule.month}月"
            yield _fault(f"{place}.day", f"{month}没有{rule.day}日")


def _quorums(pack: RegulationPack) -> Iterator[PackFault]:
    for index, rule in enumerate(pack.quorums):
        yield from _fractions(rule, f"quorums[{index}]")


def _fractions(rule: QuorumRule, place: str) -> Iterator[PackFault]:
    upper, lower = rule.present
    if not 0 < upper <= lower:
        yield _fault(f"{place}.present", f"到会比例{upper}/{lower}应大于0、不超过1")
    upper, lower = rule.agree
    if not 0 <= upper < lower:
        yield _fault(f"{place}.agree", f"须超过的同意比例{upper}/{lower}应不小于0、小于1")


def _monitoring(pack: RegulationPack) -> Iterator[PackFault]:
    for field in ("follow_up_months", "stable_months"):
        months = getattr(pack.monitoring, field)
        if not 1 <= months <= MOST_MONTHS:
            yield _fault(f"monitoring.{field}", f"应在1至{MOST_MONTHS}个月之间，现为{months}")
    if pack.clearing_steps and pack.clearing_steps[0].step is not ClearingStep.HOME_VISIT:
        yield _fault("clearing_steps", "风险消除应从入户开始")


def _masks(pack: RegulationPack) -> Iterator[PackFault]:
    for index, rule in enumerate(pack.masks):
        yield from _hides(rule, f"masks[{index}]")


def _hides(rule: MaskRule, place: str) -> Iterator[PackFault]:
    for field, shown in (("head", rule.head), ("tail", rule.tail)):
        if shown < 0:
            yield _fault(f"{place}.{field}", "显示的位数不能为负")
    length = _VALUE_LENGTHS.get(rule.key)
    if length is not None and length - rule.head - rule.tail < FEWEST_HIDDEN:
        yield _fault(place, f"{length}位中显示{rule.head + rule.tail}位，遮不住")


def _letters(pack: RegulationPack) -> Iterator[PackFault]:
    for index, letter in enumerate(pack.letters):
        for place, text in _templates(letter):
            yield from _placeholders(text, f"letters[{index}].{place}")
        yield from _placeholders(letter.replacing_note, f"letters[{index}].replacing_note", REPLACING_PLACEHOLDERS)


def _papers(pack: RegulationPack) -> Iterator[PackFault]:
    for index, wording in enumerate(pack.papers):
        known = PAPER_PLACEHOLDERS.get(wording.key)
        if known is None:
            yield _fault(f"papers[{index}].key", f"“{wording.key}”不是文字可以由规则包规定的表")
            continue
        for field in ("paragraphs", "closing"):
            for at, text in enumerate(getattr(wording, field)):
                yield from _placeholders(text, f"papers[{index}].{field}[{at}]", known)
        yield from _placeholders(wording.mark or "", f"papers[{index}].mark", frozenset({"town"}))


def _templates(letter: LetterWording) -> Iterator[tuple[str, str]]:
    yield "mark", letter.mark
    yield from ((f"paragraphs[{index}]", text) for index, text in enumerate(letter.paragraphs))
    yield "review_note", letter.review_note


def _placeholders(text: str, place: str, known: frozenset[str] = LETTER_PLACEHOLDERS) -> Iterator[PackFault]:
    try:
        fields = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(text) if name is not None]
    except ValueError:
        yield _fault(place, "大括号没有成对")
        return
    for name, spec, conversion in fields:
        if name not in known:
            yield _fault(place, f"没有占位符“{{{name}}}”，可用的有：{'、'.join(sorted(known))}")
        elif spec or conversion:
            yield _fault(place, f"占位符“{{{name}}}”里只能写名称")


def _departments(pack: RegulationPack) -> Iterator[PackFault]:
    """Who supplies a list has items; item keys hold across departments, since a warning carries nothing else."""
    keys: list[str] = []
    places: list[str] = []
    names: list[str] = []
    name_places: list[str] = []
    for index, department in enumerate(pack.departments):
        place = f"departments[{index}]"
        if department.supplies_list != bool(department.items):
            reason = (
                "提供名录的部门至少要有一项预警信息" if department.supplies_list else "不提供名录的部门不应有预警信息"
            )
            yield _fault(f"{place}.items", reason)
        keys += [item.key for item in department.items]
        places += [f"{place}.items[{number}].key" for number in range(len(department.items))]
        words = [
            (f"{place}.items[{number}].{field}[{at}]", word)
            for number, item in enumerate(department.items)
            for field, said in (("words", item.words), ("hints", item.hints))
            for at, word in enumerate(said)
        ]
        yield from _twice([word for _, word in words], [at for at, _ in words].__getitem__)
        own = {department.name: "name", department.short: "short"}
        own |= {alias: f"aliases[{number}]" for number, alias in enumerate(department.aliases)}
        names += own
        name_places += [f"{place}.{field}" for field in own.values()]
    yield from _twice(keys, places.__getitem__)
    yield from _twice(names, name_places.__getitem__)


def _list_columns(pack: RegulationPack) -> Iterator[PackFault]:
    fields = {column.field for column in pack.list_columns}
    yield from (_fault("list_columns", f"缺少“{field}”") for field in sorted(NEEDED_LIST_FIELDS - fields))
    for index, column in enumerate(pack.list_columns):
        if column.field not in KNOWN_LIST_FIELDS:
            yield _fault(f"list_columns[{index}].field", f"“{column.field}”不是名录的栏目")
        yield from _twice(column.words, lambda at, i=index: f"list_columns[{i}].words[{at}]")  # type: ignore[misc]  # mypy cannot infer a lambda with defaults
    yield from _twice([column.words[:1] for column in pack.list_columns], lambda at: f"list_columns[{at}].words[0]")


def _grid_dictionaries(pack: RegulationPack) -> Iterator[PackFault]:
    for section in CHECKED_IN_GRID:
        if len(getattr(pack, section)) > MOST_CHOICES:
            yield _fault(section, f"最多{MOST_CHOICES}项：核查表用一个数字键选择")


def _national_fields(pack: RegulationPack) -> Iterator[PackFault]:
    for index, field in enumerate(pack.national_fields):
        if field.key not in KNOWN_NATIONAL_FIELDS:
            yield _fault(f"national_fields[{index}].key", f"“{field.key}”不是本程序能填的栏目")
        elif field.each_member != (field.key in MEMBER_FIELDS):
            asked = "每名家庭成员" if field.key in MEMBER_FIELDS else "户"
            yield _fault(f"national_fields[{index}].each_member", f"“{field.key}”是{asked}的栏目")


def _district(pack: RegulationPack) -> Iterator[PackFault]:
    district = pack.district
    if not _DISTRICT_CODE.fullmatch(district.code):
        yield _fault("district.code", f"“{district.code}”不是6位行政区划代码")
    if district.name not in district.own_names:
        yield _fault("district.own_names", f"应包括现名“{district.name}”")
    for index, name in enumerate(district.elsewhere):
        if name in district.own_names:
            yield _fault(f"district.elsewhere[{index}]", f"“{name}”是本地名称")
    if not _DIVISIONS.fullmatch(district.divisions):
        yield _fault("district.divisions", "应是规则包旁边的.csv文件名，不能带路径")
    owners: dict[str, str] = {town: town for town in district.town_aliases}
    for town, aliases in district.town_aliases.items():
        for index, alias in enumerate(aliases):
            if owners.setdefault(alias, town) != town or alias == town:
                yield _fault(f"district.town_aliases.{town}[{index}]", f"“{alias}”已经是{owners[alias]}的名称")
