"""The folder of the encrypted files: their names, and how one comes to stand there so that a crash leaves nothing behind.

``attachments/ab/abcdef…`` is a file by its address. A new one is written as ``.new-…`` and brought to the disk; then an empty
``.pending-abcdef…`` is made, the file is renamed, its row is committed, the pending mark goes. So a file without a row has its mark,
and :func:`sweep` takes away what is marked and what is half-written, and nothing else: where an older database was put
back, the files of the newer one must still be there when it returns. In a vault that is in doubt it is not called at all.
"""

import os
import re
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Engine, select
from taizhang_casework.domain.attachment import Address

from taizhang_db.disk import disk_trouble, sync_folder
from taizhang_db.engine import for_reading, refuse_damage
from taizhang_db.tables import attachment_files
from taizhang_db.trouble import DiskTrouble

FOLDER = "attachments"
_NEW, _PENDING = ".new-", ".pending-"
_ADDRESS = re.compile(r"[0-9a-f]{64}")


def folder_in(vault: Path) -> Path:
    """Where a vault keeps its attachments; made when the first one comes."""
    return vault / FOLDER


def place_of(vault: Path, address: Address) -> Path:
    """Where the file of that address stands."""
    return folder_in(vault) / address[:2] / address


def pending_mark(vault: Path, address: Address) -> Path:
    """The empty file that says: this one may have no row yet."""
    return folder_in(vault) / f"{_PENDING}{address}"


@contextmanager
def writing_trouble() -> Iterator[None]:
    """As :func:`disk_trouble`; what is missing or in the way is the disk's trouble too, for the program made it."""
    try:
        with disk_trouble():
            yield
    except (FileNotFoundError, NotADirectoryError, FileExistsError) as error:
        raise DiskTrouble from error


@contextmanager
def new_file(vault: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A half-made file, open for writing and reading; gone afterwards unless it was renamed.

    Raises DiskFull, DiskTrouble or VaultNotWritable.
    """
    with writing_trouble():
        place = folder_in(vault)
        place.mkdir(mode=0o700, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place, prefix=_NEW)
        try:
            with os.fdopen(handle, "w+b") as file:
                yield Path(name), file
        finally:
            with suppress(OSError):
                Path(name).unlink(missing_ok=True)


def put_in_place(vault: Path, made: Path, address: Address, *, marked: bool) -> None:
    """Rename a finished file to its address, durably; ``marked`` sets the pending mark before."""
    with writing_trouble():
        place = place_of(vault, address)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        if marked:
            pending_mark(vault, address).touch(mode=0o600)
        sync_folder(folder_in(vault))
        made.replace(place)
        sync_folder(place.parent)


def take_mark_away(vault: Path, address: Address) -> None:
    """The row is there: take the mark away. Where that fails, the next sweep does it."""
    with suppress(OSError):
        pending_mark(vault, address).unlink(missing_ok=True)


def take_away(vault: Path, address: Address) -> None:
    """Take away a file that no row names, and then its mark. Where that fails, the next sweep does it."""
    with suppress(OSError):
        place_of(vault, address).unlink(missing_ok=True)
        pending_mark(vault, address).unlink(missing_ok=True)


def sweep(vault: Path, engine: Engine) -> None:
    """Take away what a crash left: half-written files, and marked files without a row. What cannot go stays for the next time."""
    try:
        left = [path.name for path in folder_in(vault).iterdir() if path.name.startswith((_NEW, _PENDING))]
    except OSError:
        return
    for name in left:
        address = Address(name.removeprefix(_PENDING))
        if name.startswith(_NEW):
            with suppress(OSError):
                (folder_in(vault) / name).unlink(missing_ok=True)
        elif _ADDRESS.fullmatch(address):
            (take_mark_away if _has_row(engine, address) else take_away)(vault, address)


def _has_row(engine: Engine, address: Address) -> bool:
    with for_reading(engine).connect() as connection:
        found = connection.scalar(select(attachment_files.c.address).where(attachment_files.c.address == address))
        refuse_damage(connection)
    return found is not None


def strays(vault: Path, known: Collection[Address]) -> tuple[Address, ...]:
    """The addresses of files that no row names."""
    names = (path.name for path in folder_in(vault).glob("[0-9a-f][0-9a-f]/*"))
    return tuple(sorted(Address(name) for name in names if _ADDRESS.fullmatch(name) and name not in known))
