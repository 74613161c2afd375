"""The history of a case, page by page; every number in it masked, as everywhere on a screen."""

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.history import HistoryLine, HistoryPage
from taizhang_casework.domain.rights import ROLE_WORDS
from taizhang_casework.services.history import history
from taizhang_casework.services.work import Work

from taizhang_desktop.tasks import Failure, Runner, Troubled
from taizhang_desktop.viewmodels.words import masked_text


class HistoryRow(msgspec.Struct, frozen=True, kw_only=True):
    """A change as the pane shows it; ``details`` are its parts."""

    key: str
    at: str
    by: str
    role: str
    what: str
    details: tuple[str, ...]

    @property
    def summary(self) -> str:
        """Its parts in one line."""
        return "；".join(self.details)


class HistoryState(msgspec.Struct, frozen=True, kw_only=True):
    """What the pane shows. ``more`` where older changes are left; ``loaded`` false until the first answer."""

    rows: tuple[HistoryRow, ...] = ()
    more: bool = False
    loaded: bool = False
    trouble: Troubled | None = None


class CaseHistoryModel(QObject):
    """The history of one case; nothing is read before somebody looks. ``changed`` when ``state`` is another."""

    changed = Signal()

    def __init__(self, work: Work, runner: Runner) -> None:
        """Begin without a case."""
        super().__init__()
        self._work = work
        self._runner = runner
        self._case: CaseId | None = None
        self._last: int | None = None
        self._asking = False
        self._looking = False
        self.state = HistoryState()

    def look(self, case: CaseId) -> None:
        """Somebody looks at the history of this case."""
        self._looking = True
        self._case = case
        self._begin_again()

    def look_no_more(self) -> None:
        """The pane is left."""
        self._looking = False

    def on_changes(self, changes: Changes) -> None:
        """Whatever was done may be a line of it."""
        if self._looking and changes.touched:
            self._begin_again()

    def read_again(self) -> None:
        """Read from the newest on."""
        self._begin_again()

    def read_more(self) -> None:
        """The next older page, where there is one and none is on its way."""
        if self.state.more and not self._asking:
            self._read(self._last)

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _begin_again(self) -> None:
        self._last = None
        self._read(None)

    def _read(self, older_than: int | None) -> None:
        case = self._case
        if case is None:
            return
        self._asking = True

        def read() -> HistoryPage:
            with self._work.store.reading() as desk:
                return history(self._work, desk, case, older_than=older_than)

        self._runner.run(read, lambda page: self._show(case, older_than, page), self._failed)

    def _show(self, case: CaseId, older_than: int | None, page: HistoryPage) -> None:
        self._asking = False
        if case != self._case or older_than != self._last:
            return
        before = () if older_than is None else self.state.rows
        rows = (*before, *(self._row(line) for line in page.lines))
        self._last = page.lines[-1].seq if page.lines else self._last
        self.state = HistoryState(rows=rows, more=page.more, loaded=True)
        self.changed.emit()

    def _row(self, line: HistoryLine) -> HistoryRow:
        pack = self._work.pack
        return HistoryRow(
            key=str(line.seq),
            at=line.at.astimezone().strftime("%Y-%m-%d %H:%M"),
            by=line.by,
            role=ROLE_WORDS[line.role],
            what=line.what,
            details=tuple(masked_text(pack, detail) for detail in line.details),
        )

    def _failed(self, failure: Failure) -> bool:
        self._asking = False
        if not isinstance(failure, Troubled):
            return False
        self.state = HistoryState(trouble=failure)
        self.changed.emit()
        return True
