"""The office that the faults happen to: a real town with cases, a letter and a filing; and how a vault is judged afterwards."""

import random
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from itertools import count
from pathlib import Path

from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind, Role
from taizhang_casework.domain.users import UserAccount, UserId
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.filing import freeze
from taizhang_casework.services.founding import found_office
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.work import Work
from taizhang_db import Argon2Cost, Holder, Passphrase, SqlStore, Vault, create_vault, open_vault
from taizhang_db.verifying import verify
from taizhang_desktop.bootstrap.rules import Rules, load_rules
from taizhang_exchange.packages import PackageCourier

CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
WORDS = Passphrase("一把钥匙开一把锁")
MONTH = Month(2022, 4)
TOWN = Office(id=OfficeId("370215001"), kind=OfficeKind.TOWN, name="环秀街道办事处")
ADMINISTRATOR = UserAccount(id=UserId("first"), name="赵芳", role=Role.ADMINISTRATOR)
CASES = 40
CANARY = "金丝雀之名"


class FaultClock:
    """The last day of April 2022, a second later at each look; identifiers by chance."""

    def __init__(self) -> None:
        self._looks = count()

    def now(self) -> datetime:
        return datetime(2022, 4, 30, 9, tzinfo=timezone(timedelta(hours=8))) + timedelta(seconds=next(self._looks))

    def today(self) -> date:
        return date(2022, 4, 30)

    def new_id(self) -> str:
        return uuid.uuid4().hex


@dataclass(frozen=True)
class OpenedOffice:
    """The vault that is open, and what the services work with."""

    vault: Vault
    store: SqlStore
    work: Work


def chance_of(seed: int) -> random.Random:
    """Chance that comes again with its seed."""
    return random.Random(seed)  # noqa: S311 - moments and bits, not secrets


@cache
def rules() -> Rules:
    return load_rules()


def take_one(work: Work, detail: str) -> str:
    """A warning as the clerk types it; the case's id."""
    draft = WarningDraft(
        channel=Channel.PETITION,
        source="信访局",
        detail=detail,
        name=CANARY,
        id_number="",
        village_code=next(code for code in rules().divisions.villages if code.startswith(TOWN.id)),
        received_on=date(2022, 4, 29),
    )
    return take_warning(work, draft).case


def found(folder: Path) -> None:
    """The office, closed: some cases and a frozen month."""
    create_vault(folder, WORDS, holder=Holder(ADMINISTRATOR.id, ADMINISTRATOR.name), cost=CHEAP)
    with opened(folder) as office:
        found_office(office.store, PackageCourier(), TOWN, ADMINISTRATOR)
        for number in range(CASES):
            take_one(office.work, f"大额医疗支出，第{number}件")
        freeze(office.work, MONTH)


@contextmanager
def opened(folder: Path) -> Iterator[OpenedOffice]:
    """The office open for its administrator; closed afterwards, whatever happens."""
    with open_vault(folder, WORDS) as vault:
        yield at_work(vault)


def at_work(vault: Vault) -> OpenedOffice:
    """The services on an open vault. A passphrase costs little, so that what is measured is the vault."""
    vault.cost = CHEAP
    clock = FaultClock()
    store = SqlStore(vault, clock, rules().packs)
    work = Work(
        store=store,
        clock=clock,
        user=ADMINISTRATOR.user,
        pack=rules().pack,
        packs=rules().packs,
        calendar=rules().calendar,
        divisions=rules().divisions,
    )
    return OpenedOffice(vault, store, work)


def copied(folder: Path, to: Path) -> Path:
    """The folder again, in place of what was there."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(folder, to, ignore=shutil.ignore_patterns("vault.lock", "vault.ballast"))
    return to


def faults_in(vault: Vault) -> tuple[str, ...]:
    """What is wrong with an open vault; empty where it needs no repair."""
    return tuple(finding.says for finding in verify(vault, rules().packs).findings)


def everything_in(vault: Vault) -> tuple[tuple[object, ...], ...]:
    """Every row of every table, read from the beginning to the end."""
    found: list[tuple[object, ...]] = []
    with vault.engine.connect() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).scalars()
        for name in names.all():
            rows = connection.exec_driver_sql(f"SELECT * FROM {name}").all()
            found += sorted(((name, *row) for row in rows), key=repr)
    return tuple(found)
