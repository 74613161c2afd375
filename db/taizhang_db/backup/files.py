"""Files of backups on disks and sticks that may be full, read-only or gone: each failure becomes its own sentence."""

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from taizhang_db.backup.trouble import (
    BackupGone,
    BackupUnreadable,
    PlaceFails,
    PlaceFull,
    PlaceGone,
    PlaceNotWritable,
)
from taizhang_db.disk import sync_folder

PART = ".part"
"""What is added to the name of a backup that is being written."""
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} if sys.platform != "win32" else {errno.ENOSPC, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_KEPT_FREE = 4 * 1024 * 1024


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Turn an OSError of the block into a sentence about the place: PlaceGone, PlaceFull, PlaceNotWritable or PlaceFails."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise PlaceFull from error
        if error.errno in _GONE or not place.is_dir():
            raise PlaceGone from error
        if error.errno in _FORBIDDEN:
            raise PlaceNotWritable from error
        raise PlaceFails from error


@contextmanager
def reading() -> Iterator[None]:
    """Turn an OSError of the block into BackupGone or BackupUnreadable."""
    try:
        yield
    except OSError as error:
        raise (BackupGone if error.errno in _GONE else BackupUnreadable) from error


def check_room(place: Path, needed: int) -> None:
    """PlaceFull where the disk has not room for so many bytes; nothing is written."""
    with writing(place):
        free = shutil.disk_usage(place).free
    if free < needed + _KEPT_FREE:
        raise PlaceFull(needed + _KEPT_FREE, free)


@contextmanager
def new_backup(path: Path) -> Iterator[tuple[Path, Callable[[bytes], None]]]:
    """A file that is written as ``.part`` and takes its name only at the end; where the block raises, nothing of it stays.

    Gives its passing path and a function that writes. When the block is left, what was written is on the disk under ``path``.
    """
    part = path.with_name(path.name + PART)
    try:
        with writing(path.parent):
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)

        def write(content: bytes) -> None:
            with writing(path.parent):
                left = memoryview(content)
                while left:
                    left = left[os.write(handle, left) :]

        try:
            yield part, write
        finally:
            with suppress(OSError):
                os.close(handle)
        with writing(path.parent):
            part.rename(path)
            sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def settle(part: Path) -> None:
    """Have what was written on the disk, and have the next reading come from the disk where the system lets us ask for that."""
    with writing(part.parent):
        handle = os.open(part, os.O_RDWR)
        try:
            os.fsync(handle)
            if sys.platform == "linux":
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)


def sweep_parts(place: Path, name: str) -> None:
    """Take away what a killed program left of backups whose name begins so."""
    with suppress(OSError):
        for left in place.iterdir():
            if left.name.startswith(name) and left.name.endswith(PART):
                left.unlink(missing_ok=True)
