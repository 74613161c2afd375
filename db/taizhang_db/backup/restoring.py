"""Restoring a backup: taken out into a new folder beside the vault, proved, compared, and only then put in its place.

The vault that was there is kept whole in ``replaced``. Two renames make the switch; a note beside the vaults (``vault.switching``)
names them, so that a program that was killed between them ends the switch when it is next started.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec
from taizhang_casework.domain.backups import BackupFace, Loss, compared
from taizhang_casework.services.ports import Progress

from taizhang_db import founding, opening
from taizhang_db.backup.files import check_room, reading
from taizhang_db.backup.making import BackupSource
from taizhang_db.backup.meter import Meter, silent
from taizhang_db.backup.proving import prove
from taizhang_db.backup.stand import face_of, went_on_from
from taizhang_db.backup.trouble import BackupWrongCode, BackupWrongPassphrase, PlaceTaken
from taizhang_db.backup.unpacking import Unpacked, unpack
from taizhang_db.backup.workplace import workplace
from taizhang_db.boundary import database_trouble
from taizhang_db.disk import disk_trouble, remove_leftovers, sync_folder, write_whole
from taizhang_db.engine import engine_for, for_reading
from taizhang_db.head import HeadFile
from taizhang_db.journal import journal_head
from taizhang_db.keys.key_file import unsealed
from taizhang_db.keys.master import MasterKey, Purpose
from taizhang_db.keys.sidecar import Sidecar
from taizhang_db.keys.slots import open_sidecar
from taizhang_db.keys.unlock import Unlock
from taizhang_db.lock import VaultLock, sweep
from taizhang_db.trouble import WrongPassphrase, WrongRecoveryCode
from taizhang_db.vault import Vault

SWITCHING = "vault.switching"
NEW_PREFIX = ".restored-"
REPLACED = "replaced"


class Restored:
    """A backup taken out and proved: an open vault in a folder of its own, until it is put in place or thrown away."""

    def __init__(self, vault: Vault, face: BackupFace) -> None:
        self.vault = vault
        self.face = face

    def close(self) -> Path:
        """Close the vault and give its folder, which stays."""
        self.vault.close()
        return self.vault.folder

    def discard(self) -> None:
        """Throw it away; a second call does nothing."""
        shutil.rmtree(self.close(), ignore_errors=True)


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

    Raises a BackupTrouble (BackupWrongPassphrase, BackupWrongCode, …), MadeByNewerVersion, or trouble of the disk.
    """
    with disk_trouble():
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        end_cut_off(data)
        folder = Path(tempfile.mkdtemp(dir=data, prefix=NEW_PREFIX))
    return _restored(file, unlock, folder, progress)


def restore_into(file: Path, unlock: Unlock, folder: Path, progress: Progress = silent) -> Restored:
    """The same into a folder that is new or empty; PlaceTaken where it is not."""
    with disk_trouble():
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            taken = any(folder.iterdir())
        except (FileExistsError, NotADirectoryError):
            taken = True
    if taken:
        raise PlaceTaken
    return _restored(file, unlock, folder, progress)


def loss_against(source: BackupSource, backup: BackupFace) -> Loss:
    """What the present data have and the backup has not; raises trouble of the vault."""
    engine = source.connections()
    try:
        with database_trouble(source.folder):
            present = face_of(engine, source.vault, backup.made_at)
            return compared(backup, present, same_history=went_on_from(engine, backup))
    finally:
        engine.dispose()


def put_in_place(data: Path, new: Path, office: str, at: datetime) -> Path | None:
    """Let the closed vault in ``new`` be the office's: what was there is kept in the folder given back, None where nothing was.

    Raises VaultInUse where another program has the present one open, or trouble of the disk; then all is as it was.
    """
    present = data / office
    kept = _free(data / REPLACED / f"{office}_{at:%Y-%m-%d_%H%M}") if present.exists() else None
    if present.is_dir():
        VaultLock(present).release()
    with disk_trouble():
        (data / REPLACED).mkdir(mode=0o700, exist_ok=True)
    replaced = "" if kept is None else kept.name
    write_whole(data / SWITCHING, msgspec.json.encode(_Switch(new.name, office, replaced)))
    end_switch(data)
    return kept


def end_switch(data: Path) -> None:
    """End a switch that was begun; nothing where none was. Raises trouble of the disk; then it is tried again at the next start."""
    note = data / SWITCHING
    with disk_trouble():
        if not note.exists():
            return
        try:
            switch = msgspec.json.decode(note.read_bytes(), type=_Switch)
        except (msgspec.DecodeError, UnicodeDecodeError):
            switch = None
        if switch is not None and switch.inside:
            _rename(data, switch)
        note.unlink(missing_ok=True)
        sync_folder(data)


def end_cut_off(data: Path) -> None:
    """End a switch that was begun, then take away what was left half taken out or half founded; raises as :func:`end_switch`."""
    end_switch(data)
    remove_leftovers(data)
    for prefix in (NEW_PREFIX, founding.PREFIX):
        sweep(data, prefix)


class _Switch(msgspec.Struct, frozen=True):
    """Names of folders below the data: what comes, where to, and under which name in ``replaced`` the present one is kept."""

    new: str
    office: str
    replaced: str

    @property
    def inside(self) -> bool:
        """Whether the names cannot lead out of the data's folder."""
        named = filter(None, (self.new, self.office, self.replaced))
        return all(Path(name).name == name and name not in {".", ".."} for name in named)


def _rename(data: Path, switch: _Switch) -> None:
    """The two renames, as far as they are not done."""
    new, present = data / switch.new, data / switch.office
    kept = data / REPLACED / switch.replaced
    if new.exists() and present.exists() and switch.replaced and not kept.exists():
        present.rename(kept)
        sync_folder(data / REPLACED)
    if new.exists() and not present.exists():
        new.rename(present)
    elif not present.exists() and switch.replaced and kept.exists():
        kept.rename(present)
    sync_folder(data)


def _restored(file: Path, unlock: Unlock, folder: Path, progress: Progress) -> Restored:
    with _gone_unless_whole(folder):
        meter = _meter(file, folder, progress)
        held = VaultLock(folder)
        try:
            unpacked = unpack(file, folder, _opener(unlock), meter)
            prove(folder, unpacked, meter)
            _begin_head(folder, unpacked)
            inside = opening.go_in(folder, unlock)
        except BaseException:
            held.release()
            raise
        meter.end()
    return Restored(Vault(folder, inside, held), unpacked.manifest.face)


@contextmanager
def _gone_unless_whole(folder: Path) -> Iterator[None]:
    """Take a folder away where the block raises."""
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


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


def _free(path: Path) -> Path:
    found, number = path, 2
    while found.exists():
        found = path.with_name(f"{path.name}_{number}")
        number += 1
    return found
