"""What locks the desk from outside: the session of Linux on a real D-Bus, the messages of Windows, and time."""

import ctypes
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from ctypes import wintypes
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from taizhang_desktop.locking.idle_watch import IdleWatch
from taizhang_desktop.locking.windows_messages import SessionMessages
from taizhang_desktop.settings import IdleMinutes

linux = pytest.mark.skipif(sys.platform != "linux", reason="2026-11-24: D-Bus is Linux")

if sys.platform == "linux":
    from private_bus import PrivateBus
    from PySide6.QtDBus import QDBusConnection
    from taizhang_desktop.locking.session_bus import Buses, SessionBus, session_path

_NAMES = count()


@pytest.fixture
def bus() -> "Iterator[PrivateBus]":
    with tempfile.TemporaryDirectory(prefix="bus") as folder:
        made = PrivateBus(Path(folder))
        yield made
        made.close()


def connect(address: str) -> "Callable[[], QDBusConnection]":
    """A connection of its own each time: Qt keeps them by name."""
    return lambda: QDBusConnection.connectToBus(address, f"test-{next(_NAMES)}")


SLEEP = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
SAVER = ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged")
LOCK = ("org.freedesktop.login1", "/org/freedesktop/login1/session/_32", "org.freedesktop.login1.Session", "Lock")


@linux
@pytest.mark.parametrize(
    ("signal", "truth"),
    [
        pytest.param(LOCK, None, id="the session is locked"),
        pytest.param(SLEEP, True, id="the PC is about to sleep"),
        pytest.param(
            (
                "org.freedesktop.ScreenSaver",
                "/org/freedesktop/ScreenSaver",
                "org.freedesktop.ScreenSaver",
                "ActiveChanged",
            ),
            True,
            id="the screen saver comes",
        ),
        pytest.param(
            ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged"),
            True,
            id="the screen saver of GNOME comes",
        ),
        pytest.param(
            ("org.ukui.ScreenSaver", "/org/ukui/ScreenSaver", "org.ukui.ScreenSaver", "ActiveChanged"),
            True,
            id="the screen saver of 银河麒麟 comes",
        ),
    ],
)
def test_the_session_on_the_bus_locks_the_desk(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    bus: "PrivateBus",
    signal: tuple[str, str, str, str],
    truth: bool | None,
) -> None:
    monkeypatch.setenv("XDG_SESSION_ID", "2")
    noted: list[str] = []
    watch = SessionBus(noted.append, Buses(connect(bus.address), connect(bus.address)))
    with qtbot.waitSignal(watch.locked, timeout=20_000):
        bus.tell(*signal, truth=truth)
    assert noted == []


@linux
def test_waking_up_a_saver_that_goes_and_the_session_of_somebody_else_lock_nothing(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, bus: "PrivateBus"
) -> None:
    monkeypatch.setenv("XDG_SESSION_ID", "2")
    watch = SessionBus(pytest.fail, Buses(connect(bus.address), connect(bus.address)))
    heard: list[bool] = []
    watch.locked.connect(lambda: heard.append(True))
    bus.tell(*SLEEP, truth=False)
    bus.tell(LOCK[0], "/org/freedesktop/login1/session/_33", *LOCK[2:])
    bus.tell("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", truth=False)
    with qtbot.waitSignal(watch.locked, timeout=20_000):
        bus.tell(*SLEEP, truth=True)
    assert heard == [True], "signals come in their order: those before were heard and let pass"


LISTENING = """
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from taizhang_desktop.shell.top_level import TopLevel
from taizhang_desktop.window import watch_session

app, parent = QApplication([]), QObject()
top = TopLevel()
watch_session(top, lambda: print("lock", flush=True), parent)
print("ready", flush=True)
app.exec()
"""


@linux
def test_the_program_listens_on_the_buses_of_the_pc(bus: "PrivateBus") -> None:
    here = {"DBUS_SYSTEM_BUS_ADDRESS": bus.address, "DBUS_SESSION_BUS_ADDRESS": bus.address, "XDG_SESSION_ID": ""}
    with subprocess.Popen(
        [sys.executable, "-c", LISTENING], env=os.environ | here, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        heard = [program.stdout.readline().strip()]
        for signal, truth in ((LOCK, None), (SLEEP, True), (SAVER, True)):
            bus.tell(*signal, truth=truth)
            heard.append(program.stdout.readline().strip())
        program.kill()
    assert heard == ["ready", "lock", "lock", "lock"]


@linux
def test_without_a_bus_it_is_noted_and_nothing_fails(tmp_path: Path) -> None:
    noted: list[str] = []
    nobody = connect(f"unix:path={tmp_path}/nobody")
    SessionBus(noted.append, Buses(nobody, nobody))
    assert [line.partition(":")[0] for line in noted] == ["no system bus", "no session bus"]


@linux
@pytest.mark.parametrize(
    ("session", "path"),
    [
        ("", ""),
        ("2", "/org/freedesktop/login1/session/_32"),
        ("c12", "/org/freedesktop/login1/session/c12"),
        ("a-1", "/org/freedesktop/login1/session/a_2d1"),
    ],
    ids=["not known: any session", "a number", "a console", "a dash"],
)
def test_a_session_is_found_as_logind_writes_its_path(session: str, path: str) -> None:
    assert session_path(session) == path


def message(number: int, parameter: int) -> wintypes.MSG:
    made = wintypes.MSG()
    made.message, made.wParam = number, parameter
    return made


@pytest.mark.parametrize(
    ("kind", "sent", "locks"),
    [
        pytest.param(b"windows_generic_MSG", (0x02B1, 7), 1, id="Windows locks the session"),
        pytest.param(b"windows_dispatcher_MSG", (0x0218, 4), 1, id="Windows goes to sleep"),
        pytest.param(b"windows_generic_MSG", (0x02B1, 8), 0, id="the session is unlocked"),
        pytest.param(b"windows_generic_MSG", (0x0218, 7), 0, id="it wakes up"),
        pytest.param(b"windows_generic_MSG", (0x0100, 7), 0, id="a key"),
        pytest.param(b"xcb_generic_event_t", (0x02B1, 7), 0, id="not Windows at all"),
    ],
)
def test_windows_messages_that_lock(kind: bytes, sent: tuple[int, int], locks: int) -> None:
    heard: list[bool] = []
    told = message(*sent)
    watch = SessionMessages(lambda: heard.append(True))
    assert watch.nativeEventFilter(kind, ctypes.addressof(told)) == (False, 0)
    assert len(heard) == locks


class Minutes:
    """A clock that stands still."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QLineEdit()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_idle_is_told_once_and_again_only_after_somebody_moved(qtbot: QtBot, page: QWidget) -> None:
    clock, told = Minutes(), []
    watch = IdleWatch(lambda: IdleMinutes.THREE, clock)
    watch.idle.connect(lambda: told.append(clock.seconds))
    clock.seconds += 180
    watch.look()
    watch.look()
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_A)
    watch.look()
    clock.seconds += 180
    watch.look()
    assert told == [1180.0, 1360.0]


@pytest.mark.parametrize("deed", ["key", "mouse", "wheel"])
def test_every_hand_in_any_window_counts(qtbot: QtBot, page: QWidget, deed: str) -> None:
    clock, told = Minutes(), []
    watch = IdleWatch(lambda: IdleMinutes.THREE, clock)
    watch.idle.connect(lambda: told.append(True))
    dialog = QDialog(page)
    dialog.resize(200, 200)
    with qtbot.waitActive(dialog):
        dialog.open()
        dialog.activateWindow()
    window = dialog.windowHandle()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() == window, timeout=20_000)
    clock.seconds += 179
    if deed == "key":
        QTest.keyClick(window, Qt.Key.Key_Tab)
    elif deed == "mouse":
        QTest.mouseMove(window, QPoint(10, 10))
        QTest.mouseMove(window, QPoint(20, 20))
    else:
        QTest.wheelEvent(window, QPoint(10, 10), QPoint(0, 120))
    QApplication.processEvents()
    clock.seconds += 179
    watch.look()
    assert told == []


def test_the_watch_looks_by_itself(qtbot: QtBot) -> None:
    clock = Minutes()
    watch = IdleWatch(lambda: IdleMinutes.THREE, clock, every=1)
    clock.seconds += 180
    with qtbot.waitSignal(watch.idle, timeout=20_000):
        pass
