"""The worker: one thread owns the database; the window never waits, and the thread never touches a widget.

Each view-model has a :class:`Scope` of a :class:`Lane`, which is its runner. One that has closed its runner gets nothing.
"""

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, Signal, Slot
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.trouble import OfficeTrouble

from taizhang_desktop.crash import crash_of
from taizhang_desktop.sweeping import sweep_here
from taizhang_desktop.tasks import (
    Cancelled,
    Crashed,
    DeskChanged,
    Failure,
    JobCancelled,
    JobEnded,
    JobFailed,
    JobMoved,
    JobStarted,
    Refused,
    Reporter,
    Ticket,
    Troubled,
)

T = TypeVar("T")

REPORT_EVERY = 0.05
"""Seconds between two progress reports that reach the window."""


class Done(msgspec.Struct, frozen=True):
    """The job's result."""

    result: object


@dataclass
class _Order:
    """``work`` is taken back by the window's thread: what it holds may belong to the window, and must not end in the worker's."""

    ticket: Ticket
    work: Callable[[Reporter], object]
    last: bool = False
    gives_way: bool = False

    def take_back(self) -> None:
        """Let the work go, in this thread; the worker has ended it, and is perhaps not yet over its order."""
        self.work = _nothing_left


class _Outcome(msgspec.Struct, frozen=True):
    job: int
    outcome: Done | Failure


@dataclass(frozen=True)
class _Pending:
    scope: "Scope"
    ticket: Ticket
    order: _Order
    title: str
    take: Callable[[object], None]
    otherwise: Callable[[Failure], bool] | None


class _Bench(QObject):
    """Lives in the worker's thread and does one order after the other."""

    out = Signal(object)

    @Slot(object)
    def take(self, order: _Order) -> None:
        """Do the order and send its outcome."""
        self.out.emit(_Outcome(order.ticket.number, self._do(order)))
        if order.last:
            QThread.currentThread().quit()

    def _do(self, order: _Order) -> Done | Failure:
        if order.ticket.cancelled:
            return Cancelled()
        try:
            return Done(order.work(_Progress(order.ticket, self.out.emit, gives_way=order.gives_way)))
        except JobCancelled:
            return Cancelled()
        except NotAccepted as refusal:
            return Refused(refusal.findings)
        except OfficeTrouble as trouble:
            return Troubled(trouble.happened, trouble.safe, trouble.do)
        except Exception as error:  # noqa: BLE001 - the one place where a bug becomes a report
            return Crashed(crash_of(error))


class _Progress:
    def __init__(self, ticket: Ticket, send: Callable[[object], None], *, gives_way: bool) -> None:
        self._ticket = ticket
        self._send = send
        self._gives_way = gives_way
        self._next = 0.0

    def __call__(self, done: int, total: int) -> None:
        if self._gives_way:
            QCoreApplication.processEvents()  # of this thread: the orders that wait here
        if self._ticket.cancelled:
            raise JobCancelled
        now = time.monotonic()
        if now >= self._next or done == total:
            self._next = now + REPORT_EVERY
            self._send(JobMoved(self._ticket.number, done, total))


class DeskWorker(QObject):
    """One thread that does the jobs in the order in which they came. ``news`` carries :data:`News`."""

    news = Signal(object)
    _orders = Signal(object)

    def __init__(
        self, parent: QObject | None = None, *, name: str = "desk", numbers: Iterator[int] | None = None
    ) -> None:
        """Start the thread. Workers whose jobs stand in one status line are given the same ``numbers``."""
        super().__init__(parent)
        sweep_here()
        self._numbers = numbers or itertools.count(1)
        self._pending: dict[int, _Pending] = {}
        self._own = Lane(self)
        self._own.news.connect(self.news)
        self._thread = QThread()
        self._thread.setObjectName(name)
        self._bench = _Bench()
        self._bench.moveToThread(self._thread)
        self._bench.out.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self._orders.connect(self._bench.take, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    def scope(self) -> "Scope":
        """A runner for one view-model that belongs to no desk."""
        return self._own.scope()

    def lane(self) -> "Lane":
        """Runners for one desk, whose news go to its own window."""
        return Lane(self)

    @property
    def busy(self) -> bool:
        """Whether a job waits or runs."""
        return bool(self._pending)

    def cancel(self, job: int) -> None:
        """Cancel the long job that the status line shows under this number."""
        if job in self._pending:
            self._pending[job].ticket.cancel()

    def stop(self) -> None:
        """Cancel long jobs, and wait for nothing: several workers come to their end together before each is closed."""
        for pending in self._pending.values():
            if pending.title:
                pending.ticket.cancel()

    def close(self, last: Callable[[], None] | None = None) -> None:
        """Cancel long jobs, finish short ones, run ``last`` in the thread (closing the database), end the thread.

        Nobody gets a result any more. Waits: a transaction is finished or undone, never cut. Afterwards no thread is left.
        """
        if not self._thread.isRunning():
            return
        self.stop()
        orders = [pending.order for pending in self._pending.values()]
        self._pending.clear()
        final = last or _nothing
        orders.append(_Order(Ticket(next(self._numbers)), lambda _: final(), last=True))
        self._orders.emit(orders[-1])
        self._thread.wait()
        for order in orders:
            order.take_back()

    def hand_in(
        self,
        scope: "Scope",
        title: str,
        work: Callable[[Reporter], T],
        pending: "Wishes[T]",
        *,
        gives_way: bool = False,
    ) -> Ticket:
        """Used by :class:`Scope`."""
        ticket = Ticket(next(self._numbers))

        def take(result: object) -> None:
            pending.then(result)  # type: ignore[arg-type]  # the result is the T that this same work returned

        def order() -> None:
            if not self._thread.isRunning():
                return
            handed = _Order(ticket, work, gives_way=gives_way)
            self._pending[ticket.number] = _Pending(scope, ticket, handed, title, take, pending.otherwise)
            if title:
                scope.lane.news.emit(JobStarted(ticket.number, title))
            self._orders.emit(handed)

        scope.lane.order(order)
        return ticket

    def cancel_long(self, lane: "Lane") -> None:
        """Cancel the long jobs of a desk."""
        for pending in self._pending.values():
            if pending.title and pending.scope.lane is lane:
                pending.ticket.cancel()

    @Slot(object)
    def _arrived(self, letter: _Outcome | JobMoved) -> None:
        if isinstance(letter, JobMoved):
            if letter.job in self._pending:
                self._pending[letter.job].scope.lane.news.emit(letter)
            return
        pending = self._pending.pop(letter.job, None)
        if pending is None:
            return
        pending.order.take_back()
        if pending.title:
            pending.scope.lane.news.emit(JobEnded(letter.job))
        if isinstance(letter.outcome, Done):
            self._succeeded(pending, letter.outcome.result)
        else:
            self._failed(pending, letter.outcome)

    def _succeeded(self, pending: _Pending, result: object) -> None:
        if isinstance(result, Changes):
            pending.scope.announce(result)
        if not pending.scope.closed:
            pending.take(result)

    def _failed(self, pending: _Pending, failure: Failure) -> None:
        asked = None if pending.scope.closed else pending.otherwise
        dealt_with = asked is not None and asked(failure)
        if not dealt_with and not isinstance(failure, Cancelled):
            pending.scope.lane.news.emit(JobFailed(failure))


class Lane(QObject):
    """The jobs of one desk. While it is held, what is handed in waits; ``news`` carries :data:`News` about them."""

    news = Signal(object)

    def __init__(self, worker: DeskWorker) -> None:
        """Made by :meth:`DeskWorker.lane`."""
        super().__init__(worker)
        self._worker = worker
        self._held = False
        self._waiting: list[Callable[[], None]] = []

    def scope(self) -> "Scope":
        """A runner for one view-model."""
        return Scope(self._worker, self)

    def cancel(self, job: int) -> None:
        """Cancel a long job."""
        self._worker.cancel(job)

    def hold(self) -> None:
        """Cancel what is long; what was handed in is finished, what comes now waits."""
        self._held = True
        self._worker.cancel_long(self)

    def go_on(self) -> None:
        """Do what has waited, in its order."""
        self._held = False
        waiting, self._waiting = self._waiting, []
        for order in waiting:
            order()

    def order(self, order: Callable[[], None]) -> None:
        """Used by :class:`DeskWorker`: hand it in, now or later."""
        if self._held:
            self._waiting.append(order)
        else:
            order()


@dataclass(frozen=True)
class Wishes(Generic[T]):
    """Who takes the result, and who takes the failure."""

    then: Callable[[T], None]
    otherwise: Callable[[Failure], bool] | None


class Scope:
    """The :class:`Runner` of one view-model."""

    def __init__(self, worker: DeskWorker, lane: Lane) -> None:
        """Made by :meth:`Lane.scope`."""
        self._worker = worker
        self.lane = lane
        self.closed = False

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        otherwise: Callable[[Failure], bool] | None = None,
    ) -> Ticket:
        """See :class:`Runner`."""
        return self._worker.hand_in(self, "", lambda _: work(), Wishes(then, otherwise))

    def run_long(
        self,
        title: str,
        work: Callable[[Reporter], T],
        then: Callable[[T], None],
        otherwise: Callable[[Failure], bool] | None = None,
        *,
        gives_way: bool = False,
    ) -> Ticket:
        """See :class:`Runner`."""
        return self._worker.hand_in(self, title, work, Wishes(then, otherwise), gives_way=gives_way)

    def announce(self, changes: Changes) -> None:
        """See :class:`Runner`."""
        self.lane.news.emit(DeskChanged(changes))

    def close(self) -> None:
        """See :class:`Runner`."""
        self.closed = True


def _nothing() -> None:
    """End without a last deed."""


def _nothing_left(_report: Reporter) -> None:
    """The work of an order that is done."""
