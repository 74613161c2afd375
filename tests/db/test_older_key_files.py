"""An older key file put back beside today's data: what was taken away opens nothing again, and the newer copy is never lost."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.offices import Role
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.users import UserAccount, UserId
from taizhang_db import Passphrase, RecoveryCode, SqlStore, Unlock, Vault, open_vault, store
from taizhang_db.doubts import VaultDoubts
from taizhang_db.journal import rows_after
from taizhang_db.keys.sidecar import Sidecar, read_copy, read_sidecar, write_sidecar
from taizhang_db.rotation import rotate
from taizhang_db.trouble import (
    CaseFileMissing,
    DeadPassphrase,
    DeadRecoveryCode,
    DiskTrouble,
    KeyFileMended,
    KeyFileNotPutBack,
    KeyFileOutdated,
    OlderData,
    OlderKeyFile,
    WrongPassphrase,
    WrongRecoveryCode,
)
from taizhang_db.vault import holders_in

if TYPE_CHECKING:
    from tests.db.conftest import MadeVault

StoreOn = Callable[[Vault], SqlStore]
BOSS = UserAccount(id=UserId("boss"), name="赵芳", role=Role.ADMINISTRATOR)
HERS = UserAccount(id=UserId("hers"), name="李明", role=Role.CLERK)
BOTH = ("vault.json", "vault.json.copy")
FIRST, SECOND, LI = Passphrase("first words of hers"), Passphrase("second words of hers"), Passphrase("words of Li")


def give(made: "MadeVault", store_on: StoreOn, account: UserAccount, words: Passphrase) -> None:
    with made.open() as vault, store_on(vault).change(Operation.ADD_USER, BOSS.user) as desk:
        desk.users.save(account)
        desk.keys.give_passphrase(account, words.text)


def new_code(made: "MadeVault", store_on: StoreOn) -> RecoveryCode:
    with made.open() as vault, store_on(vault).change(Operation.REISSUE_RECOVERY_CODE, BOSS.user) as desk:
        return RecoveryCode(desk.keys.new_recovery_code())


def turned(made: "MadeVault", store_on: StoreOn) -> str:
    """Change the data's key as the office does; the name of the case file then."""
    with made.open() as vault:
        rotate(vault)
        with store_on(vault).change(Operation.ROTATE_KEYS, BOSS.user) as desk:
            desk.keys.renew()
        return vault.inside.keys.case_file


@pytest.fixture
def put_back(made: "MadeVault", store_on: StoreOn) -> RecoveryCode:
    """A vault with the key files of before she changed her passphrase and the code was issued anew; the new code."""
    give(made, store_on, BOSS, FIRST)
    give(made, store_on, HERS, LI)
    older = made.key_file.read_bytes()
    give(made, store_on, BOSS, SECOND)
    code = new_code(made, store_on)
    for name in BOTH:
        (made.folder / name).write_bytes(older)
    return code


@pytest.mark.parametrize("although", [False, True], ids=["at once", "going on"])
def test_what_was_taken_away_opens_nothing_by_an_older_key_file(
    made: "MadeVault", put_back: RecoveryCode, although: bool
) -> None:
    with pytest.raises(DeadPassphrase, match="这个口令已经作废"):
        open_vault(made.folder, FIRST, although_doubtful=although)
    with pytest.raises(DeadRecoveryCode, match="这个恢复码已经作废"):
        open_vault(made.folder, made.code, although_doubtful=although)


def test_a_way_in_that_still_counts_is_asked_and_goes_on_without_bringing_the_dead_ones_back(
    made: "MadeVault", store_on: StoreOn, put_back: RecoveryCode
) -> None:
    with pytest.raises(OlderKeyFile):
        made.open()
    with open_vault(made.folder, made.words, although_doubtful=True) as vault:
        VaultDoubts(vault, store_on(vault)).settle(BOSS.user)
    for way in (made.words, LI):
        open_vault(made.folder, way).close()
    refused: list[tuple[Unlock, type[Exception]]] = [
        (FIRST, WrongPassphrase),
        (SECOND, WrongPassphrase),
        (made.code, WrongRecoveryCode),
        (put_back, WrongRecoveryCode),
    ]
    for dead, says in refused:
        with pytest.raises(says):
            open_vault(made.folder, dead)
    give(made, store_on, BOSS, SECOND)
    code = new_code(made, store_on)
    for again in (SECOND, code):
        open_vault(made.folder, again).close()


def test_where_no_way_in_was_changed_an_older_key_file_of_before_a_doubt_still_opens(
    made: "MadeVault", store_on: StoreOn
) -> None:
    older = made.key_file.read_bytes()
    with made.open() as vault, store_on(vault).change(Operation.SETTLE_DOUBTS, BOSS.user) as desk:
        desk.keys.renew()
    for name in BOTH:
        (made.folder / name).write_bytes(older)
    with pytest.raises(OlderKeyFile):
        made.open()
    open_vault(made.folder, made.code, although_doubtful=True).close()


def test_whoever_goes_on_without_the_right_changes_no_file(made: "MadeVault", put_back: RecoveryCode) -> None:
    for name in BOTH:
        (made.folder / name).chmod(0o600)
    (made.folder / "vault.json.copy").write_bytes(b"{")
    before = {name: (made.folder / name).read_bytes() for name in BOTH}
    open_vault(made.folder, LI, although_doubtful=True).close()
    assert {name: (made.folder / name).read_bytes() for name in BOTH} == before


def test_the_newer_copy_counts_beside_an_older_key_file_and_is_not_written_over(
    made: "MadeVault", store_on: StoreOn
) -> None:
    older = made.key_file.read_bytes()
    give(made, store_on, BOSS, FIRST)
    newer = made.key_file.read_bytes()
    made.key_file.write_bytes(older)
    assert [holder.name for holder in holders_in(made.folder)] == ["", "赵芳"]
    told: list[object] = []
    with open_vault(made.folder, FIRST) as vault:
        vault.news.listen(told.append)
        (mended,) = told
        assert isinstance(mended, KeyFileMended)
        assert mended.happened == "密钥文件 vault.json 是旧的，已用另一份修复"
    assert [(made.folder / name).read_bytes() for name in BOTH] == [newer, newer]


def test_after_a_change_of_the_key_the_newer_copy_counts_and_no_case_file_is_missing(
    made: "MadeVault", store_on: StoreOn
) -> None:
    older = made.key_file.read_bytes()
    name = turned(made, store_on)
    newer = made.key_file.read_bytes()
    made.key_file.write_bytes(older)
    made.open().close()
    assert [(made.folder / each).read_bytes() for each in BOTH] == [newer, newer]
    assert [path.name for path in made.folder.glob("cases*")] == [name]


def test_an_older_key_file_with_its_own_case_file_does_not_stand_before_the_newer_copy(
    made: "MadeVault", store_on: StoreOn
) -> None:
    """The copy is the only thing that opens today's case file: to write the older one over it would lose all work since."""
    shutil.copytree(made.folder, made.folder.parent / "kept")
    turned(made, store_on)
    newer = made.key_file.read_bytes()
    for name in ("vault.json", "cases.db"):
        shutil.copy(made.folder.parent / "kept" / name, made.folder / name)
    with made.open() as vault:
        assert vault.inside.keys.case_file != "cases.db"
    assert [(made.folder / each).read_bytes() for each in BOTH] == [newer, newer]
    assert (made.folder / "cases.db").exists()


def test_older_key_files_that_name_the_case_file_of_before_are_said_to_be_old(
    made: "MadeVault", store_on: StoreOn
) -> None:
    older = made.key_file.read_bytes()
    name = turned(made, store_on)
    for each in BOTH:
        (made.folder / each).write_bytes(older)
    with pytest.raises(KeyFileOutdated, match=f"密钥文件 vault.json 是旧的.*{name}") as told:
        made.open()
    assert "不见了" not in str(told.value)
    (made.folder / name).unlink()
    with pytest.raises(CaseFileMissing, match="数据文件不见了") as gone:
        made.open()
    assert type(gone.value) is CaseFileMissing


@pytest.mark.parametrize("kept", ["cases-2.db", "cases-copy.db"])
def test_a_later_case_file_that_is_lost_is_missing_whatever_else_is_kept_in_the_folder(
    made: "MadeVault", store_on: StoreOn, kept: str
) -> None:
    shutil.copy(made.case_file, made.folder / kept)
    name = turned(made, store_on)
    (made.folder / name).rename(made.folder.parent / name)
    with pytest.raises(CaseFileMissing) as told:
        made.open()
    assert type(told.value) is CaseFileMissing


def test_a_program_killed_between_the_two_key_files_of_a_change_of_the_key_goes_on_with_the_case_file_in_use(
    made: "MadeVault", store_on: StoreOn
) -> None:
    """The copy is newer then too, and its case file is there; the marker tells that the change was not ended."""
    shutil.copytree(made.folder, made.folder.parent / "kept")
    name = turned(made, store_on)
    shutil.copy(made.folder.parent / "kept" / "vault.json", made.key_file)
    shutil.copy(made.folder.parent / "kept" / "cases.db", made.case_file)
    shutil.copy(made.folder.parent / "kept" / "vault.head", made.folder / "vault.head")
    (made.folder / "vault.rotating").write_text(f'{{"old":"cases.db","new":"{name}"}}')
    with made.open() as vault:
        assert vault.inside.keys.case_file == "cases.db"
    assert [path.name for path in made.folder.glob("cases*")] == ["cases.db"]


def test_a_refused_change_that_stays_in_the_copy_alone_locks_the_vault(
    vault: Vault, made: "MadeVault", store_on: StoreOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newer copy counts at the next opening: nobody may go on as if the change had not been made."""

    def copy_written_and_refused(folder: Path, keys: Sidecar) -> None:
        before = (folder / "vault.json").read_bytes()
        write_sidecar(folder, keys)
        (folder / "vault.json").write_bytes(before)
        for kept in folder.glob("*.before"):
            kept.unlink()
        raise DiskTrouble

    monkeypatch.setattr(store, "write_sidecar", copy_written_and_refused)

    def change() -> None:
        with store_on(vault).change(Operation.ADD_USER, BOSS.user) as desk:
            desk.users.save(BOSS)
            desk.keys.give_passphrase(BOSS, FIRST.text)

    with pytest.raises(KeyFileNotPutBack):
        change()
    assert vault.locked


def test_a_change_of_the_key_is_a_row_of_the_journal(made: "MadeVault", store_on: StoreOn) -> None:
    give(made, store_on, BOSS, FIRST)
    turned(made, store_on)
    with made.open() as vault, vault.engine.connect() as connection:
        given, row = [row for row in rows_after(connection) if row.kind is Kind.KEYS]
    assert (row.operation, row.user_name) == ("rotate_keys", "赵芳")
    assert row.before is None
    assert row.after == given.after


def test_an_older_case_file_under_a_newer_key_file_is_still_told_as_older_data(
    made: "MadeVault", store_on: StoreOn
) -> None:
    older = made.case_file.read_bytes()
    give(made, store_on, BOSS, FIRST)
    made.case_file.write_bytes(older)
    assert read_sidecar(made.folder) == read_copy(made.folder)
    with pytest.raises(OlderData):
        open_vault(made.folder, FIRST)
