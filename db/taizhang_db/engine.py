"""Connections to the encrypted case file: SQLCipher under SQLAlchemy, with real transactions.

The key lives in the closure of the connection factory and nowhere else: not in a URL, not in SQL text, not in a repr.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from taizhang_db.sqlite_codes import code_of_words
from taizhang_db.trouble import CaseFileDamaged

PAGE_BYTES = 4096
CACHE_KIB = 64 * 1024
ONCE_KIB = 4 * 1024
"""Of a connection that reads or writes each page once."""
PROOF_KIB = 32 * 1024
"""Of a connection that checks every index: with less it takes a third longer."""
BUSY_MILLISECONDS = 5_000
_BEGIN = "taizhang_begin"
_PAGES_A_STEP = 512
_STEPS_A_TICK = 20_000

Connect = Callable[[], Any]
"""Makes one DBAPI connection, keyed and tuned."""


class NoCipherError(RuntimeError):
    """The library under the program is plain SQLite: nothing would be encrypted. An error of our packaging."""


def engine_version() -> str:
    """The library that encrypts, e.g. ``SQLCipher 4.19.0 community，SQLite 3.53.4``. Raises NoCipherError where it does not."""
    connection = sqlcipher.connect(":memory:")
    try:
        found = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    if found is None:
        raise NoCipherError
    return f"SQLCipher {found[0]}，SQLite {sqlcipher.sqlite_version}"


def engine_for(path: Path, key: bytes, *, cache_kib: int = CACHE_KIB) -> Engine:
    """An engine on an existing case file, which is never created. Nothing is read before the first connection.

    One warm connection is kept; a look inside a change gets a second one. Connections may pass between threads, one at a time.
    Each keeps up to ``cache_kib`` KiB of pages in memory.
    """
    return _engine(_connecting(path, key, mode="rw", cache_kib=cache_kib))


def engine_for_new(path: Path, key: bytes, *, cache_kib: int = CACHE_KIB) -> Engine:
    """An engine on a case file that is being created, its owner's alone; ``path`` must not exist yet (FileExistsError)."""
    if path.exists():
        raise FileExistsError(path)
    return _engine(_connecting(path, key, mode="rwc", cache_kib=cache_kib))


def for_reading(engine: Engine) -> Engine:
    """The engine with transactions that begin as a look: a snapshot that waits for nobody."""
    return engine.execution_options(**{_BEGIN: "BEGIN"})


def for_writing(engine: Engine) -> Engine:
    """The engine with transactions that begin as a change: the only writer from the first statement on."""
    return engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})


def copy_case_file(engine: Engine, path: Path, key: bytes, progress: Callable[[int, int], None] | None = None) -> None:
    """Copy the case file as it is committed into a new file under ``key``, by SQLite's backup API; nobody has to wait meanwhile.

    The copy is of one moment, closed and whole, but not yet forced to the disk. ``progress`` gets the pages done and all; what it
    raises ends the copy. Raises FileExistsError, DBAPIError of the source, or the driver's error of the copy, as
    ``sqlalchemy.exc.DBAPIError`` both, or CaseFileDamaged; then nothing of the copy is left.
    """
    target = engine_for_new(path, key, cache_kib=ONCE_KIB)
    report = None if progress is None else lambda _status, left, pages: progress(pages - left, pages)
    try:
        with engine.connect() as source, target.connect() as copy:
            source.exec_driver_sql("SELECT count(*) FROM sqlite_master").close()  # holds the moment from page to page
            _driver(source).backup(_driver(copy), pages=-1 if report is None else _PAGES_A_STEP, progress=report)
            refuse_damage(source)
    except BaseException as error:
        target.dispose()
        _remove(path)
        if isinstance(error, sqlcipher.Error):
            raise DBAPIError.instance(None, None, _with_code(error), sqlcipher.Error) from error
        raise
    target.dispose()


def _with_code(error: sqlcipher.Error) -> sqlcipher.Error:
    """The driver's error of a copy with SQLite's result code, which the driver gives with every other error but these."""
    if not hasattr(error, "sqlite_errorcode"):
        error.sqlite_errorcode = code_of_words(error) or sqlite3.SQLITE_ERROR
    return error


def refuse_damage(connection: Connection) -> None:
    """CaseFileDamaged where a page that this connection read was not as it was written; the connection is not used again.

    SQLCipher gives such a page as zeros and fails only with the next one: a value may have been cut, and the backup API copies
    the zeros as if they were the page. ``cipher_status`` alone tells.
    """
    if is_damaged(connection):
        connection.invalidate()
        raise CaseFileDamaged


def is_damaged(connection: Connection) -> bool:
    """Whether a page that this connection read was not as it was written; False too where it cannot be asked any more."""
    if connection.closed or connection.invalidated:
        return False
    with suppress(sqlcipher.Error):
        return bool(_driver(connection).execute("PRAGMA cipher_status").fetchone() != ("1",))
    return False


@contextmanager
def watched(connection: Connection, tick: Callable[[], None]) -> Iterator[None]:
    """Call ``tick`` now and then while SQLite is at work in the block; what it raises ends the statement and comes out of the block.

    Not within ``PRAGMA cipher_integrity_check``, which is one step to SQLite.
    """
    raised: list[BaseException] = []

    def called() -> int:
        try:
            tick()
        except BaseException as error:  # noqa: BLE001 - SQLite cannot carry it; it is raised again below
            raised.append(error)
        return len(raised)

    driver = _driver(connection)
    driver.set_progress_handler(called, _STEPS_A_TICK)
    try:
        yield
    except DBAPIError:
        if raised:
            raise raised[0] from None
        raise
    finally:
        driver.set_progress_handler(None, 0)


def _remove(path: Path) -> None:
    with suppress(OSError):
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            path.with_name(name).unlink(missing_ok=True)


def _driver(connection: Connection) -> Any:  # noqa: ANN401 - the driver carries no types
    return connection.connection.driver_connection


def _engine(connect: Connect) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=connect,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=3,
        pool_use_lifo=True,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Begin for real: the driver is in autocommit mode and would begin late, or not at all before DDL."""
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))


def _connecting(path: Path, key: bytes, *, mode: str, cache_kib: int) -> Connect:
    address = f"{path.resolve().as_uri()}?mode={mode}"

    def connect() -> Any:  # noqa: ANN401 - the driver carries no types
        if mode == "rwc":
            _lay_private(path)
        connection = sqlcipher.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE").close()
            connection.set_key(f"x'{key.hex()}'")
            _tune(connection, cache_kib)
        except BaseException:
            connection.close()
            raise
        return connection

    return connect


def _lay_private(path: Path) -> None:
    """SQLite itself would let everybody on the PC read the file; WAL and shared memory follow it. What fails here it says better."""
    with suppress(OSError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _tune(connection: Any, cache_kib: int) -> None:  # noqa: ANN401 - the driver carries no types
    """SQLCipher does not encrypt temporary files: sorts and statement journals stay in memory, whatever they cost."""
    if connection.execute("PRAGMA cipher_version").fetchone() is None:
        raise NoCipherError
    for pragma in (
        f"cipher_page_size = {PAGE_BYTES}",
        "cipher_memory_security = OFF",
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        f"cache_size = -{cache_kib}",
        "foreign_keys = ON",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}").close()
