"""Clocks: when something is due, and why by then (二（二）). The day a clock starts on is never counted; no deadline is ever moved."""

import calendar as months
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby

import msgspec

from taizhang_casework.domain.calendar import ONE_DAY, Day, DayKind, DaySource, WorkCalendar
from taizhang_casework.domain.clause import basis
from taizhang_casework.domain.day_words import day_words
from taizhang_casework.domain.pack import ClockKey, ClockRule, ClockUnit, FixedDate, RegulationPack

_FOLDED_FROM = 3
"""So many counted days in a row are told as one stretch."""


class CountedDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day that a clock ran over: ``number`` is the how-manieth it counted, None where it was passed over."""

    day: Day
    number: int | None


class Deadline(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """When a clock that started on ``start`` is over, with every day from the next one to ``due``.

    ``estimated`` (预计) says that the day may still change with a year's table that is not published; a clock of calendar
    days is never estimated. ``warn_on`` is the last working day up to ``due``, but never before ``start``.
    ``calendar_version`` names the calendar that it was computed with.
    """

    rule: ClockRule
    start: date
    due: date
    warn_on: date
    estimated: bool
    calendar_version: str
    days: tuple[CountedDay, ...]

    @property
    def clause(self) -> str:
        """The clause that the clock rests on."""
        return self.rule.clause

    @cached_property
    def says(self) -> str:
        """The whole count in one Chinese sentence: ``7日收到 → 8日第1天 → 9、10日周末 → 11日第2天 → 12日到期，依据二（二）``."""
        return _sentence(self)

    def says_on(self, today: date) -> str:
        """The same to somebody who reads it in another year: ``2025年4月7日收到 → …``."""
        if self.start.year != self.due.year or self.due.year == today.year:
            return self.says
        month = f"{self.start.month}月" if self.start.month == self.due.month else ""
        return f"{self.start.year}年{month}{self.says}"


class Forecast(msgspec.Struct, frozen=True, kw_only=True):
    """How far the days reach, seen from intake, up to the end of 公示.

    ``visit`` is the clock of 入户核实. ``limit`` is the clock of 认定 counted from the earliest day that the visit can be,
    the day of receipt: who keeps it is in time whenever the visit was. Once the visit has been made, it is counted from its
    real day. ``latest_limit`` is the same clock counted from the last day for the visit. ``days_left`` are the days of
    ``limit`` that remain after the last day for the visit (negative when it is over). ``notice`` is the clock of 公示, posted
    on the latest day from which it still ends by ``limit``.
    """

    received_on: date
    visited_on: date | None
    visit: Deadline
    limit: Deadline
    latest_limit: Deadline
    notice: Deadline
    days_left: int

    @property
    def post_by(self) -> date:
        """The latest day to post the notice so that its days are over by the limit."""
        return self.notice.start

    @property
    def holds(self) -> bool:
        """Whether the limit can still be kept after a visit on its last day (or on its real one)."""
        return self.post_by >= (self.visited_on or self.visit.due)

    @property
    def estimated(self) -> bool:
        """预计: one of the days rests on a year that is not published."""
        return self.visit.estimated or self.limit.estimated or self.notice.estimated

    def says_on(self, today: date) -> str:
        """The forecast in one Chinese sentence, as it is read on that day."""
        visit, limit = self.visited_on or self.visit.due, self.limit
        last = day_words(limit.due, today)
        by = day_words(visit, today)
        done = f"{by}已入户" if self.visited_on else f"最迟{by}入户核实{_estimate(self.visit)}"
        left = (
            f"{limit.rule.length}天还剩{self.days_left}天" if self.days_left > 0 else f"{limit.rule.length}天已经用完"
        )
        if not self.holds:
            return f"{done}，{left}，公示期满将超过{last}，请提前办理，确需超期须如实说明原因"
        over = f"{day_words(self.notice.due, today)}公示期满{_estimate(self.notice)}"
        return f"{done}，{left}；最迟{day_words(self.post_by, today)}张贴公示，{over}，可以在{last}前完成认定"


def deadline(rule: ClockRule, start: date, calendar: WorkCalendar) -> Deadline:
    """When the clock that starts on ``start`` is over; ``start`` itself is day nought."""
    known: Deadline | None = calendar.reckoned.get((rule, start))
    if known is None:
        known = calendar.reckoned[rule, start] = _deadline(rule, start, calendar)
    return known


def _deadline(rule: ClockRule, start: date, calendar: WorkCalendar) -> Deadline:
    days: list[CountedDay] = []
    number, on = 0, start
    while number < rule.length:
        on += ONE_DAY
        day = calendar.day(on)
        counts = rule.unit is ClockUnit.CALENDAR_DAYS or day.working
        number += counts
        days.append(CountedDay(day=day, number=number if counts else None))
    return Deadline(
        rule=rule,
        start=start,
        due=on,
        warn_on=max(start, calendar.last_working_day(on)),
        estimated=rule.unit is ClockUnit.WORKING_DAYS and any(each.day.estimated for each in days),
        calendar_version=calendar.version,
        days=tuple(days),
    )


def visit_limit(pack: RegulationPack, received_on: date, calendar: WorkCalendar) -> Deadline:
    """The last day for 入户核实 of a warning that was received that day (二（二）)."""
    return deadline(pack.clock(ClockKey.HOME_VISIT), received_on, calendar)


def recognition_limit(pack: RegulationPack, visited_on: date, calendar: WorkCalendar) -> Deadline:
    """The day on which 公示 of a household that was visited that day should be over (二（二）, 原则上)."""
    return deadline(pack.clock(ClockKey.RECOGNITION), visited_on, calendar)


def notice_limit(pack: RegulationPack, posted_on: date, calendar: WorkCalendar) -> Deadline:
    """The day on which a notice that was posted that day has hung its days."""
    return deadline(pack.clock(ClockKey.PUBLIC_NOTICE), posted_on, calendar)


def forecast(
    pack: RegulationPack, received_on: date, calendar: WorkCalendar, *, visited_on: date | None = None
) -> Forecast:
    """The chain of days from the receipt of a warning to the end of 公示; ``visited_on`` once the visit has been made."""
    visit = visit_limit(pack, received_on, calendar)
    limit = recognition_limit(pack, visited_on or received_on, calendar)
    return Forecast(
        received_on=received_on,
        visited_on=visited_on,
        visit=visit,
        limit=limit,
        latest_limit=recognition_limit(pack, visited_on or visit.due, calendar),
        notice=latest_notice(pack, limit, calendar),
        days_left=(limit.due - (visited_on or visit.due)) // ONE_DAY,
    )


def latest_notice(pack: RegulationPack, limit: Deadline, calendar: WorkCalendar) -> Deadline:
    """The clock of 公示, posted (``start``) on the latest day from which it is still over by the limit."""
    rule, until = pack.clock(ClockKey.PUBLIC_NOTICE), limit.due
    known: Deadline | None = calendar.reckoned.get((rule, "until", until))
    if known is None:
        known = calendar.reckoned[rule, "until", until] = _from_latest(rule, until, calendar)
    return known


def _from_latest(rule: ClockRule, until: date, calendar: WorkCalendar) -> Deadline:
    start = until - timedelta(days=rule.length)
    while (clock := deadline(rule, start, calendar)).due > until:
        start -= ONE_DAY
    return clock


def fixed_date_due(rule: FixedDate, year: int, month: int) -> date | None:
    """The day of that month on which it is due; None where nothing is due in the month.

    A day that the month lacks is its last day (the 30th in February); it is never moved for a weekend or holiday: warn on
    :meth:`WorkCalendar.last_working_day` instead.
    """
    if rule.month not in {None, month} or rule.year not in {None, year}:
        return None
    return date(year, month, min(rule.day, months.monthrange(year, month)[1]))


def day_off(due: date, calendar: WorkCalendar, today: date) -> str:
    """What is said of a fixed date that is no working day: it stays, and by when to be done with it while that day is not over.

    Empty where it is a working day.
    """
    warn_on = calendar.last_working_day(due)
    if warn_on == due:
        return ""
    stays = f"{due.day}日不上班，期限不变"
    return f"{stays}，请在{day_words(warn_on, today)}下班前办好" if today <= warn_on else stays


def _estimate(clock: Deadline) -> str:
    return "（预计）" if clock.estimated else ""


class _Dates:
    """Writes days after one another: year and month only where they matter, that is where the span leaves its first ones."""

    def __init__(self, first: date, last: date) -> None:
        self._year = first.year if first.year == last.year else None
        self._month = first.month if (first.year, first.month) == (last.year, last.month) else None

    def write(self, day: date) -> str:
        head = ""
        if day.year != self._year:
            head = f"{day.year}年"
            self._month = None
        if day.month != self._month:
            head += f"{day.month}月"
        self._year, self._month = day.year, day.month
        return f"{head}{day.day}"


def _sentence(clock: Deadline) -> str:
    dates = _Dates(clock.start, clock.due)
    unit = clock.rule.unit
    parts = [f"{dates.write(clock.start)}日{clock.rule.starts}"]
    for (counted, remark), group in groupby(clock.days[:-1], key=lambda each: _likeness(each, unit)):
        stretch = list(group)
        if counted and len(stretch) < _FOLDED_FROM:
            parts += [_counted([each], remark, dates) for each in stretch]
        elif counted:
            parts.append(_counted(stretch, remark, dates))
        else:
            parts.append(_span(stretch, dates) + remark)
    last = clock.days[-1]
    parts.append(f"{_span([last], dates)}{_likeness(last, unit)[1]}到期{_estimate(clock)}")
    return f"{' → '.join(parts)}，{basis(clock.clause)}"


def _likeness(each: CountedDay, unit: ClockUnit) -> tuple[bool, str]:
    """Whether a day was counted, and what is to be said of it; days alike that follow one another are told together."""
    if unit is ClockUnit.CALENDAR_DAYS:
        return True, ""
    return each.number is not None, _remark(each.day)


def _remark(day: Day) -> str:
    """What is to be said of a day beside its date: nothing of an ordinary working day."""
    if day.source is DaySource.LOCAL:
        return f"（本地上班：{day.name}）" if day.working else f"{day.name}（本地放假）"
    match day.kind:
        case DayKind.WORKING:
            return ""
        case DayKind.WEEKEND:
            return "周末"
        case DayKind.HOLIDAY:
            return f"{day.name}（预计）" if day.estimated else day.name
        case DayKind.MAKE_UP:
            return "（调休上班）"


def _counted(days: list[CountedDay], remark: str, dates: _Dates) -> str:
    first, last = days[0].number, days[-1].number
    return (
        f"{_span(days, dates)}{remark}第{first}天"
        if first == last
        else f"{_span(days, dates)}{remark}第{first}至{last}天"
    )


def _span(days: list[CountedDay], dates: _Dates) -> str:
    """``8日``, ``9、10日``, ``31日、11月1日``, ``1日至7日``."""
    first, last = days[0].day.on, days[-1].day.on
    said = dates.write(first)
    if first != last:
        joint = "日至" if len(days) >= _FOLDED_FROM else "、" if first.month == last.month else "日、"
        said += joint + dates.write(last)
    return f"{said}日"
