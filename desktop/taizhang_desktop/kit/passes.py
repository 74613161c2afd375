"""Work in pieces: one in each pass of the event loop, so that keys, clicks and paints come between."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

Piece = Callable[[], object]

_HANDS = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})
"""They come to a window, which hands them on to what has the focus, or stands there, by then."""
_COMPOSING = frozenset({QEvent.Type.InputMethodQuery, QEvent.Type.InputMethod})
"""They come past the window to what had the focus: first whether it takes an input method, then what was composed."""


class Passes(QObject):
    """Does pieces one after the other. Whoever gives the next ones drops what is left of those before."""

    def __init__(self, parent: QObject, *, hands_wait: bool = False, pause: int = 0) -> None:
        """``hands_wait``: a key, click, touch or input method that comes meanwhile is for what is being made, and finds all done.

        ``pause`` in ms before each piece, for what nobody waits for: paints have passes of their own then.
        """
        super().__init__(parent)
        self._hands_wait = hands_wait
        self._left: deque[Piece] = deque()
        self._watched: list[QObject] = []
        self._doing = False
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
            focused = _focused()
            self._watched = [*QGuiApplication.allWindows(), *([] if focused is None else [focused])]
            for watched in self._watched:
                watched.installEventFilter(self)

    def stop(self) -> None:
        """Drop what is left."""
        self._left.clear()
        self._rest()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """All that is left now, before the key or click is handed on, and what an input method has to say goes to the new focus."""
        if event.type() in _HANDS:
            self._all()
        elif event.type() in _COMPOSING:
            self._all()
            focused = _focused()
            if focused is not None and focused is not watched:
                return QCoreApplication.sendEvent(focused, event)
        return super().eventFilter(watched, event)

    def _all(self) -> None:
        """Not while a piece is under way: it may move the focus, and what asks then finds the rest undone."""
        while self._left and not self._doing:
            self._one()

    def _one(self) -> None:
        piece = self._left.popleft()
        if not self._left:
            self._rest()
        self._doing = True
        try:
            piece()
        finally:
            self._doing = False

    def _rest(self) -> None:
        self._timer.stop()
        for watched in filter(isValid, self._watched):
            watched.removeEventFilter(self)
        self._watched = []


def _focused() -> QObject | None:
    """What an input method speaks to; None where no window of the program has the keyboard, whatever Qt's stubs say."""
    return QGuiApplication.focusObject()
