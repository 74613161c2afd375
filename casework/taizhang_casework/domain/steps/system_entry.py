"""录入系统: what came back from the national system."""

from datetime import date
from enum import Enum
from typing import ClassVar

import msgspec


class MonitoredKind(Enum):
    """The three kinds of monitored household."""

    UNSTABLE = "unstable"
    BORDERLINE = "borderline"
    SUDDEN_HARDSHIP = "sudden_hardship"


class SystemEntry(msgspec.Struct, frozen=True, kw_only=True, tag="system_entry", gc=False):
    """录入系统: keyed into the national system; with it the household is recognised (符合)."""

    day_field: ClassVar[str] = "entered_on"

    entered_on: date
    household_number: str
    kind: MonitoredKind
    risks: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.entered_on
