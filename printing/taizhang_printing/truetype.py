"""TrueType files, read as far as a paper needs: advances, outlines, and which character is which glyph.

fontTools reads them too, and takes some hundred times as long; this stands in the way of every first page.
The format: OpenType 1.9 (collections; tables head, hhea, hmtx, maxp, loca, glyf, cmap, name).
"""

import mmap
import re
import struct
import sys
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from taizhang_printing.character_map import character_map

POSTSCRIPT_NAME = 6
LONG_OFFSETS = 1
COLLECTION = b"ttcf"
NEEDED = {"glyf", "loca", "cmap", "head", "hhea", "hmtx", "maxp", "name"}
KEPT_AS_THEY_ARE = ("cvt ", "fpgm", "prep")


class NotTrueTypeError(ValueError):
    """The file has no glyf outlines or no Unicode cmap that is known here."""


class TrueType(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A face. ``ascent``, ``descent``, ``box`` are in 1/1000 em, ``widths`` and ``bearings`` (by glyph) in ``units`` an em.

    ``data`` is the mapped file, ``tables`` where in it each table lies, ``offsets`` where in glyf each outline begins,
    as it is written: in bytes, or in ``step`` bytes.
    """

    name: str
    units: int
    ascent: float
    descent: float
    box: tuple[float, ...]
    glyphs: Mapping[int, int]
    widths: Sequence[int]
    bearings: Sequence[int]
    offsets: Sequence[int]
    step: int
    tables: dict[str, slice]
    data: mmap.mmap

    def advance(self, glyph: int) -> float:
        """The glyph's width in 1/1000 em."""
        return self.widths[glyph] * (1000 / self.units)

    def outline(self, glyph: int) -> bytes:
        """The glyph's entry of glyf, empty for a blank."""
        start = self.tables["glyf"].start
        return self.data[start + self.step * self.offsets[glyph] : start + self.step * self.offsets[glyph + 1]]

    def table(self, tag: str) -> bytes:
        """A whole table; KeyError where the face has none."""
        return self.data[self.tables[tag]]


def mapped(path: Path) -> mmap.mmap:
    """The file's content as it lies on the disk; OSError where it cannot be read, ValueError where it is empty."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def table_directories(data: mmap.mmap) -> list[dict[str, slice]]:
    """Where the tables of each face in the file lie: one face, or as many as a collection (.ttc) has.

    struct.error or UnicodeDecodeError where the file is no font.
    """
    starts: tuple[int, ...] = (0,)
    if data[:4] == COLLECTION:
        starts = struct.unpack_from(f">{struct.unpack_from('>L', data, 8)[0]}L", data, 12)
    directories = []
    for face in starts:
        tables = {}
        first = face + 12
        for at in range(first, first + 16 * struct.unpack_from(">H", data, face + 4)[0], 16):
            tag, _, start, length = struct.unpack_from(">4sLLL", data, at)
            tables[tag.decode("ascii")] = slice(start, start + length)
        directories.append(tables)
    return directories


def read_truetype(path: Path, index: int = 0) -> TrueType:
    """The face in the file, in a collection the ``index``-th.

    NotTrueTypeError where it is none, OSError where it cannot be read.
    """
    try:
        data = mapped(path)
        return _parsed(data, table_directories(data)[index])
    except (struct.error, LookupError, ValueError) as error:
        raise NotTrueTypeError(path.name) from error


def _parsed(data: mmap.mmap, tables: dict[str, slice]) -> TrueType:
    if lacking := NEEDED - tables.keys():
        raise LookupError(*lacking)
    head, hhea = data[tables["head"]], data[tables["hhea"]]
    units = struct.unpack_from(">H", head, 18)[0]
    scale = 1000 / units
    long_offsets = struct.unpack_from(">h", head, 50)[0] == LONG_OFFSETS
    count, full = struct.unpack_from(">H", data, tables["maxp"].start + 4)[0], struct.unpack_from(">H", hhea, 34)[0]
    metrics = data[tables["hmtx"]]
    widths = _numbers("H", metrics[: 4 * full])[0::2]
    widths.extend(widths[-1:] * (count - full))
    return TrueType(
        name=_postscript_name(data[tables["name"]]),
        units=units,
        ascent=struct.unpack_from(">h", hhea, 4)[0] * scale,
        descent=struct.unpack_from(">h", hhea, 6)[0] * scale,
        box=tuple(side * scale for side in struct.unpack_from(">4h", head, 36)),
        glyphs=character_map(data[tables["cmap"]], count),
        widths=widths,
        bearings=_numbers("h", metrics[: 4 * full])[1::2] + _numbers("h", metrics[4 * full :]),
        offsets=_numbers("I" if long_offsets else "H", data[tables["loca"]]),
        step=1 if long_offsets else 2,
        tables=tables,
        data=data,
    )


def _numbers(kind: str, raw: bytes) -> "array[int]":
    """Big-endian numbers of one kind, as ``array`` calls it."""
    numbers = array(kind)
    numbers.frombytes(raw[: len(raw) - len(raw) % numbers.itemsize])
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _postscript_name(names: bytes) -> str:
    """As a PDF may write it: letters and digits of ASCII and a few signs."""
    count, storage = struct.unpack_from(">HH", names, 2)
    for at in range(6, 6 + 12 * count, 12):
        platform, _, _, kind, length, start = struct.unpack_from(">6H", names, at)
        if kind == POSTSCRIPT_NAME:
            raw = names[storage + start : storage + start + length]
            name = raw.decode("latin-1" if platform == 1 else "utf-16-be").replace(" ", "")
            if re.fullmatch(r"[A-Za-z0-9_.+-]+", name):
                return name
    return "Face"
