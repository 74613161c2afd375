"""The PC's own faces that an office may choose for its papers: which there are, and whether they can be embedded.

Windows and Office bring 仿宋, 楷体, 黑体; the domestic systems and offices that bought them have 仿宋_GB2312, 方正小标宋, CESI.
Found by the family names in the files (OpenType 1.9, tables name and OS/2), never by the names of the files.
"""

import mmap
import os
import struct
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from taizhang_printing.fonts import FontRole, InstalledFace
from taizhang_printing.trouble import UnfitFace
from taizhang_printing.truetype import NotTrueTypeError, TrueType, mapped, read_truetype, table_directories

FAMILIES: Mapping[FontRole, tuple[str, ...]] = {
    FontRole.BODY: (
        *("仿宋_GB2312", "FangSong_GB2312", "方正仿宋_GBK", "FZFangSong-Z02", "方正仿宋简体", "FZFangSong-Z02S"),
        *("CESI仿宋-GB18030", "CESI仿宋-GB13000", "CESI仿宋-GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong"),
    ),
    FontRole.TITLE: (
        *("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05", "FZXBSJW--GB1-0"),
        *("CESI小标宋-GB18030", "CESI小标宋-GB13000", "CESI小标宋-GB2312"),
    ),
    FontRole.KAI: (
        *("楷体_GB2312", "KaiTi_GB2312", "方正楷体_GBK", "FZKai-Z03", "方正楷体简体", "FZKai-Z03S"),
        *("CESI楷体-GB18030", "CESI楷体-GB13000", "CESI楷体-GB2312", "楷体", "KaiTi", "华文楷体", "STKaiti"),
    ),
    FontRole.HEADING: (
        *("黑体", "SimHei", "方正黑体_GBK", "FZHei-B01", "方正黑体简体", "FZHei-B01S"),
        *("CESI黑体-GB18030", "CESI黑体-GB13000", "CESI黑体-GB2312", "华文黑体", "STHeiti"),
    ),
}
"""Family names by role, each in its order of preference."""

ENDINGS = (".ttf", ".ttc", ".otf", ".otc")
FAMILY, FULL, POSTSCRIPT, TYPOGRAPHIC_FAMILY = 1, 4, 6, 16
MAC, MAC_CHINESE, WINDOWS, UNICODE = 1, 25, 3, 0
BOLD_OR_ITALIC = 0x0003
SHORTEST = {"head": 54, "hhea": 36, "maxp": 32}
RESTRICTED, USES, WHOLE_ONLY, BITMAPS_ONLY = 0x0002, 0x000F, 0x0100, 0x0200
"""Bits of OS/2 fsType: the licence forbids embedding; the four bits of uses; no subsets; no outlines."""


class InstalledFonts(msgspec.Struct, frozen=True):
    """What was found: faces to choose from, by role and preference, and those that cannot be, with the reason each."""

    faces: tuple[InstalledFace, ...] = ()
    unfit: tuple[UnfitFace, ...] = ()

    def of(self, role: FontRole) -> tuple[InstalledFace, ...]:
        """Those for one role, the preferred first."""
        return tuple(face for face in self.faces if face.role is role)


def font_folders(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> tuple[Path, ...]:
    """Where this system keeps fonts, the machine's and the user's."""
    if platform == "win32":
        machine = Path(environment.get("SYSTEMROOT", r"C:\Windows")) / "Fonts"
        local = environment.get("LOCALAPPDATA", "")
        return (machine, *((Path(local) / "Microsoft" / "Windows" / "Fonts",) if local else ()))
    home = Path(environment.get("HOME", "/"))
    user = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")
    shared = environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return (user / "fonts", home / ".fonts", *(Path(each) / "fonts" for each in shared.split(":") if each))


def installed_fonts(folders: Sequence[Path]) -> InstalledFonts:
    """The faces under these folders that papers know how to use; a file that is no font is passed over."""
    named = [(role, name) for role, names in FAMILIES.items() for name in names]
    rank = {_folded(name): at for at, (_, name) in enumerate(named)}
    found: dict[str, InstalledFace] = {}
    unfit: dict[str, UnfitFace] = {}
    for path in _font_files(folders):
        for index, names in _names_of_faces(path):
            known = [name for name in names if _folded(name) in rank]
            if not known:
                continue
            family = min(known, key=lambda name: rank[_folded(name)])
            face = InstalledFace(named[rank[_folded(family)]][0], family, str(path), index)
            if family in found:
                continue
            try:
                read_installed(face)
            except UnfitFace as trouble:
                unfit[family] = trouble
            else:
                found[family] = face
    return InstalledFonts(
        tuple(sorted(found.values(), key=lambda face: rank[_folded(face.family)])),
        tuple(trouble for family, trouble in unfit.items() if family not in found),
    )


def read_installed(face: InstalledFace) -> TrueType:
    """The face, read and looked through; UnfitFace where it has gone, is another by now, or may not be embedded."""
    path = Path(face.path)
    try:
        if face.family not in dict(_names_of_faces(path)).get(face.index, ()):
            raise UnfitFace(face.family, path.name, "找不到了")
        data = mapped(path)
        tables = table_directories(data)[face.index]
        if "glyf" not in tables:
            raise UnfitFace(face.family, path.name, "是OpenType（CFF）轮廓，不是TrueType轮廓，不能用来打印")
        if not _may_be_embedded(data, tables):
            raise UnfitFace(face.family, path.name, "的字体厂商不许把它嵌入文件")
        read = read_truetype(path, face.index)
        _look_through(read, path.name)
    except (OSError, NotTrueTypeError, struct.error, LookupError, ValueError) as error:
        raise UnfitFace(face.family, path.name, "读不出来") from error
    return read


def _look_through(face: TrueType, name: str) -> None:
    """NotTrueTypeError where a table or an outline lies outside of the file: found now, not while a paper is drawn."""
    count, offsets = len(face.widths), list(face.offsets)
    end = face.tables["glyf"].stop - face.tables["glyf"].start
    inside = all(place.stop <= len(face.data) for place in face.tables.values())
    full = all(len(face.table(tag)) >= length for tag, length in SHORTEST.items()) and len(face.bearings) >= count
    if not (
        inside and full and len(offsets) > count and face.step * offsets[count] <= end and offsets == sorted(offsets)
    ):
        raise NotTrueTypeError(name)


def _may_be_embedded(data: mmap.mmap, tables: Mapping[str, slice]) -> bool:
    """Whether its licence lets a part of it be embedded (OS/2 fsType); not where it says nothing."""
    if "OS/2" not in tables:
        return False
    (bits,) = struct.unpack_from(">H", data, tables["OS/2"].start + 8)
    return bits & USES != RESTRICTED and not bits & (WHOLE_ONLY | BITMAPS_ONLY)


def _font_files(folders: Sequence[Path]) -> Iterator[Path]:
    """Folder by folder, each in the order of names; what cannot be listed is passed over."""
    for top in folders:
        files = [Path(folder) / name for folder, _, names in os.walk(top) for name in names]
        yield from sorted(file for file in files if file.suffix.lower() in ENDINGS)


def _names_of_faces(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The names of each upright, regular face in the file, by its place there; nothing where it is no font."""
    try:
        data = mapped(path)
        for index, tables in enumerate(table_directories(data)):
            (style,) = struct.unpack_from(">H", data, tables["head"].start + 44)
            if not style & BOLD_OR_ITALIC:
                yield index, tuple(_names(data[tables["name"]]))
    except (OSError, struct.error, LookupError, ValueError):
        return


def _names(table: bytes) -> Iterator[str]:
    """The family, full and PostScript names in every language that the table has."""
    count, storage = struct.unpack_from(">HH", table, 2)
    for at in range(6, 6 + 12 * count, 12):
        platform, encoding, _, kind, length, start = struct.unpack_from(">6H", table, at)
        if kind not in {FAMILY, FULL, POSTSCRIPT, TYPOGRAPHIC_FAMILY}:
            continue
        raw = table[storage + start : storage + start + length]
        if platform in {WINDOWS, UNICODE}:
            yield raw.decode("utf-16-be", "ignore")
        elif platform == MAC:
            yield raw.decode("gb18030" if encoding == MAC_CHINESE else "mac_roman", "ignore")


def _folded(name: str) -> str:
    return name.replace(" ", "").casefold()
