"""Reading the file that a clerk chose: in chunks, once, and unchanged from the first byte to the last."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from taizhang_casework.domain.attachment import MOST_BYTES, MediaType, clean_name, media_type
from taizhang_casework.services.clock import Progress

from taizhang_db.attachments.cipher import CHUNK_BYTES
from taizhang_db.attachments.trouble import (
    MediaNotAccepted,
    SourceChanged,
    SourceEmpty,
    SourceGone,
    SourceNotAFile,
    SourceTooLarge,
    SourceUnreadable,
)


class Source:
    """An open file that may be attached. ``media`` is by its content, ``size`` in bytes."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name
        self._stands = os.fstat(file.fileno())
        self.size = self._stands.st_size
        self.media = self._judged()

    def chunks(self, progress: Progress | None) -> Iterator[bytes]:
        """Its content in chunks of 64 KiB from the beginning. SourceUnreadable, or SourceChanged at the latest at the end."""
        done = 0
        self._file.seek(0)
        while chunk := self._read():
            done += len(chunk)
            if done > self.size:
                raise SourceChanged(self._name)
            yield chunk
            if progress is not None:
                progress(done, self.size)
        if done != self.size or self._version() != _version_of(self._stands):
            raise SourceChanged(self._name)

    def _judged(self) -> MediaType:
        if not stat.S_ISREG(self._stands.st_mode):
            raise SourceNotAFile(self._name)
        if self.size == 0:
            raise SourceEmpty(self._name)
        if self.size > MOST_BYTES:
            raise SourceTooLarge(self._name)
        head = self._read()
        media = media_type(head)
        if media is None:
            raise MediaNotAccepted(self._name, head)
        return media

    def _read(self) -> bytes:
        try:
            return self._file.read(CHUNK_BYTES)
        except OSError as error:
            raise SourceUnreadable(self._name) from error

    def _version(self) -> tuple[int, ...]:
        try:
            return _version_of(os.fstat(self._file.fileno()))
        except OSError as error:
            raise SourceUnreadable(self._name) from error


@contextmanager
def opened_source(path: Path) -> Iterator[Source]:
    """Open a file to be attached. Raises an AttachmentTrouble: gone, no file, unreadable, empty, over 50 MB, of another kind."""
    name = clean_name(path.name)
    try:
        file = open(path, "rb", opener=_without_waiting)  # noqa: SIM115 - Path.open takes no opener; closed below
    except (FileNotFoundError, NotADirectoryError):
        raise SourceGone(name) from None
    except IsADirectoryError:
        raise SourceNotAFile(name) from None
    except OSError as error:
        raise (SourceNotAFile if path.is_dir() else SourceUnreadable)(name) from error
    with file:
        yield Source(file, name)


def _without_waiting(path: str, flags: int) -> int:
    """Open; a pipe that nobody writes to is opened too, and then is no file, instead of being waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _version_of(found: os.stat_result) -> tuple[int, ...]:
    """What changes when somebody writes to the file."""
    return (found.st_size, found.st_mtime_ns, found.st_ino)
