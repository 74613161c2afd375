"""What the services need of the ledger lines and of what was decided about them, as protocols; ``db`` implements them."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.matching import MatchDecision
from taizhang_casework.domain.people import HouseholdId
from taizhang_casework.domain.warning import WarningId
from taizhang_casework.services.list_ports import CaseList


class Cases(CaseList, Protocol):
    """The ledger lines in work, and those in the recycle bin.

    What is asked for by its own id or warning is there, in the bin or not (``get``, ``many``, ``of_warning``); every
    list is of the ledger and leaves the bin out, but ``discarded``, which is the bin.
    """

    def get(self, case: CaseId) -> Case:
        """The case; KeyError where there is none."""
        ...

    def save(self, case: Case) -> None:
        """Add it, or replace it by its id."""
        ...

    def open(self) -> Sequence[Case]:
        """The cases that are not closed, oldest ``received_on`` first."""
        ...

    def of_month(self, month: Month) -> Sequence[Case]:
        """The cases of the month's ledger: received by its end, and not closed before its first day; oldest first."""
        ...

    def of_household(self, household: HouseholdId) -> Sequence[Case]:
        """Every case of the household in the ledger, oldest first."""
        ...

    def of_warning(self, warning: WarningId) -> Case | None:
        """The case that the warning opened, in the recycle bin or not: a warning that comes again opens no second one."""
        ...

    def naming(self, id_number: str) -> Sequence[Case]:
        """Every case in the ledger whose warning names this number, oldest first."""
        ...

    def without_household(self, most: int) -> Sequence[Case]:
        """At most so many cases in the ledger that nobody has matched to a household and that are not closed, oldest first."""
        ...

    def repeated(self, most: int) -> Sequence[Case]:
        """At most so many open cases that share their person or their household with another line of the ledger, newest first."""
        ...

    def named(self, name: str) -> Sequence[Case]:
        """Every case in the ledger whose warning names a person of exactly this name, oldest first."""
        ...

    def all_ids(self) -> Sequence[CaseId]:
        """The ids of all cases of the ledger, newest ``received_on`` first."""
        ...

    def discarded(self) -> Sequence[Case]:
        """The recycle bin, discarded last first."""
        ...

    def first_received_on(self) -> date | None:
        """The day of the oldest warning, open or closed; None where there is no case."""
        ...

    def many(self, cases: Sequence[CaseId]) -> Sequence[Case]:
        """These cases, in the order asked for; unknown ids are left out."""
        ...


class Matches(Protocol):
    """What a person decided about proposals; a decided proposal is not made again."""

    def save(self, decision: MatchDecision) -> None:
        """Keep the decision; a later one on the same pair replaces it."""
        ...

    def about(self, thing: str) -> Sequence[MatchDecision]:
        """Every decision in force on a pair that this case or household is one of."""
        ...
