"""Working days: what kind of day a day is, and how surely that is known.

Published years come from ``chinesecalendar`` (the yearly arrangements of the State Council). A year that is not published
yet is weekends plus the statutory days that the law fixes (:mod:`taizhang_casework.domain.statutory_days`), and every day
of it is 预计. The bureau can hand out the table of a new year; an office can add a local day with a reason.
"""

import hashlib
from collections.abc import Hashable, Iterable
from datetime import date, timedelta
from enum import Enum
from functools import cached_property
from typing import Any

import msgspec

from taizhang_casework.domain.statutory_days import (
    DRAGON_BOAT,
    FESTIVALS,
    LABOUR_DAY,
    MID_AUTUMN,
    NATIONAL_DAY,
    NEW_YEAR,
    SPRING_FESTIVAL,
    TOMB_SWEEPING,
    statutory_days,
)

ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_UNSETTLED_FROM = (12, 25)
"""The last week of a published year can still be moved by the arrangement of the next 元旦 (as 2018-12-29 was)."""

_NAMES = {
    "New Year's Day": NEW_YEAR,
    "Spring Festival": SPRING_FESTIVAL,
    "Tomb-sweeping Day": TOMB_SWEEPING,
    "Labour Day": LABOUR_DAY,
    "Dragon Boat Festival": DRAGON_BOAT,
    "Mid-autumn Festival": MID_AUTUMN,
    "National Day": NATIONAL_DAY,
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


class DayKind(Enum):
    """What a day is: 工作日, 周末, 法定节假日 (with the days off around it), 调休上班日."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"


class DaySource(Enum):
    """How the kind is known: published by the State Council, estimated (预计), or set by the office itself."""

    PUBLISHED = "published"
    ESTIMATED = "estimated"
    LOCAL = "local"


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A day with its kind; ``name`` is the holiday's (of a make-up day: the holiday made up for), or the reason of a local day."""

    on: date
    kind: DayKind
    source: DaySource
    name: str = ""

    @property
    def working(self) -> bool:
        """Whether the office works."""
        return self.kind in {DayKind.WORKING, DayKind.MAKE_UP}

    @property
    def estimated(self) -> bool:
        """预计: the table of the year is not published, or not known here."""
        return self.source is DaySource.ESTIMATED


class SpecialDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day that a table sets otherwise than its weekday says."""

    on: date
    kind: DayKind
    name: str


class DayTable(msgspec.Struct, frozen=True, kw_only=True):
    """Days beside the library's: a published year that the bureau hands out, or local days.

    ``years`` are the years that the table gives in full (they are published from then on, and replace the library's); a table without years
    only sets its own days, and is local. ``document`` is what it rests on (国办发明电…, or the office's own paper).
    """

    document: str
    days: tuple[SpecialDay, ...]
    years: tuple[int, ...] = ()

    @property
    def source(self) -> DaySource:
        """Published where the table gives whole years, local otherwise."""
        return DaySource.PUBLISHED if self.years else DaySource.LOCAL


class WorkCalendar(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The calendar in force at an office; equal where the tables are equal. Later tables win over earlier ones, local days over all."""

    tables: tuple[DayTable, ...] = ()

    def day(self, on: date) -> Day:
        """What kind of day it is."""
        known = self._special.get(on)
        if known is not None:
            return known
        source = DaySource.PUBLISHED if self._settled(on) else DaySource.ESTIMATED
        name = statutory_days(on.year).get(on) if on.year not in self._years else None
        if name is not None:
            return Day(on=on, kind=DayKind.HOLIDAY, source=source, name=name)
        kind = DayKind.WEEKEND if on.weekday() >= _SATURDAY else DayKind.WORKING
        return Day(on=on, kind=kind, source=source)

    def is_working(self, on: date) -> bool:
        """Whether the office works on that day."""
        return self.day(on).working

    def last_working_day(self, until: date) -> date:
        """The last working day up to and including ``until``: the day to be warned on of a deadline that is never moved."""
        while not self.is_working(until):
            until -= ONE_DAY
        return until

    @property
    def published_years(self) -> tuple[int, ...]:
        """The years whose arrangement is known, in order."""
        return tuple(sorted(self._years))

    @cached_property
    def version(self) -> str:
        """Which calendar this is: last published year, and 8 hex digits over everything it knows. Carried by what was computed with it."""
        known = sorted((day.on.isoformat(), day.kind.value, day.source.value) for day in self._special.values())
        knowledge = (known, self.published_years, sorted(FESTIVALS.items()))
        digest = hashlib.sha256(msgspec.json.encode(knowledge)).hexdigest()
        return f"{max(self._years)}.{digest[:8]}"

    @cached_property
    def reckoned(self) -> dict[Hashable, Any]:
        """Kept for the rules that count with this calendar: what they reckoned once stays true as long as the calendar."""
        return {}

    def _settled(self, on: date) -> bool:
        if on.year not in self._years:
            return False
        return (on.month, on.day) < _UNSETTLED_FROM or on.year + 1 in self._years

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(day.year for day in _library_days()) | {year for table in self.tables for year in table.years}

    @cached_property
    def _special(self) -> dict[date, Day]:
        special = {day: _published(day, kind, name) for day, (kind, name) in _library_days().items()}
        for table in sorted(self.tables, key=lambda table: table.source is DaySource.LOCAL):
            special = {on: day for on, day in special.items() if on.year not in table.years}
            special.update(
                {each.on: Day(on=each.on, kind=each.kind, source=table.source, name=each.name) for each in table.days}
            )
        return special


def _published(on: date, kind: DayKind, name: str) -> Day:
    return Day(on=on, kind=kind, source=DaySource.PUBLISHED, name=name)


def _library_days() -> dict[date, tuple[DayKind, str]]:
    """Every special day that the library knows; a holiday that it adds under a new name is still a holiday."""
    from chinese_calendar import constants  # noqa: PLC0415 - 12 ms that the start of the window does not need

    def named(days: Iterable[tuple[date, str]], kind: DayKind) -> dict[date, tuple[DayKind, str]]:
        return {day: (kind, _NAMES.get(str(name), "法定节假日")) for day, name in days}

    return {**named(constants.holidays.items(), DayKind.HOLIDAY), **named(constants.workdays.items(), DayKind.MAKE_UP)}
