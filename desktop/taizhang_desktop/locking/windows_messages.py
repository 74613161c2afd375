"""The session is locked or the PC goes to sleep: what Windows tells a window."""

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray

WM_POWERBROADCAST, PBT_APMSUSPEND = 0x0218, 0x0004
WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK = 0x02B1, 0x7
_LOCKS = frozenset({(WM_POWERBROADCAST, PBT_APMSUSPEND), (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK)})
_KINDS = (b"windows_generic_MSG", b"windows_dispatcher_MSG")


class SessionMessages(QAbstractNativeEventFilter):
    """Calls ``lock`` when Windows says that the session was locked or the PC is about to sleep."""

    def __init__(self, lock: Callable[[], None]) -> None:
        """To be installed on the application."""
        super().__init__()
        self._lock = lock

    def nativeEventFilter(  # noqa: N802 - Qt's name
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Look at one message; it is never swallowed."""
        if (kind.data() if isinstance(kind, QByteArray) else bytes(kind)) in _KINDS:
            heard = wintypes.MSG.from_address(int(message))
            if (heard.message, heard.wParam) in _LOCKS:
                self._lock()
        return False, 0


def tell_window_of_session(window: int, note: Callable[[str], None]) -> None:
    """Ask Windows to tell a window (its handle) of the session; sleep is told anyway."""
    if sys.platform == "win32" and not ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window, 0):
        note("Windows does not tell of the session: its locking is not noticed")
