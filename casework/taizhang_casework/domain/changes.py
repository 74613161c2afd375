"""What an operation touched: returned by every service call, compared by screens, kept by the journal."""

from enum import Enum

import msgspec

from taizhang_casework.domain.operation import Operation


class Kind(Enum):
    """The kinds of thing that an office keeps."""

    OFFICE = "office"
    HOUSEHOLD = "household"
    CASE = "case"
    MATCH = "match"
    LETTER = "letter"
    FILING = "filing"
    LIST_IMPORT = "list_import"
    PACKAGE = "package"
    PARTNER = "partner"
    RECEIVED_FILING = "received_filing"
    DISCLOSURE = "disclosure"
    USER = "user"
    KEYS = "keys"
    VAULT = "vault"
    ATTACHMENT = "attachment"
    BACKUP = "backup"
    LIST_VIEW = "list_view"
    INCOME_LINE = "income_line"
    PRINT = "print"
    SEAL = "seal"
    MONITORED_HOUSEHOLD = "monitored_household"


class Touched(msgspec.Struct, frozen=True):
    """One thing that an operation added or changed."""

    kind: Kind
    id: str


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """One operation (one service call, one transaction) and everything that it touched, in order; ``undoes``: it was taken back."""

    operation: Operation
    touched: tuple[Touched, ...] = ()

    def touches(self, kind: Kind) -> bool:
        """Whether anything of that kind was added or changed."""
        return any(thing.kind is kind for thing in self.touched)

    undoes: bool = False
