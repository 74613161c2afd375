"""The session is locked or the PC goes to sleep: what the desktop environments of Linux say on D-Bus."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection

LOGIN = "org.freedesktop.login1"
MANAGER_PATH, MANAGER = "/org/freedesktop/login1", "org.freedesktop.login1.Manager"
SESSION = "org.freedesktop.login1.Session"
SAVERS = (
    ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"),
    ("/ScreenSaver", "org.freedesktop.ScreenSaver"),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"),
    ("/org/ukui/ScreenSaver", "org.ukui.ScreenSaver"),
    ("/org/mate/ScreenSaver", "org.mate.ScreenSaver"),
)
"""Path and interface of every screen saver that tells when it comes; 统信UOS and 银河麒麟 use the first and the fourth."""

_ON_LOCK, _ON_SLEEP, _ON_SAVER = SLOT("on_lock()"), SLOT("on_sleep(bool)"), SLOT("on_saver(bool)")
"""The slots below. PySide6 takes the text that SLOT() gives, though its stub asks for bytes."""


@dataclass(frozen=True)
class Buses:
    """The two buses of a PC; a test has its own."""

    system: Callable[[], QDBusConnection] = QDBusConnection.systemBus
    session: Callable[[], QDBusConnection] = QDBusConnection.sessionBus


class SessionBus(QObject):
    """``locked`` is emitted when the session is locked, its screen saver comes, or the PC is about to sleep."""

    locked = Signal()

    def __init__(self, note: Callable[[str], None], buses: Buses | None = None, parent: QObject | None = None) -> None:
        """``note`` is told in English what is not there: the desk then is locked by the key and by time alone."""
        super().__init__(parent)
        buses = buses or Buses()
        self._listen_to_login(buses.system(), note)
        self._listen_to_savers(buses.session(), note)

    @Slot()
    def on_lock(self) -> None:
        """Logind asks the session to lock."""
        self.locked.emit()

    @Slot(bool)
    def on_sleep(self, begins: bool) -> None:  # noqa: FBT001 - a slot of D-Bus
        """The PC is about to sleep, or has woken up."""
        if begins:
            self.locked.emit()

    @Slot(bool)
    def on_saver(self, active: bool) -> None:  # noqa: FBT001 - a slot of D-Bus
        """The screen saver came, or went."""
        if active:
            self.locked.emit()

    def _listen_to_login(self, bus: QDBusConnection, note: Callable[[str], None]) -> None:
        if not bus.isConnected():
            note("no system bus: locking of the session and sleep are not noticed")
            return
        path = session_path(os.environ.get("XDG_SESSION_ID", ""))
        heard = (
            self._hear(bus, (LOGIN, path, SESSION, "Lock"), _ON_LOCK),
            self._hear(bus, (LOGIN, MANAGER_PATH, MANAGER, "PrepareForSleep"), _ON_SLEEP),
        )
        if not all(heard):
            note("the system bus takes no listener: locking of the session and sleep are not noticed")

    def _listen_to_savers(self, bus: QDBusConnection, note: Callable[[str], None]) -> None:
        if not bus.isConnected():
            note("no session bus: the screen saver is not noticed")
            return
        heard = [self._hear(bus, ("", path, saver, "ActiveChanged"), _ON_SAVER) for path, saver in SAVERS]
        if not all(heard):
            note("the session bus takes no listener: the screen saver is not noticed")

    def _hear(self, bus: QDBusConnection, signal: tuple[str, str, str, str], slot: object) -> bool:
        return bus.connect(*signal, self, slot)  # type: ignore[call-overload, no-any-return]  # the stub, as said above


def session_path(session: str) -> str:
    """Where logind keeps the session of that id; empty (any session) where the id is not known."""
    if not session:
        return ""

    def escaped(found: re.Match[str]) -> str:
        return f"_{ord(found[0]):02x}"

    return f"{MANAGER_PATH}/session/{re.sub(r'^[0-9]|[^A-Za-z0-9]', escaped, session)}"
