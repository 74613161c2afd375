"""What a case file holds, in a few figures: for the manifest, for the trial restore, and to compare a backup with the present."""

from datetime import datetime

from sqlalchemy import Connection, Engine, func, select
from taizhang_casework.domain.backups import BackupFace, Counts
from taizhang_casework.domain.changes import Kind

from taizhang_db import schema
from taizhang_db.backup.attached import attached
from taizhang_db.engine import for_reading
from taizhang_db.journal import hash_of_row, journal_head
from taizhang_db.pen import NoPen
from taizhang_db.repositories.partners import SqlPartners
from taizhang_db.tables import journal


def face_of(engine: Engine, vault: str, made_at: datetime, *, lacking: int = 0) -> BackupFace:
    """Office, head of the journal and counts of a case file of any revision."""
    attachments = len(attached(engine))
    with for_reading(engine).connect() as connection:
        head = journal_head(connection)
        return BackupFace(
            office=_office(connection),
            vault=vault,
            made_at=made_at,
            head_seq=head.seq,
            head_hash=head.hash,
            counts=Counts(
                cases=_count(connection, "cases"),
                households=_count(connection, "households"),
                letters=_count(connection, "letters"),
                filings=_count(connection, "filings"),
                attachments=attachments,
            ),
            lacking=lacking,
        )


def went_on_from(engine: Engine, backup: BackupFace) -> bool:
    """Whether the journal of this case file holds, at its place, the newest row of the backup's."""
    with for_reading(engine).connect() as connection:
        return schema.has_table(connection, "journal") and hash_of_row(connection, backup.head_seq) == backup.head_hash


def registering_after(engine: Engine, backup: BackupFace) -> int:
    """How many rows of the journal after the backup only take down backups, this one among them."""
    rows = select(func.count()).where(journal.c.kind == Kind.BACKUP, journal.c.seq > backup.head_seq)
    with for_reading(engine).connect() as connection:
        found: int = connection.execute(rows).scalar_one()
    return found


def _office(connection: Connection) -> str:
    try:
        return SqlPartners(connection, NoPen()).own().card.office.name
    except KeyError:
        return ""


def _count(connection: Connection, table: str) -> int:
    found: int = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608 - names of our own
    return found
