"""The rows of the journal about a case and what belongs to it, and those of a user."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Kind, Touched
from taizhang_casework.domain.history import JournalEntry
from taizhang_casework.domain.offices import Role
from taizhang_casework.domain.operation import read_operation

from taizhang_db.codec import encode
from taizhang_db.journal import journal_head

_ROWS = """
WITH mine (seq) AS (
    SELECT j.seq FROM json_each(?) AS thing CROSS JOIN journal AS j
    ON j.kind = thing.value ->> 'kind' AND j.id = thing.value ->> 'id'
    UNION
    SELECT j.seq FROM letters AS l CROSS JOIN journal AS j ON j.kind = 'letter' AND j.id = l.id WHERE l.case_id = ?
    UNION
    SELECT seq FROM journal WHERE kind = 'disclosure' AND after ->> '$.case' = ?
)
SELECT seq, at, user_name, user_role, operation, kind, id, before, after FROM journal
WHERE seq IN (SELECT seq FROM mine WHERE seq < ?) ORDER BY seq DESC LIMIT ?
"""
_COLUMNS = "SELECT seq, at, user_name, user_role, operation, kind, id, before, after FROM journal"
_BY_USER = f"{_COLUMNS} WHERE seq > ? AND user_name = ? ORDER BY seq DESC"
_NEWEST_OF = f"{_COLUMNS} WHERE kind = ? AND id = ? AND seq <= ? ORDER BY seq DESC LIMIT 1"
_NEWEST = 2**62


class SqlJournal:
    """Implements ``Journal``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_things(
        self, things: Sequence[Touched], case: CaseId, *, older_than: int | None, most: int
    ) -> Sequence[JournalEntry]:
        """What was changed of these things and the letters of the case, and who looked at what of it; newest first."""
        values = (encode(things), case, case, _NEWEST if older_than is None else older_than, most)
        return [_entry(row) for row in self._connection.exec_driver_sql(_ROWS, values)]

    def by_user(self, user: str, *, after: int) -> Iterator[JournalEntry]:
        """What the user of that name changed behind a row, newest first; read as far as it is asked for."""
        with self._connection.exec_driver_sql(_BY_USER, (after, user)) as rows:
            yield from map(_entry, rows)

    def newest_of(self, thing: Touched, *, up_to: int | None = None) -> JournalEntry | None:
        """The newest change of a thing, up to a row and with it where one is named; None where there is none."""
        values = (thing.kind.value, thing.id, _NEWEST if up_to is None else up_to)
        found = self._connection.exec_driver_sql(_NEWEST_OF, values).first()
        return None if found is None else _entry(found)

    def newest_number(self) -> int:
        """The number of the newest row; 0 while there is none."""
        return journal_head(self._connection).seq


def _entry(row: Row[Any]) -> JournalEntry:
    operation, undoes = read_operation(row.operation)
    return JournalEntry(
        seq=row.seq,
        at=datetime.fromisoformat(row.at),
        by=row.user_name,
        role=Role(row.user_role),
        operation=operation,
        undoes=undoes,
        kind=Kind(row.kind),
        id=row.id,
        before=row.before,
        after=row.after,
    )
