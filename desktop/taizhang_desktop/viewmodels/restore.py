"""Restoring a backup: choose, prove, compare, and only then put it in place. No Qt in the values: commands load them too."""

from pathlib import Path
from typing import Protocol

import msgspec
from taizhang_casework.domain.backups import BackupFace, Loss
from taizhang_casework.services.clock import Progress

from taizhang_desktop.viewmodels.key import Key


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A backup that was taken out and proved, and what it would replace. ``loss`` is None where nothing could be compared."""

    face: BackupFace
    loss: Loss | None
    replaces: bool


class RestoreDeeds(Protocol):
    """What the page needs done, away from the window's thread; each raises OfficeTrouble or NotAccepted, and then nothing was changed."""

    def check(self, file: Path, key: Key, progress: Progress) -> Checked:
        """Take out, prove, compare."""
        ...

    def drop(self) -> None:
        """Throw away what was taken out."""
        ...
