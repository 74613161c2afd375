"""一起办理: one village's visits, one meeting, one notice, one set of letters, for several households in one go (一（三）1)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.answers import Answer, Given
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.clocks import Deadline, notice_limit
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.letter_check import check_copies
from taizhang_casework.services.batch import OfHousehold
from taizhang_casework.services.work import Work

from taizhang_desktop.tasks import Failure, Refused, Runner, Troubled
from taizhang_desktop.viewmodels.batch_deeds import (
    BatchDone,
    Found,
    LettersWriter,
    best_deed,
    draft_letters,
    find,
    look_at,
    only_say,
    print_letters,
    write_together,
)
from taizhang_desktop.viewmodels.batch_drafts import BatchDrafts
from taizhang_desktop.viewmodels.batch_sheet import DEED_WORDS, BatchDeed, BatchLine, BatchSheet
from taizhang_desktop.viewmodels.batch_view import BatchView
from taizhang_desktop.viewmodels.drafts import DraftShelf
from taizhang_desktop.viewmodels.files import PDF, FileChooser
from taizhang_desktop.viewmodels.form_drafts import UNCHECKED, Typed
from taizhang_desktop.viewmodels.navigation import BatchTarget, Destination, Place, papers_of
from taizhang_desktop.viewmodels.shell import Frame, said

_SHOWN_KINDS = (Kind.CASE, Kind.HOUSEHOLD, Kind.MATCH, Kind.LETTER)
_OF_THE_LATE = {BatchDeed.HOME_VISIT: "late_reason", BatchDeed.PUBLIC_NOTICE: "overrun_reason"}
"""Asked once, written only where it is late."""


class BatchModel(QObject):
    """一起办理. ``changed``: ``view`` is another; ``found_fault``: the rules said something anew.

    ``draft_settled``: what is said of what is half-typed is another.
    """

    changed = Signal()
    found_fault = Signal()
    draft_settled = Signal()

    def __init__(
        self,
        work: Work,
        runner: Runner,
        frame: Frame,
        chooser: FileChooser,
        write_letters: LettersWriter,
        shelf: DraftShelf | None = None,
    ) -> None:
        """``write_letters`` draws several letters into one PDF; ``shelf`` keeps what is half-typed."""
        super().__init__()
        self._work = work
        self._runner = runner
        self._frame = frame
        self._chooser = chooser
        self._write_letters = write_letters
        self._target = BatchTarget()
        self._announcing = False
        self.drafts = BatchDrafts(shelf)
        self.drafts.shelf.settled.connect(self.draft_settled)
        self.view = BatchView()

    @property
    def today(self) -> Callable[[], date]:
        """The office's day."""
        return self._work.clock.today

    def open(self, target: str) -> None:
        """Show the households that a destination of ``navigation.together`` or ``beside`` names. What is half-typed stays."""
        asked = self._target = BatchTarget.of(target)
        self._show(BatchView(loading=True, emptied=self.view.emptied))
        self._runner.run(lambda: find(self._work, asked), self._found, self._unread)

    def refresh(self) -> None:
        """Read the households anew; the deed and what is typed stay."""
        sheet = self.view.sheet
        if sheet is None:
            if self._target.text:
                self.open(self._target.text)
            return
        ids = [line.case for line in sheet.lines]
        self._runner.run(lambda: look_at(self._work, ids), self._looked, self._unread)

    def on_changes(self, changes: Changes) -> None:
        """Read anew where somebody else touched what belongs to cases; answers whose writing was taken back are shown again."""
        again = self.drafts.returned
        if again is not None and self.view.sheet is not None:
            self._change(deed=again, said=(), rest="", asking=False, emptied=self.view.emptied + 1)
        if not self._announcing and any(changes.touches(kind) for kind in _SHOWN_KINDS):
            self.refresh()

    def choose_deed(self, deed: BatchDeed) -> None:
        """Do something else for the same households."""
        if deed is not self.view.deed and not self.view.busy:
            self._change(deed=deed, said=(), rest="", asking=False)

    def tick(self, case: CaseId, *, wanted: bool) -> None:
        """Take a household along or not."""
        ticked = self.view.ticked | {case} if wanted else self.view.ticked - {case}
        self._change(ticked=ticked, asking=False)

    def tick_all(self, *, wanted: bool) -> None:
        """Take all along that can take the deed, or none."""
        able = {line.case for line in self.view.lines}
        self._change(ticked=self.view.ticked | able if wanted else self.view.ticked - able, asking=False)

    def leave_out(self) -> None:
        """Leave out those that cannot take the deed."""
        self._change(ticked=self.view.ticked - {line.case for line in self.view.unable}, rest="")

    @property
    def typed(self) -> Typed | None:
        """What was half-typed in the shared answers, None where nothing was."""
        return self.drafts.shared(self.view.deed)

    def typed_of(self, case: CaseId) -> Mapping[str, str]:
        """What was half-typed of one household, by field."""
        return self.drafts.own(self.view.deed, case)

    def keep(self, typed: Typed) -> None:
        """Keep what is half-typed in the shared answers."""
        self.drafts.keep(self.view, typed, self._target.text, self.today())
        self._change(asking=False)

    def keep_own(self, case: CaseId, typed: Mapping[str, str]) -> None:
        """Keep what is half-typed of one household."""
        self.drafts.keep_own(self.view, case, typed, self._target.text, self.today())
        self._change(asking=False)

    @property
    def stale(self) -> tuple[str, ...]:
        """What changed since it was half-typed, a line each; nothing is written before :meth:`check_draft`."""
        return self.drafts.stale(self.view, self.today())

    def check_draft(self) -> None:
        """The user has seen what changed, and goes on with what is typed."""
        self.drafts.check(self.view, self.today())
        self._change(rest="")
        self.draft_settled.emit()

    def give_up(self) -> None:
        """Throw away what is half-typed for the deed."""
        self.drafts.drop(self.view.deed)
        self._change(said=(), rest="", asking=False, emptied=self.view.emptied + 1)

    @property
    def half_typed(self) -> tuple[str, ...]:
        """For which deeds something would be lost."""
        return self.drafts.names

    @property
    def first_answers(self) -> Given:
        """What is known before the clerk types it; no day is ever proposed."""
        if self.view.sheet is None:
            return {}
        known = self.view.sheet.known
        review = known.review
        match self.view.deed:
            case BatchDeed.HOME_VISIT:
                return {"visitors": known.visitors}
            case BatchDeed.PUBLIC_NOTICE:
                return _posted_before(self.view) or {"place": known.place}
            case BatchDeed.NOTICE_POSTED:
                return {"place": known.place}
            case BatchDeed.LETTERS:
                return {"contact": known.contact, "copies": 2}
        if review is None:
            return {}
        return {
            "form": review.form.value,
            "expected": review.expected,
            "host": review.host,
            "recorder": review.recorder,
        }

    def late(self, day: Answer) -> tuple[BatchLine, ...]:
        """Those that are late when it is done, or ends, on that day."""
        if not isinstance(day, date):
            return ()
        visits = self.view.deed is BatchDeed.HOME_VISIT
        due = {line.case: line.visit_due if visits else line.recognised_by for line in self.view.chosen}
        return tuple(line for line in self.view.chosen if (limit := due[line.case]) is not None and day > limit)

    def notice_limit(self, posted_on: date) -> Deadline | None:
        """The day on which a notice posted then has hung its days, and why."""
        sheet = self.view.sheet
        if sheet is None:
            return None
        return notice_limit(sheet.pack, posted_on, self._work.calendar)

    def save(
        self,
        shared: Given,
        own: Mapping[CaseId, Given],
        faults: tuple[Finding, ...] = (),
        own_faults: Mapping[CaseId, tuple[Finding, ...]] | None = None,
    ) -> None:
        """Write it for all that are chosen, or none; with faults of the fields only say everything that is wrong."""
        view, sheet = self.view, self.view.sheet
        if sheet is None or view.busy or not self._ready():
            return
        deed, kind, cases = view.deed, view.deed.record, [line.case for line in view.chosen]
        answers = self._answers(shared, own)
        unread = {case: found for case, found in (own_faults or {}).items() if case in answers and found}
        if faults or unread:
            self._do(lambda: only_say(self._work, kind, answers, faults, unread))
        elif kind is not None:
            seen = view.said if view.asking else ()
            self._do(
                lambda: write_together(self._work, sheet, kind, answers, seen),
                self._written,
                f"{DEED_WORDS[deed]}已写入{len(cases)}户",
            )
        elif bad := check_copies(_copies(shared)):
            self._do(lambda: only_say(self._work, kind, answers, bad, unread))
        else:
            self._letters(sheet, cases, shared)

    def go_back(self) -> None:
        """Back to the ledger, or to the case from which one came."""
        case = self._target.beside
        self._frame.go(Destination(Place.LEDGER) if case is None else Destination(Place.CASE, case))

    def go_papers(self) -> None:
        """Go to the papers of the households that are shown."""
        sheet = self.view.sheet
        if sheet is not None and sheet.lines:
            self._frame.go(papers_of(tuple(line.case for line in sheet.lines)))

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _ready(self) -> bool:
        unable = self.view.unable
        rest = UNCHECKED.says if self.stale else ""
        if unable:
            rest = f"有{len(unable)}户不能一起办理，请看上面的原因，先点“不办这{len(unable)}户”"
        elif not rest and not self.view.chosen:
            rest = "还没有选择要办理的户，请在姓名前打勾"
        if rest:
            self._change(rest=rest, said=(), asking=False)
            self.found_fault.emit()
        return not rest

    def _answers(self, shared: Given, own: Mapping[CaseId, Given]) -> dict[CaseId, Given]:
        """The answers of each household; what is asked of the late is written only there."""
        reason = _OF_THE_LATE.get(self.view.deed, "")
        day = shared.get("visited_on" if self.view.deed is BatchDeed.HOME_VISIT else "ended_on")
        late = {line.case for line in self.late(day)}
        in_time = {name: answer for name, answer in shared.items() if name != reason}
        return {
            line.case: {**(shared if line.case in late else in_time), **own.get(line.case, {})}
            for line in self.view.chosen
        }

    def _letters(self, sheet: BatchSheet, cases: Sequence[CaseId], shared: Given) -> None:
        contact, count = shared.get("contact"), _copies(shared)
        drafted = {letter.case for letter in self.view.waiting}
        fresh = [case for case in cases if case not in drafted]
        if not fresh:
            self._ask_for_file(count)
            return
        self._do(
            lambda: draft_letters(self._work, sheet, fresh, contact if isinstance(contact, str) else ""),
            lambda _: self._ask_for_file(count),
        )

    def _ask_for_file(self, copies: int) -> None:
        letters = self.view.waiting
        if letters:
            first = letters[0].notice.number
            name = f"告知书{first}.pdf" if len(letters) == 1 else f"告知书{first}等{len(letters)}份.pdf"
            self._chooser.save("保存告知书", name, PDF, lambda path: self._print(letters, path, copies))

    def _print(self, letters: tuple[Letter, ...], path: Path, copies: int) -> None:
        sheet = self.view.sheet
        if sheet is None or self.view.busy:
            return
        target, words = self._target, f"{len(letters)}份告知书已保存到 {path}"
        self._change(busy=True)
        self._runner.run_long(
            "正在生成告知书",
            lambda _report: print_letters(self._work, sheet, letters, path, self._write_letters, copies),
            lambda done: self._done(target, done, self._written, words),
            lambda failure: self._failed(target, failure),
        )

    def _written(self, changes: Changes) -> None:
        """What was typed is done with; go on with what most can take next."""
        self.drafts.hand_in(self.view.deed, changes)
        sheet, deed = self.view.sheet, self.view.deed
        following = deed if sheet is None else best_deed(sheet, self.view.ticked, deed)
        self._change(deed=following, emptied=self.view.emptied + 1)

    def _do(
        self, deed: Callable[[], BatchDone], then: Callable[[Changes], None] = lambda _: None, words: str = ""
    ) -> None:
        target = self._target
        self._change(busy=True, rest="")
        self._runner.run(
            deed,
            lambda done: self._done(target, done, then, words),
            lambda failure: self._failed(target, failure),
        )

    def _done(self, target: BatchTarget, done: BatchDone, then: Callable[[Changes], None], words: str) -> None:
        """Show what became of it, unless other households are shown by now; what was written is told all the same."""
        here = target == self._target
        if done.changes is None:
            if here:
                asking = not any(each.blocks for each in done.said)
                self._change(busy=False, said=done.said, asking=asking)
                self.found_fault.emit()
            return
        if here:
            self._change(busy=False, said=(), asking=False, sheet=done.sheet)
        if words:
            self._frame.tell(said(words))
        self._announcing = here
        try:
            self._runner.announce(done.changes)
        finally:
            self._announcing = False
        if here:
            then(done.changes)

    def _failed(self, target: BatchTarget, failure: Failure) -> bool:
        if target != self._target:
            return False
        self._change(busy=False)
        if not isinstance(failure, Refused):
            return False
        every = tuple(OfHousehold(case=line.case, findings=failure.findings) for line in self.view.chosen)
        self._change(said=every, asking=False)
        self.found_fault.emit()
        return True

    def _found(self, found: Found) -> None:
        sheet = found.sheet
        if sheet is None:
            self._show(BatchView(emptied=self.view.emptied))
            return
        ticked = frozenset(line.case for line in sheet.lines if line.case in found.asked)
        deed = self.drafts.begun_with(self._target.text) or best_deed(sheet, ticked, self.view.deed)
        ticked |= self.drafts.chosen(deed) & frozenset(line.case for line in sheet.lines)
        self._show(BatchView(sheet=sheet, deed=deed, ticked=ticked, emptied=self.view.emptied))

    def _looked(self, sheet: BatchSheet | None) -> None:
        self._change(sheet=sheet, trouble=None)

    def _unread(self, failure: Failure) -> bool:
        if not isinstance(failure, Troubled):
            return False
        self._change(loading=False, trouble=failure)
        return True

    def _change(self, **parts: object) -> None:
        self._show(msgspec.structs.replace(self.view, **parts))

    def _show(self, view: BatchView) -> None:
        if view != self.view:
            self.view = view
            self.changed.emit()


def _posted_before(view: BatchView) -> Given:
    """Where one notice hangs for all that are chosen: its day and place; empty where they differ."""
    hanging = {line.hanging for line in view.chosen}
    notice = next(iter(hanging)) if len(hanging) == 1 else None
    return {} if notice is None else {"posted_on": notice.posted_on, "place": notice.place}


def _copies(shared: Given) -> int:
    copies = shared.get("copies")
    return copies if isinstance(copies, int) else 0
