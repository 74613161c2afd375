"""Follows a page of the manual with mouse and keyboard: finds what a reader would find, and does what the sentence says."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
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
    QListWidget,
    QPlainTextEdit,
    QRadioButton,
    QTableView,
    QWidget,
)

from taizhang_desktop.walk.page import Act, Deed, Picture

W = TypeVar("W", bound=QWidget)
T = TypeVar("T")


class Wait(Protocol):
    """Turns the event loop until ``look`` finds something; an error where it never does."""

    def __call__(self, look: Callable[[], T | None]) -> T:
        """What was found."""
        ...


class Stuck(Exception):  # noqa: N818 - it is the reader who is
    """A sentence cannot be followed: what it names is not on the screen, or cannot be used. The text says which sentence."""


class Walker:
    """A reader of the page at the program."""

    def __init__(
        self,
        begin: Callable[[], QWidget],
        wait: Wait,
        *,
        today: Callable[[], str],
        folder: Path,
        take_picture: Callable[[str], None],
    ) -> None:
        """``begin`` opens the program anew; ``today`` is typed for 今天的日期; files are saved into ``folder``."""
        self._begin = begin
        self._wait = wait
        self._today = today
        self._folder = folder
        self._take_picture = take_picture
        self._top: QWidget | None = None
        self._do: dict[Act, Callable[[Deed], object]] = {
            Act.OPEN: lambda _: self._open(),
            Act.PRESS: self._press,
            Act.TICK: self._tick,
            Act.TYPE: lambda deed: self._type(deed.name, deed.value),
            Act.TYPE_ENTER: self._type_enter,
            Act.TYPE_TODAY: lambda deed: self._type(deed.name, self._today()),
            Act.CHOOSE: self._choose,
            Act.CELLS: self._cells,
            Act.FILE: self._file,
            Act.TITLE: self._title,
            Act.READ: self._read,
            Act.ROW: self._row,
        }

    def follow(self, page: Sequence[Deed | Picture]) -> None:
        """Do everything in order; Stuck at the first sentence that cannot be followed."""
        for part in page:
            try:
                if isinstance(part, Picture):
                    self._take_picture(part.name)
                else:
                    self._do[part.act](part)
            except LookupError as error:
                said = part.name if isinstance(part, Picture) else part.says
                raise Stuck(f"line {part.line}: {said}") from error

    def _open(self) -> None:
        self._top = self._begin()

    def _press(self, deed: Deed) -> None:
        _click(self._button(deed.name))

    def _tick(self, deed: Deed) -> None:
        box = self._find(QCheckBox, lambda each: _reads(each.text(), deed.name))
        _click(box)
        self._wait(lambda: box.isChecked() or None)

    def _type(self, name: str, text: str) -> QWidget:
        """Click into the field, and type in place of what stands there."""
        editor = self._editor(name)
        _click(editor)
        editor.setFocus()
        QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(editor, Qt.Key.Key_Delete)
        _type(editor, text)
        return editor

    def _type_enter(self, deed: Deed) -> None:
        editor = self._type(deed.name, deed.value)
        QTest.keyClick(QApplication.activePopupWidget() or editor, Qt.Key.Key_Return)

    def _choose(self, deed: Deed) -> None:
        """An entry of a box, or one of several buttons beneath the name."""
        field = self._field(deed.name)
        if isinstance(field, QComboBox):
            self._enter_in(field, deed.value)
        elif isinstance(field, QListWidget):
            item = self._wait(lambda: next(iter(field.findItems(deed.value, Qt.MatchFlag.MatchExactly)), None))
            QTest.mouseClick(field.viewport(), Qt.MouseButton.LeftButton, pos=field.visualItemRect(item).center())
        else:
            _click(self._find(QAbstractButton, lambda each: each.text() == deed.value and field.isAncestorOf(each)))

    def _enter_in(self, box: QComboBox, words: str) -> None:
        at = self._wait(lambda: _at_least_nothing(box.findText(words)))
        box.setFocus()
        while box.currentIndex() != at:
            QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < at else Qt.Key.Key_Up)

    def _cells(self, deed: Deed) -> None:
        """The first grid under a heading; a digit goes on to the next cell itself, Enter where several may hold."""
        heading = self._find(QLabel, lambda each: each.text() == deed.name)
        below = heading.mapToGlobal(heading.rect().bottomLeft()).y()
        table = self._find(QTableView, lambda each: each.mapToGlobal(each.rect().topLeft()).y() >= below)
        place = table.visualRect(table.model().index(0, 1)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        for number, digit in enumerate(deed.value.split(), start=1):
            QTest.keyClicks(table, digit)
            if table.currentIndex().column() == number:
                QTest.keyClick(table, Qt.Key.Key_Return)

    def _file(self, deed: Deed) -> None:
        """The dialog for a file asks once for the names it offers, and once for itself."""
        dialog = self._wait(_file_dialog)
        line: QLineEdit = self._wait(lambda: dialog.findChild(QLineEdit, "fileNameEdit"))
        gone: list[int] = []
        dialog.finished.connect(gone.append)
        dialog.activateWindow()
        line.setFocus()
        line.selectAll()
        _type(line, str(self._folder / deed.value))

        def confirmed() -> bool | None:
            if not gone:
                QTest.keyClick(QApplication.activePopupWidget() or line, Qt.Key.Key_Return)
            return bool(gone) or None

        self._wait(confirmed)
        self._wait(lambda: (self._folder / deed.value).is_file() or None)
        self._window().activateWindow()

    def _title(self, deed: Deed) -> None:
        self._find(QLabel, lambda each: each.property("kind") == "heading" and each.text() == deed.value)

    def _read(self, deed: Deed) -> None:
        self._find(QLabel, lambda each: deed.value in each.text())

    def _row(self, deed: Deed) -> None:
        """A cell of the table that is in sight, by the words of another cell of its row and the title of its column."""
        self._wait(lambda: any(_cell_says(table, deed) for table in self._all(QTableView)) or None)

    def _button(self, words: str) -> QAbstractButton:
        return self._find(QAbstractButton, lambda each: _reads(each.text(), words))

    def _field(self, name: str) -> QWidget:
        """What the label of that name stands for; else what a screen reader calls so."""

        def there() -> QWidget | None:
            for label in self._all(QLabel):
                buddy: QWidget | None = label.buddy()
                if buddy is not None and _reads(label.text(), name) and _usable(buddy):
                    return buddy
            return next((each for each in self._all(QWidget) if each.accessibleName() == name), None)

        return self._wait(there)

    def _editor(self, name: str) -> QWidget:
        """Where the text of a field is typed."""
        field = self._field(name)
        if isinstance(field, QLineEdit | QPlainTextEdit):
            return field
        inner = field.lineEdit() if isinstance(field, QComboBox) else None
        if inner is None:
            raise LookupError(name)
        return inner

    def _find(self, kind: type[W], wanted: Callable[[W], bool]) -> W:
        return self._wait(lambda: next((each for each in self._all(kind) if wanted(each)), None))

    def _all(self, kind: type[W]) -> list[W]:
        """Everything of that kind that can be seen and used now."""
        children: Iterable[W] = self._window().findChildren(kind)
        return [each for each in children if _usable(each)]

    def _window(self) -> QWidget:
        """What lies in front: a dialog of the program, else its window."""
        if self._top is None:
            raise LookupError("the program is not open")
        modal: QWidget | None = QApplication.activeModalWidget()
        return modal or self._top


def _usable(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled()


def _reads(text: str, words: str) -> bool:
    """Whether a reader who looks for these words finds them here: the star of a required field and what is in brackets are more."""
    return text == words or text.removesuffix(" *").partition("（")[0] == words


def _click(widget: QWidget) -> None:
    """In the middle; a box or circle to tick at its left end, where it is drawn."""
    where = widget.rect().center()
    if isinstance(widget, QCheckBox | QRadioButton):
        where.setX(widget.height() // 2)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=where)


def _type(widget: QWidget, text: str) -> None:
    """Chinese as an input method commits it, the rest key by key."""
    if text.isascii():
        QTest.keyClicks(widget, text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)


def _at_least_nothing(at: int) -> int | None:
    return at if at >= 0 else None


def _file_dialog() -> QFileDialog | None:
    tops = QApplication.topLevelWidgets()
    return next((each for each in tops if isinstance(each, QFileDialog) and each.isVisible()), None)


def _cell_says(table: QTableView, deed: Deed) -> bool:
    """Whether that cell says it; it is brought into sight then."""
    model, nowhere = table.model(), QModelIndex()
    across = range(model.columnCount(nowhere))
    titles = [str(model.headerData(at, Qt.Orientation.Horizontal)) for at in across]
    for row in range(model.rowCount(nowhere)):
        cells = [str(model.index(row, at).data() or "") for at in across]
        for at, title in enumerate(titles):
            if deed.name in cells and title.startswith(deed.column) and cells[at] == deed.value:
                table.scrollTo(model.index(row, at))
                return True
    return False
