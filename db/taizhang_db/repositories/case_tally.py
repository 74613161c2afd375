"""Where a row of the big table stands, and which rows stand somewhere: a sum over the tallies, then a short walk along an index."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection
from taizhang_casework.domain.case_query import CaseFilter, CaseOrder, CaseQuery
from taizhang_casework.domain.warning import Channel

from taizhang_db.tables.case_index import STRETCHES

_NEAR = 500
"""So far from either end the index is walked at once."""


class _Walk(NamedTuple):
    """An index and the column that it is sorted by, before day and entry."""

    along: str
    key: str
    may_be_null: bool = False


_WALKS = {
    CaseOrder.RECEIVED_ON: _Walk("ix_cases_by_day", "received_on"),
    CaseOrder.VILLAGE: _Walk("ix_cases_by_village", "village_code"),
    CaseOrder.NAME: _Walk("ix_cases_by_name", "name"),
    CaseOrder.ID_NUMBER: _Walk("ix_cases_by_id_number", "id_number"),
    CaseOrder.CHANNEL: _Walk("ix_cases_by_channel", "channel"),
    CaseOrder.SOURCE: _Walk("ix_cases_by_source", "source"),
    CaseOrder.STEP: _Walk("ix_cases_by_step", "step", may_be_null=True),
    CaseOrder.MEETS: _Walk("ix_cases_by_meets", "meets"),
    CaseOrder.CLOSED_ON: _Walk("ix_cases_by_closing", "closed_on", may_be_null=True),
    CaseOrder.TOWN: _Walk("ix_cases_by_town", "town_code"),
    CaseOrder.REASON: _Walk("ix_cases_by_reason", "refused_for"),
    CaseOrder.INFORMED: _Walk("ix_cases_by_informed", "informed"),
    CaseOrder.VERIFIERS: _Walk("ix_cases_by_verifiers", "verifiers"),
}


class Chip(NamedTuple):
    """A value that one chip asks for alone (None: of a column that holds nothing); its cases lie together in an index, by day."""

    sort: str
    along: str
    column: str
    value: str | None


NO_CLOCK = Chip("due", "ix_cases_by_due", "clock", None)


def chip_of(query: CaseQuery) -> Chip | None:
    """The one chip that narrows a query by day, where it has a tally and nothing else narrows it but the channel."""
    asked = query.filter
    if query.text or query.open_only or query.order_by is not CaseOrder.RECEIVED_ON:
        return None
    if asked.stage is not None and asked == CaseFilter(stage=asked.stage):
        return Chip("stage", "ix_cases_by_stage", "stage", asked.stage.value)
    if asked.meets is not None and asked == CaseFilter(meets=asked.meets):
        return Chip("meets", "ix_cases_by_meets", "meets", asked.meets.value)
    if asked.source is not None and asked == CaseFilter(source=asked.source):
        return Chip("source", "ix_cases_by_source", "source", asked.source)
    return None


def key_of(order: CaseOrder) -> str:
    """The column of this order, before day and entry."""
    return _WALKS[order].key


_COUNT = "SELECT coalesce(sum(n), 0) FROM case_tally WHERE sort = ?"
_STRETCH = """
SELECT value, period, before FROM (
    SELECT value, period, sum(sum(n)) OVER (ORDER BY value, period) - sum(n) AS before
    FROM case_tally WHERE sort = ?{only} GROUP BY value, period
) WHERE before <= ? ORDER BY before DESC, value DESC, period DESC LIMIT 1
"""


class CaseTally:
    """The cases of one channel (None: of all) in one order, rising; or those of a chip by day."""

    def __init__(
        self, connection: Connection, order: CaseOrder, channel: Channel | None, chip: Chip | None = None
    ) -> None:
        self._connection = connection
        self._sort = order.value
        self._only = "" if channel is None else " AND channel = ?"
        self._values: tuple[str, ...] = () if channel is None else (channel.value,)
        self._tallied = self._only
        self._counted: tuple[str, ...] = self._values
        if chip is not None:
            self._sort, self._walk = chip.sort, _Walk(chip.along, "received_on")
            self._only += f" AND {chip.column} IS {'NULL' if chip.value is None else '?'}"
            self._values += () if chip.value is None else (chip.value,)
            self._tallied += " AND value = ?"
            self._counted += (chip.value or "",)
        elif channel is not None and order in {CaseOrder.RECEIVED_ON, CaseOrder.CHANNEL}:
            self._sort, self._walk = CaseOrder.RECEIVED_ON.value, _Walk("ix_cases_by_channel", "received_on")
        else:
            self._walk = _WALKS[order]
        self._of_chip = chip is not None

    def count(self) -> int:
        """How many they are."""
        sql = f"{_COUNT}{self._tallied}"
        found: int = self._connection.exec_driver_sql(sql, (self._sort, *self._counted)).scalar_one()
        return found

    def entries(self, start: int, count: int, *, descending: bool) -> Sequence[int]:
        """The entries of the cases from this place on."""
        total = self.count()
        count = min(count, total - start)
        if count <= 0:
            return ()
        if not descending:
            return self._rising(start, count)
        if start <= _NEAR:
            return self._walked("", (), count, start, falling=True)
        return self._rising(total - start - count, count)[::-1]

    def before(self, seq: int) -> int | None:
        """How many of them stand before this case of the ledger; None where it is not one of them."""
        key = self._walk.key
        found = self._connection.exec_driver_sql(
            f"SELECT {self._stretch_of()}, {key}, received_on FROM cases WHERE seq = ?{self._only}",
            (seq, *self._values),
        ).first()
        if found is None:
            return None
        value, period, here, day = found
        earlier = self._connection.exec_driver_sql(
            f"{_COUNT}{self._tallied} AND (value, period) < (?, ?)", (self._sort, *self._counted, value, period)
        ).scalar_one()
        values: tuple[object, ...]
        if key == "received_on":
            start = period if self._of_chip else value
            where, values = "received_on >= ? AND (received_on, seq) < (?, ?)", (start, day, seq)
        elif here is None:
            where, values = f"{key} IS NULL AND received_on >= ? AND (received_on, seq) < (?, ?)", (period, day, seq)
        else:
            where = f"({key}, received_on) >= (?, ?) AND ({key}, received_on, seq) < (?, ?, ?)"
            values = (value, period, here, day, seq)
        sql = f"SELECT count(*) FROM cases INDEXED BY {self._walk.along} WHERE discarded_at IS NULL AND {where}{self._only}"
        beside: int = self._connection.exec_driver_sql(sql, (*values, *self._values)).scalar_one()
        return int(earlier) + beside

    def _stretch_of(self) -> str:
        value, period = STRETCHES[self._sort]
        return f"{value.format('cases')}, {period.format('cases')}"

    def _rising(self, start: int, count: int) -> Sequence[int]:
        if start <= _NEAR:
            return self._walked("", (), count, start)
        sql = _STRETCH.format(only=self._tallied)
        value, period, before = self._connection.exec_driver_sql(sql, (self._sort, *self._counted, start)).one()
        key = self._walk.key
        if key == "received_on":
            day = period if self._of_chip else value
            return self._walked(" AND received_on >= ?", (day,), count, start - before)
        if value or not self._walk.may_be_null:
            where = f" AND ({key}, received_on) >= (?, ?)"
            return self._walked(where, (value, period), count, start - before)
        where = f" AND {key} IS NULL AND received_on >= ?"
        first = self._walked(where, (period,), count, start - before)
        return (*first, *self._walked(f" AND {key} IS NOT NULL", (), count - len(first), 0))

    def _walked(
        self, where: str, values: tuple[str, ...], count: int, skipped: int, *, falling: bool = False
    ) -> Sequence[int]:
        if count <= 0:
            return ()
        keys = dict.fromkeys((self._walk.key, "received_on", "seq"))
        order = ", ".join(f"{key} DESC" if falling else key for key in keys)
        sql = (
            f"SELECT seq FROM cases INDEXED BY {self._walk.along} WHERE discarded_at IS NULL{where}{self._only} "
            f"ORDER BY {order} LIMIT ? OFFSET ?"
        )
        found = self._connection.exec_driver_sql(sql, (*values, *self._values, count, skipped))
        return [seq for (seq,) in found]
