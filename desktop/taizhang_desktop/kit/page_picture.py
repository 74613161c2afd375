"""A page as a picture, as wide as its room and larger where asked."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea

_STEP, _LEAST, _MOST = 1.25, 0.5, 6.0
_MARGIN = 4


class PagePicture(QScrollArea):
    """``turned`` (-1 or 1) by ← and →; + and − change the size."""

    turned = Signal(int)

    def __init__(self, name: str) -> None:
        """Begin blank; ``name`` is the object's."""
        super().__init__()
        self.setObjectName(name)
        self._image: QImage | None = None
        self._zoom = 1.0
        self.picture = QLabel()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self.picture)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().installEventFilter(self)

    def show_image(self, image: QImage | None) -> None:
        """Show it from its top; None lets the picture go."""
        self._image = image
        self.picture.clear()
        self._draw()
        self.verticalScrollBar().setValue(0)

    def resize_by(self, steps: int) -> None:
        """Larger or smaller by so many steps."""
        self._zoom = min(_MOST, max(_LEAST, self._zoom * _STEP**steps))
        self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Draw anew for another width."""
        if watched is self.viewport() and event.type() == QEvent.Type.Resize:
            self._draw()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The keys of the picture; while it is larger than its room ← and → move it as before."""
        turns = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        sizes = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif key in sizes:
            self.resize_by(sizes[key])
        elif key in turns and self.horizontalScrollBar().maximum() == 0:
            self.turned.emit(turns[key])
        else:
            super().keyPressEvent(event)

    def _draw(self) -> None:
        if self._image is None:
            self.picture.resize(0, 0)
            return
        ratio = self.devicePixelRatioF()
        width = max(1, round((self.viewport().width() - _MARGIN) * self._zoom * ratio))
        drawn = QPixmap.fromImage(self._image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
        drawn.setDevicePixelRatio(ratio)
        self.picture.setPixmap(drawn)
        self.picture.adjustSize()
