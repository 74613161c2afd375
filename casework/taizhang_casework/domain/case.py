"""A case: the work on one warning, from the first word to 办结."""

from datetime import date, datetime
from enum import Enum
from typing import NewType

import msgspec

from taizhang_casework.domain.people import HouseholdId
from taizhang_casework.domain.steps import Entry
from taizhang_casework.domain.warning import Warning

CaseId = NewType("CaseId", str)
PackId = NewType("PackId", str)


class Meets(Enum):
    """是否符合认定标准."""

    UNDECIDED = "undecided"
    YES = "yes"
    NO = "no"


class Discarding(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """移到回收站: when, by whom and why a line that was registered by mistake was taken out of the ledger."""

    at: datetime
    by: str
    why: str


class Correction(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """更正预警信息, 改归另一户: when, by whom and why; the journal keeps what stood there before."""

    at: datetime
    by: str
    why: str


class Case(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One ledger line in work (一（三）1: 逐条建立工作台账).

    ``household`` is None until a person has matched the warning to one. Steps are recorded as ``entries``, oldest first;
    what they mean is :mod:`taizhang_casework.domain.machine`. ``joined_to`` names the case whose verification this line
    shares when several sources warn of one household. The case keeps the pack it was opened under. ``package`` is the digest of
    the bureau's package that brought the warning, empty where the town registered it. ``discarded`` is set while it lies in the
    recycle bin and stands in no list. ``corrections`` are those of the warning itself and of
    whose it is, oldest first.
    """

    id: CaseId
    warning: Warning
    opened_on: date
    pack: PackId
    household: HouseholdId | None = None
    joined_to: CaseId | None = None
    entries: tuple[Entry, ...] = ()
    package: str = ""
    discarded: Discarding | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def lead(self) -> CaseId:
        """The case by which its verification is known: all lines that share one have the same."""
        return self.joined_to or self.id
