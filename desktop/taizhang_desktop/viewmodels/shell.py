"""The frame around the screens: where one is, what the office is called, what is said, what runs."""

from collections.abc import Callable
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from taizhang_casework.domain.changes import Changes, Kind

from taizhang_desktop.crash import Crash
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import (
    Crashed,
    DeskChanged,
    Failure,
    JobEnded,
    JobFailed,
    JobMoved,
    JobStarted,
    News,
    Refused,
    Troubled,
)
from taizhang_desktop.viewmodels.navigation import Badge, Destination, NavigationItem, Place
from taizhang_desktop.viewmodels.notices import Notice, findings_notice, trouble_notice


class Frame(Protocol):
    """What a screen's view-model may ask of the window around it."""

    def tell(self, notice: Notice) -> None:
        """Show a notice in place of the present one."""
        ...

    def go(self, destination: Destination) -> None:
        """Go to another screen."""
        ...

    def badge(self, badge: Badge) -> None:
        """Put a count beside a line of the navigation."""
        ...


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What the head of the window says. ``month`` as it is written, e.g. ``2026年9月``; ``role`` in Chinese."""

    office: str
    user: str
    month: str
    role: str = ""


class RunningJob(msgspec.Struct, frozen=True):
    """A long job in the status line; ``total`` 0: unknown."""

    job: int
    title: str
    done: int = 0
    total: int = 0


class ShellModel(QObject):
    """The window's view-model. Each signal carries one frozen value.

    ``told``: Notice or None; ``went``: Destination; ``badged``: Badge; ``headed``: Header; ``ran``: tuple of RunningJob;
    ``changed``: Changes; ``crashed``: Crash.
    """

    told = Signal(object)
    went = Signal(object)
    badged = Signal(object)
    headed = Signal(object)
    ran = Signal(object)
    changed = Signal(object)
    crashed = Signal(object)

    def __init__(
        self,
        header: Header,
        items: tuple[NavigationItem, ...],
        *,
        cancel: Callable[[int], None],
        keep_report: Callable[[Crash], None],
        lock: Callable[[], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """``cancel`` stops a job of the worker by number, ``keep_report`` logs our bugs, ``lock`` locks the desk (None: not offered)."""
        super().__init__(parent)
        self.header = header
        self.items = items
        self.place = items[0].place
        self.jobs: tuple[RunningJob, ...] = ()
        self.notice: Notice | None = None
        self._fresh = False
        self._cancel = cancel
        self._keep_report = keep_report
        self._lock = lock

    @property
    def can_lock(self) -> bool:
        """Whether 锁定 is offered."""
        return self._lock is not None

    def lock(self) -> None:
        """Lock the desk."""
        if self._lock is not None:
            self._lock()

    def tell(self, notice: Notice) -> None:
        """See :class:`Frame`. The notice goes when one goes on, unless it was told in the same breath."""
        self.notice = notice
        self._fresh = True
        QTimer.singleShot(0, self, self._grow_old)
        self.told.emit(notice)

    def _grow_old(self) -> None:
        self._fresh = False

    def hush(self) -> None:
        """Take the notice away."""
        self.notice = None
        self.told.emit(None)

    def go(self, destination: Destination) -> None:
        """See :class:`Frame`."""
        if self.notice is not None and not self._fresh:
            self.hush()
        self.place = destination.place
        self.went.emit(destination)

    def go_to(self, place: Place) -> None:
        """Go to a screen as it stands."""
        self.go(Destination(place))

    def begin(self) -> None:
        """Go to the first screen: what was told before it was there has been read by nobody yet, and stays."""
        self.went.emit(Destination(self.place))

    def badge(self, badge: Badge) -> None:
        """See :class:`Frame`."""
        self.badged.emit(badge)

    def head(self, header: Header) -> None:
        """Say something else in the head of the window."""
        self.header = header
        self.headed.emit(header)

    def cancel(self, job: int) -> None:
        """Cancel a long job."""
        self._cancel(job)

    def crash(self, crash: Crash) -> None:
        """Keep the report of a bug of ours and show it."""
        self._keep_report(crash)
        self.crashed.emit(crash)

    @Slot(object)
    def take(self, news: News) -> None:
        """To be connected to ``DeskWorker.news``."""
        match news:
            case JobStarted(job, title):
                self._run((*self.jobs, RunningJob(job, title)))
            case JobMoved(job, done, total):
                self._run(
                    tuple(RunningJob(job, run.title, done, total) if run.job == job else run for run in self.jobs)
                )
            case JobEnded(job):
                self._run(tuple(run for run in self.jobs if run.job != job))
            case DeskChanged(changes):
                self._moved_on(changes)
                self.changed.emit(changes)
            case JobFailed(failure):
                self._fail(failure)

    def _moved_on(self, changes: Changes) -> None:
        """Something was done: what stood in the way of the deed before is over. A backup is made beside the work."""
        stands = self.notice is not None and self.notice.tone is Tone.OVERDUE and not self._fresh
        if stands and not changes.touches(Kind.BACKUP):
            self.hush()

    def _run(self, jobs: tuple[RunningJob, ...]) -> None:
        self.jobs = jobs
        self.ran.emit(jobs)

    def _fail(self, failure: Failure) -> None:
        match failure:
            case Troubled():
                self.tell(trouble_notice(failure))
            case Refused(findings):
                self.tell(findings_notice(findings))
            case Crashed(crash):
                self.crash(crash)


def said(says: str, tone: Tone = Tone.DONE) -> Notice:
    """A plain sentence, by default that something was done."""
    return Notice(tone=tone, says=says)
