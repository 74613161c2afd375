"""改归另一户: a warning that was put with the wrong household goes to another, with a reason, while nothing is verified at the first."""

from collections.abc import Iterator

import msgspec

from taizhang_casework.domain.answers import Answers, Given
from taizhang_casework.domain.case import Case, CaseId, Correction
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.matching import ProposalKind, Verdict
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.people import Household, HouseholdId, Membership, Person, PersonId, Relation
from taizhang_casework.domain.typed_text import half_characters
from taizhang_casework.domain.warning_correction import LONGEST_WHY
from taizhang_casework.services.belonging import in_ledger
from taizhang_casework.services.intake import new_household
from taizhang_casework.services.matching import keep_decision, keep_household, not_movable
from taizhang_casework.services.new_household import MemberRelation
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.work import Work

OWN = "own"
"""Answer to ``household``: the office knows none, the warned person heads a new one."""


def move_case(work: Work, case: CaseId, given: Given) -> Changes:
    """Move a case, as answered: ``household`` (its id, or :data:`OWN`), ``relation`` (a MemberRelation), ``why``.

    The relation is asked where the warned person does not belong to that household yet, and joins it. Every user may; what was
    done or decided at the first household forbids it until the case is reopened, which only who may decide does. NotAccepted
    with every finding at once.
    """
    answers = Answers(given, work.clock.today())
    with work.store.change(Operation.MOVE_CASE, work.user) as desk:
        known = work.in_hand(desk, case)
        target, found = _target(work, desk, known, answers)
        why = answers.text("why")
        found += tuple(_reason(why))
        found = answers.with_blanks((*not_movable(work, desk, known), *found))
        if found or target is None:
            raise NotAccepted(found)
        mended = Correction(at=work.clock.now(), by=work.user.name, why=why)
        if known.household is not None:
            keep_decision(work, desk, ProposalKind.PERSON_IN_HOUSEHOLD, known.id, known.household, Verdict.NO)
        moved = msgspec.structs.replace(known, corrections=(*known.corrections, mended))
        keep_household(work, desk, moved, target)
    return desk.changes


def _target(work: Work, desk: Desk, case: Case, answers: Answers) -> tuple[Household | None, tuple[Finding, ...]]:
    """The household as it will be with the case."""
    asked = answers.key("household", "是哪一户")
    if not asked:
        return None, ()
    if asked == OWN:
        return new_household(work, case, head_name="", head_id_number="", relation=Relation.HEAD), ()
    household = next(iter(desk.households.many([HouseholdId(asked)]).values()), None)
    if household is None or not in_ledger(desk, household.id):
        return None, (Finding(field="household", code="unknown", says="台账里没有这一户了，请重新查找"),)
    if household.id == case.household:
        return None, (Finding(field="household", code="same", says="本条现在就归在这一户"),)
    if household.has_now(case.warning.name, case.warning.id_number):
        return household, ()
    relation = Relation(answers.choice("relation", MemberRelation, "与户主的关系").value)
    warning = case.warning
    person = Person(
        id=PersonId(work.clock.new_id()), name=warning.name, id_number=warning.id_number, phone=warning.phone
    )
    member = Membership(person=person, relation=relation, since=warning.received_on, because="改归本户时加入")
    return msgspec.structs.replace(household, memberships=(*household.memberships, member)), ()


def _reason(why: str) -> Iterator[Finding]:
    yield from half_characters("why", why)
    if not why:
        yield Finding(field="why", code="blank", says="请填写改归的原因")
    elif len(why) > LONGEST_WHY:
        over = len(why) - LONGEST_WHY
        yield Finding(field="why", code="too_long", says=f"最多{LONGEST_WHY}个字，多了{over}个字")
