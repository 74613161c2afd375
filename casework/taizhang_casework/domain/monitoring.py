"""监测对象: a household from its recognition to 风险消除, as dated entries that are never taken out again."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import ClassVar, NewType

import msgspec

from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.people import HouseholdId
from taizhang_casework.domain.steps import MonitoredKind

MonitoredId = NewType("MonitoredId", str)


class ClearingStep(Enum):
    """风险消除 step by step; the order in force is the regulation pack's."""

    HOME_VISIT = "home_visit"
    REVIEW = "review"
    AUDIT = "audit"
    ANNOUNCEMENT = "announcement"
    MARKING = "marking"


class LineStanding(Enum):
    """Income of the household beside the line in force, as the visitors found it."""

    ABOVE = "above"
    BELOW = "below"


class Recognised(msgspec.Struct, frozen=True, kw_only=True, tag="recognised"):
    """认定: what the entry into the national system says; recorded again where that is corrected.

    ``case`` leads the lines that were verified together.
    """

    day_field: ClassVar[str] = "recognised_on"

    recognised_on: date
    case: CaseId
    kind: MonitoredKind
    risks: tuple[str, ...]
    household_number: str

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.recognised_on


class RecognitionWithdrawn(msgspec.Struct, frozen=True, kw_only=True, tag="recognition_withdrawn"):
    """The case was reopened before its entry into the national system: the household is not recognised any more."""

    day_field: ClassVar[str] = "withdrawn_on"

    withdrawn_on: date
    case: CaseId
    why: str

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.withdrawn_on


class AssistanceMeasure(msgspec.Struct, frozen=True, kw_only=True, tag="assistance_measure"):
    """帮扶措施: what, by which department or person, from when. ``number`` counts from 1 in the household.

    Recorded again with the same number it is corrected. ``done_on`` ends it; ``result`` says what came of it.
    """

    day_field: ClassVar[str] = "since"

    number: int
    what: str
    responsible: str
    since: date
    until: date | None = None
    done_on: date | None = None
    result: str = ""

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.since


class FollowUpVisit(msgspec.Struct, frozen=True, kw_only=True, tag="follow_up_visit"):
    """走访: who came when, and what was found; ``late_reason`` where the day for it was over.

    ``number`` counts from 1 in the household; recorded again with the same number it is corrected.
    """

    day_field: ClassVar[str] = "visited_on"

    number: int
    visited_on: date
    visitors: tuple[str, ...]
    found: str
    late_reason: str = ""

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.visited_on


class ClearingVisit(msgspec.Struct, frozen=True, kw_only=True, tag="clearing_visit"):
    """入户 for 风险消除: since when income is stable, how it stands to the line, which guarantees are solid (keys of the pack)."""

    day_field: ClassVar[str] = "visited_on"

    visited_on: date
    visitors: tuple[str, ...]
    stable_since: date
    income: LineStanding
    secured: tuple[str, ...]
    conclusion: str

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.visited_on


class ClearingStepDone(msgspec.Struct, frozen=True, kw_only=True, tag="clearing_step_done"):
    """A later step of 风险消除: by whom, with which paper or result."""

    day_field: ClassVar[str] = "done_on"

    step: ClearingStep
    done_on: date
    by: str
    says: str

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.done_on


class ClearingRolledBack(msgspec.Struct, frozen=True, kw_only=True, tag="clearing_rolled_back"):
    """回退: the steps of 风险消除 done so far do not count any more, and the household is followed up again from when it was last seen."""

    day_field: ClassVar[str] = "rolled_back_on"

    rolled_back_on: date
    why: str

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.rolled_back_on


MonitoringRecord = (
    Recognised
    | RecognitionWithdrawn
    | AssistanceMeasure
    | FollowUpVisit
    | ClearingVisit
    | ClearingStepDone
    | ClearingRolledBack
)


class MonitoringEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One record with who wrote it down and when."""

    recorded_at: datetime
    recorded_by: str
    record: MonitoringRecord


class MonitoredHousehold(msgspec.Struct, frozen=True, kw_only=True):
    """One household that was recognised, with everything that was done for it since; oldest entry first."""

    id: MonitoredId
    household: HouseholdId
    village_code: str
    entries: tuple[MonitoringEntry, ...]


class MonitoringStanding(Enum):
    """How a household stands: followed up, on its way to 风险消除, cleared, or not recognised any more."""

    MONITORED = "monitored"
    CLEARING = "clearing"
    CLEARED = "cleared"
    WITHDRAWN = "withdrawn"


class MonitoringState(msgspec.Struct, frozen=True, kw_only=True):
    """What the entries mean. ``clearing`` holds the steps of 风险消除 that count, ``clearing_visit`` the first of them.

    ``set_aside`` are the visits of those that do not count any more: the household was seen on their days all the same.
    ``recognised_by`` are the cases whose entry into the national system is in force; ``recognised`` is the newest one's, and the
    last there was where none is.
    """

    recognised: Recognised
    recognised_by: tuple[CaseId, ...]
    standing: MonitoringStanding
    measures: tuple[AssistanceMeasure, ...]
    visits: tuple[FollowUpVisit, ...]
    clearing: dict[ClearingStep, date]
    clearing_visit: ClearingVisit | None
    set_aside: tuple[ClearingVisit, ...] = ()

    @property
    def last_seen_on(self) -> date:
        """The day of the last visit, or of the recognition: the next visit is counted from it."""
        return max(self.seen_on())

    def seen_on(self, *, without: int | None = None) -> tuple[date, ...]:
        """The days of the recognition and of every visit, for 走访 or for 风险消除, one of the former left out by its number."""
        days = [visit.visited_on for visit in self.visits if visit.number != without]
        clearing = (*self.set_aside, self.clearing_visit)
        days += [visit.visited_on for visit in clearing if visit is not None]
        return (self.recognised.recognised_on, *days)

    @property
    def running(self) -> tuple[AssistanceMeasure, ...]:
        """The measures that are not done yet."""
        return tuple(each for each in self.measures if each.done_on is None)


def monitoring_state(monitored: MonitoredHousehold) -> MonitoringState:
    """Fold the entries, oldest first. ValueError where none of them is a recognition: an error of our own."""
    records = [entry.record for entry in monitored.entries]
    recognised = next((each for each in reversed(records) if isinstance(each, Recognised)), None)
    if recognised is None:
        raise ValueError(monitored.id)
    measures = {each.number: each for each in records if isinstance(each, AssistanceMeasure)}
    visits = {each.number: each for each in records if isinstance(each, FollowUpVisit)}
    by, clearing, first, aside = _in_force(records)
    return MonitoringState(
        recognised=next(reversed(by.values()), recognised),
        recognised_by=tuple(by),
        standing=_standing(clearing, withdrawn=not by),
        measures=tuple(measures[number] for number in sorted(measures)),
        visits=tuple(sorted(visits.values(), key=lambda visit: visit.visited_on)),
        clearing=clearing,
        clearing_visit=first,
        set_aside=aside,
    )


def _in_force(
    records: Sequence[MonitoringRecord],
) -> tuple[dict[CaseId, Recognised], dict[ClearingStep, date], ClearingVisit | None, tuple[ClearingVisit, ...]]:
    """By which cases the household is recognised, the newest last, the steps of 风险消除 that count, and the visits set aside.

    Those that count are the steps since the last rollback, recognition by a further case, or withdrawal of the newest recognition.
    """
    by: dict[CaseId, Recognised] = {}
    done: dict[ClearingStep, date] = {}
    first: ClearingVisit | None = None
    aside: list[ClearingVisit] = []
    for record in records:
        match record:
            case ClearingVisit():
                first = record
                done[ClearingStep.HOME_VISIT] = record.visited_on
            case ClearingStepDone():
                done[record.step] = record.done_on
            case Recognised() | RecognitionWithdrawn() | ClearingRolledBack():
                if _begins_anew(record, by):
                    aside += () if first is None else (first,)
                    done, first = {}, None
                if isinstance(record, Recognised):
                    by[record.case] = record
                elif isinstance(record, RecognitionWithdrawn):
                    by.pop(record.case, None)
    return by, done, first, tuple(aside)


def _begins_anew(record: Recognised | RecognitionWithdrawn | ClearingRolledBack, by: dict[CaseId, Recognised]) -> bool:
    match record:
        case Recognised():
            return record.case not in by
        case RecognitionWithdrawn():
            return record.case == next(reversed(by), None)
        case ClearingRolledBack():
            return True


def _standing(clearing: dict[ClearingStep, date], *, withdrawn: bool) -> MonitoringStanding:
    if withdrawn:
        return MonitoringStanding.WITHDRAWN
    if all(step in clearing for step in ClearingStep):  # no pack leaves one out, see pack_checks
        return MonitoringStanding.CLEARED
    return MonitoringStanding.CLEARING if clearing else MonitoringStanding.MONITORED
