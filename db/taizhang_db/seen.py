"""How far a PC saw a vault come, as it is kept outside the vault's folder, signed to the vault.

Somebody with the right may go on with older data, or restore a backup: then what this PC saw lies on a way that was left. So every
decision of that kind that it ever saw is kept with the head. Data whose newest decision it did not know were decided on since,
and are not doubted; data whose newest decision it knew must hold everything that it saw.
"""

import hmac
import struct

import msgspec
from sqlalchemy import Connection, select
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.operation import Operation

from taizhang_db.head import HeadFile
from taizhang_db.journal import JournalHead
from taizhang_db.tables import journal

_MAGIC = b"TZSEEN1\0"
_BODY = struct.Struct("<8sq32sH")
_DECISION_BYTES = 8
_MAC_BYTES = 32
MOST_DECISIONS = 100
"""The newest ones are kept: an office decides so once in some years."""
MOST_BYTES = _BODY.size + MOST_DECISIONS * _DECISION_BYTES + _MAC_BYTES
_DECIDED = (Operation.SETTLE_DOUBTS.value, Operation.RESTORE_BACKUP.value)
"""The operations by which somebody takes older data for the newest."""


class Seen(msgspec.Struct, frozen=True):
    """The newest row of the journal, and the decisions ever seen, oldest first: the first 8 bytes of each one's hash."""

    head: JournalHead
    decisions: tuple[bytes, ...]

    def went_on_without(self, decisions: tuple[bytes, ...]) -> bool:
        """Whether data with these decisions were decided on after this was seen."""
        return bool(decisions) and decisions[-1] not in self.decisions

    def after(self, earlier: "Seen | None") -> "Seen":
        """This, with what was known earlier: a way that was left may be put back."""
        known = () if earlier is None else earlier.decisions
        return Seen(self.head, (*known, *(each for each in self.decisions if each not in known)))


def decisions_in(connection: Connection, vault: str) -> tuple[bytes, ...]:
    """The decisions to take older data for the newest that the journal knows of, oldest first."""
    rows = select(journal.c.hash).where(
        journal.c.kind == Kind.VAULT, journal.c.id == vault, journal.c.operation.in_(_DECIDED)
    )
    found = connection.scalars(rows.order_by(journal.c.seq)).all()
    return tuple(bytes.fromhex(digest)[:_DECISION_BYTES] for digest in found)


def record(seen: Seen, seal: HeadFile) -> bytes:
    """What is kept."""
    decisions = seen.decisions[-MOST_DECISIONS:]
    head = _BODY.pack(_MAGIC, seen.head.seq, bytes.fromhex(seen.head.hash), len(decisions))
    body = head + b"".join(decisions)
    return body + seal.mac(body)


def parsed(content: bytes, seal: HeadFile) -> Seen | None:
    """What a record says, whatever follows it; None where it is not one of this vault as it was written."""
    if len(content) < _BODY.size:
        return None
    magic, seq, digest, count = _BODY.unpack_from(content)
    end = _BODY.size + count * _DECISION_BYTES
    body, mac = content[:end], content[end : end + _MAC_BYTES]
    if magic != _MAGIC or not hmac.compare_digest(mac, seal.mac(body)):
        return None
    decisions = tuple(body[at : at + _DECISION_BYTES] for at in range(_BODY.size, end, _DECISION_BYTES))
    return Seen(JournalHead(seq, digest.hex()), decisions)
