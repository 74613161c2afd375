"""The moving festivals, worked out again from the moon and the sun.

New moons by Meeus, Astronomical Algorithms (2nd ed.), chapter 49; the sun's apparent longitude by chapter 25 (0.01°, a
quarter of an hour). GB/T 33661-2017: a lunar month begins on the Beijing day of a new moon, the eleventh holds the winter
solstice, and of thirteen months the first without a principal term is leap.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count
from math import radians, sin

import chinese_calendar
import pytest
from taizhang_casework.domain.statutory_days import FESTIVALS, statutory_days

ONE_DAY = timedelta(days=1)
J2000 = datetime(2000, 1, 1, 12)  # noqa: DTZ001 - dynamical time, no zone of this world
BEIJING = timedelta(hours=8) - timedelta(seconds=72)
"""Beijing time minus dynamical time: ΔT is about 72 s in these years."""

# coefficient (days), multiples of M, M', F, and the power of E
NEW_MOON_TERMS = [
    (-0.40720, 0, 1, 0, 0), (0.17241, 1, 0, 0, 1), (0.01608, 0, 2, 0, 0), (0.01039, 0, 0, 2, 0), (0.00739, -1, 1, 0, 1),
    (-0.00514, 1, 1, 0, 1), (0.00208, 2, 0, 0, 2), (-0.00111, 0, 1, -2, 0), (-0.00057, 0, 1, 2, 0), (0.00056, 1, 2, 0, 1),
    (-0.00042, 0, 3, 0, 0), (0.00042, 1, 0, 2, 1), (0.00038, 1, 0, -2, 1), (-0.00024, -1, 2, 0, 1), (-0.00007, 2, 1, 0, 0),
]  # fmt: skip
PLANET_TERMS = [
    (0.000325, 299.77, 0.107408), (0.000165, 251.88, 0.016321), (0.000164, 251.83, 26.651886), (0.000126, 349.42, 36.412478),
    (0.000110, 84.66, 18.206239), (0.000062, 141.74, 53.303771), (0.000060, 207.14, 2.453732), (0.000056, 154.84, 7.306860),
]  # fmt: skip


def sine(degrees: float) -> float:
    return sin(radians(degrees))


def new_moon(k: int) -> datetime:
    """The k-th new moon since 2000-01-06, in Beijing time."""
    t = k / 1236.85
    days = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t - 2451545.0
    e = 1 - 0.002516 * t
    sun = 2.5534 + 29.10535670 * k
    moon = 201.5643 + 385.81693528 * k + 0.0107582 * t * t
    latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t * t
    days += sum(c * e**p * sine(a * sun + b * moon + d * latitude) for c, a, b, d, p in NEW_MOON_TERMS)
    days -= 0.00017 * sine(124.7746 - 1.56375588 * k)
    days += sum(c * sine(angle + rate * k) for c, angle, rate in PLANET_TERMS)
    return J2000 + timedelta(days=days) + BEIJING


def longitude(moment: datetime) -> float:
    """The sun's apparent longitude in degrees at a moment of Beijing time."""
    t = (moment - BEIJING - J2000) / timedelta(days=36525)
    anomaly = 357.52911 + 35999.05029 * t
    centre = (1.914602 - 0.004817 * t) * sine(anomaly) + 0.019993 * sine(2 * anomaly) + 0.000289 * sine(3 * anomaly)
    return (280.46646 + 36000.76983 * t + centre - 0.00569 - 0.00478 * sine(125.04 - 1934.136 * t)) % 360


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - Beijing time throughout


def solstice_month(starts: list[date], year: int) -> int:
    """Index of the lunar month that holds the winter solstice (270°) of a year: always the eleventh."""
    day = next(day for day in days_from(date(year, 12, 19)) if longitude(midnight(day + ONE_DAY)) >= 270)
    return max(index for index, start in enumerate(starts) if start <= day)


def days_from(first: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in count())


def has_principal_term(start: date, after: date) -> bool:
    """Whether the sun passes a multiple of 30° within the month; in a year of thirteen months the first that lacks one is leap."""
    return longitude(midnight(start)) // 30 != longitude(midnight(after)) // 30


def festival_days(year: int) -> tuple[date, date, date]:
    """正月初一, 五月初五, 八月十五."""
    first = int((year - 2000) * 12.3685) - 4
    starts = [new_moon(k).date() for k in range(first, first + 22)]
    begin, end = solstice_month(starts, year - 1), solstice_month(starts, year)
    ordinary = list(range(begin, end))
    if len(ordinary) == 13:
        ordinary.remove(next(index for index in ordinary if not has_principal_term(starts[index], starts[index + 1])))
    spring, dragon_boat, mid_autumn = (starts[ordinary[place]] for place in (2, 6, 9))
    return spring, dragon_boat + timedelta(days=4), mid_autumn + timedelta(days=14)


@pytest.mark.parametrize("year", range(2013, 2027))
def test_the_reckoning_finds_the_festivals_of_published_years(year: int) -> None:
    """The reckoning itself is tried on years whose holidays the State Council has published."""
    spring, dragon_boat, mid_autumn = festival_days(year)
    names = [chinese_calendar.get_holiday_detail(day) for day in (spring, dragon_boat, mid_autumn)]
    assert names[0] == (True, "Spring Festival")
    assert names[1] == (True, "Dragon Boat Festival")
    assert names[2] in {(True, "Mid-autumn Festival"), (True, "National Day")}


@pytest.mark.parametrize("year", sorted(FESTIVALS))
def test_the_moon_agrees_with_the_table(year: int) -> None:
    table = FESTIVALS[year]
    assert (table.spring, table.dragon_boat, table.mid_autumn) == festival_days(year)


@pytest.mark.parametrize("year", sorted(FESTIVALS))
def test_the_sun_reaches_fifteen_degrees_on_the_day_of_tomb_sweeping(year: int) -> None:
    day = FESTIVALS[year].tomb_sweeping
    assert longitude(midnight(day)) < 15 <= longitude(midnight(day + ONE_DAY))


@pytest.mark.parametrize("year", sorted(FESTIVALS))
def test_the_law_gives_thirteen_days_a_year(year: int) -> None:
    days = statutory_days(year)
    meets_national_day = FESTIVALS[year].mid_autumn in {date(year, 10, day) for day in (1, 2, 3)}
    assert len(days) == 13 - meets_national_day
    assert list(days.values()).count("春节") == 4


def test_a_year_that_was_not_worked_out_has_its_solar_days_only() -> None:
    assert set(statutory_days(2060).values()) == {"元旦", "劳动节", "国庆节"}
    assert len(statutory_days(2060)) == 6
