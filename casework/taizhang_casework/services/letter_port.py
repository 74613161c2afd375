"""What the services need of the drawer that keeps the letters, as a protocol; ``db`` implements it."""

from collections.abc import Sequence
from typing import Protocol

from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.letter import Letter, LetterId


class Letters(Protocol):
    """The letters to refused applicants."""

    def get(self, letter: LetterId) -> Letter:
        """The letter; KeyError where there is none."""
        ...

    def save(self, letter: Letter) -> None:
        """Add it, or replace it by its id."""
        ...

    def of_case(self, case: CaseId) -> Letter | None:
        """The newest letter of the case."""
        ...

    def history(self, case: CaseId) -> Sequence[Letter]:
        """Every letter of the case, the newest first: behind it those that it superseded."""
        ...

    def histories(self, cases: Sequence[CaseId]) -> dict[CaseId, Sequence[Letter]]:
        """Every letter of each of these cases that has one, the newest first."""
        ...

    def of_cases(self, cases: Sequence[CaseId]) -> dict[CaseId, Letter]:
        """The newest letter of each of these cases that has one."""
        ...

    def last_serial(self, year: int) -> int:
        """The highest serial number given in the year; 0 where none was given. Numbers are never given twice."""
        ...

    def newest(self) -> Letter | None:
        """The letter with the highest number."""
        ...

    def all(self) -> Sequence[Letter]:
        """Every letter, by number."""
        ...
