"""A record of any kind, and the entry that it is written down in."""

from datetime import datetime

import msgspec

from taizhang_casework.domain.steps.begun import AuthorisationsAsked, ComparisonSent, NoticePosted
from taizhang_casework.domain.steps.data_comparison import ComparisonSkipped, DataComparison
from taizhang_casework.domain.steps.decisions import Closing, Refusal, Reopening
from taizhang_casework.domain.steps.democratic_review import DemocraticReview
from taizhang_casework.domain.steps.green_channel import GreenChannel
from taizhang_casework.domain.steps.home_visit import HomeVisit
from taizhang_casework.domain.steps.public_notice import PublicNotice
from taizhang_casework.domain.steps.system_entry import SystemEntry

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
    | NoticePosted
    | AuthorisationsAsked
    | ComparisonSent
)


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One record with who wrote it down and when; a case is the sequence of its entries.

    ``why`` is the reason of a correction that was made after the case was decided on; blank for all others.
    """

    recorded_at: datetime
    recorded_by: str
    record: Record
    why: str = ""
