"""An office with everything that it works with: its open vault, its courier, its reader of lists, the rules and the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from taizhang_casework.domain.offices import Office, Role, User
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.users import UserAccount, UserId
from taizhang_casework.services.clock import Clock
from taizhang_casework.services.doubts import go_on
from taizhang_casework.services.founding import found_office, own_keys
from taizhang_casework.services.work import Work
from taizhang_db import (
    Holder,
    Passphrase,
    RecoveryCode,
    SqlDrafts,
    SqlStore,
    SystemKeyring,
    Unlock,
    Vault,
    create_vault,
    discard_new_vault,
    open_vault,
)
from taizhang_db.doubts import VaultDoubts
from taizhang_exchange.lists import CalamineListReader
from taizhang_exchange.packages import PackageCourier
from taizhang_printing.printable import PrintableText

from taizhang_desktop.bootstrap.rules import Rules
from taizhang_desktop.viewmodels.key import Key, KeyKind

WATCH_SECONDS = 10.0
"""A keyring that takes longer to tell or keep how far the journal had come is given up; nobody waits for it."""


class NotFounded(OfficeTrouble):
    """A vault in which no office was founded: the first start was cut off."""

    def __init__(self) -> None:
        super().__init__(
            "这个数据库没有建成，里面没有登记单位", safe="里面没有任何台账数据", do="请移走这个文件夹后重新建立"
        )


class NotRegistered(OfficeTrouble):
    """A way in whose user is not, or not any more, registered in the case database."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"用户“{name}”没有登记或已停用" if name else "没有可用的管理员",
            safe="数据没有改动",
            do="请由本单位管理员打开并在“用户”中处理",
        )


@dataclass(frozen=True, kw_only=True)
class OpenOffice:
    """An office whose vault is open. It is used from one thread at a time: the worker's, where there is a window."""

    vault: Vault
    store: SqlStore
    work: Work
    account: UserAccount
    office: Office
    courier: PackageCourier
    list_reader: CalamineListReader
    rules: Rules

    @property
    def drafts(self) -> SqlDrafts:
        """What its users have half-typed."""
        return SqlDrafts(self.vault)

    def close(self) -> None:
        """Close the vault; a second call does nothing."""
        self.vault.close()


@dataclass(frozen=True, kw_only=True)
class Founded:
    """A new vault, open, and the recovery code that is shown once and kept nowhere."""

    office: OpenOffice
    recovery_code: str


def found_vault(
    folder: Path,
    office: Office,
    passphrase: str,
    *,
    user: User,
    rules: Rules,
    clock: Clock,
    heads: Path | None = None,
) -> Founded:
    """Make a vault for an office and open it. Raises OfficeTrouble; what was begun is not left half-made, not even by a kill."""
    account = UserAccount(id=UserId(clock.new_id()), name=user.name, role=user.role)
    secret = Passphrase(passphrase)

    def furnish(vault: Vault) -> None:
        found_office(SqlStore(vault, clock, rules.packs), PackageCourier(), office, account)

    code = create_vault(folder, secret, holder=Holder(account.id, account.name), furnish=furnish)
    try:
        with _closed_unless_opened(open_vault(folder, secret, heads=heads)) as vault:
            opened = _opened(vault, SqlStore(vault, clock, rules.packs), account, rules, clock)
    except BaseException:
        discard_new_vault(folder)
        raise
    return Founded(office=opened, recovery_code=code.text)


def enter_vault(folder: Path, key: Key, *, rules: Rules, clock: Clock, heads: Path | None = None) -> OpenOffice:
    """Open an office's vault with what was typed. Raises OfficeTrouble: wrong key, damaged file, in use; NotAccepted, see :func:`enter`."""
    return enter(
        folder,
        unlock_by(key),
        rules=rules,
        clock=clock,
        heads=heads,
        user=key.user,
        although_doubtful=key.although_doubtful,
    )


def unlock_by(key: Key) -> Unlock:
    """What was typed, as the database room takes it."""
    return RecoveryCode(key.text) if key.kind is KeyKind.RECOVERY_CODE else Passphrase(key.text, key.user)


def enter(
    folder: Path,
    unlock: Unlock,
    *,
    rules: Rules,
    clock: Clock,
    heads: Path | None = None,
    user: UserId | None = None,
    although_doubtful: bool = False,
) -> OpenOffice:
    """Open an office's vault for whoever's way in it is; with the recovery code for ``user``, or the first administrator.

    ``heads`` is where this PC keeps how far it saw vaults come; None: it keeps nothing there.

    Raises OfficeTrouble. NotAccepted where ``although_doubtful`` is asked by somebody who may not go on with doubtful data.
    """
    opening = open_vault(folder, unlock, although_doubtful=although_doubtful, heads=heads)
    with _closed_unless_opened(opening) as vault:
        return _admitted(vault, user, rules, clock)


def come_back(office: OpenOffice, key: Key) -> OpenOffice:
    """Open a locked office again with what was typed, for whoever's key it is; raises as :func:`enter_vault`, and stays locked then."""
    vault = office.vault
    vault.unlock(unlock_by(key), although_doubtful=key.although_doubtful)
    try:
        return _admitted(vault, key.user, office.rules, office.work.clock)
    except BaseException:
        vault.lock_up()
        raise


def _admitted(vault: Vault, user: UserId | None, rules: Rules, clock: Clock) -> OpenOffice:
    """The office for the user whose key opened the vault; doubts about its data are settled by those who may."""
    store = SqlStore(vault, clock, rules.packs)
    account = account_of(store, vault.holder, user)
    go_on(VaultDoubts(vault, store), account.user)
    return _opened(vault, store, account, rules, clock)


def account_of(store: SqlStore, holder: Holder | None, user: UserId | None) -> UserAccount:
    """Whose way in it is; of the recovery code, which is nobody's, ``user`` or the first administrator.

    Raises NotRegistered or NotFounded.
    """
    wanted = user if holder is None else holder.id
    with store.reading() as desk:
        known = desk.users.all()
    for account in known:
        fits = account.role is Role.ADMINISTRATOR if wanted is None else account.id == wanted
        if fits and account.active:
            return account
    if not known:
        raise NotFounded
    raise NotRegistered("" if holder is None else holder.name)


@contextmanager
def _closed_unless_opened(vault: Vault) -> Iterator[Vault]:
    """Let the vault go where the block raises: nobody would hold it, and it could not be opened again."""
    try:
        yield vault
    except BaseException:
        vault.close()
        raise


def office_of(store: SqlStore) -> Office:
    """Whose vault it is; NotFounded where nobody's."""
    try:
        return own_keys(store).card.office
    except KeyError:
        raise NotFounded from None


def work_of(store: SqlStore, user: User, rules: Rules, clock: Clock) -> Work:
    """What the services are given."""
    return Work(
        store=store,
        clock=clock,
        user=user,
        pack=rules.pack,
        packs=rules.packs,
        calendar=rules.calendar,
        divisions=rules.divisions,
        unprintable=PrintableText().unprintable,
    )


def _opened(vault: Vault, store: SqlStore, account: UserAccount, rules: Rules, clock: Clock) -> OpenOffice:
    office = office_of(store)
    if not office.training:
        vault.watch(SystemKeyring(seconds=WATCH_SECONDS))
    VaultDoubts(vault, store).look_at(clock)
    return OpenOffice(
        vault=vault,
        store=store,
        work=work_of(store, account.user, rules, clock),
        account=account,
        office=office,
        courier=PackageCourier(),
        list_reader=CalamineListReader(rules.pack, rules.divisions),
        rules=rules,
    )
