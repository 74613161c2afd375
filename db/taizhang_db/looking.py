"""Transactions on an open vault: what they read is believed only once SQLCipher said that no page of it was damaged."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from taizhang_db.boundary import database_trouble, primary_code
from taizhang_db.engine import for_reading, is_damaged, refuse_damage
from taizhang_db.trouble import CaseFileDamaged, DiskFull

if TYPE_CHECKING:
    from taizhang_db.vault import Vault


@contextmanager
def look(vault: "Vault") -> Iterator[Connection]:
    """A consistent look; CaseFileDamaged at its end where a page that it read was damaged, whatever the block made of it."""
    with transaction(vault, for_reading(vault.engine)) as connection:
        yield connection
        refuse_damage(connection)


@contextmanager
def transaction(vault: "Vault", engine: Engine) -> Iterator[Connection]:
    """A transaction that is undone unless the block commits; after trouble its connection is closed, not used again."""
    try:
        with database_trouble(vault.folder), engine.connect() as connection:
            try:
                connection.begin()
                yield connection
            except Exception as error:
                if not _is_of_the_disk(error) and is_damaged(connection):
                    connection.invalidate()
                    raise CaseFileDamaged from error
                if isinstance(error, DBAPIError):
                    connection.invalidate()
                raise
    except DiskFull:
        vault.make_room(at_once=True)
        raise


def _is_of_the_disk(error: Exception) -> bool:
    """Whether the disk failed: then no page was read that could be damaged, and the trouble is the disk's."""
    return isinstance(error, DBAPIError) and primary_code(error) == sqlite3.SQLITE_IOERR
