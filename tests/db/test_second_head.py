"""The head that the PC's keyring keeps: every file put back together is seen by it, and nobody ever waits for it."""

import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from shipped import PACKS

if sys.platform != "linux":
    pytest.skip("2026-11-24: a gnome-keyring of the test's own is Linux", allow_module_level=True)

from asked import keyring_asked
from keyring_session import Session
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_db import Argon2Cost, SqlStore, SystemKeyring, Vault, create_vault, open_vault
from taizhang_db.head import HeadFile
from taizhang_db.journal import JournalHead
from taizhang_db.second_head import THREAD, account_of
from taizhang_db.seen import parsed
from taizhang_db.trouble import KeyringForgot
from watched_town import WORDS, SecondByDay, WatchedTown

StoreOn = Callable[[Vault], SqlStore]


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    with tempfile.TemporaryDirectory(prefix="kr") as folder:
        running = Session(Path(folder))
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", running.address)
        yield running
        keyring_asked()
        running.close()


@pytest.fixture
def town(session: Session, tmp_path: Path, case_of: Callable[..., Case]) -> WatchedTown:
    """Only the keyring keeps its head."""
    folder = tmp_path / "data" / "town"
    create_vault(folder, WORDS, keyring=SystemKeyring(), cost=Argon2Cost(memory_kib=64, passes=1, lanes=1))
    return WatchedTown(folder, None, case_of)


def test_a_program_that_was_killed_before_the_keyring_was_told_is_no_doubt(town: WatchedTown) -> None:
    town.work("c1")
    with open_vault(town.folder, WORDS) as vault:
        town.save(vault, "c2")
    assert town.work("c3") == []


def test_a_keyring_that_does_not_answer_makes_nobody_wait_and_is_told_nothing(
    town: WatchedTown, session: Session
) -> None:
    town.work("c1")
    session.stop_answering()
    with open_vault(town.folder, WORDS) as vault:
        vault.watch(SystemKeyring(seconds=20))
        assert any(thread.name == THREAD for thread in threading.enumerate())
        town.save(vault, "c2")
    assert any(thread.name == THREAD for thread in threading.enumerate())
    session.answer_again()
    keyring_asked()
    assert town.work("c3") == []


def test_locking_tells_the_keyring_and_unlocking_compares_again(town: WatchedTown) -> None:
    told: list[object] = []
    with open_vault(town.folder, WORDS) as vault:
        vault.news.listen(told.append)
        vault.watch(SystemKeyring())
        keyring_asked()
        town.save(vault, "c1")
        newest, seal = SqlStore(vault, SecondByDay(), PACKS).journal_head(), vault.inside.head
        vault.lock_up()
        keyring_asked()
        assert kept(seal, vault.id) == newest
        vault.unlock(WORDS)
        vault.watch(SystemKeyring())
        keyring_asked()
    assert told == []


def kept(seal: HeadFile, vault: str) -> JournalHead | None:
    seen = parsed(SystemKeyring().fetch(account_of(vault)), seal)
    return None if seen is None else seen.head


def test_a_vault_that_no_keyring_opens_asks_none(
    session: Session, tmp_path: Path, store_on: StoreOn, clerk: User, case_of: Callable[..., Case]
) -> None:
    create_vault(tmp_path / "plain", WORDS, cost=Argon2Cost(memory_kib=64, passes=1, lanes=1))
    with open_vault(tmp_path / "plain", WORDS) as vault:
        vault.watch(SystemKeyring())
        assert not any(thread.name == THREAD for thread in threading.enumerate())
        with store_on(vault).change(Operation.TAKE_PACKAGE, clerk) as desk:
            desk.cases.save(case_of("c1"))
        identity = vault.id
    with pytest.raises(KeyringForgot):
        SystemKeyring().fetch(account_of(identity))


def test_a_vault_that_another_pcs_keyring_opens_leaves_nothing_in_this_one(town: WatchedTown) -> None:
    town.work("c1")
    with open_vault(town.folder, WORDS) as vault:
        identity = vault.id
        slots = [slot.terms.account for slot in vault.inside.keys.slots if hasattr(slot.terms, "account")]
    for account in (*slots, account_of(identity)):
        SystemKeyring().forget(account)
    assert town.work("c2") == []
    with pytest.raises(KeyringForgot):
        SystemKeyring().fetch(account_of(identity))


def test_what_somebody_else_wrote_into_the_keyring_is_no_doubt_and_is_replaced(town: WatchedTown) -> None:
    town.work("c1")
    with open_vault(town.folder, WORDS) as vault:
        identity, seal = vault.id, vault.inside.head
    SystemKeyring().keep(account_of(identity), b"anything")
    assert town.work("c2") == []
    assert kept(seal, identity) is not None
