"""``vault.head``: how far the journal has come, kept beside the case file.

An encrypted file that is put back as it was last month opens without complaint, and so does one whose WAL lost its tail. Only
something outside it can tell. The file holds two records that are written in turn, so that one of them is always whole; a
record is the number and hash of the newest journal row, signed (HMAC-SHA256) to the vault. It is written after the commit and
not forced to the disk: it may lag behind the case file, and never runs ahead of it.
"""

import hmac
import os
import struct
from contextlib import suppress
from pathlib import Path

from taizhang_db.disk import disk_trouble, write_whole
from taizhang_db.journal import FIRST_PREVIOUS, JournalHead
from taizhang_db.trouble import HeadFileDamaged, HeadFileMissing

FILE_NAME = "vault.head"
_MAGIC = b"TZHEAD1\0"
_BODY = struct.Struct("<8sq32s")
_MAC_BYTES = 32
_RECORD_BYTES = _BODY.size + _MAC_BYTES
_STRIDE = 512
"""Bytes between the two records: a sector each."""
START = JournalHead(0, FIRST_PREVIOUS)


class HeadFile:
    """The file of one vault. ``key`` signs its records."""

    def __init__(self, folder: Path, vault: str, key: bytes) -> None:
        self.path = folder / FILE_NAME
        self._vault = vault.encode()
        self._key = key

    def read(self) -> JournalHead:
        """The newer of the two records. Raises HeadFileMissing, HeadFileDamaged (neither is whole) or trouble of the disk."""
        try:
            with disk_trouble():
                content = self.path.read_bytes()
        except FileNotFoundError:
            raise HeadFileMissing from None
        found = self._records(content)
        whole = [head for head in found if head is not None]
        if not whole or len(content) != _STRIDE + _RECORD_BYTES:
            raise HeadFileDamaged
        return max(whole, key=lambda head: head.seq)

    def is_as_written(self) -> bool:
        """Whether both records and all between them are as they were written; one that was torn does no harm. Raises as :meth:`read`."""
        self.read()
        with disk_trouble():
            content = self.path.read_bytes()
        records = (content[:_RECORD_BYTES], content[_STRIDE:])
        return all(self._parsed(record) for record in records) and not any(content[_RECORD_BYTES:_STRIDE])

    def begin(self, head: JournalHead) -> None:
        """Write the file anew with this head, whole or not at all; raises trouble of the disk."""
        record = self._record(head)
        write_whole(self.path, record.ljust(_STRIDE, b"\0") + record)

    def note(self, head: JournalHead) -> None:
        """Take down a commit in the place of the older record. What cannot be written here is not lost: the file then lags behind."""
        with suppress(OSError):
            handle = os.open(self.path, os.O_RDWR | getattr(os, "O_BINARY", 0))
            try:
                first, second = self._records(os.read(handle, _STRIDE + _RECORD_BYTES))
                into_first = first is None or (second is not None and first.seq <= second.seq)
                os.lseek(handle, 0 if into_first else _STRIDE, os.SEEK_SET)
                os.write(handle, self._record(head))
            finally:
                os.close(handle)

    def _records(self, content: bytes) -> tuple[JournalHead | None, JournalHead | None]:
        return self._parsed(content[:_RECORD_BYTES]), self._parsed(content[_STRIDE : _STRIDE + _RECORD_BYTES])

    def _record(self, head: JournalHead) -> bytes:
        """A head as it is kept, signed to the vault."""
        body = _BODY.pack(_MAGIC, head.seq, bytes.fromhex(head.hash))
        return body + self.mac(body)

    def _parsed(self, record: bytes) -> JournalHead | None:
        """What a record says; None where it is not one of this vault as it was written."""
        if len(record) != _RECORD_BYTES:
            return None
        body, mac = record[: _BODY.size], record[_BODY.size :]
        if not hmac.compare_digest(mac, self.mac(body)):
            return None
        magic, seq, digest = _BODY.unpack(body)
        return JournalHead(seq, digest.hex()) if magic == _MAGIC else None

    def mac(self, body: bytes) -> bytes:
        """What signs the bytes to the vault."""
        return hmac.digest(self._key, self._vault + body, "sha256")
