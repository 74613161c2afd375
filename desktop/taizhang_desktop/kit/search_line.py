"""A line to search with, which shows a number in full only while it is being typed."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit


class SearchLine(QLineEdit):
    """``words()`` is what was typed, whether it is masked or not."""

    def __init__(self, mask: Callable[[str], str]) -> None:
        """``mask`` gives what is shown while the keyboard is elsewhere."""
        super().__init__()
        self._mask = mask
        self._typed = ""

    def setPlaceholderText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """What can be typed; whole as the tip too, for large text leaves it no room in the line."""
        super().setPlaceholderText(text)
        self.setToolTip(text)

    def words(self) -> str:
        """What was typed."""
        return self._typed if self._is_masked() else self.text()

    def forget(self) -> None:
        """Be empty, as nobody's edit."""
        self._typed = ""
        self._put("")

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Mask."""
        super().focusOutEvent(event)
        if not self._is_masked():
            self._typed = self.text()
            self._put(self._mask(self._typed))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show what was typed again: it is gone on with."""
        super().focusInEvent(event)
        if self._is_masked():
            self._put(self._typed)

    def _is_masked(self) -> bool:
        return bool(self._typed) and self.text() != self._typed and self.text() == self._mask(self._typed)

    def _put(self, text: str) -> None:
        if text != self.text():
            with QSignalBlocker(self):
                self.setText(text)
