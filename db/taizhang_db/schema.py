"""The revision of a case file: asked, compared with what this program works with, and brought up to date."""

import hashlib
from pathlib import Path

from sqlalchemy import Connection, Engine

from taizhang_db import upgrade_flag
from taizhang_db.integrity import check_file
from taizhang_db.keys.master import MasterKey
from taizhang_db.trouble import SchemaUnexpected

NEWEST_REVISION = "0015"
"""The revision that this program works with: the last one in ``migrations``."""
SHAPE = "6948d5349768f0656470cb67d8a7944b0996026857eedf655b112885cf481aa1"
"""SHA-256 over every table, index and trigger of that revision; :func:`shape_of` tells it."""


def revision_of(connection: Connection) -> str | None:
    """The revision of a case file, None where it has no tables yet."""
    if not has_table(connection, "alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def has_table(connection: Connection, name: str) -> bool:
    """Whether the case file has come to the revision that brought the table."""
    found = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?", (name,))
    return bool(found.scalar_one())


def check_bounds(connection: Connection) -> str | None:
    """The file's revision; MadeByNewerVersion where it is not known here. Nothing is changed."""
    revision = revision_of(connection)
    if revision != NEWEST_REVISION:
        from taizhang_db import migrating  # noqa: PLC0415 - Alembic takes a third of the start, and almost never has work

        migrating.check_revision(revision)
    return revision


def bring_up_to_date(engine: Engine, folder: Path, master: MasterKey, revision: str | None) -> None:
    """Take the file of that revision to the newest one, after a copy of it was kept; raises trouble of disk and file, then it is as it was.

    The flag of an upgrade stays raised: it is lowered when the schema has been compared.
    """
    if upgrade_flag.is_raised(folder):
        check_file(engine)
    if revision != NEWEST_REVISION:
        from taizhang_db import upgrading  # noqa: PLC0415 - as above

        upgrading.upgrade(engine, folder, master, revision)


def lay_tables(engine: Engine) -> None:
    """Give a new file today's tables; it goes the way of every migration."""
    from taizhang_db import migrating  # noqa: PLC0415 - as above

    migrating.migrate(engine)


def check_shape(connection: Connection) -> None:
    """SchemaUnexpected where the tables, indexes and triggers are not exactly those of the newest revision."""
    expect_shape(connection)


def is_newest(connection: Connection, revision: str | None) -> bool:
    """Whether the file of that revision is at the newest one and has exactly its tables, indexes and triggers."""
    return revision == NEWEST_REVISION and shape_of(connection) == SHAPE


def expect_shape(connection: Connection) -> None:
    """The same inside the transaction of an upgrade, which its SchemaUnexpected undoes."""
    if shape_of(connection) != SHAPE:
        raise SchemaUnexpected


def shape_of(connection: Connection) -> str:
    """SHA-256 over what SQLite tells of the schema, white space folded."""
    told = connection.exec_driver_sql(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
    ).all()
    lines = (f"{kind}|{name}|{table}|{' '.join(sql.split())}" for kind, name, table, sql in told)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
