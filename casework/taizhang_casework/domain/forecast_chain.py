"""The forecast of an intake drawn out: each date up to the end of 公示, the days off on the way, and whether the 15 days hold."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

import msgspec

from taizhang_casework.domain.calendar import ONE_DAY, Day, WorkCalendar
from taizhang_casework.domain.clocks import Forecast
from taizhang_casework.domain.day_words import span_words


class ChainLink(msgspec.Struct, frozen=True, kw_only=True):
    """One date of the chain. ``says`` is how it came about; ``estimated`` (预计) where a year's table is not published."""

    label: str
    on: date
    says: str
    estimated: bool = False


class DaysOff(msgspec.Struct, frozen=True, kw_only=True):
    """Days on which the office does not work, one after another; ``name`` is the holiday's, 周末 for a plain weekend."""

    first: date
    last: date
    name: str
    estimated: bool = False

    def says_on(self, today: date) -> str:
        """``10月1日至7日国庆节``."""
        return f"{span_words(self.first, self.last, today)}{self.name}{'（预计）' if self.estimated else ''}"


class ForecastChain(msgspec.Struct, frozen=True, kw_only=True):
    """``holds``: whether the days of 认定 can be kept. ``verdict`` says so in one Chinese sentence, as it is read ``today``."""

    links: tuple[ChainLink, ...]
    days_off: tuple[DaysOff, ...]
    holds: bool
    verdict: str
    today: date


def chain_of(forecast: Forecast, calendar: WorkCalendar, today: date) -> ForecastChain:
    """The chain of dates of a forecast, and every stretch without work between its first day and its last."""
    links = (
        ChainLink(label="信息反馈", on=forecast.received_on, says="收到的这一天不计入期限"),
        _link("最迟入户核实", forecast.visit.due, forecast.visit.says_on(today), estimated=forecast.visit.estimated),
        _link("最迟张贴公示", forecast.post_by, forecast.notice.says_on(today), estimated=forecast.estimated),
        _link("公示期满", forecast.notice.due, forecast.limit.says_on(today), estimated=forecast.estimated),
    )
    return ForecastChain(
        links=links,
        days_off=tuple(_days_off(forecast.received_on + ONE_DAY, max(link.on for link in links), calendar)),
        holds=forecast.holds,
        verdict=forecast.says_on(today),
        today=today,
    )


def _link(label: str, on: date, says: str, *, estimated: bool) -> ChainLink:
    return ChainLink(label=label, on=on, says=says, estimated=estimated)


def _days_off(first: date, last: date, calendar: WorkCalendar) -> Iterator[DaysOff]:
    """Stretches of days off; a weekend that a holiday runs into belongs to the holiday."""
    days = [calendar.day(first + ONE_DAY * at) for at in range((last - first) // ONE_DAY + 1)]
    for working, group in groupby(days, key=lambda day: day.working):
        stretch = list(group)
        if not working:
            yield DaysOff(
                first=stretch[0].on,
                last=stretch[-1].on,
                name=_name(stretch),
                estimated=any(day.estimated and day.name for day in stretch),
            )


def _name(stretch: list[Day]) -> str:
    names = dict.fromkeys(day.name for day in stretch if day.name)
    return "、".join(names) or "周末"
