"""The vault: a folder with the encrypted case file and the key file beside it. Made once, then opened, locked and closed."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from taizhang_casework.domain.users import UserId

from taizhang_db import ballast, founding, head, lock, opening, schema
from taizhang_db.ballast import Ballast
from taizhang_db.boundary import database_trouble
from taizhang_db.disk import disk_trouble, sync_file
from taizhang_db.engine import engine_for_new
from taizhang_db.head import HeadFile
from taizhang_db.journal import JournalHead, journal_head
from taizhang_db.keys import sidecar
from taizhang_db.keys.argon import Argon2Cost
from taizhang_db.keys.key_file import new_secrets, sealed
from taizhang_db.keys.keyring_slot import SystemKeyring
from taizhang_db.keys.master import MasterKey, Purpose, new_master_key
from taizhang_db.keys.recovery_code import new_code
from taizhang_db.keys.sidecar import Holder, KeyringTerms, PassphraseTerms, Sidecar, Terms, write_sidecar
from taizhang_db.keys.slots import seal_with_keyring, seal_with_passphrase, seal_with_recovery_code
from taizhang_db.keys.unlock import Passphrase, RecoveryCode, Unlock
from taizhang_db.lock import VaultLock
from taizhang_db.looking import look
from taizhang_db.memory import give_back
from taizhang_db.news import VaultNews
from taizhang_db.opening import FIRST_CASE_FILE, Inside
from taizhang_db.second_head import SecondHead
from taizhang_db.seen import Seen, decisions_in
from taizhang_db.third_head import ThirdHead
from taizhang_db.trouble import (
    DiskNearlyFull,
    Doubtful,
    KeyFileMended,
    KeyFileMissing,
    NoVaultHere,
    VaultLocked,
)

NOBODY = Holder(UserId(""), "")
"""Whose passphrase it is where a vault is made without users, as tests do."""


class VaultClosedError(RuntimeError):
    """A vault that was closed is unlocked: an error of our own."""


class Vault:
    """An open vault. It belongs to this process until :meth:`close`; while it is locked the key is not in it.

    ``news`` tells what comes up by itself while it is open.
    """

    def __init__(self, folder: Path, inside: Inside, held: VaultLock, heads: Path | None = None) -> None:
        """``heads`` is where this PC keeps how far it saw vaults come; None: it keeps nothing there."""
        self.folder = folder
        self.id = inside.keys.vault
        self.cost = Argon2Cost()
        self.news = VaultNews()
        self._inside: Inside | None = inside
        self._held = held
        self._ballast = Ballast(folder)
        self._heads = heads
        self._second: SecondHead | None = None
        self._third: ThirdHead | None = None
        self._entered()

    @property
    def inside(self) -> Inside:
        """What the database room works with; VaultLocked where the desk is locked."""
        if self._inside is None:
            raise VaultLocked
        return self._inside

    @property
    def engine(self) -> Engine:
        """The connections; VaultLocked where the desk is locked."""
        return self.inside.engine

    @property
    def holder(self) -> Holder | None:
        """Whose way in opened the vault; None where it was the recovery code."""
        return self.inside.holder

    @property
    def doubts(self) -> tuple[Doubtful, ...]:
        """Why the data may not be the newest; empty unless the vault was opened although doubtful."""
        return self.inside.doubts

    @property
    def locked(self) -> bool:
        """Whether the key is not in the program."""
        return self._inside is None

    def take(self, inside: Inside) -> None:
        """Work with other connections or another key file from now on; the room's own affair."""
        self._inside = inside

    def make_room(self, *, at_once: bool = False) -> None:
        """Give the ballast up where the disk is nearly full, or ``at_once``, and tell it."""
        if at_once:
            self._ballast.give_up()
        if at_once or self._ballast.give_up_where_nearly_full():
            self.news.tell(DiskNearlyFull())

    def note(self, newest: JournalHead) -> None:
        """Take down a commit outside the case file."""
        self.inside.head.note(newest)
        for keeper in self._keepers():
            keeper.note(newest)

    def watch(self, keyring: SystemKeyring) -> None:
        """Let this PC keep from now on how far the vault has come, in its folder and, where that opens the vault, in its keyring.

        The keyring is asked in a thread; a doubt that it alone has comes as news, and the next opening asks about it where this PC has a
        folder. Nothing is kept of data whose doubts nobody has settled.
        """
        inside = self.inside
        if inside.doubts:
            return
        with look(self) as connection:
            newest = Seen(journal_head(connection), decisions_in(connection, self.id))
        self._third = None if self._heads is None else ThirdHead(self._heads, self.id, inside.head)
        self._second = SecondHead(inside.keys, inside.head, keyring)
        if self._third is not None:
            self._third.begin(newest)
        self._second.begin(newest, self._doubts_about, self.news.tell, self._hold)

    def ask(self, keyring: SystemKeyring) -> tuple[Doubtful, ...]:
        """The doubts that this PC's keyring has, waited for; nothing is kept."""
        return SecondHead(self.inside.keys, self.inside.head, keyring).ask(self._doubts_about)

    def wait_for_news(self) -> None:
        """Until what this PC's keyring knows was compared or given up: for a command that ends, not for a window."""
        if self._second is not None:
            self._second.wait()

    def _keepers(self) -> tuple[ThirdHead | SecondHead, ...]:
        return tuple(each for each in (self._third, self._second) if each is not None)

    def _hold(self, seen: Seen) -> bool:
        return self._third is not None and self._third.hold(seen)

    def _doubts_about(self, seen: Seen) -> tuple[Doubtful, ...]:
        with look(self) as connection:
            return opening.doubts_about(connection, self.id, seen)

    def lock_up(self) -> None:
        """Forget the key and close the connections, but keep others out; a second call does nothing."""
        if self._inside is not None:
            for keeper in self._keepers():
                keeper.keep()
            self.make_room()
            self._inside.engine.dispose()
            self._inside = self._second = self._third = None
            self.news.begin_anew()
            give_back()

    def unlock(self, unlock: Unlock, *, although_doubtful: bool = False) -> None:
        """Open a locked vault again; raises what :func:`open_vault` raises, and stays as it is then.

        VaultClosedError after :meth:`close`: others may be in by then.
        """
        if not self._held.held:
            raise VaultClosedError
        inside = opening.go_in(self.folder, unlock, although_doubtful=although_doubtful, heads=self._heads)
        self.lock_up()
        self._inside = inside
        self._entered()

    def _entered(self) -> None:
        self._ballast.take_in()
        if self.inside.mended:
            self.news.tell(KeyFileMended(self.inside.mended, older=self.inside.mended_older))

    def close(self) -> None:
        """Close the connections (which moves the WAL into the case file) and let others in; a second call does nothing."""
        self.lock_up()
        self._held.release()

    def __enter__(self) -> Self:
        """The vault itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def __repr__(self) -> str:
        """Say which vault it is."""
        return f"Vault({self.id})"


def create_vault(
    folder: Path,
    passphrase: Passphrase,
    *,
    holder: Holder = NOBODY,
    keyring: SystemKeyring | None = None,
    cost: Argon2Cost | None = None,
    furnish: Callable[[Vault], object] | None = None,
) -> RecoveryCode:
    """Make a vault in a folder (made where missing) and give its recovery code, which is kept nowhere: print it.

    ``holder`` is whose passphrase it is; ``keyring`` adds a slot for this PC; ``furnish`` gets the vault open before it is in its
    place. It is there whole and furnished or not at all, also when the program is killed. Raises VaultExists, FolderNotEmpty,
    EmptyPassphrase, FolderCannotBeMade, KeyringTrouble, DiskFull, DiskTrouble, VaultNotWritable, or what ``furnish`` raises.
    """
    with founding.built_beside(folder) as (place, held):
        code = _lay(place, passphrase, holder, keyring, cost or Argon2Cost())
        if furnish is not None:
            vault = Vault(place, opening.go_in(place, passphrase), held)
            try:
                furnish(vault)
            finally:
                vault.lock_up()
    return code


def _lay(
    place: Path, passphrase: Passphrase, holder: Holder, keyring: SystemKeyring | None, cost: Argon2Cost
) -> RecoveryCode:
    """The files of a new vault."""
    master, vault_id, code = new_master_key(), secrets.token_hex(16), RecoveryCode(new_code())
    by_words = seal_with_passphrase(master, vault_id, holder, passphrase, cost)
    by_code = seal_with_recovery_code(master, vault_id, code)
    by_keyring = () if keyring is None else (seal_with_keyring(master, vault_id, holder, keyring),)
    keys = Sidecar(
        format=sidecar.FORMAT,
        vault=vault_id,
        generation=1,
        case_file=FIRST_CASE_FILE,
        slots=(by_words, by_code, *by_keyring),
    )
    inner = new_secrets()
    with disk_trouble():
        _make_case_file(place / FIRST_CASE_FILE, master)
        HeadFile(place, vault_id, inner.head_key).begin(head.START)
        write_sidecar(place, sealed(keys, master, inner))
    return code


def discard_new_vault(folder: Path) -> None:
    """Take away a closed vault that was made a moment ago and in which nothing is kept yet; other files in the folder stay."""
    case_files = (FIRST_CASE_FILE, f"{FIRST_CASE_FILE}-wal", f"{FIRST_CASE_FILE}-shm")
    with disk_trouble():
        for name in (
            sidecar.FILE_NAME,
            sidecar.COPY_NAME,
            *case_files,
            head.FILE_NAME,
            ballast.FILE_NAME,
            lock.FILE_NAME,
        ):
            (folder / name).unlink(missing_ok=True)
        if not any(folder.iterdir()):
            folder.rmdir()


def open_vault(folder: Path, unlock: Unlock, *, although_doubtful: bool = False, heads: Path | None = None) -> Vault:
    """Open a vault, step by step; nothing is ever made or guessed in place of what is missing.

    ``heads`` is the folder in which this PC keeps how far it saw vaults come, None: none; it is asked too whether the data are older.

    Raises NoVaultHere, KeyFileMissing, KeyFileDamaged, KeyFileForeign, CaseFileMissing (KeyFileOutdated is one), CaseFileDamaged,
    SchemaUnexpected, MadeByNewerVersion, MadeByTrialVersion, VaultInUse, WrongPassphrase, RecoveryCodeMistyped,
    WrongRecoveryCode, KeyringTrouble (by an older key file DeadPassphrase, DeadRecoveryCode, DeadKeyringKey), VaultNotWritable,
    DiskFull or DiskTrouble; Doubtful where the data may not be the newest, unless ``although_doubtful``.
    """
    opening.look_for_keys(folder)
    held = VaultLock(folder)
    Ballast(folder).give_up_where_nearly_full()
    try:
        inside = opening.go_in(folder, unlock, although_doubtful=although_doubtful, heads=heads)
    except BaseException:
        held.release()
        raise
    return Vault(folder, inside, held, heads)


def has_keyring_slot(folder: Path) -> bool:
    """Whether opening by the keyring is worth a try; False too where there is no vault."""
    return any(isinstance(terms, KeyringTerms) for terms in _terms(folder))


def holders_in(folder: Path) -> tuple[Holder, ...]:
    """Whose passphrases open the vault, in the order in which they were given; empty where there is no vault or no key file.

    Raises KeyFileDamaged, MadeByNewerVersion, MadeByTrialVersion or trouble of the disk where it and its copy cannot be read.
    """
    return tuple(terms.holder for terms in _terms(folder) if isinstance(terms, PassphraseTerms))


def _terms(folder: Path) -> tuple[Terms, ...]:
    with suppress(NoVaultHere, KeyFileMissing):
        return tuple(slot.terms for slot in opening.find_keys(folder).keys.slots)
    return ()


def _make_case_file(path: Path, master: MasterKey) -> None:
    """A case file with today's tables, closed and on the disk; it goes the way of every migration."""
    with database_trouble(path.parent):
        engine = engine_for_new(path, master.derived(Purpose.CASE_FILE))
        try:
            schema.lay_tables(engine)
        finally:
            engine.dispose()
    sync_file(path)
