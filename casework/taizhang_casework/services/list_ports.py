"""What the big table and the history need of the world, as protocols that ``ports`` joins to the others."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.case_query import CaseCount, CaseFacets, CaseQuery, CaseRow
from taizhang_casework.domain.changes import Touched
from taizhang_casework.domain.history import JournalEntry
from taizhang_casework.domain.income import IncomeLine, IncomeLineId
from taizhang_casework.domain.list_views import ListView, ListViewId


class CaseList(Protocol):
    """The rows of the big table, page by page."""

    def count(self, query: CaseQuery) -> CaseCount:
        """How many rows of the big table the query has."""
        ...

    def page(self, query: CaseQuery, start: int, rows: int) -> Sequence[CaseRow]:
        """The rows of the query from one place on (the first is 0), in its order; fewer at its end."""
        ...

    def place(self, query: CaseQuery, case: CaseId) -> int | None:
        """Where the case stands among the rows of the query; None where it is not one of them."""
        ...

    def ids(self, query: CaseQuery, start: int = 0, rows: int | None = None) -> Sequence[CaseId]:
        """The ids of the rows of the query from one place on, in its order; ``rows`` None: to its end."""
        ...

    def rows(self, cases: Sequence[CaseId]) -> Sequence[CaseRow]:
        """These cases as rows of the big table, in the order asked for; those not in the ledger are left out."""
        ...

    def running_clocks(self) -> Sequence[str]:
        """The keys of all clocks that run, each once."""
        ...

    def facets(self) -> CaseFacets:
        """What the big table can be narrowed to."""
        ...


class Journal(Protocol):
    """What was taken down about every change; it is only read here."""

    def of_things(
        self, things: Sequence[Touched], case: CaseId, *, older_than: int | None, most: int
    ) -> Sequence[JournalEntry]:
        """What was changed of these things and the letters of the case, and who looked at what of it: newest first, before a row."""
        ...

    def by_user(self, user: str, *, after: int) -> Iterator[JournalEntry]:
        """What the user of that name changed behind a row, newest first; read as far as it is asked for."""
        ...

    def newest_of(self, thing: Touched, *, up_to: int | None = None) -> JournalEntry | None:
        """The newest change of a thing, up to a row and with it where one is named; None where there is none."""
        ...

    def newest_number(self) -> int:
        """The number of the newest row; 0 while there is none."""
        ...


class ListViews(Protocol):
    """The views of the big table that the office has kept."""

    def get(self, view: ListViewId) -> ListView:
        """The view; KeyError where there is none."""
        ...

    def save(self, view: ListView) -> None:
        """Add it, or replace it by its id."""
        ...

    def all(self) -> Sequence[ListView]:
        """Every view, those taken away too, in the order of their making."""
        ...


class IncomeLines(Protocol):
    """The income lines that were entered."""

    def get(self, line: IncomeLineId) -> IncomeLine:
        """The line; KeyError where there is none."""
        ...

    def save(self, line: IncomeLine) -> None:
        """Add it, or replace it by its id."""
        ...

    def all(self) -> Sequence[IncomeLine]:
        """Every line, those taken away too, in the order of their entering."""
        ...
