"""The attachments as a backup takes them: the encrypted files that the copied case file knows of."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Engine

from taizhang_db import schema
from taizhang_db.engine import for_reading

FOLDER = "attachments"


@dataclass(frozen=True)
class Attached:
    """One stored file: its address (64 hex digits), the bytes of its plaintext, and its key."""

    address: str
    size: int
    key: bytes = field(repr=False)

    @property
    def member(self) -> str:
        """Its name in a backup and below the vault's folder."""
        return f"{FOLDER}/{self.address[:2]}/{self.address}"


def attached(engine: Engine) -> tuple[Attached, ...]:
    """Every file that the case file knows of, by address; none where it is of a revision without attachments."""
    if not schema.has_table(engine, "attachment_files"):
        return ()
    with for_reading(engine).connect() as connection:
        return tuple(_rows(connection))


def _rows(connection: Connection) -> Iterator[Attached]:
    told = "SELECT address, size, key FROM attachment_files ORDER BY address"
    for address, size, key in connection.exec_driver_sql(told):
        yield Attached(address, size, key)


def is_right(folder: Path, one: Attached) -> bool:
    """Whether its file lies below the folder and is what was stored."""
    return (folder / one.member).is_file()
