"""The one window of the program: it shows the first start, the page that opens the desk, or the desk."""

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
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
        self._band: QWidget | None = None
        self._mark = ""
        self.setWindowTitle("台账")
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)

    def setWindowTitle(self, title: str) -> None:  # noqa: N802 - Qt's name
        """Where a band is shown its mark comes first."""
        super().setWindowTitle(f"{self._mark}{title}")

    @property
    def banded(self) -> bool:
        """Whether a band is shown: what is done now is a training."""
        return self._band is not None

    def show_band(self, band: QWidget | None, mark: str = "") -> None:
        """A band above every page from now on, and its ``mark`` before every title; None takes both away."""
        if self._band is not None:
            self._band.hide()
            self._band.deleteLater()
        self._band, self._mark = band, mark
        if band is not None:
            band.setParent(self)
            band.show()
        self._lay_band()
        self.setWindowTitle("台账")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The band goes from edge to edge."""
        super().resizeEvent(event)
        self._lay_band()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """It grows with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            QTimer.singleShot(0, self, self._lay_band)

    def _lay_band(self) -> None:
        height = 0 if self._band is None else self._band.sizeHint().height()
        self.setContentsMargins(0, height, 0, 0)
        if self._band is not None:
            self._band.setGeometry(0, 0, self.width(), height)
            self._band.raise_()

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
        """Take the page from the screen, whole as it is, and leave an empty window without a name; nobody sees it any more.

        It stays a hidden part of the window, though none of its pages: what has another parent is styled anew, every part of it.
        """
        page: QWidget | None = self.currentWidget()
        if page is not None:
            page.windowTitleChanged.disconnect(self.setWindowTitle)
            self.removeWidget(page)
            page.hide()
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
