"""Work in the worker's thread as a view-model sees it: the :class:`Runner` that it is given, failures, and what the window hears.

A view-model hands a callable to its runner and gets one typed result, or one :class:`Failure`, back in the window's thread. What
nobody dealt with goes out as one :data:`News`. The thread itself is in :mod:`taizhang_desktop.worker`.
"""

import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

import msgspec
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import Finding

from taizhang_desktop.crash import Crash

T = TypeVar("T")


class JobCancelled(Exception):  # noqa: N818 - the user's wish, not an error
    """Raised inside a long job by its reporter once the user has cancelled it."""


class Reporter(Protocol):
    """What a long job is given to say how far it is. Usable in the worker's thread only."""

    def __call__(self, done: int, total: int) -> None:
        """``done`` of ``total`` (0: unknown). Raises JobCancelled when the user has cancelled."""
        ...


class Refused(msgspec.Struct, frozen=True):
    """The rules refused it; nothing was changed."""

    findings: tuple[Finding, ...]


class Troubled(msgspec.Struct, frozen=True):
    """Something outside the program is wrong; the three sentences without full stops."""

    happened: str
    safe: str
    do: str


class Crashed(msgspec.Struct, frozen=True):
    """Our bug."""

    crash: Crash


class Cancelled(msgspec.Struct, frozen=True):
    """The user cancelled it; the job undid or never began what it was at."""


Failure = Refused | Troubled | Crashed | Cancelled


class JobStarted(msgspec.Struct, frozen=True):
    """A long job was handed in; ``title`` is Chinese, for the status line."""

    job: int
    title: str


class JobMoved(msgspec.Struct, frozen=True):
    """How far a long job is; ``total`` 0: unknown."""

    job: int
    done: int
    total: int


class JobEnded(msgspec.Struct, frozen=True):
    """A long job is over, however it ended."""

    job: int


class JobFailed(msgspec.Struct, frozen=True):
    """A failure that the one who handed the job in did not deal with; never :class:`Cancelled`."""

    failure: Failure


class DeskChanged(msgspec.Struct, frozen=True):
    """An operation is committed; every screen compares it with what it shows."""

    changes: Changes


News = JobStarted | JobMoved | JobEnded | JobFailed | DeskChanged


class Ticket:
    """The job that was handed in."""

    def __init__(self, number: int) -> None:
        """Take the job's number."""
        self.number = number
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop: one that waits never begins, one that runs stops at its next report."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()


class Runner(Protocol):
    """How a view-model has work done. ``otherwise`` returns whether it dealt with the failure; if not, the window shows it.

    A result that is :class:`Changes` is announced to all screens before ``then`` is called.
    """

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        otherwise: Callable[[Failure], bool] | None = None,
    ) -> Ticket:
        """Run ``work`` in the worker's thread and give its result to ``then`` in this one."""
        ...

    def run_long(
        self,
        title: str,
        work: Callable[[Reporter], T],
        then: Callable[[T], None],
        otherwise: Callable[[Failure], bool] | None = None,
        *,
        gives_way: bool = False,
    ) -> Ticket:
        """The same for work that reports progress; the window shows ``title``, a bar and 取消.

        ``gives_way``: whenever it reports it holds nothing of the database, and what else was handed in is done before it goes on.
        """
        ...

    def announce(self, changes: Changes) -> None:
        """Tell all screens what was touched, where the result of a job carries more than its changes."""
        ...

    def close(self) -> None:
        """Want no results any more. What was handed in is still done (it may be a save); its failure goes to the window."""
        ...
