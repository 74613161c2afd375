"""The five steps and what is written down at each: one frozen record a step, told apart by its tag."""

from datetime import date, datetime
from enum import Enum
from typing import ClassVar

import msgspec


class Step(Enum):
    """认定程序 in the notice's order (二（一）); the order in force is the regulation pack's."""

    HOME_VISIT = "home_visit"
    DEMOCRATIC_REVIEW = "democratic_review"
    DATA_COMPARISON = "data_comparison"
    PUBLIC_NOTICE = "public_notice"
    SYSTEM_ENTRY = "system_entry"


class ReviewForm(Enum):
    """Form of the meeting; only 村民代表会议 has a quorum that blocks (村民委员会组织法 26)."""

    REPRESENTATIVES = "representatives"
    VILLAGERS = "villagers"
    COMMITTEE = "committee"


class MonitoredKind(Enum):
    """The three kinds of monitored household."""

    UNSTABLE = "unstable"
    BORDERLINE = "borderline"
    SUDDEN_HARDSHIP = "sudden_hardship"


class SkipGround(Enum):
    """Who need not be compared again (二（三））."""

    SUBSISTENCE_ALLOWANCE = "subsistence_allowance"
    DISPERSED_EXTREME_POVERTY = "dispersed_extreme_poverty"


class HomeVisit(msgspec.Struct, frozen=True, kw_only=True, tag="home_visit", gc=False):
    """入户核实: two visitors or more, what they found. ``visited_on`` starts the 15 days of 二（二）."""

    day_field: ClassVar[str] = "visited_on"

    visited_on: date
    visitors: tuple[str, ...]
    conclusion: str
    risks: tuple[str, ...] = ()
    late_reason: str = ""

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.visited_on


class DemocraticReview(msgspec.Struct, frozen=True, kw_only=True, tag="democratic_review", gc=False):
    """民主评议: 应到/实到 and the votes are counts of persons."""

    day_field: ClassVar[str] = "held_on"

    held_on: date
    form: ReviewForm
    expected: int
    present: int
    host: str
    recorder: str
    agree: int
    against: int
    abstain: int

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.held_on


class Doubt(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """疑点 of one person in one item of the comparison, with its explanation; a hit is no refusal."""

    person: str
    item: str
    explanation: str


class DataComparison(msgspec.Struct, frozen=True, kw_only=True, tag="data_comparison", gc=False):
    """信息比对: who had signed the authorisation before, and the doubts that came back (none: 无疑点)."""

    day_field: ClassVar[str] = "compared_on"

    compared_on: date
    authorised: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.compared_on


class ComparisonSkipped(msgspec.Struct, frozen=True, kw_only=True, tag="comparison_skipped", gc=False):
    """信息比对 is not repeated (二（三）); the earlier comparison is cited by its date and document."""

    day_field: ClassVar[str] = "skipped_on"

    skipped_on: date
    ground: SkipGround
    earlier_on: date
    earlier_document: str

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.skipped_on


class PublicNotice(msgspec.Struct, frozen=True, kw_only=True, tag="public_notice", gc=False):
    """村级公示: ``ended_on`` ends the 15 days of 二（二）; an overrun needs ``overrun_reason``."""

    day_field: ClassVar[str] = "ended_on"

    posted_on: date
    ended_on: date
    place: str
    objections: str = ""
    settled: str = ""
    overrun_reason: str = ""

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.ended_on


class SystemEntry(msgspec.Struct, frozen=True, kw_only=True, tag="system_entry", gc=False):
    """录入系统: keyed into the national system; with it the household is recognised (符合)."""

    day_field: ClassVar[str] = "entered_on"

    entered_on: date
    household_number: str
    kind: MonitoredKind
    risks: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.entered_on


class GreenChannel(msgspec.Struct, frozen=True, kw_only=True, tag="green_channel", gc=False):
    """绿色通道 (二（三）): help first; every step is still owed."""

    day_field: ClassVar[str] = "opened_on"

    opened_on: date
    ground: str
    recognised_by: str
    help_given: str

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.opened_on


class Refusal(msgspec.Struct, frozen=True, kw_only=True, tag="refusal", gc=False):
    """不符合认定标准, decided at a step; ``reason`` is a key of the pack's list, ``explanation`` plain words."""

    day_field: ClassVar[str] = "decided_on"

    decided_on: date
    at: Step
    reason: str
    explanation: str = ""

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.decided_on


class Reopening(msgspec.Struct, frozen=True, kw_only=True, tag="reopening", gc=False):
    """The case goes back to a step; what was recorded from that step on no longer counts, and stays readable."""

    day_field: ClassVar[str] = "reopened_on"

    reopened_on: date
    back_to: Step
    why: str

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.reopened_on


class Closing(msgspec.Struct, frozen=True, kw_only=True, tag="closing", gc=False):
    """办结 (销号): recorded only when the closing check finds nothing."""

    day_field: ClassVar[str] = "closed_on"

    closed_on: date

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.closed_on


Record = (
    HomeVisit
    | DemocraticReview
    | DataComparison
    | ComparisonSkipped
    | PublicNotice
    | SystemEntry
    | GreenChannel
    | Refusal
    | Reopening
    | Closing
)


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One record with who wrote it down and when; a case is the sequence of its entries."""

    recorded_at: datetime
    recorded_by: str
    record: Record
