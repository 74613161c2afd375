"""Restoring a backup: taken out into a new folder beside the vault, proved, compared, and only then put in its place.

The vault that was there is kept whole.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from taizhang_casework.domain.backups import BackupFace, Loss, compared
from taizhang_casework.services.clock import Progress

from taizhang_db import founding, opening
from taizhang_db.backup.files import check_room, reading
from taizhang_db.backup.making import BackupSource
from taizhang_db.backup.meter import Meter, silent
from taizhang_db.backup.proving import prove
from taizhang_db.backup.stand import face_of, registering_after, went_on_from
from taizhang_db.backup.switching import REPLACED, Switch, end_switch, switch
from taizhang_db.backup.trouble import BackupWrongCode, BackupWrongPassphrase, PlaceTaken, RestoreGoesOn
from taizhang_db.backup.unpacking import Unpacked, unpack
from taizhang_db.backup.workplace import workplace
from taizhang_db.boundary import database_trouble
from taizhang_db.disk import disk_trouble, remove_leftovers, unused
from taizhang_db.engine import engine_for, for_reading
from taizhang_db.head import HeadFile
from taizhang_db.journal import journal_head
from taizhang_db.keys.key_file import unsealed
from taizhang_db.keys.master import MasterKey, Purpose
from taizhang_db.keys.sidecar import Sidecar
from taizhang_db.keys.slots import open_sidecar
from taizhang_db.keys.unlock import Unlock
from taizhang_db.lock import VaultLock, new_place, sweep
from taizhang_db.trouble import VaultInUse, WrongPassphrase, WrongRecoveryCode
from taizhang_db.vault import Vault

RESTORING = "vault.restoring"
NEW_PREFIX = ".restored-"


class Restored:
    """A backup taken out and proved: an open vault in a folder of its own, until it is put in place or thrown away.

    ``alone`` keeps other programs from restoring into the same data folder until then.
    """

    def __init__(self, vault: Vault, face: BackupFace, alone: VaultLock | None) -> None:
        self.vault = vault
        self.face = face
        self._alone = alone

    def close(self) -> Path:
        """Close the vault and give its folder, which stays until the next restore or start; a second call does nothing more."""
        self.vault.close()
        if self._alone is not None:
            self._alone.remove()
        return self.vault.folder

    def discard(self) -> None:
        """Throw it away; a second call does nothing."""
        self.vault.close()
        shutil.rmtree(self.vault.folder, ignore_errors=True)
        self.close()


def check_backup(file: Path, unlock: Unlock, *, work: Path, progress: Progress = silent) -> BackupFace:
    """Take a backup out for trial and prove it; nothing stays. Raises a BackupTrouble, or trouble of the disk."""
    with workplace(work, ".backup-") as place:
        meter = _meter(file, place, progress)
        unpacked = unpack(file, place, _opener(unlock), meter)
        prove(place, unpacked, meter)
        meter.end()
    return unpacked.manifest.face


def restore_beside(file: Path, unlock: Unlock, data: Path, progress: Progress = silent) -> Restored:
    """Take a backup out into a new folder in ``data``, prove it and open it there; nothing else is touched.

    Raises a BackupTrouble (BackupWrongPassphrase, BackupWrongCode, RestoreGoesOn, …), MadeByNewerVersion, or trouble of the disk.
    """
    with disk_trouble():
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    alone = _alone_in(data)
    try:
        with disk_trouble():
            sweep(data, NEW_PREFIX)
            folder, held = new_place(data, NEW_PREFIX)
        with _gone_unless_whole(folder):
            vault, face = _restored(file, unlock, folder, held, progress)
    except BaseException:
        alone.remove()
        raise
    return Restored(vault, face, alone)


def restore_into(file: Path, unlock: Unlock, folder: Path, progress: Progress = silent) -> Restored:
    """The same into a folder that is new or empty; PlaceTaken where it is not."""
    with disk_trouble():
        own = folder.is_dir()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            taken = any(folder.iterdir())
        except (FileExistsError, NotADirectoryError):
            taken = True
    if taken:
        raise PlaceTaken
    with _gone_unless_whole(folder, itself=not own):
        vault, face = _restored(file, unlock, folder, VaultLock(folder), progress)
    return Restored(vault, face, None)


def loss_against(source: BackupSource, backup: BackupFace) -> Loss:
    """What the present data have and the backup has not; raises trouble of the vault."""
    engine = source.connections()
    try:
        with database_trouble(source.folder):
            present = face_of(engine, source.vault, backup.made_at)
            same = went_on_from(engine, backup)
            registering = registering_after(engine, backup) if same else 0
            return compared(backup, present, same_history=same, registering=registering)
    finally:
        engine.dispose()


def put_in_place(restored: Restored, office: str, at: datetime) -> Path | None:
    """Let what was taken out be the office's: what was there is kept in the folder given back, None where nothing was.

    Raises VaultInUse where another program has the present one open, TakenOutGone, or trouble of the disk; then all is as it was,
    and stays so. ``restored`` is closed in any case.
    """
    new = restored.vault.folder
    data = new.parent
    present = data / office
    restored.vault.close()
    try:
        kept = unused(data / REPLACED / f"{office}_{at:%Y-%m-%d_%H%M}") if present.exists() else None
        switch(data, Switch(new.name, office, "" if kept is None else kept.name))
    finally:
        restored.close()
    return kept


def end_cut_off(data: Path) -> None:
    """End a switch that was begun, then take away what was left half taken out or half founded; raises as :func:`end_switch`.

    Nothing while another program restores: the switch and the folder are its own.
    """
    if not data.is_dir():
        return
    try:
        alone = _alone_in(data)
    except RestoreGoesOn:
        return
    try:
        end_switch(data)
        remove_leftovers(data)
        for prefix in (NEW_PREFIX, founding.PREFIX):
            sweep(data, prefix)
    finally:
        alone.remove()


def _alone_in(data: Path) -> VaultLock:
    """Nobody else restores into that data folder or sweeps it until this is removed; RestoreGoesOn where somebody does."""
    try:
        return VaultLock(data, RESTORING)
    except VaultInUse:
        raise RestoreGoesOn from None


def _restored(
    file: Path, unlock: Unlock, folder: Path, held: VaultLock, progress: Progress
) -> tuple[Vault, BackupFace]:
    """The vault, open and proved, in a folder that ``held`` holds."""
    try:
        meter = _meter(file, folder, progress)
        unpacked = unpack(file, folder, _opener(unlock), meter)
        prove(folder, unpacked, meter)
        _begin_head(folder, unpacked)
        inside = opening.go_in(folder, unlock)
    except BaseException:
        held.release()
        raise
    meter.end()
    return Vault(folder, inside, held), unpacked.manifest.face


@contextmanager
def _gone_unless_whole(folder: Path, *, itself: bool = True) -> Iterator[None]:
    """Take away what is in a folder where the block raises, and the folder ``itself`` unless it was there before."""
    try:
        yield
    except BaseException:
        if itself:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            _empty(folder)
        raise


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        with suppress(OSError):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def _begin_head(folder: Path, unpacked: Unpacked) -> None:
    """The head of the journal outside the case file is not in a backup: it begins anew with what the backup holds."""
    engine = engine_for(folder / unpacked.keys.case_file, unpacked.master.derived(Purpose.CASE_FILE))
    try:
        with database_trouble(folder), for_reading(engine).connect() as connection:
            head = journal_head(connection)
    finally:
        engine.dispose()
    HeadFile(folder, unpacked.keys.vault, unsealed(unpacked.keys, unpacked.master).head_key).begin(head)


def _meter(file: Path, place: Path, progress: Progress) -> Meter:
    """Expect the file's bytes twice, and see that there is room for them once."""
    with reading():
        size = file.stat().st_size
    check_room(place, size)
    return Meter(progress, 2 * size)


def _opener(unlock: Unlock) -> Callable[[Sidecar], MasterKey]:
    def master_of(keys: Sidecar) -> MasterKey:
        try:
            return open_sidecar(keys, unlock).master
        except WrongPassphrase:
            raise BackupWrongPassphrase from None
        except WrongRecoveryCode:
            raise BackupWrongCode from None

    return master_of
