"""The bundled faces: complete, licensed, as described; and read, cut and embedded rightly."""

import hashlib
import io
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from taizhang_printing.composing import Composer, Faces
from taizhang_printing.fonts import FontFace, chain, font_path
from taizhang_printing.subset import Subset
from taizhang_printing.truetype import NotTrueTypeError, TrueType, read_truetype

GB_18030_2022 = (
    *((0x4E00, 0x9FF0), (0x3400, 0x4DB6), (0x20000, 0x2A6D7), (0x2A700, 0x2B735), (0x2B740, 0x2B81E)),
    *((0x2B820, 0x2CEA2), (0x2CEB0, 0x2EBE1), (0xFA0E, 0xFA10), (0xFA11, 0xFA12), (0xFA13, 0xFA15)),
    *((0xFA1F, 0xFA20), (0xFA21, 0xFA22), (0xFA23, 0xFA25), (0xFA27, 0xFA2A)),
)
"""Its hanzi as half-open ranges: the unified ones of the BMP and of extensions A to F."""


def opened(path: Path) -> TTFont:
    """The file as fontTools reads it, whole in memory."""
    return TTFont(io.BytesIO(path.read_bytes()))


@pytest.fixture(scope="module")
def faces() -> Faces:
    return Faces()


@pytest.mark.parametrize("face", FontFace)
def test_each_file_is_the_one_described_and_its_licence_lies_beside_it(face: FontFace) -> None:
    path = font_path(face)
    described = (path.parent / "SOURCES.md").read_text(encoding="utf-8")
    (row,) = (line for line in described.splitlines() if line.startswith(f"| {face.value} |"))
    *_, licence, digest, _ = (cell.strip() for cell in row.split("|"))
    assert digest == f"`{hashlib.sha256(path.read_bytes()).hexdigest()}`"
    assert (path.parent / licence).stat().st_size > 1000


def test_a_changed_version_does_not_bear_a_name_that_its_licence_reserves() -> None:
    shown = {record.nameID: str(record) for record in opened(font_path(FontFace.KAI))["name"].names}
    for record in (1, 3, 4, 6):
        assert "Kai" in shown[record]
        assert not any(reserved in shown[record] for reserved in ("LXGW", "霞鹜", "WenKai"))
    assert "LXGW" in shown[0], "the copyright of its maker stays"


def test_letters_can_print_every_hanzi_of_gb_18030_2022(faces: Faces) -> None:
    points = [point for first, end in GB_18030_2022 for point in range(first, end)]
    assert len(points) == 87_887
    covered = set().union(*(faces[face].glyphs for face in chain(FontFace.FANGSONG)))
    assert [hex(point) for point in points if point not in covered] == []


def test_kai_has_the_characters_of_daily_life_and_of_names(faces: Faces) -> None:
    rows = (bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    wanted = {*"".join(rows), *"玥珺喆堃祎昇䶮㛃𬭎𫖯", *"、。，；：？！“”‘’（）《》〔〕·—…％0Aa"}
    assert [sign for sign in wanted if not faces.has(FontFace.KAI, sign)] == []


@pytest.mark.parametrize("face", [FontFace.HEI, FontFace.HEI_MEDIUM])
def test_the_window_has_the_characters_of_daily_life_names_and_its_marks(faces: Faces, face: FontFace) -> None:
    rows = (bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    wanted = {*"".join(rows), *"玥珺喆堃祎昇䶮㛃𬭎𫖯", *"→←↑↓✓✗☐☑□■●○▲▼★、。，；：？！“”‘’（）《》【】〔〕·—…％0Aa"}
    assert [sign for sign in wanted if not faces.has(face, sign)] == []


@pytest.mark.parametrize("face", FontFace)
def test_a_face_is_read_as_fonttools_reads_it(faces: Faces, face: FontFace) -> None:
    read, known = faces[face], opened(font_path(face))
    names = known.getGlyphOrder()
    assert {point: names[glyph] for point, glyph in read.glyphs.items()} == known.getBestCmap()
    assert list(read.widths) == [known["hmtx"][name][0] for name in names]
    assert read.name == known["name"].getDebugName(6)


def test_a_face_with_the_old_kind_of_character_map_is_read_too(tmp_path: Path) -> None:
    font = opened(font_path(FontFace.FANGSONG))
    tables = font["cmap"].tables
    assert {table.format for table in tables} == {4}
    assert read_truetype(font_path(FontFace.FANGSONG)).glyphs.keys() == font.getBestCmap().keys()
    order = font.getGlyphOrder()
    shuffled = {point: order[1 + at * 7 % (len(order) - 1)] for at, point in enumerate(font.getBestCmap())}
    for table in tables:
        table.cmap = shuffled
    path = tmp_path / "shuffled.ttf"
    font.save(path)
    assert {point: order[glyph] for point, glyph in read_truetype(path).glyphs.items()} == shuffled


@pytest.mark.parametrize("lost", ["glyf", "cmap"])
def test_a_file_without_outlines_or_character_map_is_refused(tmp_path: Path, lost: str) -> None:
    content = bytearray(font_path(FontFace.HEI).read_bytes())
    at = content.index(lost.encode())
    content[at : at + 4] = b"zzzz"
    path = tmp_path / "broken.ttf"
    path.write_bytes(content)
    with pytest.raises(NotTrueTypeError, match="broken"):
        read_truetype(path)


def drawn(font: TTFont, name: str) -> list[object]:
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    value: list[object] = pen.value
    return value


def cut(face: TrueType, text: str) -> TTFont:
    subset = Subset(face)
    assert [subset.number(sign) for sign in text] == list(range(1, len(text) + 1))
    return TTFont(io.BytesIO(subset.to_bytes()), checkChecksums=2)


@pytest.mark.parametrize(
    ("face", "text"),
    [
        pytest.param(FontFace.FANGSONG, "镇街 201王", id="仿宋"),
        pytest.param(FontFace.SONG, "李䶮𬭎玥一⼀", id="宋, two characters that share an outline"),
        pytest.param(FontFace.LAST_RESORT, "𡛕𠮷", id="last resort, 1024 units to the em"),
    ],
)
def test_what_is_embedded_has_the_same_outlines_and_widths(faces: Faces, face: FontFace, text: str) -> None:
    whole, part = opened(font_path(face)), cut(faces[face], text)
    names, numbers = whole.getBestCmap(), part.getGlyphOrder()
    for number, sign in enumerate(text, 1):
        name = names[ord(sign)]
        assert drawn(part, numbers[number]) == drawn(whole, name), sign
        assert part["hmtx"][numbers[number]] == whole["hmtx"][name], sign


def test_an_outline_composed_of_others_brings_them_along(tmp_path: Path) -> None:
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "bar", "dot", "both"])
    builder.setupCharacterMap({0x4E00: "bar", 0x4E8C: "both"})
    glyphs = {}
    for name, size in ((".notdef", 10), ("bar", 500), ("dot", 50)):
        pen = TTGlyphPen(None)
        pen.moveTo((0, 0))
        for corner in ((0, size), (size, size), (size, 0)):
            pen.lineTo(corner)
        pen.closePath()
        glyphs[name] = pen.glyph()
    pen = TTGlyphPen(glyphs)
    pen.addComponent("bar", (1, 0, 0, 1, 20, 600))
    pen.addComponent("dot", (0.5, 0, 0, 0.5, 0, 0))
    builder.setupGlyf(glyphs | {"both": pen.glyph()})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "bar", "dot", "both"), (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"psName": "Made"})
    builder.setupOS2()
    builder.setupPost()
    path = tmp_path / "made.ttf"
    builder.save(path)
    whole, part = opened(path), cut(read_truetype(path), "二一")
    assert drawn(part, part.getGlyphOrder()[1]) == drawn(whole, "both")
    assert drawn(part, part.getGlyphOrder()[2]) == drawn(whole, "bar")


@pytest.mark.parametrize(
    ("name", "shown_by"),
    [
        pytest.param("王秀英", [FontFace.FANGSONG], id="a common name in the face asked for"),
        pytest.param("李䶮𬭎", [FontFace.SONG], id="a name that one other face has, wholly in that"),
        pytest.param("玥珺喆堃祎昇", [FontFace.SONG], id="a modern given name, wholly in 宋"),
        pytest.param(
            "王𡛕", [FontFace.FANGSONG, FontFace.LAST_RESORT], id="a name that no face has alone, by character"
        ),
        pytest.param("𠮷", [FontFace.LAST_RESORT], id="a character of the last resort"),
        pytest.param("阿卜杜·热西提", [FontFace.FANGSONG], id="a name with its dot"),
    ],
)
def test_a_name_falls_through_the_chain(faces: Faces, name: str, shown_by: list[FontFace]) -> None:
    measured = Composer(faces).measure(name, FontFace.FANGSONG, field="户主姓名", whole=True)
    assert list(dict.fromkeys(measured.faces or [measured.face])) == shown_by
    assert measured.width == 1000 * len(name)
