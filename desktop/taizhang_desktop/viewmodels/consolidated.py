"""汇总台账: 附件2 over all towns that have filed; frozen before it is printed."""

from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.ledger import Filing, LedgerLine, Month
from taizhang_casework.domain.ledger_rules import same_columns
from taizhang_casework.domain.rights import Right
from taizhang_casework.services.board import consolidated, freeze_consolidated
from taizhang_casework.services.filing import Frozen
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Failure, Reporter, Runner, Troubled
from taizhang_desktop.viewmodels.after_deed import Done, done_and_looked_at
from taizhang_desktop.viewmodels.files import PDF, FileChooser
from taizhang_desktop.viewmodels.filing import PaperSize, PrintLedger
from taizhang_desktop.viewmodels.notices import Notice
from taizhang_desktop.viewmodels.permission import why_not
from taizhang_desktop.viewmodels.shell import Frame, said
from taizhang_desktop.viewmodels.words import month_name


class ConsolidatedState(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows: the lines as they arrived, and the newest frozen revision."""

    month: Month
    lines: tuple[LedgerLine, ...] = ()
    latest: Filing | None = None
    loaded: bool = False
    busy: bool = False
    trouble: Troubled | None = None

    @property
    def unchanged(self) -> bool:
        """Whether the newest revision holds what is shown."""
        return self.latest is not None and same_columns(self.latest.lines, self.lines)

    @property
    def can_freeze(self) -> bool:
        """Whether there is something new to freeze."""
        return bool(self.lines) and not self.unchanged and not self.busy

    @property
    def counted(self) -> str:
        """How much has come."""
        return f"{len({line.town for line in self.lines})}个镇街，共{len(self.lines)}行" if self.lines else ""

    @property
    def standing(self) -> str:
        """How the month stands."""
        if not self.lines:
            return "本月还没有镇街报送"
        if self.latest is None:
            return "尚未封存"
        sealed = f"第{self.latest.revision}版"
        return f"已封存{sealed}，此后没有变化" if self.unchanged else f"{sealed}封存后有新的报送"


class _Read(msgspec.Struct, frozen=True):
    lines: tuple[LedgerLine, ...]
    latest: Filing | None


class ConsolidatedModel(QObject):
    """汇总台账. ``changed`` is emitted when ``state`` is another."""

    changed = Signal()

    def __init__(self, work: Work, print_ledger: PrintLedger, files: FileChooser, runner: Runner, frame: Frame) -> None:
        """``print_ledger`` draws what was frozen."""
        super().__init__()
        self.pack = work.pack
        self.may_not_freeze = why_not(work.user, Right.FREEZE)
        self.may_not_export = why_not(work.user, Right.EXPORT)
        self._work = work
        self._print = print_ledger
        self._files = files
        self._runner = runner
        self._frame = frame
        self.state = ConsolidatedState(month=Month.of(work.clock.today()))

    def refresh(self) -> None:
        """Read the lines anew."""
        month = self.state.month
        self._runner.run(partial(self._read, month), partial(self._show, month), self._failed)

    def on_changes(self, changes: Changes) -> None:
        """A filing came or was frozen."""
        if changes.touches(Kind.RECEIVED_FILING) or changes.touches(Kind.FILING):
            self.refresh()

    def show_month(self, month: Month) -> None:
        """Another month."""
        self.state = ConsolidatedState(month=month, busy=self.state.busy)
        self.changed.emit()
        self.refresh()

    def freeze(self) -> None:
        """Freeze what is shown as the bureau's own ledger."""
        if self.state.busy:
            return
        month = self.state.month

        def freeze_and_read() -> Done[Frozen, _Read]:
            return done_and_looked_at(lambda: freeze_consolidated(self._work, month), lambda: self._read(month))

        self._set(busy=True)
        self._runner.run(freeze_and_read, partial(self._frozen, month), self._not_frozen)

    def print_ledger(self, paper: PaperSize) -> None:
        """Ask where, and draw the newest frozen revision."""
        filing = self.state.latest
        if filing is not None:
            name = f"汇总台账_{filing.month}_第{filing.revision}版_{paper.value}.pdf"
            self._files.save("保存汇总台账", name, PDF, lambda path: self._draw(filing, paper, path))

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _draw(self, filing: Filing, paper: PaperSize, path: Path) -> None:
        def work(report: Reporter) -> Path:
            self._print(filing, path, paper, report)
            return path

        self._runner.run_long("生成汇总台账PDF", work, lambda done: self._frame.tell(said(f"汇总台账已保存到“{done}”")))

    def _read(self, month: Month) -> _Read:
        with self._work.store.reading() as desk:
            return _Read(consolidated(desk, month), desk.filings.latest(month))

    def _frozen(self, month: Month, done: Done[Frozen, _Read]) -> None:
        """Free the button only with the month as it now stands: before, the screen would say 尚未封存 and offer to freeze again."""
        frozen, found = done.deed, done.found
        if found is not None and month == self.state.month:
            self._set(busy=False, lines=found.lines, latest=found.latest, loaded=True, trouble=None)
        else:
            self._set(busy=False)
        self._runner.announce(frozen.changes)
        says = f"{month_name(frozen.filing.month)}汇总台账已封存为第{frozen.filing.revision}版"
        self._frame.tell(Notice(tone=Tone.DONE, says=says))

    def _not_frozen(self, failure: Failure) -> bool:
        """The window's notice speaks of it."""
        del failure
        self._set(busy=False)
        return False

    def _show(self, month: Month, found: _Read) -> None:
        if month == self.state.month:
            self._set(lines=found.lines, latest=found.latest, loaded=True, trouble=None)

    def _failed(self, failure: Failure) -> bool:
        if not isinstance(failure, Troubled):
            return False
        self._set(trouble=failure)
        return True

    def _set(self, **other: object) -> None:
        self.state = msgspec.structs.replace(self.state, **other)
        self.changed.emit()
