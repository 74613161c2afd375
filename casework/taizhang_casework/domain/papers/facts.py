"""What a paper may be made from: the office, the pack and, for one that is filled in, everything that is known of the case."""

from datetime import date
from functools import cached_property

import msgspec

from taizhang_casework.domain.attachment import Attachment
from taizhang_casework.domain.case import Case, Meets
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.machine import CaseState
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.people import Membership, Person, Relation


class PaperSetting(msgspec.Struct, frozen=True, kw_only=True):
    """What a blank paper knows: whose it is and under which notice. ``town`` is the town's short name, blank at a bureau."""

    office_name: str
    town: str
    pack: RegulationPack


class ScreenedCase(msgspec.Struct, frozen=True):
    """A line of 干部排查 and how it stands under the pack that it was opened under itself."""

    case: Case
    meets: Meets


class PaperFacts(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What a paper of a case may be made from. A day that nobody wrote down is never today's: it stays blank.

    ``village`` is the village's name, ``letter`` the newest 告知书, ``attachments`` those outside the recycle bin, ``screened``
    the lines of 干部排查 of the same village, oldest first, where the paper asks for them.
    """

    setting: PaperSetting
    circumstances: Circumstances
    village: str
    letter: Letter | None = None
    attachments: tuple[Attachment, ...] = ()
    screened: tuple[ScreenedCase, ...] = ()

    @property
    def pack(self) -> RegulationPack:
        """The pack that the case was opened under."""
        return self.circumstances.pack

    @property
    def case(self) -> Case:
        """The case."""
        return self.circumstances.case

    @property
    def state(self) -> CaseState:
        """The case as it stands: what is in force of each step."""
        return self.circumstances.state

    @property
    def place(self) -> str:
        """The village as part of an address: 顺河村村民委员会 is of 顺河村."""
        if self.village.endswith("村民委员会"):
            name = self.village.removesuffix("村民委员会")
            return name if name.endswith("村") else f"{name}村"
        return self.village.removesuffix("居民委员会")

    @cached_property
    def head(self) -> Person | None:
        """The head of the household today; None where nobody has matched the warning to a household, or it has no head."""
        return self._head_on(self.circumstances.today)

    @cached_property
    def memberships(self) -> tuple[Membership, ...]:
        """Who belongs to the household today, the head first; empty where there is no household."""
        return self._memberships_on(self.circumstances.today)

    def head_then(self, day: date | None) -> Person | None:
        """The head on the day of a record; today's where there is no such day, or the household had no head then."""
        return (None if day is None else self._head_on(day)) or self.head

    def memberships_then(self, day: date | None) -> tuple[Membership, ...]:
        """Who belonged to the household on the day of a record, the head first; today's where :meth:`head_then` is today's."""
        if day is None or self._head_on(day) is None:
            return self.memberships
        return self._memberships_on(day)

    def _head_on(self, day: date) -> Person | None:
        household = self.circumstances.household
        return None if household is None else household.head_on(day)

    def _memberships_on(self, day: date) -> tuple[Membership, ...]:
        household = self.circumstances.household
        if household is None:
            return ()
        return tuple(sorted(household.memberships_on(day), key=lambda m: m.relation is not Relation.HEAD))
