"""Today's tables, a new file and a migrated file are one; an older file is brought up, a newer one is left alone."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine
from taizhang_db import Argon2Cost, Passphrase, create_vault, migrating, open_vault, schema
from taizhang_db.engine import engine_for, engine_for_new
from taizhang_db.keys.master import Purpose
from taizhang_db.keys.sidecar import read_sidecar
from taizhang_db.keys.slots import open_sidecar
from taizhang_db.tables import metadata
from taizhang_db.trouble import MadeByNewerVersion

CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
WORDS = Passphrase("即墨 乡村 振兴")
KEY = bytes(range(32))
REVISIONS = ["0001", "0002", "0003", "0006", "0004", "0007"]


def shape(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every table with its columns, keys and indexes, and every trigger, as SQLite itself tells them."""

    def ask(pragma: str) -> list[tuple[object, ...]]:
        return [tuple(row) for row in connection.exec_driver_sql(f"PRAGMA {pragma}")]

    found: dict[str, list[tuple[object, ...]]] = {}
    for kind, name, sql in connection.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'alembic_%'"
    ).all():
        found[f"{kind} {name}"] = [] if sql is None else [(" ".join(sql.replace("\t", " ").split()),)]
        if kind == "table":
            found[f"columns {name}"] = ask(f"table_xinfo({name})")
            found[f"foreign keys {name}"] = sorted(ask(f"foreign_key_list({name})"))
    return found


@pytest.fixture
def fresh(tmp_path: Path) -> Engine:
    """A file whose tables are made from today's definitions, without migrations."""
    engine = engine_for_new(tmp_path / "fresh.db", KEY)
    with engine.begin() as connection:
        metadata.create_all(connection)
    return engine


@pytest.fixture
def migrated(tmp_path: Path) -> Engine:
    """A file that went through every revision one by one."""
    engine = engine_for_new(tmp_path / "migrated.db", KEY)
    for revision in REVISIONS:
        migrating.migrate(engine, to=revision)
    return engine


def test_a_fresh_schema_is_the_migrated_schema(fresh: Engine, migrated: Engine) -> None:
    with fresh.connect() as one, migrated.connect() as other:
        assert shape(one) == shape(other)
    fresh.dispose()
    migrated.dispose()


def test_alembic_finds_nothing_left_to_migrate(migrated: Engine) -> None:
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    migrated.dispose()


def test_the_revisions_are_one_line_without_branches() -> None:
    walked = [script.revision for script in migrating.scripts().walk_revisions()]
    assert walked == REVISIONS[::-1]
    assert REVISIONS[-1] == schema.NEWEST_REVISION


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_vault(tmp_path / "vault", WORDS, cost=CHEAP)
    return tmp_path / "vault"


def engine_of(folder: Path) -> Engine:
    return engine_for(folder / "cases.db", key_of(folder))


def key_of(folder: Path) -> bytes:
    return open_sidecar(read_sidecar(folder), WORDS).master.derived(Purpose.CASE_FILE)


@pytest.mark.parametrize("older", [None, "0001"], ids=["a file without tables", "a file of the first revision"])
def test_an_older_file_is_brought_up_when_it_is_opened(folder: Path, older: str | None, fresh: Engine) -> None:
    key = key_of(folder)
    (folder / "cases.db").unlink()
    engine = engine_for_new(folder / "cases.db", key)
    if older is None:
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE passing (a)")
            connection.exec_driver_sql("DROP TABLE passing")
    else:
        migrating.migrate(engine, to=older)
    engine.dispose()
    with open_vault(folder, WORDS) as vault, vault.engine.connect() as connection, fresh.connect() as today:
        assert schema.revision_of(connection) == schema.NEWEST_REVISION
        assert shape(connection) == shape(today)
    fresh.dispose()


def test_a_newer_file_is_left_alone(folder: Path) -> None:
    engine = engine_of(folder)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(MadeByNewerVersion):
        open_vault(folder, WORDS)
    engine = engine_of(folder)
    with engine.connect() as connection:
        assert schema.revision_of(connection) == "9999"
    engine.dispose()


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    engine = engine_for_new(tmp_path / "older.db", KEY)
    migrating.migrate(engine, to="0001")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE received_filings (in_the_way)")
        before = shape(connection)
    with pytest.raises(Exception, match="received_filings"):
        migrating.migrate(engine)
    with engine.connect() as connection:
        assert schema.revision_of(connection) == "0001"
        assert shape(connection) == before
    engine.dispose()
