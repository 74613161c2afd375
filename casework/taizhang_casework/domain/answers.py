"""What a clerk has answered in a form so far: blanks are said, all at once, and never filled in."""

from collections.abc import Collection, Mapping
from datetime import date
from enum import Enum
from typing import TypeVar

from taizhang_casework.domain.findings import Finding, not_answered
from taizhang_casework.domain.money import Fen
from taizhang_casework.domain.steps import Cleared, Doubt, MemberCheck, Signature

Line = Doubt | Cleared | MemberCheck | Signature
"""A line of a list within a form."""

Answer = date | int | str | tuple[str, ...] | tuple[Line, ...] | None
"""A day, a count or an amount in fen, words or the key of a choice, names or keys, lines; None is blank."""

Given = Mapping[str, Answer]
"""Answers by the name in code of their field; a field that is not there is blank."""

K = TypeVar("K", bound=Enum)
L = TypeVar("L", Doubt, Cleared, MemberCheck, Signature)


class Answers:
    """Reads the answers of one form. A required one that is blank is noted in :attr:`blanks` and a stand-in is returned.

    What was read with stand-ins serves to find what else is wrong and must not be kept: see :meth:`complete`.
    """

    def __init__(self, given: Given, stand_in: date) -> None:
        """``stand_in`` is a day that the rules accept, for days that are blank."""
        self._given = given
        self._stand_in = stand_in
        self._blanks: list[Finding] = []

    @property
    def blanks(self) -> tuple[Finding, ...]:
        """Every required answer that is blank, in the order of reading."""
        return tuple(self._blanks)

    @property
    def complete(self) -> bool:
        """Whether nothing that is required is blank."""
        return not self._blanks

    def day(self, field: str, label: str) -> date:
        """A day that is required."""
        answer = self._given.get(field)
        if isinstance(answer, date):
            return answer
        self._blank(field, label)
        return self._stand_in

    def perhaps_day(self, field: str) -> date | None:
        """A day that may be blank."""
        answer = self._given.get(field)
        return answer if isinstance(answer, date) else None

    def count(self, field: str, label: str) -> int:
        """A number that is required."""
        answer = self._given.get(field)
        if isinstance(answer, int):
            return answer
        self._blank(field, label)
        return 0

    def choice(self, field: str, kinds: type[K], label: str) -> K:
        """One of the kinds, answered by its value; required."""
        answer = self._given.get(field)
        found = next((kind for kind in kinds if kind.value == answer), None)
        if found is None:
            self._blank(field, label)
            return next(iter(kinds))
        return found

    def text(self, field: str) -> str:
        """Words without blanks at their ends; whether they are required is for the rules of the record."""
        answer = self._given.get(field)
        return answer.strip() if isinstance(answer, str) else ""

    def names(self, field: str) -> tuple[str, ...]:
        """Names or keys, without empty ones."""
        answer = self._given.get(field)
        if not isinstance(answer, tuple):
            return ()
        return tuple(name.strip() for name in answer if isinstance(name, str) and name.strip())

    def perhaps(self, field: str, kinds: type[K]) -> K | None:
        """One of the kinds, answered by its value; None where nobody answered."""
        answer = self._given.get(field)
        return next((kind for kind in kinds if kind.value == answer), None)

    def amount(self, field: str) -> Fen | None:
        """An amount in fen; None where nobody answered."""
        answer = self._given.get(field)
        return Fen(answer) if isinstance(answer, int) else None

    def key(self, field: str, label: str) -> str:
        """The key of a dictionary's entry; required."""
        answer = self.text(field)
        if not answer:
            self._blank(field, label)
        return answer

    def lines(self, field: str, kind: type[L]) -> tuple[L, ...]:
        """The lines of that kind in a list."""
        answer = self._given.get(field)
        return tuple(line for line in answer if isinstance(line, kind)) if isinstance(answer, tuple) else ()

    def with_blanks(
        self, found: Collection[Finding], hangs_on: Mapping[str, tuple[str, ...]] | None = None
    ) -> tuple[Finding, ...]:
        """The blanks, and of what was found with stand-ins only what holds whatever the blanks will be.

        ``hangs_on`` names, by field, the fields whose findings can only be said once it is answered.
        """
        if self.complete:
            return tuple(found)
        blank = {finding.field for finding in self._blanks}
        unsure = blank.union(*((hangs_on or {}).get(field, ()) for field in blank))
        return (*self._blanks, *(finding for finding in found if finding.field not in unsure))

    def _blank(self, field: str, label: str) -> None:
        self._blanks.append(not_answered(field, label))
