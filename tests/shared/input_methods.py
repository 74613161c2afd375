"""Real input methods on a D-Bus session of their own, and a clerk whose keys come from the X server.

Where an engine is started the environment of this process is set too: Qt's plugin reads it when the application is made.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from private_bus import PrivateBus
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytest import MonkeyPatch  # noqa: PT013 - the class alone
from pytestqt.qtbot import QtBot

PATIENCE = 20_000
FCITX_PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=pinyin
Layout=

[GroupOrder]
0=Default
"""
FCITX_CONFIG = "[Behavior]\nActiveByDefault=True\n"
WITHOUT_A_DESKTOP = "classicui,notifications,notificationitem,wayland,waylandim,clipboard,kimpanel"


@contextmanager
def ibus(folder: Path) -> Iterator[None]:
    """ibus-daemon with libpinyin as the engine of every window."""
    with _session(folder) as (bus, env, patch):
        patch.setenv("QT_IM_MODULE", "ibus")
        daemon = bus.start(
            "org.freedesktop.IBus", "ibus-daemon", "--panel=disable", "--emoji-extension=disable", env=env
        )
        try:
            # It chooses the engine, and then ends with 1 all the same where no window has the keyboard yet.
            subprocess.run(["ibus", "engine", "libpinyin"], env=env, check=False, timeout=60)
            yield
        finally:
            _end(daemon)


@contextmanager
def fcitx5(folder: Path) -> Iterator[None]:
    """fcitx5 with pinyin; the wheels of PySide6 speak to it as to ibus's portal."""
    with _session(folder) as (bus, env, patch):
        config = Path(env["XDG_CONFIG_HOME"]) / "fcitx5"
        config.mkdir(parents=True)
        (config / "profile").write_text(FCITX_PROFILE)
        (config / "config").write_text(FCITX_CONFIG)
        patch.setenv("QT_IM_MODULE", "ibus")
        patch.setenv("IBUS_USE_PORTAL", "1")
        daemon = bus.start("org.freedesktop.portal.IBus", "fcitx5", f"--disable={WITHOUT_A_DESKTOP}", env=env)
        try:
            yield
        finally:
            _end(daemon)


@contextmanager
def _session(folder: Path) -> Iterator[tuple[PrivateBus, dict[str, str], MonkeyPatch]]:
    with MonkeyPatch.context() as patch:
        for kind in ("CONFIG", "CACHE", "DATA", "STATE"):
            patch.setenv(f"XDG_{kind}_HOME", str(folder / kind.lower()))
            (folder / kind.lower()).mkdir()
        patch.setenv("HOME", str(folder))
        run = folder / "run"
        run.mkdir(mode=0o700)
        patch.setenv("XDG_RUNTIME_DIR", str(run))
        patch.setenv("GSETTINGS_BACKEND", "memory")
        patch.setenv("LANG", "C.UTF-8")
        bus = PrivateBus(folder)
        patch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        try:
            yield bus, dict(os.environ), patch
        finally:
            bus.close()


def _end(daemon: subprocess.Popen[bytes]) -> None:
    daemon.kill()
    daemon.wait()


class Typist(QObject):
    """Presses keys of the keyboard; sees what an input method shows before it is committed."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self._qtbot = qtbot
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note what is shown."""
        if isinstance(event, QInputMethodEvent):
            self.shown.append(event.preeditString())
        return super().eventFilter(watched, event)

    def into(self, field: QWidget) -> None:
        """Put the keyboard there, as a click does."""
        self.shown.clear()
        field.installEventFilter(self)
        field.setFocus()
        self._qtbot.waitUntil(field.hasFocus, timeout=PATIENCE)

    def type(self, letters: str) -> None:
        """Each letter once what the one before it made is shown."""
        for letter in letters:
            before = len(self.shown)
            self.press(letter)
            self._qtbot.waitUntil(partial(self._more_than, before), timeout=PATIENCE)
        assert self.shown[-1], "nothing is shown of what is being typed"

    def _more_than(self, before: int) -> bool:
        return len(self.shown) > before

    def press(self, key: str) -> None:
        """A key by the name that X has for it."""
        subprocess.run(["xdotool", "key", key], check=True, timeout=60)

    def until_shown_no_more(self) -> None:
        """Wait until nothing is being composed."""
        self._qtbot.waitUntil(lambda: self.shown[-1] == "", timeout=PATIENCE)

    def until_reads(self, field: QLineEdit | QPlainTextEdit, text: str) -> None:
        """Wait until the text has arrived."""
        self._qtbot.waitUntil(lambda: text_of(field) == text, timeout=PATIENCE)


def text_of(field: QLineEdit | QPlainTextEdit) -> str:
    """What stands in it."""
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()
