"""A backup is made while the office works, proved before it gets its name, and leaves nothing behind where it fails."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from taizhang_casework.domain.backups import MadeBackup
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.services.clock import Progress
from taizhang_db import Passphrase, SqlStore, Vault
from taizhang_db.backup import making
from taizhang_db.backup.making import BackupSource, make_backup
from taizhang_db.backup.restoring import check_backup
from taizhang_db.backup.trouble import (
    BackupNotProved,
    KeysChangedMeanwhile,
    PlaceFails,
    PlaceFull,
    PlaceGone,
    PlaceNotWritable,
)
from taizhang_db.rotation import rotate
from taizhang_db.trouble import CaseFileDamaged

if TYPE_CHECKING:
    from tests.db.conftest import MadeVault

StoreOn = Callable[[Vault], SqlStore]
CaseOf = Callable[..., Case]
AT = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
NAME = "台账备份_环秀 街道_2026-11-24_0830.tzbak"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "我的 U盘"
    place.mkdir()
    return place


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "备份" / "环秀 街道"


def backup(vault: Vault, stick: Path, work: Path) -> MadeBackup:
    return make_backup(BackupSource.of(vault), stick / NAME, work=work, clock=lambda: AT)


def left_in(*places: Path) -> list[str]:
    return sorted(each.name for place in places for each in place.rglob("*"))


def test_a_backup_is_one_file_that_says_how_far_the_journal_had_come(
    vault: Vault, store: SqlStore, clerk: User, case_of: CaseOf, stick: Path, work: Path
) -> None:
    with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(case_of("c1"))
    made = backup(vault, stick, work)
    head = store.journal_head()
    assert (made.head_seq, made.head_hash, made.lacking) == (head.seq, head.hash, 0)
    assert made.size == (stick / NAME).stat().st_size
    assert left_in(stick, work) == [NAME], "neither half a file nor a trial is left"


def test_nothing_in_it_can_be_read(
    vault: Vault, store: SqlStore, clerk: User, case_of: CaseOf, stick: Path, work: Path
) -> None:
    with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(case_of("c1", name="王建国"))
    backup(vault, stick, work)
    content = (stick / NAME).read_bytes()
    assert not [
        word for word in ("王建国", "11010519491231002X", "SQLite format", "突发疾病") if word.encode() in content
    ]


def test_the_office_goes_on_working_and_the_backup_is_of_one_moment(
    vault: Vault,
    store: SqlStore,
    clerk: User,
    case_of: CaseOf,
    stick: Path,
    work: Path,
    made: "MadeVault",
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another connection saves after each page that is copied; the page steps are made small so that there are many."""
    monkeypatch.setattr("taizhang_db.engine._PAGES_A_STEP", 4)
    with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(case_of("c0"))
    saved = 0

    def write(done: int, total: int) -> None:
        nonlocal saved
        saved += 1
        with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            desk.cases.save(case_of(f"c{saved}"))

    path = stick / NAME
    done = make_backup(BackupSource.of(vault), path, work=work, clock=lambda: AT, progress=write)
    face = check_backup(path, made.words, work=work)
    assert saved > 10
    assert (done.head_seq, face.head_seq, face.counts.cases) == (1, 1, 1)
    assert store.journal_head().seq == saved + 1


def test_a_backup_that_is_cancelled_leaves_nothing(vault: Vault, stick: Path, work: Path) -> None:
    class StopError(Exception): ...

    reports: list[int] = []

    def stop_at(at: int) -> Progress:
        def report(done: int, total: int) -> None:
            reports.append(done)
            if len(reports) > at:
                raise StopError

        return report

    for at in range(100):
        reports.clear()
        try:
            make_backup(BackupSource.of(vault), stick / NAME, work=work, clock=lambda: AT, progress=stop_at(at))
        except StopError:
            assert left_in(stick, work) == []
        else:
            break
    else:
        pytest.fail("it was never made")
    assert at > 3
    assert reports[-1] == 100


@pytest.mark.parametrize(
    ("number", "trouble"),
    [
        pytest.param(errno.ENOSPC, PlaceFull, id="full"),
        pytest.param(errno.EROFS, PlaceNotWritable, id="read-only"),
        pytest.param(errno.EIO, PlaceFails, id="failing"),
        pytest.param(errno.ENODEV, PlaceGone, id="pulled out"),
    ],
)
def test_a_stick_that_fails_while_it_is_written_is_one_sentence_and_no_half_file(
    vault: Vault, stick: Path, work: Path, monkeypatch: pytest.MonkeyPatch, number: int, trouble: type[Exception]
) -> None:
    real = os.write

    def fail(handle: int, content: bytes) -> int:
        if Path(f"/proc/self/fd/{handle}").readlink().name.endswith(".part"):
            raise OSError(number, "stick")
        return real(handle, content)

    monkeypatch.setattr("taizhang_db.backup.files.os.write", fail)
    with pytest.raises(trouble):
        backup(vault, stick, work)
    assert left_in(stick, work) == []


def test_room_is_looked_for_before_anything_is_written(
    vault: Vault, stick: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(stick)
    monkeypatch.setattr("taizhang_db.backup.files.shutil.disk_usage", lambda _: usage._replace(free=4_200_000))
    with pytest.raises(PlaceFull, match="只剩4 MB"):
        backup(vault, stick, work)
    assert left_in(stick, work) == []


def test_a_folder_that_is_not_there_is_told(vault: Vault, stick: Path, work: Path) -> None:
    with pytest.raises(PlaceGone):
        backup(vault, stick / "gone", work)
    assert left_in(work) == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="2026-11-24: root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(vault: Vault, stick: Path, work: Path) -> None:
    stick.chmod(0o500)
    with pytest.raises(PlaceNotWritable):
        backup(vault, stick, work)


def test_a_file_that_does_not_come_back_as_it_was_written_never_gets_its_name(
    vault: Vault, stick: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def settle_badly(part: Path) -> None:
        content = bytearray(part.read_bytes())
        content[len(content) // 2] ^= 1
        part.write_bytes(content)

    monkeypatch.setattr(making, "settle", settle_badly)
    with pytest.raises(BackupNotProved):
        backup(vault, stick, work)
    assert left_in(stick, work) == []


def test_a_change_of_keys_while_it_is_made_is_noticed(
    vault: Vault, stick: Path, work: Path, monkeypatch: pytest.MonkeyPatch, made: "MadeVault"
) -> None:
    real = making._key_file

    def rotated_first(source: BackupSource) -> object:
        rotate(vault)
        return real(source)

    monkeypatch.setattr(making, "_key_file", rotated_first)
    with pytest.raises(KeysChangedMeanwhile):
        backup(vault, stick, work)
    monkeypatch.undo()
    backup(vault, stick, work)
    assert check_backup(stick / NAME, made.words, work=work).vault == vault.id


def test_a_damaged_page_of_the_vault_never_becomes_a_good_backup(
    made: "MadeVault", store_on: StoreOn, clerk: User, case_of: CaseOf, stick: Path, work: Path
) -> None:
    """SQLCipher reads a damaged page as zeros; a page in the middle of a long text is one that no index check would miss."""
    with made.open() as vault, store_on(vault).change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(case_of("long", name="王" * 20_000))
    whole = made.case_file.read_bytes()
    pages = range(1, len(whole) // 4096)
    with made.open() as vault:
        source = BackupSource.of(vault)
    unseen = []
    for page in pages:
        changed = bytearray(whole)
        changed[page * 4096 + 2000] ^= 1
        made.case_file.write_bytes(changed)
        try:
            make_backup(source, stick / NAME, work=work, clock=lambda: AT)
        except CaseFileDamaged:
            continue
        unseen.append(page)
    assert unseen == []
    assert left_in(stick, work) == []


MAKE = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from taizhang_db import Passphrase, open_vault
from taizhang_db.backup import files, making, unpacking

def die(*_args, **_more):
    os.kill(os.getpid(), 9)

folder, words, stick, work, moment = sys.argv[1:]
vault = open_vault(Path(folder), Passphrase(words))
module, _, name = moment.rpartition(".")
setattr({"making": making, "files": files}[module], name, die)
source = making.BackupSource.of(vault)
making.make_backup(source, Path(stick), work=Path(work), clock=lambda: datetime(2026, 11, 24, tzinfo=UTC))
"""
MOMENTS = {
    "making.copy_case_file": "before the copy",
    "making._key_file": "after the copy",
    "making.settle": "written and not on the disk",
    "making._try": "before the trial",
    "making.prove": "in the middle of the trial",
    "files.sync_folder": "after it got its name",
}


@pytest.mark.skipif(sys.platform == "win32", reason="2026-11-24: kill -9 is POSIX")
@pytest.mark.parametrize("moment", MOMENTS, ids=MOMENTS.values())
def test_a_backup_killed_at_any_step_harms_nothing_and_the_next_one_tidies_up(
    made: "MadeVault", stick: Path, work: Path, moment: str, store_on: StoreOn, clerk: User, case_of: CaseOf
) -> None:
    with made.open() as vault, store_on(vault).change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(case_of("kept"))
    killed = subprocess.run(
        [sys.executable, "-c", MAKE, made.folder, made.words.text, stick / NAME, work, moment],
        check=False,
        capture_output=True,
    )
    assert killed.returncode == -9, killed.stderr
    if (stick / NAME).exists():
        assert check_backup(stick / NAME, made.words, work=work).counts.cases == 1
    with made.open() as vault, store_on(vault).reading() as desk:
        assert [case.id for case in desk.cases.open()] == ["kept"]
        backup(vault, stick, work)
    assert left_in(stick, work) == [NAME]
    assert check_backup(stick / NAME, Passphrase(made.words.text), work=work).counts.cases == 1
