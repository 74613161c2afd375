"""绿色通道: help before the steps."""

from datetime import date
from typing import ClassVar

import msgspec


class GreenChannel(msgspec.Struct, frozen=True, kw_only=True, tag="green_channel", gc=False):
    """绿色通道 (二（三）): help first; every step is still owed.

    ``kind`` is a key of the pack's grounds, ``helped_on`` the day of the help; both are empty in records of before they were
    asked. ``ground`` says in words what happened.
    """

    day_field: ClassVar[str] = "opened_on"

    opened_on: date
    ground: str
    recognised_by: str
    help_given: str
    kind: str = ""
    helped_on: date | None = None

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.opened_on
