"""One program at a time per vault: a lock that the operating system takes back when the program dies."""

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from taizhang_casework.domain.trouble import OfficeTrouble

from taizhang_db.disk import disk_trouble
from taizhang_db.trouble import DiskTrouble, VaultInUse

FILE_NAME = "vault.lock"
_HOLDER_BYTES = 200
_PROCESS = "，进程"
_MOST_TRIES = 10
_SWEPT = ".gone"

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

    def __init__(self, folder: Path, name: str = FILE_NAME) -> None:
        self._path = folder / name
        with disk_trouble():
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._handle)
            self._check_name()
        except OSError:
            holder = self._read_holder()
            self.release()
            raise VaultInUse(holder.decode(errors="replace").rpartition(_PROCESS)[0].strip()) from None
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

    def remove(self) -> None:
        """Let others in and leave no file behind; a second call does nothing."""
        if self._handle >= 0:
            if sys.platform != "win32":
                self._unlink()
            self.release()
            if sys.platform == "win32":
                self._unlink()

    def _unlink(self) -> None:
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _check_name(self) -> None:
        """OSError where the file was taken away between opening and locking it: somebody else may lock another of that name."""
        if not os.path.samestat(os.fstat(self._handle), self._path.stat()):
            raise FileNotFoundError(self._path)

    def _read_holder(self) -> bytes:
        os.lseek(self._handle, 0, os.SEEK_SET)
        return os.read(self._handle, _HOLDER_BYTES)

    def _write_holder(self) -> None:
        """Note who holds the lock; a full disk must not keep the office out of its data, so that is let pass.

        Over what stood there, filled up with blanks: a file that is emptied first is forced to the disk by ext4 when it is closed.
        """
        holder = f"{socket.gethostname()}{_PROCESS}{os.getpid()}".encode()[:_HOLDER_BYTES].ljust(_HOLDER_BYTES)
        try:
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, holder)
        except OSError:
            return


def new_place(parent: Path, prefix: str) -> tuple[Path, VaultLock]:
    """A new folder of that prefix and its lock. Another program that sweeps at this moment may take the first one: then another.

    Raises OSError or trouble of the disk.
    """
    for _ in range(_MOST_TRIES):
        place = Path(tempfile.mkdtemp(dir=parent, prefix=prefix))
        with suppress(FileNotFoundError, VaultInUse):
            return place, VaultLock(place)
    raise DiskTrouble


@contextmanager
def let_go(folder: Path) -> Iterator[None]:
    """Nobody has the vault of the folder open while the block renames it; VaultInUse where somebody has.

    Windows itself renames no folder in which a file is open, and ours would be.
    """
    held = VaultLock(folder)
    try:
        if sys.platform == "win32":
            held.release()
        yield
    finally:
        held.release()


def sweep(parent: Path, prefix: str) -> None:
    """Take away the folders of that prefix that no running program holds."""
    for left in parent.glob(f"{prefix}*"):
        with suppress(OfficeTrouble, OSError):
            gone = left.with_name(f"{left.name}{_SWEPT}")
            with let_go(left):
                left.rename(gone)
            shutil.rmtree(gone, ignore_errors=True)
