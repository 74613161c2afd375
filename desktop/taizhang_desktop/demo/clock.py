"""The demonstration's clock: it stands on a day of the story and goes on only when told; identifiers follow a seed."""

import random
from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


class StoryClock:
    """A :class:`taizhang_casework.services.clock.Clock` that a story moves from day to day."""

    def __init__(self, day: date, *, seed: int = 2022) -> None:
        """Begin at nine in the morning of the day."""
        self._now = datetime(day.year, day.month, day.day, 9, tzinfo=CHINA)
        self._chance = random.Random(seed)  # noqa: S311 - a story's identifiers, not secrets

    def go_to(self, day: date) -> None:
        """Turn to nine in the morning of a later day."""
        self._now = datetime(day.year, day.month, day.day, 9, tzinfo=CHINA)

    def now(self) -> datetime:
        """The moment; each look takes a second, so that what is done later has the later time."""
        self._now += timedelta(seconds=1)
        return self._now

    def today(self) -> date:
        """The story's day."""
        return self._now.date()

    def new_id(self) -> str:
        """32 hex digits, the same in each telling."""
        return f"{self._chance.getrandbits(128):032x}"
