"""Whether every word of a window can be read whole: what is visible is measured against its place, and every offender is named."""

from collections.abc import Callable, Iterator, Sequence
from typing import cast

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QWidget,
)
from taizhang_desktop.kit.parts import YieldingLabel

SCREEN = QSize(1366, 768)
SLACK = 1
"""Pixels that rounding may take."""
LONG_TITLE = 8
"""Characters; a longer title of the annexes may be cut where the whole is its tip."""
MARGINS = 6
"""Pixels that Qt keeps free of the words at both ends of a cell."""


def cut_off(top: QWidget) -> list[str]:
    """A line for each thing that is cut off, hidden behind another, or reached by moving the page sideways only."""
    found = list(_window(top))
    widgets = [each for each in cast("list[QWidget]", top.findChildren(QWidget)) if each.isVisible()]
    for widget in widgets:
        found += [f"{_name(widget)} {fault}" for fault in (*_own_room(widget), *_place(widget, top))]
    return list(dict.fromkeys(found + list(_overlaps(widgets))))


def _window(top: QWidget) -> Iterator[str]:
    least = top.minimumSizeHint().expandedTo(top.size())
    if least.width() > SCREEN.width() or least.height() > SCREEN.height():
        yield f"the window needs {least.width()}×{least.height()}"


def _own_room(widget: QWidget) -> Iterator[str]:
    for kind, measure in MEASURES:
        if isinstance(widget, kind):
            yield from measure(widget)
            return


def _yielding(line: YieldingLabel) -> Iterator[str]:
    fits = line.fontMetrics().horizontalAdvance(line.text()) <= line.contentsRect().width() + SLACK
    if not fits and line.toolTip() != line.text():
        yield "is cut without the whole as its tip"


def _button(button: QAbstractButton) -> Iterator[str]:
    yield from _least(button, button.sizeHint(), button.text() or button.toolTip())


def _tabs(bar: QTabBar) -> Iterator[str]:
    for at in range(bar.count()):
        if not bar.rect().adjusted(-SLACK, 0, SLACK, 0).contains(bar.tabRect(at)):
            yield f"has no room for {bar.tabText(at)}"


def _list(lines: QListWidget) -> Iterator[str]:
    for at in range(lines.count()):
        if lines.visualItemRect(lines.item(at)).width() > lines.viewport().width() + SLACK:
            yield f"has no room for {lines.item(at).text()}"


def _area(area: QScrollArea) -> Iterator[str]:
    content = area.widget()
    if content.isVisible() and content.width() > area.viewport().width() + SLACK:
        yield f"moves sideways: {content.width()} in {area.viewport().width()}"


def _label(label: QLabel) -> Iterator[str]:
    if not label.text():
        return
    if label.wordWrap():
        high = label.heightForWidth(label.width())
        if high > label.height() + SLACK:
            yield f"needs {high} px of height and has {label.height()}"
        widest = max((label.fontMetrics().horizontalAdvance(word) for word in label.text().split()), default=0)
        if label.text().isascii() and widest > label.contentsRect().width() + SLACK:
            yield f"cannot be broken and has {label.width()} px"
    else:
        yield from _least(label, label.sizeHint(), label.text())


def _least(widget: QWidget, hint: QSize, words: str) -> Iterator[str]:
    if not words:
        return
    if hint.width() > widget.width() + SLACK:
        yield f"needs {hint.width()} px of width and has {widget.width()}"
    if hint.height() > widget.height() + SLACK:
        yield f"needs {hint.height()} px of height and has {widget.height()}"


def _head(head: QHeaderView) -> Iterator[str]:
    if head.orientation() is not Qt.Orientation.Horizontal:
        return
    for section in range(head.count()):
        if not head.isSectionHidden(section) and head.sectionSizeHint(section) > head.sectionSize(section) + SLACK:
            words = str(head.model().headerData(section, Qt.Orientation.Horizontal))
            tip = head.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
            if len(words) > LONG_TITLE and tip == words:
                continue
            yield f"has {head.sectionSize(section)} of {head.sectionSizeHint(section)} px for {words}"
    if head.sizeHint().height() > head.height() + SLACK:
        yield f"needs {head.sizeHint().height()} px of height and has {head.height()}"


def _box(box: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    room = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    wide = box.fontMetrics().horizontalAdvance(box.currentText())
    if wide > room.width() + SLACK and box.currentText() not in box.toolTip():
        yield f"has {room.width()} of {wide} px for {box.currentText()}"
    if box.fontMetrics().height() > room.height() + SLACK:
        yield f"has {room.height()} px of height for {box.fontMetrics().height()}"


def _line(line: QLineEdit) -> Iterator[str]:
    if isinstance(line.parentWidget(), QComboBox):
        return
    if line.sizeHint().height() > line.height() + SLACK:
        yield f"needs {line.sizeHint().height()} px of height and has {line.height()}"
    placeholder = "" if line.text() else line.placeholderText()
    wide = line.fontMetrics().horizontalAdvance(placeholder)
    room = line.width() - 22
    if wide > room + SLACK and placeholder not in line.toolTip():
        yield f"has {room} of {wide} px for “{placeholder}”"


def _cells(table: QTableView) -> Iterator[str]:
    model, seen = table.model(), table.viewport().rect()
    for row in range(max(table.rowAt(0), 0), min(model.rowCount(), max(table.rowAt(0), 0) + 40)):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            rect = table.visualRect(index)
            if rect.isEmpty() or table.isColumnHidden(column) or not rect.intersects(seen):
                continue
            words, font = str(index.data() or ""), table.fontMetrics()
            if font.horizontalAdvance(words) > rect.width() - MARGINS:
                tip = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
                if words not in tip:
                    yield f"cuts “{words}” without the whole as its tip"
            if font.height() > rect.height() + SLACK:
                yield f"has {rect.height()} px of height for a line of {font.height()}"


def _place(widget: QWidget, top: QWidget) -> Iterator[str]:
    """Every one above it that does not scroll leaves it room; one that scrolls, sideways at least."""
    if not _speaks(widget) or isinstance(widget.parentWidget(), QComboBox):
        return
    around = widget.parentWidget()
    while widget is not top and around is not None:
        rect = QRect(widget.mapTo(around, QPoint(0, 0)), widget.size())
        room = around.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
        if rect.left() < room.left() or rect.right() > room.right():
            yield f"goes out sideways of {_name(around)}: {rect.left()}…{rect.right()} of {room.right()}"
            return
        area = around.parentWidget()
        if isinstance(area, QScrollArea):
            widget, around = area, area.parentWidget()
            continue
        if isinstance(area, QAbstractScrollArea):
            return
        if rect.top() < room.top() or rect.bottom() > room.bottom():
            yield f"goes out above or below of {_name(around)}: {rect.top()}…{rect.bottom()} of {room.bottom()}"
            return
        around = around.parentWidget() if around is not top else None


def _speaks(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        return bool(widget.text())
    return isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QTabBar | QTableView | QListWidget)


def _overlaps(widgets: Sequence[QWidget]) -> Iterator[str]:
    """Two that speak and stand in the same parent must not stand on each other."""
    by_parent: dict[int, list[QWidget]] = {}
    for widget in widgets:
        inner = isinstance(widget.parentWidget(), QAbstractScrollArea | QLineEdit | QComboBox | QHeaderView)
        if _speaks(widget) and not inner:
            by_parent.setdefault(id(widget.parentWidget()), []).append(widget)
    for children in by_parent.values():
        for at, one in enumerate(children):
            for other in children[at + 1 :]:
                both = one.geometry().intersected(other.geometry())
                if both.width() > SLACK and both.height() > SLACK:
                    yield f"{_name(one)} and {_name(other)} stand on each other"


def _name(widget: QWidget) -> str:
    words = getattr(widget, "text", None)
    said = words() if callable(words) and isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    return f"{type(widget).__name__}[{widget.objectName() or '-'} “{said[:24]}”]"


MEASURES: tuple[tuple[type[QWidget], Callable[..., Iterator[str]]], ...] = (
    (YieldingLabel, _yielding),
    (QLabel, _label),
    (QAbstractButton, _button),
    (QTabBar, _tabs),
    (QHeaderView, _head),
    (QComboBox, _box),
    (QLineEdit, _line),
    (QListWidget, _list),
    (QTableView, _cells),
    (QScrollArea, _area),
)
"""How each kind is measured; the first that fits."""


def redraw() -> None:
    """Let what was changed be laid out."""
    for _ in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
