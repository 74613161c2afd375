"""The rows of the journal about a case and what belongs to it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Kind, Touched
from taizhang_casework.domain.history import JournalEntry
from taizhang_casework.domain.offices import Role

from taizhang_db.codec import encode

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
        return [
            JournalEntry(
                seq=seq,
                at=datetime.fromisoformat(at),
                by=name,
                role=Role(role),
                operation=operation,
                kind=Kind(kind),
                id=thing,
                before=before,
                after=after,
            )
            for seq, at, name, role, operation, kind, thing, before, after in self._connection.exec_driver_sql(
                _ROWS, values
            )
        ]
