"""The key file and its copy when one of them cannot be written or read: what the office is told is what is on the disk."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.offices import Role, User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.users import UserAccount, UserId
from taizhang_db import SqlStore, Vault, store
from taizhang_db.keys import sidecar
from taizhang_db.keys.sidecar import Sidecar, parse, read_sidecar, write_sidecar
from taizhang_db.rotation import rotate
from taizhang_db.trouble import (
    DiskFull,
    DiskTrouble,
    KeyFileDamaged,
    KeyFileNotPutBack,
    MadeByNewerVersion,
    VaultTrouble,
)
from taizhang_db.vault import NOBODY, holders_in

if TYPE_CHECKING:
    from tests.db.conftest import MadeVault

StoreOn = Callable[[Vault], SqlStore]
KEY_FILES = ["vault.json", "vault.json.copy"]
HERS = UserAccount(id=UserId("hers"), name="赵芳", role=Role.CLERK)


def in_the_way(path: Path) -> bytes:
    """Put a folder where the file stands, so that it can be neither read nor replaced; what was in the file."""
    content = path.read_bytes()
    path.unlink()
    path.mkdir()
    return content


def out_of_the_way(path: Path, content: bytes) -> None:
    path.rmdir()
    path.write_bytes(content)


def give_passphrase(store: SqlStore, by: User) -> None:
    with store.change(Operation.ADD_USER, by) as desk:
        desk.users.save(HERS)
        desk.keys.give_passphrase(HERS, "words of hers")


@pytest.mark.parametrize("blocked", KEY_FILES)
def test_a_passphrase_that_could_not_be_written_to_both_key_files_opens_nothing(
    made: "MadeVault", store_on: StoreOn, clerk: User, blocked: str
) -> None:
    (other,) = set(KEY_FILES) - {blocked}
    with made.open() as vault:
        before = in_the_way(made.folder / blocked)
        with pytest.raises(VaultTrouble):
            give_passphrase(store_on(vault), clerk)
        out_of_the_way(made.folder / blocked, before)
        assert (made.folder / other).read_bytes() == before
        give_passphrase(store_on(vault), clerk)
        assert vault.inside.keys.slots == read_sidecar(made.folder).slots


@pytest.mark.parametrize("blocked", KEY_FILES)
def test_a_rotation_that_could_not_write_both_key_files_leaves_the_case_file_that_they_name(
    made: "MadeVault", store_on: StoreOn, clerk: User, case_of: Callable[..., Case], blocked: str
) -> None:
    with made.open() as vault:
        store = store_on(vault)
        with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            desk.cases.save(case_of("before"))
        before = in_the_way(made.folder / blocked)
        with pytest.raises(VaultTrouble):
            rotate(vault)
        with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            desk.cases.save(case_of("after"))
        out_of_the_way(made.folder / blocked, before)
    with made.open() as vault, store_on(vault).reading() as desk:
        assert {case.id for case in desk.cases.open()} == {"before", "after"}
    assert [path.name for path in made.folder.glob("cases*")] == ["cases.db"]


def test_a_copy_that_cannot_be_read_or_made_good_keeps_nobody_out(made: "MadeVault") -> None:
    in_the_way(made.folder / "vault.json.copy")
    made.open().close()


def test_a_copy_of_a_newer_version_does_not_stand_before_a_whole_key_file(made: "MadeVault") -> None:
    (made.folder / "vault.json.copy").write_bytes(of_format_3())
    made.open().close()
    assert (made.folder / "vault.json.copy").read_bytes() == made.key_file.read_bytes()


def test_the_users_are_known_from_the_copy_too(made: "MadeVault") -> None:
    made.key_file.write_bytes(b"{")
    assert holders_in(made.folder) == (NOBODY,)
    (made.folder / "vault.json.copy").write_bytes(b"{")
    with pytest.raises(KeyFileDamaged):
        holders_in(made.folder)


def test_no_users_are_known_where_there_is_no_key_file(made: "MadeVault", tmp_path: Path) -> None:
    assert holders_in(tmp_path) == ()
    for name in KEY_FILES:
        (made.folder / name).unlink()
    assert holders_in(made.folder) == ()


def of_format_3() -> bytes:
    fields = {"format": 3, "vault": "0" * 32, "ways": [], "check": ""}
    return json.dumps({**fields, "check": hashlib.sha256(msgspec.json.encode(fields)).hexdigest()}).encode()


def test_a_whole_key_file_of_a_later_format_is_known_as_one() -> None:
    with pytest.raises(MadeByNewerVersion):
        parse(of_format_3())


@pytest.mark.parametrize("digit", [b"0", b"1", b"3", b"6"])
def test_a_flipped_bit_in_the_format_is_damage_and_no_other_version(made: "MadeVault", digit: bytes) -> None:
    touched = made.key_file.read_bytes().replace(b'"format": 2', b'"format": ' + digit)
    with pytest.raises(KeyFileDamaged):
        parse(touched)


def test_what_a_killed_program_left_of_a_key_file_is_taken_away(made: "MadeVault") -> None:
    left = [made.folder / name for name in (".vault.json.k8x2m", "vault.json.before", "vault.json.copy.before")]
    for path in left:
        path.write_bytes(made.key_file.read_bytes())
    made.open().close()
    assert not any(path.exists() for path in left)


@pytest.mark.parametrize("hindered", [True, False], ids=["it cannot be put back", "it is put back"])
def test_a_refused_change_puts_the_key_file_back_or_locks_the_vault(
    vault: Vault, made: "MadeVault", store_on: StoreOn, clerk: User, monkeypatch: pytest.MonkeyPatch, hindered: bool
) -> None:
    before = made.key_file.read_bytes()

    def written_and_refused(folder: Path, keys: Sidecar) -> None:
        write_sidecar(folder, keys)
        if hindered:
            for kept in folder.glob("*.before"):
                kept.unlink()
        raise DiskTrouble

    monkeypatch.setattr(store, "write_sidecar", written_and_refused)
    with pytest.raises(KeyFileNotPutBack if hindered else DiskTrouble):
        give_passphrase(store_on(vault), clerk)
    assert vault.locked is hindered
    assert (made.key_file.read_bytes() == before) is not hindered
    assert list(made.folder.glob("*.before")) == []
    monkeypatch.undo()
    if hindered:
        vault.unlock(made.words)
    give_passphrase(store_on(vault), clerk)
    assert vault.inside.keys.slots == read_sidecar(made.folder).slots


def test_a_disk_that_is_full_is_said_before_the_key_file_is_touched(
    vault: Vault, made: "MadeVault", store_on: StoreOn, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = made.key_file.read_bytes()

    def full(path: Path, content: bytes) -> None:
        raise DiskFull

    monkeypatch.setattr(sidecar, "write_whole", full)
    with pytest.raises(DiskFull):
        give_passphrase(store_on(vault), clerk)
    assert made.key_file.read_bytes() == before
    assert not vault.locked
