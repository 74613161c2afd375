"""The questions of the big table: how many rows, the rows from one place to another, and where a case stands; no case is decoded."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.case_query import MOST_FOUND, CaseCount, CaseFacets, CaseOrder, CaseQuery, CaseRow
from taizhang_casework.domain.ledger import Month

from taizhang_db.codec import encode
from taizhang_db.repositories import case_words
from taizhang_db.repositories.case_due import CaseDue
from taizhang_db.repositories.case_filter import ALL, CaseFiltering, is_narrow
from taizhang_db.repositories.case_tally import CaseTally, chip_of, key_of

_ROWS = """
SELECT c.seq, json_object(
    'id', c.id, 'received_on', c.received_on, 'town_code', c.town_code, 'village_code', c.village_code, 'name', c.name,
    'id_number', c.id_number, 'household', c.household_id, 'head_name', c.head_name,
    'head_id_number', c.head_id_number, 'channel', c.channel, 'source', c.source, 'detail', c.detail,
    'step', c.step, 'meets', c.meets, 'closed_on', c.closed_on, 'stage', c.stage, 'clock', c.clock,
    'waits_for', c.waits_for, 'green_owed', json(iif(c.green_owed, 'true', 'false')),
    'informed', json(iif(c.informed, 'true', 'false')), 'refused_for', c.refused_for, 'explanation', c.explanation,
    'verifiers', c.verifiers)
FROM cases AS c
WHERE c.seq IN (SELECT value FROM json_each(?))
"""
_IDS = "SELECT seq, id FROM cases WHERE seq IN (SELECT value FROM json_each(?))"
_MATCH = "case_words WHERE case_words MATCH ? ORDER BY rowid DESC"
_row = msgspec.json.Decoder(CaseRow)


def count(connection: Connection, query: CaseQuery) -> CaseCount:
    """How many rows the query has."""
    return _Answer(connection, query).count()


def page(connection: Connection, query: CaseQuery, start: int, rows: int) -> Sequence[CaseRow]:
    """The rows of the query from one place on (the first is 0); fewer at its end."""
    entries = _Answer(connection, query).entries(start, rows)
    found = connection.exec_driver_sql(_ROWS, (str(list(entries)),))
    by_entry = {seq: _row.decode(row) for seq, row in found}
    return [by_entry[seq] for seq in entries]


def ids(connection: Connection, query: CaseQuery, start: int, rows: int | None) -> Sequence[CaseId]:
    """The ids of the rows of the query from one place on; ``rows`` None: to its end."""
    answer = _Answer(connection, query)
    entries = answer.entries(start, answer.count().rows if rows is None else rows)
    known = {int(seq): str(case) for seq, case in connection.exec_driver_sql(_IDS, (str(list(entries)),))}
    return [CaseId(known[seq]) for seq in entries]


def rows_of(connection: Connection, cases: Sequence[CaseId]) -> Sequence[CaseRow]:
    """These cases as rows, in the order asked for; those not in the ledger are left out."""
    sql = "SELECT seq FROM cases WHERE id IN (SELECT value FROM json_each(?)) AND discarded_at IS NULL"
    entries = [seq for (seq,) in connection.exec_driver_sql(sql, (encode(cases),))]
    found = (_row.decode(row) for _, row in connection.exec_driver_sql(_ROWS, (str(entries),)))
    by_id = {row.id: row for row in found}
    return [by_id[case] for case in cases if case in by_id]


def facets(connection: Connection) -> CaseFacets:
    """What the big table can be narrowed to; read from the tallies, which hold each value once a month."""

    def values(sort: str) -> list[str]:
        sql = "SELECT DISTINCT value FROM case_tally WHERE sort = ? AND n > 0 ORDER BY value"
        return [value for (value,) in connection.exec_driver_sql(sql, (sort,))]

    months = (Month(int(value[:4]), int(value[5:])) for value in values("received_on"))
    return CaseFacets(villages=tuple(values("village")), sources=tuple(values("source")), months=tuple(months))


def place(connection: Connection, query: CaseQuery, case: CaseId) -> int | None:
    """Where the case stands among the rows of the query; None where it is not one of them."""
    return _Answer(connection, query).place(case)


def _within(start: int, rows: int) -> int:
    """How many of the rows lie among those that a text finds at most."""
    left = max(MOST_FOUND - start, 0)
    return left if rows == ALL else min(rows, left)


class _Answer:
    """A query in one of the three ways in which it is quick: by words, among the few open ones, or along an index."""

    def __init__(self, connection: Connection, query: CaseQuery) -> None:
        self._connection = connection
        self._query = query
        self._words = case_words.asking(query.text, query.villages, query.channel, open_only=query.open_only)
        self._more = False
        self._narrow = self._narrowed() if is_narrow(query) else None

    @property
    def _tally(self) -> CaseTally | CaseDue:
        """The whole ledger, one channel of it, or one chip, in the order asked for."""
        query = self._query
        if query.order_by is CaseOrder.DUE:
            return CaseDue(self._connection, query)
        return CaseTally(self._connection, query.order_by, query.channel, chip_of(query))

    def _narrowed(self) -> CaseFiltering:
        """The chips on top of the words: of the newest that a text finds, those that fit."""
        if not self._words:
            return CaseFiltering(self._connection, self._query, None)
        sql = f"SELECT rowid & {case_words.ENTRY} FROM {_MATCH} LIMIT ?"
        found = self._entries(sql, (self._words, MOST_FOUND + 1))
        self._more = len(found) > MOST_FOUND
        return CaseFiltering(self._connection, self._query, found[:MOST_FOUND])

    def count(self) -> CaseCount:
        if self._narrow is not None:
            return CaseCount(rows=self._narrow.count(), more=self._more)
        if self._words:
            sql = "SELECT count(*) FROM (SELECT 1 FROM case_words WHERE case_words MATCH ? LIMIT ?)"
            found = self._connection.exec_driver_sql(sql, (self._words, MOST_FOUND + 1)).scalar_one()
            return CaseCount(rows=min(found, MOST_FOUND), more=found > MOST_FOUND)
        if self._query.open_only:
            only, values = self._channel()
            sql = f"SELECT count(*) FROM cases INDEXED BY ix_cases_open WHERE discarded_at IS NULL AND closed_on IS NULL{only}"
            return CaseCount(rows=self._connection.exec_driver_sql(sql, values).scalar_one())
        return CaseCount(rows=self._tally.count())

    def entries(self, start: int, rows: int) -> Sequence[int]:
        if self._narrow is not None:
            return self._narrow.entries(start, rows)
        if self._words:
            return self._found(start, rows)
        if self._query.open_only:
            return self._open(start, rows)
        return self._tally.entries(start, rows, descending=self._query.descending)

    def place(self, case: CaseId) -> int | None:
        sql = "SELECT seq FROM cases WHERE id = ? AND discarded_at IS NULL"
        seq = self._connection.exec_driver_sql(sql, (case,)).scalar_one_or_none()
        if seq is None:
            return None
        if self._narrow is not None:
            return self._narrow.place(seq)
        if self._words or self._query.open_only:
            among = self._found() if self._words else self._open()
            return among.index(seq) if seq in among else None
        tally = self._tally
        before = tally.before(seq)
        if before is None:
            return None
        return tally.count() - 1 - before if self._query.descending else before

    def _found(self, start: int = 0, rows: int = ALL) -> list[int]:
        """The entries found by words in the order asked for, the newest alone where there are too many."""
        by_day, falling = self._query.order_by is CaseOrder.RECEIVED_ON, self._query.descending
        if by_day and falling:
            sql = f"SELECT rowid & {case_words.ENTRY} FROM {_MATCH} LIMIT ? OFFSET ?"
            return self._entries(sql, (self._words, _within(start, rows), start))
        newest = f"SELECT rowid AS place FROM {_MATCH} LIMIT ?"
        if by_day:
            sql = f"SELECT place & {case_words.ENTRY} FROM ({newest}) ORDER BY place LIMIT ? OFFSET ?"
        else:
            entries = f"SELECT place & {case_words.ENTRY} FROM ({newest})"
            sql = f"SELECT seq FROM cases WHERE seq IN ({entries}) ORDER BY {self._order('+')} LIMIT ? OFFSET ?"
        return self._entries(sql, (self._words, MOST_FOUND, rows, start))

    def _open(self, start: int = 0, rows: int = ALL) -> list[int]:
        only, channel = self._channel()
        sql = (
            f"SELECT seq FROM cases INDEXED BY ix_cases_open WHERE discarded_at IS NULL AND closed_on IS NULL{only} "
            f"ORDER BY {self._order()} LIMIT ? OFFSET ?"
        )
        return self._entries(sql, (*channel, rows, start))

    def _entries(self, sql: str, values: tuple[object, ...]) -> list[int]:
        return [entry for (entry,) in self._connection.exec_driver_sql(sql, values).all()]

    def _order(self, sign: str = "") -> str:
        """The order as SQL; a sign keeps the indexes out of it."""
        keys = dict.fromkeys((key_of(self._query.order_by), "received_on", "seq"))
        return ", ".join(f"{sign}{key} DESC" if self._query.descending else f"{sign}{key}" for key in keys)

    def _channel(self) -> tuple[str, tuple[Any, ...]]:
        channel = self._query.channel
        return ("", ()) if channel is None else (" AND channel = ?", (channel.value,))
