"""A warning as a clerk types it, and everything that the rules say about it at once; nothing is kept from a draft with blocks."""

from collections.abc import Iterator
from datetime import date

import msgspec

from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.divisions import Divisions
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.id_number import parse_id_number
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.people import HouseholdId, PersonId, Relation
from taizhang_casework.domain.person_name import parse_name
from taizhang_casework.domain.phone_number import parse_phone
from taizhang_casework.domain.typed_text import half_characters
from taizhang_casework.domain.warning import Application, Channel, Particulars, PetitionFile, Screening

LONGEST_DETAIL = 300
LONGEST_LINE = 50
"""Code points of 具体预警信息, and of every other line of text."""
LONG_BEFORE = 60
"""Days by which an application may precede its receipt unasked: two months' ledgers (一（三）1) would have gone without it,
so that beyond them a slip in the year is likelier than an application that lay that long."""


class KnownHousehold(msgspec.Struct, frozen=True, kw_only=True):
    """The warning is about a household that the office knows: about ``person`` of it, or somebody who joins it as ``relation``."""

    household: HouseholdId
    person: PersonId | None = None
    relation: Relation | None = None


class NewHousehold(msgspec.Struct, frozen=True, kw_only=True):
    """The warning is about a household that the office does not know. With HEAD the warned person heads it, else the one named here."""

    relation: Relation
    head_name: str = ""
    head_id_number: str = ""


class WarningDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What the clerk typed for a warning that did not come in a package: 干部排查, 自主申报 or 信访信息.

    ``house`` None leaves the question whose household it is for later. ``together_with`` is a case of the same household
    whose verification this line shares from the start.
    """

    channel: Channel
    source: str
    detail: str
    name: str
    id_number: str
    village_code: str
    received_on: date | None
    phone: str = ""
    particulars: Particulars | None = None
    house: KnownHousehold | NewHousehold | None = None
    together_with: CaseId | None = None


def draft_findings(
    draft: WarningDraft, *, today: date, divisions: Divisions, pack: RegulationPack
) -> tuple[Finding, ...]:
    """Everything to be said about the draft at once; a blank date stays blank and is said.

    Of a person chosen from a known household, name, number and village are the household's and not looked at.
    """
    chosen = isinstance(draft.house, KnownHousehold) and draft.house.person is not None
    return (
        *(() if chosen else _about_person(draft)),
        *_text("source", "预警信息来源", draft.source, LONGEST_LINE),
        *_text("detail", "具体预警信息", draft.detail, LONGEST_DETAIL),
        *_about_phone(draft),
        *(() if isinstance(draft.house, KnownHousehold) else _about_village(draft, divisions)),
        *_about_receipt(draft.received_on, today),
        *_about_particulars(draft, today),
        *_about_house(draft),
        *_about_channel(draft, pack),
    )


def long_before(applied_on: date, received_on: date) -> int:
    """By how many days an application precedes its receipt, where that is more than :data:`LONG_BEFORE`; else 0."""
    days = (received_on - applied_on).days
    return days if days > LONG_BEFORE else 0


def _about_person(draft: WarningDraft) -> Iterator[Finding]:
    yield from half_characters("name", draft.name)
    if not draft.name.strip():
        yield Finding(field="name", code="blank", says="请填写姓名")
    elif (name := parse_name(draft.name)).says:
        yield Finding(field="name", code="bad_name", says=name.says)
    elif name.private_use:
        says = f"“{'、'.join(name.private_use)}”是本机自造字，其他电脑上可能显示不出，请核对"
        yield Finding(field="name", code="private_use", says=says, blocks=False)
    if not draft.id_number.strip():
        says = "没有填写身份证号码（无证件的按户口簿登记）"
        yield Finding(field="id_number", code="missing_id", says=says, blocks=False)
    elif (parsed := parse_id_number(draft.id_number)).says:
        yield Finding(field="id_number", code="bad_id", says=parsed.says)


def _about_phone(draft: WarningDraft) -> Iterator[Finding]:
    parsed = parse_phone(draft.phone)
    if parsed.says:
        yield Finding(field="phone", code="bad_phone", says=parsed.says)


def _about_village(draft: WarningDraft, divisions: Divisions) -> Iterator[Finding]:
    if draft.village_code not in divisions.villages:
        yield Finding(field="village_code", code="unknown_village", says="请选择村（社区）")


def _about_receipt(received_on: date | None, today: date) -> Iterator[Finding]:
    if received_on is None:
        yield Finding(field="received_on", code="blank", says="请填写信息反馈日期", clause="附件2")
    elif received_on > today:
        yield Finding(field="received_on", code="future", says="信息反馈日期还没有到，请填写实际日期")


def _about_particulars(draft: WarningDraft, today: date) -> Iterator[Finding]:
    match draft.particulars:
        case Screening(found_by=found_by):
            yield from _text("found_by", "发现人", found_by, LONGEST_LINE)
        case Application(applicant=applicant, applied_on=applied_on):
            yield from _text("applicant", "申请人", applicant, LONGEST_LINE)
            if applied_on > today:
                yield Finding(field="applied_on", code="future", says="申请日期还没有到，请填写实际日期")
            elif draft.received_on is not None and applied_on > draft.received_on:
                says = "申请日期晚于信息反馈日期，请核对"
                yield Finding(field="applied_on", code="after_receipt", says=says)
            elif draft.received_on is not None and (days := long_before(applied_on, draft.received_on)):
                says = f"申请日期比信息反馈日期早{days}天，请核对年份"
                yield Finding(field="applied_on", code="long_before", says=says, blocks=False)
        case PetitionFile(reference=reference):
            if not reference.strip():
                says = "没有填写信访编号，以后查对会不方便"
                yield Finding(field="reference", code="blank", says=says, blocks=False)
            else:
                yield from _text("reference", "信访编号", reference, LONGEST_LINE)
        case None:
            pass


def _about_house(draft: WarningDraft) -> Iterator[Finding]:
    house = draft.house
    if isinstance(house, KnownHousehold) and house.person is None and house.relation in {None, Relation.HEAD}:
        yield Finding(field="relation", code="blank", says="请选择与户主的关系")
    if not isinstance(house, NewHousehold) or house.relation is Relation.HEAD:
        return
    yield from half_characters("head_name", house.head_name)
    if not house.head_name.strip():
        yield Finding(field="head_name", code="blank", says="请填写户主姓名")
    elif (name := parse_name(house.head_name)).says:
        yield Finding(field="head_name", code="bad_name", says=name.says)
    if not house.head_id_number.strip():
        return
    parsed = parse_id_number(house.head_id_number)
    if parsed.says:
        yield Finding(field="head_id_number", code="bad_id", says=parsed.says)
    elif parsed.number == parse_id_number(draft.id_number).number:
        says = "与本人的身份证号码相同；本人是户主的，请选择“本人为户主”"
        yield Finding(field="head_id_number", code="same_person", says=says)


def _about_channel(draft: WarningDraft, pack: RegulationPack) -> Iterator[Finding]:
    """部门预警 is never typed: it comes in the bureau's package with its file, sheet and row."""
    if draft.channel is Channel.DEPARTMENT:
        label = pack.channel(Channel.DEPARTMENT).label
        yield Finding(field="channel", code="not_typed", says=f"{label}只从区乡村振兴局的数据包接收，不能手工登记")


def _text(field: str, label: str, text: str, most: int) -> Iterator[Finding]:
    yield from half_characters(field, text)
    length = len(text.strip())
    if not length:
        yield Finding(field=field, code="blank", says=f"请填写{label}")
    elif length > most:
        yield Finding(field=field, code="too_long", says=f"最多{most}个字，多了{length - most}个字")
