"""入户核实 and its 入户核查表: who lives there, in what house, on which income, and what the visitors found."""

from datetime import date
from typing import ClassVar

import msgspec

from taizhang_casework.domain.money import Fen
from taizhang_casework.domain.people import PersonId, Relation
from taizhang_casework.domain.yes_no import YesNo


class MemberCheck(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A member's line of the 核查表. Words are keys of the pack's dictionaries; None and empty are not recorded, never 否.

    ``person`` is empty where the visitors met somebody whom the office does not know yet.
    """

    name: str
    person: PersonId = PersonId("")
    relation: Relation | None = None
    education: str = ""
    schooling: str = ""
    health: tuple[str, ...] = ()
    labour: str = ""
    medical_insurance: YesNo | None = None
    serious_illness_insurance: YesNo | None = None
    pension_insurance: YesNo | None = None
    subsistence_allowance: YesNo | None = None


class Incomes(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The four incomes of the household in its income period, and what it had to pay itself (自付); None is not recorded."""

    wage: Fen | None = None
    business: Fen | None = None
    property: Fen | None = None
    transfer: Fen | None = None
    expenses: Fen | None = None


class HomeVisit(msgspec.Struct, frozen=True, kw_only=True, tag="home_visit", gc=False):
    """入户核实: two visitors or more, what they found. ``visited_on`` starts the 15 days of 二（二）.

    The fields after ``late_reason`` are the 核查表; in records of before it was asked they are not recorded. Incomes and
    expenses are of the 12 months before the month of the visit; ``business_income`` may be a loss. ``house_grade`` and
    ``water`` are keys of the pack. The three ``…_secured`` are 义务教育、基本医疗、住房安全.
    """

    day_field: ClassVar[str] = "visited_on"

    visited_on: date
    visitors: tuple[str, ...]
    conclusion: str
    risks: tuple[str, ...] = ()
    late_reason: str = ""
    members: tuple[MemberCheck, ...] = ()
    house_grade: str = ""
    water: str = ""
    wage_income: Fen | None = None
    business_income: Fen | None = None
    property_income: Fen | None = None
    transfer_income: Fen | None = None
    own_expenses: Fen | None = None
    schooling_secured: YesNo | None = None
    medical_secured: YesNo | None = None
    housing_secured: YesNo | None = None
    head_signed: YesNo | None = None

    @property
    def day(self) -> date:
        """The real day of the record."""
        return self.visited_on

    @property
    def incomes(self) -> Incomes:
        """The amounts together."""
        return Incomes(
            wage=self.wage_income,
            business=self.business_income,
            property=self.property_income,
            transfer=self.transfer_income,
            expenses=self.own_expenses,
        )
