"""What travels between town and bureau: numbered packages, each naming the one before, and their receipts."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

import msgspec

from taizhang_casework.domain.ledger import Filing, Month
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.warning import Warning


class PackageKind(Enum):
    """What a package carries."""

    WARNINGS = "warnings"
    FILING = "filing"
    RECEIPT = "receipt"


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The face of a package. ``number`` counts from 1 for each pair of sender and receiver.

    ``previous`` is the digest (SHA-256, 64 hex digits) of the sender's package before it to the same receiver, empty for
    the first. ``suite`` names the cryptography, so that another can follow.
    """

    kind: PackageKind
    number: int
    previous: str
    sender: OfficeId
    receiver: OfficeId
    month: Month
    made_at: datetime
    format: int = 1
    suite: str = "age-x25519+ed25519"


class WarningItem(msgspec.Struct, frozen=True, kw_only=True, tag="warning"):
    """One warning for the town (一（二）2)."""

    warning: Warning


class FilingItem(msgspec.Struct, frozen=True, kw_only=True, tag="filing"):
    """The town's frozen ledger of a month (一（三）1)."""

    filing: Filing


class ReceiptItem(msgspec.Struct, frozen=True, kw_only=True, tag="receipt"):
    """回执: which package was taken, or why it was refused."""

    package: str
    number: int
    accepted: bool
    says: str


PackageItem = WarningItem | FilingItem | ReceiptItem


def lines_in(items: Sequence[PackageItem]) -> int:
    """How many lines a package carries: a filing counts its ledger's, anything else is one."""
    return sum(len(item.filing.lines) if isinstance(item, FilingItem) else 1 for item in items)


class Direction(Enum):
    """Which way a package went, seen from this office."""

    SENT = "sent"
    RECEIVED = "received"


class PackageRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the register of packages; ``digest`` is that of the encrypted file, ``at`` when it was made or taken.

    ``receipt`` is the one that came back for a package sent, or that was made for a package received.
    """

    direction: Direction
    manifest: Manifest
    digest: str
    file: str
    items: int
    at: datetime
    receipt: ReceiptItem | None = None

    @property
    def partner(self) -> OfficeId:
        """The office at the other end."""
        return self.manifest.receiver if self.direction is Direction.SENT else self.manifest.sender
