"""What a clerk opens a desk with. No Qt here: the commands that need no window load this too."""

from enum import Enum

import msgspec


class KeyKind(Enum):
    """What the clerk opens the desk with."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the word, not one
    RECOVERY_CODE = "recovery_code"


class Key(msgspec.Struct, frozen=True):
    """What was typed; lives only until the vault is open. ``remember``: this PC's keyring is to open it from now on."""

    kind: KeyKind
    text: str
    remember: bool = False

    def __repr__(self) -> str:
        """Say the kind; never the text."""
        return f"Key({self.kind.name})"
