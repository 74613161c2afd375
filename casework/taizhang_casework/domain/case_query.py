"""The big table of 预警台账: what the clerk asks of it, and the narrow rows that it shows."""

from datetime import date
from enum import Enum

import msgspec

from taizhang_casework.domain.case import CaseId, Meets
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.people import HouseholdId
from taizhang_casework.domain.standing import DueDay, Stage, WaitsFor
from taizhang_casework.domain.steps import Step
from taizhang_casework.domain.warning import Channel


class CaseOrder(Enum):
    """The columns that the table is sorted by; within equal values by ``received_on``, then by entry."""

    RECEIVED_ON = "received_on"
    VILLAGE = "village"
    NAME = "name"
    ID_NUMBER = "id_number"
    CHANNEL = "channel"
    SOURCE = "source"
    STEP = "step"
    MEETS = "meets"
    CLOSED_ON = "closed_on"
    TOWN = "town"
    REASON = "reason"
    INFORMED = "informed"
    VERIFIERS = "verifiers"
    DUE = "due"


class ClockState(Enum):
    """How the clock of an open case stands, seen from today; ``SOON`` is today and the three days after it."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    NO_DAY = "no_day"


SOON_DAYS = 3


def clock_state(due: date, today: date) -> ClockState:
    """How near a day is."""
    left = (due - today).days
    if left < 0:
        return ClockState.OVERDUE
    return ClockState.SOON if left <= SOON_DAYS else ClockState.LATER


class CaseFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What the chips over the table leave in it; None asks nothing, and every condition must hold.

    ``month`` is that of ``received_on``. ``not_informed`` keeps those refused who are to be answered in writing (附件2: 自主申报户
    and 信访户) and were not yet; ``owes_steps`` those that 绿色通道 still owes steps.
    """

    stage: Stage | None = None
    channel: Channel | None = None
    village: str | None = None
    meets: Meets | None = None
    clock: ClockState | None = None
    month: Month | None = None
    source: str | None = None
    waits_for: WaitsFor | None = None
    not_informed: bool = False
    owes_steps: bool = False


class Reckoning(msgspec.Struct, frozen=True, kw_only=True):
    """What a filter needs to know of the day and the rules: who is answered, and the days of the running clocks by their keys."""

    today: date
    days: dict[str, DueDay]
    answered: tuple[Channel, ...]


class CaseQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What the table is to show; every condition must hold. ``reckoning`` is needed where days are asked for; see ``services.case_list``.

    Each word of ``text`` (between spaces) is part of a name of the warned person or of the head of the household, or part of
    the number of one of them (from three characters on), or a run of the pinyin initials of such a name, or it names the
    village: ``villages`` gives the codes of the villages that a word may mean. ``open_only`` keeps the cases that are not closed.
    """

    text: str = ""
    villages: dict[str, tuple[str, ...]] = {}
    channel: Channel | None = None
    open_only: bool = False
    filter: CaseFilter = CaseFilter()
    reckoning: Reckoning | None = None
    order_by: CaseOrder = CaseOrder.RECEIVED_ON
    descending: bool = True


MOST_FOUND = 10_000
"""So many cases a text finds at most, the newest; who gets more has to type more."""


class CaseCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows there are; ``more`` where a text fits more cases than ``MOST_FOUND``, of which the newest are the rows."""

    rows: int
    more: bool = False


class CaseFacets(msgspec.Struct, frozen=True, kw_only=True):
    """What the chips have to offer: the villages (codes), sources and months that the ledger has any case of."""

    villages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    months: tuple[Month, ...] = ()


class CaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """One case as the table shows it. Head fields are empty while no household is matched.

    ``step`` is the step to do next in the order of its pack, None once the household is refused or all steps are done.
    ``clock`` is the key of the clock that runs; ``refused_for`` the key of the reason of 不符合.
    """

    id: CaseId
    received_on: date
    town_code: str
    village_code: str
    name: str
    id_number: str
    household: HouseholdId | None
    head_name: str
    head_id_number: str
    channel: Channel
    source: str
    detail: str
    step: Step | None
    meets: Meets
    closed_on: date | None
    stage: Stage
    clock: str | None = None
    waits_for: WaitsFor | None = None
    green_owed: bool = False
    informed: bool = False
    refused_for: str = ""
    explanation: str = ""
    verifiers: str = ""
