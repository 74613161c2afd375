"""The office's store: looks and changes, each one transaction on the vault."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from taizhang_casework.domain.offices import User
from taizhang_casework.services.ports import Clock

from taizhang_db import journal
from taizhang_db.boundary import database_trouble
from taizhang_db.desk import SqlDesk, SqlWritableDesk
from taizhang_db.engine import for_reading, for_writing
from taizhang_db.journal import BrokenRow, JournalHead
from taizhang_db.pen import RecordingPen
from taizhang_db.vault import Vault


class SqlStore:
    """Implements ``Store`` on an open vault; the clock dates the journal.

    Trouble of disk and file comes out as OfficeTrouble (DiskFull, DiskTrouble, CaseFileDamaged, VaultBusy, VaultNotWritable).
    """

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault = vault
        self._clock = clock

    @contextmanager
    def reading(self) -> Iterator[SqlDesk]:
        """A consistent look at the desk; saving through it raises DeskIsForReadingError."""
        with self._transaction(for_reading(self._vault.engine)) as connection:
            yield SqlDesk(connection)

    @contextmanager
    def change(self, operation: str, by: User) -> Iterator[SqlWritableDesk]:
        """One transaction: committed when the block ends, wholly undone, journal and all, when it raises."""
        pen = RecordingPen(operation)
        with self._transaction(for_writing(self._vault.engine)) as connection:
            yield SqlWritableDesk(connection, pen)
            journal.append(connection, pen.written, operation=operation, by=by, at=self._clock.now())
            connection.commit()

    def journal_head(self) -> JournalHead:
        """The newest row of the journal: the count of changes ever made, and the hash that stands for all of them."""
        with self._transaction(for_reading(self._vault.engine)) as connection:
            return journal.journal_head(connection)

    def newest_user(self) -> User | None:
        """Who worked here last, by the journal; a vault has one user until users have slots of their own."""
        with self._transaction(for_reading(self._vault.engine)) as connection:
            return journal.newest_user(connection)

    def verify_journal(self) -> BrokenRow | None:
        """The first row of the journal that does not fit, None where all do."""
        with self._transaction(for_reading(self._vault.engine)) as connection:
            return journal.verify_journal(connection)

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        """A transaction that is undone unless the block commits; after trouble its connection is closed, not used again."""
        with database_trouble(self._vault.folder), engine.connect() as connection:
            try:
                connection.begin()
                yield connection
            except DBAPIError:
                connection.invalidate()
                raise
