"""The big table by the day due: the few cases whose clock runs, sorted by what the calendar says today; behind them all others by day."""

from collections.abc import Sequence

from sqlalchemy import Connection
from taizhang_casework.domain.case_query import CaseOrder, CaseQuery

from taizhang_db.repositories.case_tally import NO_CLOCK, CaseTally

_LAST = "9"
"""Behind every day."""
_RUNNING = (
    "SELECT clock, received_on, seq FROM cases INDEXED BY ix_cases_by_due "
    "WHERE discarded_at IS NULL AND clock IS NOT NULL{only}"
)


class CaseDue:
    """The cases of one channel (None: of all) by the day due; the days are those of ``query.reckoning``."""

    def __init__(self, connection: Connection, query: CaseQuery) -> None:
        channel = query.channel
        days = {} if query.reckoning is None else query.reckoning.days
        sql = _RUNNING.format(only="" if channel is None else " AND channel = ?")
        running = connection.exec_driver_sql(sql, () if channel is None else (channel.value,)).all()
        due = {key: known.day.isoformat() for key, known in days.items()}
        self._running = [
            seq for _, _, seq in sorted((due.get(clock, _LAST), received, seq) for clock, received, seq in running)
        ]
        self._others = CaseTally(connection, CaseOrder.DUE, channel, NO_CLOCK)

    def count(self) -> int:
        """How many they are."""
        return len(self._running) + self._others.count()

    def entries(self, start: int, count: int, *, descending: bool) -> Sequence[int]:
        """The entries of the cases from this place on."""
        if descending:
            total = self.count()
            count = max(min(count, total - start), 0)
            return self._rising(total - start - count, count)[::-1]
        return self._rising(start, count)

    def before(self, seq: int) -> int | None:
        """How many of them stand before this case of the ledger, rising; None where it is not one of them."""
        if seq in self._running:
            return self._running.index(seq)
        before = self._others.before(seq)
        return None if before is None else len(self._running) + before

    def _rising(self, start: int, count: int) -> list[int]:
        first = self._running[start : start + count]
        behind = max(start - len(self._running), 0)
        return [*first, *self._others.entries(behind, count - len(first), descending=False)]
