"""The head that the PC's keyring keeps: every file put back together is seen by it, and nobody ever waits for it."""

import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("2026-11-24: a gnome-keyring of the test's own is Linux", allow_module_level=True)

from keyring_session import Session, keyring_asked
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.offices import Role, User
from taizhang_db import Argon2Cost, Passphrase, SqlStore, SystemKeyring, Vault, create_vault, open_vault
from taizhang_db.head import HeadFile
from taizhang_db.second_head import THREAD, account_of
from taizhang_db.trouble import KeyringForgot, OlderData, OtherHistory

WORDS = Passphrase("即墨 乡村 振兴")
StoreOn = Callable[[Vault], SqlStore]


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    with tempfile.TemporaryDirectory(prefix="kr") as folder:
        running = Session(Path(folder))
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", running.address)
        yield running
        keyring_asked()
        running.close()


class Town:
    """A vault that this PC's keyring opens, worked in day by day."""

    def __init__(self, folder: Path, store_on: StoreOn, case_of: Callable[..., Case], clerk: User) -> None:
        self.folder = folder
        self._store_on = store_on
        self._case_of = case_of
        self._clerk = clerk

    def work(self, *cases: str) -> list[object]:
        """Open, save, close; what the vault had to tell."""
        told: list[object] = []
        with open_vault(self.folder, WORDS) as vault:
            vault.news.listen(told.append)
            vault.watch(SystemKeyring(seconds=2))
            keyring_asked()
            for case in cases:
                with self._store_on(vault).change("take", self._clerk) as desk:
                    desk.cases.save(self._case_of(case))
        keyring_asked()
        return told

    def kept_aside(self) -> Path:
        """The whole folder as it is now."""
        return Path(shutil.copytree(self.folder, self.folder.with_name(f"{self.folder.name} {len(self._aside())}")))

    def put_back(self, whole: Path) -> None:
        """Every file of the folder as it was, and nothing else."""
        shutil.rmtree(self.folder)
        shutil.copytree(whole, self.folder)

    def _aside(self) -> list[Path]:
        return list(self.folder.parent.iterdir())


@pytest.fixture
def town(session: Session, tmp_path: Path, store_on: StoreOn, case_of: Callable[..., Case], clerk: User) -> Town:
    create_vault(tmp_path / "town", WORDS, keyring=SystemKeyring(), cost=Argon2Cost(memory_kib=64, passes=1, lanes=1))
    return Town(tmp_path / "town", store_on, case_of, clerk)


def test_every_file_put_back_together_is_told_with_the_number_of_changes_that_are_missing(town: Town) -> None:
    assert town.work("c1") == []
    whole = town.kept_aside()
    assert town.work("c2", "c3") == []
    town.put_back(whole)
    (told,) = town.work()
    assert isinstance(told, OlderData)
    assert told.lost == 2


def test_what_was_told_once_is_the_newest_from_then_on(town: Town) -> None:
    town.work("c1")
    whole = town.kept_aside()
    town.work("c2")
    town.put_back(whole)
    assert len(town.work()) == 1
    assert town.work("c3") == []


def test_a_folder_that_went_another_way_is_told(town: Town) -> None:
    town.work("c1")
    whole = town.kept_aside()
    town.work("c2")
    town.put_back(whole)
    with open_vault(town.folder, WORDS) as vault, town._store_on(vault).change("take", town._clerk) as desk:
        for case in ("c3", "c4"):
            desk.cases.save(town._case_of(case))
    (told,) = town.work()
    assert isinstance(told, OtherHistory)


def test_a_program_that_was_killed_before_the_keyring_was_told_is_no_doubt(town: Town) -> None:
    town.work("c1")
    with open_vault(town.folder, WORDS) as vault, town._store_on(vault).change("take", town._clerk) as desk:
        desk.cases.save(town._case_of("c2"))
    assert town.work("c3") == []


def test_a_keyring_that_does_not_answer_makes_nobody_wait_and_is_told_nothing(town: Town, session: Session) -> None:
    town.work("c1")
    session.stop_answering()
    with open_vault(town.folder, WORDS) as vault:
        vault.watch(SystemKeyring(seconds=20))
        assert any(thread.name == THREAD for thread in threading.enumerate())
        with town._store_on(vault).change("take", town._clerk) as desk:
            desk.cases.save(town._case_of("c2"))
    assert any(thread.name == THREAD for thread in threading.enumerate())
    session.answer_again()
    keyring_asked()
    assert town.work("c3") == []


def test_data_that_somebody_with_the_right_went_on_with_are_not_doubted_a_second_time(town: Town) -> None:
    town.work("c1")
    older = (town.folder / "cases.db").read_bytes()
    town.work("c2")
    (town.folder / "cases.db").write_bytes(older)
    told: list[object] = []
    with open_vault(town.folder, WORDS, although_doubtful=True) as vault:
        assert [type(doubt) for doubt in vault.doubts] == [OlderData]
        town._store_on(vault).settle_doubts(User(name="赵芳", role=Role.ADMINISTRATOR))
        vault.news.listen(told.append)
        vault.watch(SystemKeyring())
        keyring_asked()
    assert told == []
    keyring_asked()
    assert town.work("c3") == []


def test_locking_tells_the_keyring_and_unlocking_compares_again(town: Town) -> None:
    told: list[object] = []
    with open_vault(town.folder, WORDS) as vault:
        vault.news.listen(told.append)
        vault.watch(SystemKeyring())
        keyring_asked()
        with town._store_on(vault).change("take", town._clerk) as desk:
            desk.cases.save(town._case_of("c1"))
        newest, seal = town._store_on(vault).journal_head(), vault.inside.head
        vault.lock_up()
        keyring_asked()
        assert kept(seal, vault.id) == newest
        vault.unlock(WORDS)
        vault.watch(SystemKeyring())
        keyring_asked()
    assert told == []


def kept(seal: HeadFile, vault: str) -> object:
    return seal.parsed(SystemKeyring().fetch(account_of(vault)))


def test_a_vault_that_no_keyring_opens_asks_none(
    session: Session, tmp_path: Path, store_on: StoreOn, clerk: User, case_of: Callable[..., Case]
) -> None:
    create_vault(tmp_path / "plain", WORDS, cost=Argon2Cost(memory_kib=64, passes=1, lanes=1))
    with open_vault(tmp_path / "plain", WORDS) as vault:
        vault.watch(SystemKeyring())
        assert not any(thread.name == THREAD for thread in threading.enumerate())
        with store_on(vault).change("take", clerk) as desk:
            desk.cases.save(case_of("c1"))
        identity = vault.id
    with pytest.raises(KeyringForgot):
        SystemKeyring().fetch(account_of(identity))


def test_a_vault_that_another_pcs_keyring_opens_leaves_nothing_in_this_one(town: Town) -> None:
    town.work("c1")
    with open_vault(town.folder, WORDS) as vault:
        identity = vault.id
        slots = [slot.terms.account for slot in vault.inside.keys.slots if hasattr(slot.terms, "account")]
    for account in (*slots, account_of(identity)):
        SystemKeyring().forget(account)
    assert town.work("c2") == []
    with pytest.raises(KeyringForgot):
        SystemKeyring().fetch(account_of(identity))


def test_what_somebody_else_wrote_into_the_keyring_is_no_doubt_and_is_replaced(town: Town) -> None:
    town.work("c1")
    with open_vault(town.folder, WORDS) as vault:
        identity, seal = vault.id, vault.inside.head
    SystemKeyring().keep(account_of(identity), b"anything")
    assert town.work("c2") == []
    assert kept(seal, identity) is not None
