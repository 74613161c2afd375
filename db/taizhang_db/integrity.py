"""Whether a case file is whole: every page by its HMAC, then every table and index by SQLite's own check."""

from sqlalchemy import Engine

from taizhang_db.engine import for_reading
from taizhang_db.trouble import CaseFileDamaged


def check_file(engine: Engine) -> None:
    """CaseFileDamaged where a page or an index does not fit. Reads the whole file: some 200 MB/s."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()
        connection.rollback()
    with for_reading(engine).connect() as connection:
        if connection.exec_driver_sql("PRAGMA cipher_integrity_check").first() is not None:
            raise CaseFileDamaged
        if connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
            raise CaseFileDamaged
