"""``vault.rotating``: names the two case files of a change of keys, so that a program that was killed leaves none behind for long."""

from pathlib import Path

import msgspec

from taizhang_db.disk import disk_trouble, sync_folder, write_whole

FILE_NAME = "vault.rotating"
KEPT_FOLDER = "before-upgrade"
"""Where :mod:`taizhang_db.upgrading` keeps its copies; named here, so that opening need not load Alembic."""


class _Rotation(msgspec.Struct, frozen=True):
    old: str
    new: str


def begin(folder: Path, *, old: str, new: str) -> None:
    """Say that ``new``, which is not there yet, is being made to take the place of ``old``."""
    write_whole(folder / FILE_NAME, msgspec.json.encode(_Rotation(old, new)))


def is_begun(folder: Path) -> bool:
    """Whether a change of keys was begun and not ended."""
    return (folder / FILE_NAME).exists()


def tidy_up(folder: Path, in_use: str) -> None:
    """End a rotation that was begun: remove whichever of its two files is not in use.

    Nothing else is ever removed, but for the copies kept before upgrades once another key is in use.
    """
    marker = folder / FILE_NAME
    if not marker.exists():
        return
    with disk_trouble():
        try:
            rotation = msgspec.json.decode(marker.read_bytes(), type=_Rotation)
        except (msgspec.DecodeError, UnicodeDecodeError):
            rotation = None
        if rotation is not None and in_use in {rotation.old, rotation.new}:
            _remove(folder, rotation.new if in_use == rotation.old else rotation.old)
            if in_use == rotation.new:
                _forget_copies(folder)
        marker.unlink(missing_ok=True)
        sync_folder(folder)


def _remove(folder: Path, case_file: str) -> None:
    with disk_trouble():
        for name in (case_file, f"{case_file}-wal", f"{case_file}-shm"):
            (folder / name).unlink(missing_ok=True)


def _forget_copies(folder: Path) -> None:
    """The copies kept before upgrades are under the old key: the office can open them no more, and whoever kept that key could."""
    for copy in (folder / KEPT_FOLDER).glob("cases-*.db"):
        copy.unlink(missing_ok=True)
