"""Questions of the big table that several chips narrow, or one that has no tally: one walk along a covering index."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection
from taizhang_casework.domain.case import Meets
from taizhang_casework.domain.case_query import CaseFilter, CaseOrder, CaseQuery, ClockState, clock_state
from taizhang_casework.domain.standing import Stage

from taizhang_db.codec import encode
from taizhang_db.repositories.case_tally import chip_of, key_of

_LAST = "9"
"""Behind every day: what has no day comes last."""
_COALESCED = {CaseOrder.STEP: "coalesce(step, '')", CaseOrder.CLOSED_ON: "coalesce(closed_on, '')"}
_DUE = f"coalesce(day, '{_LAST}')"
_DAYS = "WITH days(key, day) AS MATERIALIZED (SELECT key, value FROM json_each(?)) "
_OF_OPEN = "closed_on IS NULL"
ALL = -1
"""SQLite's word for no limit."""


class _Condition(NamedTuple):
    sql: str
    values: tuple[Any, ...] = ()


def is_narrow(query: CaseQuery) -> bool:
    """Whether neither a tally nor the words alone answer the query."""
    if query.filter != CaseFilter():
        return chip_of(query) is None
    return query.order_by is CaseOrder.DUE and (bool(query.text) or query.open_only)


def _key_of(order: CaseOrder) -> str:
    """What rows are compared by, before day and entry; never NULL."""
    return _DUE if order is CaseOrder.DUE else _COALESCED.get(order) or key_of(order)


class CaseFiltering:
    """The rows of a query with chips; ``found`` are the entries to which a text has narrowed it (None: no text)."""

    def __init__(self, connection: Connection, query: CaseQuery, found: Sequence[int] | None) -> None:
        self._connection = connection
        self._query = query
        conditions = [_Condition("discarded_at IS NULL"), *_conditions(query)]
        if found is not None:
            conditions.append(_Condition("seq IN (SELECT value FROM json_each(?))", (str(list(found)),)))
        self._where = " AND ".join(condition.sql for condition in conditions)
        self._values = tuple(value for condition in conditions for value in condition.values)
        self._key = _key_of(query.order_by)
        self._along = "" if found is not None else f" INDEXED BY {_index_of(query)}"

    def count(self) -> int:
        """How many they are."""
        sql = f"SELECT count(*) FROM cases{self._along} WHERE {self._where}"
        found: int = self._connection.exec_driver_sql(sql, self._values).scalar_one()
        return found

    def entries(self, start: int, rows: int) -> list[int]:
        """The entries from this place on, in the order asked for; ``rows`` may be ``ALL``."""
        way = " DESC" if self._query.descending else ""
        keys = dict.fromkeys((self._key, "received_on", "seq"))
        order = ", ".join(f"{key}{way}" for key in keys)
        head, tables, values = self._from()
        sql = f"{head}SELECT seq FROM {tables} WHERE {self._where} ORDER BY {order} LIMIT ? OFFSET ?"
        found = self._connection.exec_driver_sql(sql, (*values, *self._values, rows, start))
        return [seq for (seq,) in found]

    def place(self, seq: int) -> int | None:
        """Where the case of this entry stands; None where it is not one of them."""
        head, tables, values = self._from()
        sql = f"{head}SELECT {self._key}, received_on FROM {tables} WHERE seq = ? AND {self._where}"
        here = self._connection.exec_driver_sql(
            sql.replace(self._along, "") if self._along else sql, (*values, seq, *self._values)
        ).first()
        if here is None:
            return None
        key, day = here
        than = ">" if self._query.descending else "<"
        sql = f"{head}SELECT count(*) FROM {tables} WHERE {self._where} AND ({self._key}, received_on, seq) {than} (?, ?, ?)"
        before: int = self._connection.exec_driver_sql(sql, (*values, *self._values, key, day, seq)).scalar_one()
        return before

    def _from(self) -> tuple[str, str, tuple[Any, ...]]:
        """What stands before SELECT and behind FROM: where days are sorted by, the days of the clocks."""
        if self._query.order_by is not CaseOrder.DUE:
            return "", f"cases{self._along}", ()
        reckoning = self._query.reckoning
        days = {} if reckoning is None else {key: due.day.isoformat() for key, due in reckoning.days.items()}
        return _DAYS, f"cases{self._along} LEFT JOIN days ON days.key = cases.clock", (encode(days),)


def _index_of(query: CaseQuery) -> str:
    """The index that leaves the fewest rows to look at."""
    asked = query.filter
    if asked.month is not None and asked.village is None:
        return "ix_cases_by_day"
    if query.open_only or _asks_open(asked):
        return "ix_cases_open"
    return "ix_cases_filtered"


def _asks_open(asked: CaseFilter) -> bool:
    """Whether only open cases can fit."""
    staged = asked.stage is not None and asked.stage is not Stage.CLOSED
    return staged or asked.not_informed or asked.owes_steps or asked.clock is not None or asked.waits_for is not None


def _conditions(query: CaseQuery) -> list[_Condition]:
    asked = query.filter
    found = [
        _Condition(f"{column} = ?", (value,))
        for column, value in (
            ("stage", None if asked.stage is None else asked.stage.value),
            ("channel", None if asked.channel is None else asked.channel.value),
            ("village_code", asked.village),
            ("meets", None if asked.meets is None else asked.meets.value),
            ("source", asked.source),
            ("waits_for", None if asked.waits_for is None else asked.waits_for.value),
        )
        if value is not None
    ]
    if query.channel is not None:
        found.append(_Condition("channel = ?", (query.channel.value,)))
    if asked.month is not None:
        days = (asked.month.first_day.isoformat(), asked.month.last_day.isoformat())
        found.append(_Condition("received_on BETWEEN ? AND ?", days))
    if query.open_only or _asks_open(asked):
        found.append(_Condition(_OF_OPEN))
    if asked.owes_steps:
        found.append(_Condition("green_owed = 1"))
    if asked.not_informed:
        answered = () if query.reckoning is None else query.reckoning.answered
        found.append(
            _Condition(
                "meets = ? AND informed = 0 AND channel IN (SELECT value FROM json_each(?))",
                (Meets.NO.value, encode(answered)),
            )
        )
    if asked.clock is not None:
        found.append(_of_clock(query, asked.clock))
    return found


def _of_clock(query: CaseQuery, state: ClockState) -> _Condition:
    if state is ClockState.NO_DAY:
        return _Condition("clock IS NULL")
    reckoning = query.reckoning
    keys = (
        []
        if reckoning is None
        else [key for key, due in reckoning.days.items() if clock_state(due.day, reckoning.today) is state]
    )
    return _Condition("clock IN (SELECT value FROM json_each(?))", (encode(keys),))
