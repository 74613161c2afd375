"""The step machine: what the entries of a case mean, and which step is next.

A case is the sequence of its entries; nothing is ever taken out of it. A step recorded again replaces what was recorded for it
before (a correction), a reopening sets aside everything from its step on. What is begun is told until its step
is done. The window draws :class:`CaseState` and sends a record.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum

import msgspec

from taizhang_casework.domain.case import Case, Meets
from taizhang_casework.domain.steps import (
    AuthorisationsAsked,
    Closing,
    ComparisonSent,
    ComparisonSkipped,
    DataComparison,
    DemocraticReview,
    GreenChannel,
    HomeVisit,
    NoticePosted,
    PublicNotice,
    Record,
    Refusal,
    Reopening,
    Step,
    SystemEntry,
)

StepRecord = HomeVisit | DemocraticReview | DataComparison | ComparisonSkipped | PublicNotice | SystemEntry

Begun = NoticePosted | AuthorisationsAsked | ComparisonSent

_STEP_OF: dict[type, Step] = {
    HomeVisit: Step.HOME_VISIT,
    DemocraticReview: Step.DEMOCRATIC_REVIEW,
    DataComparison: Step.DATA_COMPARISON,
    ComparisonSkipped: Step.DATA_COMPARISON,
    PublicNotice: Step.PUBLIC_NOTICE,
    SystemEntry: Step.SYSTEM_ENTRY,
}
_BEGINS: dict[type, Step] = {
    NoticePosted: Step.PUBLIC_NOTICE,
    AuthorisationsAsked: Step.DATA_COMPARISON,
    ComparisonSent: Step.DATA_COMPARISON,
}


class StepMark(Enum):
    """How a step stands on the step rail."""

    DONE = "done"
    SKIPPED = "skipped"
    CURRENT = "current"
    AHEAD = "ahead"
    NOT_NEEDED = "not_needed"


class CaseState(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Where a case stands. ``done`` holds the records in force by step; ``current`` is the step to do next.

    ``begun`` holds what was begun of steps that are not done yet, which is at most the current one.
    ``current`` is None once the household is refused or all steps are done. ``green`` is set while 绿色通道 is open: the steps
    in ``owed`` are still to be done after the help (二（三）). ``reopening`` is the newest one,
    ``refused_at`` when the refusal in force was written down.
    """

    order: tuple[Step, ...]
    done: dict[Step, StepRecord]
    current: Step | None
    green: GreenChannel | None
    refusal: Refusal | None
    closed_on: date | None
    begun: dict[Step, Begun] = {}
    reopening: Reopening | None = None
    refused_at: datetime | None = None

    @property
    def meets(self) -> Meets:
        """是否符合认定标准: 不符合 by a refusal in force, 符合 by the entry into the national system."""
        if self.refusal is not None:
            return Meets.NO
        return Meets.YES if Step.SYSTEM_ENTRY in self.done else Meets.UNDECIDED

    @property
    def owed(self) -> tuple[Step, ...]:
        """Steps that 绿色通道 put off and that nobody has done yet."""
        if self.green is None or self.refusal is not None:
            return ()
        return tuple(step for step in self.order if step not in self.done)

    @property
    def home_visit(self) -> HomeVisit | None:
        """The home visit in force."""
        record = self.done.get(Step.HOME_VISIT)
        return record if isinstance(record, HomeVisit) else None

    @property
    def public_notice(self) -> PublicNotice | None:
        """The public notice in force."""
        record = self.done.get(Step.PUBLIC_NOTICE)
        return record if isinstance(record, PublicNotice) else None

    @property
    def hanging(self) -> NoticePosted | None:
        """The notice that was posted and not taken down yet."""
        record = self.begun.get(Step.PUBLIC_NOTICE)
        return record if isinstance(record, NoticePosted) else None

    def before(self, step: Step) -> tuple[Step, ...]:
        """The steps that come before this one."""
        return self.order[: self.order.index(step)]

    def mark(self, step: Step) -> StepMark:
        """How the step stands on the rail."""
        record = self.done.get(step)
        if isinstance(record, ComparisonSkipped):
            return StepMark.SKIPPED
        if record is not None:
            return StepMark.DONE
        if self.refusal is not None:
            return StepMark.NOT_NEEDED
        return StepMark.CURRENT if step is self.current else StepMark.AHEAD


def step_of(record: Record) -> Step | None:
    """The step that a record does; None for refusal, reopening, closing and 绿色通道."""
    return _STEP_OF.get(type(record))


def step_begun_by(record: Record) -> Step | None:
    """The step that a record begins; None for all that begin none."""
    return _BEGINS.get(type(record))


def begun_on(record: Record) -> date:
    """The day on which what it tells of began: a notice hangs from its posting on."""
    return record.posted_on if isinstance(record, PublicNotice) else record.day


def closed_on(case: Case) -> date | None:
    """The day of its closing, where it was not reopened since; the order of the steps has no part in it."""
    closed: date | None = None
    for entry in case.entries:
        match entry.record:
            case Closing(closed_on=day):
                closed = day
            case Reopening():
                closed = None
    return closed


def case_state(case: Case, order: Sequence[Step]) -> CaseState:
    """Fold the entries of a case, oldest first, under the pack's order of steps."""
    done: dict[Step, StepRecord] = {}
    begun: dict[Step, Begun] = {}
    green: GreenChannel | None = None
    refusal: Refusal | None = None
    reopening: Reopening | None = None
    refused_at: datetime | None = None
    for entry in case.entries:
        record = entry.record
        match record:
            case Refusal():
                refusal, refused_at = record, entry.recorded_at
            case Closing():
                pass
            case GreenChannel():
                green = record
            case Reopening():
                refusal = refused_at = None
                reopening = record
                first = order.index(record.back_to)
                done = {step: kept for step, kept in done.items() if order.index(step) < first}
                begun = {step: kept for step, kept in begun.items() if order.index(step) < first}
            case NoticePosted() | AuthorisationsAsked() | ComparisonSent():
                begun[_BEGINS[type(record)]] = record
            case _:
                step = _STEP_OF[type(record)]
                done[step] = record
                begun.pop(step, None)
    current = None if refusal is not None else next((step for step in order if step not in done), None)
    return CaseState(
        order=tuple(order),
        done=done,
        current=current,
        green=green,
        refusal=refusal,
        closed_on=closed_on(case),
        begun=begun,
        reopening=reopening,
        refused_at=refused_at,
    )
