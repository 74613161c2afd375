"""Taking a warning in: every one opens a case of its own (一（三）1: 逐条建立工作台账)."""

from collections.abc import Sequence

import msgspec

from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.id_number import parse_id_number
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.people import Household, HouseholdId, Membership, Person, PersonId, Relation
from taizhang_casework.domain.person_name import parse_name
from taizhang_casework.domain.phone_number import parse_phone
from taizhang_casework.domain.warning import Application, Particulars, PetitionFile, Screening, Warning, WarningId
from taizhang_casework.domain.warning_draft import KnownHousehold, NewHousehold, WarningDraft, draft_findings
from taizhang_casework.services.belonging import household_of, whose
from taizhang_casework.services.matching import join_verification, keep_household
from taizhang_casework.services.ports import Desk, WritableDesk
from taizhang_casework.services.printable import of_warning, with_unprintable
from taizhang_casework.services.work import Work

__all__ = ["TakenIn", "WarningDraft", "check_draft", "new_household", "open_case", "take_warning", "take_warnings"]


class TakenIn(msgspec.Struct, frozen=True, kw_only=True):
    """The case that was opened, what was touched, and what the rules want to be looked at."""

    case: CaseId
    changes: Changes
    findings: tuple[Finding, ...] = ()


def check_draft(draft: WarningDraft, work: Work) -> tuple[Finding, ...]:
    """Everything to be said about the draft at once; a blank date stays blank and is said."""
    return draft_findings(draft, today=work.clock.today(), divisions=work.divisions, pack=work.pack)


def take_warning(work: Work, draft: WarningDraft) -> TakenIn:
    """Open a case for a warning typed by the clerk, of the household that it says; NotAccepted with every finding."""
    findings = with_unprintable(work, check_draft(draft, work), of_warning(draft))
    with work.store.change(Operation.TAKE_WARNING, work.user) as desk:
        case = _take(work, desk, draft, findings)
    return TakenIn(case=case.id, changes=desk.changes, findings=findings)


def take_warnings(work: Work, drafts: Sequence[WarningDraft]) -> Changes:
    """Open a case for each of many warnings, all in one transaction or none; NotAccepted with the findings of the first bad one."""
    with work.store.change(Operation.TAKE_WARNINGS, work.user) as desk:
        for draft in drafts:
            _take(work, desk, draft, check_draft(draft, work))
    return desk.changes


def _take(work: Work, desk: WritableDesk, draft: WarningDraft, findings: tuple[Finding, ...]) -> Case:
    blocked = any(finding.blocks for finding in findings)
    known = _known_household(desk, draft)
    findings += _already_elsewhere(work, desk, draft)
    if blocked or draft.received_on is None or any(finding.blocks for finding in findings):
        raise NotAccepted(findings)
    village = draft.village_code if known is None else known.village_code
    person = _warned(draft, known)
    warning = Warning(
        id=WarningId(work.clock.new_id()),
        channel=draft.channel,
        source=draft.source.strip(),
        detail=draft.detail.strip(),
        name=person.name,
        id_number=person.id_number,
        phone=person.phone,
        town_code=work.divisions.villages[village].town_code,
        village_code=village,
        received_on=draft.received_on,
        particulars=_tidy(draft.particulars),
    )
    case = open_case(work, desk, warning)
    household = _household_of(work, draft, case, known)
    if household is not None:
        case = keep_household(work, desk, case, household)
    if draft.together_with is not None:
        join_verification(work, desk, case, draft.together_with)
    return case


def _known_household(desk: Desk, draft: WarningDraft) -> Household | None:
    return desk.households.get(draft.house.household) if isinstance(draft.house, KnownHousehold) else None


def _already_elsewhere(work: Work, desk: Desk, draft: WarningDraft) -> tuple[Finding, ...]:
    """Of a household said to be new: the number already belongs to one. It must be chosen, or there were two of one family."""
    if not isinstance(draft.house, NewHousehold) or not draft.id_number.strip():
        return ()
    household = household_of(work, desk, parse_id_number(draft.id_number).number)
    if household is None:
        return ()
    says = f"此人已是{whose(work, household)}户的成员，请在上方查找并选择该户，不要另建新户"
    return (Finding(field="house", code="known_person", says=says),)


def _warned(draft: WarningDraft, known: Household | None) -> Person:
    """The warned person: the household's own where one was chosen, with the telephone that was typed now."""
    phone = parse_phone(draft.phone).number
    if known is not None and isinstance(draft.house, KnownHousehold) and draft.house.person is not None:
        member = known.member(draft.house.person)
        if member is None or member.until is not None:
            raise NotAccepted((Finding(field="person", code="no_member", says="所选人员现在不是该户成员，请重新选择"),))
        return msgspec.structs.replace(member.person, phone=phone or member.person.phone)
    number = parse_id_number(draft.id_number).number if draft.id_number.strip() else ""
    return Person(id=PersonId(""), name=parse_name(draft.name).text, id_number=number, phone=phone)


def _household_of(work: Work, draft: WarningDraft, case: Case, known: Household | None) -> Household | None:
    """The household to be kept with the case; None where that is left for later."""
    house, warning = draft.house, case.warning
    if isinstance(house, NewHousehold):
        number = parse_id_number(house.head_id_number).number if house.head_id_number.strip() else ""
        name = parse_name(house.head_name).text
        return new_household(work, case, head_name=name, head_id_number=number, relation=house.relation)
    if known is None or house is None:
        return None
    if house.person is not None:
        return msgspec.structs.replace(
            known,
            memberships=tuple(
                msgspec.structs.replace(m, person=msgspec.structs.replace(m.person, phone=warning.phone))
                if m.person.id == house.person
                else m
                for m in known.memberships
            ),
        )
    lasting = [m for m in known.memberships if m.until is None]
    if warning.id_number and any(m.person.id_number == warning.id_number for m in lasting):
        return known
    person = Person(
        id=PersonId(work.clock.new_id()), name=warning.name, id_number=warning.id_number, phone=warning.phone
    )
    relation = house.relation or Relation.OTHER
    member = Membership(person=person, relation=relation, since=warning.received_on, because="登记预警信息时加入")
    return msgspec.structs.replace(known, memberships=(*known.memberships, member))


def _tidy(particulars: Particulars | None) -> Particulars | None:
    match particulars:
        case Screening(found_by=found_by):
            return Screening(found_by=found_by.strip())
        case Application(applicant=applicant, applied_on=applied_on):
            return Application(applicant=applicant.strip(), applied_on=applied_on)
        case PetitionFile(reference=reference):
            return PetitionFile(reference=reference.strip())
        case None:
            return None


def open_case(work: Work, desk: WritableDesk, warning: Warning, *, package: str = "") -> Case:
    """Open the case of a warning under the pack in force, inside a transaction that is already open.

    ``package`` is the digest of the package that brought it.
    """
    case = Case(
        id=CaseId(work.clock.new_id()),
        warning=warning,
        opened_on=work.clock.today(),
        pack=work.pack.id,
        package=package,
    )
    desk.cases.save(case)
    return case


def new_household(work: Work, case: Case, *, head_name: str, head_id_number: str, relation: Relation) -> Household:
    """A household as the clerk describes it for a case: its head, and the warned person where that is somebody else.

    ``relation`` is the warned person's to the head; with HEAD the head's name and number are the warned person's own.
    """
    since = case.warning.received_on
    warned = Person(
        id=PersonId(work.clock.new_id()),
        name=case.warning.name,
        id_number=case.warning.id_number,
        phone=case.warning.phone,
    )
    if relation is Relation.HEAD:
        members: tuple[Membership, ...] = (Membership(person=warned, relation=Relation.HEAD, since=since),)
    else:
        head = Person(id=PersonId(work.clock.new_id()), name=head_name, id_number=head_id_number)
        members = (
            Membership(person=head, relation=Relation.HEAD, since=since),
            Membership(person=warned, relation=relation, since=since),
        )
    return Household(id=HouseholdId(work.clock.new_id()), village_code=case.warning.village_code, memberships=members)
