"""Nobody at the PC: neither keyboard nor mouse for some minutes."""

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from taizhang_desktop.settings import IdleMinutes

LOOK_EVERY_MS = 5_000
"""How exactly the time is kept."""

_ACTIVITY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
    }
)


def running_seconds() -> float:
    """Seconds since the PC was started, those in which it slept included; no change of the clock touches them."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class IdleWatch(QObject):
    """``idle`` is emitted once the limit is over, and not again before somebody has moved.

    It listens at the windows and not at every widget: each keystroke and movement of the mouse passes there, and nothing else does.
    """

    idle = Signal()

    def __init__(
        self,
        limit: Callable[[], IdleMinutes],
        now: Callable[[], float] = running_seconds,
        parent: QObject | None = None,
        *,
        every: int = LOOK_EVERY_MS,
    ) -> None:
        """``limit`` is asked at every look, ``now`` is in seconds, ``every`` in milliseconds."""
        super().__init__(parent)
        self._limit = limit
        self._now = now
        self._last = now()
        self._told = False
        self._watched: set[QWindow] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(every)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._listen)
        self._listen()

    def look(self) -> None:
        """Tell if the limit is over."""
        self._listen()
        if not self._told and self._now() - self._last >= self._limit() * 60:
            self._told = True
            self.idle.emit()

    def moved(self) -> None:
        """Somebody is there."""
        self._last = self._now()
        self._told = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note what a person does; nothing is ever swallowed."""
        if event.type() in _ACTIVITY:
            self.moved()
        return super().eventFilter(watched, event)

    def _listen(self, _window: QWindow | None = None) -> None:
        for window in QGuiApplication.allWindows():
            if window not in self._watched:
                self._watched.add(window)
                window.installEventFilter(self)
                window.destroyed.connect(lambda _=None, gone=window: self._watched.discard(gone))
