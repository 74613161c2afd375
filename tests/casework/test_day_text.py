"""Days as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from taizhang_casework.domain.day_text import Unreadable, read_day

TODAY = date(2026, 4, 9)
A_MONTH = 31


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        pytest.param("", None, id="blank stays blank and never becomes today"),
        pytest.param(" \u3000\u200b", None, id="spaces of any kind are blank"),
        pytest.param("2022-07-03", date(2022, 7, 3), id="as the program shows it"),
        pytest.param("2022-7-3", date(2022, 7, 3), id="without noughts"),
        pytest.param("20220703", date(2022, 7, 3), id="eight digits"),
        pytest.param("2026.4.7", date(2026, 4, 7), id="dots"),
        pytest.param("2026/4/7", date(2026, 4, 7), id="as Excel shows it"),
        pytest.param("2026年4月7日", date(2026, 4, 7), id="in words"),
        pytest.param("２０２６年４月７日", date(2026, 4, 7), id="full-width digits of an input method"),
        pytest.param("２０２２－７－３", date(2022, 7, 3), id="full-width dashes"),
        pytest.param("4。7", date(2026, 4, 7), id="the full stop of an input method"),
        pytest.param("0407", date(2026, 4, 7), id="four digits are month and day"),
        pytest.param("０４０７", date(2026, 4, 7), id="four full-width digits"),
        pytest.param("4.7", date(2026, 4, 7), id="month and day with a dot"),
        pytest.param("4月9号", date(2026, 4, 9), id="today itself is not in the future"),
        pytest.param("12.28", date(2025, 12, 28), id="a day far ahead this year is last year's"),
        pytest.param("10.9", date(2025, 10, 9), id="as far ahead as back: last year's"),
        pytest.param("2027-01-05", date(2027, 1, 5), id="a year that is written is never changed"),
        pytest.param("2024-02-29", date(2024, 2, 29), id="the leap day of a leap year"),
    ],
)
def test_a_day_is_read(typed: str, day: date | None) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        pytest.param(
            "0301", Unreadable("今年3月1日已经过了，请核对；如是明年，请写明年份：2027-03-01"), id="just past: asked"
        ),
        pytest.param(
            "0102", Unreadable("今年1月2日已经过了，请核对；如是明年，请写明年份：2027-01-02"), id="nearer than next"
        ),
        pytest.param("4.8", Unreadable("今年4月8日已经过了，请核对；如是明年，请写明年份：2027-04-08"), id="yesterday"),
        pytest.param("4.9", date(2026, 4, 9), id="today itself is not in the past"),
        pytest.param("12.28", date(2026, 12, 28), id="a day still to come is this year's"),
        pytest.param("2025-03-01", date(2025, 3, 1), id="a year that is written is never changed"),
    ],
)
def test_a_planned_day_without_a_year_is_not_in_the_past(typed: str, day: date) -> None:
    assert read_day(typed, TODAY, ahead=True) == day


@pytest.mark.parametrize(
    ("today", "typed", "ahead", "says"),
    [
        pytest.param(
            date(2026, 12, 31),
            "0101",
            False,
            "明年1月1日还没有到，请核对；如是今年，请写明年份：2026-01-01",
            id="tomorrow's day on New Year's Eve",
        ),
        pytest.param(
            date(2026, 12, 30),
            "0103",
            False,
            "明年1月3日还没有到，请核对；如是今年，请写明年份：2026-01-03",
            id="a day of next week at the year's end",
        ),
        pytest.param(
            date(2027, 1, 1),
            "0102",
            False,
            "今年1月2日还没有到，请核对；如是去年，请写明年份：2026-01-02",
            id="tomorrow's day on New Year's Day",
        ),
        pytest.param(
            date(2027, 1, 1),
            "1231",
            True,
            "去年12月31日已经过了，请核对；如是今年，请写明年份：2027-12-31",
            id="planned: yesterday's day on New Year's Day",
        ),
        pytest.param(
            date(2026, 12, 31),
            "1230",
            True,
            "今年12月30日已经过了，请核对；如是明年，请写明年份：2027-12-30",
            id="planned: yesterday's day on New Year's Eve",
        ),
    ],
)
def test_at_the_turn_of_the_year_a_likely_slip_is_asked_too(today: date, typed: str, says: str, *, ahead: bool) -> None:
    assert read_day(typed, today, ahead=ahead) == Unreadable(says)


@pytest.mark.parametrize(
    ("today", "typed", "ahead", "day"),
    [
        pytest.param(date(2026, 12, 31), "1230", False, date(2026, 12, 30), id="yesterday on New Year's Eve"),
        pytest.param(date(2026, 12, 31), "0201", False, date(2026, 2, 1), id="next year's is over a month away"),
        pytest.param(date(2027, 1, 1), "1231", False, date(2026, 12, 31), id="yesterday on New Year's Day"),
        pytest.param(date(2026, 12, 31), "0101", True, date(2027, 1, 1), id="planned: tomorrow on New Year's Eve"),
        pytest.param(date(2027, 1, 1), "0102", True, date(2027, 1, 2), id="planned: tomorrow on New Year's Day"),
    ],
)
def test_at_the_turn_of_the_year_the_nearest_day_needs_no_year(
    today: date, typed: str, day: date, *, ahead: bool
) -> None:
    assert read_day(typed, today, ahead=ahead) == day


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param("22.7.3", "四位年份", id="a year of two digits"),
        pytest.param("220703", "四位年份", id="six digits"),
        pytest.param("1/2/3", "四位年份", id="three numbers"),
        pytest.param("703", "四位数字", id="three digits are 7.03 or 70.3"),
        pytest.param("112", "四位数字", id="1.12 or 11.2"),
        pytest.param("2022.7", "哪一天", id="a month"),
        pytest.param("2022年7月", "哪一天", id="a month in words"),
        pytest.param("2026-13-01", "没有这一天", id="no such month"),
        pytest.param("2026-02-30", "没有这一天", id="no such day"),
        pytest.param("0230", "没有这一天", id="no such day without a year"),
        pytest.param("1302", "没有这一天", id="no such month without a year"),
        pytest.param("2.29", "2026年没有2月29日", id="no earlier leap year is guessed"),
        pytest.param("0410", "今年4月10日还没有到，请核对；如是去年，请写明年份：2025-04-10", id="tomorrow's day"),
        pytest.param("10.7", "今年10月7日还没有到", id="nearer ahead than back"),
        pytest.param("1022-07-03", "不可能", id="a year with a slip in it"),
        pytest.param("45000", "填写日期", id="a serial number of Excel"),
        pytest.param("今天", "填写日期", id="words"),
        pytest.param("4", "填写日期", id="one digit"),
        pytest.param("²⁰²²-7-3", "填写日期", id="digits that are none"),
        pytest.param("٢٠٢٢-٧-٣", "填写日期", id="digits of another script"),
        pytest.param("2022-7-3" * 2_000, "填写日期", id="a page of them"),
        pytest.param("\ud800", "填写日期", id="half a character"),
        pytest.param("😀", "填写日期", id="a picture"),
    ],
)
def test_what_is_no_day_or_could_be_several_is_said_and_not_guessed(typed: str, says: str) -> None:
    read = read_day(typed, TODAY)
    assert isinstance(read, Unreadable)
    assert says in read.says


@given(st.dates(date(2001, 1, 1), date(2040, 12, 31)), st.integers(0, 182))
def test_a_day_of_the_last_half_year_needs_no_year(today: date, back: int) -> None:
    meant = today - timedelta(days=back)
    if (meant.month, meant.day) != (2, 29):
        assert read_day(f"{meant.month}.{meant.day}", today) == meant


@given(st.dates(date(2001, 1, 1), date(2040, 12, 31)), st.integers(1, 182))
def test_a_day_of_the_next_half_year_is_never_taken_for_last_years(today: date, ahead: int) -> None:
    meant = today + timedelta(days=ahead)
    read = read_day(f"{meant.month}.{meant.day}", today)
    assert isinstance(read, Unreadable) or (
        ahead > A_MONTH and read is not None and read.year == today.year < meant.year
    )


@given(st.text(max_size=30), st.dates(date(2001, 1, 1), date(2040, 12, 31)))
def test_whatever_is_typed_is_a_day_or_a_sentence(typed: str, today: date) -> None:
    read = read_day(typed, today)
    assert read is None or isinstance(read, date) or read.says
