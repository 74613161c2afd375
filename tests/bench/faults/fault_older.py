"""A vault as an earlier version of the program left it: the same data at the first revision."""

from pathlib import Path
from typing import Any

from fault_office import ADMINISTRATOR, CASES, CHEAP, MONTH, TOWN, WORDS, opened, take_one
from sqlalchemy import Engine
from taizhang_casework.domain.operation import Operation
from taizhang_casework.services.filing import freeze
from taizhang_db import Holder, Vault, create_vault, migrating, schema
from taizhang_db.engine import engine_for_new
from taizhang_db.keys.master import Purpose
from taizhang_exchange.packages import PackageCourier

OLDER = "0001"


def found_older(folder: Path) -> None:
    """An office without users, as they were, whose case file is at the first revision."""
    create_vault(folder, WORDS, holder=Holder(ADMINISTRATOR.id, ADMINISTRATOR.name), cost=CHEAP)
    with opened(folder) as office:
        with office.store.change(Operation.FOUND_OFFICE, ADMINISTRATOR.user) as desk:
            desk.partners.found(PackageCourier().new_keys(TOWN))
        for number in range(CASES):
            take_one(office.work, f"大额医疗支出，第{number}件")
        freeze(office.work, MONTH)
        key = office.vault.inside.master.derived(Purpose.CASE_FILE)
    newest, older = folder / "cases.db", folder / "cases-older.db"
    engine = engine_for_new(older, key)
    migrating.migrate(engine, to=OLDER)
    _fill(engine, newest, key)
    engine.dispose()
    older.replace(newest)


def is_up_to_date(vault: Vault) -> bool:
    """Whether the file came to the newest revision, with the older one kept beside it."""
    with vault.engine.connect() as connection:
        revision = schema.revision_of(connection)
    return revision == schema.NEWEST_REVISION and (vault.folder / "before-upgrade" / f"cases-{OLDER}.db").exists()


def _fill(engine: Engine, newest: Path, key: bytes) -> None:
    """Copy what the older tables have room for."""
    raw = engine.raw_connection()
    try:
        driver: Any = raw.driver_connection
        driver.execute("ATTACH ? AS newest KEY ?", (str(newest), f"x'{key.hex()}'"))
        driver.execute("BEGIN")
        driver.execute("PRAGMA defer_foreign_keys = ON")
        for (table,) in driver.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
            if not table.startswith(("alembic", "sqlite")):
                common = _columns(driver, "main", table) & _columns(driver, "newest", table)
                names = ", ".join(f'"{name}"' for name in sorted(common))
                driver.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM newest.{table}")
        driver.execute("COMMIT")
        driver.execute("DETACH newest")
    finally:
        raw.close()


def _columns(driver: Any, place: str, table: str) -> set[str]:  # noqa: ANN401 - the driver carries no types
    return {row[1] for row in driver.execute(f"PRAGMA {place}.table_info({table})").fetchall()}
