"""Make the bundled fonts anew: fetch by package name, convert to TrueType, cut, and write ``SOURCES.md``.

For developers, on Debian, with ``apt-get`` and ``npm`` set up as usual; nobody who runs or installs Taizhang needs it::

    .venv/bin/python printing/build_fonts.py

The same packages give the same bytes. Cutting drops hinting, layout tables and whatever a print never asks for; what is
added is said in :func:`add_signs`.
"""  # noqa: INP001 - a script, not a package

import bz2
import gzip
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path

import msgspec
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

Contour = tuple[tuple[int, int], ...]

FONTS = Path(__file__).parent / "taizhang_printing" / "fonts"

CURVE_ERROR = 1.0
"""How far a converted outline may lie beside the original, in 1/1000 em; 0.006 mm at 16 pt."""

VERSION_NAME = 5
"""The record of the name table that holds the version."""

FAMILY_NAME, UNIQUE_NAME, FULL_NAME, POSTSCRIPT_NAME = 1, 3, 4, 6
SHOWN_NAMES = (FAMILY_NAME, UNIQUE_NAME, FULL_NAME, POSTSCRIPT_NAME, 16, 17)

SIGNS = range(0x20, 0x2E80), range(0x3000, 0x3100), range(0x3200, 0x3400), range(0xFF00, 0xFFF0)
"""Latin, digits, punctuation, arrows, boxes, marks, kana, squared signs, full-width forms: every face keeps what it has."""

DROPPED = ("BASE", "VORG", "vhea", "vmtx", "GDEF", "GPOS", "GSUB", "STAT", "gasp", "FFTM", "prop", "GlyphOrder")


class Client(Enum):
    """Whose package it is."""

    DEBIAN = "Debian"
    NPM = "npm"


class Package(msgspec.Struct, frozen=True):
    """A package by the name that its ordinary client knows; npm's are pinned here, Debian's by the release in use."""

    client: Client
    name: str
    version: str = ""


TEXLIVE = Package(Client.DEBIAN, "texlive-lang-chinese")
HANAZONO = Package(Client.DEBIAN, "fonts-hanazono")
WENKAI = Package(Client.DEBIAN, "fonts-lxgw-wenkai")
UNICODE = Package(Client.DEBIAN, "unicode-data")
SERIF = Package(Client.NPM, "@expo-google-fonts/noto-serif-sc", "0.4.3")
SANS = Package(Client.NPM, "@expo-google-fonts/noto-sans-sc", "0.4.3")


class Face(msgspec.Struct, frozen=True, kw_only=True):
    """One bundled file: where it is cut from, and which code points it keeps.

    ``renamed`` is what a changed version is called whose licence reserves the name of the original.
    """

    file: str
    use: str
    package: Package
    member: str
    keeps: str
    licence: str
    renamed: str = ""


EVERYTHING = "everything"
COMMON = "GB 2312, 通用规范汉字表, signs"
REST = "what NotoSerifSC-Regular lacks"

FACES = (
    Face(
        file="FandolFang-Regular.ttf",
        use="仿宋: letters, ledger",
        package=TEXLIVE,
        member="usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf",
        keeps=EVERYTHING,
        licence="LICENCE-FandolFang.txt",
    ),
    Face(
        file="NotoSerifSC-Regular.ttf",
        use="宋: what 仿宋 lacks",
        package=SERIF,
        member="package/400Regular/NotoSerifSC_400Regular.ttf",
        keeps=EVERYTHING,
        licence="LICENCE-NotoSerifSC.txt",
    ),
    Face(
        file="NotoSerifSC-Bold.ttf",
        use="宋, bold: titles",
        package=SERIF,
        member="package/700Bold/NotoSerifSC_700Bold.ttf",
        keeps=COMMON,
        licence="LICENCE-NotoSerifSC.txt",
    ),
    Face(
        file="NotoSansSC-Regular.ttf",
        use="黑: the window",
        package=SANS,
        member="package/400Regular/NotoSansSC_400Regular.ttf",
        keeps=COMMON,
        licence="LICENCE-NotoSansSC.txt",
    ),
    Face(
        file="NotoSansSC-Medium.ttf",
        use="黑: heads of tables",
        package=SANS,
        member="package/500Medium/NotoSansSC_500Medium.ttf",
        keeps=COMMON,
        licence="LICENCE-NotoSansSC.txt",
    ),
    Face(
        file="TaizhangKai-Regular.ttf",
        use="楷: the name of who signs, remarks",
        package=WENKAI,
        member="usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
        keeps=COMMON,
        licence="LICENCE-TaizhangKai.txt",
        renamed="Taizhang Kai",
    ),
    Face(
        file="HanaMinB.ttf",
        use="last resort",
        package=HANAZONO,
        member="usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
        keeps=REST,
        licence="LICENCE-HanaMinB.txt",
    ),
)

LICENCES = {
    "LICENCE-FandolFang.txt": (
        TEXLIVE,
        ("usr/share/doc/texlive-doc/fonts/fandol/README", "usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz"),
    ),
    "LICENCE-NotoSerifSC.txt": (SERIF, ("package/LICENSE_FONT",)),
    "LICENCE-NotoSansSC.txt": (SANS, ("package/LICENSE_FONT",)),
    "LICENCE-TaizhangKai.txt": (WENKAI, ("usr/share/doc/fonts-lxgw-wenkai/copyright",)),
    "LICENCE-HanaMinB.txt": (HANAZONO, ("usr/share/doc/fonts-hanazono/copyright",)),
}


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """A package as it came: its version, the SHA-256 of its archive, and the folder it is unpacked in."""

    version: str
    sha256: str
    folder: Path


def run(folder: Path, *command: str) -> str:
    """What a client prints; CalledProcessError where it fails."""
    program = shutil.which(command[0])
    if program is None:
        raise FileNotFoundError(command[0])
    return subprocess.run([program, *command[1:]], cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout


def fetch(package: Package, into: Path) -> Fetched:
    """Download and unpack a package in an empty folder."""
    into.mkdir()
    if package.client is Client.DEBIAN:
        run(into, "apt-get", "download", package.name)
        archive = next(into.glob("*.deb"))
        version = run(into, "dpkg-deb", "--field", archive.name, "Version").strip()
        run(into, "dpkg-deb", "--extract", archive.name, "unpacked")
    else:
        run(into, "npm", "pack", "--silent", f"{package.name}@{package.version}")
        archive, version = next(into.glob("*.tgz")), package.version
        (into / "unpacked").mkdir()
        run(into, "tar", "--extract", "--gzip", f"--file={archive.name}", "--directory=unpacked")
    return Fetched(version=version, sha256=hashlib.sha256(archive.read_bytes()).hexdigest(), folder=into / "unpacked")


def common_characters(unihan: Path) -> set[int]:
    """The characters of daily life and of names: GB 2312, 通用规范汉字表 (2013, kTGH of Unihan), and all signs."""
    text = bz2.decompress(unihan.read_bytes()).decode()
    listed = {int(point, 16) for point in re.findall(r"^U\+([0-9A-F]+)\tkTGH\t", text, re.MULTILINE)}
    rows = (bytes((high, low)).decode("gb2312", "ignore") for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    return listed | {ord(sign) for row in rows for sign in row} | {point for block in SIGNS for point in block}


def to_truetype(font: TTFont) -> None:
    """Replace CFF outlines by quadratic ones, within CURVE_ERROR."""
    glyphs, outlines = font.getGlyphSet(), newTable("glyf")
    outlines.glyphOrder = font.getGlyphOrder()
    outlines.glyphs = {}
    for name in outlines.glyphOrder:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, CURVE_ERROR, reverse_direction=True))
        outlines.glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), outlines
    profile = font["maxp"]
    profile.tableVersion = 0x00010000
    for field in ("Zones", "TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements"):
        setattr(profile, f"max{field}", 0)
    profile.maxZones = 1
    profile.maxSizeOfInstructions = profile.maxComponentElements = 0
    font["post"].formatType = 3.0
    for gone in ("CFF ", "VORG"):
        del font[gone]
    font.sfntVersion = "\x00\x01\x00\x00"


def add_signs(font: TTFont) -> None:
    """Draw ✗ ☐ ☑, which the window shows and the Noto faces lack: strokes of the weight and size of their ✓ and □."""
    square: Contour = ((120, -40), (880, -40), (880, 720), (120, 720))
    hollow: Contour = ((180, 20), (180, 660), (820, 660), (820, 20))
    tick: Contour = ((270, 360), (220, 310), (440, 90), (790, 550), (735, 595), (435, 200))
    cross: Contour = ((230, 80), (500, 310), (770, 80), (820, 130), (552, 360), (820, 590), (770, 640), (500, 410))
    cross += ((230, 640), (180, 590), (448, 360), (180, 130))
    signs: dict[int, tuple[Contour, ...]] = {
        0x2717: (cross,),
        0x2610: (square, hollow),
        0x2611: (square, hollow, tick),
    }
    order = list(font.getGlyphOrder())
    for point, contours in signs.items():
        pen = TTGlyphPen(None)
        for contour in contours:
            pen.moveTo(contour[0])
            for corner in contour[1:]:
                pen.lineTo(corner)
            pen.closePath()
        name = f"uni{point:04X}"
        order.append(name)
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = (1000, min(x for contour in contours for x, _ in contour))
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[point] = name
    font.setGlyphOrder(order)


def cut(font: TTFont, points: set[int]) -> None:
    """Keep these code points and drop hinting, layout and names that nobody shows."""
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.glyph_names = False
    options.notdef_outline = True
    options.drop_tables += DROPPED
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 8, 13, 14, 16, 17]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)


def rename(font: TTFont, name: str) -> None:
    """Call a changed version by a name of our own wherever its name is shown."""
    names = font["name"]
    for record in SHOWN_NAMES:
        names.removeNames(nameID=record)
    plain = name.replace(" ", "")
    own = {FAMILY_NAME: name, UNIQUE_NAME: f"{plain}-Regular", FULL_NAME: name, POSTSCRIPT_NAME: f"{plain}-Regular"}
    for record, value in own.items():
        names.setName(value, record, 3, 1, 0x409)


def make(face: Face, source: Path, keeps: Callable[[str, set[int]], set[int]]) -> set[int]:
    """Write one face; the code points it covers."""
    font = TTFont(source, recalcTimestamp=False)
    if "CFF " in font:
        to_truetype(font)
    elif face.package is SANS:
        add_signs(font)
    cut(font, keeps(face.keeps, set(font.getBestCmap())))
    version = next(record for record in font["name"].names if record.nameID == VERSION_NAME)
    font["name"].setName(f"{version}; converted and cut for Taizhang", VERSION_NAME, 3, 1, 0x409)
    if face.renamed:
        rename(font, face.renamed)
    font.save(FONTS / face.file)
    return set(font.getBestCmap())


def licence_text(folder: Path, members: tuple[str, ...]) -> str:
    """The licence as the package has it."""
    parts = []
    for member in members:
        raw = (folder / member).read_bytes()
        parts.append((gzip.decompress(raw) if member.endswith(".gz") else raw).decode())
    return "\n\n".join(part.strip().replace("\r\n", "\n") for part in parts) + "\n"


def sources(fetched: Mapping[Package, Fetched], covered: Mapping[str, int]) -> str:
    """The page that says where each face is from."""
    lines = [
        "# Where the fonts are from",
        "",
        "Made by `printing/build_fonts.py`, which fetches the packages below by name, converts CFF outlines to TrueType",
        "(FandolFang), draws ✗ ☐ ☑ (NotoSansSC), and cuts hinting, layout tables and unneeded characters. All seven are",
        "therefore changed versions; the name table says so. The chain of faces is `taizhang_printing/fonts.py`.",
        "",
        "FandolFang: GPL version 3 with the font exception, which extends to this changed version: a document may embed it.",
        "Its source is the Debian package named here. NotoSerifSC, NotoSansSC: SIL Open Font License 1.1. HanaMinB: of the two",
        "licences offered, the Hanazono Font License. TaizhangKai is LXGW WenKai (霞鹜文楷) under a name of our own, because its",
        "SIL Open Font License 1.1 reserves the names “LXGW” and “霞鹜” for the original.",
        "",
        "| file | for | keeps | characters | package | licence | sha256 |",
        "|---|---|---|---|---|---|---|",
    ]
    for face in FACES:
        digest = hashlib.sha256((FONTS / face.file).read_bytes()).hexdigest()
        row = (face.file, face.use, face.keeps, str(covered[face.file]), face.package.name, face.licence, f"`{digest}`")
        lines.append(f"| {' | '.join(row)} |")
    lines += ["", "| package | of | version | sha256 of the archive |", "|---|---|---|---|"]
    lines += [
        f"| {package.name} | {package.client.value} | {got.version} | `{got.sha256}` |"
        for package, got in fetched.items()
    ]
    lines += ["", "`unicode-data` gives the list of 通用规范汉字表 (kTGH) by which four faces are cut.", ""]
    return "\n".join(lines)


def main() -> None:
    """Fetch, make, describe."""
    FONTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        packages = (TEXLIVE, HANAZONO, WENKAI, UNICODE, SERIF, SANS)
        fetched = {package: fetch(package, Path(name) / str(at)) for at, package in enumerate(packages)}
        common = common_characters(fetched[UNICODE].folder / "usr/share/unicode/Unihan_OtherMappings.txt.bz2")
        serif = {
            point
            for face in FACES
            if face.file == "NotoSerifSC-Regular.ttf"
            for point in TTFont(fetched[face.package].folder / face.member, lazy=True).getBestCmap()
        }
        choices: dict[str, Callable[[set[int]], set[int]]] = {
            EVERYTHING: lambda has: has,
            COMMON: lambda has: has & common,
            REST: lambda has: has - serif,
        }
        covered = {}
        for face in FACES:
            source = fetched[face.package].folder / face.member
            covered[face.file] = len(make(face, source, lambda kept, has: choices[kept](has)))
            sys.stderr.write(f"{face.file}: {covered[face.file]} characters\n")
        for file, (package, members) in LICENCES.items():
            (FONTS / file).write_text(licence_text(fetched[package].folder, members), encoding="utf-8", newline="\n")
        (FONTS / "SOURCES.md").write_text(sources(fetched, covered), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
