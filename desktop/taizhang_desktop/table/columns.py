"""A table described by values: its columns, its order, and where its rows come from."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Generic, Protocol, TypeVar

import msgspec

from taizhang_desktop.look.tokens import Tone

R = TypeVar("R")
S = TypeVar("S", bound=Enum)


class Row(Protocol):
    """What every row of a big table has."""

    @property
    def id(self) -> str:
        """What the row is known by."""
        ...


Known = TypeVar("Known", bound=Row)
Known_co = TypeVar("Known_co", bound=Row, covariant=True)


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
    ``key`` names the column where users choose and arrange columns; one that is not ``usual`` is shown only when it was chosen.
    """

    title: str
    text: Callable[[R], str]
    key: str = ""
    width: int = 8
    align: Align = Align.LEFT
    sort: S | None = None
    tone: Callable[[R], Tone] = no_tone
    tip: Callable[[R], str] | None = None
    full: Callable[[R], str] | None = None
    usual: bool = True


class ColumnPlace(msgspec.Struct, frozen=True):
    """One column as a user has arranged it: its key, whether it is shown, its width in Chinese characters."""

    key: str
    shown: bool
    width: float


def usual_places(columns: Sequence[Column[R, S]]) -> tuple["ColumnPlace", ...]:
    """The columns as they are before anybody arranged them."""
    return tuple(ColumnPlace(column.key, column.usual, column.width) for column in columns)


def placed(columns: Sequence[Column[R, S]], places: Sequence["ColumnPlace"]) -> tuple["ColumnPlace", ...]:
    """The arrangement with every column in it once: one that is new comes last, one that is gone or twice is left out."""
    usual = {place.key: place for place in usual_places(columns)}
    kept = {place.key: place for place in places if place.key in usual and place.width > 0}
    whole = (*kept.values(), *(place for key, place in usual.items() if key not in kept))
    return whole if any(place.shown for place in whole) else tuple(usual.values())


class Order(msgspec.Struct, Generic[S], frozen=True):
    """By which key, and in which direction."""

    key: S
    descending: bool = False


class Extent(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows there are, and where the row stands that was to be kept in sight (None: nowhere).

    ``more`` where the source has more than these, and lists no more.
    """

    count: int
    place: int | None = None
    more: bool = False


class RowSource(Protocol[Known_co, S]):
    """Where rows come from; called in the worker's thread, so it is a frozen value that holds its filter."""

    def extent(self, order: Order[S], keep: str) -> Extent:
        """How many rows there are, and where the row of the id ``keep`` is (empty: none is to be kept)."""
        ...

    def rows(self, order: Order[S], start: int, count: int) -> Sequence[Known_co]:
        """The rows from one place on (the first is 0); fewer only at the end."""
        ...
