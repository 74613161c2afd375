"""The PC's own faces: found by the names in their files, refused with a reason, printed with what they have."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from taizhang_printing.composing import Composer, Faces
from taizhang_printing.document import Document, deflate
from taizhang_printing.drawing import Sheet
from taizhang_printing.fonts import FontFace, FontRole, InstalledFace
from taizhang_printing.installed_fonts import FAMILIES, font_folders, installed_fonts, read_installed
from taizhang_printing.trouble import UnfitFace, UnprintableCharacters

WINDOWS_CHINESE = 0x804
SQUARE = ((100, 0), (100, 700), (800, 700), (800, 0))


def made(family: str, text: str = "王秀英", *, chinese: str = "", allowed: int = 0, cff: bool = False) -> TTFont:
    """A face in which every character is a square, and .notdef too, 900 wide."""
    names = [".notdef", *(f"uni{ord(sign):04X}" for sign in text)]
    builder = FontBuilder(1000, isTTF=not cff)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(sign): f"uni{ord(sign):04X}" for sign in text})
    pen = T2CharStringPen(900, None) if cff else TTGlyphPen(None)
    pen.moveTo(SQUARE[0])
    for corner in SQUARE[1:]:
        pen.lineTo(corner)
    pen.closePath()
    if cff:
        builder.setupCFF("Made", {}, dict.fromkeys(names, pen.getCharString()), {})
    else:
        builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (900, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family.replace(" ", "")}, mac=False)
    if chinese:
        builder.font["name"].setName(chinese, 1, 3, 1, WINDOWS_CHINESE)
    builder.setupOS2(fsType=allowed)
    builder.setupPost()
    return builder.font


def saved(font: TTFont, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    font.save(path)
    return path


def printed(text: str, faces: Faces) -> tuple[str, list[str]]:
    """The text as it reads on the paper, and the names of the fonts it is in."""
    document = Document(faces, title="字样", author="台账", made_at=datetime(2026, 11, 24, tzinfo=UTC))
    sheet = Sheet(document.composer)
    sheet.text((40, 40), document.composer.measure(text, FontFace.FANGSONG, field="姓名"), FontFace.FANGSONG, 16)
    document.add_page(400, 100, deflate(sheet.content()))
    content = document.to_bytes()
    with pypdfium2.PdfDocument(content) as paper:
        shown = paper[0].get_textpage().get_text_range()
    return shown, [name.decode() for name in re.findall(rb"/FontName /[A-Z]{6}\+([\w-]+)", content)]


def test_faces_are_found_by_the_names_in_their_files_whatever_these_are_called(tmp_path: Path) -> None:
    saved(made("FangSong", chinese="仿宋"), tmp_path / "a" / "X1.TTF")
    saved(made("SimHei", chinese="黑体"), tmp_path / "b" / "deep" / "x2.ttf")
    saved(made("CESI楷体-GB2312"), tmp_path / "b" / "x3.ttf")
    saved(made("Times New Roman"), tmp_path / "b" / "x4.ttf")
    (tmp_path / "b" / "no font.ttf").write_bytes(b"hello")
    (tmp_path / "b" / "empty.ttf").touch()
    found = installed_fonts((tmp_path / "a", tmp_path / "b", tmp_path / "not there"))
    assert [(face.role, face.family, Path(face.path).name) for face in found.faces] == [
        (FontRole.BODY, "仿宋", "X1.TTF"),
        (FontRole.KAI, "CESI楷体-GB2312", "x3.ttf"),
        (FontRole.HEADING, "黑体", "x2.ttf"),
    ]
    assert found.unfit == ()
    assert [face.family for face in found.of(FontRole.KAI)] == ["CESI楷体-GB2312"]
    assert found.of(FontRole.TITLE) == ()


def test_the_preferred_of_a_role_comes_first_and_the_users_own_before_the_machines(tmp_path: Path) -> None:
    for folder in ("user", "machine"):
        saved(made("FangSong", chinese="仿宋"), tmp_path / folder / "simfang.ttf")
        saved(made("FangSong_GB2312", chinese="仿宋_GB2312"), tmp_path / folder / "z.ttf")
    found = installed_fonts((tmp_path / "user", tmp_path / "machine")).of(FontRole.BODY)
    assert [face.family for face in found] == ["仿宋_GB2312", "仿宋"]
    assert {Path(face.path).parent.name for face in found} == {"user"}


def test_a_face_in_a_collection_is_found_at_its_place_and_printed(tmp_path: Path) -> None:
    collection = TTCollection()
    collection.fonts = [made("Song"), made("Kaiti SC"), made("STFangsong", "王秀英", chinese="华文仿宋")]
    collection.save(tmp_path / "many.ttc")
    (face,) = installed_fonts((tmp_path,)).faces
    assert (face.family, face.index) == ("华文仿宋", 2)
    assert read_installed(face).name == "STFangsong"
    assert printed("王秀英", Faces((face,))) == ("王秀英", ["STFangsong"])


@pytest.mark.parametrize(
    ("font", "reason"),
    [
        pytest.param(made("FangSong", cff=True), "CFF", id="CFF outlines"),
        pytest.param(made("FangSong", allowed=0x0002), "不许把它嵌入文件", id="embedding forbidden"),
        pytest.param(made("FangSong", allowed=0x0108), "不许把它嵌入文件", id="no part of it may be embedded"),
        pytest.param(made("FangSong", allowed=0x0200), "不许把它嵌入文件", id="bitmaps only"),
    ],
)
def test_a_face_that_cannot_be_embedded_is_told_with_the_reason(tmp_path: Path, font: TTFont, reason: str) -> None:
    saved(font, tmp_path / "f.ttf")
    found = installed_fonts((tmp_path,))
    assert found.faces == ()
    (trouble,) = found.unfit
    assert "“FangSong”（f.ttf）" in trouble.happened
    assert reason in trouble.happened


@pytest.mark.parametrize(
    "allowed", [0x0000, 0x0004, 0x0008, 0x0006], ids=["installable", "print", "edit", "print, old"]
)
def test_a_face_whose_licence_lets_a_document_carry_it_is_offered(tmp_path: Path, allowed: int) -> None:
    saved(made("FangSong", allowed=allowed), tmp_path / "f.ttf")
    assert [face.family for face in installed_fonts((tmp_path,)).faces] == ["FangSong"]


def test_a_face_that_says_nothing_of_embedding_is_not_offered(tmp_path: Path) -> None:
    font = made("FangSong")
    del font["OS/2"]
    saved(font, tmp_path / "f.ttf")
    assert "不许把它嵌入文件" in installed_fonts((tmp_path,)).unfit[0].happened


def test_bold_and_slanted_cuts_are_not_taken_for_the_face(tmp_path: Path) -> None:
    for style in (1, 2):
        font = made("FangSong")
        font["head"].macStyle = style
        saved(font, tmp_path / f"{style}.ttf")
    assert installed_fonts((tmp_path,)).faces == ()


@pytest.mark.parametrize("table", ["glyf", "loca", "hmtx", "hhea", "head", "cmap", "maxp"])
def test_a_damaged_table_is_refused_before_a_paper_is_begun(tmp_path: Path, table: str) -> None:
    path = saved(made("FangSong"), tmp_path / "f.ttf")
    content = bytearray(path.read_bytes())
    (at,) = (at for at in range(12, 12 + 16 * content[5], 16) if content[at : at + 4] == table.encode())
    content[at + 12 : at + 16] = (2).to_bytes(4, "big")
    path.write_bytes(content)
    found = installed_fonts((tmp_path,))
    assert found.faces == ()
    assert "读不出来" in found.unfit[0].happened


def test_a_file_cut_short_is_refused_too(tmp_path: Path) -> None:
    path = saved(made("FangSong"), tmp_path / "f.ttf")
    path.write_bytes(path.read_bytes()[:-40])
    assert installed_fonts((tmp_path,)).faces == ()


def test_a_character_that_points_beyond_the_glyphs_is_one_that_the_face_lacks(tmp_path: Path) -> None:
    path = saved(made("FangSong"), tmp_path / "f.ttf")
    (chosen,) = installed_fonts((tmp_path,)).faces
    content = bytearray(path.read_bytes())
    (at,) = (at for at in range(12, 12 + 16 * content[5], 16) if content[at : at + 4] == b"maxp")
    places = int.from_bytes(content[at + 8 : at + 12], "big") + 4
    content[places : places + 2] = (2).to_bytes(2, "big")
    path.write_bytes(content)
    faces = Faces((chosen,))
    assert [faces.has(chosen, sign) for sign in "王秀英"] == [True, False, False]
    assert printed("王秀英", faces)[0] == "王秀英"


def test_what_the_chosen_face_lacks_comes_from_the_bundled_one_and_then_from_those_that_stand_in(
    tmp_path: Path,
) -> None:
    saved(made("FangSong", "王"), tmp_path / "f.ttf")
    faces = Faces(installed_fonts((tmp_path,)).faces)
    (chosen,) = installed_fonts((tmp_path,)).faces
    measured = Composer(faces).measure("王秀𡛕玥", FontFace.FANGSONG, field="姓名")
    assert measured.faces == [chosen, FontFace.FANGSONG, FontFace.LAST_RESORT, FontFace.SONG]
    assert list(measured.advances) == [900, 1000, 1000, 1000]
    assert printed("王秀𡛕玥", faces)[0] == "王秀𡛕玥"


def test_a_name_that_the_chosen_face_lacks_in_part_stands_whole_in_the_next_that_has_it(tmp_path: Path) -> None:
    saved(made("FangSong", "王"), tmp_path / "f.ttf")
    composer = Composer(Faces(installed_fonts((tmp_path,)).faces))
    assert composer.measure("王秀英", FontFace.FANGSONG, field="姓名", whole=True).face is FontFace.FANGSONG
    assert composer.measure("王王", FontFace.FANGSONG, field="姓名", whole=True).width == 1800


@pytest.mark.parametrize(
    "sign",
    [
        pytest.param("\ue863", id="private use"),
        pytest.param("\u200b", id="a blank without width"),
        pytest.param("\ufeff", id="a byte order mark"),
        pytest.param("\ufe00", id="a variation selector"),
    ],
)
def test_what_is_not_seen_or_looks_different_on_every_pc_is_not_printed_even_where_the_face_has_it(
    tmp_path: Path, sign: str
) -> None:
    saved(made("FangSong", f"王{sign}"), tmp_path / "f.ttf")
    (chosen,) = installed_fonts((tmp_path,)).faces
    faces = Faces((chosen,))
    assert faces.has(chosen, "王")
    assert not faces.has(chosen, sign)
    with pytest.raises(UnprintableCharacters, match=f"姓名“王{sign}”"):
        Composer(faces).measure(f"王{sign}", FontFace.FANGSONG, field="姓名")


def test_only_the_chosen_face_is_embedded_where_it_has_everything(tmp_path: Path) -> None:
    saved(made("FangSong"), tmp_path / "f.ttf")
    assert printed("王秀英", Faces(installed_fonts((tmp_path,)).faces)) == ("王秀英", ["FangSong"])
    assert printed("王秀英", Faces()) == ("王秀英", ["FandolFang-Regular"])


def test_one_chosen_for_headings_leaves_the_face_of_boxes_and_marks(tmp_path: Path) -> None:
    saved(made("SimHei", "王□☐"), tmp_path / "f.ttf")
    (chosen,) = installed_fonts((tmp_path,)).faces
    faces = Faces((chosen,))
    assert faces.chain(FontFace.HEI_MEDIUM)[0] == chosen
    assert {faces.chain(face)[0] for face in (FontFace.HEI, FontFace.KAI)} == {FontFace.HEI, FontFace.KAI}


@pytest.mark.parametrize("lost", ["gone", "another", "broken"])
def test_a_chosen_face_that_has_gone_is_told_once_and_the_bundled_one_prints(tmp_path: Path, lost: str) -> None:
    path = saved(made("FangSong"), tmp_path / "f.ttf")
    faces = Faces(installed_fonts((tmp_path,)).faces)
    if lost == "gone":
        path.unlink()
    elif lost == "another":
        saved(made("Other"), path)
    else:
        path.write_bytes(path.read_bytes()[:200])
    for _ in range(2):
        assert printed("王秀英", faces) == ("王秀英", ["FandolFang-Regular"])
    (trouble,) = faces.unfit
    assert trouble.happened == "电脑上的字体“FangSong”（f.ttf）找不到了"
    assert str(path) not in str(trouble)


def test_reading_a_face_that_has_gone_says_so() -> None:
    with pytest.raises(UnfitFace, match="找不到了"):
        read_installed(InstalledFace(FontRole.BODY, "仿宋", "/not/there/f.ttf"))


@pytest.mark.parametrize(
    ("platform", "environment", "folders"),
    [
        pytest.param(
            "win32",
            {"SYSTEMROOT": "C:/Windows", "LOCALAPPDATA": "C:/h/AppData/Local"},
            ("C:/Windows/Fonts", "C:/h/AppData/Local/Microsoft/Windows/Fonts"),
            id="Windows",
        ),
        pytest.param(
            "linux",
            {"HOME": "/h"},
            ("/h/.local/share/fonts", "/h/.fonts", "/usr/local/share/fonts", "/usr/share/fonts"),
            id="Linux",
        ),
        pytest.param(
            "linux",
            {"HOME": "/h", "XDG_DATA_HOME": "/d", "XDG_DATA_DIRS": "/opt/share:/usr/share"},
            ("/d/fonts", "/h/.fonts", "/opt/share/fonts", "/usr/share/fonts"),
            id="Linux with folders of its own",
        ),
    ],
)
def test_the_systems_font_folders(platform: str, environment: dict[str, str], folders: Sequence[str]) -> None:
    assert [each.as_posix() for each in font_folders(environment, platform)] == list(folders)


def test_a_choice_can_be_kept_as_a_setting(tmp_path: Path) -> None:
    saved(made("FangSong"), tmp_path / "f.ttf")
    chosen = installed_fonts((tmp_path,)).faces
    kept = msgspec.json.decode(msgspec.json.encode(chosen), type=tuple[InstalledFace, ...])
    assert kept == chosen
    assert printed("王秀英", Faces(kept)) == ("王秀英", ["FangSong"])


def test_no_family_is_known_for_two_roles() -> None:
    names = [name.casefold() for families in FAMILIES.values() for name in families]
    assert len(names) == len(set(names))


def test_a_chosen_face_gives_the_same_bytes_again(tmp_path: Path) -> None:
    saved(made("FangSong"), tmp_path / "f.ttf")
    chosen = installed_fonts((tmp_path,)).faces

    def paper() -> bytes:
        document = Document(Faces(chosen), title="字样", author="台账", made_at=datetime(2026, 11, 24, tzinfo=UTC))
        sheet = Sheet(document.composer)
        sheet.text((40, 40), "王秀英，李䶮", FontFace.FANGSONG, 16)
        document.add_page(400, 100, deflate(sheet.content()))
        return document.to_bytes()

    assert paper() == paper()
