"""The clock and the chance of this PC."""

import uuid
from datetime import date, datetime


class PcClock:
    """Time and chance of this PC."""

    def now(self) -> datetime:
        """The moment in the PC's time zone."""
        return datetime.now().astimezone()

    def today(self) -> date:
        """The day by the PC's clock."""
        return self.now().date()

    def new_id(self) -> str:
        """32 random hex digits."""
        return uuid.uuid4().hex
