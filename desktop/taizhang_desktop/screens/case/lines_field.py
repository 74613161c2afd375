"""A field that answers with lines: its base, so that every form can keep what is half-typed in it."""

from abc import abstractmethod

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from taizhang_casework.domain.answers import Line

from taizhang_desktop.kit.field import OWN_ENTER, Field


class LinesRoom(QWidget):
    """What holds the parts of such a field: Enter ends here, since the parts go on by themselves; Ctrl+Enter is the form's."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.setProperty(OWN_ENTER, "yes")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let no Enter through."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            event.accept()
            return
        super().keyPressEvent(event)


class LinesField(Field):
    """Base of the fields for members, signatures and outcomes."""

    @abstractmethod
    def value(self) -> tuple[Line, ...]:
        """The lines as they stand."""

    @abstractmethod
    def set_value(self, lines: tuple[Line, ...]) -> None:
        """Show these and no others."""

    @abstractmethod
    def typed(self) -> tuple[str, ...]:
        """What stands there, letter for letter, in one row."""

    @abstractmethod
    def retype(self, typed: tuple[str, ...]) -> None:
        """Put back what stood there."""
