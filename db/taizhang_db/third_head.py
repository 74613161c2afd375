"""A third head of the journal, in a folder of this PC's own outside the vault: seen where every file of the vault was put back.

It needs no keyring. A small file for each vault, written after each commit and not forced to the disk, as ``vault.head`` is: two
records in turn, so that one of them is always whole. A PC that cannot write there works as if it kept none.
"""

import hashlib
import os
import threading
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from taizhang_db.disk import sync_file, write_whole
from taizhang_db.head import HeadFile
from taizhang_db.journal import JournalHead
from taizhang_db.seen import MOST_BYTES, Seen, parsed, record
from taizhang_db.trouble import VaultTrouble

_STRIDE = -(-MOST_BYTES // 512) * 512
"""Bytes between the two records: whole sectors each."""
_NAME_DIGITS = 32


def place_of(folder: Path, vault: str) -> Path:
    """Where the head of a vault is kept; the vault's id is a word of its key file, so the name is made of its hash."""
    return folder / f"{hashlib.sha256(vault.encode()).hexdigest()[:_NAME_DIGITS]}.head"


class ThirdHead:
    """The head that a folder of this PC keeps of one vault. ``seal`` is that of the vault."""

    def __init__(self, folder: Path, vault: str, seal: HeadFile) -> None:
        self._path = place_of(folder, vault)
        self._seal = seal
        self._into_first = False
        self._newest: Seen | None = None
        self._kept: Seen | None = None
        self._using = threading.Lock()

    def begin(self, newest: Seen) -> None:
        """Keep the newest from now on: opening has compared it with what was kept, and nobody doubts it."""
        with self._using:
            kept = self.read()
            self._newest = self._kept = newest.after(kept)
            if self._newest != kept:
                with suppress(OSError, VaultTrouble):
                    self._write_both(self._newest)

    def hold(self, seen: Seen) -> bool:
        """Keep what the keyring saw, and nothing newer while the vault is open, so that the next opening asks; whether that is kept."""
        with self._using:
            self._newest = None
            try:
                self._write_both(seen.after(self.read()))
            except (OSError, VaultTrouble):
                return False
            return True

    def note(self, head: JournalHead) -> None:
        """Take down a commit."""
        with self._using:
            if self._newest is not None:
                self._newest = replace(self._newest, head=head)
                with suppress(OSError):
                    self._put(self._newest)

    def keep(self) -> None:
        """Have the newest head on the disk: before the vault is locked or closed."""
        with self._using:
            if self._newest is not None:
                with suppress(OSError):
                    self._put(self._newest)
                    sync_file(self._path)

    def read(self) -> Seen | None:
        """What was kept; None where nothing was, or nothing of this vault."""
        try:
            content = self._path.read_bytes()
        except OSError:
            return None
        found = [parsed(content[at : at + _STRIDE], self._seal) for at in (0, _STRIDE)]
        return max((seen for seen in found if seen is not None), key=lambda seen: seen.head.seq, default=None)

    def _write_both(self, newest: Seen) -> None:
        """Both records anew: what was kept may lie on a way that was left, and have a higher number."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in self._path.parent.glob(f".{self._path.name}.*"):
            left.unlink()
        write_whole(self._path, record(newest, self._seal).ljust(_STRIDE, b"\0") * 2)

    def _put(self, newest: Seen) -> None:
        if newest == self._kept:
            return
        handle = os.open(self._path, os.O_WRONLY | getattr(os, "O_BINARY", 0))
        try:
            os.lseek(handle, 0 if self._into_first else _STRIDE, os.SEEK_SET)
            os.write(handle, record(newest, self._seal))
        finally:
            os.close(handle)
        self._into_first = not self._into_first
        self._kept = newest
