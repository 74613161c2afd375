"""What held the window's thread: each pass of its event loop, each key and click of the hands, timed by the thread's own work.

Own work, so that a busy machine is not blamed, and the waiting in a pass is not counted. While the thread works, a second one looks
every few milliseconds at what it is doing. What that one saw is let go by the watched thread alone: a frame keeps what its function
knew, and what belongs to the window must end in the window's thread (decision 19). No event is looked at itself: wrapped while its
receiver is still being made, a widget would keep the class that it had then. Passes are told by GLib's loop, which is the one of Qt
on Linux; elsewhere only the hands are timed.
"""

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec
from PySide6.QtCore import QAbstractEventDispatcher, QThread
from PySide6.QtTest import QTest

AIM_MS = 50.0
"""Longer than this, and whoever types sees it."""
HANDS = ("keyClick", "keyClicks", "mouseClick", "mouseDClick", "mousePress", "mouseRelease", "mouseMove")
_LOOK_EVERY = 0.008
_FRAMES = 4
_NOWHERE = "Qt"


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """One pass of the loop, or one key or click with all that follows at once.

    ``during`` names the deed of whoever drives the window; ``at`` is where the program was seen, most often first.
    """

    during: str
    what: str
    thread_ms: float
    at: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.during}: {self.what}, {self.thread_ms} ms; {'; '.join(self.at) or _NOWHERE}"


class Watchdog:
    """Watches the thread in which it is made, where a QApplication is; ``close`` ends it."""

    def __init__(self, most: int = 3) -> None:
        """``most`` slots of a deed are kept."""
        self.during = ""
        self.slots = 0
        self._most = most
        self._kept: dict[str, list[Slot]] = {}
        self._pass: float | None = None
        self._in_hands = False
        self._seen: Counter[str] = Counter()
        self._own = threading.get_ident()
        self._over = threading.Event()
        self._looking = threading.Lock()
        self._frames: list[dict[int, FrameType]] = []
        self._looker = threading.Thread(target=self._look, name="watchdog", daemon=True)
        self._hands = {name: getattr(QTest, name) for name in HANDS}
        for name, deed in self._hands.items():
            setattr(QTest, name, self._timed(name, deed))
        self._dispatcher = QAbstractEventDispatcher.instance(QThread.currentThread())
        self._dispatcher.aboutToBlock.connect(self._begin)
        self._dispatcher.awake.connect(self._end)
        self._looker.start()

    @contextmanager
    def deed(self, name: str) -> Iterator[None]:
        """What is done meanwhile belongs to this deed."""
        before, self.during = self.during, name
        try:
            yield
        finally:
            self.during = before

    @property
    def longest(self) -> tuple[Slot, ...]:
        """The longest slots of all deeds, the longest first."""
        return tuple(sorted((slot for kept in self._kept.values() for slot in kept), key=_thread_ms, reverse=True))

    def longest_of(self, deed: str) -> Slot | None:
        """The longest slot of a deed; None where nothing was done meanwhile."""
        return max(self._kept.get(deed, ()), key=_thread_ms, default=None)

    def close(self) -> None:
        """Watch no more; a second call does nothing."""
        if self._over.is_set():
            return
        self._over.set()
        self._dispatcher.aboutToBlock.disconnect(self._begin)
        self._dispatcher.awake.disconnect(self._end)
        for name, deed in self._hands.items():
            setattr(QTest, name, staticmethod(deed))
        self._looker.join()
        self._let_go()

    def _begin(self) -> None:
        """GLib's loop says that it may wait now, and then that it has waited and done all that there was."""
        if not self._in_hands:
            self._pass = time.thread_time()
            self._seen.clear()

    def _end(self) -> None:
        if self._pass is not None and not self._in_hands:
            self._keep("a pass of the loop", (time.thread_time() - self._pass) * 1_000)
            self._pass = None

    def _timed(self, name: str, deed: Callable[..., object]) -> Callable[..., object]:
        """A deed of the hands, timed."""

        @wraps(deed)
        def timed(widget: object, *rest: Any, **named: Any) -> object:  # noqa: ANN401 - handed on as it is
            whom = type(widget).__name__
            before, self._in_hands = self._in_hands, True
            self._seen.clear()
            worked = time.thread_time()
            try:
                return deed(widget, *rest, **named)
            finally:
                self._keep(f"{name} on {whom}", (time.thread_time() - worked) * 1_000)
                self._in_hands = before

        return staticmethod(timed)

    def _let_go(self) -> None:
        """In the watched thread, and never while the other one still holds a frame."""
        with self._looking:
            self._frames.clear()

    def _keep(self, what: str, thread_ms: float) -> None:
        self._let_go()
        self.slots += 1
        kept = self._kept.setdefault(self.during, [])
        if len(kept) == self._most and kept[-1].thread_ms >= thread_ms:
            return
        del kept[self._most - 1 :]
        kept.append(
            Slot(
                during=self.during,
                what=what,
                thread_ms=round(thread_ms, 1),
                at=tuple(f"{count}× {where}" for where, count in self._seen.most_common(3)),
            )
        )
        kept.sort(key=_thread_ms, reverse=True)

    def _look(self) -> None:
        """Where the thread is, each time that it has worked for half the time between two looks, however long that took it."""
        if not hasattr(time, "pthread_getcpuclockid"):
            return
        clock = time.pthread_getcpuclockid(self._own)
        seen_at = time.clock_gettime(clock)
        while not self._over.wait(_LOOK_EVERY):
            worked = time.clock_gettime(clock)
            if worked - seen_at < _LOOK_EVERY / 2:
                continue
            seen_at = worked
            if self._in_hands or self._pass is not None:
                with self._looking:
                    self._frames.append(sys._current_frames())
                    self._seen[_where(self._frames[-1][self._own])] += 1


def _thread_ms(slot: Slot) -> float:
    return slot.thread_ms


def _where(frame: FrameType | None) -> str:
    """The innermost places of the product, the innermost first."""
    places: list[str] = []
    while frame is not None and len(places) < _FRAMES:
        path = Path(frame.f_code.co_filename)
        if any(part.startswith("taizhang_") for part in path.parts):
            places.append(f"{path.parent.name}/{path.name}:{frame.f_lineno} {frame.f_code.co_name}")
        frame = frame.f_back
    return " < ".join(places) or _NOWHERE
