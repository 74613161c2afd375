"""The backups of an open office: where the schedule keeps them, and their making by the database room."""

from contextlib import suppress
from pathlib import Path

from taizhang_casework.domain.backups import MadeBackup, backup_file_name
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.clock import Clock, Progress
from taizhang_db import Vault
from taizhang_db.backup.files import sweep_parts
from taizhang_db.backup.making import BackupSource, make_backup
from taizhang_db.disk import unused

from taizhang_desktop.places import backup_folder


class InsideTheData(OfficeTrouble):
    """A backup was to be written among the data that it is there to replace."""

    def __init__(self, folder: Path) -> None:
        """Say where."""
        super().__init__(
            f"“{folder}”在台账自己的数据文件夹里，备份放在那里，数据丢了备份也会一起丢",
            safe="没有备份，没有改动任何文件",
            do="请另选一个文件夹，最好是U盘上的",
        )


class OfficeBackups:
    """Implements ``BackupTools`` and ``BackupFiles``. What makes a backup may run in another thread than the desk's."""

    def __init__(self, vault: Vault, office: str, clock: Clock) -> None:
        """``office`` is the name that its files carry."""
        self._vault = vault
        self._office = office
        self._clock = clock
        self.folder = backup_folder(vault.folder)

    def make_scheduled(self, progress: Progress) -> MadeBackup:
        """A backup where the schedule keeps them; raises OfficeTrouble, then nothing of it is left."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._make(self.folder, progress)

    def make_in(self, folder: Path, progress: Progress) -> MadeBackup:
        """A backup in any folder outside the data, under a name that nothing there has.

        Raises OfficeTrouble, InsideTheData among it; then nothing of it is left.
        """
        data = self._vault.folder.parent
        if folder.resolve().is_relative_to(data.resolve()):
            raise InsideTheData(folder)
        return self._make(folder, progress)

    def beside_the_data(self, file: str) -> bool:
        """See ``BackupTools``; False where it cannot be told."""
        with suppress(OSError):
            return Path(file).stat().st_dev == self._vault.folder.stat().st_dev
        return False

    def _make(self, folder: Path, progress: Progress) -> MadeBackup:
        name = backup_file_name(self._office, self._clock.now())
        sweep_parts(folder, name.partition("_")[0])
        source = BackupSource.of(self._vault)
        return make_backup(source, unused(folder / name), work=self.folder, clock=self._clock.now, progress=progress)

    def is_there(self, file: str) -> bool:
        """See ``BackupFiles``: by name, since the whole folder may have been moved."""
        return (self.folder / Path(file).name).is_file()

    def take_away(self, file: str) -> None:
        """See ``BackupFiles``."""
        with suppress(OSError):
            (self.folder / Path(file).name).unlink(missing_ok=True)
