"""The fonts of the window: the bundled faces, and those for rare characters, which are read a moment later."""

from pathlib import Path

import msgspec
from PySide6.QtGui import QFont, QFontDatabase

from taizhang_desktop.look.tokens import BODY, TextSize

OF_THE_PC = ("Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei")
"""Faces of the PC that stand in where the bundled files cannot be read."""


class FontFiles(msgspec.Struct, frozen=True, kw_only=True):
    """Where the bundled faces are: those of the window, and those that have what these lack, in order."""

    window: tuple[Path, ...] = ()
    rare: tuple[Path, ...] = ()


class Fonts:
    """The faces of this process. Made once, by the look."""

    def __init__(self, files: FontFiles) -> None:
        """Register the faces of the window; a file that cannot be read leaves the PC's own face."""
        self._files = files
        self._families = [*_register(files.window), *OF_THE_PC]
        self._complete = False

    def font(self, size: TextSize) -> QFont:
        """The font of all text at that size."""
        made = QFont()
        made.setFamilies(self._families)
        made.setPixelSize(round(BODY * size.value / 100))
        return made

    def complete(self) -> bool:
        """Register the faces for rare characters; True when that changed the fonts. Some 20 ms, once."""
        if self._complete:
            return False
        self._complete = True
        added = _register(self._files.rare)
        self._families = [*self._families[: -len(OF_THE_PC)], *added, *OF_THE_PC]
        return bool(added)


def _register(paths: tuple[Path, ...]) -> list[str]:
    families: dict[str, None] = {}
    for path in paths:
        number = QFontDatabase.addApplicationFont(str(path))
        if number >= 0:
            families |= dict.fromkeys(QFontDatabase.applicationFontFamilies(number))
    return list(families)
