"""Time, chance and how far a long deed is, as protocols; the PC, tests and the window implement them."""

from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    """Time and chance, the only two things that tests replace."""

    def now(self) -> datetime:
        """The moment, with its UTC offset."""
        ...

    def today(self) -> date:
        """The day by the office's clock."""
        ...

    def new_id(self) -> str:
        """A new random identifier of 32 hex digits."""
        ...


class Progress(Protocol):
    """How far a long deed is; what it raises ends the deed, of which then nothing is left."""

    def __call__(self, done: int, total: int) -> None:
        """``done`` of ``total``, in the unit of the deed."""
        ...
