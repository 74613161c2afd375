"""帮扶 of a recognised household: measures, follow-up visits, 风险消除 step by step and its rollback [P]."""

from collections.abc import Collection
from datetime import date

import msgspec

from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.clearing_income import IncomeFound, income_found
from taizhang_casework.domain.considered import Considered
from taizhang_casework.domain.duties import Duty
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.monitoring import (
    AssistanceMeasure,
    ClearingRolledBack,
    ClearingStep,
    ClearingStepDone,
    ClearingVisit,
    FollowUpVisit,
    MonitoredHousehold,
    MonitoredId,
    MonitoringEntry,
    MonitoringRecord,
    MonitoringStanding,
    MonitoringState,
    monitoring_state,
)
from taizhang_casework.domain.monitoring_answers import MonitoringForm, consider_monitoring
from taizhang_casework.domain.monitoring_duties import monitoring_duties
from taizhang_casework.domain.monitoring_rules import (
    Monitoring,
    check_monitoring,
    next_clearing_step,
    next_visit_by,
    odd_days,
)
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.people import Household, HouseholdId
from taizhang_casework.domain.rights import Right, require
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.verification import Recorded, Unsure
from taizhang_casework.services.work import Work

WorkRecord = AssistanceMeasure | FollowUpVisit | ClearingVisit | ClearingStepDone | ClearingRolledBack
"""What is written down here; recognition and its withdrawal come from the case."""

DECIDED_AT = frozenset({ClearingStep.AUDIT, ClearingStep.ANNOUNCEMENT, ClearingStep.MARKING})
"""The steps of 风险消除 that the town decides, as it decides 认定."""


class MonitoredLine(msgspec.Struct, frozen=True, kw_only=True):
    """One household in the list of 监测对象. ``next_visit`` is None where none is owed."""

    id: MonitoredId
    household: HouseholdId
    village_code: str
    head_name: str
    people: int
    state: MonitoringState
    next_visit: date | None
    next_step: ClearingStep | None
    overdue_measures: int

    @property
    def standing(self) -> MonitoringStanding:
        """How it stands."""
        return self.state.standing


class MonitoredSheet(msgspec.Struct, frozen=True, kw_only=True):
    """One household as 监测对象, as its page shows it. ``income`` is what its newest visit found, None where there was none."""

    monitored: MonitoredHousehold
    line: MonitoredLine
    income: IncomeFound | None
    odd_days: tuple[Finding, ...]
    today: date

    @property
    def state(self) -> MonitoringState:
        """What its entries mean."""
        return self.line.state


def listing(work: Work, desk: Desk) -> tuple[MonitoredLine, ...]:
    """Every 监测对象: those owed a visit first, by the day, then those that are owed none."""
    kept = desk.monitored.all()
    households = desk.households.many([each.household for each in kept])
    lines = [_line(work, each, households.get(each.household)) for each in kept]
    return tuple(sorted(lines, key=lambda line: (line.next_visit is None, line.next_visit or date.max)))


def owed_to_monitored(work: Work, desk: Desk) -> tuple[Duty, ...]:
    """走访 and 帮扶措施 of every 监测对象 that are due or nearly so."""
    kept = desk.monitored.all()
    households = desk.households.many([each.household for each in kept])
    today = work.clock.today()
    found: list[Duty] = []
    for each in kept:
        household = households.get(each.household)
        head = None if household is None else household.head_on(today)
        found += monitoring_duties(_around(work, each), "" if head is None else head.name)
    return tuple(found)


def sheet_of(work: Work, desk: Desk, household: HouseholdId) -> MonitoredSheet | None:
    """The household as 监测对象, None where it never was recognised."""
    known = desk.monitored.of_household(household)
    if known is None:
        return None
    now = _around(work, known)
    line = _line(work, known, desk.households.many([household]).get(household))
    income = income_found(
        desk.cases.of_household(household), desk.income_lines.all(), lambda case: work.pack_of(case).order
    )
    return MonitoredSheet(monitored=known, line=line, income=income, odd_days=odd_days(now), today=now.today)


def _line(work: Work, monitored: MonitoredHousehold, household: Household | None) -> MonitoredLine:
    state, today = monitoring_state(monitored), work.clock.today()
    head = None if household is None else household.head_on(today)
    return MonitoredLine(
        id=monitored.id,
        household=monitored.household,
        village_code=monitored.village_code if household is None else household.village_code,
        head_name="" if head is None else head.name,
        people=0 if household is None else len(household.members_on(today)),
        state=state,
        next_visit=next_visit_by(state, work.pack),
        next_step=next_clearing_step(state, work.pack),
        overdue_measures=sum(each.until is not None and each.until < today for each in state.running),
    )


def _around(work: Work, monitored: MonitoredHousehold) -> Monitoring:
    return Monitoring(monitored=monitored, pack=work.pack, today=work.clock.today())


OPERATIONS: dict[type[WorkRecord], Operation] = {
    AssistanceMeasure: Operation.ASSISTANCE_MEASURE,
    FollowUpVisit: Operation.FOLLOW_UP_VISIT,
    ClearingVisit: Operation.CLEARING_VISIT,
    ClearingStepDone: Operation.CLEARING_STEP_DONE,
    ClearingRolledBack: Operation.CLEARING_ROLLED_BACK,
}
"""By what the journal calls a record of a monitored household."""


def record_monitoring(work: Work, monitored: MonitoredId, content: WorkRecord) -> Recorded:
    """Write a record down; NotAccepted where a finding blocks, and for a decision where the user may not (Right.DECIDE)."""
    if isinstance(content, ClearingRolledBack) or (
        isinstance(content, ClearingStepDone) and content.step in DECIDED_AT
    ):
        require(work.user, Right.DECIDE)
    with work.store.change(OPERATIONS[type(content)], work.user) as desk:
        known = desk.monitored.get(monitored)
        findings = check_monitoring(content, _around(work, known))
        if any(finding.blocks for finding in findings):
            raise NotAccepted(findings)
        entry = MonitoringEntry(recorded_at=work.clock.now(), recorded_by=work.user.name, record=content)
        desk.monitored.save(msgspec.structs.replace(known, entries=(*known.entries, entry)))
    return Recorded(changes=desk.changes, findings=findings)


def check_monitoring_answers(
    work: Work, monitored: MonitoredId, form: MonitoringForm, given: Given, *, number: int = 0
) -> Considered[MonitoringRecord]:
    """What the rules say to the answers of a form; nothing is written. ``number`` 0 is a new measure or visit."""
    with work.store.reading() as desk:
        known = desk.monitored.get(monitored)
    now = _around(work, known)
    return consider_monitoring(form, given, now, number or _next_number(form, now.state))


def answer_monitoring(
    work: Work,
    monitored: MonitoredId,
    form: MonitoringForm,
    given: Given,
    *,
    number: int = 0,
    seen: Collection[Finding] = (),
) -> Recorded | Unsure:
    """Write the record that the answers of a form make; NotAccepted with the blanks and every other finding at once.

    ``number`` is that of the measure or visit that is corrected, 0 for a new one. What the rules only note is shown once,
    before it is written.
    """
    considered = check_monitoring_answers(work, monitored, form, given, number=number)
    content = considered.record
    if considered.blocked or not isinstance(content, WorkRecord):
        raise NotAccepted(considered.findings)
    if any(note not in seen for note in considered.findings):
        return Unsure(notes=considered.findings)
    return record_monitoring(work, monitored, content)


def _next_number(form: MonitoringForm, state: MonitoringState) -> int:
    kept = state.measures if form is MonitoringForm.MEASURE else state.visits
    return max((each.number for each in kept), default=0) + 1
