"""Clocks: by when, and why by then."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from taizhang_casework.domain.calendar import DayKind, DayTable, SpecialDay, WorkCalendar
from taizhang_casework.domain.case import PackId
from taizhang_casework.domain.clocks import Deadline, deadline, fixed_date_due, forecast
from taizhang_casework.domain.pack import ClockKey, ClockRule, ClockUnit, FixedDate
from taizhang_casework.domain.pack_loading import shipped_pack

PACK = shipped_pack(PackId("jimo-2022-1"))
CALENDAR = WorkCalendar()
VISIT = PACK.clock(ClockKey.HOME_VISIT)
RECOGNITION = PACK.clock(ClockKey.RECOGNITION)
NOTICE = PACK.clock(ClockKey.PUBLIC_NOTICE)

starts = st.dates(date(2004, 1, 1), date(2040, 1, 1))
lengths = st.integers(1, 30)


def clock_of(length: int, unit: ClockUnit) -> ClockRule:
    return ClockRule(
        key=ClockKey.HOME_VISIT, label="期限", length=length, unit=unit, starts="收到", ends="办完", clause="二（二）"
    )


def working(length: int, start: date) -> Deadline:
    return deadline(clock_of(length, ClockUnit.WORKING_DAYS), start, CALENDAR)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        pytest.param("2026-09-18", "2026-09-22", id="over a make-up Sunday"),
        pytest.param("2026-02-13", "2026-02-25", id="over 春节 with a make-up Saturday before it"),
        pytest.param("2026-09-30", "2026-10-10", id="over 国庆节, ending on a make-up Saturday"),
        pytest.param("2026-04-30", "2026-05-08", id="over 劳动节"),
        pytest.param("2025-09-30", "2025-10-11", id="over 国庆节 and 中秋节 together"),
        pytest.param("2024-02-08", "2024-02-19", id="from the day before 除夕, which was no holiday"),
        pytest.param("2022-04-07", "2022-04-12", id="from the day of the notice"),
        pytest.param("2022-04-09", "2022-04-13", id="from a Saturday"),
    ],
)
def test_three_working_days(start: str, due: str) -> None:
    clock = deadline(VISIT, date.fromisoformat(start), CALENDAR)
    assert (clock.due, clock.estimated, clock.clause) == (date.fromisoformat(due), False, "二（二）")
    assert clock.calendar_version == CALENDAR.version


def test_fifteen_days_are_calendar_days() -> None:
    assert deadline(RECOGNITION, date(2022, 4, 7), CALENDAR).due == date(2022, 4, 22)


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("2022-04-07", "7日收到 → 8日第1天 → 9、10日周末 → 11日第2天 → 12日到期，依据二（二）"),
        (
            "2026-09-30",
            "9月30日收到 → 10月1日至7日国庆节 → 8日第1天 → 9日第2天 → 10日（调休上班）到期，依据二（二）",
        ),
        ("2026-09-18", "18日收到 → 19日周末 → 20日（调休上班）第1天 → 21日第2天 → 22日到期，依据二（二）"),
        (
            "2025-09-30",
            "9月30日收到 → 10月1日至5日国庆节 → 6日中秋节 → 7、8日国庆节 → 9日第1天 → 10日第2天 → 11日（调休上班）到期，依据二（二）",
        ),
        (
            "2026-12-30",
            "2026年12月30日收到 → 31日第1天 → 2027年1月1日元旦（预计） → 2、3日周末 → 4日第2天 → 5日到期（预计），依据二（二）",
        ),
        ("2027-05-28", "5月28日收到 → 29、30日周末 → 31日第1天 → 6月1日第2天 → 2日到期（预计），依据二（二）"),
        ("2026-05-29", "5月29日收到 → 30、31日周末 → 6月1日第1天 → 2日第2天 → 3日到期，依据二（二）"),
        ("2026-10-29", "10月29日收到 → 30日第1天 → 31日、11月1日周末 → 2日第2天 → 3日到期，依据二（二）"),
    ],
)
def test_a_clock_of_working_days_explains_itself(start: str, said: str) -> None:
    assert deadline(VISIT, date.fromisoformat(start), CALENDAR).says == said


def test_a_clock_of_calendar_days_explains_itself_without_speaking_of_weekends() -> None:
    said = deadline(RECOGNITION, date(2022, 4, 20), CALENDAR).says
    assert said == "4月20日入户核实 → 21日至5月4日第1至14天 → 5日到期，依据二（二），按自然日计算"


def test_what_the_notice_does_not_say_is_not_laid_at_its_door() -> None:
    said = deadline(NOTICE, date(2022, 4, 15), CALENDAR).says
    assert said == "15日张贴公示 → 16日至19日第1至4天 → 20日到期，按各地通行做法，通知未规定"


def test_a_local_day_is_told_with_its_reason() -> None:
    table = DayTable(
        document="区防汛指挥部通知",
        days=(
            SpecialDay(on=date(2026, 8, 12), kind=DayKind.HOLIDAY, name="台风停工"),
            SpecialDay(on=date(2026, 8, 15), kind=DayKind.WORKING, name="抗灾"),
        ),
    )
    clock = deadline(clock_of(4, ClockUnit.WORKING_DAYS), date(2026, 8, 11), WorkCalendar(tables=(table,)))
    assert clock.due == date(2026, 8, 17)
    assert clock.says == (
        "11日收到 → 12日台风停工（本地放假） → 13日第1天 → 14日第2天 → 15日（本地上班：抗灾）第3天 → 16日周末 → 17日到期，依据二（二）"
    )


def test_the_structured_days_carry_what_the_sentence_tells() -> None:
    clock = deadline(VISIT, date(2022, 4, 7), CALENDAR)
    assert [(each.day.on.day, each.number, each.day.kind) for each in clock.days] == [
        (8, 1, DayKind.WORKING),
        (9, None, DayKind.WEEKEND),
        (10, None, DayKind.WEEKEND),
        (11, 2, DayKind.WORKING),
        (12, 3, DayKind.WORKING),
    ]


@pytest.mark.parametrize(
    ("rule", "start", "estimated"),
    [
        pytest.param(VISIT, date(2026, 12, 18), False, id="ends before the last week of the published year"),
        pytest.param(VISIT, date(2026, 12, 23), True, id="counts a day that the next 元旦 can still move"),
        pytest.param(VISIT, date(2027, 6, 1), True, id="lies in a year not published"),
        pytest.param(RECOGNITION, date(2027, 6, 1), False, id="calendar days rest on no table"),
    ],
)
def test_a_deadline_is_estimated_exactly_when_a_day_it_counted_over_is(
    rule: ClockRule, start: date, *, estimated: bool
) -> None:
    assert deadline(rule, start, CALENDAR).estimated is estimated


def test_open_deadlines_change_when_the_table_of_the_year_arrives() -> None:
    table = DayTable(
        document="测试",
        years=(2027,),
        days=(SpecialDay(on=date(2027, 2, 9), kind=DayKind.HOLIDAY, name="春节"),),
    )
    before = deadline(VISIT, date(2027, 2, 8), CALENDAR)
    after = deadline(VISIT, date(2027, 2, 8), WorkCalendar(tables=(table,)))
    assert (before.due, before.estimated) == (date(2027, 2, 11), True)
    assert (after.due, after.estimated) == (date(2027, 2, 12), False)
    assert before.calendar_version != after.calendar_version


@pytest.mark.parametrize(
    ("rule", "start", "warn_on"),
    [
        pytest.param(VISIT, date(2022, 4, 7), date(2022, 4, 12), id="a working day is warned of on itself"),
        pytest.param(RECOGNITION, date(2022, 4, 9), date(2022, 4, 24), id="a make-up Sunday is a working day"),
        pytest.param(RECOGNITION, date(2026, 8, 1), date(2026, 8, 14), id="a Sunday is warned of on the Friday"),
        pytest.param(NOTICE, date(2026, 9, 30), date(2026, 9, 30), id="inside a long holiday on the last day of work"),
        pytest.param(NOTICE, date(2026, 10, 1), date(2026, 10, 1), id="never before the clock has started"),
    ],
)
def test_the_warning_comes_on_the_last_working_day(rule: ClockRule, start: date, warn_on: date) -> None:
    clock = deadline(rule, start, CALENDAR)
    assert clock.warn_on == warn_on
    assert clock.due >= warn_on


@given(lengths, starts)
def test_a_deadline_of_working_days_is_a_working_day_after_the_start(length: int, start: date) -> None:
    clock = working(length, start)
    assert CALENDAR.is_working(clock.due)
    assert clock.due > start
    assert clock.warn_on == clock.due


@given(lengths, starts)
def test_as_many_working_days_lie_after_the_start_up_to_the_deadline_as_the_clock_is_long(
    length: int, start: date
) -> None:
    due = working(length, start).due
    span = [start + timedelta(days=n) for n in range(1, (due - start).days + 1)]
    assert sum(map(CALENDAR.is_working, span)) == length


@given(lengths, starts, st.integers(0, 20))
def test_a_later_start_never_ends_earlier(length: int, start: date, later: int) -> None:
    assert working(length, start).due <= working(length, start + timedelta(days=later)).due


@given(lengths, starts)
def test_a_longer_clock_ends_later(length: int, start: date) -> None:
    assert working(length, start).due < working(length + 1, start).due


@given(st.integers(1, 60), starts)
def test_calendar_days_are_added_plainly(length: int, start: date) -> None:
    clock = deadline(clock_of(length, ClockUnit.CALENDAR_DAYS), start, CALENDAR)
    assert clock.due == start + timedelta(days=length)
    assert not clock.estimated


@given(st.sampled_from(ClockUnit), lengths, starts)
def test_the_structured_days_are_every_day_after_the_start_numbered_to_the_end(
    unit: ClockUnit, length: int, start: date
) -> None:
    clock = deadline(clock_of(length, unit), start, CALENDAR)
    assert [each.day.on for each in clock.days] == [
        start + timedelta(days=n) for n in range(1, (clock.due - start).days + 1)
    ]
    assert [each.number for each in clock.days if each.number is not None] == list(range(1, length + 1))
    assert clock.days[-1].number == length


@given(st.sampled_from(ClockUnit), lengths, starts)
def test_every_sentence_begins_with_its_start_and_ends_with_its_clause(
    unit: ClockUnit, length: int, start: date
) -> None:
    clock = deadline(clock_of(length, unit), start, CALENDAR)
    assert f"{start.day}日收到 → " in clock.says
    assert f"{clock.due.day}日" in clock.says
    assert clock.says.endswith("，依据二（二）")
    assert ("到期（预计）" in clock.says) is clock.estimated


def test_a_forecast_over_a_long_holiday_leaves_five_of_the_fifteen_days() -> None:
    seen = forecast(PACK, date(2026, 9, 30), CALENDAR)
    assert (seen.visit.due, seen.limit.due, seen.days_left) == (date(2026, 10, 10), date(2026, 10, 15), 5)
    assert seen.latest_limit.due == date(2026, 10, 25)
    assert (seen.post_by, seen.notice.due, seen.holds) == (date(2026, 10, 10), date(2026, 10, 15), True)
    assert seen.says_on(seen.received_on) == (
        "最迟10月10日入户核实，15天还剩5天；最迟10月10日张贴公示，10月15日公示期满，可以在10月15日前完成认定"
    )


def test_a_forecast_of_an_ordinary_week() -> None:
    seen = forecast(PACK, date(2022, 4, 7), CALENDAR)
    assert (seen.visit.due, seen.limit.due, seen.days_left) == (date(2022, 4, 12), date(2022, 4, 22), 10)
    assert (seen.post_by, seen.holds, seen.estimated) == (date(2022, 4, 17), True, False)


def test_a_forecast_says_when_the_fifteen_days_cannot_hold() -> None:
    seen = forecast(PACK, date(2026, 2, 14), CALENDAR)
    assert (seen.visit.due, seen.limit.due, seen.days_left, seen.holds) == (
        date(2026, 2, 26),
        date(2026, 3, 1),
        3,
        False,
    )
    assert seen.says_on(seen.received_on) == (
        "最迟2月26日入户核实，15天还剩3天，公示期满将超过3月1日，请提前办理，确需超期须如实说明原因"
    )


def test_after_the_visit_the_fifteen_days_count_from_its_real_day() -> None:
    seen = forecast(PACK, date(2026, 9, 30), CALENDAR, visited_on=date(2026, 10, 9))
    assert (seen.limit.due, seen.latest_limit.due, seen.post_by, seen.holds) == (
        date(2026, 10, 24),
        date(2026, 10, 24),
        date(2026, 10, 19),
        True,
    )
    assert seen.says_on(seen.received_on).startswith("10月9日已入户，15天还剩15天；最迟10月19日张贴公示")


def test_a_forecast_into_an_unpublished_year_is_estimated() -> None:
    seen = forecast(PACK, date(2026, 12, 30), CALENDAR)
    assert seen.estimated
    assert seen.says_on(date(2026, 12, 30)).startswith("最迟2027年1月5日入户核实（预计）")
    assert seen.says_on(date(2027, 1, 2)).startswith("最迟1月5日入户核实（预计）")


@given(starts)
def test_a_notice_posted_on_the_forecasts_day_is_over_in_time_and_a_day_later_it_is_not(received_on: date) -> None:
    seen = forecast(PACK, received_on, CALENDAR)
    assert deadline(NOTICE, seen.post_by, CALENDAR).due <= seen.limit.due
    assert deadline(NOTICE, seen.post_by + timedelta(days=1), CALENDAR).due > seen.limit.due


def monthly(day: int) -> FixedDate:
    return FixedDate(key="k", who="镇街", duty="报送", day=day, clause="一（三）1")


@pytest.mark.parametrize(
    ("rule", "year", "month", "due"),
    [
        pytest.param(monthly(30), 2022, 4, date(2022, 4, 30), id="the 30th of a long month, a Saturday, is not moved"),
        pytest.param(monthly(30), 2022, 2, date(2022, 2, 28), id="the 30th falls on the last day of February"),
        pytest.param(monthly(30), 2024, 2, date(2024, 2, 29), id="in a leap year on the 29th"),
        pytest.param(monthly(31), 2026, 9, date(2026, 9, 30), id="the 31st falls on the last day of September"),
        pytest.param(monthly(4), 2026, 10, date(2026, 10, 4), id="the 4th inside a holiday is not moved"),
        pytest.param(PACK.fixed_date("training_report"), 2026, 9, date(2026, 9, 15), id="a yearly report in its month"),
        pytest.param(PACK.fixed_date("training_report"), 2026, 8, None, id="a yearly report in another month"),
        pytest.param(PACK.fixed_date("first_training"), 2022, 4, date(2022, 4, 30), id="a single day in its year"),
        pytest.param(PACK.fixed_date("first_training"), 2023, 4, None, id="a single day in another year"),
    ],
)
def test_a_fixed_date_falls_on_its_day_and_is_never_moved(
    rule: FixedDate, year: int, month: int, due: date | None
) -> None:
    assert fixed_date_due(rule, year, month) == due


@given(st.integers(1, 31), st.integers(2000, 2100), st.integers(1, 12))
def test_a_monthly_date_is_due_once_in_each_month(day: int, year: int, month: int) -> None:
    due = fixed_date_due(monthly(day), year, month)
    assert due is not None
    assert (due.year, due.month) == (year, month)
    assert due.day == day or (due + timedelta(days=1)).day == 1
