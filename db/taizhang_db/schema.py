"""The revision of a case file: asked, compared with what this program works with, and brought up to date."""

from sqlalchemy import Connection, Engine

from taizhang_db.engine import for_reading

NEWEST_REVISION = "0002"
"""The revision that this program works with: the last one in ``migrations``."""


def revision_of(connection: Connection) -> str | None:
    """The revision of a case file, None where it has no tables yet."""
    kept = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").scalar_one()
    if not kept:
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def bring_up_to_date(engine: Engine) -> None:
    """Take the file to the newest revision; MadeByNewerVersion where its revision is not known, then nothing is changed."""
    with for_reading(engine).connect() as connection:
        revision = revision_of(connection)
    if revision != NEWEST_REVISION:
        from taizhang_db import migrating  # noqa: PLC0415 - Alembic takes a third of the start, and almost never has work

        migrating.check_revision(revision)
        migrating.migrate(engine)
