"""The vault: a folder with the encrypted case file and the key file beside it. Made once, then opened and closed."""

import secrets
import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from sqlalchemy import Engine

from taizhang_db import lock, schema
from taizhang_db.boundary import database_trouble
from taizhang_db.disk import disk_trouble, sync_file, sync_folder
from taizhang_db.engine import engine_for, engine_for_new, for_reading
from taizhang_db.keys import sidecar
from taizhang_db.keys.argon import Argon2Cost
from taizhang_db.keys.keyring_slot import SystemKeyring
from taizhang_db.keys.recovery_code import new_code
from taizhang_db.keys.sidecar import KeyringTerms, Sidecar, read_sidecar, write_sidecar
from taizhang_db.keys.slots import (
    new_master_key,
    open_sidecar,
    seal_with_keyring,
    seal_with_passphrase,
    seal_with_recovery_code,
)
from taizhang_db.keys.unlock import Passphrase, RecoveryCode, Unlock
from taizhang_db.lock import VaultLock
from taizhang_db.trouble import (
    CaseFileDamaged,
    CaseFileMissing,
    FolderCannotBeMade,
    KeyFileMissing,
    NoVaultHere,
    VaultExists,
    VaultNotWritable,
)

CASE_FILE = "cases.db"


class Vault:
    """An open vault. It belongs to this process until :meth:`close`; the key is held by its connections alone."""

    def __init__(self, folder: Path, vault_id: str, engine: Engine, lock: VaultLock) -> None:
        self.folder = folder
        self.id = vault_id
        self.engine = engine
        self._lock = lock

    def close(self) -> None:
        """Close the connections (which moves the WAL into the case file) and let others in; a second call does nothing."""
        self.engine.dispose()
        self._lock.release()

    def __enter__(self) -> Self:
        """The vault itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def __repr__(self) -> str:
        """Say which vault it is."""
        return f"Vault({self.id})"


def create_vault(
    folder: Path,
    passphrase: Passphrase,
    *,
    keyring: SystemKeyring | None = None,
    cost: Argon2Cost | None = None,
) -> RecoveryCode:
    """Make a vault in a folder (made where missing) and give its recovery code, which is kept nowhere: print it.

    ``keyring`` adds a slot for this PC. The vault is there whole or not at all. Raises VaultExists, EmptyPassphrase,
    FolderCannotBeMade, KeyringTrouble, DiskFull, DiskTrouble or VaultNotWritable.
    """
    _make_folder(folder)
    if (folder / sidecar.FILE_NAME).exists() or (folder / CASE_FILE).exists():
        raise VaultExists
    master, vault_id, code = new_master_key(), secrets.token_hex(16), RecoveryCode(new_code())
    by_words = seal_with_passphrase(master, vault_id, passphrase, cost or Argon2Cost())
    by_code = seal_with_recovery_code(master, vault_id, code)
    with disk_trouble(), tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as name:
        place = Path(name)
        _make_case_file(place / CASE_FILE, master)
        by_keyring = () if keyring is None else (seal_with_keyring(master, vault_id, keyring),)
        slots = (by_words, by_code, *by_keyring)
        write_sidecar(place, Sidecar(format=sidecar.FORMAT, vault=vault_id, slots=slots))
        for file in (CASE_FILE, sidecar.FILE_NAME):
            (place / file).rename(folder / file)
            sync_folder(folder)
    return code


def discard_new_vault(folder: Path) -> None:
    """Take away a closed vault that was made a moment ago and in which nothing is kept yet; other files in the folder stay."""
    with disk_trouble():
        for name in (sidecar.FILE_NAME, CASE_FILE, f"{CASE_FILE}-wal", f"{CASE_FILE}-shm", lock.FILE_NAME):
            (folder / name).unlink(missing_ok=True)
        if not any(folder.iterdir()):
            folder.rmdir()


def open_vault(folder: Path, unlock: Unlock) -> Vault:
    """Open a vault, step by step; nothing is ever made or guessed in place of what is missing.

    Raises NoVaultHere, KeyFileMissing, KeyFileDamaged, CaseFileMissing, CaseFileDamaged, MadeByNewerVersion, VaultInUse,
    WrongPassphrase, RecoveryCodeMistyped, WrongRecoveryCode, KeyringTrouble, VaultNotWritable, DiskFull or DiskTrouble.
    """
    keys = _find(folder)
    with ExitStack() as undo:
        held = VaultLock(folder)
        undo.callback(held.release)
        engine = engine_for(folder / CASE_FILE, open_sidecar(keys, unlock))
        undo.callback(engine.dispose)
        with database_trouble(folder):
            probe(engine)
            schema.bring_up_to_date(engine)
        undo.pop_all()
    return Vault(folder, keys.vault, engine, held)


def remember_on_this_pc(folder: Path, unlock: Unlock, keyring: SystemKeyring) -> None:
    """Let this PC's keyring open the vault from now on; the secrets of other PCs stay. Raises what :func:`open_vault` raises."""
    keys = _find(folder)
    slot = seal_with_keyring(open_sidecar(keys, unlock), keys.vault, keyring)
    write_sidecar(folder, msgspec.structs.replace(keys, slots=(*keys.slots, slot)))


def has_keyring_slot(folder: Path) -> bool:
    """Whether opening by the keyring is worth a try; False too where there is no vault."""
    try:
        return any(isinstance(slot.terms, KeyringTerms) for slot in read_sidecar(folder).slots)
    except (FileNotFoundError, NotADirectoryError):
        return False


def probe(engine: Engine) -> None:
    """Read the first page: the driver's "file is not a database" where key and file do not belong together."""
    with for_reading(engine).connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").close()


def _find(folder: Path) -> Sidecar:
    """The key file of a vault whose files are both there."""
    case_file = folder / CASE_FILE
    try:
        keys = read_sidecar(folder)
    except (FileNotFoundError, NotADirectoryError):
        if case_file.exists():
            raise KeyFileMissing from None
        raise NoVaultHere from None
    if not case_file.exists():
        raise CaseFileMissing
    if case_file.stat().st_size == 0:
        raise CaseFileDamaged
    return keys


def _make_folder(folder: Path) -> None:
    try:
        with disk_trouble():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (FileNotFoundError, NotADirectoryError, FileExistsError, VaultNotWritable):
        raise FolderCannotBeMade from None


def _make_case_file(path: Path, master: bytes) -> None:
    """A case file with today's tables, closed and on the disk; it goes the way of every migration."""
    with database_trouble(path.parent):
        engine = engine_for_new(path, master)
        try:
            schema.bring_up_to_date(engine)
        finally:
            engine.dispose()
    sync_file(path)
