"""The part of a face that one paper embeds: a TrueType file with new glyph numbers, given in the order of first use."""

import struct
import sys
from array import array

from taizhang_printing.truetype import KEPT_AS_THEY_ARE, TrueType

CHECKSUM_OF_ALL = 0xB1B0AFBA
COMPOSITE = 0x80
ARGUMENTS_ARE_WORDS, HAS_SCALE, MORE_COMPONENTS, HAS_TWO_SCALES, HAS_MATRIX = 0x01, 0x08, 0x20, 0x40, 0x80


class Subset:
    """Characters taken so far, each with a number of its own (from 1; 0 is .notdef), even where two share an outline."""

    def __init__(self, face: TrueType) -> None:
        """Begin with .notdef alone."""
        self.face = face
        self.characters = [""]
        self._glyphs = [0]
        self._numbers: dict[str, int] = {}

    def number(self, character: str) -> int:
        """The character's number; KeyError where the face has no such character."""
        number = self._numbers.get(character)
        if number is None:
            glyph = self.face.glyphs[ord(character)]
            number = self._numbers[character] = len(self._glyphs)
            self._glyphs.append(glyph)
            self.characters.append(character)
        return number

    def advances(self) -> list[float]:
        """By number, in 1/1000 em."""
        return [self.face.advance(glyph) for glyph in self._glyphs]

    def to_bytes(self) -> bytes:
        """The font file: outlines of the characters and of the parts that they are composed of."""
        face, glyphs = self.face, list(self._glyphs)
        part_numbers: dict[int, int] = {}
        outlines, offsets, length = [], [0], 0
        for glyph in glyphs:  # grows while parts are found
            outline = face.outline(glyph)
            if outline and outline[0] & COMPOSITE:
                outline = _renumbered(outline, glyphs, part_numbers)
            outline += bytes(-len(outline) % 4)
            outlines.append(outline)
            length += len(outline)
            offsets.append(length)
        count = len(glyphs)
        head = bytearray(face.table("head")[:54])
        head[8:12] = bytes(4)
        head[50:52] = b"\0\1"
        tables = {
            "head": bytes(head),
            "hhea": face.table("hhea")[:34] + struct.pack(">H", count),
            "maxp": face.table("maxp")[:4] + struct.pack(">H", count) + face.table("maxp")[6:],
            "hmtx": b"".join(struct.pack(">Hh", face.widths[glyph], face.bearings[glyph]) for glyph in glyphs),
            "loca": struct.pack(f">{count + 1}L", *offsets),
            "glyf": b"".join(outlines),
        }
        tables |= {tag: face.table(tag) for tag in KEPT_AS_THEY_ARE if tag in face.tables}
        return _font_file(tables)


def _renumbered(outline: bytes, glyphs: list[int], part_numbers: dict[int, int]) -> bytes:
    """A composite outline that names its parts by their new numbers; parts not seen yet are added to ``glyphs``."""
    changed, at, flags = bytearray(outline), 10, MORE_COMPONENTS
    while flags & MORE_COMPONENTS:
        flags, part = struct.unpack_from(">HH", changed, at)
        if part not in part_numbers:
            part_numbers[part] = len(glyphs)
            glyphs.append(part)
        struct.pack_into(">H", changed, at + 2, part_numbers[part])
        at += 8 if flags & ARGUMENTS_ARE_WORDS else 6
        at += 2 if flags & HAS_SCALE else 4 if flags & HAS_TWO_SCALES else 8 if flags & HAS_MATRIX else 0
    return bytes(changed)


def _font_file(tables: dict[str, bytes]) -> bytes:
    """Tables put together as OpenType wants it: directory, checksums, padding."""
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(">LHHHH", 0x00010000, count, 16 << power, power, 16 * count - (16 << power))
    directory, body, start = b"", b"", 12 + 16 * count
    for tag, table in sorted(tables.items()):
        directory += struct.pack(">4sLLL", tag.encode("ascii"), _checksum(table), start + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    file = bytearray(header + directory + body)
    at = 12 + 16 * sorted(tables).index("head")
    (head,) = struct.unpack_from(">L", file, at + 8)
    struct.pack_into(">L", file, head + 8, (CHECKSUM_OF_ALL - _checksum(bytes(file))) & 0xFFFFFFFF)
    return bytes(file)


def _checksum(raw: bytes) -> int:
    words = array("I")
    words.frombytes(raw + bytes(-len(raw) % 4))
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF
