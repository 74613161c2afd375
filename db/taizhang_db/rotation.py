"""Changing the key of the data: a copy under a fresh master key takes the place of the case file.

The key file names the case file in use and is replaced atomically, so that the switch is one rename; before it the old file
counts, after it the new one.
"""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine, update
from taizhang_casework.domain.trouble import OfficeTrouble

from taizhang_db.boundary import database_trouble
from taizhang_db.disk import disk_trouble, sync_file
from taizhang_db.engine import copy_case_file, engine_for, for_writing
from taizhang_db.integrity import check_file
from taizhang_db.keys.key_file import with_master
from taizhang_db.keys.master import MasterKey, Purpose, new_master_key
from taizhang_db.keys.sidecar import Sidecar, write_sidecar
from taizhang_db.opening import Inside
from taizhang_db.rotation_marker import begin, tidy_up
from taizhang_db.tables import key_state
from taizhang_db.vault import Vault


def rotate(vault: Vault) -> None:
    """Put the data under a fresh master key; every passphrase and code opens the vault as before, the old key opens nothing.

    Nobody writes meanwhile. Raises trouble of disk and file; then, and when the program is killed at any point, the vault is as
    it was or as it will be. Must not be called inside a transaction.
    """
    inside, folder = vault.inside, vault.folder
    master = new_master_key()
    case_file = f"cases-{inside.keys.generation + 1}.db"
    keys = with_master(inside.keys, inside.master, master, case_file)
    begin(folder, old=inside.keys.case_file, new=case_file)
    try:
        engine = _put_in_place(inside, folder, keys, master)
    except BaseException:
        with suppress(OfficeTrouble):
            tidy_up(folder, inside.keys.case_file)
        raise
    inside.engine.dispose()
    vault.take(replace(inside, engine=engine, keys=keys, master=master))
    tidy_up(folder, case_file)


def _put_in_place(inside: Inside, folder: Path, keys: Sidecar, master: MasterKey) -> Engine:
    """Copy, check, and let the key file name the copy; the connections to it."""
    path, key = folder / keys.case_file, master.derived(Purpose.CASE_FILE)
    with disk_trouble(), database_trouble(folder), for_writing(inside.engine).connect() as alone:
        alone.begin()
        copy_case_file(inside.engine, path, key)
        engine = engine_for(path, key)
        try:
            with for_writing(engine).begin() as connection:
                connection.execute(update(key_state), {"generation": keys.generation})
            check_file(engine)
            sync_file(path)
            write_sidecar(folder, keys)
        except BaseException:
            engine.dispose()
            raise
    return engine
