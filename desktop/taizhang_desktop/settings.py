"""What a user of this PC likes, kept for the next start; nothing of an office's people is in it."""

from enum import IntEnum
from pathlib import Path

import msgspec

from taizhang_desktop.look.tokens import TextSize
from taizhang_desktop.printers import PrinterChoice
from taizhang_desktop.table.columns import ColumnPlace


class IdleMinutes(IntEnum):
    """After how many minutes without keyboard and mouse the desk is locked."""

    THREE = 3
    FIVE = 5
    TEN = 10
    FIFTEEN = 15
    THIRTY = 30


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """``last_users`` has for each vault's folder (by name) the id of the user who opened it last: never a name.

    ``printers`` has for each kind of paper the printer, tray and sides that it was printed with last.
    """

    text_size: TextSize = TextSize.NORMAL
    idle_minutes: IdleMinutes = IdleMinutes.TEN
    last_users: dict[str, str] = {}
    ledger_columns: tuple[ColumnPlace, ...] = ()
    printers: dict[str, PrinterChoice] = {}


class SettingsFile:
    """The settings of this PC's user. Each change is written at once; where that cannot be, the next start is as before."""

    def __init__(self, path: Path | None = None) -> None:
        """``path`` None: kept only while the program runs."""
        self._path = path
        self._settings = _read(path)

    @property
    def settings(self) -> Settings:
        """The settings as they are now; the usual ones where none could be read: a look is never a reason not to start."""
        return self._settings

    def keep(self, **parts: object) -> None:
        """Change some of them."""
        self._settings = msgspec.structs.replace(self._settings, **parts)
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_bytes(msgspec.json.encode(self._settings))
        except OSError:
            return

    def keep_last_user(self, vault: str, user: str) -> None:
        """Note who opened a vault last."""
        self.keep(last_users={**self._settings.last_users, vault: user})


def _read(path: Path | None) -> Settings:
    try:
        return Settings() if path is None else msgspec.json.decode(path.read_bytes(), type=Settings)
    except (OSError, msgspec.MsgspecError):
        return Settings()
