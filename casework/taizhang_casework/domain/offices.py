"""The two kinds of office and the public cards by which they know one another."""

from enum import Enum
from typing import NewType

import msgspec

OfficeId = NewType("OfficeId", str)
"""Nine-digit statistical code of a town, six-digit code of a bureau's district."""


class OfficeKind(Enum):
    """Which half of the notice the office works (一（一）, 一（三）)."""

    TOWN = "town"
    BUREAU = "bureau"


class Role(Enum):
    """What a user of the office's PC is there for."""

    CLERK = "clerk"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


class User(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who works with the program; the name goes into the journal."""

    name: str
    role: Role = Role.CLERK


TRAINING_CODE = "999"
"""Ends the code of the made-up town that one trains with; no town of the statistical table ends so."""
TRAINING_MARK = "演练"


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """One office: its code, kind, and the name that its papers carry."""

    id: OfficeId
    kind: OfficeKind
    name: str

    @property
    def training(self) -> bool:
        """Whether it is the made-up town: nothing of it may pass for a real office's."""
        return self.kind is OfficeKind.TOWN and self.id.endswith(TRAINING_CODE)


class OfficeCard(msgspec.Struct, frozen=True, kw_only=True):
    """The public half of an office's keys: an age recipient (``age1…``) and an Ed25519 public key (32 bytes as hex)."""

    office: Office
    age_recipient: str
    signing_key: str


class OfficeKeys(msgspec.Struct, frozen=True, kw_only=True):
    """The secret half: an age identity (``AGE-SECRET-KEY-1…``) and an Ed25519 seed (32 bytes as hex). Kept in the vault only."""

    card: OfficeCard
    age_identity: str
    signing_seed: str

    def __repr__(self) -> str:
        """Say whose keys these are and not what they are, so that no log or report can carry them."""
        return f"OfficeKeys({self.card.office.id})"
