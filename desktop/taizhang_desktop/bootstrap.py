"""Where the rooms are put together: the only module that knows which store, courier, reader and clock an office works with."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import PackId
from taizhang_casework.domain.divisions import Divisions, shipped_divisions
from taizhang_casework.domain.offices import Office, User
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.services.founding import found_office, own_keys
from taizhang_casework.services.ports import Clock
from taizhang_casework.services.work import Work
from taizhang_db import Passphrase, SqlStore, Unlock, Vault, create_vault, open_vault
from taizhang_exchange.lists import CalamineListReader
from taizhang_exchange.packages import PackageCourier

NOBODY = User(name="（未登记）")
"""Who works in a vault whose journal is empty."""


class PcClock:
    """Time and chance of this PC."""

    def now(self) -> datetime:
        """The moment in the PC's time zone."""
        return datetime.now().astimezone()

    def today(self) -> date:
        """The day by the PC's clock."""
        return self.now().date()

    def new_id(self) -> str:
        """32 random hex digits."""
        return uuid.uuid4().hex


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What the office works by: the pack in force, all shipped packs, the division table, and the calendar."""

    pack: RegulationPack
    packs: dict[PackId, RegulationPack]
    divisions: Divisions
    calendar: WorkCalendar


def load_rules() -> Rules:
    """The rules shipped with the program; the newest pack is in force."""
    packs = {pack.id: pack for pack in shipped_packs()}
    newest = max(packs.values(), key=lambda pack: pack.valid_from)
    return Rules(pack=newest, packs=packs, divisions=shipped_divisions(newest), calendar=WorkCalendar())


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
    vault = open_vault(folder, secret)
    store = SqlStore(vault, clock)
    found_office(store, PackageCourier(), office, user)
    return Founded(office=_opened(vault, store, user, rules, clock), recovery_code=str(code))


def enter_vault(folder: Path, unlock: Unlock, *, rules: Rules, clock: Clock) -> OpenOffice:
    """Open an office's vault for the user who worked there last. Raises OfficeTrouble: wrong key, damaged file, in use."""
    vault = open_vault(folder, unlock)
    store = SqlStore(vault, clock)
    return _opened(vault, store, store.newest_user() or NOBODY, rules, clock)


def _opened(vault: Vault, store: SqlStore, user: User, rules: Rules, clock: Clock) -> OpenOffice:
    office = own_keys(store).card.office
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
