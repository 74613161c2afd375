"""Every character that a household register may hold prints, and copies back out of the PDF as itself."""

import subprocess
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from taizhang_printing.composing import PRIVATE_USE, Faces
from taizhang_printing.document import Document, deflate
from taizhang_printing.drawing import Sheet
from taizhang_printing.fonts import FontFace

LISTED = Path(__file__).parents[1] / "data" / "characters" / "tgh-2013.txt"
TWO_BYTES = [bytes((high, low)) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF) if low != 0x7F]
"""The two-byte codes of GB 18030, 双字节部分."""

IN_2022 = "ḿ︐︑︒︓︔︕︖︗︘︙𠂇𠂉𠃌𡗗𢦏𤇾"
"""What the edition of 2022 has there and Python's codec, of the edition of 2000, leaves to private use."""

FOUR_BYTES = (range(0x3400, 0x4DB6), range(0x9FA6, 0x9FF0))
LEVEL_3 = (
    *(range(0x20000, 0x2A6D7), range(0x2A700, 0x2B735), range(0x2B740, 0x2B81E), range(0x2B820, 0x2CEA2)),
    range(0x2CEB0, 0x2EBE1),
)
NAMES = ("李㛃", "李䶮𬭎", "𫖯", "王𡛕", "𠮷", "玥珺喆堃祎昇", "阿卜杜·热西提·买买提")
PER_LINE, LEADING, SIZE = 100, 12, 8
Codes = Callable[[bytes], list[str]]


def listed() -> str:
    """通用规范汉字表."""
    lines = LISTED.read_text(encoding="utf-8").splitlines()
    return "".join(line for line in lines if not line.startswith("#"))


def level_2() -> list[str]:
    """All of the two-byte part, the four-byte hanzi of level 1, and 通用规范汉字表 (GB 18030-2022, 4 and annex)."""
    coded = (code.decode("gb18030") for code in TWO_BYTES)
    shown = [sign for sign in coded if not sign.isspace() and not any(ord(sign) in area for area in PRIVATE_USE)]
    more = [chr(point) for block in FOUR_BYTES for point in block]
    return list(dict.fromkeys([*shown, *IN_2022, *more, *listed()]))


def level_3() -> list[str]:
    """The hanzi of extensions B to F."""
    return [chr(point) for block in LEVEL_3 for point in block]


def paper(lines: Iterable[str], face: FontFace) -> bytes:
    """The lines on one page."""
    document = Document(Faces(), title="字样", author="台账", made_at=datetime(2026, 11, 24, tzinfo=UTC))
    sheet, at = Sheet(document.composer), 0
    for at, line in enumerate(lines, 1):
        measured = document.composer.measure(line, face, field="字样")
        sheet.text((LEADING, -at * LEADING), measured, face, SIZE)
    height = (at + 1) * LEADING
    document.add_page((PER_LINE + 4) * SIZE, height, deflate(f"1 0 0 1 0 {height} cm\n{sheet.content()}"))
    return document.to_bytes()


def copied(content: bytes, folder: Path) -> list[str]:
    """The lines that another program copies out."""
    path = folder / "paper.pdf"
    path.write_bytes(content)
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    assert done.stderr == b""
    return done.stdout.decode().rstrip("\f").splitlines()


def in_lines(signs: list[str]) -> list[str]:
    return ["".join(signs[at : at + PER_LINE]) for at in range(0, len(signs), PER_LINE)]


def test_the_lists_are_whole() -> None:
    signs = level_2()
    assert len(listed()) == len(set(listed())) == 8105
    hanzi = [sign for sign in signs if "\u3400" <= sign <= "\u9fff" or sign >= "\U00020000"]
    assert len(hanzi) == 6582 + 20_976 + 196 + len("𠂇𠂉𠃌𡗗𢦏𤇾")
    assert {*"㛃䶮𬭎𫖯"} <= set(signs)


def test_every_character_of_level_2_prints_and_copies_back_as_itself(codes: Codes, tmp_path: Path) -> None:
    lines = in_lines(level_2())
    content = paper(lines, FontFace.FANGSONG)
    assert copied(content, tmp_path) == lines
    assert "0000" not in codes(content), ".notdef is never shown"


@pytest.mark.parametrize("face", [FontFace.SONG_BOLD, FontFace.HEI_MEDIUM, FontFace.KAI])
def test_every_character_of_the_standard_list_does_in_the_other_faces(
    face: FontFace, codes: Codes, tmp_path: Path
) -> None:
    lines = in_lines(list(listed()))
    content = paper(lines, face)
    assert copied(content, tmp_path) == lines
    assert "0000" not in codes(content)


def test_every_hanzi_of_level_3_does_too(codes: Codes, tmp_path: Path) -> None:
    lines = in_lines(level_3())
    content = paper(lines, FontFace.FANGSONG)
    assert copied(content, tmp_path) == lines
    assert "0000" not in codes(content)


@pytest.mark.parametrize("face", FontFace)
def test_the_names_that_other_programs_cannot_print_do(face: FontFace, codes: Codes, tmp_path: Path) -> None:
    content = paper(NAMES, face)
    assert copied(content, tmp_path) == list(NAMES)
    assert "0000" not in codes(content)
