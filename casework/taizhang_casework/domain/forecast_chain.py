"""The forecast of an intake drawn out: each date up to the end of 公示, the days off on the way, and whether the 15 days hold."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

import msgspec

from taizhang_casework.domain.calendar import ONE_DAY, Day, WorkCalendar
from taizhang_casework.domain.clocks import Forecast


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

    @property
    def says(self) -> str:
        """``10月1日至7日国庆节``."""
        end = f"{self.last.day}日" if self.last.month == self.first.month else f"{self.last.month}月{self.last.day}日"
        span = f"{self.first.month}月{self.first.day}日" + ("" if self.first == self.last else f"至{end}")
        return f"{span}{self.name}{'（预计）' if self.estimated else ''}"


class ForecastChain(msgspec.Struct, frozen=True, kw_only=True):
    """``holds``: whether the days of 认定 can be kept. ``verdict`` says so in one Chinese sentence."""

    links: tuple[ChainLink, ...]
    days_off: tuple[DaysOff, ...]
    holds: bool
    verdict: str


def chain_of(forecast: Forecast, calendar: WorkCalendar) -> ForecastChain:
    """The chain of dates of a forecast, and every stretch without work between its first day and its last."""
    links = (
        ChainLink(label="信息反馈", on=forecast.received_on, says="收到的这一天不计入期限"),
        ChainLink(
            label="最迟入户核实", on=forecast.visit.due, says=forecast.visit.says, estimated=forecast.visit.estimated
        ),
        ChainLink(label="最迟张贴公示", on=forecast.post_by, says=forecast.notice.says, estimated=forecast.estimated),
        ChainLink(label="公示期满", on=forecast.notice.due, says=forecast.limit.says, estimated=forecast.estimated),
    )
    return ForecastChain(
        links=links,
        days_off=tuple(_days_off(forecast.received_on + ONE_DAY, max(link.on for link in links), calendar)),
        holds=forecast.holds,
        verdict=forecast.says,
    )


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
