"""What was begun of a step and is not over: the notice hangs, the comparison is out, authorisations are being signed.

A begun step is not done and moves no clock of 二（二）; it is told, it is waited for, and its answers stand in the form that ends it.
"""

from datetime import date
from typing import ClassVar

import msgspec

from taizhang_casework.domain.steps.data_comparison import Signature
from taizhang_casework.domain.yes_no import YesNo


class NoticePosted(msgspec.Struct, frozen=True, kw_only=True, tag="notice_posted", gc=False):
    """村级公示 hangs since ``posted_on``; until when at least, the clock of the pack says."""

    day_field: ClassVar[str] = "posted_on"

    posted_on: date
    place: str
    photo: YesNo | None = None

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.posted_on


class AuthorisationsAsked(msgspec.Struct, frozen=True, kw_only=True, tag="authorisations_asked", gc=False):
    """承诺授权书 were handed out; ``signatures`` says who has signed and who has not."""

    day_field: ClassVar[str] = "asked_on"

    asked_on: date
    signatures: tuple[Signature, ...] = ()

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.asked_on


class ComparisonSent(msgspec.Struct, frozen=True, kw_only=True, tag="comparison_sent", gc=False):
    """信息比对 was asked for from ``sent_to``, whose answer is awaited; ``signatures`` are the authorisations it rests on."""

    day_field: ClassVar[str] = "sent_on"

    sent_on: date
    sent_to: str
    signatures: tuple[Signature, ...] = ()

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.sent_on
