"""Where a vault may lie and what the PC may do to it: long Chinese paths, a folder that may only be read, a clock set back, prying eyes."""

import errno
import os
import shutil
import sqlite3
import stat
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from fault_changes import CHANGES
from fault_office import CANARY, WORDS, faults_in, found, opened, take_one
from shipped import PACKS
from small_disk import CannotMount, small_disk
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_db import Argon2Cost, Passphrase, SqlStore, Vault, create_vault, open_vault
from taizhang_db.doubts import VaultDoubts
from taizhang_db.engine import engine_version
from taizhang_db.keys.master import Purpose
from taizhang_db.trouble import ClockSetBack, VaultNotWritable

NUMBER = "37028219991231111X"
CaseOf = Callable[..., Case]


def test_a_path_of_two_hundred_chinese_characters_and_spaces_is_a_path_like_any_other(tmp_path: Path) -> None:
    folder = tmp_path
    while len(str(folder)) < 200:
        folder /= "青岛市 即墨区　乡村振兴（防止返贫）#1%20？"
    found(folder)
    assert len(str(folder)) >= 200
    for number, kind in enumerate(CHANGES):
        with opened(folder) as office:
            CHANGES[kind](office, number, lambda _: None)
            assert faults_in(office.vault) == ()


def test_a_folder_that_may_only_be_read_is_said_and_left_alone(tmp_path: Path) -> None:
    try:
        with small_disk(tmp_path / "disk", 48) as disk:
            folder = disk.folder / "台账"
            found(folder)
            before = {path.name: path.read_bytes() for path in folder.iterdir()}
            subprocess.run(["mount", "-o", "remount,ro", disk.folder], check=True)
            with pytest.raises(VaultNotWritable):
                open_vault(folder, WORDS)
            assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    except CannotMount as why:
        if os.environ.get("CI") and os.geteuid() == 0:
            pytest.fail(f"mounting is not possible here: {why}", pytrace=False)
        pytest.skip(f"2026-11-24: root writes everywhere but on a file system mounted to be read: {why}")


class SetClock:
    """A PC's clock that somebody sets."""

    def __init__(self) -> None:
        self.moment = datetime(2022, 4, 30, 9, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()

    def new_id(self) -> str:
        return "0" * 32


def test_after_the_clock_was_set_back_the_journal_goes_on_in_its_order_and_lists_do_too(
    vault: Vault, clerk: User, case_of: CaseOf
) -> None:
    clock = SetClock()
    store = SqlStore(vault, clock, PACKS)
    for case, back in (("c1", 0), ("c2", 800), ("c3", 1)):
        clock.moment -= timedelta(days=back)
        with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
            desk.cases.save(case_of(case))
    assert store.verify_journal() is None
    assert faults_in(vault) == ()
    with store.reading() as desk:
        assert [case.id for case in desk.cases.open()] == ["c1", "c2", "c3"]


@pytest.mark.parametrize(
    ("back", "told"),
    [(timedelta(0), []), (timedelta(minutes=59), []), (timedelta(minutes=61), [ClockSetBack])],
    ids=["right", "another pc is a little slower", "set back"],
)
def test_a_clock_that_was_set_back_is_told_because_deadlines_go_by_it(
    vault: Vault, clerk: User, case_of: CaseOf, back: timedelta, told: list[type]
) -> None:
    clock, news = SetClock(), list[object]()
    store = SqlStore(vault, clock, PACKS)
    VaultDoubts(vault, store).look_at(clock)
    with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(case_of("c1"))
    clock.moment -= back
    vault.news.listen(news.append)
    VaultDoubts(vault, store).look_at(clock)
    assert [type(each) for each in news] == told
    assert all("2022年4月30日09:00" in str(each) for each in news)


@pytest.fixture
def with_canary(tmp_path: Path) -> Path:
    """A vault left as a killed program leaves it: a case file, a WAL, an older copy, and a name and number in all of them."""
    folder, left = tmp_path / "founded", tmp_path / "台账"
    found(folder)
    with opened(folder) as office:
        take_one(office.work, f"身份证{NUMBER}，家庭成员突发疾病")
        shutil.copytree(folder, left)
        shutil.copy(folder / "cases.db", left / "cases-backup.db")
    return left


@pytest.mark.skipif(
    shutil.which("strings") is None, reason="2026-11-24: strings is of binutils; dev.py installs it on Debian"
)
@pytest.mark.parametrize("encoding", ["S", "l", "b"], ids=["8 bits", "16 bits", "16 bits the other way"])
def test_strings_finds_nothing_in_any_file(with_canary: Path, tmp_path: Path, encoding: str) -> None:
    python = {"S": "utf-8", "l": "utf-16-le", "b": "utf-16-be"}[encoding]
    open_letter = tmp_path / "letter"
    open_letter.write_bytes(f"CREATE TABLE {NUMBER}".encode(python))
    assert NUMBER.encode() in strings(open_letter, encoding)
    for path in with_canary.iterdir():
        said = strings(path, encoding)
        for secret in (NUMBER, CANARY, "突发疾病", "CREATE TABLE", "SQLite format 3", WORDS.text):
            assert secret.encode() not in said, path.name
            assert secret.encode(python) not in path.read_bytes(), path.name


def strings(path: Path, encoding: str) -> bytes:
    """What can be read in a file."""
    return subprocess.run(["strings", "-a", "-n", "4", "-e", encoding, path], capture_output=True, check=True).stdout


def test_the_library_itself_reads_nothing_without_the_key_and_everything_with_it(with_canary: Path) -> None:
    """The library is the program's own: Debian 12 has SQLCipher 3.4, which reads no file of format 4, also with the key."""
    assert "SQLCipher 4" in engine_version()
    with open_vault(with_canary, WORDS) as vault:
        key = vault.inside.master.derived(Purpose.CASE_FILE).hex()
    wrong = f"{int(key, 16) ^ 1:064x}"
    for name in ("cases.db", "cases-backup.db"):
        path = with_canary / name
        assert names_in(path, f"x'{key}'") >= {CANARY}
        for without in ("", f"x'{wrong}'", WORDS.text, f"x'{'0' * 64}'"):
            with pytest.raises(sqlcipher.DatabaseError, match="not a database"):
                names_in(path, without)
        plain = sqlite3.connect(path)
        with pytest.raises(sqlite3.DatabaseError, match="not a database"):
            plain.execute("SELECT * FROM sqlite_master")
        plain.close()


def names_in(path: Path, key: str) -> set[str]:
    """The names in the cases, read with a key, or with none where it is empty."""
    connection = sqlcipher.connect(str(path))
    try:
        if key:
            connection.set_key(key)
        return {name for (name,) in connection.execute("SELECT name FROM cases")}
    finally:
        connection.close()


def test_a_vault_is_made_where_folders_cannot_be_forced_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "no such thing on this stick")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    create_vault(tmp_path / "U盘", Passphrase("words of hers"), cost=Argon2Cost(memory_kib=64, passes=1, lanes=1))
    open_vault(tmp_path / "U盘", Passphrase("words of hers")).close()


@pytest.mark.skipif(os.name == "nt", reason="2026-11-24: Windows keeps rights in the folder")
def test_every_file_of_a_vault_is_its_owners_alone(tmp_path: Path) -> None:
    """A folder may be copied to where its own rights do not hold: each file keeps others out by itself."""
    folder, before = tmp_path / "台账", os.umask(0o022)
    try:
        found(folder)
        with opened(folder) as office:
            for number, kind in enumerate(CHANGES):
                CHANGES[kind](office, number, lambda _: None)
            left = [path for path in folder.rglob("*") if path.stat().st_mode & 0o077]
            there = {path.suffix for path in folder.rglob("cases*")}
    finally:
        os.umask(before)
    assert left == []
    assert {".db", ".db-wal", ".db-shm"} <= there
