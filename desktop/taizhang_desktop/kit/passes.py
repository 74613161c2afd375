"""Work in pieces: one in each pass of the event loop, so that keys, clicks and paints come between."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

Piece = Callable[[], object]


class Passes(QObject):
    """Does pieces one after the other. Whoever gives the next ones drops what is left of those before."""

    def __init__(self, parent: QObject) -> None:
        """Begin without pieces."""
        super().__init__(parent)
        self._left: deque[Piece] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._one)

    @property
    def running(self) -> bool:
        """Whether pieces are left."""
        return bool(self._left)

    def do(self, *pieces: Piece) -> None:
        """These, the first when the event loop is idle next."""
        self._left = deque(pieces)
        self._timer.start()

    def stop(self) -> None:
        """Drop what is left."""
        self._left.clear()
        self._timer.stop()

    def _one(self) -> None:
        piece = self._left.popleft()
        if not self._left:
            self._timer.stop()
        piece()
