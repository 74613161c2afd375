"""A day as it is said: with its year wherever that is not the year in which it is read."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.clocks import deadline
from taizhang_casework.domain.day_words import day_words, span_words
from taizhang_casework.domain.pack import ClockKey
from taizhang_casework.domain.pack_loading import shipped_packs

TODAY = date(2026, 1, 5)
(PACK,) = shipped_packs()
CALENDAR = WorkCalendar()
VISIT = PACK.clock(ClockKey.HOME_VISIT)


@pytest.mark.parametrize(
    ("day", "says"),
    [
        pytest.param(date(2026, 4, 10), "4月10日", id="this year's"),
        pytest.param(date(2026, 1, 1), "1月1日", id="the first of the year"),
        pytest.param(date(2025, 12, 28), "2025年12月28日", id="a week ago, but last year"),
        pytest.param(date(2025, 4, 10), "2025年4月10日", id="last year's"),
        pytest.param(date(2027, 1, 4), "2027年1月4日", id="next year's"),
    ],
)
def test_a_day_is_said_with_its_year_where_that_is_not_this_years(day: date, says: str) -> None:
    assert day_words(day, TODAY) == says


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        pytest.param(date(2026, 4, 4), date(2026, 4, 4), "4月4日", id="one day"),
        pytest.param(date(2026, 10, 1), date(2026, 10, 7), "10月1日至7日", id="within a month"),
        pytest.param(date(2026, 4, 30), date(2026, 5, 4), "4月30日至5月4日", id="into the next month"),
        pytest.param(date(2025, 10, 1), date(2025, 10, 8), "2025年10月1日至8日", id="last year's"),
        pytest.param(date(2025, 12, 31), date(2026, 1, 3), "2025年12月31日至2026年1月3日", id="into this year"),
        pytest.param(date(2026, 12, 31), date(2027, 1, 3), "12月31日至2027年1月3日", id="into the next year"),
        pytest.param(date(2025, 1, 30), date(2026, 1, 2), "2025年1月30日至2026年1月2日", id="the same month a year on"),
    ],
)
def test_a_stretch_of_days_is_said_with_the_years_that_matter(first: date, last: date, says: str) -> None:
    assert span_words(first, last, TODAY) == says


@given(st.dates(date(2001, 1, 1), date(2040, 12, 31)), st.integers(-800, 800))
def test_no_two_days_near_today_are_said_alike(today: date, off: int) -> None:
    day = today + timedelta(days=off)
    same_day = [each for each in (day.year - 1, day.year + 1) if (day.month, day.day) != (2, 29)]
    assert all(day_words(day.replace(year=year), today) != day_words(day, today) for year in same_day)


@pytest.mark.parametrize(
    ("start", "today", "begins"),
    [
        pytest.param(date(2025, 4, 7), date(2025, 4, 9), "7日收到 → 8日第1天", id="this year's: as ever"),
        pytest.param(date(2025, 4, 7), date(2026, 4, 9), "2025年4月7日收到 → 8日第1天", id="a year later"),
        pytest.param(
            date(2025, 4, 29), date(2026, 4, 9), "2025年4月29日收到 → 30日第1天", id="over the end of a month"
        ),
        pytest.param(
            date(2025, 12, 30), date(2026, 1, 5), "2025年12月30日收到 → 31日第1天", id="over the end of a year"
        ),
    ],
)
def test_the_count_of_a_clock_says_the_year_where_it_is_another(start: date, today: date, begins: str) -> None:
    assert deadline(VISIT, start, CALENDAR).says_on(today).startswith(begins)
