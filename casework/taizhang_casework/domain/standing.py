"""Where a case stands, as lists are filtered and sorted by it: its stage, the clock that runs, whom it waits for.

A running clock is kept by what it was started with, never by its day: which day that is depends on the calendar, and is reckoned
when it is asked for. So a new table of working days moves every day at once, and nothing that is kept can be out of date.
"""

from collections.abc import Sequence
from datetime import date
from enum import Enum

import msgspec

from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import Case, Meets, PackId
from taizhang_casework.domain.clocks import latest_notice, notice_limit, recognition_limit, visit_limit
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.machine import CaseState, case_state
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.steps import AuthorisationsAsked, ComparisonSent, NoticePosted, Step


class Stage(Enum):
    """The one thing that a case stands before: a household to be matched, one of the steps, 办结; or it is closed."""

    MATCH = "match"
    HOME_VISIT = "home_visit"
    DEMOCRATIC_REVIEW = "democratic_review"
    DATA_COMPARISON = "data_comparison"
    PUBLIC_NOTICE = "public_notice"
    SYSTEM_ENTRY = "system_entry"
    TO_CLOSE = "to_close"
    CLOSED = "closed"

    @property
    def step(self) -> Step | None:
        """The step of this stage; None for the three that are no step."""
        return _STEPS.get(self)


_STEPS = {stage: Step(stage.value) for stage in Stage if stage.value in {step.value for step in Step}}


class WaitsFor(Enum):
    """What is under way: 送达回证 is not back, 公示 hangs, the comparison is out, 授权书 are not all signed."""

    DELIVERY = "delivery"
    NOTICE = "notice"
    COMPARISON = "comparison"
    SIGNATURES = "signatures"


class Limit(Enum):
    """Which day a running clock gives: the last for the visit or for posting the notice (二（二）), or when 公示 has hung its days."""

    HOME_VISIT = "home_visit"
    POSTING = "posting"
    HANGING = "hanging"


class RunningClock(msgspec.Struct, frozen=True, kw_only=True):
    """What a clock was started with; the day that it gives is :func:`day_of`."""

    pack: PackId
    limit: Limit
    since: date

    @property
    def key(self) -> str:
        """In one word, as it is kept."""
        return f"{self.pack}:{self.limit.value}:{self.since.isoformat()}"

    @classmethod
    def of_key(cls, key: str) -> "RunningClock":
        """The clock of the word; ValueError where it is none."""
        pack, limit, since = key.rsplit(":", 2)
        return cls(pack=PackId(pack), limit=Limit(limit), since=date.fromisoformat(since))


class DueDay(msgspec.Struct, frozen=True):
    """The day that a clock gives; ``estimated`` (预计) where it rests on a year that is not published."""

    day: date
    estimated: bool = False


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a case stands. ``green_owed``: open, and 绿色通道 put steps off that are still owed (二（三）).

    ``informed``: the letter that answers the refusal in force was delivered and explained at the return visit.
    """

    stage: Stage
    clock: RunningClock | None = None
    waits_for: WaitsFor | None = None
    green_owed: bool = False
    informed: bool = False


def standing_of(case: Case, letter: Letter | None, order: Sequence[Step]) -> Standing:
    """Where the case stands; ``letter`` is its newest, ``order`` that of its pack."""
    state = case_state(case, order)
    answer = letter if letter is not None and letter.answering(state) else None
    closed = state.closed_on is not None
    return Standing(
        stage=_stage(case, state),
        clock=None if closed else _clock(case, state),
        waits_for=None if closed else waits_for(state, letter),
        green_owed=not closed and bool(state.owed),
        informed=answer is not None and answer.informed,
    )


def waits_for(state: CaseState, letter: Letter | None) -> WaitsFor | None:
    """Whom an open case waits for; None where the next deed is the office's own."""
    if letter is not None and letter.answering(state) and letter.prints and letter.delivery is None:
        return WaitsFor.DELIVERY
    if state.current is None or state.current not in state.begun:
        return None
    return _WAITS[type(state.begun[state.current])]


_WAITS: dict[type, WaitsFor] = {
    NoticePosted: WaitsFor.NOTICE,
    ComparisonSent: WaitsFor.COMPARISON,
    AuthorisationsAsked: WaitsFor.SIGNATURES,
}


def day_of(clock: RunningClock, pack: RegulationPack, calendar: WorkCalendar) -> DueDay:
    """The last day for the visit, the last for posting so that 公示 ends within the 15 days, or the first on which it may be taken down."""
    if clock.limit is Limit.HOME_VISIT:
        visit = visit_limit(pack, clock.since, calendar)
        return DueDay(visit.due, visit.estimated)
    if clock.limit is Limit.HANGING:
        hung = notice_limit(pack, clock.since, calendar)
        return DueDay(hung.due, hung.estimated)
    recognition = recognition_limit(pack, clock.since, calendar)
    return DueDay(latest_notice(pack, recognition, calendar).start, recognition.estimated)


def _stage(case: Case, state: CaseState) -> Stage:
    if state.closed_on is not None:
        return Stage.CLOSED
    if case.household is None:
        return Stage.MATCH
    if state.current is None or state.meets is not Meets.UNDECIDED:
        return Stage.TO_CLOSE
    return Stage(state.current.value)


def _clock(case: Case, state: CaseState) -> RunningClock | None:
    """The clock of the visit until it was made, then that of the posting until the notice was posted, then that of its hanging."""
    if state.meets is not Meets.UNDECIDED:
        return None
    received, visit = case.warning.received_on, state.home_visit
    if case.household is None or state.current is Step.HOME_VISIT:
        return RunningClock(pack=case.pack, limit=Limit.HOME_VISIT, since=received)
    if visit is None or state.public_notice is not None:
        return None
    if state.hanging is not None:
        return RunningClock(pack=case.pack, limit=Limit.HANGING, since=state.hanging.posted_on)
    return RunningClock(pack=case.pack, limit=Limit.POSTING, since=visit.visited_on)
