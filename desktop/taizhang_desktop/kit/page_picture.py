"""A page that is looked at: as wide as its room, larger where asked, scrolled by the keyboard."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

_LEAST, _MOST = 0.5, 6.0
_MARGIN = 4
STEP = 1.25
"""By how much one press makes it larger."""


class PagePicture(QScrollArea):
    """Begins as wide as its room, an upright page no wider than it can be read. Keys that it does not know go to its parent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin blank."""
        super().__init__(parent)
        self._image: QImage | None = None
        self._zoom = 1.0
        self.paper = QLabel()
        self.paper.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self.paper)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().installEventFilter(self)

    @property
    def zoom(self) -> float:
        """1: as wide as the room."""
        return self._zoom

    def show_image(self, image: QImage | None) -> None:
        """Show it from its top; None blanks it and begins at size 1 again."""
        self._image = image
        if image is None:
            self._zoom = 1.0
            self.paper.clear()
            self.paper.resize(0, 0)
            return
        self._draw()
        self.verticalScrollBar().setValue(0)

    def resize_by(self, by: float) -> None:
        """Larger or smaller."""
        self._zoom = min(_MOST, max(_LEAST, self._zoom * by))
        self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Draw anew for another width."""
        if watched is self.viewport() and event.type() == QEvent.Type.Resize:
            self._draw()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows scroll; whole pages are turned by who shows them."""
        if event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _draw(self) -> None:
        """The pixels of the screen are used where it has more of them."""
        if self._image is None:
            return
        ratio = self.devicePixelRatioF()
        width = max(1, round((self.viewport().width() - _MARGIN) * self._zoom * ratio))
        drawn = QPixmap.fromImage(self._image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
        drawn.setDevicePixelRatio(ratio)
        self.paper.setPixmap(drawn)
        self.paper.adjustSize()


class TurnedPage(PagePicture):
    """A page that stands beside something else: ``turned`` (-1 or 1) by ← and →, larger and smaller by + and -."""

    turned = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """While it is larger than its room ← and → move it as before."""
        turns = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        sizes = {Qt.Key.Key_Plus: STEP, Qt.Key.Key_Equal: STEP, Qt.Key.Key_Minus: 1 / STEP}
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif key in sizes:
            self.resize_by(sizes[key])
        elif key in turns and self.horizontalScrollBar().maximum() == 0:
            self.turned.emit(turns[key])
        else:
            super().keyPressEvent(event)
