"""Own monochrome SVG icons, tinted with the palette of the widget that shows them."""

from enum import Enum
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QIcon, QImageReader, QPalette, QPixmap, QPixmapCache

from taizhang_desktop.look.tokens import colours_of

FOLDER = Path(__file__).parent / "icons"


class Icon(Enum):
    """The icons there are; the value is the name of the file."""

    ADD = "add"
    BOARD = "board"
    CALENDAR = "calendar"
    CASE = "case"
    CLOCK = "clock"
    CLOSE = "close"
    DEPARTMENT = "department"
    DONE = "done"
    EMPTY = "empty"
    EXCHANGE = "exchange"
    EYE = "eye"
    FILING = "filing"
    HELP = "help"
    HOUSE = "house"
    INFO = "info"
    LEDGER = "ledger"
    LOCK = "lock"
    PRINTER = "printer"
    RECYCLE_BIN = "recycle_bin"
    SAVE = "save"
    SCAN = "scan"
    SEARCH = "search"
    SENDING = "sending"
    SETTINGS = "settings"
    SHIELD = "shield"
    SUMMARY = "summary"
    TODAY = "today"
    USER = "user"
    WARN = "warn"


def pixmap(icon: Icon, colour: str, side: int, ratio: float = 1.0) -> QPixmap:
    """The icon in one colour (``#rrggbb``), ``side`` px square on a screen with that device pixel ratio; drawn once, and kept by Qt."""
    key = f"taizhang {icon.value} {colour} {side} {ratio}"
    kept = QPixmap()
    if QPixmapCache.find(key, kept):
        return kept
    source = (FOLDER / f"{icon.value}.svg").read_bytes().replace(b"currentColor", colour.encode())
    buffer = QBuffer()
    buffer.setData(QByteArray(source))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"svg"))
    pixels = round(side * ratio)
    reader.setScaledSize(QSize(pixels, pixels))
    drawn = QPixmap.fromImage(reader.read(), Qt.ImageConversionFlag.AutoColor)
    drawn.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, drawn)
    return drawn


def tinted(icon: Icon, palette: QPalette, side: int, *, accent: bool = False, ratio: float = 1.0) -> QIcon:
    """The icon for a widget with this palette: in its text colour, or in the accent; greyed where disabled."""
    colours = colours_of(palette)
    made = QIcon(pixmap(icon, colours.accent if accent else colours.text, side, ratio))
    made.addPixmap(pixmap(icon, colours.muted, side, ratio), QIcon.Mode.Disabled)
    return made
