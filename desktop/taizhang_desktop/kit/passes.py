"""Work in pieces: one in each pass of the event loop, so that keys, clicks and paints come between."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from shiboken6 import isValid

Piece = Callable[[], object]

_HANDS = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress})


class Passes(QObject):
    """Does pieces one after the other. Whoever gives the next ones drops what is left of those before."""

    def __init__(self, parent: QObject, *, hands_wait: bool = False, pause: int = 0) -> None:
        """``hands_wait``: a key or click that comes meanwhile is for what is being made, and finds all pieces done.

        ``pause`` in ms before each piece, for what nobody waits for: paints have passes of their own then.
        """
        super().__init__(parent)
        self._hands_wait = hands_wait
        self._left: deque[Piece] = deque()
        self._watched: list[QWindow] = []
        self._timer = QTimer(self)
        self._timer.setInterval(pause)
        self._timer.timeout.connect(self._one)

    @property
    def running(self) -> bool:
        """Whether pieces are left."""
        return bool(self._left)

    def do(self, *pieces: Piece) -> None:
        """These, the first when the event loop is idle next."""
        self.stop()
        self._left.extend(pieces)
        self._timer.start()
        if self._hands_wait:
            self._watched = QGuiApplication.allWindows()
            for window in self._watched:
                window.installEventFilter(self)

    def stop(self) -> None:
        """Drop what is left."""
        self._left.clear()
        self._rest()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """All that is left now, before the window hands the key or click on."""
        if event.type() in _HANDS:
            while self._left:
                self._one()
        return super().eventFilter(watched, event)

    def _one(self) -> None:
        piece = self._left.popleft()
        if not self._left:
            self._rest()
        piece()

    def _rest(self) -> None:
        self._timer.stop()
        for window in filter(isValid, self._watched):
            window.removeEventFilter(self)
        self._watched = []
