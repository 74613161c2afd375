"""更正预警信息: what a clerk answers about a slip in what was taken in, and everything that stands in its way."""

from datetime import date

import msgspec

from taizhang_casework.domain.answers import Answers
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.divisions import Divisions
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.id_number import parse_id_number
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.machine import CaseState
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.person_name import parse_name
from taizhang_casework.domain.phone_number import parse_phone
from taizhang_casework.domain.typed_text import half_characters
from taizhang_casework.domain.warning import Application, Channel, Particulars, PetitionFile, Screening, Warning
from taizhang_casework.domain.warning_draft import LONGEST_DETAIL, WarningDraft, draft_findings

LONGEST_WHY = LONGEST_DETAIL
"""Code points of the reason."""


class Corrected(msgspec.Struct, frozen=True, kw_only=True):
    """The warning as it would stand, with the reason."""

    warning: Warning
    why: str


def correction_from(answers: Answers, case: Case) -> Corrected:
    """The warning with what was answered: channel, source, detail, name, id_number, phone, received_on and what its channel tells.

    A blank number, telephone or detail stays as it is: the form does not show numbers.
    """
    known = case.warning
    channel = answers.choice("channel", Channel, "预警方式")
    number, phone = answers.text("id_number"), answers.text("phone")
    name = answers.text("name")
    warning = msgspec.structs.replace(
        known,
        channel=channel,
        source=answers.text("source"),
        detail=answers.text("detail") or known.detail,
        name=parse_name(name).text if name else "",
        id_number=(parse_id_number(number).number or number) if number else known.id_number,
        phone=(parse_phone(phone).number or phone) if phone else known.phone,
        received_on=answers.day("received_on", "信息反馈日期"),
        particulars=_particulars(answers, channel),
    )
    return Corrected(warning=warning, why=answers.text("why"))


def _particulars(answers: Answers, channel: Channel) -> Particulars | None:
    match channel:
        case Channel.CADRE_SCREENING:
            return Screening(found_by=answers.text("found_by"))
        case Channel.SELF_APPLICATION:
            return Application(applicant=answers.text("applicant"), applied_on=answers.day("applied_on", "申请日期"))
        case Channel.PETITION:
            return PetitionFile(reference=answers.text("reference"))
        case Channel.DEPARTMENT:
            return None


def check_correction(
    corrected: Corrected,
    case: Case,
    state: CaseState,
    letter: Letter | None,
    *,
    today: date,
    divisions: Divisions,
    pack: RegulationPack,
) -> tuple[Finding, ...]:
    """Everything at once; of a line of the bureau's package, also that the bureau's own data stay as they were."""
    known, now = case.warning, corrected.warning
    found: list[Finding] = list(_content(now, today, divisions, pack))
    if state.closed_on is not None:
        found.append(Finding(field="", code="closed", says="本条已办结，如需更改请先重新打开"))
    if (known.channel is Channel.DEPARTMENT) is not (now.channel is Channel.DEPARTMENT):
        says = "部门预警只从区里的数据包来，不能和其他预警方式互改"
        found.append(Finding(field="channel", code="not_typed", says=says))
    if letter is not None and letter.answering(state) and _told_in_letter(known) != _told_in_letter(now):
        says = f"告知书{letter.notice.number}写着原来的预警信息，请先重新打开，更正以后再认定、再出具"
        found.append(Finding(field="", code="in_letter", says=says))
    if now == known:
        found.append(Finding(field="", code="unchanged", says="和原来一样，没有要更正的"))
    found += half_characters("why", corrected.why)
    if not corrected.why:
        found.append(Finding(field="why", code="blank", says="请填写更正的原因"))
    elif len(corrected.why) > LONGEST_WHY:
        over = len(corrected.why) - LONGEST_WHY
        found.append(Finding(field="why", code="too_long", says=f"最多{LONGEST_WHY}个字，多了{over}个字"))
    if case.package:
        says = "这一条是区里的数据包发来的：更正只改本镇街的台账，区里的数据不会跟着改，请同时告诉区里"
        found.append(Finding(field="", code="package_differs", says=says, blocks=False))
    return tuple(found)


def _content(warning: Warning, today: date, divisions: Divisions, pack: RegulationPack) -> tuple[Finding, ...]:
    draft = WarningDraft(
        channel=warning.channel,
        source=warning.source,
        detail=warning.detail,
        name=warning.name,
        id_number=warning.id_number,
        village_code=warning.village_code,
        received_on=warning.received_on,
        phone=warning.phone,
        particulars=warning.particulars,
    )
    found = draft_findings(draft, today=today, divisions=divisions, pack=pack)
    return tuple(each for each in found if each.code not in {"not_typed", "missing_id", "unknown_village"})


def _told_in_letter(warning: Warning) -> tuple[object, ...]:
    """What the letter says of the warning."""
    return (warning.channel, warning.source, warning.received_on, warning.detail, warning.applied_on)
