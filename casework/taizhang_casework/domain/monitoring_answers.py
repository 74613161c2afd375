"""From the answers in the forms of a monitored household to the record, or to everything that is still wrong with it."""

from collections.abc import Callable
from enum import Enum

from taizhang_casework.domain.answers import Answers, Given
from taizhang_casework.domain.considered import Considered
from taizhang_casework.domain.monitoring import (
    AssistanceMeasure,
    ClearingRolledBack,
    ClearingStep,
    ClearingStepDone,
    ClearingVisit,
    FollowUpVisit,
    LineStanding,
    MonitoringRecord,
)
from taizhang_casework.domain.monitoring_rules import Monitoring, check_monitoring


class MonitoringForm(Enum):
    """The forms of a monitored household."""

    MEASURE = "measure"
    FOLLOW_UP_VISIT = "follow_up_visit"
    CLEARING_VISIT = "clearing_visit"
    CLEARING_STEP = "clearing_step"
    ROLLBACK = "rollback"


_HANGS_ON: dict[str, tuple[str, ...]] = {
    "since": ("until", "done_on"),
    "visited_on": ("late_reason", "stable_since"),
    "stable_since": ("visited_on",),
}
"""What can only be judged once a field is answered."""


def consider_monitoring(
    form: MonitoringForm, given: Given, now: Monitoring, number: int
) -> Considered[MonitoringRecord]:
    """Read the answers of a form and say everything about them at once; a blank day stays blank.

    ``number`` is that of the measure or visit: a new one's, or the one that is corrected.
    """
    answers = Answers(given, now.today)
    record = _READ[form](answers, number)
    findings = answers.with_blanks(check_monitoring(record, now), _HANGS_ON)
    return Considered(record=record if answers.complete else None, findings=findings)


def _measure(given: Answers, number: int) -> AssistanceMeasure:
    return AssistanceMeasure(
        number=number,
        what=given.text("what"),
        responsible=given.text("responsible"),
        since=given.day("since", "开始日期"),
        until=given.perhaps_day("until"),
        done_on=given.perhaps_day("done_on"),
        result=given.text("result"),
    )


def _follow_up(given: Answers, number: int) -> FollowUpVisit:
    return FollowUpVisit(
        number=number,
        visited_on=given.day("visited_on", "走访日期"),
        visitors=given.names("visitors"),
        found=given.text("found"),
        late_reason=given.text("late_reason"),
    )


def _clearing_visit(given: Answers, _number: int) -> ClearingVisit:
    return ClearingVisit(
        visited_on=given.day("visited_on", "入户核查日期"),
        visitors=given.names("visitors"),
        stable_since=given.day("stable_since", "收入稳定的起始日期"),
        income=given.choice("income", LineStanding, "家庭人均收入"),
        secured=given.names("secured"),
        conclusion=given.text("conclusion"),
    )


def _clearing_step(given: Answers, _number: int) -> ClearingStepDone:
    return ClearingStepDone(
        step=given.choice("step", ClearingStep, "风险消除的环节"),
        done_on=given.day("done_on", "办理日期"),
        by=given.text("by"),
        says=given.text("says"),
    )


def _rollback(given: Answers, _number: int) -> ClearingRolledBack:
    return ClearingRolledBack(rolled_back_on=given.day("rolled_back_on", "回退日期"), why=given.text("why"))


_READ: dict[MonitoringForm, Callable[[Answers, int], MonitoringRecord]] = {
    MonitoringForm.MEASURE: _measure,
    MonitoringForm.FOLLOW_UP_VISIT: _follow_up,
    MonitoringForm.CLEARING_VISIT: _clearing_visit,
    MonitoringForm.CLEARING_STEP: _clearing_step,
    MonitoringForm.ROLLBACK: _rollback,
}
