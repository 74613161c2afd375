"""What the journeys share: hands that click and type as a clerk does."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

W = TypeVar("W", bound=QWidget)
PATIENCE = 20_000
"""Milliseconds that a clerk would wait for a single answer on the slowest PC."""


class Hands:
    """Mouse and keyboard on one window. Widgets are found by their object names, only where they can be seen and used."""

    def __init__(self, qtbot: QtBot, window: QWidget) -> None:
        self.qtbot = qtbot
        self.window = window

    def see(self, kind: type[W], name: str) -> W:
        """Wait until a widget of that name is visible and enabled, and give it."""
        found: list[W] = []

        def there() -> bool:
            found[:] = [
                widget
                for widget in self.window.findChildren(kind, name)
                if widget.isVisible() and widget.isEnabled()
            ]
            return bool(found)

        self.qtbot.waitUntil(there, timeout=PATIENCE)
        return found[0]

    def click(self, name: str) -> None:
        """Press a button with the mouse."""
        button = self.see(QAbstractButton, name)
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def text_button(self, words: str) -> None:
        """Press the visible button that says these words."""
        found: list[QAbstractButton] = []

        def there() -> bool:
            found[:] = [
                button
                for button in self.window.findChildren(QAbstractButton)
                if button.text() == words and button.isVisible() and button.isEnabled()
            ]
            return bool(found)

        self.qtbot.waitUntil(there, timeout=PATIENCE)
        self.qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def type(self, text: str) -> None:
        """Type where the focus is: Chinese as an input method commits it, the rest key by key."""
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        if text.isascii():
            self.qtbot.keyClicks(widget, text)
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(widget, event)

    def into(self, name: str, text: str) -> None:
        """Click into a field, empty it, and type."""
        field = self.see(QWidget, name)
        target = field.focusProxy() or field
        while target.focusProxy() is not None:
            target = target.focusProxy()
        self.qtbot.mouseClick(target, Qt.MouseButton.LeftButton)
        target.setFocus()
        self.qtbot.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.keyClick(target, Qt.Key.Key_Delete)
        self.type(text)

    def choose(self, name: str, words: str) -> None:
        """Choose an entry of a box by the keyboard."""
        box = self.see(QComboBox, name)
        at = box.findText(words, Qt.MatchFlag.MatchContains)
        assert at >= 0, f"{words} is not offered"
        box.setFocus()
        while box.currentIndex() != at:
            self.qtbot.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < at else Qt.Key.Key_Up)

    def file(self, path: Path) -> None:
        """Type a path into the file dialog that is open, and confirm with Enter."""
        dialogs: list[QFileDialog] = []

        def there() -> bool:
            dialogs[:] = [
                dialog for dialog in QApplication.topLevelWidgets() if isinstance(dialog, QFileDialog) and dialog.isVisible()
            ]
            return bool(dialogs)

        self.qtbot.waitUntil(there, timeout=PATIENCE)
        line = dialogs[0].findChild(QLineEdit, "fileNameEdit")
        assert isinstance(line, QLineEdit)
        line.setFocus()
        line.selectAll()
        event = QInputMethodEvent()
        event.setCommitString(str(path))
        QCoreApplication.sendEvent(line, event)
        self.qtbot.keyClick(line, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: not dialogs[0].isVisible(), timeout=PATIENCE)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        self.qtbot.waitUntil(holds, timeout=PATIENCE)
