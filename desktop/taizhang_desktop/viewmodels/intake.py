"""登记预警信息: a warning that did not come in a package is typed in, its household first, and every fault is said at once."""

from datetime import date

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.clocks import forecast
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.forecast_chain import ForecastChain, chain_of
from taizhang_casework.domain.id_number import age_on, area_hint, birthday, parse_id_number, sex
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.people import Household, PersonId
from taizhang_casework.domain.warning import Channel
from taizhang_casework.domain.warning_draft import WarningDraft
from taizhang_casework.services.households import HouseholdSheet, household_sheet
from taizhang_casework.services.intake import TakenIn, check_draft, take_warning
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Failure, Refused, Runner
from taizhang_desktop.viewmodels.drafts import DraftShelf
from taizhang_desktop.viewmodels.files import FileChooser
from taizhang_desktop.viewmodels.intake_drafts import IntakeDrafts
from taizhang_desktop.viewmodels.intake_find import (
    HouseholdFinder,
    household_id,
    household_line,
    member_words,
    present_members,
)
from taizhang_desktop.viewmodels.intake_form import SEXES, TYPED_CHANNELS, IntakeForm, blanks, draft_of
from taizhang_desktop.viewmodels.intake_rows import RowsModel, VillageLists
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_desktop.viewmodels.notices import Notice, NoticeAction
from taizhang_desktop.viewmodels.shell import Frame
from taizhang_desktop.viewmodels.words import day, masked_text


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """The known household that was chosen. ``people`` and ``lines`` are ids with their words, to be chosen from.

    ``lines`` can be verified together with this one; ``usual`` is the one of the same month, empty where there is none.
    """

    household: Household
    says: str
    people: tuple[tuple[PersonId, str], ...]
    head: PersonId | None
    lines: tuple[tuple[str, str], ...] = ()
    usual: str = ""


class IntakeState(msgspec.Struct, frozen=True, kw_only=True):
    """What is said beside the form. ``person`` is read from the number, ``known`` from the ledger, ``chain`` from the day.

    ``number_fault`` is why the number is none, once it is complete. ``likely_slips`` are what the rules say of the days though it
    keeps nothing from being saved: said at once, since nobody is asked afterwards. ``busy`` while it is being saved.
    """

    person: str = ""
    number_fault: str = ""
    likely_slips: tuple[Finding, ...] = ()
    known: str = ""
    known_household: str = ""
    chain: ForecastChain | None = None
    chosen: Chosen | None = None
    busy: bool = False


class IntakeModel(QObject):
    """登记预警信息. ``changed`` when ``state`` is another; ``faulted`` carries a tuple of Finding, ``taken`` :class:`TakenIn`."""

    changed = Signal()
    faulted = Signal(object)
    taken = Signal(object)

    def __init__(
        self,
        work: Work,
        runner: Runner,
        frame: Frame,
        town: OfficeId,
        lists: tuple[VillageLists, FileChooser] | None = None,
        shelf: DraftShelf | None = None,
    ) -> None:
        """``town`` is this office, whose villages are offered; ``lists`` reads and writes the villages' own lists.

        ``shelf`` keeps what is half-typed.
        """
        super().__init__()
        self._work = work
        self._runner = runner
        self._frame = frame
        self._looked_for = ""
        self.state = IntakeState()
        self.finder = HouseholdFinder(work, runner, self)
        self.rows = RowsModel(work, runner, frame, town, lists, self)
        self.drafts = IntakeDrafts(shelf)
        self._put_rows_back()
        self.drafts.shelf.read.connect(self._put_rows_back)
        self.rows.grid.judged.connect(lambda: self.drafts.keep_rows(self.rows.grid.rows))
        self.channels = tuple((channel, work.pack.channel(channel).label) for channel in TYPED_CHANNELS)
        self.villages = tuple(work.divisions.villages_of(town).items())

    def today(self) -> date:
        """The office's day."""
        return self._work.clock.today()

    def mask(self, text: str) -> str:
        """What was typed in the line that finds households, as it stands there when nobody types."""
        return masked_text(self._work.pack, text)

    def sources(self, channel: Channel | None) -> tuple[str, ...]:
        """The sources that the pack names for a channel; another may be typed."""
        return () if channel is None else self._work.pack.channel(channel).sources

    def choose(self, key: str) -> None:
        """Take a known household: its head, members and village need not be typed."""
        household = household_id(key)
        self._runner.run(lambda: self._sheet(household), self._chosen)

    def choose_none(self) -> None:
        """Go back to a person who is typed."""
        self._set(chosen=None)

    def look(self, form: IntakeForm) -> None:
        """Say at once what the number and the day mean, while the form is being filled in."""
        person, fault = self._person(form)
        found = check_draft(draft_of(form, self.today()), self._work)
        slips = tuple(each for each in found if each.field == "applied_on" and not each.blocks)
        self._set(person=person, number_fault=fault, likely_slips=slips, chain=self._chain(form.received_on))
        self._look_up("" if form.household is not None else form.id_number)

    def check(self, form: IntakeForm) -> tuple[Finding, ...]:
        """Everything that the rules say about the form."""
        blank = blanks(form)
        fields = {finding.field for finding in blank}
        found = check_draft(draft_of(form, self.today()), self._work)
        return (*blank, *(finding for finding in found if finding.field not in fields))

    def save(self, form: IntakeForm) -> None:
        """登记: open a case, or say everything that stands in the way."""
        if self.state.busy:
            return
        findings = self.check(form)
        if any(finding.blocks for finding in findings):
            self.faulted.emit(findings)
            return
        draft = draft_of(form, self.today())
        self._set(busy=True)
        self._runner.run(lambda: take_warning(self._work, draft), lambda done: self._done(done, draft), self._failed)

    def clear(self) -> None:
        """Begin another form."""
        self._looked_for = ""
        self.finder.forget()
        self.state = IntakeState(busy=self.state.busy)
        self.changed.emit()

    def open_case(self, case: CaseId) -> None:
        """Go to the case that was opened."""
        self._frame.go(Destination(Place.CASE, case))

    def open_household(self) -> None:
        """Go to the page of the household that was chosen."""
        if self.state.chosen is not None:
            self._frame.go(Destination(Place.HOUSEHOLDS, self.state.chosen.household.id))

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _put_rows_back(self) -> None:
        """The grid as it was left, unless somebody began it anew meanwhile."""
        left = self.drafts.rows
        if left and not self.rows.begun:
            self.rows.grid.show(left)

    def _sheet(self, household: str) -> HouseholdSheet:
        """Runs in the worker's thread."""
        with self._work.store.reading() as desk:
            return household_sheet(desk, household_id(household))

    def _chosen(self, sheet: HouseholdSheet) -> None:
        today, household = self.today(), sheet.household
        line = household_line(self._work, household, today)
        head = household.head_on(today)
        usual = next((c.id for c in sheet.in_verification if Month.of(c.warning.received_on) == Month.of(today)), "")
        self._set(
            chosen=Chosen(
                household=household,
                says=f"{line.village}　户主{line.head}（{line.number}）　{line.members}",
                people=tuple((m.person.id, member_words(self._work, m)) for m in present_members(household, today)),
                head=None if head is None else head.id,
                lines=tuple((case.id, self._line(case)) for case in sheet.in_verification),
                usual=usual,
            ),
            known="",
            known_household="",
        )
        self.finder.forget()

    def _line(self, case: Case) -> str:
        warning = case.warning
        label = self._work.pack.channel(warning.channel).label
        return f"与{day(warning.received_on)} {label}（{warning.source}）的一条一起核实"

    def _person(self, form: IntakeForm) -> tuple[str, str]:
        """Sex, birthday, age and what the area code says, or why a number that is complete is none."""
        written = form.id_number.strip()
        if form.person is not None or not written:
            return "", ""
        parsed = parse_id_number(written)
        if parsed.fault is not None:
            complete = len(parsed.number) >= _COMPLETE
            return "", parsed.says if complete else ""
        number = parsed.number
        age = age_on(number, form.received_on or self.today())
        area = area_hint(number)
        hint = f"，号码前6位是{area}" if area else ""
        return f"{SEXES[sex(number)]}，{day(birthday(number))}出生，{age}周岁{hint}", ""

    def _chain(self, received_on: date | None) -> ForecastChain | None:
        if received_on is None or received_on > self.today():
            return None
        return chain_of(forecast(self._work.pack, received_on, self._work.calendar), self._work.calendar, self.today())

    def _look_up(self, typed: str) -> None:
        """Whether the ledger knows the number already."""
        parsed = parse_id_number(typed)
        number = parsed.number if parsed.fault is None else ""
        if number == self._looked_for:
            return
        self._looked_for = number
        self._set(known="", known_household="")
        if number:
            self._runner.run(lambda: self._known(number), lambda known: self._say_known(number, *known))

    def _known(self, number: str) -> tuple[str, str]:
        """Runs in the worker's thread: what the ledger says, and the household that the number belongs to."""
        today = self.today()
        with self._work.store.reading() as desk:
            cases = desk.cases.naming(number)
            households = [
                each
                for each in desk.households.with_person(number)
                if any(person.id_number == number for person in each.members_on(today))
            ]
        household = households[0].id if households else ""
        if not cases:
            return "", household
        last = cases[-1].warning
        label = self._work.pack.channel(last.channel).label
        detail = masked_text(self._work.pack, last.detail)
        return f"台账中已有此人{len(cases)}条，最近一条：{day(last.received_on)}，{label}，{detail}", household

    def _say_known(self, number: str, says: str, household: str) -> None:
        if number == self._looked_for:
            self._set(known=says, known_household=household)

    def _done(self, done: TakenIn, draft: WarningDraft) -> None:
        self._runner.announce(done.changes)
        name = self._name(draft)
        self._looked_for = ""
        self.finder.forget()
        self.state = IntakeState()
        self.changed.emit()
        self.taken.emit(done)
        self._frame.tell(
            Notice(
                tone=Tone.DONE,
                says=f"已登记{name}的预警信息并建立工作台账",
                lines=tuple(finding.says for finding in done.findings),
                action=NoticeAction("办理本条", lambda: self.open_case(done.case)),
            )
        )

    def _name(self, draft: WarningDraft) -> str:
        chosen = self.state.chosen
        if draft.name or chosen is None:
            return draft.name
        person = getattr(draft.house, "person", None)
        member = None if person is None else chosen.household.member(person)
        return "" if member is None else member.person.name

    def _failed(self, failure: Failure) -> bool:
        self._set(busy=False)
        if not isinstance(failure, Refused):
            return False
        self.faulted.emit(failure.findings)
        return True

    def _set(self, **other: object) -> None:
        new = msgspec.structs.replace(self.state, **other)
        if new != self.state:
            self.state = new
            self.changed.emit()


_COMPLETE = 15
"""Characters from which on a number is judged while it is typed; earlier it is only not finished."""
