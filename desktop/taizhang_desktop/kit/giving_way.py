"""Layouts that give way to large text: fields that come in fewer columns, and the two ends of a row that go on in the next line."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from taizhang_desktop.kit.flow import Flow, MeasuredLayout


class Evenly(Flow):
    """Columns of equal width, as many as leave each at least ``least`` px and what it needs itself."""

    def __init__(self, across: int, down: int, most: int = 99) -> None:
        """Px between columns, and between lines; ``most`` columns."""
        super().__init__(across)
        self.least = 0
        self._most = most
        self._down = down

    def _hint(self) -> QSize:
        """All side by side."""
        items = self._shown()
        hints = [item.sizeHint() for item in items]
        wide = max((hint.width() for hint in hints), default=0) * len(items) + self.spacing() * max(len(items) - 1, 0)
        return QSize(wide, max((hint.height() for hint in hints), default=0))

    def _place(self, rect: QRect, *, really: bool) -> int:
        items = self._shown()
        if not items:
            return 0
        need = max(self.least, *(item.minimumSize().width() for item in items))
        fit = max(min((rect.width() + self.spacing()) // (need + self.spacing()), len(items), self._most), 1)
        columns = -(-len(items) // -(-len(items) // fit))
        width = (rect.width() - self.spacing() * (columns - 1)) // columns
        y = rect.y()
        for at in range(0, len(items), columns):
            line = items[at : at + columns]
            high = max(_height(item, width) for item in line)
            if really:
                for place, item in enumerate(line):
                    item.setGeometry(QRect(rect.x() + place * (width + self.spacing()), y, width, high))
            y += high + self._down
        return y - self._down - rect.y()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]


class TwoEnds(MeasuredLayout):
    """What stands at the left and at the right of a row; where both have no room, the right goes on in the next line.

    The left may be cut down to its least before that happens.
    """

    def __init__(self, left: QLayout, right: QLayout, spacing: int) -> None:
        """``spacing`` in px, across and down."""
        super().__init__(spacing)
        for end in (left, right):
            self.addChildLayout(end)
            self.addItem(end)

    def _hint(self) -> QSize:
        """Both in one line."""
        left, right = (item.sizeHint() for item in self._items)
        return QSize(left.width() + self.spacing() + right.width(), max(left.height(), right.height()))

    def _least(self) -> QSize:
        """As wide as the wider."""
        left, right = (item.minimumSize() for item in self._items)
        return QSize(max(left.width(), right.width()), max(left.height(), right.height()))

    def _place(self, rect: QRect, *, really: bool) -> int:
        left, right = self._items
        if right.isEmpty():
            return _put(left, rect.topLeft(), rect.width(), really=really)
        if left.isEmpty():
            wide = min(right.sizeHint().width(), rect.width())
            return _put(right, QPoint(rect.x() + rect.width() - wide, rect.y()), wide, really=really)
        beside = rect.width() - self.spacing() - right.sizeHint().width()
        if beside >= left.minimumSize().width():
            wide = right.sizeHint().width()
            high = max(_height(left, beside), _height(right, wide))
            if really:
                left.setGeometry(QRect(rect.topLeft(), QSize(beside, high)))
                right.setGeometry(QRect(rect.x() + rect.width() - wide, rect.y(), wide, high))
            return high
        first = _put(left, rect.topLeft(), rect.width(), really=really)
        below = rect.topLeft() + QPoint(0, first + self.spacing())
        return first + self.spacing() + _put(right, below, rect.width(), really=really)


def ends(left: Iterable[QWidget], right: Iterable[QWidget], spacing: int = 8) -> TwoEnds:
    """Widgets at the left and widgets at the right of a row; each end wraps where it is wider than the row."""
    sides = []
    for widgets in (left, right):
        side = Flow(spacing)
        for widget in widgets:
            side.addWidget(widget)
        sides.append(side)
    return TwoEnds(sides[0], sides[1], spacing)


class _Follower(QObject):
    """Fits a widget anew whenever its text has another size."""

    def __init__(self, widget: QWidget, fit: Callable[[], None]) -> None:
        super().__init__(widget)
        self._fit = fit
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """After the widget's own."""
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()
        return super().eventFilter(watched, event)


def follow_text(widget: QWidget, fit: Callable[[], None]) -> None:
    """Fit a widget to its text's size now, and again whenever that changes."""
    fit()
    _Follower(widget, fit)


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


def _put(item: QLayoutItem, at: QPoint, width: int, *, really: bool) -> int:
    high = _height(item, width)
    if really:
        item.setGeometry(QRect(at, QSize(width, high)))
    return high
