"""Saying of an unmatched warning whose household it is, where the rules know none: a new one, or a known head's."""

from enum import Enum

import msgspec

from taizhang_casework.domain.answers import Answers, Given
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.id_number import parse_id_number
from taizhang_casework.domain.people import Household, Membership, Person, PersonId, Relation
from taizhang_casework.services.belonging import in_ledger
from taizhang_casework.services.intake import new_household
from taizhang_casework.services.matching import match_household
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.work import Work


class MemberRelation(Enum):
    """Relations to the head of a member who is not the head."""

    SPOUSE = Relation.SPOUSE.value
    CHILD = Relation.CHILD.value
    PARENT = Relation.PARENT.value
    GRANDCHILD = Relation.GRANDCHILD.value
    OTHER = Relation.OTHER.value


def own_household(work: Work, case: CaseId) -> Changes:
    """本人为户主: the warned person heads a new household."""
    with work.store.reading() as desk:
        known = desk.cases.get(case)
    return match_household(
        work, case, new_household(work, known, head_name="", head_id_number="", relation=Relation.HEAD)
    )


def heads_household(work: Work, case: CaseId, given: Given) -> Changes:
    """本人是家庭成员, as answered: ``head_name``, ``head_id_number`` (may be blank), ``relation`` (a value of MemberRelation).

    A head whom the office knows by the number keeps the household, and the warned person joins it; else it is a new one.
    NotAccepted with every finding at once.
    """
    answers = Answers(given, work.clock.today())
    relation = Relation(answers.choice("relation", MemberRelation, "与户主的关系").value)
    name, written = answers.text("head_name"), answers.text("head_id_number")
    with work.store.reading() as desk:
        known = desk.cases.get(case)
        number, findings = _head(known, name, written)
        findings = answers.with_blanks(findings)
        if findings:
            raise NotAccepted(findings)
        household = _headed_by(work, desk, number)
    if household is None:
        made = new_household(work, known, head_name=name, head_id_number=number, relation=relation)
        return match_household(work, case, made)
    return match_household(work, case, _joined_by(work, household, known, relation))


def _head(case: Case, name: str, written: str) -> tuple[str, tuple[Finding, ...]]:
    """The head's number, and what is wrong with name and number."""
    found: tuple[Finding, ...] = ()
    if not name:
        found += (Finding(field="head_name", code="blank", says="请填写户主姓名"),)
    if not written:
        return "", found
    parsed = parse_id_number(written)
    if parsed.says:
        found += (Finding(field="head_id_number", code="bad_id", says=parsed.says),)
    elif parsed.number == case.warning.id_number:
        says = "与本人的身份证号码相同；本人是户主的，请选择“本人为户主”"
        found += (Finding(field="head_id_number", code="same_person", says=says),)
    return parsed.number, found


def _headed_by(work: Work, desk: Desk, number: str) -> Household | None:
    if not number:
        return None
    today = work.clock.today()
    for household in desk.households.with_person(number):
        head = household.head_on(today)
        if head is not None and head.id_number == number and in_ledger(desk, household.id):
            return household
    return None


def _joined_by(work: Work, household: Household, case: Case, relation: Relation) -> Household:
    """The household with the warned person as a member, unchanged where they already are one."""
    warning = case.warning
    if warning.id_number and any(
        each.until is None and each.person.id_number == warning.id_number for each in household.memberships
    ):
        return household
    person = Person(id=PersonId(work.clock.new_id()), name=warning.name, id_number=warning.id_number)
    member = Membership(person=person, relation=relation, since=warning.received_on)
    return msgspec.structs.replace(household, memberships=(*household.memberships, member))
