"""监测对象: the list with its next visits, and of one household what was done and the form that is open."""

from collections.abc import Callable
from datetime import date

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.monitoring import ClearingStep, MonitoringStanding
from taizhang_casework.domain.monitoring_answers import MonitoringForm
from taizhang_casework.domain.people import HouseholdId
from taizhang_casework.domain.rights import Right
from taizhang_casework.services.monitoring import (
    DECIDED_AT,
    MonitoredLine,
    MonitoredSheet,
    answer_monitoring,
    check_monitoring_answers,
    listing,
    sheet_of,
)
from taizhang_casework.services.verification import Recorded, Unsure
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Failure, Refused, Runner, Troubled
from taizhang_desktop.viewmodels.after_deed import Done, done_and_looked_at
from taizhang_desktop.viewmodels.drafts import DraftShelf
from taizhang_desktop.viewmodels.form_drafts import TYPED_SINCE, UNCHECKED, Typed
from taizhang_desktop.viewmodels.monitoring_drafts import MonitoringDrafts, Open, kept_entry, mending_entry
from taizhang_desktop.viewmodels.monitoring_words import TITLES
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_desktop.viewmodels.permission import why_not
from taizhang_desktop.viewmodels.shell import Frame, said

_TOUCHING = (Kind.MONITORED_HOUSEHOLD, Kind.HOUSEHOLD)


class MonitoringView(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows. ``sheet`` is the household that is looked at, None for the list.

    ``form`` is open over it, ``number`` that of the measure or visit that is corrected (0: a new one). ``asking``: the rules had
    notes, and saving again writes it as it is.
    """

    lines: tuple[MonitoredLine, ...] = ()
    loaded: bool = False
    sheet: MonitoredSheet | None = None
    form: MonitoringForm | None = None
    number: int = 0
    busy: bool = False
    asking: bool = False
    trouble: Troubled | None = None

    @property
    def answers(self) -> Given:
        """What stands in the form when it is opened."""
        if self.sheet is None or self.form is None:
            return {}
        if self.form is MonitoringForm.CLEARING_STEP and self.sheet.line.next_step is not None:
            return {"step": self.sheet.line.next_step.value}
        kept = kept_entry(self.sheet, (self.form, self.number))
        names: tuple[str, ...] = getattr(kept, "__struct_fields__", ())
        return {name: getattr(kept, name) for name in names if name != "number"}


class MonitoringModel(QObject):
    """监测对象. ``changed``: ``view`` is another. ``found_fault`` carries a tuple of Finding about the form that was saved.

    ``draft_settled``: what is said of what is half-typed is another.
    """

    changed = Signal()
    found_fault = Signal(object)
    draft_settled = Signal()

    def __init__(self, work: Work, runner: Runner, frame: Frame, shelf: DraftShelf | None = None) -> None:
        """Nothing is read yet; ``shelf`` keeps what is half-typed."""
        super().__init__()
        self._work = work
        self._runner = runner
        self._frame = frame
        self._household: HouseholdId | None = None
        self._fresh = False
        self.drafts = MonitoringDrafts(shelf)
        self.drafts.shelf.settled.connect(self.draft_settled)
        self.drafts.shelf.read.connect(self._go_on)
        self._seen: tuple[Finding, ...] = ()
        self.pack = work.pack
        self.may_not_decide = why_not(work.user, Right.DECIDE)
        self.view = MonitoringView()

    @property
    def today(self) -> Callable[[], date]:
        """The office's day."""
        return self._work.clock.today

    @property
    def overdue(self) -> int:
        """How many households should have been visited before today."""
        today = self._work.clock.today()
        return sum(line.next_visit is not None and line.next_visit < today for line in self.view.lines)

    def village(self, line: MonitoredLine) -> str:
        """The village's name."""
        return self._work.divisions.village_name(line.village_code)

    def refresh(self) -> None:
        """Read anew what is shown."""
        self._runner.run(self._read, self._show_read, self._unread)

    def on_changes(self, changes: Changes) -> None:
        """Read anew where somebody else touched it; a form whose saving was taken back is shown again."""
        if self.drafts.returned(self._household):
            self._fresh = True
            self._change(form=None, number=0, asking=False)
        if self.view.loaded and not self.view.busy and any(changes.touches(kind) for kind in _TOUCHING):
            self.refresh()

    def open(self, household: str) -> None:
        """Look at one household, with the form that was half-typed last."""
        self._household = HouseholdId(household)
        self._fresh = True
        self._change(form=None, number=0, asking=False)
        self.refresh()

    def back(self) -> None:
        """Close the form, half-typed as it is, or go from the household back to the list."""
        self._seen = ()
        self._fresh = False
        self.drafts.shelf.flush()
        if self.view.form is not None:
            self._change(form=None, number=0, asking=False)
            return
        self._household = None
        self._change(sheet=None)

    def give_up(self) -> None:
        """Throw away what is half-typed in the form, and close it."""
        sheet, form = self.view.sheet, self.form
        if sheet is not None and form is not None:
            self.drafts.drop(sheet.line.household, form)
            self.back()

    def reckoned(self, visited_on: date | None) -> tuple[str, ...]:
        """人均收入 as the newest 入户核实 found it, beside the line of the day (of today while none is written); information only."""
        sheet = self.view.sheet
        return () if sheet is None or sheet.income is None else sheet.income.says(visited_on or sheet.today)

    @property
    def form(self) -> Open | None:
        """The form that is open, with the number of what it corrects."""
        return None if self.view.form is None else (self.view.form, self.view.number)

    @property
    def typed(self) -> Typed | None:
        """What was half-typed in the form that is open, None where nothing was."""
        sheet, form = self.view.sheet, self.form
        return None if sheet is None or form is None else self.drafts.get(sheet.line.household, form)

    @property
    def draft_says(self) -> str:
        """Whether what is half-typed in the form is kept, in words; empty while it is being typed."""
        sheet, form = self.view.sheet, self.form
        return "" if sheet is None or form is None else self.drafts.says(sheet.line.household, form)

    def open_case(self) -> None:
        """Go to the case by which the household was recognised."""
        if self.view.sheet is not None:
            self._frame.go(Destination(Place.CASE, self.view.sheet.state.recognised.case))

    def choose(self, form: MonitoringForm, number: int = 0) -> None:
        """Open a form; ``number`` is that of what is corrected."""
        self._seen = ()
        self._change(form=form, number=number, asking=False)

    def choose_clearing(self) -> None:
        """Open the form of the next step of 风险消除."""
        sheet = self.view.sheet
        if sheet is not None and sheet.line.next_step is not None:
            first = sheet.line.next_step is ClearingStep.HOME_VISIT
            self.choose(MonitoringForm.CLEARING_VISIT if first else MonitoringForm.CLEARING_STEP)

    def may_not_clear(self) -> str:
        """Why the user's role may not do the next step of 风险消除; empty where it may."""
        sheet = self.view.sheet
        return self.may_not_decide if sheet is not None and sheet.line.next_step in DECIDED_AT else ""

    @property
    def can_roll_back(self) -> bool:
        """Whether there is anything to roll back."""
        return self.view.sheet is not None and self.view.sheet.line.standing in {
            MonitoringStanding.CLEARING,
            MonitoringStanding.CLEARED,
        }

    def save(self, given: Given, faults: tuple[Finding, ...] = ()) -> None:
        """Write down what the form answers; with ``faults`` of its fields only say everything that is wrong."""
        view = self.view
        sheet, form, number, seen = view.sheet, view.form, view.number, self._seen
        if sheet is None or form is None or view.busy:
            return
        if self.drafts.stale(sheet, (form, number)):
            self.found_fault.emit((UNCHECKED,))
            return
        key = sheet.monitored.id
        typed = self.typed

        def write() -> Recorded | Unsure:
            if faults:
                fields = {fault.field for fault in faults}
                found = check_monitoring_answers(self._work, key, form, given, number=number).findings
                raise NotAccepted((*faults, *(each for each in found if each.field not in fields)))
            return answer_monitoring(self._work, key, form, given, number=number, seen=seen)

        self._change(busy=True)
        self._runner.run(
            lambda: done_and_looked_at(write, self._read),
            lambda done: self._saved(sheet.line.household, (form, number), typed, done),
            self._failed,
        )

    def keep(self, typed: Typed) -> None:
        """The form was edited: keep what is typed; notes that were shown hold no more."""
        sheet, form = self.view.sheet, self.form
        if sheet is not None and form is not None:
            self.drafts.keep(sheet, form, typed)
        if self.view.asking:
            self._seen = ()
            self._change(asking=False)

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _read(self) -> tuple[tuple[MonitoredLine, ...], MonitoredSheet | None]:
        household = self._household
        with self._work.store.reading() as desk:
            return (
                listing(self._work, desk),
                None if household is None else sheet_of(self._work, desk, household),
            )

    def _show_read(self, found: tuple[tuple[MonitoredLine, ...], MonitoredSheet | None]) -> None:
        lines, sheet = found
        kept = sheet if sheet is not None and sheet.line.household == self._household else None
        self._change(lines=lines, sheet=kept, loaded=True, trouble=None)
        if kept is not None:
            self._go_on()

    def _go_on(self) -> None:
        """Open the form that was half-typed last, where the household was just gone to."""
        sheet = self.view.sheet
        begun = None if sheet is None or not self._fresh else self.drafts.newest_of(sheet)
        if self.view.form is None and begun is not None:
            self._fresh = False
            self.choose(*begun)

    def _saved(
        self,
        household: HouseholdId,
        form: Open,
        typed: Typed | None,
        done: Done[Recorded | Unsure, tuple[tuple[MonitoredLine, ...], MonitoredSheet | None]],
    ) -> None:
        deed = done.deed
        if isinstance(deed, Unsure):
            self._seen = deed.notes
            self._change(busy=False, asking=True)
            self.found_fault.emit(deed.notes)
            return
        self._seen = ()
        self._fresh = False
        now = self.drafts.get(household, form)
        more = now is not None and now != typed
        sheet = None if done.found is None else done.found[1]
        self.drafts.hand_in(household, form, deed.changes, typed_since=more)
        self._change(form=None, number=0, asking=False)
        if done.found is not None:
            self._show_read(done.found)
        if now is not None and more and sheet is not None and sheet.line.household == household == self._household:
            mending = mending_entry(sheet, form)
            self.drafts.drop(household, form)
            self.drafts.keep(sheet, mending, now)
            if not self.drafts.useless(sheet):
                self.choose(*mending)
        words = f"{TITLES[form[0]]}已登记"
        self._frame.tell(said(f"{words}；{TYPED_SINCE}" if more else words, Tone.SOON if more else Tone.DONE))
        self._runner.announce(deed.changes)
        self._change(busy=False)

    def _failed(self, failure: Failure) -> bool:
        self._change(busy=False)
        if not isinstance(failure, Refused):
            return False
        self.found_fault.emit(failure.findings)
        return True

    def _unread(self, failure: Failure) -> bool:
        if not isinstance(failure, Troubled):
            return False
        self._change(trouble=failure)
        return True

    def _change(self, **parts: object) -> None:
        view = msgspec.structs.replace(self.view, **parts)
        if view != self.view:
            self.view = view
            self.changed.emit()
