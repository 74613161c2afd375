"""An office with everything that it works with: its open vault, its courier, its reader of lists, the rules and the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from taizhang_casework.domain.offices import Office, User
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.founding import found_office, own_keys
from taizhang_casework.services.ports import Clock
from taizhang_casework.services.work import Work
from taizhang_db import Passphrase, RecoveryCode, SqlStore, Unlock, Vault, create_vault, discard_new_vault, open_vault
from taizhang_exchange.lists import CalamineListReader
from taizhang_exchange.packages import PackageCourier

from taizhang_desktop.bootstrap.rules import Rules
from taizhang_desktop.viewmodels.key import Key, KeyKind

NOBODY = User(name="（未登记）")
"""Who works in a vault whose journal is empty."""


class NotFounded(OfficeTrouble):
    """A vault in which no office was founded: the first start was cut off."""

    def __init__(self) -> None:
        super().__init__(
            "这个数据库没有建成，里面没有登记单位", safe="里面没有任何台账数据", do="请移走这个文件夹后重新建立"
        )


@dataclass(frozen=True, kw_only=True)
class OpenOffice:
    """An office whose vault is open. It is used from one thread at a time: the worker's, where there is a window."""

    vault: Vault
    store: SqlStore
    work: Work
    office: Office
    courier: PackageCourier
    list_reader: CalamineListReader
    rules: Rules

    def close(self) -> None:
        """Close the vault; a second call does nothing."""
        self.vault.close()


@dataclass(frozen=True, kw_only=True)
class Founded:
    """A new vault, open, and the recovery code that is shown once and kept nowhere."""

    office: OpenOffice
    recovery_code: str


def found_vault(folder: Path, office: Office, passphrase: str, *, user: User, rules: Rules, clock: Clock) -> Founded:
    """Make a vault for an office and open it. Raises OfficeTrouble; what was begun is not left half-made."""
    secret = Passphrase(passphrase)
    code = create_vault(folder, secret)
    try:
        with _closed_unless_opened(open_vault(folder, secret)) as vault:
            store = SqlStore(vault, clock)
            found_office(store, PackageCourier(), office, user)
            opened = _opened(vault, store, user, rules, clock)
    except BaseException:
        discard_new_vault(folder)
        raise
    return Founded(office=opened, recovery_code=code.text)


def enter_vault(folder: Path, key: Key, *, rules: Rules, clock: Clock) -> OpenOffice:
    """Open an office's vault with what was typed. Raises OfficeTrouble: wrong key, damaged file, in use."""
    return enter(folder, unlock_by(key), rules=rules, clock=clock)


def unlock_by(key: Key) -> Unlock:
    """What was typed, as the database room takes it."""
    return RecoveryCode(key.text) if key.kind is KeyKind.RECOVERY_CODE else Passphrase(key.text)


def enter(folder: Path, unlock: Unlock, *, rules: Rules, clock: Clock) -> OpenOffice:
    """Open an office's vault for the user who worked there last. Raises OfficeTrouble."""
    with _closed_unless_opened(open_vault(folder, unlock)) as vault:
        store = SqlStore(vault, clock)
        return _opened(vault, store, store.newest_user() or NOBODY, rules, clock)


@contextmanager
def _closed_unless_opened(vault: Vault) -> Iterator[Vault]:
    """Let the vault go where the block raises: nobody would hold it, and it could not be opened again."""
    try:
        yield vault
    except BaseException:
        vault.close()
        raise


def _opened(vault: Vault, store: SqlStore, user: User, rules: Rules, clock: Clock) -> OpenOffice:
    try:
        office = own_keys(store).card.office
    except KeyError:
        raise NotFounded from None
    work = Work(
        store=store,
        clock=clock,
        user=user,
        pack=rules.pack,
        packs=rules.packs,
        calendar=rules.calendar,
        divisions=rules.divisions,
    )
    return OpenOffice(
        vault=vault,
        store=store,
        work=work,
        office=office,
        courier=PackageCourier(),
        list_reader=CalamineListReader(rules.pack, rules.divisions),
        rules=rules,
    )
