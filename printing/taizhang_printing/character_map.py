"""Which character is which glyph: the cmap table of a TrueType file (OpenType 1.9, formats 4 and 12), read where it lies.

A paper asks some hundred characters of a face that has tens of thousands: only the bounds of the runs are unpacked.
"""

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence

WIN_UNICODE = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}
GROUPED, SEGMENTED = 12, 4
NO_CHARACTER = 0xFFFF


class CharacterMap(Mapping[int, int]):
    """Glyphs by code point; KeyError for what the face has not."""

    def __init__(self, firsts: Sequence[int], lasts: Sequence[int], glyph: Callable[[int, int], int], end: int) -> None:
        """Unbroken runs of code points in order; ``glyph`` finds one by run and point, 0 or ``end`` and beyond where there is none."""
        self._firsts, self._lasts, self._glyph, self._end = firsts, lasts, glyph, end

    def __getitem__(self, point: int) -> int:
        """The glyph of a code point."""
        at = bisect_right(self._firsts, point) - 1
        if at >= 0 and point <= self._lasts[at] and 0 < (glyph := self._glyph(at, point)) < self._end:
            return glyph
        raise KeyError(point)

    def __iter__(self) -> Iterator[int]:
        """Every code point that has a glyph, in order."""
        for at, (first, last) in enumerate(zip(self._firsts, self._lasts, strict=True)):
            yield from (point for point in range(first, last + 1) if 0 < self._glyph(at, point) < self._end)

    def __len__(self) -> int:
        """How many code points have one."""
        return sum(1 for _ in self)


def character_map(cmap: bytes, count: int) -> CharacterMap:
    """The table's map of Unicode, the fullest, to so many glyphs.

    LookupError where it has none in a format that is known here, struct.error where it is damaged.
    """
    found = {}
    for at in range(4, 4 + 8 * struct.unpack_from(">H", cmap, 2)[0], 8):
        platform, encoding, start = struct.unpack_from(">HHL", cmap, at)
        if (platform, encoding) in WIN_UNICODE:
            found[struct.unpack_from(">H", cmap, start)[0]] = start
    if GROUPED in found:
        return _groups(cmap, found[GROUPED], count)
    return _segments(cmap, found[SEGMENTED], count)


def _groups(cmap: bytes, start: int, end: int) -> CharacterMap:
    """Format 12."""
    count = struct.unpack_from(">L", cmap, start + 12)[0]
    groups = struct.unpack_from(f">{3 * count}L", cmap, start + 16)
    firsts, glyphs = groups[0::3], groups[2::3]
    return CharacterMap(firsts, groups[1::3], lambda at, point: glyphs[at] + point - firsts[at], end)


def _segments(cmap: bytes, start: int, end: int) -> CharacterMap:
    """Format 4."""
    count = struct.unpack_from(">H", cmap, start + 6)[0] // 2
    lasts = struct.unpack_from(f">{count}H", cmap, start + 14)
    deltas: tuple[int, ...]
    firsts, deltas, ranges = (
        struct.unpack_from(f">{count}H", cmap, start + 16 + 2 * count * part) for part in (1, 2, 3)
    )

    def glyph(at: int, point: int) -> int:
        if point == NO_CHARACTER:
            return 0
        found: int = point
        if ranges[at]:
            base = start + 16 + 2 * (3 * count + at) + ranges[at]
            place = base + 2 * (point - firsts[at])
            found = int.from_bytes(cmap[place : place + 2], "big")
            if not found:
                return 0
        return (found + deltas[at]) & 0xFFFF

    return CharacterMap(firsts, lasts, glyph, end)
