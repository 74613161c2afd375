"""The facts beside the forms, line by line; id numbers masked unless they were asked for."""

from datetime import date

import msgspec
from taizhang_casework.domain.id_number import IdFault, Sex, age_on, parse_id_number, sex
from taizhang_casework.domain.letter_rules import chinese_date
from taizhang_casework.domain.pack_keys import PHONE_MASK
from taizhang_casework.domain.people import Membership, Relation
from taizhang_casework.domain.record_answers import RecordKind
from taizhang_casework.domain.steps import Entry
from taizhang_casework.domain.warning import Application, PetitionFile, Screening

from taizhang_desktop.viewmodels.case_sheet import CaseSheet
from taizhang_desktop.viewmodels.case_words import RECORDS, RELATIONS
from taizhang_desktop.viewmodels.words import masked, masked_text


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """A line: what it is, what it says."""

    label: str
    says: str


class FactGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Facts under one heading."""

    heading: str
    facts: tuple[Fact, ...]


def fact_groups(sheet: CaseSheet, *, unmasked: bool) -> tuple[FactGroup, ...]:
    """Warning, household, lines verified together, what was done so far; groups without facts are left out."""
    groups = (
        FactGroup(heading="预警信息", facts=_warning(sheet, unmasked=unmasked)),
        FactGroup(heading="家庭", facts=_household(sheet, unmasked=unmasked)),
        FactGroup(heading="一起核实", facts=_together(sheet, unmasked=unmasked)),
        FactGroup(heading="办理记录", facts=tuple(_entry(entry) for entry in sheet.case.entries)),
    )
    return tuple(group for group in groups if group.facts)


def _warning(sheet: CaseSheet, *, unmasked: bool) -> tuple[Fact, ...]:
    warning = sheet.case.warning
    facts = [
        Fact(label="姓名", says=f"{warning.name}{_about(warning.id_number, sheet.today)}"),
        Fact(label="身份证", says=_number(sheet, warning.id_number, unmasked=unmasked)),
        *([Fact(label="电话", says=_phone(sheet, warning.phone, unmasked=unmasked))] if warning.phone else []),
        Fact(label="村", says=sheet.line.village),
        Fact(label="预警方式", says=f"{sheet.pack.channel(warning.channel).label}（{warning.source}）"),
        Fact(label="具体信息", says=_text(sheet, warning.detail, unmasked=unmasked)),
        Fact(label="反馈日期", says=chinese_date(warning.received_on)),
    ]
    facts += _particulars(sheet, unmasked=unmasked)
    if warning.provenance is not None:
        where = warning.provenance
        facts.append(Fact(label="名单出处", says=f"{where.file}，工作表“{where.sheet}”，第{where.row}行"))
    if warning.happened_on is not None and warning.happened_on != warning.received_on:
        facts.append(Fact(label="发生日期", says=chinese_date(warning.happened_on)))
    return tuple(facts)


def _particulars(sheet: CaseSheet, *, unmasked: bool) -> list[Fact]:
    """What only this channel tells."""
    match sheet.case.warning.particulars:
        case Screening(found_by=found_by):
            return [Fact(label="发现人", says=_text(sheet, found_by, unmasked=unmasked))]
        case Application(applicant=applicant, applied_on=applied_on):
            says = f"{_text(sheet, applicant, unmasked=unmasked)}，{chinese_date(applied_on)}"
            return [Fact(label="申请人", says=says)]
        case PetitionFile(reference=reference) if reference:
            return [Fact(label="信访编号", says=_text(sheet, reference, unmasked=unmasked))]
        case _:
            return []


def _household(sheet: CaseSheet, *, unmasked: bool) -> tuple[Fact, ...]:
    if sheet.household is None:
        return ()
    holding = [each for each in sheet.household.memberships if each.holds_on(sheet.today)]
    holding.sort(key=lambda each: each.relation is not Relation.HEAD)
    return tuple(_member(sheet, each, unmasked=unmasked) for each in holding)


def _member(sheet: CaseSheet, member: Membership, *, unmasked: bool) -> Fact:
    person = member.person
    says = f"{person.name}{_about(person.id_number, sheet.today)}"
    if person.id_number != sheet.case.warning.id_number:
        says = f"{says} {_number(sheet, person.id_number, unmasked=unmasked)}"
    if person.phone and person.phone != sheet.case.warning.phone:
        says = f"{says} {_phone(sheet, person.phone, unmasked=unmasked)}"
    return Fact(label=RELATIONS[member.relation], says=says)


def _together(sheet: CaseSheet, *, unmasked: bool) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            label=sheet.pack.channel(other.warning.channel).label,
            says=f"{other.warning.name}，{_text(sheet, other.warning.detail, unmasked=unmasked)}"
            f"（{chinese_date(other.warning.received_on)}）",
        )
        for other in sheet.together
    )


def _entry(entry: Entry) -> Fact:
    record = entry.record
    kind = RecordKind(str(record.__struct_config__.tag))
    return Fact(label=chinese_date(record.day), says=f"{RECORDS[kind]}（{entry.recorded_by}登记）")


def _number(sheet: CaseSheet, number: str, *, unmasked: bool) -> str:
    if not number:
        return "未填写"
    return number if unmasked else masked(sheet.pack, number)


def _phone(sheet: CaseSheet, phone: str, *, unmasked: bool) -> str:
    return phone if unmasked else masked(sheet.pack, phone, PHONE_MASK)


def _text(sheet: CaseSheet, text: str, *, unmasked: bool) -> str:
    return text if unmasked else masked_text(sheet.pack, text)


def _about(number: str, today: date) -> str:
    """Sex and age, as a valid number says."""
    if not number or parse_id_number(number).fault in {IdFault.BAD, IdFault.LOST_DIGITS, IdFault.MISSING}:
        return ""
    return f"（{'男' if sex(number) is Sex.MALE else '女'}，{age_on(number, today)}岁）"
