"""Taking a backup out into an empty folder: everything stays encrypted, and nothing is believed before the manifest is checked."""

import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import msgspec

from taizhang_db.backup import manifest as manifests
from taizhang_db.backup.archive import ArchiveReader, Member
from taizhang_db.backup.files import reading
from taizhang_db.backup.manifest import CASES_NAME, FORMAT, FORMAT_NAME, KEY_NAME, MANIFEST_NAME, Manifest
from taizhang_db.backup.meter import Meter
from taizhang_db.backup.trouble import BackupByNewerVersion, BackupDamaged, BackupMixed, BackupTrouble, NoBackup
from taizhang_db.disk import disk_trouble
from taizhang_db.keys import sidecar
from taizhang_db.keys.key_file import unsealed
from taizhang_db.keys.master import MasterKey
from taizhang_db.keys.sidecar import Sidecar
from taizhang_db.trouble import KeyFileDamaged, KeyFileForeign, MadeByNewerVersion

_ATTACHMENT = re.compile(r"attachments/([0-9a-f]{2})/\1[0-9a-f]{62}")
_MOST = {FORMAT_NAME: 16, KEY_NAME: 1 << 22, MANIFEST_NAME: 1 << 28}
"""Bytes of the members that are read into memory."""


class Unpacked(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken out: the files lie in the folder as they would in a vault."""

    manifest: Manifest
    keys: Sidecar
    master: MasterKey


def unpack(file: Path, into: Path, master_of: Callable[[Sidecar], MasterKey], meter: Meter) -> Unpacked:
    """Take a backup out into an existing empty folder. ``master_of`` opens its key file, before anything else is taken out.

    Raises a BackupTrouble about the file, what ``master_of`` raises, or trouble of the disk that is written to.
    """
    with reading():
        opened = file.open("rb", buffering=0)
    with opened:
        return _Unpacking(opened, into, meter).run(master_of)


class _Unpacking:
    def __init__(self, file: BinaryIO, into: Path, meter: Meter) -> None:
        self._file = file
        self._into = into
        self._meter = meter
        self._archive = ArchiveReader(self._read)
        self._members: list[Member] = []

    def run(self, master_of: Callable[[Sidecar], MasterKey]) -> Unpacked:
        self._check_format()
        keys = self._key_file()
        master = master_of(keys)
        self._check_seal(keys, master)
        content = self._files(keys)
        manifest = manifests.parse(content, master)
        self._compare(manifest)
        with disk_trouble():
            sidecar.write_sidecar(self._into, keys)
        return Unpacked(manifest=manifest, keys=keys, master=master)

    def _check_format(self) -> None:
        name, size = self._next(NoBackup)
        if name != FORMAT_NAME:
            raise NoBackup
        told = self._small(name, size)
        if not re.fullmatch(rb"[1-9]\d{0,8}\n", told):
            raise BackupDamaged
        if int(told) > FORMAT:
            raise BackupByNewerVersion

    def _key_file(self) -> Sidecar:
        name, size = self._next(BackupMixed)
        if name != KEY_NAME:
            raise BackupMixed
        try:
            return sidecar.parse(self._small(name, size, listed=True))
        except KeyFileDamaged:
            raise BackupDamaged from None
        except MadeByNewerVersion:
            raise BackupByNewerVersion from None

    def _check_seal(self, keys: Sidecar, master: MasterKey) -> None:
        try:
            unsealed(keys, master)
        except KeyFileForeign:
            raise BackupDamaged from None

    def _files(self, keys: Sidecar) -> bytes:
        """Write what is listed to the folder; the bytes of the manifest, which is the last member."""
        while True:
            name, size = self._next(BackupMixed)
            if name == MANIFEST_NAME:
                content = self._small(name, size)
                if self._archive.next() is not None:
                    raise BackupMixed
                return content
            if name == CASES_NAME:
                place = self._into / keys.case_file
            elif _ATTACHMENT.fullmatch(name):
                place = self._into / name
            else:
                raise BackupMixed
            self._write(name, size, place)

    def _write(self, name: str, size: int, place: Path) -> None:
        try:
            with disk_trouble():
                place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
                with os.fdopen(handle, "wb") as file:
                    self._take(name, size, file.write)
        except FileExistsError:
            raise BackupMixed from None

    def _small(self, name: str, size: int, *, listed: bool = False) -> bytes:
        if size > _MOST[name]:
            raise BackupDamaged
        whole = bytearray()
        self._take(name, size, whole.extend, listed=listed)
        return bytes(whole)

    def _take(self, name: str, size: int, write: Callable[[bytes], object], *, listed: bool = True) -> None:
        digest = hashlib.sha256()
        for chunk in self._archive.chunks(size):
            digest.update(chunk)
            write(chunk)
            self._meter.add(len(chunk))
        if listed and name != MANIFEST_NAME:
            self._members.append(Member(name, size, digest.hexdigest()))

    def _compare(self, manifest: Manifest) -> None:
        if manifest.format != FORMAT:
            raise BackupDamaged
        if [(each.name, each.size) for each in self._members] != [(each.name, each.size) for each in manifest.members]:
            raise BackupMixed
        if tuple(self._members) != manifest.members:
            raise BackupDamaged

    def _next(self, missing: type[BackupTrouble]) -> tuple[str, int]:
        found = self._archive.next()
        if found is None:
            raise missing
        return found

    def _read(self, count: int) -> bytes:
        with reading():
            return self._file.read(count)
