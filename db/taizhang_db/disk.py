"""Writing small files whole or not at all, and telling trouble of the disk from errors of the program."""

import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain, count
from pathlib import Path

from taizhang_db.trouble import DiskFull, DiskTrouble, VaultNotWritable

_FULL = {errno.ENOSPC, errno.EDQUOT} if sys.platform != "win32" else {errno.ENOSPC}
_NOT_ASKED = {errno.EINVAL, errno.ENOTSUP}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def disk_trouble() -> Iterator[None]:
    """Turn an OSError of the block into the office's trouble; a file or folder that is missing or in the way stays what it is."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError, FileExistsError):
        raise
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull from error
        if error.errno in _FORBIDDEN:
            raise VaultNotWritable from error
        raise DiskTrouble from error


def write_whole(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content`` atomically and durably: after a power cut it is the old file or the new one.

    The file is readable by its owner alone. Raises DiskFull, VaultNotWritable or DiskTrouble; then the old file stands, or, where
    only the folder could not be forced to the disk, the new one.
    """
    with disk_trouble():
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def unused(path: Path, mark: str = "_") -> Path:
    """The path, or one beside it with ``mark`` and a number from 2 on: what is there under a name is never overwritten."""
    ending = "" if path.is_dir() else path.suffix
    stem = path.name.removesuffix(ending)
    tries = (path.with_name(f"{stem}{mark}{number}{ending}") for number in count(2))
    return next(each for each in chain((path,), tries) if not each.exists())


def remove_leftovers(folder: Path) -> None:
    """Take away what was left of the vault's small files when the program was killed: an old key file may be among it."""
    with disk_trouble():
        for path in (*folder.glob(".vault.*"), *folder.glob("vault.*.before")):
            path.unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    """Have the content of a closed file on the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Have new and renamed names on the disk; Windows and some sticks' file systems do it by themselves and cannot be asked for it."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in _NOT_ASKED:
                raise
        finally:
            os.close(handle)
