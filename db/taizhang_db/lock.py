"""One program at a time per vault: a lock that the operating system takes back when the program dies."""

import os
import shutil
import socket
import sys
from contextlib import suppress
from pathlib import Path

from taizhang_casework.domain.trouble import OfficeTrouble

from taizhang_db.disk import disk_trouble
from taizhang_db.trouble import VaultInUse

FILE_NAME = "vault.lock"
_HOLDER_BYTES = 200

if sys.platform == "win32":
    import msvcrt

    _LOCKED_BYTE = 1 << 30

    def _take(handle: int) -> None:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class VaultLock:
    """The lock file of a vault, held from construction until :meth:`release`; VaultInUse where somebody else holds it.

    The file says who holds it (computer and process number) and stays behind; only the operating system's lock counts.
    """

    def __init__(self, folder: Path) -> None:
        with disk_trouble():
            self._handle = os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._handle)
        except OSError:
            holder = self._read_holder()
            self.release()
            raise VaultInUse(holder.decode(errors="replace").strip()) from None
        self._write_holder()

    @property
    def held(self) -> bool:
        """Whether it is still this process's."""
        return self._handle >= 0

    def release(self) -> None:
        """Let others in; a second call does nothing."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _read_holder(self) -> bytes:
        os.lseek(self._handle, 0, os.SEEK_SET)
        return os.read(self._handle, _HOLDER_BYTES)

    def _write_holder(self) -> None:
        """Note who holds the lock; a full disk must not keep the office out of its data, so that is let pass."""
        holder = f"{socket.gethostname()}，进程{os.getpid()}".encode()[:_HOLDER_BYTES]
        try:
            os.ftruncate(self._handle, 0)
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, holder)
        except OSError:
            return


def sweep(parent: Path, prefix: str) -> None:
    """Take away the folders of that prefix that no running program holds."""
    for left in parent.glob(f"{prefix}*"):
        with suppress(OfficeTrouble, OSError):
            VaultLock(left).release()
            shutil.rmtree(left, ignore_errors=True)
