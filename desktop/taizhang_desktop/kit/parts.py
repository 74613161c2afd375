"""Small parts: words, buttons and frames that the style sheet knows by their kind and tone."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from taizhang_desktop.look.icons import Icon, pixmap, tinted
from taizhang_desktop.look.tokens import SPACE, Colours, Tone, colours_of

LOOK_EVENTS = frozenset({QEvent.Type.PaletteChange, QEvent.Type.FontChange})
"""After these an icon is drawn anew: the theme or the text size changed."""


def icon_side(widget: QWidget) -> int:
    """Side in px of an icon that stands beside this widget's text."""
    return round(widget.fontInfo().pixelSize() * 1.2)


def restyle(widget: QWidget, **properties: str) -> None:
    """Set properties that the style sheet selects by, and have it look again if one changed and it has looked before."""
    changed = [name for name, value in properties.items() if widget.property(name) != value]
    for name in changed:
        widget.setProperty(name, properties[name])
    if changed:
        parts: Iterable[QWidget] = (widget, *widget.findChildren(QWidget))
        for part in parts:
            if part.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
                widget.style().unpolish(part)
                widget.style().polish(part)


def set_tone(widget: QWidget, tone: Tone) -> None:
    """Colour a chip, bar or finding."""
    restyle(widget, tone=tone.value)


def label(text: str, kind: str = "", *, wrap: bool = False, select: bool = False) -> QLabel:
    """A word or sentence. Kinds: ``title``, ``heading``, ``muted``, ``small``, ``field``; plain text, never HTML."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if kind:
        made.setProperty("kind", kind)
    if select:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return made


def chip(text: str, tone: Tone = Tone.PLAIN) -> QLabel:
    """A short word on a coloured ground."""
    made = label(text, "chip")
    made.setProperty("tone", tone.value)
    made.setSizePolicy(made.sizePolicy().Policy.Fixed, made.sizePolicy().Policy.Fixed)
    return made


class YieldingLabel(QLabel):
    """A muted line that gives way to what stands beside it: cut with … where there is no room, and whole as its tip then."""

    def __init__(self, text: str) -> None:
        """Plain text, never HTML."""
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", "muted")

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two characters and what says that there is more."""
        hint = super().sizeHint()
        return QSize(min(hint.width(), self.fontMetrics().horizontalAdvance("国国…")), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw as much as there is room for."""
        fits = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        self.setToolTip("" if fits == self.text() else self.text())
        if fits == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            self.alignment(),
            self.palette(),
            self.isEnabled(),
            fits,
            self.foregroundRole(),
        )


class IconLabel(QLabel):
    """An icon as a picture, in the text colour or that of a tone; follows the theme."""

    def __init__(self, icon: Icon, side: int = 20, tone: Tone | None = None) -> None:
        """``side`` in px."""
        super().__init__()
        self._icon = icon
        self._side = side
        self._tone = tone
        self._drawn: tuple[Icon, str] | None = None
        self.setFixedSize(side, side)
        self._draw()

    def show_icon(self, icon: Icon, tone: Tone | None) -> None:
        """Show another icon."""
        self._icon = icon
        self._tone = tone
        self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw again when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        colours = colours_of(self.palette())
        colour = colours.muted if self._tone is None else colours.tone(self._tone).ink
        if self._drawn != (self._icon, colour):
            self._drawn = (self._icon, colour)
            self.setPixmap(pixmap(self._icon, colour, self._side, self.devicePixelRatioF()))


class Button(QPushButton):
    """A button with an optional icon that follows the theme. Space and Enter press it."""

    def __init__(self, text: str, kind: str = "", icon: Icon | None = None) -> None:
        """Kinds: none, ``primary`` (one a screen), ``quiet``, ``danger``, ``nav``, ``choice``."""
        super().__init__(text)
        self._icon = icon
        self._drawn: tuple[Colours, int] | None = None
        if kind:
            self.setProperty("kind", kind)
        self.setAutoDefault(True)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Tint the icon again when the theme changes."""
        super().changeEvent(event)
        if event.type() in LOOK_EVENTS:
            self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter presses the button in a plain window as it does in a dialog; held down, it presses nothing more.

        A held Enter that opened a case must not decide there too.
        """
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def _draw(self) -> None:
        if self._icon is None:
            return
        colours, side = colours_of(self.palette()), icon_side(self)
        if self._drawn == (colours, side):
            return
        self._drawn = (colours, side)
        self.setIconSize(QSize(side, side))
        if self.property("kind") == "primary":
            icon = QIcon(pixmap(self._icon, colours.on_accent, side, self.devicePixelRatioF()))
            icon.addPixmap(pixmap(self._icon, colours.muted, side, self.devicePixelRatioF()), QIcon.Mode.Disabled)
            self.setIcon(icon)
            return
        accent = self.property("kind") == "quiet"
        self.setIcon(tinted(self._icon, self.palette(), side, accent=accent, ratio=self.devicePixelRatioF()))


class OnceButton(Button):
    """A button that a double click presses once: after the first click it may stand for another deed."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name and method
        """Let the second click of the two pass."""
        event.accept()


def permit(button: QPushButton, why_not: str, *, can: bool = True, tip: str = "") -> None:
    """Offer a button or not. ``why_not`` (the user's role) outweighs whether it ``can`` be pressed now, whose reason is ``tip``."""
    button.setEnabled(can and not why_not)
    button.setToolTip(why_not or tip)
    button.setAccessibleDescription(why_not or tip)


class IconButton(QToolButton):
    """A button that is only an icon; its tip and accessible name say what it does."""

    def __init__(self, icon: Icon, tip: str) -> None:
        """``tip`` is Chinese."""
        super().__init__()
        self._icon = icon
        self._drawn: tuple[Colours, int] | None = None
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Tint the icon again when the theme changes."""
        super().changeEvent(event)
        if event.type() in LOOK_EVENTS:
            self._draw()

    def _draw(self) -> None:
        colours, side = colours_of(self.palette()), icon_side(self)
        if self._drawn == (colours, side):
            return
        self._drawn = (colours, side)
        self.setIconSize(QSize(side, side))
        self.setIcon(tinted(self._icon, self.palette(), side, ratio=self.devicePixelRatioF()))


class Scrolled(QScrollArea):
    """A part that scrolls up and down where it is higher than its room; never narrower than it can be, never squeezed."""

    def __init__(self, content: QWidget) -> None:
        """Take the content, which has a layout."""
        super().__init__()
        content.setProperty("kind", "clear")
        self._content = content
        self._least = 0
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        content.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Words that wrap change the height when the width or the words change: follow."""
        if watched is self._content and event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self._fit()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the content must be; the height may shrink."""
        return QSize(self._content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width(), 80)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """What has the focus can be seen, also where Enter and not Tab brought it there."""
        if now is not None and self._content.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, SPACE.page)

    def _fit(self) -> None:
        layout, least = self._content.layout(), self._content.minimumSizeHint().width()
        if least != self._least:
            self._least = least
            self.updateGeometry()
        if layout is not None and layout.hasHeightForWidth():
            self._content.setMinimumHeight(layout.heightForWidth(self._content.width()))


def card(content: QLayout) -> QFrame:
    """A surface with a thin line around it."""
    made = QFrame()
    made.setProperty("kind", "card")
    content.setContentsMargins(16, 14, 16, 14)
    made.setLayout(content)
    return made


def row(*widgets: QWidget | None, spacing: int = 8) -> QHBoxLayout:
    """Widgets side by side; None is a stretch."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for widget in widgets:
        made.addStretch(1) if widget is None else made.addWidget(widget)
    return made


def column(*widgets: QWidget | QLayout | None, spacing: int = 8) -> QVBoxLayout:
    """Widgets and rows one beneath the other; None is a stretch."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for part in widgets:
        if part is None:
            made.addStretch(1)
        elif isinstance(part, QWidget):
            made.addWidget(part)
        else:
            made.addLayout(part)
    return made
