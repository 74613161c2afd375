"""Whether a case file is whole: every page by its HMAC, then every table and index by SQLite's own check."""

from collections.abc import Callable
from itertools import count

from sqlalchemy import Engine

from taizhang_db.engine import for_reading, watched
from taizhang_db.trouble import CaseFileDamaged

_PARTS = 1_000
_PAGES_A_TICK = 60
"""At least: SQLite's check calls back once for so many pages or fewer, which is guessed to say how far it is."""


def check_file(engine: Engine, progress: Callable[[int, int], None] | None = None) -> None:
    """CaseFileDamaged where a page or an index does not fit. Reads the whole file: some 200 MB/s.

    ``progress`` gets how much is done and how much there is; what it raises ends the check. The first half, the pages, is one step
    that is not ended: some five seconds a gigabyte.
    """
    report = progress or (lambda _done, _total: None)
    report(0, 2 * _PARTS)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()
        connection.rollback()
    with for_reading(engine).connect() as connection:
        if connection.exec_driver_sql("PRAGMA cipher_integrity_check").first() is not None:
            raise CaseFileDamaged
        report(_PARTS, 2 * _PARTS)
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        ticks, all_of_them = count(1), pages // _PAGES_A_TICK + 1

        def tick() -> None:
            report(_PARTS + min(_PARTS * next(ticks) // all_of_them, _PARTS), 2 * _PARTS)

        with watched(connection, tick):
            if connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
                raise CaseFileDamaged
    report(2 * _PARTS, 2 * _PARTS)
