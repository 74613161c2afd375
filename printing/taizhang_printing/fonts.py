"""The faces of a paper: those bundled, those the office chose of the PC's own, and the order in which they stand in."""

from enum import Enum
from importlib.resources import files
from pathlib import Path

import msgspec


class FontFace(Enum):
    """A bundled face; the value is the name of its TrueType file. Their origin and licences: ``fonts/SOURCES.md``."""

    FANGSONG = "FandolFang-Regular.ttf"
    SONG = "NotoSerifSC-Regular.ttf"
    SONG_BOLD = "NotoSerifSC-Bold.ttf"
    HEI = "NotoSansSC-Regular.ttf"
    HEI_MEDIUM = "NotoSansSC-Medium.ttf"
    KAI = "TaizhangKai-Regular.ttf"
    LAST_RESORT = "HanaMinB.ttf"


class FontRole(Enum):
    """What a face of the PC can be chosen for, after GB/T 9704-2012; the value is what the office calls it."""

    BODY = "仿宋"
    TITLE = "小标宋"
    KAI = "楷体"
    HEADING = "黑体"


PLACE_OF = {
    FontRole.BODY: (FontFace.FANGSONG,),
    FontRole.TITLE: (FontFace.SONG_BOLD,),
    FontRole.KAI: (FontFace.KAI,),
    FontRole.HEADING: (FontFace.HEI_MEDIUM,),
}
"""The bundled faces that a chosen one goes before. HEI stays: it draws the marks, and ☐ beside ☑ wants one face for both."""


class InstalledFace(msgspec.Struct, frozen=True):
    """A face of this PC: what it is for, its family name as it was matched, its file, and its place in a collection."""

    role: FontRole
    family: str
    path: str
    index: int = 0


STAND_INS = (FontFace.SONG, FontFace.LAST_RESORT, FontFace.KAI)
"""What every face falls back to, in order; together they have every hanzi of GB 18030-2022 and, 楷 for ≒, every sign of its
two-byte part."""


def font_path(face: FontFace) -> Path:
    """The face's file; the window loads it too. The rooms are always installed as plain files."""
    return Path(str(files("taizhang_printing"))) / "fonts" / face.value


def chain(face: FontFace) -> tuple[FontFace, ...]:
    """The face, then those that stand in for it."""
    return (face, *(other for other in STAND_INS if other is not face))
