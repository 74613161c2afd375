"""SQLite's primary result codes, from an error of the driver; its backup gives only SQLite's words."""

import sqlite3

_PRIMARY = 0xFF
_WORDS: dict[str, int] = {
    "database or disk is full": sqlite3.SQLITE_FULL,
    "disk I/O error": sqlite3.SQLITE_IOERR,
    "file is not a database": sqlite3.SQLITE_NOTADB,
    "database disk image is malformed": sqlite3.SQLITE_CORRUPT,
    "database is locked": sqlite3.SQLITE_BUSY,
    "attempt to write a readonly database": sqlite3.SQLITE_READONLY,
    "unable to open database file": sqlite3.SQLITE_CANTOPEN,
}
"""What ``sqlite3_errstr`` says, which has not changed in twenty years and is the same in every build."""


def code_of(error: BaseException | None) -> int | None:
    """The code of an error of the driver, None where it does not come from SQLite."""
    code = getattr(error, "sqlite_errorcode", None)
    return code & _PRIMARY if isinstance(code, int) else code_of_words(error)


def code_of_words(error: BaseException | None) -> int | None:
    """The code that SQLite's words stand for, None where they are not known."""
    return _WORDS.get(str(error))
