"""Finding a household that the office knows, by one line: name, initials, number, telephone, village."""

from collections.abc import Callable
from datetime import date

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.pack_keys import PHONE_MASK
from taizhang_casework.domain.people import Household, HouseholdId, Membership, Person, Relation
from taizhang_casework.services.households import FoundHouseholds, find_households
from taizhang_casework.services.work import Work

from taizhang_desktop.tasks import Runner
from taizhang_desktop.viewmodels.case_words import RELATIONS
from taizhang_desktop.viewmodels.words import masked


class HouseholdLine(msgspec.Struct, frozen=True, kw_only=True):
    """A household as a line of a list; the numbers in it are masked."""

    household: Household
    head: str
    number: str
    village: str
    members: str

    @property
    def id(self) -> str:
        """What the line is known by."""
        return self.household.id


class FinderState(msgspec.Struct, frozen=True, kw_only=True):
    """``text`` is what was asked last; ``lines`` its answer, empty until it comes."""

    text: str = ""
    lines: tuple[HouseholdLine, ...] = ()
    answered: bool = False
    more: bool = False

    @property
    def says(self) -> str:
        """What the answer comes to; empty while nothing is asked."""
        if not self.answered:
            return ""
        if not self.lines:
            return "台账中没有这样的户，请按新户登记"
        if self.more:
            return f"只列出最近的{len(self.lines)}户，请再多输几个字"
        return f"找到{len(self.lines)}户"


class HouseholdFinder(QObject):
    """``changed`` when ``state`` is another."""

    changed = Signal()

    def __init__(self, work: Work, runner: Runner, parent: QObject | None = None) -> None:
        """Begin with nothing asked."""
        super().__init__(parent)
        self._work = work
        self._runner = runner
        self.state = FinderState()

    def find(self, text: str) -> None:
        """Ask; the answer to an earlier question no longer counts."""
        text = " ".join(text.split())
        if text == self.state.text:
            return
        self._show(FinderState(text=text))
        if text:
            self._ask(text)

    def refresh(self) -> None:
        """Ask the same again."""
        if self.state.text:
            self._ask(self.state.text)

    def forget(self) -> None:
        """Ask nothing any more."""
        self._show(FinderState())

    def _ask(self, text: str) -> None:
        self._runner.run(lambda: find_households(self._work, text), lambda found: self._found(text, found))

    def _found(self, text: str, found: FoundHouseholds) -> None:
        if text != self.state.text:
            return
        today = self._work.clock.today()
        lines = tuple(household_line(self._work, each, today) for each in found.households)
        self._show(FinderState(text=text, lines=lines, answered=True, more=found.more))

    def _show(self, state: FinderState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit()


def household_line(work: Work, household: Household, today: date) -> HouseholdLine:
    """The line of a household as it stands on that day."""
    head = household.head_on(today)
    number = "" if head is None else head.id_number
    present = present_members(household, today)
    return HouseholdLine(
        household=household,
        head="（没有户主）" if head is None else head.name,
        number=masked(work.pack, number) if number else "无证件",
        village=work.divisions.village_name(household.village_code),
        members=f"{len(present)}人：{'、'.join(m.person.name for m in present)}",
    )


def present_members(household: Household, today: date) -> tuple[Membership, ...]:
    """Who belongs to the household on that day, the head first."""
    present = [m for m in household.memberships if m.holds_on(today) or (m.until is None and m.since > today)]
    return tuple(sorted(present, key=lambda m: m.relation is not Relation.HEAD))


def person_words(work: Work, person: Person, *, mask: bool = True) -> str:
    """Number and telephone of a person, masked."""
    hide: Callable[[str, str], str] = lambda number, key: masked(work.pack, number, key) if mask else number  # noqa: E731
    number = hide(person.id_number, "id_number") if person.id_number else "无证件"
    return f"{number}，{hide(person.phone, PHONE_MASK)}" if person.phone else number


def member_words(work: Work, member: Membership) -> str:
    """``王建国（户主，370*…）``."""
    return f"{member.person.name}（{RELATIONS[member.relation]}，{person_words(work, member.person)}）"


def household_id(key: str) -> HouseholdId:
    """The id of a line's key."""
    return HouseholdId(key)
