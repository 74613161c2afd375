"""``vault.ballast``: room set aside, so that a disk that fills up can still save and close for a while.

The file is really allocated. It is made at opening where there is plenty of room, and given up when the disk is nearly full.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

FILE_NAME = "vault.ballast"
BALLAST_BYTES = 4 << 20
NEARLY_FULL_BYTES = 8 << 20
"""With less than this free, the disk is nearly full."""
PLENTY_BYTES = 32 << 20
"""Only where this much is free is a ballast made: making it never fills the disk."""
_BLOCK = 1 << 20


class Ballast:
    """The ballast of one vault. No trouble of the disk comes out of here: a vault works without it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME

    def take_in(self) -> None:
        """Make it where it is missing and there is plenty of room."""
        with suppress(OSError):
            if self._free() >= PLENTY_BYTES and not self._is_whole():
                self._make()

    def give_up(self) -> None:
        """Take it away."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def give_up_where_nearly_full(self) -> bool:
        """Whether the disk is nearly full; if so, there is no ballast any more. Costs some microseconds."""
        with suppress(OSError):
            if self._free() < NEARLY_FULL_BYTES:
                self.give_up()
                return True
        return False

    def _free(self) -> int:
        return shutil.disk_usage(self._path.parent).free

    def _is_whole(self) -> bool:
        return self._path.exists() and self._path.stat().st_size == BALLAST_BYTES

    def _make(self) -> None:
        """Allocate it, or write random bytes where the system cannot: what is all zeros may take no room at all."""
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        try:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(handle, 0, BALLAST_BYTES)
            else:
                for _ in range(BALLAST_BYTES // _BLOCK):
                    os.write(handle, os.urandom(_BLOCK))
        except OSError:
            self.give_up()
            raise
        finally:
            os.close(handle)
