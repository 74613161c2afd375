"""What is owed to 监测对象 soon: the next 走访 and 帮扶措施 that reach their day, each with the reason of its day [P]."""

from collections.abc import Iterator
from datetime import date, timedelta

from taizhang_casework.domain.day_words import day_words
from taizhang_casework.domain.duties import Duty, DutyKind
from taizhang_casework.domain.monitoring import AssistanceMeasure, MonitoringStanding
from taizhang_casework.domain.monitoring_rules import Monitoring, next_visit_by

AHEAD = timedelta(days=7)
"""So long before its day it stands in 今日待办; what comes later stands in 监测对象."""


def monitoring_duties(now: Monitoring, head_name: str) -> Iterator[Duty]:
    """The visit and the measures of one household whose day is over, or comes within :data:`AHEAD`."""
    state, horizon = now.state, now.today + AHEAD
    visit = next_visit_by(state, now.pack)
    if visit is not None and visit <= horizon:
        months = now.pack.monitoring.follow_up_months
        since = "上次走访" if state.last_seen_on > state.recognised.recognised_on else "认定"
        because = f"{day_words(state.last_seen_on, now.today)}{since}，至少每{months}个月走访一次"
        yield _duty(now, head_name, DutyKind.FOLLOW_UP, "走访监测对象", visit, because)
    if state.standing in {MonitoringStanding.CLEARED, MonitoringStanding.WITHDRAWN}:
        return
    for measure in state.running:
        if measure.until is not None and measure.until <= horizon:
            yield _duty(
                now,
                head_name,
                DutyKind.MEASURE,
                f"帮扶措施：{measure.what}",
                measure.until,
                _planned(measure, now.today),
            )


def _planned(measure: AssistanceMeasure, today: date) -> str:
    by = f"，由{measure.responsible}负责" if measure.responsible else ""
    return f"{day_words(measure.since, today)}开始{by}，登记时计划在这一天完成，还没有登记完成"


def _duty(now: Monitoring, who: str, kind: DutyKind, what: str, due: date, because: str) -> Duty:
    return Duty(
        kind=kind,
        case=None,
        household=now.monitored.household,
        who=who,
        village=now.monitored.village_code,
        what=what,
        due=due,
        because=because,
        clause=now.pack.monitoring.clause,
    )
