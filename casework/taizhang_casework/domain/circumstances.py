"""What a rule may look at beside the record that it judges."""

from datetime import date
from functools import cached_property

import msgspec

from taizhang_casework.domain.attachment import AttachmentKind
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.machine import CaseState, case_state
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.people import Household

ADULT_YEARS = 18


class Circumstances(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The case, its household (None: not matched), pack, calendar, and the day.

    ``attached`` are the kinds of attachment that the case has; None where nobody looked. ``why`` is the reason given for a
    correction of what was decided on.
    """

    case: Case
    household: Household | None
    pack: RegulationPack
    calendar: WorkCalendar
    today: date
    attached: frozenset[AttachmentKind] | None = None
    why: str = ""

    @cached_property
    def state(self) -> CaseState:
        """The case as it stands under the pack's order of steps."""
        return case_state(self.case, self.pack.order)
