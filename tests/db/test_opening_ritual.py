"""The steps of opening that no other file tests, each by itself: what it finds, and that nothing was changed before it found it."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine
from taizhang_db import migrating, opening, schema, upgrade_flag
from taizhang_db.boundary import database_trouble
from taizhang_db.engine import NoCipherError, copy_case_file, engine_for, engine_for_new
from taizhang_db.integrity import check_file
from taizhang_db.keys.master import MasterKey, Purpose
from taizhang_db.keys.sidecar import read_sidecar
from taizhang_db.keys.slots import open_sidecar
from taizhang_db.rotation import rotate
from taizhang_db.rotation_marker import KEPT_FOLDER
from taizhang_db.trouble import CaseFileDamaged, MadeByNewerVersion, SchemaUnexpected

if TYPE_CHECKING:
    from tests.db.conftest import MadeVault

KEY = bytes(range(32))


def master_of(made: "MadeVault") -> MasterKey:
    return open_sidecar(read_sidecar(made.folder), made.words).master


def engine_of(made: "MadeVault") -> Engine:
    return engine_for(made.case_file, master_of(made).derived(Purpose.CASE_FILE))


def edit(made: "MadeVault", *statements: str) -> None:
    engine = engine_of(made)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement).close()
    engine.dispose()


def ask(made: "MadeVault", question: str) -> Any:  # noqa: ANN401 - whatever SQLite answers
    engine = engine_of(made)
    with engine.connect() as connection:
        answer = connection.exec_driver_sql(question).scalar()
    engine.dispose()
    return answer


@pytest.fixture
def old(made: "MadeVault") -> "MadeVault":
    """A vault whose case file is at the first revision and holds something."""
    key = master_of(made).derived(Purpose.CASE_FILE)
    made.case_file.unlink()
    engine = engine_for_new(made.case_file, key)
    migrating.migrate(engine, to="0001")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO packages (direction, digest, partner, kind, number, body) VALUES ('in', 'kept', 'p', 'k', 1, '{}')"
        ).close()
    engine.dispose()
    return made


def plain(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE cases (name)")
    connection.commit()
    connection.close()


class TestHeader:
    def test_a_file_shorter_than_a_page_is_none_of_ours(self, made: "MadeVault") -> None:
        made.case_file.write_bytes(made.case_file.read_bytes()[:4095])
        with pytest.raises(CaseFileDamaged):
            opening.check_header(made.case_file)

    def test_a_plain_database_is_none_of_ours(self, tmp_path: Path) -> None:
        plain(tmp_path / "cases.db")
        with pytest.raises(CaseFileDamaged):
            opening.check_header(tmp_path / "cases.db")

    def test_an_encrypted_file_passes(self, made: "MadeVault") -> None:
        opening.check_header(made.case_file)


class TestKeyAndCipher:
    def test_a_file_under_another_key_is_seen_at_the_first_page(self, made: "MadeVault") -> None:
        engine = engine_for(made.case_file, KEY)
        with pytest.raises(CaseFileDamaged), database_trouble(made.folder), engine.connect() as look:
            opening.probe(look)
        engine.dispose()

    def test_a_library_that_does_not_encrypt_writes_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class PlainSqlite(sqlite3.Connection):
            def set_key(self, _key: str) -> None:
                """As a library that knows no ciphers takes a key: it does not."""

        monkeypatch.setattr(
            sqlcipher, "connect", lambda *args, **more: sqlite3.connect(*args, **more, factory=PlainSqlite)
        )
        engine = engine_for_new(tmp_path / "new.db", KEY)
        with pytest.raises(NoCipherError), engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE cases (name)")
        engine.dispose()
        assert not (tmp_path / "new.db").exists() or (tmp_path / "new.db").stat().st_size == 0


class TestVersionBounds:
    def test_a_revision_that_is_not_known_here_is_of_a_newer_version(self, made: "MadeVault") -> None:
        edit(made, "UPDATE alembic_version SET version_num = '9999'")
        engine = engine_of(made)
        with pytest.raises(MadeByNewerVersion), engine.connect() as look:
            schema.check_bounds(look)
        engine.dispose()

    def test_every_revision_up_to_the_newest_is_within_bounds(self, tmp_path: Path) -> None:
        engine = engine_for_new(tmp_path / "walked.db", KEY)
        for revision in [script.revision for script in migrating.scripts().walk_revisions()][::-1]:
            migrating.migrate(engine, to=revision)
            with engine.connect() as look:
                assert schema.check_bounds(look) == revision
        engine.dispose()


class TestGeneration:
    @pytest.mark.parametrize(("known", "doubtful"), [(0, False), (1, False), (2, True)])
    def test_a_key_file_is_old_where_the_case_file_knows_of_a_later_one(
        self, made: "MadeVault", known: int, *, doubtful: bool
    ) -> None:
        edit(made, f"UPDATE key_state SET generation = {known}")  # noqa: S608 - a number of ours
        engine = engine_of(made)
        with engine.connect() as look:
            assert bool(opening.check_generation(look, read_sidecar(made.folder))) is doubtful
        engine.dispose()

    def test_a_file_of_before_the_generations_is_not_doubted(self, old: "MadeVault") -> None:
        engine = engine_of(old)
        with engine.connect() as look:
            assert opening.check_generation(look, read_sidecar(old.folder)) == ()
        engine.dispose()


class TestCopyBeforeTheUpgrade:
    def kept(self, made: "MadeVault") -> Path:
        return made.folder / KEPT_FOLDER / "cases-0001.db"

    def test_the_file_as_it_was_is_kept_under_the_same_key(self, old: "MadeVault") -> None:
        old.open().close()
        engine = engine_for(self.kept(old), master_of(old).derived(Purpose.CASE_FILE))
        with engine.connect() as connection:
            assert schema.revision_of(connection) == "0001"
            assert connection.exec_driver_sql("SELECT digest FROM packages").all() == [("kept",)]
        engine.dispose()
        assert [path.name for path in self.kept(old).parent.iterdir()] == ["cases-0001.db"]
        assert ask(old, "SELECT digest FROM packages") == "kept"

    def test_a_file_of_today_is_not_copied(self, made: "MadeVault") -> None:
        made.open().close()
        assert not (made.folder / KEPT_FOLDER).exists()

    def test_what_an_earlier_attempt_left_gives_way(self, old: "MadeVault") -> None:
        self.kept(old).parent.mkdir()
        for name in ("cases-0001.db", "cases-0001.part", "cases-0001.part-wal", "cases-0001.part-shm"):
            (self.kept(old).parent / name).write_bytes(b"left behind" * 1000)
        old.open().close()
        assert [path.name for path in self.kept(old).parent.iterdir()] == ["cases-0001.db"]
        opening.check_header(self.kept(old))

    def test_without_a_copy_nothing_is_upgraded(self, old: "MadeVault") -> None:
        self.kept(old).parent.write_text("in the way")
        with pytest.raises(FileExistsError):
            old.open()
        assert ask(old, "SELECT version_num FROM alembic_version") == "0001"
        assert not upgrade_flag.is_raised(old.folder)

    def test_a_change_of_keys_leaves_none_that_only_the_old_key_opens(self, old: "MadeVault") -> None:
        with old.open() as vault:
            assert self.kept(old).exists()
            rotate(vault)
        assert list(self.kept(old).parent.iterdir()) == []


class TestUpgradeFlag:
    def test_it_says_from_which_revision_and_is_lowered_at_the_end(self, made: "MadeVault") -> None:
        upgrade_flag.raise_(made.folder, "0001")
        assert upgrade_flag.is_raised(made.folder)
        assert (made.folder / upgrade_flag.FILE_NAME).read_text() == "0001"
        upgrade_flag.lower(made.folder)
        upgrade_flag.lower(made.folder)
        assert not upgrade_flag.is_raised(made.folder)

    @pytest.mark.parametrize("revision", ["0001", schema.NEWEST_REVISION])
    def test_where_it_is_still_raised_the_whole_file_is_read_before_anything_is_done(
        self, old: "MadeVault", revision: str
    ) -> None:
        if revision == schema.NEWEST_REVISION:
            old.open().close()
        edit(old, "CREATE TABLE more (body)", "INSERT INTO more VALUES (randomblob(50000))")
        content = bytearray(old.case_file.read_bytes())
        content[-5000] ^= 1
        old.case_file.write_bytes(content)
        upgrade_flag.raise_(old.folder, "0001")
        with pytest.raises(CaseFileDamaged):
            old.open()
        assert upgrade_flag.is_raised(old.folder)

    def test_it_stays_raised_until_the_schema_was_compared(self, old: "MadeVault") -> None:
        edit(old, "CREATE TABLE in_nobodys_plan (a)")
        with pytest.raises(SchemaUnexpected):
            old.open()
        assert upgrade_flag.is_raised(old.folder)
        edit(old, "DROP TABLE in_nobodys_plan")
        old.open().close()
        assert not upgrade_flag.is_raised(old.folder)


UPGRADE = """
import os, sys
from pathlib import Path
from taizhang_db import Passphrase, open_vault, schema, upgrade_flag, upgrading

def die(*_args, **_more):
    os.kill(os.getpid(), 9)

owner, _, name = sys.argv[3].rpartition(".")
setattr({"upgrading": upgrading, "flag": upgrade_flag, "schema": schema}[owner], name, die)
open_vault(Path(sys.argv[1]), Passphrase(sys.argv[2]))
"""
MOMENTS = {
    "upgrading.copy_case_file": "before the copy",
    "upgrading.sync_file": "after the copy",
    "upgrading.sync_folder": "after the copy got its name",
    "flag.write_whole": "before the flag",
    "schema.expect_shape": "before the commit",
    "schema.check_shape": "after the commit",
    "flag.lower": "before the flag is lowered",
}


@pytest.mark.skipif(sys.platform == "win32", reason="2026-11-24: kill -9 is POSIX")
@pytest.mark.parametrize("moment", MOMENTS, ids=MOMENTS.values())
def test_an_upgrade_killed_at_any_step_is_at_the_old_revision_or_the_new_and_goes_on(
    old: "MadeVault", moment: str
) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", UPGRADE, str(old.folder), old.words.text, moment],
        check=False,
        capture_output=True,
    )
    assert killed.returncode == -9, killed.stderr
    assert ask(old, "SELECT version_num FROM alembic_version") in {"0001", schema.NEWEST_REVISION}
    assert ask(old, "SELECT digest FROM packages") == "kept"
    with old.open() as vault, vault.engine.connect() as connection:
        assert schema.revision_of(connection) == schema.NEWEST_REVISION
        assert connection.exec_driver_sql("SELECT digest FROM packages").all() == [("kept",)]
    assert not upgrade_flag.is_raised(old.folder)
    assert [path.name for path in (old.folder / KEPT_FOLDER).iterdir()] == ["cases-0001.db"]


class TestSchemaShape:
    @pytest.mark.parametrize(
        "hand",
        [
            pytest.param("CREATE TABLE more (a)", id="a table more"),
            pytest.param("CREATE INDEX more ON packages (body)", id="an index more"),
            pytest.param("DROP TABLE letters", id="a table less"),
            pytest.param("ALTER TABLE users ADD COLUMN more", id="a column more"),
            pytest.param(
                "CREATE TRIGGER more AFTER INSERT ON users BEGIN DELETE FROM journal; END", id="a trigger more"
            ),
        ],
    )
    def test_a_schema_that_is_not_exactly_ours_is_told_and_left_alone(self, made: "MadeVault", hand: str) -> None:
        edit(made, hand)
        content = made.case_file.read_bytes()
        with pytest.raises(SchemaUnexpected):
            made.open()
        assert made.case_file.read_bytes() == content

    def test_an_upgrade_to_a_schema_that_is_not_ours_is_undone(self, old: "MadeVault") -> None:
        edit(old, "CREATE TABLE in_nobodys_plan (a)")
        with pytest.raises(SchemaUnexpected, match="程序没有改动它"):
            old.open()
        assert ask(old, "SELECT version_num FROM alembic_version") == "0001"

    def test_todays_schema_has_the_shape_that_is_written_down(self, made: "MadeVault") -> None:
        engine = engine_of(made)
        with engine.connect() as connection:
            assert schema.shape_of(connection) == schema.SHAPE
        engine.dispose()


def a_flipped_bit(made: "MadeVault") -> None:
    edit(made, "CREATE TABLE more (body)", "INSERT INTO more VALUES (randomblob(50000))")
    content = bytearray(made.case_file.read_bytes())
    content[-5000] ^= 1
    made.case_file.write_bytes(content)


def a_row_that_its_table_forbids(made: "MadeVault") -> None:
    edit(
        made,
        "CREATE TABLE more (body)",
        "INSERT INTO more VALUES (NULL)",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE TABLE more (body NOT NULL)' WHERE name = 'more'",
    )


class TestIntegrity:
    @pytest.mark.parametrize("damage", [a_flipped_bit, a_row_that_its_table_forbids])
    def test_what_is_damaged_inside_is_found(self, made: "MadeVault", damage: Callable[["MadeVault"], None]) -> None:
        damage(made)
        engine = engine_of(made)
        with pytest.raises(CaseFileDamaged), database_trouble(made.folder):
            check_file(engine)
        engine.dispose()

    def test_a_whole_file_passes_with_what_is_still_in_its_wal(self, made: "MadeVault") -> None:
        engine = engine_of(made)
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE more (body)").close()
        check_file(engine)
        engine.dispose()


class TestCopying:
    def test_a_file_that_is_in_the_way_is_left_alone(self, made: "MadeVault", tmp_path: Path) -> None:
        (tmp_path / "there").write_bytes(b"somebody's")
        engine = engine_of(made)
        with pytest.raises(FileExistsError):
            copy_case_file(engine, tmp_path / "there", KEY)
        engine.dispose()
        assert (tmp_path / "there").read_bytes() == b"somebody's"

    @pytest.mark.skipif(sys.platform == "win32", reason="2026-11-24: limits of file size are POSIX")
    def test_a_disk_without_room_is_told_and_no_half_copy_is_left(self, made: "MadeVault", tmp_path: Path) -> None:
        code = COPY_ON_A_FULL_DISK.format(limit=made.case_file.stat().st_size // 2)
        place = tmp_path / "copy.db"
        said = subprocess.run(
            [sys.executable, "-c", code, str(made.folder), made.words.text, str(place)],
            check=False,
            capture_output=True,
            text=True,
        )
        assert said.stdout.split() == ["DiskTrouble"], said.stderr
        assert list(tmp_path.glob("copy.db*")) == []

    def test_a_damaged_source_is_told_and_no_half_copy_is_left(self, made: "MadeVault", tmp_path: Path) -> None:
        a_flipped_bit(made)
        engine = engine_of(made)
        with pytest.raises(CaseFileDamaged), database_trouble(made.folder):
            copy_case_file(engine, tmp_path / "copy.db", KEY)
        engine.dispose()
        assert list(tmp_path.glob("copy.db*")) == []


COPY_ON_A_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_db import Passphrase, open_vault
from taizhang_db.boundary import database_trouble
from taizhang_db.engine import copy_case_file

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Path(sys.argv[1])
with open_vault(folder, Passphrase(sys.argv[2])) as vault:
    resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
    try:
        with database_trouble(folder):
            copy_case_file(vault.engine, Path(sys.argv[3]), bytes(32))
    except OfficeTrouble as trouble:
        print(type(trouble).__name__)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
"""
