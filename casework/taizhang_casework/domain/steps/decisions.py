"""What is decided about a case beside its steps: 不符合, 重新打开, 办结."""

from datetime import date
from typing import ClassVar

import msgspec

from taizhang_casework.domain.steps.step import Step


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
