"""案件办理: one case, its clocks, and the form that it needs next."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.clocks import Deadline, notice_limit, recognition_limit, visit_limit
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.income import IncomeReckoning, reckon_income
from taizhang_casework.domain.machine import StepMark
from taizhang_casework.domain.matching import Proposal, Verdict
from taizhang_casework.domain.national_record import CopyField, national_record
from taizhang_casework.domain.rights import Right
from taizhang_casework.domain.steps import Incomes, Step
from taizhang_casework.services.disclosing import disclose_numbers
from taizhang_casework.services.moving import OWN
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Failure, Refused, Runner, Troubled
from taizhang_desktop.viewmodels.case_deeds import (
    Deed,
    LetterWriter,
    decide_proposal,
    fault_form,
    look,
    own_house,
    print_letter,
    save_form,
)
from taizhang_desktop.viewmodels.case_drafts import CaseDrafts
from taizhang_desktop.viewmodels.case_form import (
    DECIDING_FORMS,
    SAVED,
    CaseForm,
    can_take,
    corrects_decided,
    due_form,
    form_of_step,
    form_title,
    mending_form,
    why_no_step,
)
from taizhang_desktop.viewmodels.case_sheet import CaseSheet
from taizhang_desktop.viewmodels.case_view import CaseView
from taizhang_desktop.viewmodels.files import PDF, FileChooser
from taizhang_desktop.viewmodels.form_drafts import TYPED_SINCE, UNCHECKED, Typed
from taizhang_desktop.viewmodels.intake_find import HouseholdFinder, HouseholdLine
from taizhang_desktop.viewmodels.navigation import Destination, Place, beside, household_from
from taizhang_desktop.viewmodels.notices import Notice, NoticeAction
from taizhang_desktop.viewmodels.permission import why_not
from taizhang_desktop.viewmodels.recycle_bin import Restorer, line_of
from taizhang_desktop.viewmodels.shell import Frame, said
from taizhang_desktop.viewmodels.words import masked_text

AGAIN = "以上提示请核对；情况属实的，再按一次保存即可"
_SHOWN_KINDS = (Kind.CASE, Kind.HOUSEHOLD, Kind.MATCH, Kind.LETTER, Kind.INCOME_LINE)


class CaseModel(QObject):
    """案件办理. ``changed``: ``view`` is another. ``found_fault`` carries a tuple of Finding about the form that was saved.

    ``draft_settled``: ``draft_says`` is another.
    """

    own_household = OWN
    """The answer 改归 has for a household that the office does not know."""

    changed = Signal()
    found_fault = Signal(object)
    draft_settled = Signal()

    def __init__(
        self,
        work: Work,
        runner: Runner,
        frame: Frame,
        chooser: FileChooser,
        write_letter: LetterWriter,
        drafts: CaseDrafts | None = None,
    ) -> None:
        """``write_letter`` draws the letter as PDF; ``drafts`` keeps half-typed forms (hand in the same one after locking)."""
        super().__init__()
        self._work = work
        self._runner = runner
        self._frame = frame
        self._chooser = chooser
        self._write_letter = write_letter
        self.drafts = drafts or CaseDrafts()
        self.drafts.shelf.settled.connect(self.draft_settled)
        self.finder = HouseholdFinder(work, runner, self)
        self._restorer = Restorer(work, runner, frame)
        self._case: CaseId | None = None
        self._seen: tuple[Finding, ...] = ()
        self._announcing = False
        self._returned: CaseForm | None = None
        self.may_not_decide = why_not(work.user, Right.DECIDE)
        self.may_not_unmask = why_not(work.user, Right.UNMASK)
        self.view = CaseView()

    def may_not_save(self, form: CaseForm) -> str:
        """Why the user's role may not save this form; empty where it may."""
        sheet = self.view.sheet
        decides = form in DECIDING_FORMS or (sheet is not None and corrects_decided(form, sheet))
        return self.may_not_decide if decides else ""

    def belongs(self, line: HouseholdLine) -> bool:
        """Whether the warned person is a member of that household now: else it is asked how, where the case is moved there."""
        sheet = self.view.sheet
        return sheet is not None and line.household.has_now(sheet.case.warning.name, sheet.case.warning.id_number)

    @property
    def today(self) -> Callable[[], date]:
        """The office's day."""
        return self._work.clock.today

    def open(self, case: CaseId) -> None:
        """Show a case, with the form begun last, else with the one that it needs next."""
        if case == self._case and self.view.sheet is not None:
            self.refresh()
            return
        self._case = case
        self._seen = ()
        self._show(CaseView(loading=True))
        self._look(case, fresh=True)

    def refresh(self) -> None:
        """Read the case anew; the form stays."""
        if self._case is not None:
            self._look(self._case, fresh=self.view.sheet is None)

    def on_changes(self, changes: Changes) -> None:
        """Read the case anew where somebody else touched what belongs to cases; a form whose saving was taken back is shown again."""
        if not self._announcing and any(changes.touches(kind) for kind in _SHOWN_KINDS):
            self._returned = self.drafts.returned(self._case)
            self.refresh()

    def choose(self, form: CaseForm) -> None:
        """Show another form of the case."""
        self._seen = ()
        self._change(form=form, asking=False)

    def choose_due(self) -> None:
        """Show the form that the case needs next."""
        if self.view.sheet is not None:
            self.choose(due_form(self.view.sheet))

    def choose_step(self, step: Step) -> None:
        """Show a step's form: the current one to be done, a done one to be corrected; of others say why not yet."""
        sheet = self.view.sheet
        if sheet is None:
            return
        mark = sheet.state.mark(step)
        if mark in {StepMark.DONE, StepMark.SKIPPED} or (mark is StepMark.CURRENT and sheet.household is not None):
            self.choose(form_of_step(sheet.state.done.get(step), step))
            return
        self._frame.tell(said(why_no_step(sheet, step), Tone.INFO))
        self.changed.emit()

    def mask(self, text: str) -> str:
        """What was typed in the line that finds households, as it stands there when nobody types."""
        return masked_text(self._work.pack, text)

    def keep(self, typed: Typed) -> None:
        """Keep what is half-typed in the form shown."""
        if self._case is None or self.view.sheet is None:
            return
        self.drafts.keep(self.view.sheet, self.view.form, typed)
        if self.view.asking:
            self._change(asking=False)

    @property
    def typed(self) -> Typed | None:
        """What was half-typed in the form shown, None where nothing was."""
        return None if self._case is None else self.drafts.get(self._case, self.view.form)

    @property
    def draft_says(self) -> str:
        """Whether what is half-typed in the form shown is kept, in words; empty while it is being typed."""
        return "" if self._case is None else self.drafts.says(self._case, self.view.form)

    def leave(self) -> None:
        """The user goes elsewhere: what is half-typed is written now."""
        self.drafts.shelf.flush()

    def give_up(self) -> None:
        """Throw away what is half-typed in the form shown, and go back to what the case needs next."""
        sheet, form, typed = self.view.sheet, self.view.form, self.typed
        if self._case is not None:
            self.drafts.drop(self._case, form)
        self._change(emptied=self.view.emptied + 1)
        self.choose_due()
        if sheet is not None and typed is not None:
            again = NoticeAction("恢复填写", partial(self._type_again, sheet, form, typed))
            says = f"已放弃“{form_title(form, sheet)}”里填写的内容（{sheet.who}）"
            self._frame.tell(Notice(tone=Tone.INFO, says=says, action=again))

    def _type_again(self, sheet: CaseSheet, form: CaseForm, typed: Typed) -> None:
        """What was given up by mistake is half-typed again."""
        self.drafts.keep(sheet, form, typed)
        if sheet.case.id == self._case:
            self._change(emptied=self.view.emptied + 1)
            self.choose(form)
        else:
            self._frame.go(Destination(Place.CASE, sheet.case.id))

    @property
    def can_give_up(self) -> bool:
        """Whether there is something to throw away or to go back from."""
        sheet = self.view.sheet
        return sheet is not None and (self.typed is not None or self.view.form is not due_form(sheet))

    @property
    def half_typed(self) -> tuple[str, ...]:
        """Whose forms would be lost."""
        return self.drafts.names

    def save(self, given: Given, faults: tuple[Finding, ...] = ()) -> None:
        """Write down what the form answers; with ``faults`` of its fields (no day, too long) only say everything that is wrong."""
        sheet, form, seen = self.view.sheet, self.view.form, self._seen
        if sheet is None or self.view.busy or self.view.locked:
            return
        if self.drafts.stale(sheet, form):
            self.found_fault.emit((UNCHECKED,))
        elif faults:
            self._do(lambda: fault_form(self._work, sheet, form, given, faults), form)
        else:
            self._do(lambda: save_form(self._work, sheet, form, given, seen), form)

    def take_own_household(self) -> None:
        """本人为户主，建立新户."""
        case = self._case
        if case is not None and not self.view.busy:
            self._do(lambda: own_house(self._work, case), CaseForm.MEMBER)

    def decide(self, proposal: Proposal, verdict: Verdict) -> None:
        """Keep the user's decision on a proposal."""
        case = self._case
        if case is not None and not self.view.busy:
            self._do(lambda: decide_proposal(self._work, case, proposal, verdict), None)

    def print_letter(self, copies: int | None = 1) -> None:
        """Ask for a file and draw the letter into it; ``copies`` is how many are printed of it (None: not a number)."""
        sheet = self.view.sheet
        if sheet is None or sheet.letter is None:
            return
        name = f"告知书{sheet.letter.notice.number}.pdf"
        self._chooser.save("保存告知书", name, PDF, lambda path: self._print(path, copies or 0))

    def unmask(self) -> None:
        """Show id numbers in full, once that is taken down."""
        self.unmask_and(lambda: None)

    def unmask_and(self, then: Callable[[], None]) -> None:
        """The same, and then what needs them in sight."""
        case = self._case
        if case is None or self.view.unmasked:
            return

        def shown(_changes: Changes) -> None:
            if case == self._case:
                self._change(unmasked=True)
                then()

        self._runner.run(lambda: disclose_numbers(self._work, case), shown)

    def go_monitored(self) -> None:
        """Go to what is done for the household as 监测对象."""
        if self.view.sheet is not None and self.view.sheet.household is not None:
            self._frame.go(Destination(Place.MONITORED, self.view.sheet.household.id))

    def go_household(self) -> None:
        """Go to the household and its members; there is a way back."""
        sheet = self.view.sheet
        if sheet is not None and sheet.household is not None:
            self._frame.go(household_from(sheet.household.id, sheet.case.id))

    def go_together(self) -> None:
        """Go to where it is worked in one go with others of its village."""
        if self._case is not None:
            self._frame.go(beside(self._case))

    def go_today(self) -> None:
        """Go to what is to be done next."""
        self._frame.go(Destination(Place.TODAY))

    def visit_is_late(self, visited_on: date | None) -> bool:
        """Whether a visit on that day is over its clock and asks for a reason."""
        sheet = self.view.sheet
        if sheet is None or visited_on is None:
            return False
        return visited_on > visit_limit(sheet.pack, sheet.case.warning.received_on, self._work.calendar).due

    def notice_limit(self, posted_on: date) -> Deadline | None:
        """The day on which a notice posted then has hung its days, and why."""
        sheet = self.view.sheet
        if sheet is None:
            return None
        return notice_limit(sheet.pack, posted_on, self._work.calendar)

    def overruns(self, ended_on: date | None) -> bool:
        """Whether a notice that ends on that day is over the 15 days of 认定 and asks for a reason."""
        sheet = self.view.sheet
        visit = None if sheet is None else sheet.state.home_visit
        if sheet is None or visit is None or ended_on is None:
            return False
        return ended_on > recognition_limit(sheet.pack, visit.visited_on, self._work.calendar).due

    def reckoned(self, incomes: Incomes, heads: int, visited_on: date | None) -> IncomeReckoning:
        """人均收入 of these incomes with its arithmetic, beside the line in force on the day of the visit; information only."""
        sheet = self.view.sheet
        return reckon_income(incomes, heads, None if sheet is None else sheet.line_on(visited_on))

    def go_income_lines(self) -> None:
        """Go to where income lines are entered; there is a way back."""
        if self._case is not None:
            self._frame.go(Destination(Place.INCOME_LINES, self._case))

    def national_record(self) -> tuple[CopyField, ...]:
        """What is keyed into the national system, field by field; empty before the household is known."""
        sheet = self.view.sheet
        if sheet is None or sheet.household is None:
            return ()
        village = sheet.line.village
        return national_record(sheet.household, sheet.state, sheet.pack, village=village, on=sheet.today)

    def mending(self, finding: Finding) -> CaseForm | None:
        """The form in which a thing that the closing check misses is mended."""
        sheet = self.view.sheet
        return None if sheet is None else mending_form(finding, sheet)

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _print(self, path: Path, copies: int) -> None:
        sheet = self.view.sheet
        if sheet is None or sheet.letter is None or self.view.busy:
            return
        letter, case = sheet.letter, sheet.case.id
        typed = self.drafts.get(case, CaseForm.PRINTING)
        self._change(busy=True)
        self._runner.run_long(
            "生成告知书",
            lambda _report: print_letter(self._work, letter, path, self._write_letter, copies),
            lambda deed: self._done(case, (CaseForm.PRINTING, typed), deed, f"告知书已保存到 {path}"),
            self._unmade,
        )

    def _do(self, deed: Callable[[], Deed], form: CaseForm | None) -> None:
        case = self._case
        if case is None:
            return
        self._change(busy=True)
        words = "已记下您的决定" if form is None else SAVED.get(form, f"{self.view.title}已保存")
        saved = None if form is None else (form, self.drafts.get(case, form))
        self._runner.run(
            deed,
            lambda done: self._done(case, saved, done, words),
            self._unmade if form is None else lambda failure: self._failed(case, failure),
        )

    def _done(self, case: CaseId, saved: tuple[CaseForm, Typed | None] | None, deed: Deed, words: str) -> None:
        """``saved``: the form with what was half-typed in it when it was handed in; what was typed since stays half-typed."""
        if deed.changes is None:
            self._ask(case, deed.notes)
            return
        form, handed_in = saved or (None, None)
        now = None if form is None else self.drafts.get(case, form)
        more = now is not None and now != handed_in
        if form is not None:
            self.drafts.hand_in(case, form, deed.changes, typed_since=more)
        if form is CaseForm.DISCARDING:
            self._discarded(case, deed.changes)
            return
        if case == self._case and deed.sheet is not None:
            self._seen = ()
            stays = form is None and self.view.form is not CaseForm.MEMBER and due_form(deed.sheet) is self._awaited
            stays = stays or (more and self.view.form is form)
            if more and form is not None:
                self.drafts.check(deed.sheet, form)
            self._change(
                sheet=deed.sheet, form=self.view.form if stays else due_form(deed.sheet), busy=False, asking=False
            )
        self._frame.tell(said(f"{words}；{TYPED_SINCE}" if more else words, Tone.SOON if more else Tone.DONE))
        self._announcing = True
        try:
            self._runner.announce(deed.changes)
        finally:
            self._announcing = False

    @property
    def _awaited(self) -> CaseForm | None:
        return None if self.view.sheet is None else due_form(self.view.sheet)

    def _discarded(self, case: CaseId, changes: Changes) -> None:
        """Leave the case; what was half-typed in its other forms waits for its coming back."""
        shown = self.view.sheet if case == self._case else None
        who = "" if shown is None else shown.who
        if shown is not None:
            self._case = None
            self._show(CaseView())
        self._runner.announce(changes)
        undo = NoticeAction("撤销", lambda: self._restorer.restore(case, who, lambda: self._go_back(case)))
        self._frame.tell(Notice(tone=Tone.DONE, says=f"{line_of(who)}已移到回收站", action=undo))
        if shown is not None:
            self._frame.go(Destination(Place.LEDGER))

    def _go_back(self, case: CaseId) -> None:
        self._frame.go(Destination(Place.CASE, case))

    def _ask(self, case: CaseId, notes: tuple[Finding, ...]) -> None:
        if case == self._case:
            self._seen = notes
            self._change(busy=False, asking=True)
            self.found_fault.emit(notes)

    def _unmade(self, _failure: Failure) -> bool:
        """No form stands there that could say it: the window does."""
        self._change(busy=False)
        return False

    def _failed(self, case: CaseId, failure: Failure) -> bool:
        if case != self._case:
            return False
        self._change(busy=False)
        if not isinstance(failure, Refused):
            return False
        self.found_fault.emit(failure.findings)
        return True

    def _look(self, case: CaseId, *, fresh: bool) -> None:
        self._runner.run(
            lambda: look(self._work, case),
            lambda sheet: self._looked(case, sheet, fresh=fresh),
            lambda failure: self._unread(case, failure),
        )

    def _looked(self, case: CaseId, sheet: CaseSheet | None, *, fresh: bool) -> None:
        if case != self._case:
            return
        again, self._returned = self._returned, None
        if sheet is None:
            self._show(CaseView(gone=True))
        elif fresh or self.view.sheet is None:
            self._show(CaseView(sheet=sheet, form=self._begin_with(sheet)))
        else:
            untouched = self.typed is None and self.view.form is due_form(self.view.sheet)
            form = due_form(sheet) if untouched else self.view.form
            form = again if again is not None and can_take(again, sheet) else form
            drawn = self.view.emptied + (form is again)
            self._change(sheet=sheet, form=form, emptied=drawn, trouble=None)

    def _begin_with(self, sheet: CaseSheet) -> CaseForm:
        """The form begun last, where the case can still take it; else the one that is due."""
        begun = self.drafts.newest_of(sheet.case.id)
        return begun if begun is not None and can_take(begun, sheet) else due_form(sheet)

    def _unread(self, case: CaseId, failure: Failure) -> bool:
        if case != self._case or not isinstance(failure, Troubled):
            return False
        self._show(CaseView(trouble=failure))
        return True

    def _change(self, **parts: object) -> None:
        self._show(msgspec.structs.replace(self.view, **parts))

    def _show(self, view: CaseView) -> None:
        if view != self.view:
            self.view = view
            self.changed.emit()
