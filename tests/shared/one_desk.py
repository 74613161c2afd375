"""The desk of one office for the tests of services: a real encrypted file, the clock standing on 30 April 2022."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from itertools import count
from pathlib import Path

import pytest
from shipped import PACKS
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.divisions import shipped_divisions
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind, Role
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.users import UserAccount, UserId
from taizhang_casework.services.founding import found_office
from taizhang_casework.services.work import Work
from taizhang_db import Argon2Cost, Holder, Passphrase, SqlStore, Vault, create_vault, open_vault
from taizhang_exchange.packages import PackageCourier

CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
SECRET = "一把钥匙开一把锁再开一扇窗"


class DeskClock:
    """Nine o'clock of 30 April 2022, and identifiers that count."""

    def __init__(self) -> None:
        self._ids = count(1)
        self._looks = count()

    def now(self) -> datetime:
        return datetime(2022, 4, 30, 9, tzinfo=timezone(timedelta(hours=8))) + timedelta(seconds=next(self._looks))

    def today(self) -> date:
        return date(2022, 4, 30)

    def new_id(self) -> str:
        return f"{next(self._ids):032x}"


ACCOUNT = UserAccount(id=UserId("first"), name="李明", role=Role.ADMINISTRATOR)


@pytest.fixture
def desk_vault(tmp_path: Path) -> Iterator[Vault]:
    secret = Passphrase(SECRET)
    create_vault(tmp_path / "office", secret, holder=Holder(ACCOUNT.id, ACCOUNT.name), cost=CHEAP)
    with open_vault(tmp_path / "office", secret) as vault:
        yield vault


@pytest.fixture
def work(desk_vault: Vault) -> Work:
    return founded(desk_vault, DeskClock())


def founded(vault: Vault, clock: DeskClock) -> Work:
    """The desk of a town in a new vault."""
    (pack,) = shipped_packs()
    store = SqlStore(vault, clock, PACKS)
    town = Office(id=OfficeId("370215001"), kind=OfficeKind.TOWN, name="环秀街道办事处")
    found_office(store, PackageCourier(), town, ACCOUNT)
    return Work(
        store=store,
        clock=clock,
        user=ACCOUNT.user,
        pack=pack,
        packs={pack.id: pack},
        calendar=WorkCalendar(),
        divisions=shipped_divisions(pack),
    )
