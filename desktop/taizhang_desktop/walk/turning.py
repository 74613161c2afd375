"""Turning the event loop where nobody sits at the window: until something is there, or until nothing happens any more."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop

T = TypeVar("T")

QUIET_MS, PATIENCE_MS = 200, 20_000


def settle() -> None:
    """Let the worker answer and the window draw until nothing has happened for a while."""
    for _ in _turns(QUIET_MS):
        pass


def wait_for(look: Callable[[], T | None]) -> T:
    """Turn the event loop until ``look`` finds something; LookupError after 20 s."""
    for _ in _turns(PATIENCE_MS):
        found = look()
        if found is not None:
            return found
    raise LookupError(look)


def _turns(milliseconds: int) -> Iterator[None]:
    timer = QElapsedTimer()
    timer.start()
    while not timer.hasExpired(milliseconds):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        yield
