"""Ctrl+Z where the keyboard stands in a text: the text's own once somebody typed there, the window's before."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from taizhang_desktop.guide.keys import UNDO, bind


class UndoKeys(QObject):
    """After a form is saved the keyboard stands in the next one's first text: there Ctrl+Z takes the saving back.

    Where everything typed in a text was taken back, the text keeps the key: who presses it once too often has meant the text.
    """

    def __init__(self, window: QWidget, wanted: Callable[[], None]) -> None:
        """Listen in the whole window; ``wanted`` is called for each press that no text keeps, once however long it is held."""
        super().__init__(window)
        self._text: QWidget | None = None
        for shortcut in bind(UNDO, window, wanted):
            shortcut.setAutoRepeat(False)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep a text in which nobody typed from taking the key for itself."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if not event.matches(QKeySequence.StandardKey.Undo) or _typed_in(watched):
            return super().eventFilter(watched, event)
        event.ignore()
        return True

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._text is not None and isValid(self._text):
            self._text.removeEventFilter(self)
        self._text = now if isinstance(now, QLineEdit | QPlainTextEdit) else None
        if self._text is not None:
            self._text.installEventFilter(self)


def _typed_in(watched: QObject) -> bool:
    match watched:
        case QLineEdit():
            return watched.isUndoAvailable() or watched.isRedoAvailable()
        case QPlainTextEdit():
            document = watched.document()
            return document.isUndoAvailable() or document.isRedoAvailable()
        case _:
            return True
