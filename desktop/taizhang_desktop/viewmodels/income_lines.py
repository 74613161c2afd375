"""收入线: the lines that were entered, and the form that enters another."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.income import IncomeLine, IncomeLineId
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.rights import Right
from taizhang_casework.services.income_lines import check_line, enter_line, income_lines, line_areas, remove_line
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Failure, Refused, Runner, Troubled
from taizhang_desktop.viewmodels.drafts import DraftShelf
from taizhang_desktop.viewmodels.form_drafts import FormDraft, FormDrafts, Typed, names_of
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_desktop.viewmodels.notices import Notice, NoticeAction
from taizhang_desktop.viewmodels.permission import why_not
from taizhang_desktop.viewmodels.shell import Frame

DRAFT = "income"
"""Begins the key of the half-typed line: there is one."""
TITLE = "录入收入线"


class IncomeState(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows. ``case`` is the one to go back to; ``emptied`` counts how often the form was emptied."""

    lines: tuple[IncomeLine, ...] = ()
    loaded: bool = False
    busy: bool = False
    case: CaseId | None = None
    emptied: int = 0
    trouble: Troubled | None = None


class IncomeLinesModel(QObject):
    """收入线. ``changed``: ``state`` is another. ``found_fault`` carries a tuple of Finding about the form."""

    changed = Signal()
    found_fault = Signal(object)
    draft_settled = Signal()

    def __init__(
        self, work: Work, runner: Runner, frame: Frame, town: OfficeId, shelf: DraftShelf | None = None
    ) -> None:
        """``town`` is whose desk it is: a line holds in its whole district, or in this town alone."""
        super().__init__()
        self._work = work
        self._runner = runner
        self._frame = frame
        self._drafts = FormDrafts(DRAFT, shelf)
        self._drafts.shelf.settled.connect(self.draft_settled)
        self.today = work.clock.today
        places, district = line_areas(work), work.pack.district.code
        self.areas = tuple((code, name) for code, name in places.items() if code in {district, town})
        self.may_not_set = why_not(work.user, Right.SET_INCOME_LINE)
        self.state = IncomeState()

    def come_from(self, case: str) -> None:
        """Gone to from a case, to which there is a way back; empty: from elsewhere."""
        self._set(case=CaseId(case) if case else None)

    def refresh(self) -> None:
        """Read the lines anew."""
        self._runner.run(self._read, self._show, self._unread)

    def on_changes(self, changes: Changes) -> None:
        """Read them anew where one was touched."""
        if changes.touches(Kind.INCOME_LINE):
            self.refresh()

    def save(self, given: Given, faults: tuple[Finding, ...] = ()) -> None:
        """Keep the line of the form; with ``faults`` of its fields only say everything that is wrong."""
        if self.state.busy or self.may_not_set:
            return

        def deed() -> Changes:
            if faults:
                fields = {fault.field for fault in faults}
                found = check_line(self._work, given)
                raise NotAccepted((*faults, *(each for each in found if each.field not in fields)))
            return enter_line(self._work, given)

        self._do(deed, "收入线已录入", entered=True)

    def remove(self, line: str) -> None:
        """Take away a line that was entered wrongly."""
        if line and not self.state.busy and not self.may_not_set:
            self._do(lambda: remove_line(self._work, IncomeLineId(line)), "收入线已删除，按 Ctrl+Z 可以撤销")

    def keep(self, typed: Typed) -> None:
        """Keep what is half-typed; an empty form is none."""
        if any(typed.values()):
            self._drafts.keep("", FormDraft(title=TITLE, typed=dict(typed), kept_on=self.today()))
        else:
            self._drafts.drop("")

    @property
    def typed(self) -> Typed | None:
        """What was half-typed, None where nothing was."""
        kept = self._drafts.get("")
        return None if kept is None else kept.typed

    @property
    def draft_says(self) -> str:
        """Whether what is half-typed is kept, in words."""
        return self._drafts.says("")

    @property
    def half_typed(self) -> tuple[str, ...]:
        """What would be lost."""
        return names_of(self._drafts.unsafe)

    def leave(self) -> None:
        """The user goes elsewhere: what is half-typed is written now."""
        self._drafts.shelf.flush()

    def give_up(self) -> None:
        """Throw away what is half-typed."""
        self._drafts.drop("")
        self._set(emptied=self.state.emptied + 1)

    def go_back(self) -> None:
        """Back to the case that led here."""
        if self.state.case is not None:
            self._frame.go(Destination(Place.CASE, self.state.case))

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _do(self, deed: Callable[[], Changes], words: str, *, entered: bool = False) -> None:
        self._set(busy=True)
        self._runner.run(deed, lambda _changes: self._done(words, entered=entered), self._failed)

    def _done(self, words: str, *, entered: bool) -> None:
        self._set(busy=False)
        if entered:
            self.give_up()
        back = None if self.state.case is None else NoticeAction("返回案件", self.go_back)
        self._frame.tell(Notice(tone=Tone.DONE, says=words, action=back if entered else None))

    def _failed(self, failure: Failure) -> bool:
        self._set(busy=False)
        if isinstance(failure, Refused):
            self.found_fault.emit(failure.findings)
            return True
        return False

    def _read(self) -> tuple[IncomeLine, ...]:
        with self._work.store.reading() as desk:
            return income_lines(desk)

    def _show(self, lines: tuple[IncomeLine, ...]) -> None:
        self._set(lines=lines, loaded=True, trouble=None)

    def _unread(self, failure: Failure) -> bool:
        if self.state.loaded or not isinstance(failure, Troubled):
            return False
        self._set(trouble=failure)
        return True

    def _set(self, **other: object) -> None:
        new = msgspec.structs.replace(self.state, **other)
        if new != self.state:
            self.state = new
            self.changed.emit()
