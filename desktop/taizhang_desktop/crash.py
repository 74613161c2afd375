"""Our bug as a report without personal data: which exception, where; never a value."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

import msgspec

from taizhang_desktop.pc_clock import PcClock
from taizhang_desktop.places import log_folder

PLACES_KEPT = 12


class Crash(msgspec.Struct, frozen=True, kw_only=True):
    """The kind of exception and the places it came through, innermost last, each ``module:line``. No message, no values."""

    exception: str
    trail: tuple[str, ...]

    @property
    def place(self) -> str:
        """Where it was raised, ``module:line``."""
        return self.trail[-1] if self.trail else "?"


def crash_of(error: BaseException) -> Crash:
    """The report about an exception."""
    kind = type(error)
    return Crash(exception=f"{kind.__module__}.{kind.__qualname__}", trail=_trail(error.__traceback__))


def _trail(traceback: TracebackType | None) -> tuple[str, ...]:
    places: list[str] = []
    while traceback is not None:
        module = traceback.tb_frame.f_globals.get("__name__", "?")
        places.append(f"{module}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return tuple(places[-PLACES_KEPT:])


class CrashLog:
    """Appends each report as one line to a log file."""

    def __init__(self, path: Path, now: Callable[[], datetime], version: Callable[[], str]) -> None:
        """``path`` is the file; its folder is made when the first report is kept."""
        self._path = path
        self._now = now
        self._version = version

    @property
    def path(self) -> Path:
        """The log file."""
        return self._path

    def keep(self, crash: Crash) -> None:
        """Write the report down; a log that cannot be written must not hide the report, so OSError is swallowed."""
        line = f"{self._now().isoformat(timespec='seconds')} {self._version()} {crash.exception} {' > '.join(crash.trail)}\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as log:
                log.write(line)
        except OSError:
            return


def crash_log() -> CrashLog:
    """Where reports of our bugs are kept on this PC."""
    return CrashLog(log_folder() / "crashes.log", PcClock().now, program_version)


def program_version() -> str:
    """The version of the installed program; asked for only when it is written down."""
    from importlib.metadata import version  # noqa: PLC0415 - takes as long as half the first paint

    return version("taizhang")
