"""集中排查登记表: whom a village looked at in a quarter (三（三）), and what came of it."""

from datetime import date

import msgspec

from taizhang_casework.domain.case import Meets
from taizhang_casework.domain.papers.facts import PaperFacts, PaperSetting, ScreenedCase
from taizhang_casework.domain.warning import Screening

BLANK_ROWS, MORE_ROWS = 12, 3
"""Open lines of a page that nobody stands on, and the least of one on which somebody does."""
TAKEN_IN = {Meets.YES: "是", Meets.NO: "否", Meets.UNDECIDED: ""}
_QUARTER_WORDS = ("一", "二", "三", "四")


class Quarter(msgspec.Struct, frozen=True, order=True):
    """A quarter of a year, counted from 1."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter that the day lies in."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @property
    def says(self) -> str:
        """As a title bears it."""
        return f"{self.year}年第{_QUARTER_WORDS[self.number - 1]}季度"


class ScreenedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One person who was looked at. ``taken_in`` is 是 or 否, empty where it is not decided."""

    name: str
    id_number: str
    phone: str
    detail: str
    screened_by: str
    reported_on: date
    taken_in: str


class ScreeningRegister(msgspec.Struct, frozen=True, kw_only=True):
    """The register; ``more`` are open lines, ``groups`` the special groups of the notice that are looked at."""

    office_name: str
    groups: tuple[str, ...]
    town: str = ""
    village: str = ""
    quarter: str = ""
    rows: tuple[ScreenedRow, ...] = ()
    more: int = BLANK_ROWS
    personal: bool = False


def blank_screening_register(setting: PaperSetting) -> ScreeningRegister:
    """A page of open lines."""
    return ScreeningRegister(
        office_name=setting.office_name,
        town=setting.town,
        groups=tuple(entry.label for entry in setting.pack.special_groups),
    )


def screening_register(facts: PaperFacts) -> ScreeningRegister:
    """Of the village and quarter of a case: its lines of 干部排查, oldest first."""
    return msgspec.structs.replace(
        blank_screening_register(facts.setting),
        village=facts.place,
        quarter=Quarter.of(facts.case.warning.received_on).says,
        rows=tuple(_row(each) for each in facts.screened),
        more=max(MORE_ROWS, BLANK_ROWS - len(facts.screened)),
        personal=True,
    )


def _row(screened: ScreenedCase) -> ScreenedRow:
    warning = screened.case.warning
    finder = warning.particulars.found_by if isinstance(warning.particulars, Screening) else ""
    return ScreenedRow(
        name=warning.name,
        id_number=warning.id_number,
        phone=warning.phone,
        detail=warning.detail,
        screened_by=f"{warning.source}{finder}" if finder else warning.source,
        reported_on=warning.received_on,
        taken_in=TAKEN_IN[screened.meets],
    )
