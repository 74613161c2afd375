"""走访 and 帮扶措施 of 监测对象 in 今日待办, each with the reason of its day."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.duties import Duty, DutyKind
from taizhang_casework.domain.monitoring import (
    AssistanceMeasure,
    FollowUpVisit,
    MonitoredHousehold,
    MonitoredId,
    MonitoringEntry,
    MonitoringRecord,
    Recognised,
    RecognitionWithdrawn,
)
from taizhang_casework.domain.monitoring_duties import AHEAD, monitoring_duties
from taizhang_casework.domain.monitoring_rules import Monitoring, next_visit_by
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.people import HouseholdId
from taizhang_casework.domain.steps import MonitoredKind

PACK = max(shipped_packs(), key=lambda pack: pack.valid_from)
RECOGNISED = Recognised(
    recognised_on=date(2022, 4, 21),
    case=CaseId("c1"),
    kind=MonitoredKind.SUDDEN_HARDSHIP,
    risks=("illness",),
    household_number="3702150001",
)
MEASURE = AssistanceMeasure(
    number=1, what="医疗救助", responsible="医保局", since=date(2022, 4, 22), until=date(2022, 5, 31)
)


def around(today: date, *records: MonitoringRecord) -> Monitoring:
    at = datetime(2022, 4, 21, 9, tzinfo=UTC)
    entries = [MonitoringEntry(recorded_at=at, recorded_by="李明", record=each) for each in (RECOGNISED, *records)]
    household = MonitoredHousehold(
        id=MonitoredId("m1"), household=HouseholdId("h1"), village_code="370215001207", entries=tuple(entries)
    )
    return Monitoring(monitored=household, pack=PACK, today=today)


def owed(today: date, *records: MonitoringRecord) -> list[Duty]:
    return list(monitoring_duties(around(today, *records), "王建国"))


def test_the_next_visit_is_owed_from_a_week_before_its_day_and_says_from_when_it_is_counted() -> None:
    assert owed(date(2022, 7, 13)) == []
    (duty,) = owed(date(2022, 7, 14))
    assert (duty.kind, duty.due, duty.household, duty.case) == (DutyKind.FOLLOW_UP, date(2022, 7, 21), "h1", None)
    assert duty.because == "4月21日认定，至少每3个月走访一次"
    seen = FollowUpVisit(number=1, visited_on=date(2022, 12, 1), visitors=("孙晓梅",), found="稳定")
    (later,) = owed(date(2023, 3, 2), seen)
    assert (later.due, later.because) == (date(2023, 3, 1), "2022年12月1日上次走访，至少每3个月走访一次")


def test_a_measure_is_owed_on_its_day_until_it_is_done() -> None:
    (duty,) = owed(date(2022, 6, 2), MEASURE)
    assert (duty.kind, duty.what, duty.due) == (DutyKind.MEASURE, "帮扶措施：医疗救助", date(2022, 5, 31))
    assert duty.because == "4月22日开始，由医保局负责，登记时计划在这一天完成，还没有登记完成"
    done = AssistanceMeasure(
        number=1,
        what="医疗救助",
        responsible="医保局",
        since=date(2022, 4, 22),
        until=date(2022, 5, 31),
        done_on=date(2022, 6, 1),
    )
    assert owed(date(2022, 6, 2), MEASURE, done) == []


def test_nothing_is_owed_to_a_household_that_is_not_recognised_any_more() -> None:
    withdrawn = RecognitionWithdrawn(withdrawn_on=date(2022, 5, 1), case=CaseId("c1"), why="重新打开")
    assert owed(date(2023, 1, 1), MEASURE, withdrawn) == []


@given(waited=st.integers(0, 400))
def test_whatever_the_day_nothing_beyond_a_week_is_shown_and_nothing_overdue_is_left_out(waited: int) -> None:
    today = date(2022, 4, 22) + timedelta(days=waited)
    now = around(today, MEASURE)
    days = [day for day in (next_visit_by(now.state, PACK), MEASURE.until) if day is not None]
    shown = [duty.due for duty in monitoring_duties(now, "王建国")]
    assert sorted(day for day in days if day <= today + AHEAD) == sorted(day for day in shown if day is not None)
