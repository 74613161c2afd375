"""What nearly every screen does with its view-model: read when gone to, follow what is touched, close at the end."""

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from taizhang_casework.domain.changes import Changes

from taizhang_desktop.shell.screen import Screen


class DeskModel(Protocol):
    """A view-model that shows something of the desk."""

    def refresh(self) -> None:
        """Read anew what is shown."""
        ...

    def on_changes(self, changes: Changes) -> None:
        """An operation touched something: read anew only where it is shown."""
        ...

    def close(self) -> None:
        """Want nothing any more."""
        ...


class DeskScreen(Screen):
    """A screen over a :class:`DeskModel`. A subclass sets ``first``, the part that has the focus when one comes here."""

    def __init__(self, title: str, model: DeskModel) -> None:
        """``title`` is Chinese; it is what a screen reader calls the screen too."""
        super().__init__(title)
        self._desk = model
        self.first: QWidget = self
        self.setAccessibleName(title)

    def activate(self, target: str = "") -> None:
        """Read anew: it may be another day."""
        del target
        self._desk.refresh()
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_again(self) -> None:
        """Read anew, and nothing else."""
        self._desk.refresh()

    def on_changes(self, changes: Changes) -> None:
        """Let the view-model decide."""
        self._desk.on_changes(changes)

    def shut(self) -> None:
        """Close the view-model."""
        self._desk.close()
