"""What was saved stays saved: a killed program, a full disk, a damaged page, another program that writes."""

import errno
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import text
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_db import Passphrase, RecoveryCode, SqlStore, Vault
from taizhang_db.disk import disk_trouble, write_whole
from taizhang_db.engine import for_writing
from taizhang_db.trouble import CaseFileDamaged, DiskFull, DiskTrouble, VaultBusy, VaultNotWritable

CaseOf = Callable[..., Case]
StoreOn = Callable[[Vault], SqlStore]


class Made(Protocol):
    """The fixture's vault on the disk."""

    folder: Path
    words: Passphrase
    code: RecoveryCode

    @property
    def case_file(self) -> Path: ...

    def open(self) -> Vault: ...


WRITER = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from taizhang_casework.domain.case import Case, CaseId, PackId
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.warning import Channel, Warning, WarningId
from taizhang_db import Passphrase, SqlStore, open_vault

DAY = date(2022, 4, 7)

class Clock:
    def now(self): return datetime(2022, 4, 7, tzinfo=UTC)
    def today(self): return DAY
    def new_id(self): return "0" * 32

def case(key):
    warning = Warning(id=WarningId("w" + key), channel=Channel.PETITION, source="信访局", detail="大额医疗支出" * 20,
                      name="王建国", id_number="", town_code="370215001", village_code="370215001207", received_on=DAY)
    return Case(id=CaseId(key), warning=warning, opened_on=DAY, pack=PackId("jimo-2022-1"))

store = SqlStore(open_vault(Path(sys.argv[1]), Passphrase(sys.argv[2])), Clock(), {pack.id: pack for pack in shipped_packs()})
for number in range(int(sys.argv[3])):
    with store.change(Operation.TAKE_PACKAGE, User(name="李明")) as desk:
        for part in range(5):
            desk.cases.save(case(f"{number}.{part}"))
    print(number, flush=True)
with store.change(Operation.TAKE_PACKAGE, User(name="李明")) as desk:
    for part in range(3000):
        desk.cases.save(case(f"lost.{part}"))
    print("in the middle", flush=True)
    sys.stdin.read()
"""


def writer(made: Made, changes: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(made.folder), made.words.text, str(changes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def check_whole(vault: Vault, store: SqlStore) -> list[CaseId]:
    """The ids that are there, after every check that the file offers."""
    with vault.engine.connect() as connection:
        assert connection.execute(text("PRAGMA cipher_integrity_check")).all() == []
        assert connection.execute(text("PRAGMA integrity_check")).all() == [("ok",)]
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    assert store.verify_journal() is None
    with store.reading() as desk:
        return list(desk.cases.all_ids())


def test_a_program_killed_in_the_middle_of_a_change_loses_that_change_alone(made: Made, store_on: StoreOn) -> None:
    with writer(made, 7) as process:
        assert process.stdout is not None
        said = [process.stdout.readline().strip() for _ in range(8)]
        assert said == ["0", "1", "2", "3", "4", "5", "6", "in the middle"]
        process.kill()
    with made.open() as vault:
        store = store_on(vault)
        assert sorted(check_whole(vault, store)) == [f"{number}.{part}" for number in range(7) for part in range(5)]
        assert store.journal_head().seq == 35


@pytest.mark.parametrize("after", [1, 2, 5, 11, 23])
def test_a_program_killed_under_load_loses_nothing_that_it_had_said_was_saved(
    made: Made, store_on: StoreOn, after: int
) -> None:
    with writer(made, 100_000) as process:
        assert process.stdout is not None
        for _ in range(after):
            process.stdout.readline()
        process.kill()
        said = after + len(process.stdout.read().split())
    with made.open() as vault:
        store = store_on(vault)
        found = check_whole(vault, store)
        changes = {key.partition(".")[0] for key in found}
        assert len(found) == 5 * len(changes)
        assert said <= len(changes) <= said + 1
        assert store.journal_head().seq == len(found)


def test_a_full_disk_undoes_the_change_says_so_and_keeps_the_rest(
    vault: Vault, store: SqlStore, clerk: User, case_of: CaseOf
) -> None:
    with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(case_of("before"))
    head = store.journal_head()
    with vault.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))

    def take_many() -> None:
        with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            for number in range(2_000):
                desk.cases.save(case_of(f"c{number}"))

    with pytest.raises(DiskFull, match="硬盘空间不足"):
        take_many()
    assert check_whole(vault, store) == ["before"]
    assert store.journal_head() == head
    with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(case_of("after"))
    assert check_whole(vault, store) == ["after", "before"]


@pytest.mark.skipif(
    sys.platform == "win32", reason="2026-11-23: /dev/full is the disk that is always full; Windows has none"
)
def test_a_full_disk_under_a_small_file_is_said() -> None:
    with pytest.raises(DiskFull), disk_trouble(), Path("/dev/full").open("wb", buffering=0) as full:
        full.write(b"x")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EACCES, VaultNotWritable),
        (errno.EROFS, VaultNotWritable),
        (errno.EIO, DiskTrouble),
        (errno.ENODEV, DiskTrouble),
    ],
)
def test_each_error_of_the_system_has_its_sentence(number: int, said: type[OfficeTrouble]) -> None:
    with pytest.raises(said), disk_trouble():
        raise OSError(number, "")


def test_a_small_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.json", b"old")
    write_whole(tmp_path / "a.json", b"new")
    assert (tmp_path / "a.json").read_bytes() == b"new"
    (tmp_path / "b.json").mkdir()
    with pytest.raises(OfficeTrouble):
        write_whole(tmp_path / "b.json", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "b.json"]


def test_a_damaged_page_is_said_when_it_is_read_and_the_rest_still_answers(
    made: Made, store_on: StoreOn, clerk: User, case_of: CaseOf
) -> None:
    with made.open() as vault, store_on(vault).change(Operation.TAKE_PACKAGE, clerk) as desk:
        for number in range(500):
            desk.cases.save(case_of(f"c{number}"))
    content = bytearray(made.case_file.read_bytes())
    pages = len(content) // 4096
    for page in range(pages // 2, pages):
        content[page * 4096 + 100] ^= 1
    with made.open() as vault:
        made.case_file.write_bytes(content)
        store = store_on(vault)
        with pytest.raises(CaseFileDamaged), store.reading() as desk:
            desk.cases.open()
        with store.reading() as desk, pytest.raises(KeyError):
            desk.partners.own()


def test_a_change_beside_another_one_waits_and_then_says_that_it_is_busy(
    vault: Vault, store: SqlStore, clerk: User
) -> None:
    with for_writing(vault.engine).begin() as first:
        first.execute(text("SELECT 1"))
        with pytest.raises(VaultBusy), store.change(Operation.TAKE_PACKAGE, clerk):
            pytest.fail("two writers at once")


def test_the_file_is_not_readable_without_the_key(vault: Vault, store: SqlStore, clerk: User, case_of: CaseOf) -> None:
    with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(case_of("c1", name="金丝雀之名", id_number="37028219991231111X"))
    written = b"".join(path.read_bytes() for path in vault.folder.iterdir())
    for secret in ("金丝雀之名", "37028219991231111X", "CREATE TABLE", "SQLite format 3"):
        assert secret.encode() not in written
    vault.close()
    plain = sqlite3.connect(vault.folder / "cases.db")
    with pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM sqlite_master")
    plain.close()


def test_the_connection_is_as_safe_as_was_measured(vault: Vault) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "page_size": "4096",
        "cache_size": -65536,
        "busy_timeout": 5000,
        "cipher_memory_security": "0",
        "cipher_status": "1",
    }
    with vault.engine.connect() as connection:
        found = {name: connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in expected}
    assert found == expected


def test_no_personal_data_stands_in_an_error_of_ours(store: SqlStore, clerk: User, case_of: CaseOf) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY") as error, store.change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(case_of("c1", name="金丝雀之名", household="nobody"))
    assert "金丝雀之名" not in str(error.value)
