"""The attachments as a backup takes them: the encrypted files that the copied case file knows of."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, select
from taizhang_casework.domain.attachment import StoredFile

from taizhang_db import schema
from taizhang_db.attachments import cipher
from taizhang_db.attachments.folder import FOLDER, place_of
from taizhang_db.engine import for_reading
from taizhang_db.tables import attachment_files


def attached(engine: Engine) -> tuple[StoredFile, ...]:
    """Every file that the case file knows of, by address; none where it is of a revision without attachments."""
    with for_reading(engine).connect() as connection:
        if not schema.has_table(connection, "attachment_files"):
            return ()
        rows = connection.execute(select(attachment_files).order_by(attachment_files.c.address)).mappings()
        return tuple(StoredFile(**row) for row in rows)


def member_of(file: StoredFile) -> str:
    """Its name in a backup, and below the vault's folder."""
    return f"{FOLDER}/{file.address[:2]}/{file.address}"


def is_right(folder: Path, file: StoredFile, seen: Callable[[int], None]) -> bool:
    """Whether its file lies below the vault's folder and is what was stored; ``seen`` gets the bytes as they are read."""
    try:
        with place_of(folder, file.address).open("rb") as sealed:
            for chunk in cipher.unseal(sealed, file.key, file.size):
                seen(len(chunk))
    except (OSError, cipher.WrongContentError):
        return False
    return True
