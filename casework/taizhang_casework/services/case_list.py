"""The big table of 预警台账 as the office asks for it: with the days of today's calendar, page by page."""

import msgspec

from taizhang_casework.domain.case_query import CaseOrder, CaseQuery, CaseRow, Reckoning
from taizhang_casework.domain.standing import DueDay, RunningClock, day_of
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.work import Work


def reckoned(work: Work, desk: Desk, query: CaseQuery) -> CaseQuery:
    """The query with what it needs to know of today: the days of the running clocks are reckoned with the calendar in force.

    A channel alone is asked for as such, since it has an order of its own.
    """
    asked = query.filter
    by_day = asked.clock is not None or query.order_by is CaseOrder.DUE
    days = {key: due_of_key(work, key) for key in desk.cases.running_clocks()} if by_day else {}
    answered = tuple(rule.channel for rule in work.pack.channels if rule.answered)
    return msgspec.structs.replace(
        query,
        channel=query.channel if asked.channel is None else asked.channel,
        filter=msgspec.structs.replace(asked, channel=None),
        reckoning=Reckoning(today=work.clock.today(), days=days, answered=answered),
    )


def due_of(work: Work, row: CaseRow) -> DueDay | None:
    """The day by which the case's next deed is due; None where the notice sets none."""
    return None if row.clock is None else due_of_key(work, row.clock)


def due_of_key(work: Work, key: str) -> DueDay:
    """The day that the clock of that key gives."""
    clock = RunningClock.of_key(key)
    return day_of(clock, work.packs[clock.pack], work.calendar)
