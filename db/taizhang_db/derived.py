"""Whether what is kept beside the bodies, to find, sort and count them, says what they say.

It is written in the transaction of the body and is never journalled: nothing but this comparison notices where it differs. The
bodies are believed here; whether they are what was saved, the journal tells.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import Enum
from functools import partial
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, RowMapping
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.monitoring import MonitoredHousehold
from taizhang_casework.domain.people import Household

from taizhang_db import derived_queries
from taizhang_db.codec import decode
from taizhang_db.repositories.case_columns import Packs, columns_of
from taizhang_db.repositories.case_words import CaseFacts
from taizhang_db.repositories.household_words import words_of
from taizhang_db.repositories.households import household_columns
from taizhang_db.repositories.monitored import monitored_columns
from taizhang_db.word_prints import WordPrints

Seen = Callable[[int], None]
"""Called with how many rows were compared; what it raises ends the walk."""
_AT_ONCE = 500


class Differing(NamedTuple):
    """How many rows of one kind differ; ``words`` says of what, in Chinese."""

    words: str
    rows: int


def parts(packs: Packs) -> Iterator[tuple[frozenset[Kind], Callable[[Connection, Seen], Iterator[Differing]]]]:
    """Each comparison, and the kinds whose bodies it believes; it runs in one look. ``packs`` are all that a case may be under."""
    yield frozenset({Kind.CASE, Kind.LETTER, Kind.HOUSEHOLD}), partial(_cases, packs)
    yield frozenset({Kind.HOUSEHOLD}), _households
    yield frozenset({Kind.MONITORED_HOUSEHOLD}), _monitored
    for query in derived_queries.QUERIES:
        yield query.kinds, _asked(query)


def rows_of(connection: Connection) -> int:
    """How many rows there are to compare, for progress: those that are read one by one."""
    tables = ("cases", "households", "monitored_households")
    return sum(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() for table in tables)


def _asked(query: derived_queries.Query) -> Callable[[Connection, Seen], Iterator[Differing]]:
    def ask(connection: Connection, _seen: Seen) -> Iterator[Differing]:
        yield Differing(query.words, connection.exec_driver_sql(query.sql).scalar_one())

    return ask


def _cases(packs: Packs, connection: Connection, seen: Seen) -> Iterator[Differing]:
    prints = WordPrints(connection, "case_words", _last(connection, "cases"))
    columns = words = 0
    for row in _each(connection, derived_queries.CASES, seen):
        case = decode(row["body"], Case)
        letter = None if row["letter"] is None else decode(row["letter"], Letter)
        should = _as_kept({"id": case.id, **columns_of(case, letter, packs)})
        head = (row["head_of_household"], row["number_of_head"])
        columns += any(row[name] != value for name, value in should.items()) or head != (
            row["head_name"],
            row["head_id_number"],
        )
        if case.discarded is None:
            facts = CaseFacts(
                row["seq"],
                should["received_on"],
                should["name"],
                should["id_number"],
                *head,
                should["village_code"],
                should["channel"],
                int(should["closed_on"] is None),
            )
            words += prints.differs(facts.place, facts.words)
    yield Differing("案件的列表栏目", columns)
    yield Differing("查找案件用的词", words + prints.stray())


def _households(connection: Connection, seen: Seen) -> Iterator[Differing]:
    prints = WordPrints(connection, "household_words", _last(connection, "households"))
    columns = people = words = 0
    for row in _each(connection, derived_queries.HOUSEHOLDS, seen):
        household = decode(row["body"], Household)
        columns += _differs(row, {"id": household.id, **household_columns(household)})
        members = [membership.person for membership in household.memberships]
        names = {f"{household.village_code} {person.name}" for person in members}
        numbers = {person.id_number for person in members} - {""}
        kept = (set(msgspec.json.decode(row["names"])), set(msgspec.json.decode(row["numbers"])))
        people += kept != (names, numbers)
        words += prints.differs(row["seq"], words_of(household))
    yield Differing("户的列表栏目", columns)
    yield Differing("按姓名和证件号码找户的索引", people)
    yield Differing("查找户用的词", words + prints.stray())


def _monitored(connection: Connection, seen: Seen) -> Iterator[Differing]:
    rows = _each(connection, derived_queries.MONITORED, seen)
    found = ((row, decode(row["body"], MonitoredHousehold)) for row in rows)
    differing = sum(_differs(row, {"id": one.id, **monitored_columns(one)}) for row, one in found)
    yield Differing("监测对象的列表栏目", differing)


def _each(connection: Connection, sql: str, seen: Seen) -> Iterator[RowMapping]:
    done = 0
    for rows in connection.exec_driver_sql(sql).mappings().partitions(_AT_ONCE):
        yield from rows
        done += len(rows)
        seen(done)


def _last(connection: Connection, table: str) -> int:
    return connection.exec_driver_sql(f"SELECT coalesce(max(seq), 0) FROM {table}").scalar_one()  # type: ignore[no-any-return]  # an integer


def _differs(row: RowMapping, should: Mapping[str, Any]) -> bool:
    return any(row[name] != value for name, value in _as_kept(should).items())


def _as_kept(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Values as SQLite has them."""
    return {name: _value(value) for name, value in columns.items()}


def _value(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
