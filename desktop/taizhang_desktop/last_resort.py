"""What nobody caught in the window's own thread: a slot or an event of ours that failed. Kept and shown, never printed with its values."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

from taizhang_desktop.crash import Crash, crash_of


class LastResort:
    """A ``sys.excepthook``. Each place is told once: what fails while drawing fails at every drawing."""

    def __init__(self, keep: Callable[[Crash], None], show: Callable[[Crash], None]) -> None:
        """``keep`` writes the report down, ``show`` tells the user."""
        self._keep = keep
        self._show = show
        self._told: set[str] = set()

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Take an exception; Ctrl-C in a terminal stays what it is."""
        if not issubclass(kind, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        crash = crash_of(error)
        if crash.place not in self._told:
            self._told.add(crash.place)
            self._keep(crash)
            self._show(crash)


@contextmanager
def unheard(keep: Callable[[Crash], None]) -> Iterator[None]:
    """Inside, what fails in a thread or a destructor, where nobody can be told, is kept; Python would print its values."""

    def take(failed: "threading.ExceptHookArgs | sys.UnraisableHookArgs") -> None:
        if isinstance(failed.exc_value, Exception):
            keep(crash_of(failed.exc_value))

    before = threading.excepthook, sys.unraisablehook
    threading.excepthook = sys.unraisablehook = take
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook = before


def keep_no_dumps() -> None:
    """Let the system write no picture of the memory when the program falls: the keys and the open case are in it. Windows asks others."""
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
