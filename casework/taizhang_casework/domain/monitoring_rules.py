"""What the rules say about a monitored household: 帮扶措施, 走访, 风险消除. Late and odd days are said and never block [P]."""

import calendar
from collections.abc import Iterable
from datetime import date
from functools import cached_property

import msgspec

from taizhang_casework.domain.findings import Finding, blank, note
from taizhang_casework.domain.monitoring import (
    AssistanceMeasure,
    ClearingRolledBack,
    ClearingStep,
    ClearingStepDone,
    ClearingVisit,
    FollowUpVisit,
    LineStanding,
    MonitoredHousehold,
    MonitoringRecord,
    MonitoringStanding,
    MonitoringState,
    monitoring_state,
)
from taizhang_casework.domain.pack import RegulationPack


class Monitoring(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What a rule may look at beside the record: the household, the pack in force, and the day."""

    monitored: MonitoredHousehold
    pack: RegulationPack
    today: date

    @cached_property
    def state(self) -> MonitoringState:
        """The household as it stands."""
        return monitoring_state(self.monitored)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last day of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def next_visit_by(state: MonitoringState, pack: RegulationPack) -> date | None:
    """The day by which the household is to be visited; None once it is cleared, or not recognised any more."""
    if state.standing in {MonitoringStanding.CLEARED, MonitoringStanding.WITHDRAWN}:
        return None
    return _visit_due(state.last_seen_on, pack)


def _visit_due(seen_on: date, pack: RegulationPack) -> date:
    return months_after(seen_on, pack.monitoring.follow_up_months)


def next_clearing_step(state: MonitoringState, pack: RegulationPack) -> ClearingStep | None:
    """The step of 风险消除 to do next; None where all are done, or the household is not recognised any more."""
    if state.standing is MonitoringStanding.WITHDRAWN:
        return None
    return next((step for step in pack.clearing_order if step not in state.clearing), None)


def check_monitoring(record: MonitoringRecord, now: Monitoring) -> tuple[Finding, ...]:
    """Every finding about writing this record down now; those that block name what is missing or impossible."""
    found = [*_place(now), *_future(record, now.today), *odd_days_of(record, now)]
    match record:
        case AssistanceMeasure():
            found += _measure(record)
        case FollowUpVisit():
            found += _visit(record, now)
        case ClearingVisit():
            found += _clearing_visit(record, now)
        case ClearingStepDone():
            found += _clearing_step(record, now)
        case ClearingRolledBack():
            found += _rollback(record, now.state)
    return tuple(found)


def odd_days(now: Monitoring) -> tuple[Finding, ...]:
    """Every day in force that contradicts another, all at once; ``field`` is the field of its form."""
    state = now.state
    steps = [_as_record(now, step) for step in state.clearing if step is not ClearingStep.HOME_VISIT]
    first = () if state.clearing_visit is None else (state.clearing_visit,)
    in_force: tuple[MonitoringRecord, ...] = (*state.measures, *state.visits, *first, *steps)
    return tuple(finding for record in in_force for finding in odd_days_of(record, now))


def _as_record(now: Monitoring, step: ClearingStep) -> ClearingStepDone:
    kept = [entry.record for entry in now.monitored.entries]
    return next(each for each in reversed(kept) if isinstance(each, ClearingStepDone) and each.step is step)


def odd_days_of(record: MonitoringRecord, now: Monitoring) -> tuple[Finding, ...]:
    """What the days of one record contradict; none of it blocks."""
    state = now.state
    start = state.recognised.recognised_on
    found: list[Finding] = []
    if record.day < start and not isinstance(record, ClearingRolledBack):
        found.append(note(record.day_field, "before_recognised", f"早于认定日期{start.isoformat()}，请核对"))
    match record:
        case AssistanceMeasure():
            found += _measure_days(record)
        case ClearingVisit() if record.stable_since < start:
            found.append(note("stable_since", "stable_before", f"早于认定日期{start.isoformat()}，请核对"))
        case ClearingStepDone():
            found += _step_days(record, now)
        case ClearingRolledBack():
            last = max(state.clearing.values(), default=None)
            if last is not None and record.rolled_back_on < last:
                says = f"早于风险消除最后一步的日期{last.isoformat()}，请核对"
                found.append(note("rolled_back_on", "before_last_step", says))
    return tuple(found)


def _measure_days(record: AssistanceMeasure) -> Iterable[Finding]:
    for field, day, name in (("until", record.until, "计划完成日期"), ("done_on", record.done_on, "完成日期")):
        if day is not None and day < record.since:
            yield note(field, f"{field}_before_since", f"{name}早于开始日期{record.since.isoformat()}，请核对")


def _step_days(record: ClearingStepDone, now: Monitoring) -> Iterable[Finding]:
    order = now.pack.clearing_order
    at = order.index(record.step)
    earlier = [now.state.clearing[step] for step in order[:at] if step in now.state.clearing]
    later = [now.state.clearing[step] for step in order[at + 1 :] if step in now.state.clearing]
    if earlier and record.done_on < max(earlier):
        yield note("done_on", "before_earlier_step", f"早于上一步的日期{max(earlier).isoformat()}，请核对")
    if later and record.done_on > min(later):
        yield note("done_on", "after_later_step", f"晚于下一步的日期{min(later).isoformat()}，请核对")


def _place(now: Monitoring) -> tuple[Finding, ...]:
    if now.state.standing is MonitoringStanding.WITHDRAWN:
        return (
            Finding(field="", code="withdrawn", says="原案件已重新打开，本户目前不是监测对象，请先在案件中重新认定"),
        )
    return ()


def _future(record: MonitoringRecord, today: date) -> tuple[Finding, ...]:
    """What was done was done by today; a measure may be planned for later."""
    field, day = record.day_field, record.day
    if isinstance(record, AssistanceMeasure):
        if record.done_on is None:
            return ()
        field, day = "done_on", record.done_on
    if day <= today:
        return ()
    return (Finding(field=field, code="future", says="日期还没有到，请填写实际日期"),)


def _measure(record: AssistanceMeasure) -> Iterable[Finding]:
    yield from blank("what", "帮扶措施", record.what)
    yield from blank("responsible", "责任部门或责任人", record.responsible)
    if record.done_on is not None and not record.result.strip():
        yield note("result", "no_result", "已完成的措施，请填写成效")


def _visit(record: FollowUpVisit, now: Monitoring) -> Iterable[Finding]:
    yield from _visitors(record.visitors, 1, "走访人员")
    yield from blank("found", "走访情况", record.found)
    before = [day for day in now.state.seen_on(without=record.number) if day <= record.visited_on]
    if before and not record.late_reason.strip():
        due = _visit_due(max(before), now.pack)
        if record.visited_on > due:
            says = f"每{now.pack.monitoring.follow_up_months}个月至少走访一次，应在{due.isoformat()}前走访，已超期，请如实填写原因"
            yield note("late_reason", "late_without_reason", says, now.pack.monitoring.clause)


def _clearing_visit(record: ClearingVisit, now: Monitoring) -> Iterable[Finding]:
    """Half a year stable, above the line, every guarantee solid: before that there is no 风险消除 [P]."""
    rule, state = now.pack.monitoring, now.state
    yield from _visitors(record.visitors, now.pack.verifiers_at_least, "核查人员")
    yield from blank("conclusion", "核查结论", record.conclusion)
    stable = months_after(record.stable_since, rule.stable_months)
    if record.visited_on < stable:
        says = f"须稳定满{rule.stable_months}个月才能消除风险，到{stable.isoformat()}才满"
        yield Finding(field="stable_since", code="not_stable", says=says, clause=rule.clause)
    if record.income is not LineStanding.ABOVE:
        says = "家庭人均收入没有高于监测标准，不能消除风险"
        yield Finding(field="income", code="below_line", says=says, clause=rule.clause)
    open_ = [each.label for each in now.pack.guarantees if each.key not in record.secured]
    if open_:
        says = f"{'、'.join(open_)}还没有巩固，不能消除风险"
        yield Finding(field="secured", code="not_secured", says=says, clause=rule.clause)
    if state.running:
        says = f"还有{len(state.running)}项帮扶措施没有完成，请核对"
        yield note("", "measures_running", says)


def _clearing_step(record: ClearingStepDone, now: Monitoring) -> Iterable[Finding]:
    rule = now.pack.clearing_step(record.step)
    if record.step is ClearingStep.HOME_VISIT:
        yield Finding(field="step", code="visit_form", says=f"{rule.label}请填写稳定时间、收入和三保障情况")
    yield from blank("by", "办理单位或人员", record.by)
    yield from blank("says", "办理情况", record.says)
    missing = [step for step in now.pack.clearing_order if step not in now.state.clearing]
    first = next((step for step in missing if step is not record.step), None)
    order = now.pack.clearing_order
    if first is not None and order.index(first) < order.index(record.step):
        says = f"应先完成{now.pack.clearing_step(first).label}，再办理{rule.label}"
        yield Finding(field="", code="not_yet", says=says, clause=rule.clause)


def _rollback(record: ClearingRolledBack, state: MonitoringState) -> Iterable[Finding]:
    if not state.clearing:
        yield Finding(field="", code="nothing_to_roll_back", says="还没有开始风险消除，不用回退")
    yield from blank("why", "回退的原因", record.why)


def _visitors(names: tuple[str, ...], least: int, label: str) -> Iterable[Finding]:
    known = {name.strip() for name in names if name.strip()}
    if not known:
        yield Finding(field="visitors", code="blank", says=f"请填写{label}")
    elif len(known) < least:
        says = f"须有{least}名以上{label}，现有{len(known)}名"
        yield Finding(field="visitors", code="too_few_visitors", says=says)
