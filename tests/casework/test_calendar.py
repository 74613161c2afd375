"""Kinds of days, how surely they are known, and tables that the bureau hands out."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from taizhang_casework.domain.calendar import (
    DayKind,
    DaySource,
    DayTable,
    SpecialDay,
    WorkCalendar,
)

CALENDAR = WorkCalendar()
PUBLISHED, ESTIMATED, LOCAL = DaySource.PUBLISHED, DaySource.ESTIMATED, DaySource.LOCAL

TABLE_2027 = DayTable(
    document="国办发明电〔2026〕0号（测试用）",
    years=(2027,),
    days=(
        SpecialDay(on=date(2026, 12, 27), kind=DayKind.MAKE_UP, name="元旦"),
        SpecialDay(on=date(2027, 1, 1), kind=DayKind.HOLIDAY, name="元旦"),
        SpecialDay(on=date(2027, 2, 5), kind=DayKind.HOLIDAY, name="春节"),
        SpecialDay(on=date(2027, 2, 8), kind=DayKind.HOLIDAY, name="春节"),
        SpecialDay(on=date(2027, 2, 9), kind=DayKind.HOLIDAY, name="春节"),
        SpecialDay(on=date(2027, 2, 20), kind=DayKind.MAKE_UP, name="春节"),
    ),
)
TYPHOON = DayTable(
    document="区防汛指挥部通知",
    days=(SpecialDay(on=date(2026, 8, 12), kind=DayKind.HOLIDAY, name="台风停工"),),
)


@pytest.mark.parametrize(
    ("on", "kind", "source", "name"),
    [
        pytest.param(date(2022, 4, 7), DayKind.WORKING, PUBLISHED, "", id="an ordinary Thursday"),
        pytest.param(date(2022, 4, 9), DayKind.WEEKEND, PUBLISHED, "", id="an ordinary Saturday"),
        pytest.param(date(2022, 4, 5), DayKind.HOLIDAY, PUBLISHED, "清明节", id="清明 on a Tuesday"),
        pytest.param(date(2022, 4, 2), DayKind.MAKE_UP, PUBLISHED, "清明节", id="the Saturday that makes up for it"),
        pytest.param(date(2026, 10, 4), DayKind.HOLIDAY, PUBLISHED, "国庆节", id="a Sunday inside a holiday"),
        pytest.param(
            date(2015, 9, 3), DayKind.HOLIDAY, PUBLISHED, "抗战胜利70周年纪念日", id="a holiday of one year only"
        ),
        pytest.param(date(2027, 2, 8), DayKind.HOLIDAY, ESTIMATED, "春节", id="初三 of a year not published"),
        pytest.param(date(2027, 2, 9), DayKind.WORKING, ESTIMATED, "", id="初四, which only 调休 could make free"),
        pytest.param(date(2027, 5, 2), DayKind.HOLIDAY, ESTIMATED, "劳动节", id="2 May, statutory since 2025"),
        pytest.param(date(2027, 5, 3), DayKind.WORKING, ESTIMATED, "", id="3 May is not statutory"),
        pytest.param(date(2027, 6, 12), DayKind.WEEKEND, ESTIMATED, "", id="a Saturday of a year not published"),
        pytest.param(date(2060, 10, 2), DayKind.HOLIDAY, ESTIMATED, "国庆节", id="solar holidays hold in any year"),
        pytest.param(date(2003, 12, 31), DayKind.WORKING, ESTIMATED, "", id="before the first published year"),
    ],
)
def test_a_day_has_a_kind_a_source_and_a_name(on: date, kind: DayKind, source: DaySource, name: str) -> None:
    day = CALENDAR.day(on)
    assert (day.on, day.kind, day.source, day.name) == (on, kind, source, name)


@given(st.dates(date(2004, 1, 1), date(2026, 12, 31)))
def test_published_days_are_those_of_the_library(on: date) -> None:
    assert CALENDAR.is_working(on) is chinese_calendar.is_workday(on)


@given(st.dates(date(2027, 1, 1), date(2080, 12, 31)))
def test_every_day_of_an_unpublished_year_is_estimated_and_no_weekend_is_a_working_day(on: date) -> None:
    day = CALENDAR.day(on)
    assert day.estimated
    assert not (day.working and on.weekday() >= 5)


@pytest.mark.parametrize("year", range(2025, 2027))
def test_the_statutory_days_are_holidays_of_the_published_years(year: int) -> None:
    holidays = {date(year, 1, 1), date(year, 5, 1), date(year, 5, 2), *(date(year, 10, day) for day in (1, 2, 3))}
    assert {CALENDAR.day(on).kind for on in holidays} == {DayKind.HOLIDAY}


def test_the_last_week_of_the_last_published_year_waits_for_the_next_new_year() -> None:
    assert CALENDAR.day(date(2026, 12, 24)).source is PUBLISHED
    assert CALENDAR.day(date(2026, 12, 25)).source is ESTIMATED
    assert CALENDAR.day(date(2025, 12, 31)).source is PUBLISHED


def test_a_table_that_the_bureau_hands_out_makes_its_year_published() -> None:
    calendar = WorkCalendar(tables=(TABLE_2027,))
    assert calendar.published_years[-1] == 2027
    assert calendar.day(date(2027, 2, 9)).source is PUBLISHED
    assert calendar.day(date(2027, 2, 9)).name == "春节"
    assert calendar.day(date(2027, 2, 20)).kind is DayKind.MAKE_UP
    assert calendar.day(date(2026, 12, 27)).kind is DayKind.MAKE_UP
    assert calendar.day(date(2026, 12, 31)).source is PUBLISHED
    assert calendar.day(date(2027, 12, 30)).source is ESTIMATED


def test_a_published_table_and_not_the_law_says_which_days_are_free() -> None:
    assert CALENDAR.day(date(2027, 4, 5)).kind is DayKind.HOLIDAY
    assert WorkCalendar(tables=(TABLE_2027,)).day(date(2027, 4, 5)).kind is DayKind.WORKING


def test_a_table_replaces_the_librarys_year_as_a_whole() -> None:
    table = DayTable(
        document="更正", years=(2026,), days=(SpecialDay(on=date(2026, 1, 1), kind=DayKind.HOLIDAY, name="元旦"),)
    )
    calendar = WorkCalendar(tables=(table,))
    assert calendar.day(date(2026, 10, 5)).kind is DayKind.WORKING
    assert calendar.day(date(2025, 10, 6)).kind is DayKind.HOLIDAY


def test_a_local_day_is_local_and_keeps_its_reason() -> None:
    day = WorkCalendar(tables=(TYPHOON,)).day(date(2026, 8, 12))
    assert (day.kind, day.source, day.name, day.working) == (DayKind.HOLIDAY, LOCAL, "台风停工", False)


def test_a_local_day_wins_over_a_table_whichever_was_added_first() -> None:
    local = DayTable(
        document="镇政府决定", days=(SpecialDay(on=date(2027, 2, 9), kind=DayKind.WORKING, name="森林防火"),)
    )
    for tables in ((local, TABLE_2027), (TABLE_2027, local)):
        assert WorkCalendar(tables=tables).day(date(2027, 2, 9)).source is LOCAL


def test_the_version_says_the_last_published_year_and_changes_with_what_is_known() -> None:
    versions = [
        WorkCalendar(tables=tables).version for tables in ((), (TABLE_2027,), (TYPHOON,), (TABLE_2027, TYPHOON))
    ]
    assert [version[:5] for version in versions] == ["2026.", "2027.", "2026.", "2027."]
    assert len(set(versions)) == 4
    assert WorkCalendar().version == CALENDAR.version


def test_calendars_with_equal_tables_are_equal() -> None:
    used = WorkCalendar(tables=(TYPHOON,))
    used.day(date(2026, 1, 1))
    assert used == WorkCalendar(tables=(TYPHOON,))
    assert hash(used) == hash(WorkCalendar(tables=(TYPHOON,)))
    assert used != CALENDAR


@given(st.dates(date(2004, 2, 1), date(2040, 1, 1)))
def test_the_last_working_day_is_the_nearest_one_not_after(until: date) -> None:
    last = CALENDAR.last_working_day(until)
    assert CALENDAR.is_working(last)
    assert last <= until
    assert not any(CALENDAR.is_working(last + timedelta(days=n)) for n in range(1, (until - last).days + 1))
