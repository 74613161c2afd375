"""Where half-typed forms are kept, as a protocol; ``db`` implements it."""

from collections.abc import Sequence
from typing import Protocol

from taizhang_casework.domain.drafts import Draft
from taizhang_casework.domain.users import UserId


class Drafts(Protocol):
    """The half-typed forms of each user, in the vault with everything else and, a keystroke being no change of the office, not journalled.

    Each call is one transaction of its own. Raises OfficeTrouble where disk or file will not have it.
    """

    def keep(self, drafts: Sequence[Draft]) -> None:
        """Keep them, each in the place of the same user's draft of the same form; all or none."""
        ...

    def drop(self, user: UserId, keys: Sequence[str]) -> None:
        """Give up drafts that are saved as records or not wanted any more; unknown keys are passed over."""
        ...

    def of_user(self, user: UserId) -> Sequence[Draft]:
        """What the user has half-typed, begun last the last; nothing of one who works here no more."""
        ...
