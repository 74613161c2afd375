"""What the services need of the frozen ledgers, as a protocol; ``db`` implements it."""

from collections.abc import Sequence
from typing import Protocol

from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.ledger import Filing, FilingId, FrozenIn, Month


class Filings(Protocol):
    """The months that the office has frozen."""

    def add(self, filing: Filing) -> None:
        """Keep a frozen filing; it is never changed."""
        ...

    def get(self, filing: FilingId) -> Filing:
        """The filing; KeyError where there is none."""
        ...

    def latest(self, month: Month) -> Filing | None:
        """The highest revision of the month."""
        ...

    def of_month(self, month: Month) -> Sequence[Filing]:
        """Every revision of the month, the highest first."""
        ...

    def months(self) -> frozenset[Month]:
        """The months that have been frozen."""
        ...

    def holding(self, case: CaseId) -> Sequence[FrozenIn]:
        """The revisions in which the case is a line, oldest month and revision first."""
        ...
