"""TrueType files, read as far as a paper needs: advances, outlines, and which character is which glyph.

fontTools reads them too, and takes eight times as long; this stands in the way of every first page.
The format: OpenType 1.9 (tables head, hhea, hmtx, maxp, loca, glyf, cmap formats 4 and 12, name).
"""

import mmap
import struct
import sys
from array import array
from collections.abc import Sequence
from pathlib import Path

import msgspec

WIN_UNICODE = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}
POSTSCRIPT_NAME = 6
GROUPED, SEGMENTED = 12, 4
SHORT_OFFSETS, LONG_OFFSETS = 0, 1
KEPT_AS_THEY_ARE = ("cvt ", "fpgm", "prep")


class NotTrueTypeError(ValueError):
    """The file has no glyf outlines or no Unicode cmap that is known here."""


class TrueType(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A face. ``advances`` (by glyph), ``ascent``, ``descent``, ``box`` are in 1/1000 em; ``glyphs`` maps code points.

    ``data`` is the mapped file, ``tables`` where in it each table lies, ``offsets`` where in glyf each outline begins.
    """

    name: str
    units: int
    ascent: float
    descent: float
    box: tuple[float, ...]
    glyphs: dict[int, int]
    advances: Sequence[float]
    bearings: Sequence[int]
    offsets: Sequence[int]
    tables: dict[str, slice]
    data: mmap.mmap

    def outline(self, glyph: int) -> bytes:
        """The glyph's entry of glyf, empty for a blank."""
        start = self.tables["glyf"].start
        return self.data[start + self.offsets[glyph] : start + self.offsets[glyph + 1]]

    def table(self, tag: str) -> bytes:
        """A whole table; KeyError where the face has none."""
        return self.data[self.tables[tag]]


def read_truetype(path: Path) -> TrueType:
    """The face in the file; NotTrueTypeError where it is none, OSError where it cannot be read."""
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    tables = {}
    for at in range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16):
        tag, _, start, length = struct.unpack_from(">4sLLL", data, at)
        tables[tag.decode("ascii")] = slice(start, start + length)
    if not {"glyf", "loca", "cmap", "head", "hhea", "hmtx", "maxp", "name"} <= tables.keys():
        raise NotTrueTypeError(path.name)

    head, hhea = data[tables["head"]], data[tables["hhea"]]
    units = struct.unpack_from(">H", head, 18)[0]
    scale = 1000 / units
    long_offsets = struct.unpack_from(">h", head, 50)[0] == LONG_OFFSETS
    offsets = _numbers("I" if long_offsets else "H", data[tables["loca"]])
    count, full = struct.unpack_from(">H", data, tables["maxp"].start + 4)[0], struct.unpack_from(">H", hhea, 34)[0]
    metrics = data[tables["hmtx"]]
    advances = [advance * scale for advance in _numbers("H", metrics[: 4 * full])[0::2]]
    bearings = [*_numbers("h", metrics[: 4 * full])[1::2], *_numbers("h", metrics[4 * full :])]
    return TrueType(
        name=_postscript_name(data[tables["name"]]),
        units=units,
        ascent=struct.unpack_from(">h", hhea, 4)[0] * scale,
        descent=struct.unpack_from(">h", hhea, 6)[0] * scale,
        box=tuple(side * scale for side in struct.unpack_from(">4h", head, 36)),
        glyphs=_character_map(data[tables["cmap"]], path.name),
        advances=advances + [advances[-1]] * (count - full),
        bearings=bearings,
        offsets=offsets if long_offsets else [2 * half for half in offsets],
        tables=tables,
        data=data,
    )


def _numbers(kind: str, raw: bytes) -> "array[int]":
    """Big-endian numbers of one kind."""
    numbers = array(kind)
    numbers.frombytes(raw[: len(raw) - len(raw) % numbers.itemsize])
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _postscript_name(names: bytes) -> str:
    count, storage = struct.unpack_from(">HH", names, 2)
    for at in range(6, 6 + 12 * count, 12):
        platform, _, _, kind, length, start = struct.unpack_from(">6H", names, at)
        if kind == POSTSCRIPT_NAME:
            raw = names[storage + start : storage + start + length]
            return raw.decode("latin-1" if platform == 1 else "utf-16-be").replace(" ", "")
    return "Face"


def _character_map(cmap: bytes, name: str) -> dict[int, int]:
    known = {GROUPED: _groups, SEGMENTED: _segments}
    found = {}
    for at in range(4, 4 + 8 * struct.unpack_from(">H", cmap, 2)[0], 8):
        platform, encoding, start = struct.unpack_from(">HHL", cmap, at)
        if (platform, encoding) in WIN_UNICODE:
            found[struct.unpack_from(">H", cmap, start)[0]] = start
    for kind, read in known.items():
        if kind in found:
            return read(cmap, found[kind])
    raise NotTrueTypeError(name)


def _groups(cmap: bytes, start: int) -> dict[int, int]:
    """Format 12."""
    count = struct.unpack_from(">L", cmap, start + 12)[0]
    groups = struct.unpack_from(f">{3 * count}L", cmap, start + 16)
    glyphs: dict[int, int] = {}
    for first, last, glyph in zip(groups[0::3], groups[1::3], groups[2::3], strict=True):
        if first == last:
            glyphs[first] = glyph
        else:
            glyphs.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
    return glyphs


def _segments(cmap: bytes, start: int) -> dict[int, int]:
    """Format 4."""
    count = struct.unpack_from(">H", cmap, start + 6)[0] // 2
    lasts = struct.unpack_from(f">{count}H", cmap, start + 14)
    firsts, deltas, ranges = (
        struct.unpack_from(f">{count}H", cmap, start + 16 + 2 * count * part) for part in (1, 2, 3)
    )
    glyphs = {}
    for at, (first, last, delta, offset) in enumerate(zip(firsts, lasts, deltas, ranges, strict=True)):
        base = start + 16 + 2 * (3 * count + at) + offset
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = struct.unpack_from(">H", cmap, base + 2 * (point - first))[0] if offset else point
            if glyph or not offset:
                glyph = (glyph + delta) & 0xFFFF
            if glyph:
                glyphs[point] = glyph
    return glyphs
