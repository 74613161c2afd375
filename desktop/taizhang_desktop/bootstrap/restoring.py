"""Restoring a backup, step by step: taken out beside the vaults and proved, compared with what is there, then put in its place."""

from dataclasses import dataclass
from pathlib import Path

from taizhang_casework.domain.backups import BackupFace, BackupRecord, Loss
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.rights import Right, require
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.backing_up import state as backup_state
from taizhang_casework.services.backing_up import take_over
from taizhang_casework.services.clock import Clock, Progress
from taizhang_db import SqlStore, open_vault
from taizhang_db.backup.making import BackupSource
from taizhang_db.backup.restoring import Restored, end_cut_off, loss_against, put_in_place, restore_beside
from taizhang_db.backup.trouble import BackupOfAnotherOffice, PresentNotOpened
from taizhang_db.keys.sidecar import read_sidecar
from taizhang_db.trouble import (
    CaseFileDamaged,
    CaseFileMissing,
    Doubtful,
    KeyFileDamaged,
    KeyFileForeign,
    KeyFileMissing,
    SchemaUnexpected,
    VaultTrouble,
    WrongPassphrase,
    WrongRecoveryCode,
)

from taizhang_desktop.bootstrap.office import OpenOffice, account_of, office_of, unlock_by, work_of
from taizhang_desktop.bootstrap.rules import Rules
from taizhang_desktop.places import vaults_in
from taizhang_desktop.viewmodels.key import Key
from taizhang_desktop.viewmodels.restore import Checked

_BROKEN = (
    CaseFileDamaged,
    CaseFileMissing,
    KeyFileDamaged,
    KeyFileForeign,
    KeyFileMissing,
    SchemaUnexpected,
    Doubtful,
)
"""What is wrong with a vault that its owner may replace without being able to open it."""

__all__ = ["Restoration", "end_cut_off"]


class BackupOfATraining(OfficeTrouble):
    """A backup that was made in a training."""

    def __init__(self, office: str) -> None:
        """Name the made-up office."""
        super().__init__(
            f"这个备份是演练做的（{office}），里面是编造的练习用数据",
            safe="没有恢复，本机的台账没有改动",
            do="请选择本单位台账的备份",
        )


@dataclass(frozen=True, kw_only=True)
class _Present:
    """What stands where the backup is to go."""

    name: str
    loss: Loss | None
    register: tuple[BackupRecord, ...] = ()


class Restoration:
    """One restore. ``present`` is the office that is open meanwhile; None: before any is open. Used by one thread at a time."""

    def __init__(self, data: Path, present: OpenOffice | None, rules: Rules, clock: Clock) -> None:
        """``data`` is where vaults are."""
        self._data = data
        self._office = present
        self._rules = rules
        self._clock = clock
        self._restored: Restored | None = None
        self._by: User | None = None
        self._there: _Present | None = None

    def check(self, file: Path, key: Key, progress: Progress) -> Checked:
        """Take the backup out, prove it and compare it; nothing is replaced yet.

        Raises OfficeTrouble about backup, key or disk; NotAccepted where the user may not restore over what is there.
        """
        self.drop()
        if self._office is not None:
            require(self._office.work.user, Right.RESTORE)
        restored = restore_beside(file, unlock_by(key), self._data, progress)
        self._restored = restored
        try:
            store = SqlStore(restored.vault, self._clock, self._rules.packs)
            owner = account_of(store, restored.vault.holder, key.user).user
            self._there = self._look_at(store, restored.face, key, owner)
        except BaseException:
            self.drop()
            raise
        self._by = owner if self._office is None else self._office.work.user
        return Checked(face=restored.face, loss=self._there.loss, replaces=self._stands(self._there.name))

    def switch(self) -> Path | None:
        """Put what was checked in its place; whoever had the present vault open has closed it. Where the old one is kept, if any.

        Raises OfficeTrouble; then everything is as it was.
        """
        restored, by, there = self._restored, self._by, self._there
        if restored is None or by is None or there is None:
            raise RuntimeError("nothing was checked")
        store = SqlStore(restored.vault, self._clock, self._rules.packs)
        work = work_of(store, by, self._rules, self._clock)
        take_over(work, restored.face, there.loss, there.register, replaces=self._stands(there.name))
        self._restored = None
        return put_in_place(restored, there.name, self._clock.now())

    @property
    def target(self) -> Path | None:
        """The folder that the backup goes to, once it was checked."""
        return None if self._there is None else self._data / self._there.name

    def drop(self) -> None:
        """Throw away what was taken out; a second call does nothing."""
        if self._restored is not None:
            self._restored.discard()
            self._restored = None

    def _look_at(self, store: SqlStore, face: BackupFace, key: Key, owner: User) -> _Present:
        office = office_of(store)
        if office.training:
            raise BackupOfATraining(office.name)
        if self._office is not None:
            if self._office.office.id != office.id:
                raise BackupOfAnotherOffice(office.name)
            vault = self._office.vault
            return _Present(
                name=vault.folder.name,
                loss=loss_against(BackupSource.of(vault), face),
                register=backup_state(self._office.work).records,
            )
        folder = self._folder_of(face.vault, office.name)
        if not folder.exists():
            return _Present(name=folder.name, loss=None)
        return self._try_present(folder, face, key, owner)

    def _try_present(self, folder: Path, face: BackupFace, key: Key, owner: User) -> _Present:
        """A vault is there and not open: whoever opens it needs the right; a broken one gives way to its backup's administrator."""
        try:
            with open_vault(folder, unlock_by(key)) as vault:
                store = SqlStore(vault, self._clock, self._rules.packs)
                user = account_of(store, vault.holder, key.user).user
                require(user, Right.RESTORE)
                register = backup_state(work_of(store, user, self._rules, self._clock)).records
                loss = loss_against(BackupSource.of(vault), face)
        except (WrongPassphrase, WrongRecoveryCode):
            raise PresentNotOpened(folder.name) from None
        except _BROKEN:
            require(owner, Right.RESTORE)
            return _Present(name=folder.name, loss=None)
        return _Present(name=folder.name, loss=loss, register=register)

    def _folder_of(self, vault: str, office: str) -> Path:
        """The folder of that vault where there is one, else the folder of that office's name."""
        for folder in vaults_in(self._data):
            try:
                if read_sidecar(folder).vault == vault:
                    return folder
            except (VaultTrouble, FileNotFoundError):
                continue
        return self._data / office

    def _stands(self, name: str) -> bool:
        return (self._data / name).exists()
