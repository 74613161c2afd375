"""What the program missed on this PC, a line each, without personal data: for whoever maintains it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from taizhang_desktop.pc_clock import PcClock
from taizhang_desktop.places import log_folder


class ProgramLog:
    """Appends to a log file; one that cannot be written is no reason to stop, so OSError is swallowed."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        """``path`` is the file; its folder is made with the first line."""
        self._path = path
        self._now = now

    def note(self, says: str) -> None:
        """Write a sentence down."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as log:
                log.write(f"{self._now().isoformat(timespec='seconds')} {says}\n")
        except OSError:
            return


def program_log() -> ProgramLog:
    """Where such lines are kept on this PC."""
    return ProgramLog(log_folder() / "program.log", PcClock().now)
