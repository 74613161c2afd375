"""The holidays that the law itself fixes, for years whose arrangement the State Council has not published yet.

全国年节及纪念日放假办法 (2024 revision, in force since 2025-01-01), article 2: thirteen days. Six are days of the solar
calendar and hold in any year; seven follow the lunar calendar or a solar term, and are given here for the years worked out.
What the law leaves to the yearly arrangement (调休, make-up days, the day off for a holiday that falls on a weekend) cannot
be known and is not here.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

import msgspec

NEW_YEAR = "元旦"
SPRING_FESTIVAL = "春节"
TOMB_SWEEPING = "清明节"
LABOUR_DAY = "劳动节"
DRAGON_BOAT = "端午节"
MID_AUTUMN = "中秋节"
NATIONAL_DAY = "国庆节"


class Festivals(msgspec.Struct, frozen=True):
    """The moving festivals of a year: 正月初一, 清明, 五月初五, 八月十五."""

    spring: date
    tomb_sweeping: date
    dragon_boat: date
    mid_autumn: date


FESTIVALS: Mapping[int, Festivals] = MappingProxyType(
    {
        2027: Festivals(date(2027, 2, 6), date(2027, 4, 5), date(2027, 6, 9), date(2027, 9, 15)),
        2028: Festivals(date(2028, 1, 26), date(2028, 4, 4), date(2028, 5, 28), date(2028, 10, 3)),
        2029: Festivals(date(2029, 2, 13), date(2029, 4, 4), date(2029, 6, 16), date(2029, 9, 22)),
        2030: Festivals(date(2030, 2, 3), date(2030, 4, 5), date(2030, 6, 5), date(2030, 9, 12)),
        2031: Festivals(date(2031, 1, 23), date(2031, 4, 5), date(2031, 6, 24), date(2031, 10, 1)),
        2032: Festivals(date(2032, 2, 11), date(2032, 4, 4), date(2032, 6, 12), date(2032, 9, 19)),
        2033: Festivals(date(2033, 1, 31), date(2033, 4, 4), date(2033, 6, 1), date(2033, 9, 8)),
        2034: Festivals(date(2034, 2, 19), date(2034, 4, 5), date(2034, 6, 20), date(2034, 9, 27)),
        2035: Festivals(date(2035, 2, 8), date(2035, 4, 5), date(2035, 6, 10), date(2035, 9, 16)),
        2036: Festivals(date(2036, 1, 28), date(2036, 4, 4), date(2036, 5, 30), date(2036, 10, 4)),
    }
)
"""Worked out from new moons and the sun's longitude (GB/T 33661-2017); the tests work them out again."""


def statutory_days(year: int) -> dict[date, str]:
    """The statutory holidays of a year with their names: all thirteen days where ``FESTIVALS`` has the year, else the six solar ones."""
    days = {
        date(year, 1, 1): NEW_YEAR,
        date(year, 5, 1): LABOUR_DAY,
        date(year, 5, 2): LABOUR_DAY,
        date(year, 10, 1): NATIONAL_DAY,
        date(year, 10, 2): NATIONAL_DAY,
        date(year, 10, 3): NATIONAL_DAY,
    }
    festivals = FESTIVALS.get(year)
    if festivals is not None:
        days.update({festivals.spring + timedelta(days=offset): SPRING_FESTIVAL for offset in (-1, 0, 1, 2)})
        for day, name in (
            (festivals.tomb_sweeping, TOMB_SWEEPING),
            (festivals.dragon_boat, DRAGON_BOAT),
            (festivals.mid_autumn, MID_AUTUMN),
        ):
            days.setdefault(day, name)
    return days
