"""A backup comes out whole or is refused with its own sentence; the switch keeps what was there and survives being killed."""

import io
import subprocess
import sys
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from taizhang_casework.domain.backups import BackupFace, BackupId, BackupPlace, BackupRecord, MadeBackup
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_db import Argon2Cost, Passphrase, RecoveryCode, SqlStore, Vault, create_vault, open_vault
from taizhang_db.backup.archive import Member
from taizhang_db.backup.making import BackupSource, make_backup
from taizhang_db.backup.restoring import (
    check_backup,
    end_cut_off,
    loss_against,
    put_in_place,
    restore_beside,
    restore_into,
)
from taizhang_db.backup.switching import SWITCHING, end_switch
from taizhang_db.backup.trouble import (
    BackupByNewerVersion,
    BackupCutShort,
    BackupDamaged,
    BackupForged,
    BackupGone,
    BackupMixed,
    BackupWrongCode,
    BackupWrongPassphrase,
    NoBackup,
    PlaceTaken,
)
from taizhang_db.trouble import RecoveryCodeMistyped, VaultInUse

if TYPE_CHECKING:
    from tests.db.conftest import MadeVault

StoreOn = Callable[[Vault], SqlStore]
CaseOf = Callable[..., Case]
AT = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
OFFICE = "台账 数据"
CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)


class Kept:
    """A vault with one case and a backup of it, which the tests break and restore."""

    def __init__(self, made: "MadeVault", file: Path) -> None:
        self.made = made
        self.file = file
        self.data = made.folder.parent
        self.work = self.data / "备份"

    def make(self) -> BackupFace:
        with self.made.open() as vault:
            self.file.unlink(missing_ok=True)
            make_backup(BackupSource.of(vault), self.file, work=self.work, clock=lambda: AT)
        return self.check()

    def check(self) -> BackupFace:
        return check_backup(self.file, self.made.words, work=self.work)

    def members(self) -> dict[str, bytes]:
        with tarfile.open(self.file) as tar:
            return {each.name: tar.extractfile(each).read() for each in tar}  # type: ignore[union-attr]  # all are files

    def write(self, members: list[tuple[str, bytes]]) -> None:
        with tarfile.open(self.file, "w", format=tarfile.GNU_FORMAT) as tar:
            for name, content in members:
                info = tarfile.TarInfo(name)
                info.size, info.mode = len(content), 0o600
                tar.addfile(info, io.BytesIO(content))
        content = self.file.read_bytes()
        bare = content.rstrip(b"\0")
        self.file.write_bytes(bare + bytes(-len(bare) % 512) + bytes(1024))


@pytest.fixture
def kept(made: "MadeVault", tmp_path: Path, store_on: StoreOn, clerk: User, case_of: CaseOf) -> Kept:
    with made.open() as vault, store_on(vault).change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(case_of("first"))
    stick = tmp_path / "U 盘"
    stick.mkdir()
    found = Kept(made, stick / "台账备份_环秀 街道_2026-11-24_0830.tzbak")
    found.make()
    return found


def cases_in(vault: Vault, store_on: StoreOn) -> set[str]:
    with store_on(vault).reading() as desk:
        return {case.id for case in desk.cases.open()}


def test_any_tar_reads_it_and_what_the_tests_write_again_is_the_same_file(kept: Kept) -> None:
    members = kept.members()
    assert list(members) == ["taizhang-backup", "vault.json", "cases.db", "manifest.json"]
    before = kept.file.read_bytes()
    kept.write(list(members.items()))
    assert kept.file.read_bytes() == before


@pytest.mark.parametrize(
    "by_code", [False, True], ids=["by the passphrase of that day", "by the recovery code of that day"]
)
def test_a_backup_comes_out_as_an_open_vault_beside_the_present_one(
    kept: Kept, store_on: StoreOn, clerk: User, case_of: CaseOf, by_code: bool
) -> None:
    with kept.made.open() as vault, store_on(vault).change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(case_of("later"))
    unlock = kept.made.code if by_code else kept.made.words
    restored = restore_beside(kept.file, unlock, kept.data)
    assert cases_in(restored.vault, store_on) == {"first"}
    with store_on(restored.vault).change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(case_of("second"))
    folder = restored.close()
    assert folder.parent == kept.data
    assert folder.name.startswith(".")
    with open_vault(folder, kept.made.words) as again:
        assert cases_in(again, store_on) == {"first", "second"}
    with kept.made.open() as vault:
        assert cases_in(vault, store_on) == {"first", "later"}


def made_as(face: BackupFace) -> MadeBackup:
    at = face.made_at
    return MadeBackup(made_at=at, proved_at=at, file="x", size=1, head_seq=face.head_seq, head_hash=face.head_hash)


def test_what_would_be_missing_is_counted_against_the_present(
    kept: Kept, store_on: StoreOn, clerk: User, case_of: CaseOf, tmp_path: Path
) -> None:
    face = kept.check()
    with kept.made.open() as vault:
        assert loss_against(BackupSource.of(vault), face).changes == 0
        with store_on(vault).change(Operation.TAKE_DOWN_BACKUP, clerk) as desk:
            desk.backups.save(BackupRecord(id=BackupId("1"), place=BackupPlace.STICK, made=made_as(face)))
        assert loss_against(BackupSource.of(vault), face).changes == 0, (
            "that the backup was made is no work that is lost"
        )
        for name in ("a", "b"):
            with store_on(vault).change(Operation.TAKE_PACKAGE, clerk) as desk:
                desk.cases.save(case_of(name))
        loss = loss_against(BackupSource.of(vault), face)
        assert (loss.changes, loss.cases, loss.same_history) == (2, 2, True)
    create_vault(tmp_path / "other", Passphrase("another vault"), cost=CHEAP)
    with open_vault(tmp_path / "other", Passphrase("another vault")) as other:
        assert not loss_against(BackupSource.of(other), face).same_history


def test_the_passphrase_of_today_does_not_open_a_backup_of_before_it_was_changed(kept: Kept) -> None:
    with pytest.raises(BackupWrongPassphrase, match="当天的口令"):
        check_backup(kept.file, Passphrase("another one"), work=kept.work)
    other = create_vault(kept.data / "other", Passphrase("another vault"), cost=CHEAP)
    with pytest.raises(BackupWrongCode):
        check_backup(kept.file, other, work=kept.work)
    with pytest.raises(RecoveryCodeMistyped):
        check_backup(kept.file, RecoveryCode("ABCDE"), work=kept.work)
    assert list(kept.work.iterdir()) == []


def test_every_changed_bit_is_seen(kept: Kept) -> None:
    """A bit in each part of the file: headers, names, content, padding, manifest, end."""
    whole = kept.file.read_bytes()
    step = max(1, len(whole) // 60)
    places = {*range(0, len(whole), step), *range(0, 2048, 101), *range(len(whole) - 3072, len(whole), 149)}
    unseen = []
    for at in sorted(places):
        changed = bytearray(whole)
        changed[at] ^= 1 << (at % 8)
        kept.file.write_bytes(changed)
        try:
            kept.check()
        except (NoBackup, BackupCutShort, BackupDamaged, BackupMixed, BackupForged, BackupByNewerVersion):
            continue
        unseen.append(at)
    assert unseen == []


def test_a_bit_of_a_case_is_a_damaged_backup(kept: Kept) -> None:
    members = kept.members()
    cases = bytearray(members["cases.db"])
    cases[len(cases) // 2] ^= 1
    kept.write([*((name, bytes(cases) if name == "cases.db" else content) for name, content in members.items())])
    with pytest.raises(BackupDamaged):
        kept.check()


@pytest.mark.parametrize("end", [0.0, 0.01, 0.5, 0.999], ids=["empty", "its first bytes", "half", "without its end"])
def test_a_backup_that_ends_too_early_is_told_so(kept: Kept, end: float) -> None:
    whole = kept.file.read_bytes()
    kept.file.write_bytes(whole[: int(len(whole) * end)])
    with pytest.raises(NoBackup if end == 0 else BackupCutShort):
        kept.check()


def test_a_backup_with_something_behind_its_end_is_not_taken(kept: Kept) -> None:
    with kept.file.open("ab") as file:
        file.write(b"\0")
    with pytest.raises(BackupDamaged):
        kept.check()


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04" + bytes(4096), "一封信".encode() * 500], ids=["empty", "another archive", "a letter"]
)
def test_a_file_of_another_kind_is_no_backup(kept: Kept, content: bytes) -> None:
    kept.file.write_bytes(content)
    with pytest.raises(NoBackup):
        kept.check()
    kept.file.unlink()
    with pytest.raises(BackupGone):
        kept.check()


def test_members_in_another_order_twice_or_missing_are_not_what_the_manifest_lists(kept: Kept) -> None:
    head, keys, cases, told = kept.members().items()
    extra = ("attachments/ab/" + "ab" * 32, b"x")
    for members in (
        [head, cases, keys, told],
        [head, keys, cases, cases, told],
        [head, keys, told],
        [head, keys, cases],
        [head, keys, cases, extra, told],
        [head, keys, cases, ("../cases.db", cases[1]), told],
        [head, keys, cases, told, told],
    ):
        kept.write(members)
        with pytest.raises(BackupMixed):
            kept.check()
    assert not (kept.data / "cases.db").exists()


def test_a_member_of_another_backup_of_the_same_vault_is_seen(
    kept: Kept, store_on: StoreOn, clerk: User, case_of: CaseOf
) -> None:
    old = kept.members()
    with kept.made.open() as vault, store_on(vault).change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(case_of("later"))
    kept.make()
    new = kept.members()
    kept.write([*(new | {"cases.db": old["cases.db"]}).items()])
    with pytest.raises((BackupDamaged, BackupMixed)):
        kept.check()
    kept.write([*(new | {"manifest.json": old["manifest.json"]}).items()])
    with pytest.raises((BackupDamaged, BackupMixed)):
        kept.check()


def test_a_member_or_key_file_of_another_vault_is_seen(kept: Kept, made: "MadeVault") -> None:
    ours = kept.members()
    folder = kept.data / "other"
    create_vault(folder, made.words, cost=CHEAP)
    with open_vault(folder, made.words) as vault:
        kept.file.unlink()
        make_backup(BackupSource.of(vault), kept.file, work=kept.work, clock=lambda: AT)
    theirs = kept.members()
    for name, trouble in (("vault.json", BackupForged), ("manifest.json", BackupForged), ("cases.db", BackupDamaged)):
        kept.write([*(ours | {name: theirs[name]}).items()])
        with pytest.raises((trouble, BackupMixed)):
            kept.check()


def test_a_manifest_that_was_written_anew_without_the_key_is_not_believed(kept: Kept) -> None:
    members = kept.members()
    sealed = msgspec.json.decode(members["manifest.json"])
    sealed["manifest"]["face"]["counts"]["cases"] = 99
    kept.write([*(members | {"manifest.json": msgspec.json.encode(sealed)}).items()])
    with pytest.raises(BackupForged):
        kept.check()


@pytest.mark.parametrize("told", [b"2\n", b"17\n"])
def test_a_newer_format_asks_for_a_newer_program(kept: Kept, told: bytes) -> None:
    members = kept.members()
    kept.write([*(members | {"taizhang-backup": told}).items()])
    with pytest.raises(BackupByNewerVersion):
        kept.check()


def test_a_member_tells_its_size_so_that_a_name_too_many_is_no_surprise() -> None:
    assert Member("a", 1, "00") != Member("a", 2, "00")


def test_the_switch_keeps_the_old_vault_whole(kept: Kept, store_on: StoreOn, clerk: User, case_of: CaseOf) -> None:
    with kept.made.open() as vault, store_on(vault).change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(case_of("later"))
    old = put_in_place(restore_beside(kept.file, kept.made.words, kept.data), OFFICE, AT)
    assert old == kept.data / "replaced" / f"{OFFICE}_2026-11-24_0830"
    assert old is not None
    with kept.made.open() as vault:
        assert cases_in(vault, store_on) == {"first"}
    with open_vault(old, kept.made.words) as vault:
        assert cases_in(vault, store_on) == {"first", "later"}
    assert not (kept.data / SWITCHING).exists()
    again = restore_beside(kept.file, kept.made.words, kept.data)
    assert put_in_place(again, OFFICE, AT) == old.with_name(f"{old.name}_2")


def test_on_a_new_pc_nothing_is_replaced(kept: Kept, store_on: StoreOn, tmp_path: Path) -> None:
    data = tmp_path / "新 电脑"
    new = restore_beside(kept.file, kept.made.words, data)
    assert put_in_place(new, "环秀街道", AT) is None
    with open_vault(data / "环秀街道", kept.made.words) as vault:
        assert cases_in(vault, store_on) == {"first"}


def test_a_vault_that_is_open_elsewhere_is_not_replaced(kept: Kept) -> None:
    new = restore_beside(kept.file, kept.made.words, kept.data)
    with kept.made.open(), pytest.raises(VaultInUse):
        put_in_place(new, OFFICE, AT)
    assert new.vault.folder.is_dir()
    kept.made.open().close()


def test_what_was_taken_out_and_not_wanted_goes(kept: Kept) -> None:
    restored = restore_beside(kept.file, kept.made.words, kept.data)
    restored.discard()
    restored.discard()
    assert not restored.vault.folder.exists()


def test_a_backup_that_does_not_come_out_leaves_no_folder(kept: Kept) -> None:
    before = {each.name for each in kept.data.iterdir()}
    kept.file.write_bytes(kept.file.read_bytes()[:-5000])
    with pytest.raises(BackupCutShort):
        restore_beside(kept.file, kept.made.words, kept.data)
    assert {each.name for each in kept.data.iterdir()} == before


def test_into_a_folder_of_ones_own_only_where_nothing_is(kept: Kept, tmp_path: Path, store_on: StoreOn) -> None:
    with pytest.raises(PlaceTaken):
        restore_into(kept.file, kept.made.words, kept.data)
    restored = restore_into(kept.file, kept.made.words, tmp_path / "另一处")
    assert cases_in(restored.vault, store_on) == {"first"}
    restored.close()


RESTORE = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from taizhang_db import Passphrase
from taizhang_db.backup import restoring, switching

def die(*_args, **_more):
    os.kill(os.getpid(), 9)

def die_at(number, real):
    def rename(self, target):
        counted.append(1)
        die() if len(counted) == number else real(self, target)
    return rename

counted = []
file, words, data, office, moment = sys.argv[1:]
if moment in {"unpack", "prove", "_begin_head"}:
    setattr(restoring, moment, die)
taken_out = restoring.restore_beside(Path(file), Passphrase(words), Path(data))
if moment.startswith("rename"):
    Path.rename = die_at(int(moment[-1]), Path.rename)
elif hasattr(switching, moment):
    setattr(switching, moment, die)
else:
    setattr(restoring, moment, die)
restoring.put_in_place(taken_out, office, datetime(2026, 11, 24, tzinfo=UTC))
"""
MOMENTS = {
    "unpack": ("before it is taken out", False),
    "prove": ("taken out and not proved", False),
    "_begin_head": ("proved and not opened", False),
    "put_in_place": ("before the switch", False),
    "write_whole": ("before the switch is written down", False),
    "_rename": ("just after it is written down", True),
    "rename1": ("before the first rename", True),
    "rename2": ("between the two renames", True),
}


@pytest.mark.skipif(sys.platform == "win32", reason="2026-11-24: kill -9 is POSIX")
@pytest.mark.parametrize(
    ("moment", "switched"), [(each, value[1]) for each, value in MOMENTS.items()], ids=[v[0] for v in MOMENTS.values()]
)
def test_a_restore_killed_at_any_step_is_undone_or_ended(
    kept: Kept, store_on: StoreOn, clerk: User, case_of: CaseOf, moment: str, switched: bool
) -> None:
    with kept.made.open() as vault, store_on(vault).change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(case_of("later"))
    killed = subprocess.run(
        [sys.executable, "-c", RESTORE, kept.file, kept.made.words.text, kept.data, OFFICE, moment],
        check=False,
        capture_output=True,
    )
    assert killed.returncode == -9, killed.stderr
    end_switch(kept.data)
    with kept.made.open() as vault:
        assert cases_in(vault, store_on) == ({"first"} if switched else {"first", "later"})
    if switched:
        (old,) = (kept.data / "replaced").iterdir()
        with open_vault(old, kept.made.words) as vault:
            assert cases_in(vault, store_on) == {"first", "later"}
    restore_beside(kept.file, kept.made.words, kept.data).discard()
    assert not [each.name for each in kept.data.iterdir() if each.name.startswith(".restored")]


@pytest.mark.parametrize("content", [b"", b"{}", b'{"new":"../x","office":"y","replaced":""}'])
def test_a_note_of_a_switch_that_makes_no_sense_moves_nothing(kept: Kept, content: bytes) -> None:
    (kept.data / SWITCHING).write_bytes(content)
    end_switch(kept.data)
    assert not (kept.data / SWITCHING).exists()
    kept.made.open().close()


def test_a_note_of_a_switch_that_was_half_written_goes_at_the_next_start(tmp_path: Path) -> None:
    (tmp_path / ".vault.switching.x1").write_bytes(b"{")
    end_cut_off(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_users_own_empty_folder_stays_where_a_backup_does_not_come_out(kept: Kept, tmp_path: Path) -> None:
    own = tmp_path / "自己的文件夹"
    own.mkdir()
    kept.file.write_bytes(kept.file.read_bytes()[:-5000])
    with pytest.raises(BackupCutShort):
        restore_into(kept.file, kept.made.words, own)
    assert list(own.iterdir()) == []
    with pytest.raises(BackupCutShort):
        restore_into(kept.file, kept.made.words, tmp_path / "新的")
    assert not (tmp_path / "新的").exists()
