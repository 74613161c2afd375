"""The data under another key: every way in stays, the old key opens nothing, and a program killed in the middle loses nothing."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import DatabaseError
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.offices import Role, User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.users import UserAccount, UserId
from taizhang_db import Passphrase, SqlStore, Vault, open_vault
from taizhang_db.engine import engine_for
from taizhang_db.keys.master import Purpose
from taizhang_db.keys.sidecar import read_sidecar
from taizhang_db.opening import probe
from taizhang_db.rotation import rotate
from taizhang_db.trouble import DiskFull

if TYPE_CHECKING:
    from tests.db.conftest import MadeVault

StoreOn = Callable[[Vault], SqlStore]
CaseOf = Callable[..., Case]
FILES = ["vault.ballast", "vault.head", "vault.json", "vault.json.copy", "vault.lock"]


def take(store: SqlStore, case: Case, by: User) -> None:
    with store.change(Operation.TAKE_PACKAGE, by) as desk:
        desk.cases.save(case)


def test_after_a_rotation_every_way_in_opens_and_the_old_key_opens_nothing(
    made: "MadeVault", store_on: StoreOn, clerk: User, case_of: CaseOf
) -> None:
    account = UserAccount(id=UserId("boss"), name="赵芳", role=Role.ADMINISTRATOR)
    with made.open() as vault:
        store = store_on(vault)
        with store.change(Operation.ADD_USER, clerk) as desk:
            desk.users.save(account)
            desk.keys.give_passphrase(account, "words of hers")
        take(store, case_of("before"), clerk)
        old = vault.inside.master.derived(Purpose.CASE_FILE)
        rotate(vault)
        take(store, case_of("after"), clerk)
        assert store.verify_journal() is None
    assert sorted(path.name for path in made.folder.iterdir()) == sorted(["cases-3.db", *FILES])
    for unlock in (made.words, made.code, Passphrase("words of hers")):
        with open_vault(made.folder, unlock) as vault, store_on(vault).reading() as desk:
            assert {case.id for case in desk.cases.open()} == {"before", "after"}
    engine = engine_for(made.folder / "cases-3.db", old)
    with pytest.raises(DatabaseError, match="not a database"), engine.connect() as look:
        probe(look)
    engine.dispose()


ROTATE = """
import os, sys
from pathlib import Path
from taizhang_db import Passphrase, open_vault, rotation, rotation_marker
from taizhang_db.keys import sidecar

def die(*_args, **_more):
    os.kill(os.getpid(), 9)

vault = open_vault(Path(sys.argv[1]), Passphrase(sys.argv[2]))
module, _, name = sys.argv[3].rpartition(".")
setattr({"rotation": rotation, "marker": rotation_marker}[module], name, die)
rotation.rotate(vault)
"""
MOMENTS = {
    "rotation.begin": "before anything",
    "rotation.copy_case_file": "before the copy",
    "rotation.check_file": "after the copy",
    "rotation.write_sidecar": "just before the switch",
    "rotation.tidy_up": "just after the switch",
    "marker.sync_folder": "after the old file is gone",
}


@pytest.mark.skipif(sys.platform == "win32", reason="2026-11-24: kill -9 is POSIX")
@pytest.mark.parametrize("moment", MOMENTS, ids=MOMENTS.values())
def test_a_rotation_killed_at_any_step_leaves_one_whole_case_file(
    made: "MadeVault", store_on: StoreOn, clerk: User, case_of: CaseOf, moment: str
) -> None:
    with made.open() as vault:
        take(store_on(vault), case_of("kept"), clerk)
    killed = subprocess.run(
        [sys.executable, "-c", ROTATE, str(made.folder), made.words.text, moment], check=False, capture_output=True
    )
    assert killed.returncode == -9, killed.stderr
    for unlock in (made.words, made.code):
        with open_vault(made.folder, unlock) as vault, store_on(vault).reading() as desk:
            assert [case.id for case in desk.cases.open()] == ["kept"]
    in_use = read_sidecar(made.folder).case_file
    assert sorted(path.name for path in made.folder.iterdir()) == sorted([in_use, *FILES])
    with made.open() as vault:
        rotate(vault)
        take(store_on(vault), case_of("later"), clerk)


def test_a_rotation_that_finds_no_room_leaves_the_vault_as_it_was(
    made: "MadeVault", store_on: StoreOn, clerk: User, case_of: CaseOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with made.open() as vault:
        monkeypatch.setattr("taizhang_db.rotation.sync_file", full)
        with pytest.raises(DiskFull):
            rotate(vault)
        take(store_on(vault), case_of("c1"), clerk)
    assert sorted(path.name for path in made.folder.iterdir()) == sorted(["cases.db", *FILES])


class RotationStoppedError(Exception):
    pass


def test_a_rotation_is_ended_at_any_moment_before_the_new_file_counts(
    made: "MadeVault", store_on: StoreOn, clerk: User, case_of: CaseOf
) -> None:
    every: list[tuple[int, int]] = []

    def note(done: int, total: int) -> None:
        every.append((done, total))

    with made.open() as vault:
        for number in range(300):
            take(store_on(vault), case_of(f"c{number}"), clerk)
        rotate(vault, note)
    assert every == sorted(every)
    assert every[-1] == (100, 100)
    assert every[0] == (50, 100)  # the copy of a small file is one step
    used, keys = read_sidecar(made.folder).case_file, made.key_file.read_bytes()
    for moment in (1, len(every) // 2, len(every)):
        left = moment

        def stop(done: int, total: int) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise RotationStoppedError

        with made.open() as vault:
            with pytest.raises(RotationStoppedError):
                rotate(vault, stop)
            take(store_on(vault), case_of(f"after {moment}"), clerk)
        assert made.key_file.read_bytes() == keys
        assert sorted(path.name for path in made.folder.iterdir()) == sorted([used, *FILES])


def test_only_the_two_files_of_a_rotation_are_ever_taken_away(made: "MadeVault", tmp_path: Path) -> None:
    kept = {"cases-2.db", "cases-7.db", "cases 备份.db"}
    for name in kept:
        shutil.copy(made.case_file, made.folder / name)
    content = made.case_file.read_bytes()
    with made.open() as vault:
        rotate(vault)
    made.open().close()
    assert {name: (made.folder / name).read_bytes() == content for name in kept} == dict.fromkeys(kept, True)
    assert read_sidecar(made.folder).case_file == "cases-3.db"
