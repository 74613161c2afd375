"""A table described by values: its columns, its order, and where its rows come from."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Generic, Protocol, TypeVar

import msgspec

from taizhang_desktop.look.tokens import Tone

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
S = TypeVar("S", bound=Enum)


class Align(Enum):
    """Where the text of a column stands."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


def no_tone(_row: object) -> Tone:
    """Most columns have none."""
    return Tone.PLAIN


class Column(msgspec.Struct, Generic[R, S], frozen=True, kw_only=True):
    """One column of rows ``R``, sortable by keys ``S``.

    ``text`` gives what is shown, masked where it is personal; ``full`` the unmasked text, shown only for a row that was
    revealed (None: nothing is masked). ``width`` is in Chinese characters. ``sort`` None: a click on the header does nothing.
    """

    title: str
    text: Callable[[R], str]
    width: int = 8
    align: Align = Align.LEFT
    sort: S | None = None
    tone: Callable[[R], Tone] = no_tone
    tip: Callable[[R], str] | None = None
    full: Callable[[R], str] | None = None


class Order(msgspec.Struct, Generic[S], frozen=True):
    """By which key, and in which direction."""

    key: S
    descending: bool = False


class RowSource(Protocol[R_co, S]):
    """Where rows come from; called in the worker's thread, so it is a frozen value that holds its filter."""

    def ids(self, order: Order[S]) -> Sequence[str]:
        """The ids of all rows in order."""
        ...

    def rows(self, ids: Sequence[str]) -> Sequence[R_co]:
        """These rows, in the order asked for, none left out."""
        ...
