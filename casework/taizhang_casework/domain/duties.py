"""今日待办 as values: what the office owes next, by when, and why by then."""

from datetime import date
from enum import Enum

import msgspec

from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.people import HouseholdId
from taizhang_casework.domain.standing import WaitsFor


class DutyKind(Enum):
    """What is to be done, which says where in the window it is done."""

    MATCH = "match"
    STEP = "step"
    ANSWER = "answer"
    CLOSE = "close"
    FILING = "filing"
    BACKUP = "backup"
    FOLLOW_UP = "follow_up"
    MEASURE = "measure"


class Urgency(Enum):
    """How near the day is."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    NO_DAY = "no_day"


class DutyGroup(Enum):
    """The parts of 今日待办."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    NO_DAY = "no_day"
    WAITING = "waiting"


SOON_DAYS = 3
_SUNDAY = 6


class Duty(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing owed. ``case`` is None for the month's filing, the backup, and what is owed to a monitored ``household``.

    ``who`` is the head's or the warned person's name, ``what`` the deed, ``because`` the Chinese sentence that explains the
    day (or why there is none). ``due`` is None where the notice sets no day; ``estimated`` marks a day from an unpublished
    calendar (预计). ``waits_for`` is set where the next deed is somebody else's.
    """

    kind: DutyKind
    case: CaseId | None
    who: str
    village: str
    what: str
    due: date | None
    because: str
    clause: str
    estimated: bool = False
    waits_for: WaitsFor | None = None
    household: HouseholdId | None = None

    def group(self, today: date) -> "DutyGroup":
        """The part of the day's list that it stands in; the week ends on Sunday.

        公示 is waited for until the day on which it may be taken down: then that is the office's own deed.
        """
        if self.waits_for is not None and (
            self.waits_for is not WaitsFor.NOTICE or self.due is None or self.due > today
        ):
            return DutyGroup.WAITING
        if self.due is None:
            return DutyGroup.NO_DAY
        left = (self.due - today).days
        if left <= 0:
            return DutyGroup.OVERDUE if left else DutyGroup.TODAY
        return DutyGroup.WEEK if left <= _SUNDAY - today.weekday() else DutyGroup.LATER

    def urgency(self, today: date) -> Urgency:
        """How near the day is, seen from ``today``."""
        if self.due is None:
            return Urgency.NO_DAY
        left = (self.due - today).days
        if left < 0:
            return Urgency.OVERDUE
        if left == 0:
            return Urgency.TODAY
        return Urgency.SOON if left <= SOON_DAYS else Urgency.LATER


def by_urgency(duty: Duty) -> tuple[bool, date, str]:
    """Sort key: the oldest day first (overdue before everything), what has no day last."""
    return (duty.due is None, duty.due or date.min, duty.who)
