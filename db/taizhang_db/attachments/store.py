"""The content of attachments on the disk: stored once each, read only as what was stored, and proved to be all there."""

import hmac
import io
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import msgspec
from sqlalchemy import select
from taizhang_casework.domain.attachment import Address, StoredFile, clean_name
from taizhang_casework.services.clock import Progress

from taizhang_db.attachments import cipher, folder
from taizhang_db.attachments.source import Source, opened_source
from taizhang_db.attachments.trouble import CopyNotWritten, SourceChanged, StoredFileDamaged, StoredFileMissing
from taizhang_db.disk import disk_trouble
from taizhang_db.looking import look
from taizhang_db.tables import attachment_files, attachment_naming
from taizhang_db.trouble import DiskTrouble, VaultTrouble
from taizhang_db.vault import Vault


class AttachmentVerification(msgspec.Struct, frozen=True, kw_only=True):
    """What a walk over all attachments found: how many files are right, and the addresses of those that are not.

    ``stray`` are files that no row names: they belong to a newer database than the one that is open.
    """

    right: int
    missing: tuple[Address, ...]
    damaged: tuple[Address, ...]
    stray: tuple[Address, ...]

    @property
    def whole(self) -> bool:
        """Whether every attachment can be read."""
        return not (self.missing or self.damaged)


class AttachmentFolder:
    """Implements ``AttachmentStore`` for an open vault. Memory stays at a few chunks of 64 KiB, except in :meth:`read`.

    Trouble of disk and files comes out as OfficeTrouble. Used by one thread at a time, as the vault is.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def keep(self, path: Path, progress: Progress | None = None) -> StoredFile:
        """See ``AttachmentStore``. Raises an AttachmentTrouble about the file, DiskFull, DiskTrouble or VaultNotWritable.

        Where the content is stored already, that file is verified, and stored again under its own key if it is missing or damaged.
        """
        with opened_source(path) as source, self._sealed(source, cipher.new_key(), progress) as (made, fresh):
            kept = self.file_of(fresh.address)
            if kept is None:
                folder.put_in_place(self._vault.folder, made, fresh.address, marked=True)
                return fresh
            if not self._is_right(kept):
                self._mend(source, kept, path.name, progress)
            return kept

    def settle(self, address: Address) -> None:
        """See ``AttachmentStore``. What cannot be done now is done when the vault is next opened."""
        with suppress(VaultTrouble):
            if self.file_of(address) is None:
                folder.take_away(self._vault.folder, address)
            else:
                folder.take_mark_away(self._vault.folder, address)

    def stream(self, address: Address) -> Iterator[bytes]:
        """See ``AttachmentStore``. Raises StoredFileMissing, StoredFileDamaged or DiskTrouble; KeyError for an address of no attachment."""
        file = self.file_of(address)
        if file is None:
            raise KeyError(address)
        return self._unsealed(file)

    def read(self, address: Address) -> bytes:
        """See ``AttachmentStore``. Raises what :meth:`stream` raises."""
        whole = io.BytesIO()
        for chunk in self.stream(address):
            whole.write(chunk)
        return whole.getvalue()

    def copy_out(self, address: Address, path: Path, progress: Progress | None = None) -> None:
        """See ``AttachmentStore``. Raises CopyNotWritten, or what :meth:`stream` raises; then what was at ``path`` still is."""
        file = self.file_of(address)
        if file is None:
            raise KeyError(address)
        with _copy(path) as copy:
            for chunk in _counted(self._unsealed(file), file.size, progress):
                copy.write(chunk)

    def verify(self, progress: Progress | None = None) -> AttachmentVerification:
        """Read every file and say which are missing or not what was stored. ``progress`` counts bytes of all; raising, it ends the walk."""
        files = self.files()
        total, done = sum(file.size for file in files), 0
        missing, damaged = list[Address](), list[Address]()
        for file in files:
            try:
                for chunk in self._unsealed(file):
                    done += len(chunk)
                    if progress is not None:
                        progress(done, total)
            except StoredFileMissing:
                missing.append(file.address)
            except StoredFileDamaged:
                damaged.append(file.address)
            except DiskTrouble:
                if not self._vault.folder.is_dir():
                    raise
                damaged.append(file.address)
        return AttachmentVerification(
            right=len(files) - len(missing) - len(damaged),
            missing=tuple(missing),
            damaged=tuple(damaged),
            stray=folder.strays(self._vault.folder, {file.address for file in files}),
        )

    def files(self) -> Sequence[StoredFile]:
        """Every file that an attachment has or had, by address: what a backup must hold."""
        with look(self._vault) as connection:
            found = connection.execute(select(attachment_files).order_by(attachment_files.c.address))
            return [StoredFile(**row) for row in found.mappings()]

    def place_of(self, address: Address) -> Path:
        """Where the encrypted file of that address stands."""
        return folder.place_of(self._vault.folder, address)

    def file_of(self, address: Address) -> StoredFile | None:
        """The file of that address, None where no attachment has it."""
        with look(self._vault) as connection:
            found = connection.execute(select(attachment_files).where(attachment_files.c.address == address))
            row = found.mappings().first()
        return None if row is None else StoredFile(**row)

    @contextmanager
    def _sealed(self, source: Source, key: bytes, progress: Progress | None) -> Iterator[tuple[Path, StoredFile]]:
        """The source as a finished encrypted file under a passing name, read back and found to be what was read from the source."""
        with folder.new_file(self._vault.folder) as (made, sealed):
            mac = hmac.new(self._naming_key(), digestmod="sha256")
            cipher.seal(_hashed(source.chunks(progress), mac), key, sealed)
            sealed.flush()
            os.fsync(sealed.fileno())
            sealed.seek(0)
            try:
                _exhaust(cipher.unseal(sealed, key, source.size))
            except cipher.WrongContentError as error:
                raise DiskTrouble from error
            sealed.close()
            address = Address(mac.hexdigest())
            yield made, StoredFile(address=address, size=source.size, media=source.media, key=key)

    def _mend(self, source: Source, kept: StoredFile, name: str, progress: Progress | None) -> None:
        """Store again what is missing or damaged, under the key that its row has."""
        with self._sealed(source, kept.key, progress) as (made, again):
            if again.address != kept.address:
                raise SourceChanged(clean_name(name))
            folder.put_in_place(self._vault.folder, made, kept.address, marked=False)

    def _is_right(self, file: StoredFile) -> bool:
        try:
            _exhaust(self._unsealed(file))
        except (StoredFileMissing, StoredFileDamaged):
            return False
        return True

    def _unsealed(self, file: StoredFile) -> Iterator[bytes]:
        try:
            with disk_trouble(), self.place_of(file.address).open("rb") as sealed:
                yield from cipher.unseal(sealed, file.key, file.size)
        except (FileNotFoundError, NotADirectoryError) as error:
            if not self._vault.folder.is_dir():
                raise DiskTrouble from error
            raise StoredFileMissing from error
        except cipher.WrongContentError as error:
            raise StoredFileDamaged from error

    def _naming_key(self) -> bytes:
        with look(self._vault) as connection:
            return bytes(connection.execute(select(attachment_naming.c.key)).scalar_one())


def _hashed(chunks: Iterable[bytes], mac: hmac.HMAC) -> Iterator[bytes]:
    for chunk in chunks:
        mac.update(chunk)
        yield chunk


def _exhaust(chunks: Iterable[bytes]) -> None:
    """Read to the end: every chunk is verified, none is kept."""
    for _ in chunks:
        pass


def _counted(chunks: Iterable[bytes], total: int, progress: Progress | None) -> Iterator[bytes]:
    done = 0
    for chunk in chunks:
        yield chunk
        done += len(chunk)
        if progress is not None:
            progress(done, total)


@contextmanager
def _copy(path: Path) -> Iterator[BinaryIO]:
    """A file that is at ``path`` once it is whole and on the disk."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CopyNotWritten(clean_name(path.name)) from error
