"""The fonts of the window: one bundled face, and a last resort that is loaded when a rare character appears."""

from pathlib import Path

import msgspec
from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from taizhang_desktop.look.tokens import BODY, TextSize

OF_THE_PC = ("Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei")
"""Faces of the PC that stand in where the bundled file cannot be read."""

FIRST_RARE = 0x2E80
"""Below it are Latin and signs, which every face has."""


class FontFiles(msgspec.Struct, frozen=True, kw_only=True):
    """Where the bundled faces are: the face of the window, and the one that covers what that one lacks."""

    window: Path | None = None
    rare: Path | None = None


class Fonts:
    """The faces of this process. Made once by the look; the rare face is read from disk only when it is needed."""

    def __init__(self, files: FontFiles) -> None:
        """Register the face of the window; a file that cannot be read leaves the PC's own face."""
        self._files = files
        self._families = [*_register(files.window), *OF_THE_PC]
        self._rare_loaded = False

    def font(self, size: TextSize) -> QFont:
        """The font of all text at that size."""
        made = QFont()
        made.setFamilies(self._families)
        made.setPixelSize(round(BODY * size.value / 100))
        return made

    def lacks(self, text: str) -> bool:
        """Whether the faces loaded so far have no glyph for a character of the text."""
        rare = [ord(sign) for sign in text if ord(sign) >= FIRST_RARE]
        if not rare:
            return False
        raw = QRawFont.fromFont(self.font(TextSize.NORMAL))
        return not all(raw.supportsCharacter(point) for point in rare)

    def cover(self, text: str) -> bool:
        """Load the rare face if the text needs it; True when the fonts changed, so that what is shown must be laid out anew."""
        if self._rare_loaded or self._files.rare is None or not self.lacks(text):
            return False
        self._rare_loaded = True
        added = _register(self._files.rare)
        self._families += added
        return bool(added)


def _register(file: Path | None) -> list[str]:
    if file is None:
        return []
    number = QFontDatabase.addApplicationFont(str(file))
    return [] if number < 0 else list(QFontDatabase.applicationFontFamilies(number))
