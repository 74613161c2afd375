"""Dates of department lists: every spelling that names one day, and no other."""

from datetime import date

import pytest
from taizhang_casework.domain.list_dates import read_date
from taizhang_casework.domain.list_row import Reason


@pytest.mark.parametrize(
    "written",
    [
        "2022-4-7",
        "2022-04-07",
        "2022.04.07",
        "2022.4.7",
        "2022.4.7.",
        "2022/4/7",
        "2022、4、7",
        "2022 4 7",
        "20220407",
        "20220407093000",
        "2022年4月7日",
        "2022年04月07日",
        "2022 年 4 月 7 日",
        "2022年4月7号",
        "2022年4月7",
        "2022年4月7日 星期四",
        "2022年4月7日上午",
        "二〇二二年四月七日",
        "二零二二年四月七日",
        "二○二二年四月七日",
        "２０２２年４月７日",
        "２０２２－０４－０７",
        "2022．4．7",
        "2022—4—7",
        " 2022-4-7\n",
        "'2022-04-07",
        "2022-04-07 00:00:00",
        "2022-04-07T09:30:00",
        "2022/4/7 9:30",
        "2022-04-07（发证）",
        "44658",
        44658.0,
        44658.4,
        20220407.0,
    ],
)
def test_one_day_in_many_spellings(written: str | float) -> None:
    assert read_date(written) == date(2022, 4, 7)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("二〇二二年十月十日", date(2022, 10, 10)),
        ("二〇二二年十二月三十一日", date(2022, 12, 31)),
        ("二〇二二年十一月廿九日", date(2022, 11, 29)),
        ("二〇二四年二月二十九日", date(2024, 2, 29)),
        ("2024-2-29", date(2024, 2, 29)),
    ],
)
def test_months_and_days_of_two_figures(written: str, day: date) -> None:
    assert read_date(written) == day


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("4月7日", id="no year"),
        pytest.param("22.4.7", id="a year of two digits"),
        pytest.param("4/7/2022", id="day and month in doubt"),
        pytest.param("2022年4月", id="a month"),
        pytest.param("2022.4", id="a month with a point"),
        pytest.param(2022.4, id="a month in a number cell"),
        pytest.param(202204.0, id="a month of six digits"),
        pytest.param("2022", id="a year"),
        pytest.param("2022-2-30", id="a day that is not"),
        pytest.param("20220431", id="a day that is not, in eight digits"),
        pytest.param("2022-13-1", id="a month that is not"),
        pytest.param("2202-4-7", id="a year in the far future"),
        pytest.param("1922-4-7", id="a year long ago"),
        pytest.param(7.0, id="a small number"),
        pytest.param("2022.3.1-2022.3.15", id="from one day to another"),
        pytest.param("2022年3月中旬", id="about the middle of a month"),
        pytest.param("待定", id="words"),
        pytest.param("09:30:00", id="a time"),
        pytest.param("上月", id="a month by its distance"),
    ],
)
def test_what_is_no_day_is_a_bad_date(written: str | float) -> None:
    assert read_date(written) is Reason.BAD_DATE


@pytest.mark.parametrize("written", ["", " ", "\u3000", "/", "-", "无"])
def test_a_blank_is_missing_and_never_a_day(written: str) -> None:
    assert read_date(written) is Reason.MISSING_DATE
