"""What lets a paper be read rightly in decades (ISO 19005-2): its description as XMP, and what its colours mean.

Which parts of PDF/A-2b are met, and why no paper says that it is one: ``docs/decisions/0020-no-paper-claims-pdf-a.md``.
"""

import struct
from datetime import datetime
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import (
    PDFArrayCompact,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)

SRGB = "sRGB IEC61966-2.1"
BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
D50 = (0.9642, 1.0, 0.8249)
PRIMARIES = {"rXYZ": (0.4361, 0.2225, 0.0139), "gXYZ": (0.3851, 0.7169, 0.0971), "bXYZ": (0.1431, 0.0606, 0.7141)}
"""Of sRGB, adapted to D50 (IEC 61966-2-1, ICC.1 annex E)."""

BEND = 0.04045
CURVE_STEPS = 256
"""As many points of the curve of sRGB as there are values of eight bits."""


class Stream(PDFStream):  # type: ignore[misc]  # reportlab has no types
    """A stream whose end stands on a line of its own, as ISO 32000-1, 7.3.8 wants and reportlab forgets."""

    def format(self, document: PDFDocument) -> bytes:
        """The object as it stands in the file."""
        written: bytes = super().format(document)
        return written.removesuffix(b"endstream\n") + b"\nendstream\n"


def describe(document: PDFDocument, *, title: str, author: str, producer: str, made_at: datetime) -> None:
    """Add the description and the output intent to the document's catalogue."""
    packet = _packet(title=title, author=author, producer=producer, made_at=made_at)
    kind = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
    profile = document.Reference(Stream(PDFDictionary({"N": 3}), srgb_profile(), [PDFZCompress]))
    intent = {
        "Type": PDFName("OutputIntent"),
        "S": PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": PDFString(SRGB),
        "Info": PDFString(SRGB),
        "DestOutputProfile": profile,
    }
    catalogue = document.Catalog
    catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "OutputIntents"]
    catalogue.Metadata = Stream(PDFDictionary(kind), packet.encode())
    catalogue.OutputIntents = PDFArrayCompact([PDFDictionary(intent)])


def _packet(*, title: str, author: str, producer: str, made_at: datetime) -> str:
    """XMP (ISO 16684-1) that says the same as the document information dictionary."""

    def one_of(kind: str, value: str, lang: str = "") -> str:
        return f"<rdf:{kind}><rdf:li{lang}>{escape(value)}</rdf:li></rdf:{kind}>"

    moment, default = made_at.isoformat(timespec="seconds"), ' xml:lang="x-default"'
    properties = {
        "dc:format": "application/pdf",
        "dc:title": one_of("Alt", title, default),
        "dc:description": one_of("Alt", title, default),
        "dc:creator": one_of("Seq", author),
        "pdf:Producer": escape(producer),
        "pdf:Keywords": "",
        "xmp:CreatorTool": escape(producer),
        "xmp:CreateDate": moment,
        "xmp:ModifyDate": moment,
    }
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    said = "\n".join(f"<{name}>{value}</{name}>" for name, value in properties.items())
    return (
        f'{BEGIN}\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n<rdf:Description rdf:about="" {spaces}>\n'
        f'{said}\n</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="r"?>'
    )


def srgb_profile() -> bytes:
    """The colour space sRGB as an ICC profile of version 2.4, which every reader knows, written from its definition."""
    steps = [round(65535 * _linear(step / (CURVE_STEPS - 1))) for step in range(CURVE_STEPS)]
    curve = b"curv" + bytes(4) + struct.pack(f">L{CURVE_STEPS}H", CURVE_STEPS, *steps)
    name = SRGB.encode("ascii") + b"\0"
    tags = {
        "desc": b"desc" + bytes(4) + struct.pack(">L", len(name)) + name + bytes(4 + 4 + 2 + 1 + 67),
        "cprt": b"text" + bytes(4) + b"No copyright, use freely\0",
        "wtpt": b"XYZ " + bytes(4) + _fixed(*D50),
        **{tag: b"XYZ " + bytes(4) + _fixed(*place) for tag, place in PRIMARIES.items()},
        **dict.fromkeys(("rTRC", "gTRC", "bTRC"), curve),
    }
    start = 128 + 4 + 12 * len(tags)
    directory, body, places = struct.pack(">L", len(tags)), b"", dict[bytes, int]()
    for tag, value in tags.items():
        if value not in places:
            places[value] = start + len(body)
            body += value + bytes(-len(value) % 4)
        directory += struct.pack(">4sLL", tag.encode(), places[value], len(value))
    header = struct.pack(
        ">L4sL4s4s4s6H4s4sL4s4sQL12s48s",
        *(start + len(body), bytes(4), 0x02400000, b"mntr", b"RGB ", b"XYZ ", 2026, 1, 1, 0, 0, 0, b"acsp", bytes(4)),
        *(0, bytes(4), bytes(4), 0, 0, _fixed(*D50), bytes(48)),
    )
    return header + directory + body


def _fixed(*numbers: float) -> bytes:
    """s15Fixed16Number."""
    return struct.pack(f">{len(numbers)}l", *(round(number * 65536) for number in numbers))


def _linear(value: float) -> float:
    """The light that a value of sRGB stands for (IEC 61966-2-1)."""
    return value / 12.92 if value <= BEND else ((value + 0.055) / 1.055) ** 2.4
