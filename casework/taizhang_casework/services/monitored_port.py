"""What the services need of the drawer that keeps the 监测对象, as a protocol; ``db`` implements it."""

from collections.abc import Sequence
from typing import Protocol

from taizhang_casework.domain.monitoring import MonitoredHousehold, MonitoredId
from taizhang_casework.domain.people import HouseholdId


class Monitored(Protocol):
    """The households that are or were 监测对象, one each."""

    def get(self, monitored: MonitoredId) -> MonitoredHousehold:
        """The household as 监测对象; KeyError where there is none."""
        ...

    def save(self, monitored: MonitoredHousehold) -> None:
        """Add it, or replace it by its id."""
        ...

    def of_household(self, household: HouseholdId) -> MonitoredHousehold | None:
        """What is kept of the household, None where it never was recognised."""
        ...

    def all(self) -> Sequence[MonitoredHousehold]:
        """Every one, those seen longest ago first."""
        ...
