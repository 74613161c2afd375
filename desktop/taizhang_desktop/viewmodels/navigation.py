"""Where one can go in the window, as frozen values."""

from collections.abc import Sequence
from enum import Enum

import msgspec
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.ledger import Filing, FilingId, Month
from taizhang_casework.domain.people import HouseholdId
from taizhang_casework.services.batch import MOST_TOGETHER

from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import Tone


class Place(Enum):
    """The screens there are.

    Four have no line at the left: the user's name in the head leads to ``USERS``, the ledger to ``BATCH`` and, for blank sheets, to
    ``PAPERS``, 入户核实 to ``INCOME_LINES``.
    """

    TODAY = "today"
    LEDGER = "ledger"
    CASE = "case"
    BATCH = "batch"
    HOUSEHOLDS = "households"
    MONITORED = "monitored"
    FILING = "filing"
    EXCHANGE = "exchange"
    DEPARTMENT_WARNINGS = "department_warnings"
    SENDING = "sending"
    BOARD = "board"
    SUMMARY = "summary"
    USERS = "users"
    INCOME_LINES = "income_lines"
    PAPERS = "papers"
    BACKUP = "backup"
    PAGE_CHECK = "page_check"


class NavigationItem(msgspec.Struct, frozen=True):
    """One line of the navigation on the left."""

    place: Place
    label: str
    icon: Icon


class Destination(msgspec.Struct, frozen=True):
    """A screen, and the id of what it is to show (empty: whatever it shows)."""

    place: Place
    target: str = ""


class Badge(msgspec.Struct, frozen=True):
    """A count beside a line of the navigation; 0 shows none."""

    place: Place
    count: int
    tone: Tone = Tone.PLAIN


_BESIDE = "beside:"
"""Begins a target of ``Place.BATCH`` that names one case, whose village is meant."""
_AND = ","


class BatchTarget(msgspec.Struct, frozen=True, kw_only=True):
    """Whose households ``Place.BATCH`` shows: of these ``cases``, or of the village of the one case that it stands ``beside``."""

    cases: tuple[CaseId, ...] = ()
    beside: CaseId | None = None

    @property
    def text(self) -> str:
        """The target of the destination; empty where nobody was asked for."""
        return _AND.join(self.cases) if self.beside is None else f"{_BESIDE}{self.beside}"

    @classmethod
    def of(cls, text: str) -> "BatchTarget":
        """What the target of a destination names."""
        if text.startswith(_BESIDE):
            return cls(beside=CaseId(text.removeprefix(_BESIDE)))
        return cls(cases=tuple(CaseId(each) for each in text.split(_AND) if each))


def together(cases: Sequence[CaseId]) -> Destination:
    """Where these cases are worked together; of too many, one more than can be."""
    return Destination(Place.BATCH, BatchTarget(cases=tuple(cases[: MOST_TOGETHER + 1])).text)


def beside(case: CaseId) -> Destination:
    """Where a case is worked together with others of its village."""
    return Destination(Place.BATCH, BatchTarget(beside=case).text)


def papers_of(cases: Sequence[CaseId]) -> Destination:
    """The papers of these households; of none: blank sheets."""
    return Destination(Place.PAPERS, _AND.join(cases) or BLANK)


BLANK = "blank"
"""The target of ``Place.PAPERS`` that means blank sheets."""


_FILING = "filing:"
"""Begins a target of ``Place.PAPERS`` that names a frozen month and its revision's id."""


def papers_of_filing(filing: Filing) -> Destination:
    """附件2 of a frozen month."""
    return Destination(Place.PAPERS, f"{_FILING}{filing.month}{_AND}{filing.id}")


def filing_of_papers(target: str) -> tuple[Month, FilingId] | None:
    """The month and revision that such a target names, None where it names none."""
    if not target.startswith(_FILING):
        return None
    month, _, filing = target.removeprefix(_FILING).partition(_AND)
    year, _, number = month.partition("-")
    return Month(int(year), int(number)), FilingId(filing)


def cases_of_papers(target: str) -> tuple[CaseId, ...]:
    """Whose papers such a target names; empty: nobody's."""
    return (
        ()
        if target in {"", BLANK} or target.startswith(_FILING)
        else tuple(CaseId(each) for each in target.split(_AND))
    )


_FROM = "/"
"""Parts a household from the case that led to it, in a target of ``Place.HOUSEHOLDS``."""


def household_from(household: HouseholdId, case: CaseId) -> Destination:
    """A household, and the case to go back to from there."""
    return Destination(Place.HOUSEHOLDS, f"{household}{_FROM}{case}")


def household_and_case(target: str) -> tuple[str, str]:
    """The ids in such a target; the second is empty where no case led there."""
    household, _, case = target.partition(_FROM)
    return household, case


TOWN_NAVIGATION = (
    NavigationItem(Place.TODAY, "今日待办", Icon.TODAY),
    NavigationItem(Place.LEDGER, "预警台账", Icon.LEDGER),
    NavigationItem(Place.CASE, "案件办理", Icon.CASE),
    NavigationItem(Place.HOUSEHOLDS, "户与成员", Icon.HOUSE),
    NavigationItem(Place.MONITORED, "监测对象", Icon.SHIELD),
    NavigationItem(Place.FILING, "月度报送", Icon.FILING),
    NavigationItem(Place.EXCHANGE, "数据交换", Icon.EXCHANGE),
    NavigationItem(Place.BACKUP, "数据备份", Icon.SAVE),
    NavigationItem(Place.PAGE_CHECK, "纸质核对", Icon.SCAN),
)
"""What a 镇街 works with."""

BUREAU_NAVIGATION = (
    NavigationItem(Place.DEPARTMENT_WARNINGS, "部门预警", Icon.DEPARTMENT),
    NavigationItem(Place.SENDING, "下发镇街", Icon.SENDING),
    NavigationItem(Place.BOARD, "镇街报送", Icon.BOARD),
    NavigationItem(Place.SUMMARY, "汇总台账", Icon.SUMMARY),
    NavigationItem(Place.EXCHANGE, "数据交换", Icon.EXCHANGE),
    NavigationItem(Place.BACKUP, "数据备份", Icon.SAVE),
    NavigationItem(Place.PAGE_CHECK, "纸质核对", Icon.SCAN),
)
"""What the 区乡村振兴局 works with."""
