"""A vault that is worked in day by day on a PC that keeps its heads: put back as it was, backed up, restored."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from asked import keyring_asked
from shipped import PACKS
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.offices import Role, User
from taizhang_casework.domain.operation import Operation
from taizhang_db import Passphrase, SqlStore, SystemKeyring, Vault, open_vault
from taizhang_db.backup.making import BackupSource, make_backup
from taizhang_db.backup.restoring import put_in_place, restore_beside
from taizhang_db.doubts import VaultDoubts
from taizhang_db.trouble import Doubtful

WORDS = Passphrase("即墨 乡村 振兴")
BOSS = User(name="赵芳", role=Role.ADMINISTRATOR)
AT = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


class SecondByDay:
    """A clock that goes on a second at each look, so that no two decisions are the same."""

    def __init__(self) -> None:
        self._looks = count()

    def now(self) -> datetime:
        return AT + timedelta(seconds=next(self._looks))

    def today(self) -> date:
        return AT.date()

    def new_id(self) -> str:
        return "0" * 32


class WatchedTown:
    """The vault in ``folder``, alone among others' in its data folder. ``heads`` is this PC's own folder, None: it keeps none there."""

    def __init__(self, folder: Path, heads: Path | None, case_of: Callable[..., Case]) -> None:
        self.folder = folder
        self.heads = heads
        self._clock = SecondByDay()
        self._case_of = case_of

    def work(self, *cases: str) -> list[object]:
        """Open, save, close; what the vault had to tell. Where opening itself has a doubt, nobody goes on and nothing is saved."""
        told: list[object] = []
        try:
            vault = open_vault(self.folder, WORDS, heads=self.heads)
        except Doubtful as doubt:
            return [doubt]
        with vault:
            vault.news.listen(told.append)
            vault.watch(SystemKeyring(seconds=2))
            keyring_asked()
            self.save(vault, *cases)
        keyring_asked()
        return told

    def work_unwatched(self, *cases: str) -> None:
        """The same on a PC that keeps nothing, or with a program that does not ask."""
        with open_vault(self.folder, WORDS) as vault:
            self.save(vault, *cases)

    def save(self, vault: Vault, *cases: str) -> None:
        for case in cases:
            with SqlStore(vault, self._clock, PACKS).change(Operation.TAKE_PACKAGE, User(name="李明")) as desk:
                desk.cases.save(self._case_of(case))

    def kept_aside(self) -> Path:
        """The whole folder as it is now."""
        number = len(list(self.folder.parent.parent.iterdir()))
        return Path(shutil.copytree(self.folder, self.folder.parent.parent / f"aside {number}"))

    def put_back(self, whole: Path) -> None:
        """Every file of the folder as it was, and nothing else."""
        shutil.rmtree(self.folder)
        shutil.copytree(whole, self.folder)

    def go_on_although_older(self) -> None:
        """What the administrator does where opening says that the data lack changes."""
        with open_vault(self.folder, WORDS, although_doubtful=True, heads=self.heads) as vault:
            assert vault.doubts
            VaultDoubts(vault, SqlStore(vault, self._clock, PACKS)).settle(BOSS)

    def back_up(self) -> Path:
        aside = self.folder.parent.parent
        file = aside / f"{len(list(aside.iterdir()))}.tzbak"
        with open_vault(self.folder, WORDS) as vault:
            make_backup(BackupSource.of(vault), file, work=aside / "work", clock=lambda: AT)
        return file

    def restore(self, file: Path) -> None:
        """As the window does it: proved, taken down in the journal, and put in the place of what is there."""
        restored = restore_beside(file, WORDS, self.folder.parent)
        with SqlStore(restored.vault, self._clock, PACKS).change(Operation.RESTORE_BACKUP, BOSS) as desk:
            desk.take_down_restore(restored.face, None)
        put_in_place(restored, self.folder.name, AT)
