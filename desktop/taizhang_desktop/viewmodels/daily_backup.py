"""The day's backup: made beside the desk on the first opening of a day, proved, taken down, and the old ones tidied away."""

from datetime import date
from functools import partial

from PySide6.QtCore import QObject
from taizhang_casework.domain.backups import BackupPlace, MadeBackup
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.services.backing_up import BackupState, state, take_down, tidy
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Cancelled, Failure, Runner, Ticket, Troubled
from taizhang_desktop.viewmodels.backup import BackupTools
from taizhang_desktop.viewmodels.navigation import Badge, Place
from taizhang_desktop.viewmodels.notices import Notice
from taizhang_desktop.viewmodels.shell import Frame


class DailyBackup(QObject):
    """Works by itself once it was told to :meth:`look`; nobody waits for it."""

    def __init__(
        self,
        work: Work,
        tools: BackupTools,
        frame: Frame,
        *,
        runner: Runner,
        bench: Runner,
        parent: QObject | None = None,
    ) -> None:
        """``runner`` reads and takes down at the desk, ``bench`` makes the backup beside it."""
        super().__init__(parent)
        self._work = work
        self._tools = tools
        self._frame = frame
        self._runner = runner
        self._bench = bench
        self._ticket: Ticket | None = None
        self._tried: date | None = None
        self._looking = False

    def look(self) -> None:
        """Make the day's backup where it is not made; one that failed or was cancelled is tried again at the next opening."""
        if not self._looking and self._ticket is None and self._tried != self._work.clock.today():
            self._looking = True
            self._runner.run(lambda: state(self._work), self._seen, self._not_seen)

    def come_back(self) -> None:
        """The desk was locked, which gave up what was being made: make it now."""
        self._tried = None
        self.look()

    def on_changes(self, changes: Changes) -> None:
        """The reminder in the navigation goes with the next backup, wherever it was made."""
        if changes.touches(Kind.BACKUP):
            self._runner.run(lambda: state(self._work), self._badge)

    def close(self) -> None:
        """Give up what is being made; the next opening makes it."""
        if self._ticket is not None:
            self._ticket.cancel()
        self._runner.close()
        self._bench.close()

    def _not_seen(self, _failure: Failure) -> bool:
        self._looking = False
        return False

    def _seen(self, found: BackupState) -> None:
        self._looking = False
        self._badge(found)
        if found.due and self._ticket is None:
            self._tried = self._work.clock.today()
            self._ticket = self._bench.run_long("做今天的备份", self._tools.make_scheduled, self._made, self._failed)

    def _badge(self, found: BackupState) -> None:
        self._frame.badge(Badge(Place.BACKUP, int(found.reminder is not None), Tone.OVERDUE))

    def _made(self, made: MadeBackup) -> None:
        self._ticket = None
        work = self._work
        self._runner.run(lambda: take_down(work, made, BackupPlace.SCHEDULE), partial(self._taken_down, made))

    def _taken_down(self, made: MadeBackup, _changes: Changes) -> None:
        if made.lacking:
            says = f"今天的自动备份做好了，但有{made.lacking}个附件在本机已丢失或损坏，不在里面"
            lines = ("请从以前的备份找回，或重新添加原件，再备份一次",)
            self._frame.tell(Notice(tone=Tone.SOON, says=says, lines=lines))
        self._runner.run(lambda: tidy(self._work, self._tools), lambda _: None)

    def _failed(self, failure: Failure) -> bool:
        self._ticket = None
        if isinstance(failure, Troubled):
            says = f"今天的自动备份没有做成：{failure.happened}。"
            lines = (f"数据情况：{failure.safe}。", f"现在请：{failure.do}。")
            self._frame.tell(Notice(tone=Tone.SOON, says=says, lines=lines))
        return isinstance(failure, Troubled | Cancelled)
