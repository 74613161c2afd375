"""The journal: one row per change, chained by hash, so that a row that was changed, moved or taken out is seen."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection, insert, select
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.offices import Role, User

from taizhang_db.tables import journal

FIRST_PREVIOUS = "0" * 64
"""What the first row names as the one before it."""
_BATCH = 1_000


class JournalRow(msgspec.Struct, frozen=True, kw_only=True):
    """Who changed what and when. ``before`` and ``after`` are JSON, None where the thing was not there.

    ``at`` is ISO 8601 with offset, ``seq`` counts from 1, ``previous`` and ``hash`` are SHA-256 as 64 hex digits.
    """

    seq: int
    at: str
    user_name: str
    user_role: Role
    operation: str
    kind: Kind
    id: str
    before: str | None
    after: str | None
    previous: str
    hash: str = ""

    @property
    def right_hash(self) -> str:
        """SHA-256 over the JSON array of every field in order, the previous hash included."""
        fields = msgspec.structs.astuple(self)[:-1]
        return hashlib.sha256(msgspec.json.encode(fields)).hexdigest()


class JournalHead(msgspec.Struct, frozen=True):
    """The newest row: its number, which is the count of changes ever made, and its hash."""

    seq: int
    hash: str


class BrokenRow(msgspec.Struct, frozen=True):
    """The first row that does not fit; ``why`` is Chinese."""

    seq: int
    why: str


class Change(msgspec.Struct, frozen=True):
    """One thing that a transaction adds or changes, before it has its place in the journal."""

    kind: Kind
    id: str
    before: str | None
    after: str | None


def journal_head(connection: Connection) -> JournalHead:
    """The end of the chain as it stands in the transaction."""
    newest = connection.exec_driver_sql("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").first()
    return JournalHead(0, FIRST_PREVIOUS) if newest is None else JournalHead(newest.seq, newest.hash)


def hash_of_row(connection: Connection, seq: int) -> str | None:
    """The hash of a row; of row 0, what the first row names as the one before it; None where there is no such row."""
    if seq == 0:
        return FIRST_PREVIOUS
    found: str | None = connection.exec_driver_sql("SELECT hash FROM journal WHERE seq = ?", (seq,)).scalar()
    return found


def newest_moment(connection: Connection) -> datetime | None:
    """When the newest change was made, by the clock of then; None while there is none."""
    at = connection.scalar(select(journal.c.at).order_by(journal.c.seq.desc()).limit(1))
    return None if at is None else datetime.fromisoformat(at)


def append(connection: Connection, changes: Sequence[Change], *, operation: str, by: User, at: datetime) -> JournalHead:
    """Write the changes of one operation to the end of the chain; the new end."""
    head = journal_head(connection)
    rows: list[JournalRow] = []
    for change in changes:
        row = JournalRow(
            seq=head.seq + 1,
            at=at.isoformat(),
            user_name=by.name,
            user_role=by.role,
            operation=operation,
            kind=change.kind,
            id=change.id,
            before=change.before,
            after=change.after,
            previous=head.hash,
        )
        head = JournalHead(row.seq, row.right_hash)
        rows.append(msgspec.structs.replace(row, hash=head.hash))
    if rows:
        connection.execute(insert(journal), [msgspec.structs.asdict(row) for row in rows])
    return head


def rows_after(connection: Connection, seq: int = 0) -> Iterator[JournalRow]:
    """The journal from behind that row on, oldest first, read in batches."""
    while True:
        batch = (
            connection.execute(select(journal).where(journal.c.seq > seq).order_by(journal.c.seq).limit(_BATCH))
            .mappings()
            .all()
        )
        if not batch:
            return
        yield from (JournalRow(**found) for found in batch)
        seq = batch[-1]["seq"]


def verify_journal(connection: Connection, seen: Callable[[int], None] | None = None) -> BrokenRow | None:
    """Walk the chain from the first row; None where every row fits. A tail cut off is not seen here: compare the head.

    ``seen`` is called with the number of a row now and then; what it raises ends the walk.
    """
    head = JournalHead(0, FIRST_PREVIOUS)
    for row in rows_after(connection):
        if seen is not None and row.seq % _BATCH == 0:
            seen(row.seq)
        if row.seq != head.seq + 1:
            return BrokenRow(head.seq + 1, f"第{head.seq + 1}行不见了")
        if row.previous != head.hash:
            return BrokenRow(row.seq, f"第{row.seq}行与上一行不衔接")
        if row.hash != row.right_hash:
            return BrokenRow(row.seq, f"第{row.seq}行的内容被改动")
        head = JournalHead(row.seq, row.hash)
    return None
