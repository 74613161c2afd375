"""Importing what the desk will need while its first page is on the screen: a click must not wait for it.

The rooms, which know nothing of a window, are imported by the worker. A module that declares Qt classes is imported in the window's
own thread, one in each pass of the event loop: PySide makes such a class known to Qt while it is declared, and a window that runs
meanwhile may crash the process (seen with PySide 6.8).
"""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Signal

from taizhang_desktop import kit, screens, shell, table, viewmodels

_ROOMS = (
    *("bootstrap.office", "bootstrap.papers", "bootstrap.travel", "bootstrap.backups", "bootstrap.restoring"),
    *("bootstrap.verifying", "viewmodels.case_form", "viewmodels.case_answers", "viewmodels.intake_form"),
)
"""No module that they import may declare a Qt class."""

_ACTIVITIES = ("batch", "correspondence", "draft_port", "households", "intake", "recognition", "verification")
"""Of the office's services those that no room above imports, and screens need."""

_PACKAGES = (kit, viewmodels, table, shell, screens)
"""From the ground up, so that no pass of the loop has to import many at once."""

_LAST = ("bootstrap.pages", "desk")


def import_rooms() -> None:
    """Import the rooms behind the window; for the worker."""
    for name in _ROOMS:
        import_module(f"taizhang_desktop.{name}")
    for name in _ACTIVITIES:
        import_module(f"taizhang_casework.services.{name}")


class WindowWarming(QObject):
    """Imports the modules of the window, one in each pass of the event loop, until all are there: then ``warm`` is emitted."""

    warm = Signal()

    def __init__(self, parent: QObject) -> None:
        """Begins with ``begin``; ends by itself or with the parent."""
        super().__init__(parent)
        self._names = names_of_the_window()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._one)

    def begin(self) -> None:
        """Import the first module when the event loop is idle next."""
        self._timer.start()

    @property
    def running(self) -> bool:
        """Whether it has begun and is not at the end."""
        return self._timer.isActive()

    def _one(self) -> None:
        name = next(self._names, None)
        if name is None:
            self._timer.stop()
            self.warm.emit()
        else:
            import_module(name)


def names_of_the_window() -> Iterator[str]:
    """Every module of the window, in the order in which they are imported."""
    for package in _PACKAGES:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.ispkg:
                yield module.name
    for name in _LAST:
        yield f"taizhang_desktop.{name}"
