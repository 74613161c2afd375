"""The same deeds by one hand or the other: a mouse that presses what it sees, a keyboard that never touches the mouse.

Text is typed in both; how one gets to where it is typed is what differs.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from hands import Hands
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from taizhang_desktop.kit.text_fields import DateField

W = TypeVar("W", bound=QWidget)
MOST_STOPS = 200
"""More stops of Tab than any page has."""
_FAR = 20
"""Pixels: a list that just opened takes no click until the mouse has moved in it."""


class Hand(ABC):
    """Widgets are named as the program names them; what cannot be seen and used is waited for."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands

    @abstractmethod
    def press(self, name: str) -> None:
        """Press a button."""

    @abstractmethod
    def go(self, place: str) -> None:
        """To a page of the navigation."""

    @abstractmethod
    def reach(self, widget: QWidget) -> None:
        """Get to where one types."""

    @abstractmethod
    def pick(self, name: str, words: str) -> None:
        """Choose the entry of a box that has these words."""

    @abstractmethod
    def open_row(self, name: str, words: tuple[str, ...]) -> None:
        """Open the row of a table in which all these words stand."""

    @abstractmethod
    def save(self, name: str) -> None:
        """Save the form whose button that is."""

    @abstractmethod
    def answer_notice(self, words: str) -> None:
        """Press what the notice bar offers."""

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Whatever must not be used is not."""
        yield

    def write(self, name: str, text: str) -> None:
        """Type in place of what stands in a field."""
        editor = _editor(self.hands.see(QWidget, name))
        self.reach(editor)
        _key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        _key(Qt.Key.Key_Delete)
        self.hands.type(text, _focus())

    def find(self, name: str, text: str) -> None:
        """Type into a field that proposes, and take what it proposes with Enter."""
        self.write(name, text)
        _key(Qt.Key.Key_Return)

    def title(self, words: str) -> None:
        """Wait until the case page asks for this."""
        self.hands.until(lambda: self.hands.see(QLabel, "case_form_title").text() == words)


class Mouse(Hand):
    """Presses with the left button in the middle of what it sees."""

    def press(self, name: str) -> None:
        _click(self.hands.see(QAbstractButton, name))

    def go(self, place: str) -> None:
        self.hands.text_button(place)
        self.hands.until(lambda: self.hands.shows(place))

    def reach(self, widget: QWidget) -> None:
        _click(widget)
        self.hands.until(widget.hasFocus)

    def pick(self, name: str, words: str) -> None:
        box = self.hands.see(QComboBox, name)
        at = _entry(box, words)
        _click(box)
        entries = box.view()
        self.hands.until(entries.isVisible)
        index = box.model().index(at, box.modelColumn())
        entries.scrollTo(index)
        place = entries.visualRect(index).center()
        _move(entries.viewport(), place)
        QTest.mouseClick(entries.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.hands.until(lambda: box.currentIndex() == at)

    def open_row(self, name: str, words: tuple[str, ...]) -> None:
        table = self.hands.see(QTableView, name)
        row = _row(self.hands, table, words)
        place = table.visualRect(table.model().index(row, 0)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def save(self, name: str) -> None:
        self.press(name)

    def answer_notice(self, words: str) -> None:
        self.hands.text_button(words)


class Keyboard(Hand):
    """Tab to where it is, the space bar; Ctrl and a digit to a page; Ctrl+S saves."""

    @contextmanager
    def alone(self) -> Iterator[None]:
        watch, app = _NoClick(), QApplication.instance()
        assert app is not None
        app.installEventFilter(watch)
        try:
            yield
        finally:
            app.removeEventFilter(watch)
        assert watch.clicks == 0, "the mouse was used"

    def press(self, name: str) -> None:
        self.reach(self.hands.see(QAbstractButton, name))
        _key(Qt.Key.Key_Space)

    def go(self, place: str) -> None:
        line = next(each for each in self.hands._all(QAbstractButton) if each.text() == place)
        digit = line.toolTip().removeprefix("Ctrl+")
        self._sits()
        QTest.keyClick(_focus(), Qt.Key(ord(digit)), Qt.KeyboardModifier.ControlModifier)
        self.hands.until(lambda: self.hands.shows(place))

    def reach(self, widget: QWidget) -> None:
        self._sits()
        passed: list[str] = []
        for _ in range(MOST_STOPS):
            if widget.hasFocus():
                return
            passed.append(_called(_focus()))
            _key(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {_called(widget)}: {passed[:60]}")

    def _sits(self) -> None:
        """Wait until keys go somewhere."""
        self.hands.until(lambda: self.hands.window.isActiveWindow() and QApplication.focusWidget() is not None)

    def pick(self, name: str, words: str) -> None:
        box = self.hands.see(QComboBox, name)
        at = _entry(box, words)
        self.reach(box)
        while box.currentIndex() != at:
            _key(Qt.Key.Key_Down if box.currentIndex() < at else Qt.Key.Key_Up)

    def open_row(self, name: str, words: tuple[str, ...]) -> None:
        table = self.hands.see(QTableView, name)
        row = _row(self.hands, table, words)
        self.reach(table)
        _key(Qt.Key.Key_Home)
        for _ in range(row):
            _key(Qt.Key.Key_Down)
        assert table.currentIndex().row() == row
        _key(Qt.Key.Key_Return)

    def save(self, name: str) -> None:
        self.hands.see(QAbstractButton, name)
        _key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    def answer_notice(self, words: str) -> None:
        button = self.hands._find(QAbstractButton, "", lambda each: each.text() == words)
        self.reach(button)
        _key(Qt.Key.Key_Return)


class _NoClick(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.clicks = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.clicks += event.type() == QEvent.Type.MouseButtonPress
        return False


def _called(widget: QWidget) -> str:
    return widget.objectName() or widget.accessibleName() or type(widget).__name__


def _click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def _move(widget: QWidget, to: QPoint) -> None:
    """Told at once: what QTest moves is the pointer of the screen, and news of it may come after the click."""
    for at in (QPointF(to - QPoint(_FAR, 0)), QPointF(to)):
        none = Qt.MouseButton.NoButton
        over = widget.mapToGlobal(at)
        moved = QMouseEvent(QEvent.Type.MouseMove, at, over, none, none, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(widget, moved)


def _focus() -> QWidget:
    """Where the system would send a key: to an open list, else to where the focus is."""
    focus: QWidget | None = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert focus is not None, "nothing has the focus"
    return focus


def _key(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(_focus(), key, modifier)


def _editor(field: QWidget) -> QWidget:
    inner = field.lineEdit() if isinstance(field, QComboBox) else None
    if inner is not None:
        return inner
    if isinstance(field, DateField):
        return field.line
    assert isinstance(field, QLineEdit | QPlainTextEdit), f"{field.objectName()} takes no text"
    return field


def _entry(box: QComboBox, words: str) -> int:
    at = box.findText(words, Qt.MatchFlag.MatchContains)
    assert at >= 0, f"{words} is not offered by {box.objectName()}"
    return at


def _row(hands: Hands, table: QTableView, words: tuple[str, ...]) -> int:
    """The row in which these words stand, once it is there."""
    found: list[int] = []

    def there() -> bool:
        model = table.model()
        found[:] = [
            row
            for row in range(model.rowCount())
            if set(words) <= {str(model.index(row, at).data()) for at in range(model.columnCount())}
        ]
        return bool(found)

    hands.until(there)
    return found[0]
