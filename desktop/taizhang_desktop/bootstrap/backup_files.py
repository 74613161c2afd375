"""A backup's file without a window: checked, or taken out into a folder of one's own."""

from pathlib import Path

from taizhang_casework.domain.backups import BackupFace
from taizhang_casework.services.ports import Progress
from taizhang_db.backup.restoring import check_backup, restore_into

from taizhang_desktop.bootstrap.office import unlock_by
from taizhang_desktop.viewmodels.key import Key


def check_file(file: Path, key: Key, work: Path, progress: Progress) -> BackupFace:
    """Take the backup out for trial below ``work`` and prove it; nothing stays. Raises OfficeTrouble."""
    return check_backup(file, unlock_by(key), work=work, progress=progress)


def take_out(file: Path, key: Key, folder: Path, progress: Progress) -> BackupFace:
    """Take the backup out into a new or empty folder, which is then a vault of its own. Raises OfficeTrouble; then nothing stays."""
    restored = restore_into(file, unlock_by(key), folder, progress)
    restored.close()
    return restored.face
