"""The ledger lines in work."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, and_, bindparam, func, insert, or_, select, update
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.case_query import CaseCount, CaseFacets, CaseQuery, CaseRow
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.people import HouseholdId
from taizhang_casework.domain.warning import WarningId

from taizhang_db.codec import decode, encode
from taizhang_db.pen import Pen
from taizhang_db.repositories import case_columns, case_search, case_words
from taizhang_db.repositories.bodies import as_kept
from taizhang_db.repositories.case_columns import Packs
from taizhang_db.repositories.in_ledger import NOT_DISCARDED
from taizhang_db.repositories.ledger_month import in_ledger_of
from taizhang_db.tables import case_bodies, cases

_OLDEST_FIRST = (cases.c.received_on, cases.c.seq)
_NEWEST_FIRST = (cases.c.received_on.desc(), cases.c.seq.desc())
_AT_ONCE = 1_000
_KNOWN = (
    select(cases, case_bodies.c.body)
    .join(case_bodies, case_bodies.c.case_seq == cases.c.seq)
    .where(cases.c.id == bindparam("thing"))
)
_ADD = insert(cases).returning(cases.c.seq)
_ADD_BODY = insert(case_bodies)
_CLOCKS = select(cases.c.clock).where(NOT_DISCARDED, cases.c.clock.is_not(None)).distinct()
_REPLACE_BODY = update(case_bodies).where(case_bodies.c.case_seq == bindparam("known"))


class SqlCases:
    """Implements ``Cases``. Among cases received on one day, those entered first come first."""

    def __init__(self, connection: Connection, packs: Packs, pen: Pen) -> None:
        self._connection = connection
        self._packs = packs
        self._pen = pen

    def get(self, case: CaseId) -> Case:
        """The case; KeyError where there is none."""
        found = self._where(cases.c.id == case)
        if not found:
            raise KeyError(case)
        return found[0]

    def save(self, case: Case) -> None:
        """Add it, or replace it by its id."""
        known = self._connection.execute(_KNOWN, {"thing": case.id}).mappings().first()
        body = encode(case)
        if not self._pen.note(Kind.CASE, case.id, before=None if known is None else known["body"], after=body):
            return
        if known is None:
            seq = self._connection.execute(
                _ADD, {"id": case.id, **case_columns.columns_of(case, None, self._packs)}
            ).scalar_one()
            self._connection.execute(_ADD_BODY, {"case_seq": seq, "body": body})
            before = None
        else:
            seq = known["seq"]
            before = case_words.facts_of(self._connection, seq)
            letter = case_columns.newest_letter(self._connection, case.id)
            columns = case_columns.columns_of(case, letter, self._packs)
            changed = {name: value for name, value in columns.items() if known[name] != value}
            if changed:  # each column left out leaves an index alone
                self._connection.execute(update(cases).where(cases.c.seq == seq).values(changed))
            self._connection.execute(_REPLACE_BODY, {"known": seq, "body": body})
        case_words.keep(self._connection, before, case_words.facts_of(self._connection, seq))

    def open(self) -> Sequence[Case]:
        """The cases that are not closed, oldest ``received_on`` first."""
        return self._ledger(cases.c.closed_on.is_(None))

    def of_month(self, month: Month) -> Sequence[Case]:
        """The cases of the month's ledger: received by its end, and not closed before its first day; oldest first."""
        return self._ledger(in_ledger_of(month))

    def of_household(self, household: HouseholdId) -> Sequence[Case]:
        """Every case of the household in the ledger, oldest first."""
        return self._ledger(cases.c.household_id == household)

    def of_warning(self, warning: WarningId) -> Case | None:
        """The case that the warning opened, in the recycle bin or not."""
        found = self._where(cases.c.warning_id == warning)
        return found[0] if found else None

    def naming(self, id_number: str) -> Sequence[Case]:
        """Every case in the ledger whose warning names this number, oldest first."""
        return self._ledger(cases.c.id_number == id_number)

    def without_household(self, most: int) -> Sequence[Case]:
        """At most so many open cases in the ledger that nobody has matched to a household, oldest first."""
        return self._bodies(
            select(case_bodies.c.body)
            .join(cases)
            .where(NOT_DISCARDED, cases.c.closed_on.is_(None), cases.c.household_id.is_(None))
            .order_by(*_OLDEST_FIRST)
            .limit(most)
        )

    def repeated(self, most: int) -> Sequence[Case]:
        """At most so many open cases that share their person or their household with another line of the ledger, newest first."""
        by_number = and_(cases.c.id_number != "", _twin(cases.c.id_number))
        by_household = _twin(cases.c.household_id)
        return self._bodies(
            select(case_bodies.c.body)
            .join(cases)
            .where(NOT_DISCARDED, cases.c.closed_on.is_(None), cases.c.household_id.is_not(None))
            .where(or_(by_number, by_household))
            .order_by(*_NEWEST_FIRST)
            .limit(most)
        )

    def named(self, name: str) -> Sequence[Case]:
        """Every case in the ledger whose warning names a person of exactly this name, oldest first."""
        return self._ledger(cases.c.name == name)

    def all_ids(self) -> Sequence[CaseId]:
        """The ids of all cases of the ledger, newest ``received_on`` first."""
        return self._connection.scalars(select(cases.c.id).where(NOT_DISCARDED).order_by(*_NEWEST_FIRST)).all()

    def discarded(self) -> Sequence[Case]:
        """The recycle bin, discarded last first."""
        bodies = self._connection.scalars(
            select(case_bodies.c.body)
            .join(cases)
            .where(cases.c.discarded_at.is_not(None))
            .order_by(cases.c.discarded_at.desc(), cases.c.seq.desc())
        )
        return [decode(body, Case) for body in bodies]

    def first_received_on(self) -> date | None:
        """The day of the oldest warning, open or closed; None where there is no case."""
        first: date | None = self._connection.scalar(select(func.min(cases.c.received_on)).where(NOT_DISCARDED))
        return first

    def many(self, cases_: Sequence[CaseId]) -> Sequence[Case]:
        """These cases, in the order asked for; unknown ids are left out."""
        found: dict[CaseId, Case] = {}
        for start in range(0, len(cases_), _AT_ONCE):
            some = self._where(cases.c.id.in_(cases_[start : start + _AT_ONCE]))
            found.update((case.id, case) for case in some)
        return [found[case] for case in cases_ if case in found]

    def count(self, query: CaseQuery) -> CaseCount:
        """How many rows of the big table the query has."""
        return case_search.count(self._connection, query)

    def page(self, query: CaseQuery, start: int, rows: int) -> Sequence[CaseRow]:
        """The rows of the query from one place on (the first is 0), in its order; fewer at its end."""
        return case_search.page(self._connection, query, start, rows)

    def place(self, query: CaseQuery, case: CaseId) -> int | None:
        """Where the case stands among the rows of the query; None where it is not one of them."""
        return case_search.place(self._connection, query, case)

    def ids(self, query: CaseQuery, start: int = 0, rows: int | None = None) -> Sequence[CaseId]:
        """The ids of the rows of the query from one place on, in its order; ``rows`` None: to its end."""
        return case_search.ids(self._connection, query, start, rows)

    def rows(self, cases_: Sequence[CaseId]) -> Sequence[CaseRow]:
        """These cases as rows of the big table, in the order asked for; those not in the ledger are left out."""
        return case_search.rows_of(self._connection, cases_)

    def running_clocks(self) -> Sequence[str]:
        """The keys of all clocks that run, each once."""
        return self._connection.scalars(_CLOCKS).all()

    def facets(self) -> CaseFacets:
        """What the big table can be narrowed to."""
        return case_search.facets(self._connection)

    def _ledger(self, condition: ColumnElement[bool]) -> list[Case]:
        return self._where(and_(NOT_DISCARDED, condition))

    def _where(self, condition: ColumnElement[bool]) -> list[Case]:
        return self._bodies(
            select(as_kept(case_bodies.c.body)).join_from(case_bodies, cases).where(condition).order_by(*_OLDEST_FIRST)
        )

    def _bodies(self, asked: Select[Any]) -> list[Case]:
        return [decode(body, Case) for body in self._connection.scalars(asked)]


def _twin(column: Column[Any]) -> ColumnElement[bool]:
    """Whether another line of the ledger has the same there: one question a column, or no index answers it."""
    other = cases.alias()
    return (
        select(other.c.seq)
        .where(other.c.discarded_at.is_(None), other.c.seq != cases.c.seq, other.c[column.name] == column)
        .exists()
    )
