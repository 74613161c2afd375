"""What the services need of the people on this PC and of their ways in, as protocols; ``db`` implements them."""

from collections.abc import Sequence
from typing import Protocol

from taizhang_casework.domain.users import UserAccount, UserId


class Users(Protocol):
    """The people who work on this PC."""

    def get(self, user: UserId) -> UserAccount:
        """The account; KeyError where there is none."""
        ...

    def save(self, account: UserAccount) -> None:
        """Add it, or replace it by its id."""
        ...

    def all(self) -> Sequence[UserAccount]:
        """Every account, in the order of their making."""
        ...


class Keys(Protocol):
    """The ways into the vault. What is changed takes effect when the change is committed, with it or not at all."""

    @property
    def opened_by_code(self) -> bool:
        """Whether the recovery code opened the vault, which belongs to nobody."""
        ...

    def give_passphrase(self, account: UserAccount, passphrase: str) -> None:
        """Let the passphrase open the vault for the user, and every earlier one of hers no more; OfficeTrouble where it is blank."""
        ...

    def take_away(self, user: UserId) -> None:
        """Let nothing of the user's open the vault any more."""
        ...

    def new_recovery_code(self) -> str:
        """A fresh recovery code, shown once and kept nowhere; the old one opens nothing any more."""
        ...

    def renew(self) -> None:
        """Write the key file anew though nobody's way in changes: it becomes later than any that these data know of."""
        ...

    def is_passphrase_of(self, user: UserId, passphrase: str) -> bool:
        """Whether the passphrase opens the vault for this user."""
        ...
