"""The form of a backup's file: a plain tar that this program writes in one way only, so that a single changed bit is seen.

A header is compared with the one that we would write, the padding must be zeros, the file must end where it ends; what is inside
is for the manifest to judge. Nothing is kept in memory but a block.
"""

import hashlib
import tarfile
from collections.abc import Callable, Iterable, Iterator

import msgspec

from taizhang_db.backup.trouble import BackupCutShort, BackupDamaged, NoBackup

BLOCK = 512
CHUNK_BYTES = 1 << 20
_ZEROS = bytes(BLOCK)

Read = Callable[[int], bytes]
Write = Callable[[bytes], None]


class Member(msgspec.Struct, frozen=True):
    """One file in a backup: its name, its bytes, and their SHA-256 as 64 hex digits."""

    name: str
    size: int
    sha256: str


class ArchiveWriter:
    """Writes one member after the other."""

    def __init__(self, write: Write) -> None:
        self._write = write

    def add(self, name: str, size: int, chunks: Iterable[bytes]) -> Member:
        """Write a member whose chunks are ``size`` bytes together; ValueError where they are not."""
        self._write(_header(name, size))
        digest, left = hashlib.sha256(), size
        for chunk in chunks:
            left -= len(chunk)
            if left < 0:
                break
            digest.update(chunk)
            self._write(chunk)
        if left:
            raise ValueError(f"{name} is not of {size} bytes")
        self._write(bytes(-size % BLOCK))
        return Member(name, size, digest.hexdigest())

    def end(self) -> None:
        """Write the end."""
        self._write(_ZEROS * 2)


class ArchiveReader:
    """Reads one member after the other. Raises NoBackup, BackupCutShort, BackupDamaged, or what ``read`` raises."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._at_start = True

    def next(self) -> tuple[str, int] | None:
        """Name and size of the next member, None at the end; the chunks of the one before were taken."""
        block = self._exactly(BLOCK)
        if block == _ZEROS and not self._at_start:
            if self._exactly(BLOCK) != _ZEROS or self._read(1):
                raise BackupDamaged
            return None
        try:
            found = tarfile.TarInfo.frombuf(block, "ascii", "strict")
            right = _header(found.name, found.size) == block
        except (tarfile.HeaderError, ValueError):
            right, found = False, tarfile.TarInfo()
        if not right:
            raise NoBackup if self._at_start else BackupDamaged
        self._at_start = False
        return found.name, found.size

    def chunks(self, size: int) -> Iterator[bytes]:
        """The bytes of the member just named."""
        left = size
        while left:
            chunk = self._exactly(min(left, CHUNK_BYTES))
            left -= len(chunk)
            yield chunk
        if any(self._exactly(-size % BLOCK)):
            raise BackupDamaged

    def _exactly(self, count: int) -> bytes:
        found = self._read(count) if count else b""
        while 0 < len(found) < count and (more := self._read(count - len(found))):
            found += more
        if len(found) != count:
            raise NoBackup if self._at_start else BackupCutShort
        return found


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT, "ascii", "strict")
