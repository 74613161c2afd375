"""Hands that click and type as a clerk does; the journeys use nothing else to drive the window."""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from taizhang_desktop.shell.notice_bar import NoticeBar
from taizhang_desktop.shell.screen import Screen

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
        return self._find(kind, name, _anything)

    def _find(self, kind: type[W], name: str, wanted: Callable[[W], bool]) -> W:
        found: list[W] = []

        def there() -> bool:
            found[:] = [
                each for each in self._all(kind, name) if each.isVisible() and each.isEnabled() and wanted(each)
            ]
            return bool(found)

        self.qtbot.waitUntil(there, timeout=PATIENCE)
        return found[0]

    def _all(self, kind: type[W], name: str = "") -> list[W]:
        """Every child of that kind, and of that name where one is given."""
        children: list[W] = list(self.window.findChildren(kind))
        return [each for each in children if not name or each.objectName() == name]

    def click(self, name: str) -> None:
        """Press a button with the mouse."""
        button = self.see(QAbstractButton, name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def text_button(self, words: str) -> None:
        """Press the visible button that says these words."""
        button = self._find(QAbstractButton, "", lambda each: each.text() == words)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def offers(self, words: str) -> bool:
        """Whether a button that says these words can be pressed now."""
        buttons = self._all(QAbstractButton)
        return any(each.isVisible() and each.isEnabled() and each.text() == words for each in buttons)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self._focus(), key, modifier)

    def type(self, text: str, widget: QWidget | None = None) -> None:
        """Type where the focus is, or into a widget: Chinese as an input method commits it, the rest key by key."""
        widget = widget or self._focus()
        if text.isascii():
            QTest.keyClicks(widget, text)
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(widget, event)

    def _focus(self) -> QWidget:
        """Where the keyboard goes."""
        focus: QWidget | None = self.window.focusWidget()
        return self.window if focus is None else focus

    def into(self, name: str, text: str) -> None:
        """Click into a field, empty it, and type."""
        self._write(_editor(self.see(QWidget, name)), text)

    def labelled(self, words: str, text: str) -> None:
        """The same for the line that a screen reader calls by these words."""
        self._write(self._find(QLineEdit, "", lambda each: each.accessibleName() == words), text)

    def _write(self, editor: QWidget, text: str) -> None:
        QTest.mouseClick(editor, Qt.MouseButton.LeftButton)
        editor.setFocus()
        QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(editor, Qt.Key.Key_Delete)
        self.type(text, editor)

    def answer(self, name: str, text: str) -> None:
        """Fill a field of a form, whatever kind it is: choose the entry that has these words, or type."""
        if isinstance(self.see(QWidget, name), QComboBox):
            self.choose(name, text)
        else:
            self.into(name, text)

    def tick(self, words: str) -> None:
        """Tick a box by its words, with the space bar."""
        box = self._find(QCheckBox, "", lambda each: each.text() == words)
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Space)
        assert box.isChecked()

    def choose(self, name: str, words: str) -> None:
        """Choose an entry of a box by the keyboard."""
        box = self.see(QComboBox, name)
        at = box.findText(words, Qt.MatchFlag.MatchContains)
        assert at >= 0, f"{words} is not offered"
        box.setFocus()
        while box.currentIndex() != at:
            QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < at else Qt.Key.Key_Up)

    def file(self, path: Path) -> None:
        """Type a path into the file dialog that is open, and confirm with Enter: once for the names it offers, once for itself."""
        dialogs: list[QFileDialog] = []

        def there() -> bool:
            tops = QApplication.topLevelWidgets()
            dialogs[:] = [each for each in tops if isinstance(each, QFileDialog) and each.isVisible()]
            return bool(dialogs)

        self.qtbot.waitUntil(there, timeout=PATIENCE)
        line = dialogs[0].findChild(QLineEdit, "fileNameEdit")
        assert isinstance(line, QLineEdit)
        gone: list[int] = []
        dialogs[0].finished.connect(gone.append)
        dialogs[0].activateWindow()
        line.setFocus()
        self.qtbot.waitUntil(line.hasFocus, timeout=PATIENCE)
        line.selectAll()
        for _, run in groupby(str(path), key=str.isascii):
            self.type("".join(run), line)

        def confirmed() -> bool:
            if not gone:
                QTest.keyClick(QApplication.activePopupWidget() or line, Qt.Key.Key_Return)
            return bool(gone)

        self.qtbot.waitUntil(confirmed, timeout=PATIENCE)
        self.window.activateWindow()  # no window manager does it on the bare virtual screen
        self.qtbot.waitUntil(self.window.isActiveWindow, timeout=PATIENCE)

    folder = file

    def shows(self, title: str) -> bool:
        """Whether the screen of that title is in sight."""
        return any(screen.title == title and screen.isVisible() for screen in self._all(Screen))

    def says(self, words: str) -> bool:
        """Whether the notice bar says these words now."""
        bars = [bar for bar in self._all(NoticeBar) if bar.isVisible()]
        return any(words in line.text() for line in self._all(QLabel) if any(bar.isAncestorOf(line) for bar in bars))

    def reads(self, words: str) -> bool:
        """Whether these words can be read anywhere in the window."""
        labels = any(words in line.text() for line in self._all(QLabel) if line.isVisible())
        return labels or any(words in line.text() for line in self._all(QPushButton) if line.isVisible())

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        self.qtbot.waitUntil(holds, timeout=PATIENCE)


def _editor(field: QWidget) -> QWidget:
    """Where the text of a field is typed."""
    if isinstance(field, QLineEdit | QPlainTextEdit):
        return field
    inner: list[QWidget] = [*field.findChildren(QLineEdit), *field.findChildren(QPlainTextEdit)]
    assert inner, f"{field.objectName()} takes no text"
    return inner[0]


def _anything(_: QWidget) -> bool:
    return True
