"""A face inside a PDF: one Type0 font with Identity-H encoding and one subset (ISO 32000-1, 9.7), whatever it is asked for.

reportlab's own TrueType fonts are cut into slices of 256 glyphs and write a wrong ToUnicode map beyond the BMP.
"""

import hashlib

from reportlab.pdfbase.pdfdoc import (
    PDFArrayCompact,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFString,
    PDFZCompress,
)

from taizhang_printing.archival import Stream
from taizhang_printing.subset import Subset
from taizhang_printing.truetype import TrueType

FULL_WIDTH = 1000
SYMBOLIC = 4
MAP_ENTRIES = 100
"""As many entries as one ``beginbfchar`` may hold."""


class EmbeddedFace:
    """A face in one document. ``resource`` is the name that content streams call it by."""

    def __init__(self, face: TrueType, resource: str) -> None:
        """Nothing is embedded before a character is asked for."""
        self.subset = Subset(face)
        self.resource = resource

    def code(self, character: str) -> str:
        """The four hex digits that show the character; KeyError where the face has none."""
        return f"{self.subset.number(character):04X}"

    def embed(self, document: PDFDocument) -> None:
        """Add the font's objects to the document; once, when all pages are drawn."""
        face, raw = self.subset.face, self.subset.to_bytes()
        name = f"{_tag(raw)}+{face.name}"
        program = Stream(PDFDictionary({"Length1": len(raw)}), raw, [PDFZCompress])
        unicode_map = Stream(PDFDictionary({}), self._unicode_map().encode("ascii"), [PDFZCompress])
        descriptor = PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": PDFName(name),
                "Flags": SYMBOLIC,
                "FontBBox": PDFArrayCompact([round(side) for side in face.box]),
                "ItalicAngle": 0,
                "Ascent": round(face.ascent),
                "Descent": round(face.descent),
                "CapHeight": 700,
                "StemV": 80,
                "FontFile2": document.Reference(program),
            }
        )
        descendant = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName(name),
                "CIDSystemInfo": PDFDictionary(
                    {
                        "Registry": PDFString("Adobe"),
                        "Ordering": PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": document.Reference(descriptor),
                "DW": FULL_WIDTH,
                "W": self._widths(),
                "CIDToGIDMap": PDFName("Identity"),
            }
        )
        font = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": PDFName(name),
                "Encoding": PDFName("Identity-H"),
                "DescendantFonts": PDFArrayCompact([document.Reference(descendant)]),
                "ToUnicode": document.Reference(unicode_map),
            }
        )
        document.idToObject["BasicFonts"].dict[self.resource] = document.Reference(font)

    def _widths(self) -> PDFArrayCompact:
        """Runs of advances that are not FULL_WIDTH, each after the number it begins with."""
        entries: list[object] = []
        run: list[float] = []
        for number, advance in enumerate(self.subset.advances()):
            if round(advance, 2) == FULL_WIDTH:
                run = []
            else:
                if not run:
                    entries += [number, run]
                run.append(round(advance, 2))
        return PDFArrayCompact([PDFArrayCompact(each) if isinstance(each, list) else each for each in entries])

    def _unicode_map(self) -> str:
        """ToUnicode: what copying and searching give back, beyond the BMP as surrogate pairs (9.10.3)."""
        entries = [
            f"<{number:04X}> <{character.encode('utf-16-be').hex().upper()}>"
            for number, character in enumerate(self.subset.characters)
            if character
        ]
        blocks = []
        for at in range(0, len(entries), MAP_ENTRIES):
            block = entries[at : at + MAP_ENTRIES]
            blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
        return "\n".join(
            (
                "/CIDInit /ProcSet findresource begin",
                "12 dict begin",
                "begincmap",
                "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
                "/CMapName /Adobe-Identity-UCS def",
                "/CMapType 2 def",
                "1 begincodespacerange",
                "<0000> <FFFF>",
                "endcodespacerange",
                *blocks,
                "endcmap",
                "CMapName currentdict /CMap defineresource pop",
                "end",
                "end",
            )
        )


def _tag(raw: bytes) -> str:
    """Six capitals that tell this subset from others (9.6.4), from its content."""
    return "".join(chr(65 + byte % 26) for byte in hashlib.sha256(raw).digest()[:6])
