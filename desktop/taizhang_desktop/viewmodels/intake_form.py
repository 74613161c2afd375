"""The form 登记预警信息 as it stands, and the draft that it makes; nothing is filled in for a blank."""

from datetime import date
from enum import Enum

import msgspec
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.id_number import Sex
from taizhang_casework.domain.people import HouseholdId, PersonId, Relation
from taizhang_casework.domain.person_name import parse_name
from taizhang_casework.domain.warning import Application, Channel, Particulars, PetitionFile, Screening
from taizhang_casework.domain.warning_draft import KnownHousehold, NewHousehold, WarningDraft

TYPED_CHANNELS = (Channel.SELF_APPLICATION, Channel.CADRE_SCREENING, Channel.PETITION)
"""The channels that come to the town's own desk; 部门预警 comes in the bureau's package."""

SOURCE_TITLES = {
    Channel.CADRE_SCREENING: "排查人员",
    Channel.SELF_APPLICATION: "申报途径",
    Channel.PETITION: "信访部门",
}
"""What 预警信息来源 is called in each short form."""


SEXES = {Sex.MALE: "男", Sex.FEMALE: "女"}


class HouseChoice(Enum):
    """Whose household a person is who was not chosen from a known one."""

    LATER = "later"
    OWN = "own"
    MEMBER = "member"


class IntakeForm(msgspec.Struct, frozen=True, kw_only=True):
    """The form as it stands: the text as typed, None or blank where nothing is chosen.

    ``household`` is the known one that was chosen, ``person`` its member that is warned of (None: somebody else, who is typed).
    ``together_with`` is empty for a verification of its own.
    """

    channel: Channel | None = None
    source: str = ""
    detail: str = ""
    name: str = ""
    id_number: str = ""
    phone: str = ""
    village_code: str = ""
    received_on: date | None = None
    found_by: str = ""
    applicant: str = ""
    applied_on: date | None = None
    reference: str = ""
    household: HouseholdId | None = None
    person: PersonId | None = None
    house: HouseChoice | None = HouseChoice.LATER
    relation: Relation | None = None
    head_name: str = ""
    head_id_number: str = ""
    together_with: str = ""


def draft_of(form: IntakeForm, stand_in: date) -> WarningDraft:
    """The draft. ``stand_in`` takes the place of a blank application date, which :func:`blanks` says."""
    return WarningDraft(
        channel=form.channel or Channel.SELF_APPLICATION,
        source=form.source,
        detail=form.detail,
        name=parse_name(form.name).text if form.name.strip() else "",
        id_number=form.id_number,
        phone=form.phone,
        village_code=form.village_code,
        received_on=form.received_on,
        particulars=_particulars(form, stand_in),
        house=_house(form),
        together_with=CaseId(form.together_with) if form.together_with and form.household is not None else None,
    )


def blanks(form: IntakeForm) -> tuple[Finding, ...]:
    """What nobody chose or dated, which a draft cannot say."""
    found: list[Finding] = []
    if form.channel is None:
        found.append(Finding(field="channel", code="blank", says="请选择预警方式", clause="附件2"))
    if form.channel is Channel.SELF_APPLICATION and form.applied_on is None:
        found.append(Finding(field="applied_on", code="blank", says="请填写申请日期，告知书要写明"))
    if form.household is None and form.house is None:
        found.append(Finding(field="house", code="blank", says="请选择是哪一户，不清楚的选“以后再确认”"))
    if form.household is None and form.house is HouseChoice.MEMBER and form.relation is None:
        found.append(Finding(field="relation", code="blank", says="请选择与户主的关系"))
    return tuple(found)


def _particulars(form: IntakeForm, stand_in: date) -> Particulars | None:
    match form.channel:
        case Channel.CADRE_SCREENING:
            return Screening(found_by=form.found_by)
        case Channel.SELF_APPLICATION:
            return Application(applicant=form.applicant, applied_on=form.applied_on or form.received_on or stand_in)
        case Channel.PETITION:
            return PetitionFile(reference=form.reference)
        case _:
            return None


def _house(form: IntakeForm) -> KnownHousehold | NewHousehold | None:
    if form.household is not None:
        return KnownHousehold(household=form.household, person=form.person, relation=form.relation)
    match form.house:
        case HouseChoice.OWN:
            return NewHousehold(relation=Relation.HEAD)
        case HouseChoice.MEMBER:
            return NewHousehold(
                relation=form.relation or Relation.OTHER,
                head_name=form.head_name,
                head_id_number=form.head_id_number,
            )
        case _:
            return None
