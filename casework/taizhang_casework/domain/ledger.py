"""附件2 as values: its thirteen columns, and the month's filing that is frozen once and then only read."""

import hashlib
from datetime import date, datetime, timedelta
from enum import Enum
from typing import NewType

import msgspec

from taizhang_casework.domain.case import CaseId, Meets, PackId
from taizhang_casework.domain.offices import Office
from taizhang_casework.domain.warning import Channel

FilingId = NewType("FilingId", str)


class Informed(Enum):
    """办理结果是否已告知本人: asked only for 自主申报户 and 信访户."""

    NOT_ASKED = "not_asked"
    NO = "no"
    YES = "yes"


class Month(msgspec.Struct, frozen=True, order=True):
    """A calendar month of a ledger."""

    year: int
    month: int

    def __str__(self) -> str:
        """ISO 8601, e.g. ``2022-04``."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return self.following.first_day - timedelta(days=1)

    @property
    def following(self) -> "Month":
        """The next month."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def preceding(self) -> "Month":
        """The month before."""
        return Month(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that a day lies in."""
        return cls(day.year, day.month)

    def contains(self, day: date) -> bool:
        """Whether the day lies in the month."""
        return (day.year, day.month) == (self.year, self.month)


class LedgerLine(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One line of 附件2: the thirteen columns in the notice's order, after the case that it came from.

    ``channel``, ``meets`` and ``applicant_informed`` are values; their Chinese words are the pack's. ``verifiers`` are names.
    ``people`` stands in no column: of how many people the household was, for the totals; None where it was not known.
    """

    case: CaseId
    town: str
    village: str
    head_name: str
    head_id_number: str
    channel: Channel
    source: str
    detail: str
    received_on: date
    meets: Meets
    refusal_reason: str
    applicant_informed: Informed
    verifiers: tuple[str, ...]
    closed_on: date | None
    people: int | None = None


class FrozenIn(msgspec.Struct, frozen=True):
    """A revision of a month's ledger that holds a certain line."""

    month: Month
    revision: int


class Filing(msgspec.Struct, frozen=True, kw_only=True):
    """One office's ledger of one month, frozen. ``revision`` counts from 1; a later one replaces an earlier one.

    A town's filing holds its own lines; the bureau's (汇总台账) those of all towns.
    """

    id: FilingId
    office: Office
    month: Month
    revision: int
    frozen_at: datetime
    frozen_by: str
    pack: PackId
    lines: tuple[LedgerLine, ...]

    @property
    def digest(self) -> str:
        """SHA-256 (64 hex digits) of the canonical JSON of the filing: the same on paper, in the package and at the bureau."""
        return hashlib.sha256(msgspec.json.encode(self, order="deterministic")).hexdigest()
