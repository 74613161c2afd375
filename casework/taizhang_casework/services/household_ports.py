"""What the services need of the database about households, as a protocol; ``db`` implements it."""

from collections.abc import Sequence
from typing import Protocol

from taizhang_casework.domain.people import Household, HouseholdId


class Households(Protocol):
    """The households that the office knows."""

    def get(self, household: HouseholdId) -> Household:
        """The household; KeyError where there is none."""
        ...

    def save(self, household: Household) -> None:
        """Add it, or replace it by its id."""
        ...

    def many(self, households: Sequence[HouseholdId]) -> dict[HouseholdId, Household]:
        """These households by id; unknown ids are left out."""
        ...

    def with_person(self, id_number: str) -> Sequence[Household]:
        """All households that ever had a member with this number (18 characters)."""
        ...

    def with_name(self, village: str, name: str) -> Sequence[Household]:
        """All households of the village (12-digit code) that ever had a member of this name."""
        ...

    def found(self, text: str, villages: dict[str, tuple[str, ...]], most: int) -> Sequence[Household]:
        """At most so many households, the newest first, that every word of ``text`` is found in.

        A word is part of the name of somebody who ever belonged to it, or of a number or telephone (from three characters on), or
        a run of the pinyin initials of such a name, or it names the village: ``villages`` gives the codes that a word may mean.
        """
        ...
