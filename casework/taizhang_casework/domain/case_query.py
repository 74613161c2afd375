"""The big table of 预警台账: what the clerk asks of it, and the narrow rows that it shows."""

from datetime import date
from enum import Enum

import msgspec

from taizhang_casework.domain.case import CaseId, Meets
from taizhang_casework.domain.people import HouseholdId
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


class CaseQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What the table is to show; every condition must hold.

    Each word of ``text`` (between spaces) is part of a name of the warned person or of the head of the household, or part of
    the number of one of them (from three characters on), or a run of the pinyin initials of such a name, or it names the
    village: ``villages`` gives the codes of the villages that a word may mean. ``open_only`` keeps the cases that are not closed.
    """

    text: str = ""
    villages: dict[str, tuple[str, ...]] = {}
    channel: Channel | None = None
    open_only: bool = False
    order_by: CaseOrder = CaseOrder.RECEIVED_ON
    descending: bool = True


MOST_FOUND = 10_000
"""So many cases a text finds at most, the newest; who gets more has to type more."""


class CaseCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows there are; ``more`` where a text fits more cases than ``MOST_FOUND``, of which the newest are the rows."""

    rows: int
    more: bool = False


class CaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """One case as the table shows it. Head fields are empty while no household is matched.

    ``step`` is the step to do next in the notice's order, None once the household is refused or all steps are done.
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
