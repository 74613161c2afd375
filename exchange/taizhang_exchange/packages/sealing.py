"""Bytes into an age file for one office, and out again. The plain bytes never touch a disk."""

import contextlib
import hashlib
import io
import os
import re
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pyrage

from taizhang_exchange.packages.trouble import (
    CannotRead,
    DamagedPackage,
    FileExists,
    ForAnotherOffice,
    NewerFormat,
    NotAPackage,
    PackageTooBig,
    cannot_write,
)

MOST_BYTES = 256 * 2**20
"""The largest package that is opened. age does not compress, so this bounds what opening it can need."""

_AGE, _VERSION = b"age-encryption.org/", b"v1\n"
_LATER = re.compile(rb"v[2-9]\n|v[1-9][0-9]")
_NONCE, _CHUNK, _TAG = 16, 64 * 2**10, 16
_NO_KEY = "No matching keys found"


class Opened(NamedTuple):
    """What an age file held, and the SHA-256 (hex) of the file itself."""

    plain: bytes
    digest: str


def seal(chunks: Iterable[bytes], recipients: Sequence[str], path: Path) -> str:
    """Encrypt the chunks to ``recipients`` into ``path``, a new file, and return its SHA-256 (hex).

    Written beside it, flushed to the disk, then renamed: the file is there whole or not at all. Raises FileExists,
    CannotWrite, DiskFull; ``pyrage.RecipientError`` for a recipient that is none.
    """
    to = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
    try:
        if path.exists():
            raise FileExists(path)
        with beside(path) as (part, file):
            out = _Hashing(file)
            try:
                pyrage.encrypt_io(io.BufferedReader(_Chunks(chunks)), out, to)
            except (pyrage.EncryptError, OSError):
                if out.error is not None:
                    raise out.error from None
                raise
            file.flush()
            os.fsync(file.fileno())
            file.close()
            part.replace(path)
    except OSError as error:
        raise cannot_write(path, error) from error
    _flush_folder(path.parent)
    return out.digest


def unseal(path: Path, identity: str) -> Opened:
    """Decrypt the file with an age identity. Raises the troubles of :func:`look` and ForAnotherOffice, DamagedPackage."""
    key = pyrage.x25519.Identity.from_str(identity)
    try:
        with path.open("rb") as file:
            _expect_age(path, file)
            source, plain = _Hashing(file), io.BytesIO()
            try:
                pyrage.decrypt_io(source, plain, [key])
            except pyrage.DecryptError as error:
                if source.error is not None:
                    raise source.error from None
                if _NO_KEY in str(error):
                    raise ForAnotherOffice(path) from error
                raise DamagedPackage(path, "信封破损") from error
            except OSError as error:
                if source.error is not None:
                    raise source.error from None
                raise DamagedPackage(path, "内容被截断或改动") from error
            while source.read(2**20):
                pass
    except OSError as error:
        raise CannotRead(path, error) from error
    return Opened(plain.getvalue(), source.digest)


class Look(NamedTuple):
    """What an age file shows to everybody: size in bytes, SHA-256 (hex), and to how many X25519 keys it is encrypted."""

    size: int
    digest: str
    recipients: int


def look(path: Path) -> Look:
    """What can be said without a key. Raises NotAPackage, NewerFormat, PackageTooBig, CannotRead, DamagedPackage."""
    try:
        with path.open("rb") as file:
            size = _expect_age(path, file)
            lines = _header(path, file)
            if not _whole(size - file.tell()):
                raise DamagedPackage(path, "内容被截断")
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CannotRead(path, error) from error
    return Look(size, digest, sum(line.startswith(b"-> X25519 ") for line in lines))


def _expect_age(path: Path, file: BinaryIO) -> int:
    size = os.fstat(file.fileno()).st_size
    start = file.read(len(_AGE) + len(_VERSION))
    file.seek(0)
    if not start.startswith(_AGE):
        raise NotAPackage(path)
    if _LATER.fullmatch(start.removeprefix(_AGE)):
        raise NewerFormat(path)
    if start != _AGE + _VERSION:
        raise DamagedPackage(path, "信封破损")
    if size > MOST_BYTES:
        raise PackageTooBig(path, MOST_BYTES)
    return size


def _header(path: Path, file: BinaryIO) -> list[bytes]:
    lines: list[bytes] = []
    for _ in range(200):
        line = file.readline(200)
        if line.startswith(b"--- "):
            return lines
        lines.append(line)
    raise DamagedPackage(path, "信封破损")


def _whole(payload: int) -> bool:
    """Whether so many bytes can be what age makes of a tar: a nonce, then chunks of 64 KiB with 16 bytes each; a tar is whole blocks.

    It shows a cut file to who has no key; of all cuts one in 512 passes, and is found by whoever opens it.
    """
    chunks = payload - _NONCE
    plain = chunks - -(-chunks // (_CHUNK + _TAG)) * _TAG
    return plain > 0 and plain % tarfile.BLOCKSIZE == 0


@contextlib.contextmanager
def beside(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A new file in the folder of ``path``, gone at the end unless it was renamed."""
    handle, name = tempfile.mkstemp(prefix=".taizhang-", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield part, file
    finally:
        part.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    """Bring the new name to the disk, where folders can be flushed (not on Windows)."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class _Hashing:
    """A file for pyrage that digests what passes, and keeps the OSError that pyrage turns into a text."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sum = hashlib.sha256()
        self.error: OSError | None = None

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of all that passed."""
        return self._sum.hexdigest()

    def read(self, size: int = -1) -> bytes:
        """As a file's."""
        try:
            data = self._file.read(size)
        except OSError as error:
            self.error = error
            raise
        self._sum.update(data)
        return data

    def write(self, data: bytes) -> int:
        """As a file's."""
        try:
            written = self._file.write(data)
        except OSError as error:
            self.error = error
            raise
        self._sum.update(data[:written])
        return written

    def flush(self) -> None:
        """As a file's."""
        try:
            self._file.flush()
        except OSError as error:
            self.error = error
            raise


class _Chunks(io.RawIOBase):
    """Chunks of bytes as a file to read."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        super().__init__()
        self._chunks = iter(chunks)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed's WriteableBuffer is wider
        while not self._rest:
            following = next(self._chunks, None)
            if following is None:
                return 0
            self._rest = memoryview(following)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
