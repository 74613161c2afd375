"""Making a backup while the office goes on working, and proving it by a trial restore before it gets its name."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from taizhang_casework.domain.attachment import StoredFile
from taizhang_casework.domain.backups import MadeBackup
from taizhang_casework.services.clock import Progress

from taizhang_db.backup import manifest as manifests
from taizhang_db.backup.archive import CHUNK_BYTES, ArchiveWriter, Member, Write
from taizhang_db.backup.attached import attached, is_right, member_of
from taizhang_db.backup.files import check_room, new_backup, settle
from taizhang_db.backup.manifest import CASES_NAME, FORMAT, FORMAT_NAME, KEY_NAME, MANIFEST_NAME, Manifest
from taizhang_db.backup.meter import Meter, silent
from taizhang_db.backup.proving import prove
from taizhang_db.backup.stand import face_of
from taizhang_db.backup.trouble import (
    BackupCutShort,
    BackupDamaged,
    BackupMixed,
    BackupNotProved,
    KeysChangedMeanwhile,
    NoBackup,
)
from taizhang_db.backup.unpacking import unpack
from taizhang_db.backup.workplace import workplace
from taizhang_db.boundary import database_trouble
from taizhang_db.disk import disk_trouble
from taizhang_db.engine import ONCE_KIB, copy_case_file, engine_for, for_reading
from taizhang_db.keys import sidecar
from taizhang_db.keys.key_file import unsealed
from taizhang_db.keys.master import MasterKey, Purpose
from taizhang_db.keys.sidecar import Sidecar
from taizhang_db.memory import give_back
from taizhang_db.opening import check_generation, find
from taizhang_db.trouble import CaseFileMissing, DiskTrouble, KeyFileForeign
from taizhang_db.vault import Vault

_NOT_PROVED = (BackupDamaged, BackupMixed, BackupCutShort, NoBackup)


@dataclass(frozen=True, kw_only=True)
class BackupSource:
    """What a backup is made from, so that another thread than the vault's can make it. The master key never shows itself."""

    folder: Path
    vault: str
    case_file: str
    master: MasterKey

    @classmethod
    def of(cls, vault: Vault) -> "BackupSource":
        """The source that an open vault is; VaultLocked where it is locked."""
        inside = vault.inside
        return cls(folder=vault.folder, vault=vault.id, case_file=inside.keys.case_file, master=inside.master)

    def connections(self) -> Engine:
        """Connections of one's own to the case file, to be disposed of."""
        key = self.master.derived(Purpose.CASE_FILE)
        return engine_for(self.folder / self.case_file, key, cache_kib=ONCE_KIB)


def make_backup(
    source: BackupSource,
    path: Path,
    *,
    work: Path,
    clock: Callable[[], datetime],
    progress: Progress = silent,
) -> MadeBackup:
    """Write a backup to ``path`` (a new file), read it back, take it out for trial and compare; only then does it get its name.

    ``work`` is a folder on the PC's own disk for the copy and the trial, both encrypted as they are. Nothing is left of a backup
    that was not proved or that ``progress`` ended. Raises a BackupTrouble, or trouble of the vault's disk and file.
    """
    made_at = clock()
    with workplace(work, ".backup-") as place:
        files, meter = _measured(source, path, place, progress)
        keys = _snapshot(source, place, meter)
        engine = engine_for(place / CASES_NAME, source.master.derived(Purpose.CASE_FILE), cache_kib=ONCE_KIB)
        try:
            with database_trouble(place):
                with for_reading(engine).connect() as look:
                    if check_generation(look, keys):
                        raise KeysChangedMeanwhile
                files = attached(engine)
                lacking = tuple(one.address for one in files if not is_right(source.folder, one, meter.add))
                face = face_of(engine, source.vault, made_at, lacking=len(lacking))
        finally:
            engine.dispose()
        manifest = Manifest(format=FORMAT, face=face, members=(), lacking=lacking)
        with new_backup(path) as (part, write):
            packing = _Packing(source, place, meter)
            packing.run(write, keys, [one for one in files if one.address not in lacking], manifest)
            settle(part)
            _try(source, part, place / "trial", meter)
            meter.end()
        with disk_trouble():
            size = path.stat().st_size
    give_back()
    return MadeBackup(
        made_at=made_at,
        proved_at=clock(),
        file=str(path),
        size=size,
        head_seq=face.head_seq,
        head_hash=face.head_hash,
        lacking=len(lacking),
    )


def _measured(
    source: BackupSource, path: Path, place: Path, progress: Progress
) -> tuple[tuple[StoredFile, ...], Meter]:
    """See that there is room, on the stick and on the own disk, and expect so many bytes."""
    engine = source.connections()
    try:
        with database_trouble(source.folder):
            files = attached(engine)
    finally:
        engine.dispose()
    with disk_trouble():
        parts = (source.folder / f"{source.case_file}{end}" for end in ("", "-wal"))
        cases = sum(part.stat().st_size for part in parts if part.exists())
    rest = sum(one.size for one in files)
    here, there = 2 * cases + rest, cases + rest
    if _same_disk(path.parent, place):
        here, there = here + there, here + there
    check_room(path.parent, there)
    check_room(place, here)
    return files, Meter(progress, 4 * cases + 4 * rest)


def _same_disk(one: Path, other: Path) -> bool:
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return False


def _snapshot(source: BackupSource, place: Path, meter: Meter) -> Sidecar:
    """Copy the case file as it is at this moment; the key file that goes with it."""
    pages = 0

    def copied(done: int, _all: int) -> None:
        nonlocal pages
        meter.add((done - pages) * 4096)
        pages = done

    engine = source.connections()
    try:
        with database_trouble(source.folder), disk_trouble():
            copy_case_file(engine, place / CASES_NAME, source.master.derived(Purpose.CASE_FILE), copied)
    finally:
        engine.dispose()
    return _key_file(source)


def _key_file(source: BackupSource) -> Sidecar:
    """The key file as it is now, which may be later than the copy, but never of other keys."""
    try:
        keys = find(source.folder).keys
        unsealed(keys, source.master)
    except (KeyFileForeign, CaseFileMissing):
        raise KeysChangedMeanwhile from None
    if keys.case_file != source.case_file:
        raise KeysChangedMeanwhile
    return keys


class _Packing:
    """Writes the members of one backup."""

    def __init__(self, source: BackupSource, place: Path, meter: Meter) -> None:
        self._source = source
        self._place = place
        self._meter = meter

    def run(self, write: Write, keys: Sidecar, files: Iterable[StoredFile], manifest: Manifest) -> None:
        archive = ArchiveWriter(write)
        told = f"{FORMAT}\n".encode()
        archive.add(FORMAT_NAME, len(told), [told])
        key_file = sidecar.written(keys)
        members = [archive.add(KEY_NAME, len(key_file), [key_file])]
        members.append(self._file(archive, CASES_NAME, self._place / CASES_NAME))
        members.extend(self._file(archive, member_of(one), self._source.folder / member_of(one)) for one in files)
        content = manifests.written(_with(manifest, members), self._source.master)
        archive.add(MANIFEST_NAME, len(content), [content])
        archive.end()

    def _file(self, archive: ArchiveWriter, name: str, path: Path) -> Member:
        try:
            with path.open("rb") as file:
                return archive.add(name, os.fstat(file.fileno()).st_size, self._chunks(file.read))
        except (OSError, ValueError) as error:
            raise DiskTrouble from error

    def _chunks(self, read: Callable[[int], bytes]) -> Iterator[bytes]:
        while chunk := read(CHUNK_BYTES):
            yield chunk
            self._meter.add(len(chunk))


def _with(manifest: Manifest, members: Iterable[Member]) -> Manifest:
    return Manifest(format=manifest.format, face=manifest.face, members=tuple(members), lacking=manifest.lacking)


def _try(source: BackupSource, part: Path, trial: Path, meter: Meter) -> None:
    """The trial restore; BackupNotProved where it does not give back what was backed up."""
    with disk_trouble():
        trial.mkdir(mode=0o700)
    try:
        prove(trial, unpack(part, trial, lambda _: source.master, meter), meter)
    except _NOT_PROVED as trouble:
        raise BackupNotProved from trouble
