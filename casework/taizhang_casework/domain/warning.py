"""A warning: one line of the ledger; one channel, one source, one fact (附件2)."""

from datetime import date
from enum import Enum
from typing import NewType

import msgspec

WarningId = NewType("WarningId", str)


class Channel(Enum):
    """预警方式: the four ways in which a warning arrives (二（一）)."""

    CADRE_SCREENING = "cadre_screening"
    SELF_APPLICATION = "self_application"
    DEPARTMENT = "department"
    PETITION = "petition"


ANSWERED_CHANNELS = frozenset({Channel.SELF_APPLICATION, Channel.PETITION})
"""The channels whose applicant is told the result: 一（三）2 says 自主申请, 附件2 adds 信访户; the union is done."""


class Provenance(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Where a line of a department list stood: file name, sheet name, row as Excel counts (from 1)."""

    file: str
    sheet: str
    row: int


class Screening(msgspec.Struct, frozen=True, kw_only=True, tag="screening"):
    """What only 干部排查 has: who found it (一（四）1). The source says what he is (村委, 网格员 …)."""

    found_by: str


class Application(msgspec.Struct, frozen=True, kw_only=True, tag="application"):
    """What only 自主申报 has: who applied, for himself or another, and when. The source is the way (手机APP, 12317 …)."""

    applicant: str
    applied_on: date


class PetitionFile(msgspec.Struct, frozen=True, kw_only=True, tag="petition_file"):
    """What only 信访信息 has: the number under which the office that is the source keeps it."""

    reference: str


Particulars = Screening | Application | PetitionFile
"""What one channel tells beyond what all tell; 部门预警 has its provenance instead."""


class Warning(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What came in. Afterwards only a slip is mended, with a reason (services.correcting); the work on it is the case.

    ``name``, ``phone`` and ``id_number`` are the person's whom the source names, who need not be the head. ``item`` is the key of the
    item of 附件1 (empty for other channels), ``happened_on`` the date on the source's own paper, ``received_on`` the day
    the town got it (信息反馈日期). Town and village are statistical codes of 9 and 12 digits.
    """

    id: WarningId
    channel: Channel
    source: str
    detail: str
    name: str
    id_number: str
    town_code: str
    village_code: str
    received_on: date
    item: str = ""
    happened_on: date | None = None
    provenance: Provenance | None = None
    phone: str = ""
    particulars: Particulars | None = None

    @property
    def applied_on(self) -> date | None:
        """The day of the application, which the letter names; None for other channels."""
        return self.particulars.applied_on if isinstance(self.particulars, Application) else None

    @property
    def year(self) -> int:
        """The year that the fact counts for: 附件1 医保 is cumulative over the year, so person + item + year is one warning."""
        return (self.happened_on or self.received_on).year
