"""The households that the office knows: found, looked at with their history, and changed with a day and a reason."""

from collections.abc import Callable

import msgspec

from taizhang_casework.domain.case import Case
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.household_changes import Changed, Happening, corrected, headed_by, joined, left
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.people import Household, HouseholdId, Person, PersonId, Relation
from taizhang_casework.services.belonging import elsewhere, in_ledger
from taizhang_casework.services.matching import in_verification
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.work import Work

MOST_FOUND = 50
"""So many households a search lists at most; who gets more types more."""


class FoundHouseholds(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found, the newest first; ``more`` where there are more than are listed."""

    households: tuple[Household, ...] = ()
    more: bool = False


class HouseholdSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A household with its lines in the ledger, oldest first, and those of them that another line could be verified with."""

    household: Household
    lines: tuple[Case, ...] = ()
    in_verification: tuple[Case, ...] = ()


def find_households(work: Work, text: str) -> FoundHouseholds:
    """Households by a part of a member's name, number or telephone, by pinyin initials, by village; none for a blank text."""
    words = text.split()
    if not words:
        return FoundHouseholds()
    villages = {
        word: tuple(code for code, village in work.divisions.villages.items() if word in village.name) for word in words
    }
    with work.store.reading() as desk:
        found = desk.households.found(text, villages, MOST_FOUND + 1)
        known = tuple(each for each in found if in_ledger(desk, each.id))
    return FoundHouseholds(households=known[:MOST_FOUND], more=len(found) > MOST_FOUND)


def household_sheet(desk: Desk, household: HouseholdId) -> HouseholdSheet:
    """The household as it stands; KeyError where there is none."""
    return HouseholdSheet(
        household=desk.households.get(household),
        lines=tuple(desk.cases.of_household(household)),
        in_verification=in_verification(desk, household),
    )


def join_household(
    work: Work, household: HouseholdId, person: Person, relation: Relation, happening: Happening
) -> Changes:
    """Somebody joins. NotAccepted with every finding; also where the number belongs to another household at present."""
    fresh = msgspec.structs.replace(person, id=PersonId(work.clock.new_id()))
    return _change(
        work,
        household,
        Operation.JOIN_HOUSEHOLD,
        lambda desk, known: (
            elsewhere(work, desk, household, fresh.id_number.strip(), "id_number")
            or joined(known, fresh, relation, happening, work.clock.today())
        ),
    )


def leave_household(work: Work, household: HouseholdId, person: PersonId, happening: Happening) -> Changes:
    """Somebody leaves; the day is the last one in the household."""
    return _change(
        work, household, Operation.LEAVE_HOUSEHOLD, lambda _, known: left(known, person, happening, work.clock.today())
    )


def change_head(
    work: Work, household: HouseholdId, person: PersonId, former_becomes: Relation | None, happening: Happening
) -> Changes:
    """Another member is the head from that day on; the former head stays as ``former_becomes``, or leaves."""
    return _change(
        work,
        household,
        Operation.CHANGE_HEAD,
        lambda _, known: headed_by(known, person, former_becomes, happening, work.clock.today()),
    )


def correct_member(work: Work, household: HouseholdId, person: Person, relation: Relation) -> Changes:
    """Mend a slip in a member's name, number, telephone or relation; the journal keeps what stood there before."""
    return _change(
        work,
        household,
        Operation.CORRECT_MEMBER,
        lambda desk, known: (
            elsewhere(work, desk, household, person.id_number.strip(), "id_number")
            or corrected(known, person, relation)
        ),
    )


def _change(
    work: Work, household: HouseholdId, operation: Operation, change: Callable[[Desk, Household], Changed]
) -> Changes:
    with work.store.change(operation, work.user) as desk:
        after = change(desk, desk.households.get(household))
        if isinstance(after, tuple):
            raise NotAccepted(after)
        desk.households.save(after)
    return desk.changes
