"""Today's tables, a new file and a migrated file are one; an older file is brought up, a newer one is left alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from shipped import PACKS
from sqlalchemy import Connection, Engine
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.case_query import CaseCount, CaseFilter, CaseQuery
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.people import Household
from taizhang_casework.domain.standing import Stage
from taizhang_casework.domain.warning import Channel
from taizhang_db import Argon2Cost, Passphrase, create_vault, migrating, open_vault, schema
from taizhang_db.codec import encode
from taizhang_db.desk import SqlDesk
from taizhang_db.engine import engine_for, engine_for_new
from taizhang_db.keys.master import Purpose
from taizhang_db.keys.sidecar import read_sidecar
from taizhang_db.keys.slots import open_sidecar
from taizhang_db.tables import metadata
from taizhang_db.trouble import MadeByNewerVersion

CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
WORDS = Passphrase("即墨 乡村 振兴")
KEY = bytes(range(32))
REVISIONS = [
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
    "0015",
]


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
        ours = {
            "compare_type": True,
            "include_name": lambda name, *_: not (name or "").startswith(("case_words", "household_words")),
        }
        context = MigrationContext.configure(connection, opts=ours)
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


def test_cases_of_an_older_file_are_found_and_counted_after_the_migration(
    tmp_path: Path, household_of: Callable[..., Household], case_of: Callable[..., Case]
) -> None:
    older = engine_for_new(tmp_path / "older.db", KEY)
    migrating.migrate(older, to="0002")
    case = case_of("c7", name="王小明", id_number="", channel=Channel.PETITION, village="370215001001", household="h1")
    household = household_of("h1", ("王建国", "37028219500101001X"), ("王小明", ""), village="370215001001")
    with older.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO households VALUES (1, 'h1', '370215001001', '王建国', '37028219500101001X', ?)",
            (encode(household),),
        )
        connection.exec_driver_sql(
            "INSERT INTO cases VALUES (7, 'c7', 'w7', 'h1', 'petition', '村委', '突发疾病', '王小明', '', '370215001', "
            "'370215001001', '2022-04-07', 'home_visit', 'undecided', NULL)"
        )
        connection.exec_driver_sql("INSERT INTO case_bodies VALUES (7, ?)", (encode(case),))
        warnings = '{"warnings": [{"id": "w1", "town_code": "370215001"}, {"id": "w2", "town_code": "370215002"}]}'
        connection.exec_driver_sql("INSERT INTO list_imports VALUES (1, 'l1', '2022-04', 'a', ?)", (warnings,))
        connection.exec_driver_sql("INSERT INTO sent_warnings VALUES ('w1', 'p1')")
        filed = (
            '{"filing": {"office": {"id": "370215001"}, "revision": 2, "lines": [{"closed_on": null}, {"closed_on": "2022-04-20"}]}, '
            '"received_at": "2022-04-30T09:00:00Z"}'
        )
        connection.exec_driver_sql(
            "INSERT INTO received_filings VALUES (3, 'f3', '370215001', '2022-04', 2, ?)", (filed,)
        )
    migrating.migrate(older)
    with older.connect() as connection:
        desk = SqlDesk(connection, PACKS)
        for text in ("小明", "建国", "wxm", "0101001x"):
            (row,) = desk.cases.page(CaseQuery(text=text, open_only=True), 0, 9)
            assert (row.id, row.head_name, row.head_id_number) == ("c7", "王建国", "37028219500101001X")
        assert list(desk.households.with_name("370215001001", "王小明")) == [household]
        for text in ("小明", "建国", "wxm", "0101001x", "王 370"):
            assert list(desk.households.found(text, {}, 9)) == [household]
        assert desk.cases.count(CaseQuery(channel=Channel.PETITION)) == CaseCount(rows=1)
        (row,) = desk.cases.page(CaseQuery(filter=CaseFilter(stage=Stage.HOME_VISIT)), 0, 9)
        assert row.clock == "jimo-2022-1:home_visit:2022-04-07"
        assert desk.bureau.sent_to_towns(Month(2022, 4)) == {"370215001": 1}
        (arrival,) = desk.bureau.arrivals(Month(2022, 4))
        assert (arrival.town, arrival.revision, arrival.lines, arrival.closed) == ("370215001", 2, 2, 1)
    older.dispose()
