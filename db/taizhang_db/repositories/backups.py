"""The register of proved backups."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update
from taizhang_casework.domain.backups import BackupRecord
from taizhang_casework.domain.changes import Kind

from taizhang_db.codec import decode, encode
from taizhang_db.pen import Pen
from taizhang_db.tables import backups, journal


class SqlBackups:
    """Implements ``Backups``."""

    def __init__(self, connection: Connection, pen: Pen) -> None:
        self._connection = connection
        self._pen = pen

    def save(self, record: BackupRecord) -> None:
        """Add a backup, or replace it by its id."""
        before: str | None = self._connection.scalar(select(backups.c.body).where(backups.c.id == record.id))
        body = encode(record)
        if not self._pen.note(Kind.BACKUP, record.id, before=before, after=body):
            return
        if before is None:
            self._connection.execute(insert(backups), {"id": record.id, "body": body})
        else:
            self._connection.execute(update(backups).where(backups.c.id == record.id), {"body": body})

    def all(self) -> Sequence[BackupRecord]:
        """Every backup, in the order of their making."""
        found = self._connection.scalars(select(backups.c.body).order_by(backups.c.seq))
        return [decode(body, BackupRecord) for body in found]

    def first_day(self) -> date | None:
        """The day of the first row of the journal, by the clock of the PC that wrote it."""
        at = self._connection.scalar(select(journal.c.at).order_by(journal.c.seq).limit(1))
        return None if at is None else datetime.fromisoformat(at).date()
