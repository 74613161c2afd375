"""信息比对: who authorised it, what came back for each person and item, or which earlier comparison is cited."""

from datetime import date
from enum import Enum
from typing import ClassVar

import msgspec


class SkipGround(Enum):
    """Who need not be compared again (二（三））."""

    SUBSISTENCE_ALLOWANCE = "subsistence_allowance"
    DISPERSED_EXTREME_POVERTY = "dispersed_extreme_poverty"


class Authoriser(Enum):
    """As what a person is compared and signs: 共同生活的家庭成员, or one who owes support from elsewhere ([P])."""

    MEMBER = "member"
    CHILD_ELSEWHERE = "child_elsewhere"
    SPOUSE_OF_CHILD = "spouse_of_child"
    SUPPORTER = "supporter"


class Signature(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """承诺授权书 of one person. ``signed_on`` None: not signed yet. ``guardian`` signed for a minor."""

    name: str
    as_what: Authoriser = Authoriser.MEMBER
    signed_on: date | None = None
    guardian: str = ""


class Doubt(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """疑点 of one person in one item of the comparison, with its explanation; a hit is no refusal.

    ``item`` is a key of the pack's items, or the words of an item that the pack does not list.
    """

    person: str
    item: str
    explanation: str


class Cleared(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """无: the items (keys of the pack) in which nothing came back for this person."""

    person: str
    items: tuple[str, ...]


class DataComparison(msgspec.Struct, frozen=True, kw_only=True, tag="data_comparison", gc=False):
    """信息比对: who had signed the authorisation before, and what came back.

    ``authorised`` are the names of those who signed; ``signatures`` says when and as what, and is empty in records of before
    it was asked. ``sent_on`` and ``sent_to`` are when and to whom it was sent, where that was written down.
    An item of a person is 有疑点 where it is among the ``doubts``, 无 where it is ``cleared``, else not answered.
    """

    day_field: ClassVar[str] = "compared_on"

    compared_on: date
    authorised: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()
    signatures: tuple[Signature, ...] = ()
    cleared: tuple[Cleared, ...] = ()
    sent_on: date | None = None
    sent_to: str = ""

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
