"""户与成员: a household with everybody who ever belonged to it, and what changes in it, each change with its day and reason."""

from datetime import date

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.household_changes import Happening
from taizhang_casework.domain.id_number import age_on, parse_id_number, sex
from taizhang_casework.domain.machine import closed_on
from taizhang_casework.domain.pack_keys import PHONE_MASK
from taizhang_casework.domain.people import HouseholdId, Membership, Person, PersonId, Relation
from taizhang_casework.domain.rights import Right
from taizhang_casework.services.disclosing import disclose_household
from taizhang_casework.services.households import (
    HouseholdSheet,
    change_head,
    correct_member,
    household_sheet,
    join_household,
    leave_household,
)
from taizhang_casework.services.printable import of_person, unprintable
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Failure, Refused, Runner
from taizhang_desktop.viewmodels.case_words import RELATIONS
from taizhang_desktop.viewmodels.drafts import DraftShelf
from taizhang_desktop.viewmodels.form_drafts import UNCHECKED, Typed
from taizhang_desktop.viewmodels.intake_find import HouseholdFinder, household_line
from taizhang_desktop.viewmodels.intake_form import SEXES
from taizhang_desktop.viewmodels.member_deed import DEED_TITLES, MemberDeed
from taizhang_desktop.viewmodels.member_drafts import MemberDrafts, Whose
from taizhang_desktop.viewmodels.navigation import Destination, Place, household_and_case
from taizhang_desktop.viewmodels.notices import Notice
from taizhang_desktop.viewmodels.permission import why_not
from taizhang_desktop.viewmodels.shell import Frame
from taizhang_desktop.viewmodels.words import day, masked, masked_text

REASONS = {
    MemberDeed.JOIN: ("出生", "婚入", "迁入", "收养"),
    MemberDeed.LEAVE: ("死亡", "婚出", "迁出", "分户"),
    MemberDeed.HEAD: ("原户主死亡", "原户主迁出", "原户主年老或患病", "家庭协商"),
}
"""What is offered; another reason may be typed."""


class MemberAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the form: only the fields of the deed count. ``former_becomes`` None: the former head leaves."""

    name: str = ""
    id_number: str = ""
    phone: str = ""
    relation: Relation | None = None
    former_becomes: Relation | None = None
    on: date | None = None
    because: str = ""


class MemberLine(msgspec.Struct, frozen=True, kw_only=True):
    """A person's time in the household as a line; ``lasting`` while it lasts."""

    id: str
    person: PersonId
    name: str
    relation: str
    about: str
    number: str
    phone: str
    since: str
    until: str
    because: str
    lasting: bool


class LedgerLineOf(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the household in the ledger."""

    id: str
    received_on: str
    channel: str
    detail: str
    closed: str


class HouseholdView(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows of one household; None before one was chosen."""

    sheet: HouseholdSheet | None = None
    title: str = ""
    members: tuple[MemberLine, ...] = ()
    lines: tuple[LedgerLineOf, ...] = ()
    unmasked: bool = False
    busy: bool = False


class HouseholdsModel(QObject):
    """户与成员. ``changed``: ``view`` is another; ``faulted`` carries a tuple of Finding; ``saved`` when a change is kept.

    ``went_on`` carries the deed and the member of the form that was half-typed last, once its household is there;
    ``draft_settled``: what is said of what is half-typed is another.
    """

    changed = Signal()
    faulted = Signal(object)
    saved = Signal()
    went_on = Signal(object, object)
    draft_settled = Signal()

    def __init__(self, work: Work, runner: Runner, frame: Frame, shelf: DraftShelf | None = None) -> None:
        """Begin without a household; ``shelf`` keeps what is half-typed."""
        super().__init__()
        self._work = work
        self._runner = runner
        self._frame = frame
        self._household: HouseholdId | None = None
        self._fresh = False
        self.drafts = MemberDrafts(shelf)
        self.drafts.shelf.settled.connect(self.draft_settled)
        self.drafts.shelf.read.connect(self._go_on)
        self.came_from = ""
        self.finder = HouseholdFinder(work, runner, self)
        self.may_not_unmask = why_not(work.user, Right.UNMASK)
        self.view = HouseholdView()

    def today(self) -> date:
        """The office's day."""
        return self._work.clock.today()

    def mask(self, text: str) -> str:
        """What was typed in the line that finds households, as it stands there when nobody types."""
        return masked_text(self._work.pack, text)

    def open(self, target: str) -> None:
        """Show a household, with the form that was half-typed last; numbers are masked again.

        ``came_from`` is the case that led there, if one did.
        """
        self._fresh = True
        household, self.came_from = household_and_case(target)
        if HouseholdId(household) != self._household:
            self._household = HouseholdId(household)
            self._show(HouseholdView())
        self.refresh()

    def refresh(self) -> None:
        """Read the household anew."""
        household = self._household
        if household is not None:
            self._runner.run(lambda: self._read(household), lambda sheet: self._looked(household, sheet))

    def on_changes(self, changes: Changes) -> None:
        """Read anew where a household or a line was touched; a form whose saving was taken back is shown again."""
        self._fresh = self._fresh or self.drafts.returned(self._household)
        if changes.touches(Kind.HOUSEHOLD) or changes.touches(Kind.CASE):
            self.refresh()
            self.finder.refresh()

    def unmask(self) -> None:
        """Show the numbers in full, once that is taken down."""
        household = self._household
        if household is None or self.view.unmasked:
            return

        def shown(_: Changes) -> None:
            if household == self._household and self.view.sheet is not None:
                self._put(self.view.sheet, unmasked=True)

        self._runner.run(lambda: disclose_household(self._work, household), shown)

    def open_case(self, case: str) -> None:
        """Go to a line of the household."""
        self._frame.go(Destination(Place.CASE, case))

    def go_back(self) -> None:
        """Go back to the case that led here."""
        if self.came_from:
            self.open_case(self.came_from)

    def present(self) -> tuple[Membership, ...]:
        """Who belongs to the household now."""
        if self.view.sheet is None:
            return ()
        return tuple(m for m in self.view.sheet.household.memberships if m.until is None)

    def keep(self, form: Whose, typed: Typed) -> None:
        """Keep what is half-typed."""
        if self.view.sheet is not None:
            self.drafts.keep(self.view.sheet.household, form, typed, self.today())

    def typed(self, form: Whose) -> Typed | None:
        """What was half-typed there, None where nothing was."""
        return None if self._household is None else self.drafts.get(self._household, form)

    def draft_says(self, form: Whose) -> str:
        """Whether it is kept, in words; empty while it is being typed."""
        return "" if self._household is None else self.drafts.says(self._household, form)

    def give_up(self, form: Whose) -> None:
        """Throw away what is half-typed."""
        if self._household is not None:
            self.drafts.drop(self._household, form)

    def save(self, deed: MemberDeed, person: PersonId | None, answer: MemberAnswer) -> None:
        """Keep a change, or say everything that stands in its way."""
        household, work = self._household, self._work
        if household is None or self.view.busy:
            return
        sheet, form = self.view.sheet, (deed, person)
        if sheet is not None and self.drafts.stale(sheet.household, form, self.today()):
            self.faulted.emit((UNCHECKED,))
            return
        happening = Happening(on=answer.on, because=answer.because)
        typed = Person(
            id=person or PersonId(""), name=answer.name, id_number=answer.id_number.strip(), phone=answer.phone
        )
        who = person or PersonId("")
        relation = answer.relation or Relation.OTHER

        def change() -> Changes:
            match deed:
                case MemberDeed.JOIN:
                    return join_household(work, household, typed, relation, happening)
                case MemberDeed.LEAVE:
                    return leave_household(work, household, who, happening)
                case MemberDeed.HEAD:
                    return change_head(work, household, who, answer.former_becomes, happening)
                case MemberDeed.CORRECT:
                    return correct_member(work, household, typed, relation)

        self._show(msgspec.structs.replace(self.view, busy=True))
        writes = deed in {MemberDeed.JOIN, MemberDeed.CORRECT}
        told = tuple(each.says for each in unprintable(self._work, of_person(typed))) if writes else ()
        self._runner.run(change, lambda changes: self._done(household, form, changes, told), self._failed)

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _read(self, household: HouseholdId) -> HouseholdSheet:
        with self._work.store.reading() as desk:
            return household_sheet(desk, household)

    def _looked(self, household: HouseholdId, sheet: HouseholdSheet) -> None:
        if household == self._household:
            self._put(sheet, unmasked=self.view.unmasked)
            self._go_on()

    def _go_on(self) -> None:
        """The form that was half-typed last, where the household was just gone to."""
        sheet = self.view.sheet
        begun = None if sheet is None or not self._fresh else self.drafts.newest_of(sheet.household)
        if sheet is not None:
            self._fresh = self._fresh and begun is None
        if begun is not None:
            self.went_on.emit(*begun)

    def _put(self, sheet: HouseholdSheet, *, unmasked: bool) -> None:
        line = household_line(self._work, sheet.household, self.today())
        self._show(
            HouseholdView(
                sheet=sheet,
                title=f"{line.village}　{line.head}户　{line.members}",
                members=tuple(self._member(at, m, unmasked=unmasked) for at, m in _in_order(sheet)),
                lines=tuple(self._line(sheet, at) for at in range(len(sheet.lines))),
                unmasked=unmasked,
            )
        )

    def _member(self, at: int, member: Membership, *, unmasked: bool) -> MemberLine:
        person, pack = member.person, self._work.pack
        valid = bool(person.id_number) and parse_id_number(person.id_number).fault is None
        number = person.id_number if unmasked else masked(pack, person.id_number)
        phone = person.phone if unmasked else masked(pack, person.phone, PHONE_MASK)
        told = [f"加入：{member.because}"] if member.because else []
        told += [f"结束：{member.ended_because}"] if member.ended_because else []
        return MemberLine(
            id=str(at),
            person=person.id,
            name=person.name,
            relation=RELATIONS[member.relation],
            about=f"{SEXES[sex(person.id_number)]}，{age_on(person.id_number, self.today())}岁" if valid else "",
            number=number if person.id_number else "无证件",
            phone=phone,
            since=day(member.since),
            until=day(member.until),
            because="；".join(told),
            lasting=member.until is None,
        )

    def _line(self, sheet: HouseholdSheet, at: int) -> LedgerLineOf:

        case = sheet.lines[at]
        closed = closed_on(case)
        return LedgerLineOf(
            id=case.id,
            received_on=day(case.warning.received_on),
            channel=self._work.pack.channel(case.warning.channel).label,
            detail=masked_text(self._work.pack, case.warning.detail),
            closed="办理中" if closed is None else f"{day(closed)}办结",
        )

    def _done(self, household: HouseholdId, form: Whose, changes: Changes, told: tuple[str, ...]) -> None:
        """``told``: what is to be said of it once it is saved."""
        self.drafts.hand_in(household, form, changes)
        self._show(msgspec.structs.replace(self.view, busy=False))
        tone = Tone.SOON if told else Tone.DONE
        self._frame.tell(Notice(tone=tone, says=f"{DEED_TITLES[form[0]]}已登记", lines=told))
        self.saved.emit()
        self.refresh()

    def _failed(self, failure: Failure) -> bool:
        self._show(msgspec.structs.replace(self.view, busy=False))
        if not isinstance(failure, Refused):
            return False
        self.faulted.emit(failure.findings)
        return True

    def _show(self, view: HouseholdView) -> None:
        if view != self.view:
            self.view = view
            self.changed.emit()


def _in_order(sheet: HouseholdSheet) -> list[tuple[int, Membership]]:
    """Who belongs to it first, the head before all; then who did, the last gone first."""
    numbered = list(enumerate(sheet.household.memberships))
    lasting = [each for each in numbered if each[1].until is None]
    gone = [each for each in numbered if each[1].until is not None]
    lasting.sort(key=lambda each: each[1].relation is not Relation.HEAD)
    gone.sort(key=lambda each: each[1].until or date.min, reverse=True)
    return [*lasting, *gone]
