"""村级公示: where and how long the notice hung, and what was objected."""

from datetime import date
from typing import ClassVar

import msgspec

from taizhang_casework.domain.yes_no import YesNo


class PublicNotice(msgspec.Struct, frozen=True, kw_only=True, tag="public_notice", gc=False):
    """村级公示: ``ended_on`` ends the 15 days of 二（二）; an overrun needs ``overrun_reason``.

    ``photo`` is whether the photo of the posted notice lies with the case (None: not recorded).
    """

    day_field: ClassVar[str] = "ended_on"

    posted_on: date
    ended_on: date
    place: str
    objections: str = ""
    settled: str = ""
    overrun_reason: str = ""
    photo: YesNo | None = None

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.ended_on
