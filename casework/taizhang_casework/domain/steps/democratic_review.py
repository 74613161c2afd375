"""民主评议: the meeting, who was there, what was said, and the votes."""

from datetime import date
from enum import Enum
from typing import ClassVar

import msgspec

from taizhang_casework.domain.yes_no import YesNo


class ReviewForm(Enum):
    """Form of the meeting; only 村民代表会议 has a quorum that blocks (村民委员会组织法 26)."""

    REPRESENTATIVES = "representatives"
    VILLAGERS = "villagers"
    COMMITTEE = "committee"


class DemocraticReview(msgspec.Struct, frozen=True, kw_only=True, tag="democratic_review", gc=False):
    """民主评议: 应到/实到 and the votes are counts of persons.

    ``opinions`` is what the meeting said of the household, ``sign_in_sheet`` whether the 签到表 lies with the case (None: not
    recorded).
    """

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
    opinions: str = ""
    sign_in_sheet: YesNo | None = None

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.held_on
