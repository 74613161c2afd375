"""The office's own seal picture as it is kept (domain.md 3): only in the vault, one in use at most, each change of it with a reason."""

from datetime import datetime
from typing import NewType

import msgspec

SealId = NewType("SealId", str)


class OfficeSeal(msgspec.Struct, frozen=True, kw_only=True):
    """A seal picture and what became of it; its PNG lies beside it in the vault, and nowhere once it is ``ended_at``.

    ``digest`` is the SHA-256 (64 hex digits) of the PNG; ``why`` it was loaded, ``ended_why`` it was taken out of use.
    """

    id: SealId
    digest: str
    width: int
    height: int
    loaded_at: datetime
    loaded_by: str
    why: str
    ended_at: datetime | None = None
    ended_by: str = ""
    ended_why: str = ""

    @property
    def in_use(self) -> bool:
        """Whether papers may be printed with it."""
        return self.ended_at is None
