"""The day of a running clock is the day of the duty, under any calendar; nothing of it is kept."""

from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shipped import ORDER
from taizhang_casework.domain.calendar import DayKind, DayTable, SpecialDay, WorkCalendar
from taizhang_casework.domain.case import Case, PackId
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.duty_rules import duty_of
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.people import Household
from taizhang_casework.domain.standing import Limit, RunningClock, day_of, standing_of
from taizhang_casework.domain.steps import HomeVisit, Record

PACK = max(shipped_packs(), key=lambda pack: pack.valid_from)


def closed_week(first: date) -> WorkCalendar:
    """A calendar in which the office is closed for a week for a reason of its own."""
    days = tuple(SpecialDay(on=first + timedelta(days=at), kind=DayKind.HOLIDAY, name="防汛") for at in range(7))
    return WorkCalendar(tables=(DayTable(document="镇政府通知", days=days),))


@pytest.mark.parametrize("done", range(6), ids=lambda done: f"{done} steps done")
@pytest.mark.parametrize("matched", [True, False], ids=["household known", "household not known"])
@pytest.mark.parametrize(
    "calendar", [WorkCalendar(), closed_week(date(2022, 4, 8))], ids=["the shipped calendar", "a closed week"]
)
def test_the_clock_gives_the_day_of_the_duty(
    case_with: Callable[..., Case],
    household: Household,
    five_records: tuple[Record, ...],
    done: int,
    calendar: WorkCalendar,
    *,
    matched: bool,
) -> None:
    case = case_with(*five_records[:done])
    if not matched:
        case = msgspec.structs.replace(case, household=None)
    now = Circumstances(
        case=case, household=household if matched else None, pack=PACK, calendar=calendar, today=date(2022, 4, 30)
    )
    duty = duty_of(now, None)
    clock = standing_of(case, None, ORDER).clock
    due = None if clock is None else day_of(clock, PACK, calendar)
    assert duty is not None
    assert (None if due is None else due.day, bool(due and due.estimated)) == (duty.due, duty.estimated)


def test_a_new_table_of_days_moves_the_day_at_once(case_with: Callable[..., Case]) -> None:
    clock = standing_of(case_with(), None, ORDER).clock
    assert clock is not None
    assert day_of(clock, PACK, WorkCalendar()).day == date(2022, 4, 12)
    assert day_of(clock, PACK, closed_week(date(2022, 4, 8))).day == date(2022, 4, 19)


@given(since=st.dates(date(2015, 1, 1), date(2030, 12, 31)), visited=st.booleans())
def test_the_clock_comes_out_of_its_key_as_it_went_in(since: date, visited: bool) -> None:
    clock = RunningClock(pack=PackId("jimo-2022-1"), limit=Limit.POSTING if visited else Limit.HOME_VISIT, since=since)
    assert RunningClock.of_key(clock.key) == clock


def test_the_visit_ends_the_first_clock_and_starts_the_second(case_with: Callable[..., Case]) -> None:
    visit = HomeVisit(visited_on=date(2022, 4, 11), visitors=("张三", "李四"), conclusion="属实")
    before, after = standing_of(case_with(), None, ORDER).clock, standing_of(case_with(visit), None, ORDER).clock
    assert before is not None
    assert after is not None
    assert (before.limit, before.since) == (Limit.HOME_VISIT, date(2022, 4, 7))
    assert (after.limit, after.since) == (Limit.POSTING, date(2022, 4, 11))
