"""What nobody caught in the window's own thread: a slot or an event of ours that failed. Kept and shown, never printed with its values."""

import sys
from collections.abc import Callable
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
