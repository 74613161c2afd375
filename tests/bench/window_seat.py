"""The seat of whoever measures: the program, hands in front of it, a watchdog, and how long it took until everything was painted."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from hands import Hands
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from taizhang_desktop.program import Program
from taizhang_desktop.shell.top_level import TopLevel
from taizhang_desktop.shell.window import MainWindow
from watchdog import Watchdog

QUIET = 0.06
"""Seconds without a paint and without work: what was asked for is on the screen."""
NONE = Qt.KeyboardModifier.NoModifier


class Patience(QObject):
    """Lets the window go on as its own loop would, until something holds."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._loop = QEventLoop(self)
        self._holds: Callable[[], bool | None] = lambda: True
        self._end = 0.0
        self._looking = QTimer(self)
        self._looking.setInterval(2)
        self._looking.timeout.connect(self._look)

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 60_000) -> None:  # noqa: N802 - pytest-qt's name
        """TimeoutError after so many milliseconds; the loop goes round at least once."""
        self._holds, self._end = callback, time.perf_counter() + timeout / 1_000
        self._looking.start()
        self._loop.exec()
        self._looking.stop()
        if not callback():
            raise TimeoutError

    def _look(self) -> None:
        if self._holds() or time.perf_counter() > self._end:
            self._loop.quit()


class LastPaint(QObject):
    """When the window was last painted: its whole content is brought to the screen in one go."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """An update was asked for; right after it, it is done."""
        if event.type() == QEvent.Type.UpdateRequest:
            QTimer.singleShot(0, self._painted)
        return super().eventFilter(watched, event)

    def _painted(self) -> None:
        self.at = time.perf_counter()


class Tour:
    """The program, the hands in front of it, and what was measured."""

    def __init__(self, top: TopLevel, program: Program) -> None:
        self.dog = Watchdog()
        self.painted = LastPaint()
        top.installEventFilter(self.painted)
        self.top = top
        self.program = program
        self.waits = Patience(top)
        self.hands = Hands(cast("QtBot", self.waits), top)  # of the robot the hands only wait
        self.opened: dict[str, list[float]] = {}
        self.memory: dict[str, float] = {}

    @property
    def window(self) -> MainWindow:
        """The desk."""
        page = self.top.currentWidget()
        assert isinstance(page, MainWindow)
        return page

    @contextmanager
    def deed(self, name: str) -> Iterator[None]:
        """What is done and what follows from it, until everything is on the screen."""
        with self.dog.deed(name):
            yield
            self.settle()
        self.memory[name] = peak_memory()

    def opens(self, name: str, click: Callable[[], object]) -> None:
        """From the click to the last paint with what was asked for."""
        begun = time.perf_counter()
        with self.deed(f"open {name}"):
            click()
        self.opened.setdefault(name, []).append((self.painted.at - begun) * 1_000)

    def settle(self, quiet: float = QUIET) -> None:
        """Until nothing is being read and nothing was painted for a while."""
        still_since = time.perf_counter()

        def still() -> bool:
            nonlocal still_since
            if self.program._worker.busy:
                still_since = time.perf_counter()
            return time.perf_counter() - max(still_since, self.painted.at) > quiet

        self.waits.waitUntil(still)

    def place(self, words: str) -> None:
        """Press a line of the navigation."""
        line = next(
            each
            for each in self.window.sidebar.lines.values()
            if each.accessibleName() == words or words in each.text()
        )
        QTest.mouseClick(line, Qt.MouseButton.LeftButton)

    def keys(self, widget: QWidget, text: str) -> None:
        """Type key by key; what each key sets off is waited for as far as it comes at once."""
        for letter in text:
            self.hands.type(letter, widget)
            self.settle(0.01)

    def key(self, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        """A key some times, as a hand that stays on it."""
        for _ in range(times):
            QTest.keyClick(widget, key, modifier)
            self.settle(0.0)


def peak_memory() -> float:
    """The most resident memory that this process ever had, in MB; 0 where /proc is not there."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return round(int(status.partition("VmHWM:")[2].split()[0]) / 1_024, 1)
