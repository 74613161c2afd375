"""The boundary of the room: no error of the database leaves it that a clerk could mend; those become the office's trouble."""

import errno
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from taizhang_db.keys.sidecar import FILE_NAME
from taizhang_db.sqlite_codes import code_of
from taizhang_db.trouble import CaseFileDamaged, DiskFull, DiskTrouble, VaultBusy, VaultNotWritable, VaultTrouble

_NO_ROOM_BYTES = 1 << 20
_TROUBLES: dict[int, Callable[[], VaultTrouble]] = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_IOERR: DiskTrouble,
    sqlite3.SQLITE_NOTADB: CaseFileDamaged,
    sqlite3.SQLITE_CORRUPT: CaseFileDamaged,
    sqlite3.SQLITE_BUSY: VaultBusy,
    sqlite3.SQLITE_LOCKED: VaultBusy,
    sqlite3.SQLITE_READONLY: VaultNotWritable,
    sqlite3.SQLITE_PERM: VaultNotWritable,
    sqlite3.SQLITE_CANTOPEN: VaultNotWritable,
}


@contextmanager
def database_trouble(folder: Path) -> Iterator[None]:
    """Turn errors of SQLite in the block that come from disk, file or another program into trouble; our own errors pass as they are."""
    try:
        yield
    except DBAPIError as error:
        trouble = trouble_of(error, folder)
        if trouble is None:
            raise
        raise trouble from error


def trouble_of(error: DBAPIError, folder: Path) -> VaultTrouble | None:
    """What the error means to the office, None where it is ours."""
    code = primary_code(error)
    kind = None if code is None else _TROUBLES.get(code)
    if kind is None:
        return None
    if kind is DiskTrouble and _no_room(folder):
        kind = DiskFull
    if kind is VaultNotWritable and _out_of_reach(folder):
        kind = DiskTrouble
    return kind()


def primary_code(error: DBAPIError) -> int | None:
    """SQLite's primary result code, None where the error does not come from SQLite."""
    return code_of(error.orig)


def _out_of_reach(folder: Path) -> bool:
    """SQLite reports a stick that was pulled out as a file that cannot be opened. A folder may still be listed from memory then."""
    try:
        (folder / FILE_NAME).read_bytes()
    except FileNotFoundError:
        return not folder.is_dir()
    except OSError as error:
        return error.errno not in {errno.EACCES, errno.EPERM}
    return False


def _no_room(folder: Path) -> bool:
    """SQLite reports a full disk as an I/O error where it grows its shared memory file."""
    try:
        return shutil.disk_usage(folder).free < _NO_ROOM_BYTES
    except OSError:
        return False
