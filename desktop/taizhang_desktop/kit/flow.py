"""Widgets in lines, as many in each as there is room for: what does not fit at large text goes on in the next line."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class MeasuredLayout(QLayout):
    """Base of the layouts that are written here. Qt asks for the sizes again and again: each is reckoned once until something changes.

    A subclass reckons in :meth:`_hint`, :meth:`_least` and :meth:`_place`; it is higher where it is narrower.
    """

    def __init__(self, spacing: int) -> None:
        """``spacing`` in px, across and down."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._sizes: dict[str, QSize] = {}
        self._heights: dict[int, int] = {}
        self._placed: QRect | None = None
        self.setSpacing(spacing)
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """Take an item."""
        self._items.append(item)
        self.invalidate()

    def invalidate(self) -> None:
        """Measure anew."""
        self._sizes.clear()
        self._heights.clear()
        self._placed = None
        super().invalidate()

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name; None is how Qt ends
        """One of them; None behind the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # noqa: N802 - as above
        """Let one go."""
        if not 0 <= index < len(self._items):
            return None
        self.invalidate()
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """It takes what it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Height in px at that width."""
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), really=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        """Place all, unless all stands there."""
        if rect != self._placed:
            super().setGeometry(rect)
            self._place(rect, really=True)
            self._placed = QRect(rect)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """With room enough."""
        if "hint" not in self._sizes:
            self._sizes["hint"] = self._hint()
        return self._sizes["hint"]

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """With as little room as can be."""
        if "least" not in self._sizes:
            self._sizes["least"] = self._least()
        return self._sizes["least"]

    def _hint(self) -> QSize:
        raise NotImplementedError

    def _least(self) -> QSize:
        raise NotImplementedError

    def _place(self, rect: QRect, *, really: bool) -> int:
        """The height in px in that place; ``really``: put all there."""
        raise NotImplementedError


class Flow(MeasuredLayout):
    """Lays its widgets out like words; hidden ones take no room."""

    def insertWidget(self, at: int, widget: QWidget) -> None:  # noqa: N802 - named as in Qt's own layouts
        """Put one before the one at that place."""
        self.addWidget(widget)
        self._items.insert(at, self._items.pop())

    def _hint(self) -> QSize:
        """All in one line."""
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        wide = sum(hint.width() for hint in hints) + self.spacing() * max(len(hints) - 1, 0)
        return QSize(wide, max((hint.height() for hint in hints), default=0))

    def _least(self) -> QSize:
        """As wide as the widest."""
        least = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(
            max((each.width() for each in least), default=0), max((each.height() for each in least), default=0)
        )

    def _place(self, rect: QRect, *, really: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            x, high = rect.x(), max(hint.height() for _, hint in line)
            for item, hint in line:
                width = min(hint.width(), rect.width())
                if really:
                    item.setGeometry(QRect(QPoint(x, y + (high - hint.height()) // 2), QSize(width, hint.height())))
                x += width + self.spacing()
            y += high + self.spacing()
        return max(y - self.spacing() - rect.y(), 0)

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """What stands in each line, with its size."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            wide = min(hint.width(), width)
            if not lines or wide > left:
                lines.append([])
                left = width
            lines[-1].append((item, hint))
            left -= wide + self.spacing()
        return lines


class FlowRow(QWidget):
    """A row of widgets that becomes several where there is not enough room."""

    def __init__(self, spacing: int = 6) -> None:
        """Begin empty."""
        super().__init__()
        self._flow = Flow(spacing)
        self.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Put one at the end."""
        self._flow.addWidget(widget)

    def drop(self, widget: QWidget) -> None:
        """Take one out and let it go."""
        self._flow.removeWidget(widget)
        widget.hide()
        widget.deleteLater()
