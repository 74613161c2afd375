"""Persons and households. A decision is on a household; department lists name persons."""

from datetime import date
from enum import Enum
from typing import NewType

import msgspec

PersonId = NewType("PersonId", str)
HouseholdId = NewType("HouseholdId", str)


class Relation(Enum):
    """A member's relation to the head, as in 附件 入户核查表."""

    HEAD = "head"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    GRANDCHILD = "grandchild"
    OTHER = "other"


class Person(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A person: the name as code points; ``id_number`` is GB 11643 (18 characters), empty on the 无证件 path."""

    id: PersonId
    name: str
    id_number: str = ""
    phone: str = ""


class Membership(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One person's time in one household. ``until`` is the last day, None while it lasts; heads change over time.

    ``because`` is why it began, ``ended_because`` why it ended, both as somebody wrote them; empty where nobody did.
    """

    person: Person
    relation: Relation
    since: date
    until: date | None = None
    because: str = ""
    ended_because: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the person belonged to the household on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


class Household(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A household of one village (12-digit statistical code) with its dated memberships.

    They begin when the office came to know the household; of a day before that, what was first known is said.
    """

    id: HouseholdId
    village_code: str
    memberships: tuple[Membership, ...]

    def head_on(self, day: date) -> Person | None:
        """The head of the household on that day, None where the household has none."""
        for membership in reversed(self.memberships_on(day)):
            if membership.relation is Relation.HEAD:
                return membership.person
        return None

    def members_on(self, day: date) -> tuple[Person, ...]:
        """Everybody who belonged to the household on that day, the head included."""
        return tuple(m.person for m in self.memberships_on(day))

    def member(self, person: PersonId) -> Membership | None:
        """The person's newest time in the household, None where there is none."""
        return next((m for m in reversed(self.memberships) if m.person.id == person), None)

    def has_now(self, name: str, id_number: str) -> bool:
        """Whether that person is a member now: by the number, by the name where one of the two numbers is missing."""
        lasting = [each.person for each in self.memberships if each.until is None]
        if any(id_number and each.id_number == id_number for each in lasting):
            return True
        return any(each.name == name and not (each.id_number and id_number) for each in lasting)

    def memberships_on(self, day: date) -> list[Membership]:
        """Who belonged to the household on that day, and as what; before its first day, those of that one."""
        found = [m for m in self.memberships if m.holds_on(day)]
        if found:
            return found
        known_since = min((m.since for m in self.memberships), default=day)
        return [m for m in self.memberships if m.holds_on(max(day, known_since))]
