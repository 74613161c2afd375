"""What encryption cannot see: an older file put back, a lost tail, another history, an older key file. Each is said."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.offices import Role, User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.users import UserAccount, UserId
from taizhang_db import Passphrase, SqlStore, Vault, open_vault
from taizhang_db.doubts import VaultDoubts
from taizhang_db.head import START, HeadFile
from taizhang_db.journal import rows_after
from taizhang_db.keys.sidecar import read_sidecar
from taizhang_db.trouble import (
    Doubtful,
    HeadFileDamaged,
    HeadFileMissing,
    OlderData,
    OlderKeyFile,
    OtherHistory,
    WrongPassphrase,
)

if TYPE_CHECKING:
    from tests.db.conftest import MadeVault


class JobCutOffError(Exception):
    pass


StoreOn = Callable[[Vault], SqlStore]
BOSS = User(name="赵芳", role=Role.ADMINISTRATOR)


@pytest.fixture
def write(made: "MadeVault", store_on: StoreOn, clerk: User, case_of: Callable[..., Case]) -> Callable[[str], None]:
    """Open the vault, save one case, close it."""

    def one(case: str) -> None:
        with made.open() as vault, store_on(vault).change(Operation.TAKE_PACKAGE, clerk) as desk:
            desk.cases.save(case_of(case))

    return one


def test_an_older_case_file_put_back_is_told_with_the_number_of_changes_that_it_lacks(
    made: "MadeVault", write: Callable[[str], None], tmp_path: Path
) -> None:
    write("c1")
    shutil.copy(made.case_file, tmp_path / "older.db")
    write("c2")
    write("c3")
    shutil.copy(tmp_path / "older.db", made.case_file)
    with pytest.raises(OlderData, match="缺少最近的2处更改") as told:
        made.open()
    assert told.value.lost == 2


def test_a_lost_tail_of_the_wal_is_told(
    made: "MadeVault", store_on: StoreOn, clerk: User, case_of: Callable[..., Case], tmp_path: Path
) -> None:
    kept = tmp_path / "as it was left"
    with made.open() as vault:
        store = store_on(vault)
        for case in ("c1", "c2", "c3"):
            with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
                desk.cases.save(case_of(case))
        shutil.copytree(made.folder, kept)
    shutil.rmtree(made.folder)
    kept.rename(made.folder)
    wal = made.folder / "cases.db-wal"
    wal.write_bytes(wal.read_bytes()[:-5000])
    with pytest.raises(OlderData):
        made.open()


def test_a_case_file_with_another_history_is_told(
    made: "MadeVault", write: Callable[[str], None], tmp_path: Path
) -> None:
    shutil.copytree(made.folder, tmp_path / "twin")
    write("c1")
    head = (made.folder / "vault.head").read_bytes()
    shutil.rmtree(made.folder)
    (tmp_path / "twin").rename(made.folder)
    write("c2")
    (made.folder / "vault.head").write_bytes(head)
    with pytest.raises(OtherHistory):
        made.open()


def test_a_missing_head_file_is_told(made: "MadeVault") -> None:
    (made.folder / "vault.head").unlink()
    with pytest.raises(HeadFileMissing):
        made.open()


@pytest.mark.parametrize("damage", [lambda _: b"", lambda content: b"x" * len(content), lambda content: content[:-1]])
def test_a_damaged_head_file_is_told(made: "MadeVault", damage: Callable[[bytes], bytes]) -> None:
    path = made.folder / "vault.head"
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(HeadFileDamaged):
        made.open()


def test_a_head_record_that_was_torn_leaves_the_one_before(made: "MadeVault", write: Callable[[str], None]) -> None:
    write("c1")
    write("c2")
    path = made.folder / "vault.head"
    content = bytearray(path.read_bytes())
    content[10] ^= 1
    path.write_bytes(content)
    made.open().close()


def test_a_torn_record_leaves_the_commit_before_whatever_the_number_of_rows_of_a_commit(
    made: "MadeVault", store_on: StoreOn, clerk: User, case_of: Callable[..., Case]
) -> None:
    with made.open() as vault:
        store, head = store_on(vault), vault.inside.head
        for number in range(4):
            with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
                desk.cases.save(case_of(f"{number}.0"))
                desk.cases.save(case_of(f"{number}.1"))
            assert head.read().seq == 2 * number + 2
        path = made.folder / "vault.head"
        whole, left = path.read_bytes(), []
        for record in (0, 512):
            torn = bytearray(whole)
            torn[record + 60] ^= 1
            path.write_bytes(torn)
            left.append(head.read().seq)
        path.write_bytes(whole)
    assert sorted(left) == [6, 8]


def test_a_head_file_of_another_vault_is_not_taken(made: "MadeVault", tmp_path: Path) -> None:
    HeadFile(made.folder, "another", b"k" * 32).begin(START)
    with pytest.raises(HeadFileDamaged):
        made.open()


def test_a_head_file_that_lags_behind_is_no_doubt(made: "MadeVault", write: Callable[[str], None]) -> None:
    write("c1")
    path = made.folder / "vault.head"
    lagging = path.read_bytes()
    write("c2")
    path.write_bytes(lagging)
    made.open().close()


def boss(made: "MadeVault", store_on: StoreOn, passphrase: str) -> None:
    account = UserAccount(id=UserId("boss"), name="赵芳", role=Role.ADMINISTRATOR)
    with made.open() as vault, store_on(vault).change(Operation.ADD_USER, BOSS) as desk:
        desk.users.save(account)
        desk.keys.give_passphrase(account, passphrase)


def test_an_older_key_file_put_back_is_told(made: "MadeVault", store_on: StoreOn) -> None:
    boss(made, store_on, "old words of hers")
    older = made.key_file.read_bytes()
    boss(made, store_on, "new words of hers")
    with pytest.raises(WrongPassphrase):
        open_vault(made.folder, Passphrase("old words of hers"))
    for name in ("vault.json", "vault.json.copy"):
        (made.folder / name).write_bytes(older)
    with pytest.raises(OlderKeyFile):
        made.open()


def test_a_key_file_one_ahead_of_a_commit_that_never_came_is_right(made: "MadeVault", store_on: StoreOn) -> None:
    with made.open() as vault:
        before = made.case_file.read_bytes(), (made.folder / "vault.head").read_bytes()
        assert not (made.folder / "cases.db-wal").exists() or (made.folder / "cases.db-wal").stat().st_size == 0
        assert vault.inside.keys.generation == 1
    boss(made, store_on, "words of hers alone")
    made.case_file.write_bytes(before[0])
    (made.folder / "vault.head").write_bytes(before[1])
    assert read_sidecar(made.folder).generation == 2
    open_vault(made.folder, Passphrase("words of hers alone")).close()


def test_a_change_that_fails_leaves_the_key_file_as_it_was(made: "MadeVault", store_on: StoreOn) -> None:
    before = made.key_file.read_bytes()
    account = UserAccount(id=UserId("boss"), name="赵芳", role=Role.ADMINISTRATOR)

    def give_up_in_the_middle(store: SqlStore) -> None:
        with store.change(Operation.ADD_USER, BOSS) as desk:
            desk.users.save(account)
            desk.keys.give_passphrase(account, "words of hers")
            raise JobCutOffError

    with made.open() as vault, pytest.raises(JobCutOffError):
        give_up_in_the_middle(store_on(vault))
    assert made.key_file.read_bytes() == before


def older(made: "MadeVault", write: Callable[[str], None]) -> None:
    content = made.case_file.read_bytes()
    write("lost")
    made.case_file.write_bytes(content)


def head_missing(made: "MadeVault", write: Callable[[str], None]) -> None:
    write("kept")
    (made.folder / "vault.head").unlink()


@pytest.mark.parametrize("happens", [older, head_missing])
def test_whoever_has_the_right_goes_on_with_it_once_and_the_journal_keeps_who(
    made: "MadeVault",
    store_on: StoreOn,
    write: Callable[[str], None],
    happens: Callable[["MadeVault", Callable[[str], None]], None],
) -> None:
    happens(made, write)
    with pytest.raises(Doubtful):
        made.open()
    with open_vault(made.folder, made.words, although_doubtful=True) as vault:
        store = store_on(vault)
        assert vault.doubts
        VaultDoubts(vault, store).settle(BOSS)
        assert vault.doubts == ()
        with store.reading() as desk:
            desk.partners.all()
        with vault.engine.connect() as connection:
            row = list(rows_after(connection))[-1]
        assert (row.operation, row.user_name) == ("settle_doubts", "赵芳")
        assert store.verify_journal() is None
    made.open().close()


def test_a_doubtful_vault_that_nobody_settled_is_doubtful_again(
    made: "MadeVault", write: Callable[[str], None]
) -> None:
    older(made, write)
    open_vault(made.folder, made.words, although_doubtful=True).close()
    with pytest.raises(OlderData):
        made.open()
