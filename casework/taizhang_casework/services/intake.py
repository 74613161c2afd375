"""Taking a warning in: every one opens a case of its own (一（三）1: 逐条建立工作台账)."""

from datetime import date

import msgspec

from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.id_number import parse_id_number
from taizhang_casework.domain.people import Household, HouseholdId, Membership, Person, PersonId, Relation
from taizhang_casework.domain.warning import Channel, Warning, WarningId
from taizhang_casework.services.ports import WritableDesk
from taizhang_casework.services.work import Work


class WarningDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What the clerk typed for a warning that did not come in a package: 干部排查, 自主申报 or 信访信息."""

    channel: Channel
    source: str
    detail: str
    name: str
    id_number: str
    village_code: str
    received_on: date | None


class TakenIn(msgspec.Struct, frozen=True, kw_only=True):
    """The case that was opened, what was touched, and what the rules want to be looked at."""

    case: CaseId
    changes: Changes
    findings: tuple[Finding, ...] = ()


def check_draft(draft: WarningDraft, work: Work) -> tuple[Finding, ...]:
    """Everything to be said about the draft at once; a blank date stays blank and is said."""
    found: list[Finding] = []
    found += [
        Finding(field=field, code="blank", says=f"请填写{label}")
        for field, label, text in (
            ("name", "姓名", draft.name),
            ("source", "预警信息来源", draft.source),
            ("detail", "具体预警信息", draft.detail),
        )
        if not text.strip()
    ]
    if draft.id_number.strip():
        parsed = parse_id_number(draft.id_number)
        if parsed.says:
            found.append(Finding(field="id_number", code="bad_id", says=parsed.says))
    else:
        found.append(
            Finding(
                field="id_number", code="missing_id", says="没有填写身份证号码（无证件的按户口簿登记）", blocks=False
            )
        )
    if draft.village_code not in work.divisions.villages:
        found.append(Finding(field="village_code", code="unknown_village", says="请选择村（社区）"))
    if draft.received_on is None:
        found.append(Finding(field="received_on", code="blank", says="请填写信息反馈日期", clause="附件2"))
    elif draft.received_on > work.clock.today():
        found.append(Finding(field="received_on", code="future", says="信息反馈日期还没有到，请填写实际日期"))
    return tuple(found)


def take_warning(work: Work, draft: WarningDraft) -> TakenIn:
    """Open a case for a warning typed by the clerk; NotAccepted with every finding where something blocks."""
    findings = check_draft(draft, work)
    if any(finding.blocks for finding in findings) or draft.received_on is None:
        raise NotAccepted(findings)
    warning = Warning(
        id=WarningId(work.clock.new_id()),
        channel=draft.channel,
        source=draft.source.strip(),
        detail=draft.detail.strip(),
        name=draft.name.strip(),
        id_number=parse_id_number(draft.id_number).number if draft.id_number.strip() else "",
        town_code=work.divisions.villages[draft.village_code].town_code,
        village_code=draft.village_code,
        received_on=draft.received_on,
    )
    with work.store.change("take_warning", work.user) as desk:
        case = open_case(work, desk, warning)
    return TakenIn(case=case.id, changes=desk.changes, findings=findings)


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
    warned = Person(id=PersonId(work.clock.new_id()), name=case.warning.name, id_number=case.warning.id_number)
    if relation is Relation.HEAD:
        members: tuple[Membership, ...] = (Membership(person=warned, relation=Relation.HEAD, since=since),)
    else:
        head = Person(id=PersonId(work.clock.new_id()), name=head_name, id_number=head_id_number)
        members = (
            Membership(person=head, relation=Relation.HEAD, since=since),
            Membership(person=warned, relation=relation, since=since),
        )
    return Household(id=HouseholdId(work.clock.new_id()), village_code=case.warning.village_code, memberships=members)
