"""Changing the key of the data: a copy under a fresh master key takes the place of the case file.

The key file names the case file in use and is replaced atomically, so that the switch is one rename; before it the old file
counts, after it the new one.
"""

from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, update
from taizhang_casework.services.clock import Progress

from taizhang_db.boundary import database_trouble
from taizhang_db.disk import disk_trouble, sync_file, sync_folder
from taizhang_db.engine import copy_case_file, engine_for, for_writing
from taizhang_db.integrity import check_file
from taizhang_db.keys.key_file import with_master
from taizhang_db.keys.master import MasterKey, Purpose
from taizhang_db.keys.sidecar import Sidecar, read_sidecar, write_sidecar
from taizhang_db.opening import Inside
from taizhang_db.rotation_marker import begin, tidy_up
from taizhang_db.tables import key_state
from taizhang_db.trouble import VaultTrouble
from taizhang_db.vault import Vault

_HALF = 50


def rotate(vault: Vault, progress: Progress | None = None) -> None:
    """Put the data under a fresh master key; every passphrase and code opens the vault as before, the old key opens nothing.

    Nobody writes meanwhile. Raises trouble of disk and file; then, and when the program is killed at any point, the vault is as
    it was or as it will be. ``progress`` is called until just before the new file takes the place of the old one; what it raises
    ends the rotation. Must not be called inside a transaction.
    """
    inside, folder = vault.inside, vault.folder
    master = inside.master.following()
    tidy_up(folder, inside.keys.case_file)
    case_file = _free_name(folder, inside.keys.generation + 1)
    keys = with_master(inside.keys, inside.master, master, case_file)
    begin(folder, old=inside.keys.case_file, new=case_file)
    try:
        engine = _put_in_place(inside, folder, keys, master, progress)
    except BaseException:
        _undo(vault, inside, case_file)
        raise
    inside.engine.dispose()
    vault.take(replace(inside, engine=engine, keys=keys, master=master))
    with suppress(VaultTrouble):
        tidy_up(folder, case_file)


def _free_name(folder: Path, generation: int) -> str:
    """A name that no file in the folder has: whoever keeps a copy there under such a name does not lose it."""
    return next(name for at in count(generation) if not (folder / (name := f"cases-{at}.db")).exists())


def _undo(vault: Vault, inside: Inside, new: str) -> None:
    """Let the key file name the old case file again and remove the new one; where it keeps naming the new one, nobody writes to the old."""
    try:
        write_sidecar(vault.folder, inside.keys)
        tidy_up(vault.folder, inside.keys.case_file)
    except (VaultTrouble, OSError):
        if _named(vault.folder) == new:
            vault.lock_up()


def _named(folder: Path) -> str | None:
    """The case file that the key file names now; None where that cannot be read."""
    with suppress(VaultTrouble, OSError):
        return read_sidecar(folder).case_file
    return None


def _put_in_place(inside: Inside, folder: Path, keys: Sidecar, master: MasterKey, progress: Progress | None) -> Engine:
    """Copy, check, and let the key file name the copy; the connections to it."""
    path, key = folder / keys.case_file, master.derived(Purpose.CASE_FILE)
    with disk_trouble(), database_trouble(folder), for_writing(inside.engine).connect() as alone:
        alone.begin()
        copy_case_file(inside.engine, path, key, _half(progress, 0))
        engine = engine_for(path, key)
        try:
            with for_writing(engine).begin() as connection:
                connection.execute(update(key_state), {"generation": keys.generation})
            check_file(engine, _half(progress, 1))
            sync_file(path)
            sync_folder(folder)
            write_sidecar(folder, keys)
        except BaseException:
            engine.dispose()
            raise
    return engine


def _half(progress: Progress | None, which: int) -> Progress | None:
    """The first or the second half of the whole, in percent; the copy and its check take about the same time."""
    if progress is None:
        return None
    return lambda done, total: progress(which * _HALF + _HALF * done // max(total, 1), 2 * _HALF)
