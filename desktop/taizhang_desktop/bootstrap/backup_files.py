"""A backup's file without a window: checked, or taken out into a folder of one's own."""

from pathlib import Path

from taizhang_casework.domain.backups import BackupFace
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.backing_up import take_over
from taizhang_casework.services.clock import Clock, Progress
from taizhang_db import SqlStore
from taizhang_db.backup.restoring import check_backup, restore_into
from taizhang_db.backup.trouble import BackupGone, PlaceTaken

from taizhang_desktop.bootstrap.office import account_of, unlock_by, work_of
from taizhang_desktop.bootstrap.rules import Rules
from taizhang_desktop.viewmodels.key import Key


class NoFolderThere(OfficeTrouble):
    """Where a backup was to be made there is nothing, or a file."""

    def __init__(self, folder: Path) -> None:
        """Say which."""
        happened = f"“{folder}”是文件，不是文件夹" if folder.exists() else f"没有这个文件夹：“{folder}”"
        super().__init__(happened, safe="没有改动任何文件", do="请写明一个已有的文件夹，例如U盘上的")


class NoFileThere(OfficeTrouble):
    """The backup that was named is a folder."""

    def __init__(self, folder: Path) -> None:
        """Say it."""
        super().__init__(
            f"“{folder}”是文件夹，不是备份文件", safe="没有改动任何文件", do="请写明以 .tzbak 结尾的那个文件"
        )


def look_for_folder(folder: Path) -> None:
    """NoFolderThere where no backup can be written to it."""
    if not folder.is_dir():
        raise NoFolderThere(folder)


def look_for_file(file: Path) -> None:
    """BackupGone or NoFileThere where there is no such file; it is not read."""
    if file.is_dir():
        raise NoFileThere(file)
    if not file.exists():
        raise BackupGone


def look_for_room(folder: Path) -> None:
    """PlaceTaken where a backup cannot be taken out into the folder, since it is not new or empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PlaceTaken


def check_file(file: Path, key: Key, work: Path, progress: Progress) -> BackupFace:
    """Take the backup out for trial below ``work`` and prove it; nothing stays. Raises OfficeTrouble."""
    return check_backup(file, unlock_by(key), work=work, progress=progress)


def take_out(file: Path, key: Key, folder: Path, *, rules: Rules, clock: Clock, progress: Progress) -> BackupFace:
    """Take the backup out into a new or empty folder, which is then a vault of its own; its journal says whose key did it.

    Raises OfficeTrouble; then nothing stays.
    """
    own = folder.is_dir()
    restored = restore_into(file, unlock_by(key), folder, progress)
    try:
        store = SqlStore(restored.vault, clock, rules.packs)
        by = account_of(store, restored.vault.holder, key.user).user
        take_over(work_of(store, by, rules, clock), restored.face, None, (), replaces=False)
    except BaseException:
        restored.discard()
        if own:
            folder.mkdir(mode=0o700)
        raise
    restored.close()
    return restored.face
