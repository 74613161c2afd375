"""With what a vault is opened. These live for one call and never show what they hold."""

from dataclasses import dataclass, field

from taizhang_casework.domain.users import UserId

from taizhang_db.keys.keyring_slot import SystemKeyring


@dataclass(frozen=True)
class Passphrase:
    """The passphrase as typed, and whose it is; None: whoever it fits."""

    text: str = field(repr=False)
    holder: UserId | None = None


@dataclass(frozen=True)
class RecoveryCode:
    """The recovery code, as printed or as typed back."""

    text: str = field(repr=False)


@dataclass(frozen=True)
class FromKeyring:
    """The secret that the keyring of this PC keeps for the vault."""

    keyring: SystemKeyring = field(default_factory=SystemKeyring)


Unlock = Passphrase | RecoveryCode | FromKeyring
