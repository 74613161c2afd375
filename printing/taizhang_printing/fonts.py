"""The bundled faces: which there are, where their files lie, and in which order they stand in for one another."""

from enum import Enum
from importlib.resources import files
from pathlib import Path


class FontFace(Enum):
    """A bundled face; the value is the name of its TrueType file. Their origin and licences: ``fonts/SOURCES.md``."""

    FANGSONG = "FandolFang-Regular.ttf"
    SONG = "NotoSerifSC-Regular.ttf"
    SONG_BOLD = "NotoSerifSC-Bold.ttf"
    HEI = "NotoSansSC-Regular.ttf"
    HEI_MEDIUM = "NotoSansSC-Medium.ttf"
    LAST_RESORT = "HanaMinB.ttf"


STAND_INS = (FontFace.SONG, FontFace.LAST_RESORT)
"""What every face falls back to, in order; together they have every character of GB 18030-2022."""


def font_path(face: FontFace) -> Path:
    """The face's file; the window loads it too. The rooms are always installed as plain files."""
    return Path(str(files("taizhang_printing"))) / "fonts" / face.value


def chain(face: FontFace) -> tuple[FontFace, ...]:
    """The face, then those that stand in for it."""
    return (face, *(other for other in STAND_INS if other is not face))
