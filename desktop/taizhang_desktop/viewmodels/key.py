"""What a clerk opens a desk with. No Qt here: the commands that need no window load this too."""

from enum import Enum

import msgspec
from taizhang_casework.domain.users import UserId


class KeyKind(Enum):
    """What the clerk opens the desk with."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the word, not one
    RECOVERY_CODE = "recovery_code"


class Key(msgspec.Struct, frozen=True):
    """What was typed; lives only until the vault is open.

    ``user`` is who sits there (None: whoever the passphrase fits); ``remember``: this PC's keyring is to open it from now on;
    ``although_doubtful``: go on, with the right to do so, where the data may not be the newest.
    """

    kind: KeyKind
    text: str
    remember: bool = False
    user: UserId | None = None
    although_doubtful: bool = False

    def __repr__(self) -> str:
        """Say the kind; never the text."""
        return f"Key({self.kind.name})"
