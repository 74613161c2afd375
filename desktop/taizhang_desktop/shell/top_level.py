"""The one window of the program: it shows the first start, the page that opens the desk, or the desk."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

SMALLEST = QSize(960, 600)
USUAL = QSize(1280, 720)


class TopLevel(QStackedWidget):
    """``closed`` is emitted when the user closed it and the page shown agreed; it is not on the screen any more."""

    closed = Signal()

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("台账")
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)

    def show_page(self, page: QWidget) -> None:
        """Show this page and throw the one before away."""
        old = self.currentWidget()
        self.addWidget(page)
        self.setCurrentWidget(page)
        self.setWindowTitle(page.windowTitle() or "台账")
        page.windowTitleChanged.connect(self.setWindowTitle)
        if old is not None:
            self.removeWidget(old)
            old.deleteLater()
        page.setFocus()

    def take_away(self) -> QWidget | None:
        """Take the page from the window, whole as it is, and leave an empty one without a name; nobody sees it any more."""
        page: QWidget | None = self.currentWidget()
        if page is not None:
            page.windowTitleChanged.disconnect(self.setWindowTitle)
            self.removeWidget(page)
            page.hide()
            page.setParent(None)
        self.setWindowTitle("台账")
        return page

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """The page may refuse, since typing would be lost."""
        page = self.currentWidget()
        if self.count() and not page.close():
            event.ignore()
            return
        event.accept()
        self.hide()
        self.closed.emit()
