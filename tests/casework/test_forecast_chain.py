"""The forecast at intake, drawn out: its dates, the holidays named, and whether the 15 days hold."""

from datetime import date

import pytest
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.clocks import forecast
from taizhang_casework.domain.forecast_chain import ForecastChain, chain_of
from taizhang_casework.domain.pack_loading import shipped_packs


def chain(received_on: date, today: date | None = None) -> ForecastChain:
    (pack,) = shipped_packs()
    calendar = WorkCalendar()
    return chain_of(forecast(pack, received_on, calendar), calendar, today or received_on)


@pytest.mark.parametrize(
    ("received_on", "visit", "over"),
    [
        pytest.param(date(2026, 9, 18), date(2026, 9, 22), date(2026, 10, 3), id="over a make-up Sunday"),
        pytest.param(date(2026, 2, 13), date(2026, 2, 25), date(2026, 2, 28), id="into the Spring Festival"),
        pytest.param(date(2026, 9, 30), date(2026, 10, 10), date(2026, 10, 15), id="into the National Day"),
        pytest.param(date(2022, 4, 7), date(2022, 4, 12), date(2022, 4, 22), id="the notice's own first days"),
    ],
)
def test_the_dates_follow_one_another(received_on: date, visit: date, over: date) -> None:
    links = {link.label: link.on for link in chain(received_on).links}
    assert links["信息反馈"] == received_on
    assert links["最迟入户核实"] == visit
    assert links["公示期满"] == over


def test_the_holidays_on_the_way_are_named() -> None:
    assert [each.says_on(date(2026, 9, 30)) for each in chain(date(2026, 9, 30)).days_off] == [
        "10月1日至7日国庆节",
        "10月11日周末",
    ]


def test_a_holiday_swallows_the_weekend_it_runs_into() -> None:
    first = chain(date(2024, 2, 8)).days_off[0]
    assert (first.first, first.name) == (date(2024, 2, 10), "春节")


def test_five_days_of_the_fifteen_are_left_after_the_national_day() -> None:
    told = chain(date(2026, 9, 30))
    assert told.holds
    assert "15天还剩5天" in told.verdict


def test_that_the_fifteen_days_cannot_hold_is_said() -> None:
    told = chain(date(2026, 2, 13))
    assert not told.holds
    assert "将超过" in told.verdict


def test_a_year_that_is_not_published_is_an_estimate() -> None:
    told = chain(date(2027, 9, 29))
    assert any(link.estimated for link in told.links)
    assert any("（预计）" in each.says_on(told.today) for each in told.days_off)


def test_at_the_turn_of_the_year_every_day_of_the_other_year_says_so() -> None:
    told = chain(date(2025, 12, 28), today=date(2026, 1, 5))
    assert told.verdict.startswith("最迟2025年12月31日入户核实")
    assert "1月12日公示期满" in told.verdict
    assert "2026年" not in told.verdict
    assert [each.says_on(told.today) for each in told.days_off] == ["1月1日至3日元旦", "1月10日至11日周末"]


def test_a_receipt_of_another_year_is_not_forecast_as_if_it_were_this_years() -> None:
    told = chain(date(2025, 4, 10), today=date(2026, 4, 9))
    assert told.verdict.count("2025年") == 4
    assert all(each.says_on(told.today).startswith("2025年") for each in told.days_off)
    assert all("2025年4月" in link.says for link in told.links[1:])
