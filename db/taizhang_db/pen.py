"""What a transaction writes with: it takes down every change for the journal and for the screens."""

from typing import Protocol

from taizhang_casework.domain.changes import Changes, Kind, Touched
from taizhang_casework.domain.operation import Operation

from taizhang_db.journal import Change


class DeskIsForReadingError(RuntimeError):
    """Something was saved through a desk that was opened for reading: an error of our own."""


class Pen(Protocol):
    """Asked before every write."""

    def note(self, kind: Kind, thing: str, *, before: str | None, after: str) -> bool:
        """Take down a change by the thing's JSON before and after; False where they are equal and nothing is to be written."""
        ...


class NoPen:
    """The pen of a desk that is for reading."""

    def note(self, kind: Kind, thing: str, *, before: str | None, after: str) -> bool:  # noqa: ARG002 - a Pen
        """Refuse: DeskIsForReadingError."""
        raise DeskIsForReadingError(f"{kind.value} saved while reading")


class RecordingPen:
    """Collects the changes of one operation."""

    def __init__(self, operation: Operation, *, undoes: bool = False) -> None:
        self._operation = operation
        self._undoes = undoes
        self._written: list[Change] = []
        self._touched: dict[Touched, None] = {}

    def note(self, kind: Kind, thing: str, *, before: str | None, after: str) -> bool:
        """Take down the change where there is one."""
        if before == after:
            return False
        self._written.append(Change(kind, thing, before, after))
        self._touched[Touched(kind, thing)] = None
        return True

    @property
    def written(self) -> tuple[Change, ...]:
        """Every change in order, for the journal."""
        return tuple(self._written)

    @property
    def changes(self) -> Changes:
        """Everything touched so far, each thing once, in the order of first touch."""
        return Changes(operation=self._operation, undoes=self._undoes, touched=tuple(self._touched))
