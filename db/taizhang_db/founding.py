"""Founding: a vault is built in a folder beside its place and gets there by one rename, so that nobody ever finds half of one.

What a program that was killed leaves is that folder; it goes at the next founding, and at the next start of the program.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from taizhang_db.disk import disk_trouble, sync_folder
from taizhang_db.keys import sidecar
from taizhang_db.lock import VaultLock, new_place, sweep
from taizhang_db.trouble import FolderCannotBeMade, FolderNotEmpty, VaultExists, VaultNotWritable

PREFIX = ".founding-"


@contextmanager
def built_beside(folder: Path) -> Iterator[tuple[Path, VaultLock]]:
    """A new folder and its lock; where the block ends well, its connections closed, it takes the place of ``folder``, else it goes.

    ``folder`` must not be there yet, or be empty. Raises VaultExists, FolderNotEmpty, FolderCannotBeMade, DiskFull, DiskTrouble
    or VaultNotWritable; then ``folder`` is as it was.
    """
    _refuse_taken(folder)
    place, held = _new_place(folder)
    try:
        try:
            yield place, held
            _put(place, folder, held)
        finally:
            held.release()
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise


def _refuse_taken(folder: Path) -> None:
    with disk_trouble():
        try:
            there = [path.name for path in folder.iterdir()]
        except FileNotFoundError:
            return
        except NotADirectoryError:
            raise FolderCannotBeMade from None
    if sidecar.FILE_NAME in there or any(name.startswith("cases") and name.endswith(".db") for name in there):
        raise VaultExists
    if there:
        raise FolderNotEmpty


def _new_place(folder: Path) -> tuple[Path, VaultLock]:
    try:
        with disk_trouble():
            folder.parent.mkdir(parents=True, exist_ok=True)
            sweep(folder.parent, PREFIX)
            return new_place(folder.parent, PREFIX)
    except (FileNotFoundError, NotADirectoryError, FileExistsError, VaultNotWritable):
        raise FolderCannotBeMade from None


def _put(place: Path, folder: Path, held: VaultLock) -> None:
    """The one rename. Where others could sweep the place, it is held until then; Windows renames no folder with an open file."""
    with disk_trouble():
        sync_folder(place)
        if folder.exists():
            folder.rmdir()
        if sys.platform == "win32":
            held.release()
        place.rename(folder)
        sync_folder(folder.parent)
