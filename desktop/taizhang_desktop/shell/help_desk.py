"""F1 and ?: the page of help beside the work and the sheet of keys over it. Neither takes the keyboard from a half-typed form."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from taizhang_desktop.guide.book import HelpBook
from taizhang_desktop.guide.keys import HELP, KEYS, bind
from taizhang_desktop.guide.topics import Topic
from taizhang_desktop.kit.parts import Button
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.shell.help_pane import HelpPane
from taizhang_desktop.shell.keys_card import KeysCard


class HelpDesk(QObject):
    """Of one window. F1 opens the page and leaves the keyboard where it is; F1 again goes into the page and back; Esc closes.

    ``turned``: the page was opened or closed; the host, which lays out ``pane``, makes room.
    """

    turned = Signal()

    def __init__(self, host: QWidget, topic: Callable[[], Topic], book: HelpBook) -> None:
        """``topic`` says what is on the screen."""
        super().__init__(host)
        self.book = book
        self.pane = HelpPane()
        self.button = help_button()
        self.card = KeysCard(host)
        self._host = host
        self._topic = topic
        self._before: QWidget | None = None
        self._watched: QWidget | None = None
        bind(HELP, host, self.press)
        bind(KEYS, host, self.turn_keys)
        self.button.clicked.connect(self.turn)
        self.pane.closing.clicked.connect(self.close)
        self.pane.keys.clicked.connect(self.turn_keys)
        self.card.closing.clicked.connect(self.close_keys)

    @property
    def is_open(self) -> bool:
        """Whether the page of help is shown."""
        return not self.pane.isHidden()

    def press(self) -> None:
        """F1: open; into the page; back to the work."""
        if not self.is_open:
            self.open()
        elif self.pane.text.hasFocus():
            self._give_back()
        else:
            self.pane.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def turn(self) -> None:
        """Open or close the page."""
        self.close() if self.is_open else self.open()

    def open(self) -> None:
        """Show the page of what is on the screen."""
        self.pane.show_page(self.book.read(self._topic()))
        self.pane.show()
        self._watch()
        self.turned.emit()

    def close(self) -> None:
        """Hide the page; the keyboard goes back to where it was."""
        within = self._focus()
        if within is not None and self.pane.isAncestorOf(within):
            self._give_back()
        self.pane.hide()
        self._watch()
        self.turned.emit()

    def follow(self) -> None:
        """Another screen or part of it is shown: its page, where help is open."""
        self.close_keys()
        if self.is_open:
            self.pane.show_page(self.book.read(self._topic()))

    def turn_keys(self) -> None:
        """Show or hide the sheet of keys."""
        if self.card.isVisible():
            self.close_keys()
            return
        self.card.show_topic(self._topic())
        self._watch()

    def close_keys(self) -> None:
        """Hide the sheet of keys."""
        if not self.card.isHidden():
            self.card.hide()
            self._watch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Esc closes what lies on top, before anything in the screen has it."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self._host.isVisible():
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.close() if self.card.isHidden() else self.close_keys()
                return True
        return super().eventFilter(watched, event)

    def _focus(self) -> QWidget | None:
        return QApplication.focusWidget()

    def _give_back(self) -> None:
        before, self._before = self._before, None
        back = before if before is not None and isValid(before) and before.isVisible() else self._host
        back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _watch(self) -> None:
        """Hear the keys of whatever has the keyboard, only while there is something to close."""
        app = QApplication.instance()
        wanted = self.is_open or not self.card.isHidden()
        if not isinstance(app, QApplication) or wanted == (self._watched is not None):
            return
        if wanted:
            app.focusChanged.connect(self._move)
            self._move(None, self._focus())
        else:
            app.focusChanged.disconnect(self._move)
            self._listen_to(None)

    def _move(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and before is not None and self.pane.isAncestorOf(now) > self.pane.isAncestorOf(before):
            self._before = before
        here = now is not None and (now is self._host or self._host.isAncestorOf(now))
        self._listen_to(now if here else self._host)

    def _listen_to(self, widget: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = widget
        if widget is not None:
            widget.installEventFilter(self)


def help_button() -> Button:
    """The way to help by the mouse, which leaves the keyboard where it is."""
    made = Button("帮助", "quiet", Icon.HELP)
    made.setObjectName("help_open")
    made.setToolTip("本页的帮助（F1）；按键一览按 ?")
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
