"""The modules of a page's code, compared with those of segno, another maker of QR codes."""

import random
import subprocess
from pathlib import Path

import pytest
import segno
from PIL import Image
from taizhang_printing.code_matrix import SIGNS, code_rows

WORD = 8
LENGTHS = (*range(1, 60), 100, 103, 130, 150, 151, 152, 153, 199, 250, 300, 400)


def text_of(length: int) -> str:
    """Signs by chance, the last a letter so that it is no number."""
    chance = random.Random(length)  # noqa: S311 - the same texts each time
    return "".join(chance.choice("".join(SIGNS)) for _ in range(length - 1)) + "Z"


def ends_a_word(length: int, version: int) -> bool:
    """Whether the bits end where a word does: there segno puts a word of zeros behind, which the standard has not."""
    counted = 9 if version <= 9 else 11
    return (4 + counted + length // 2 * 11 + length % 2 * 6 + 4) % WORD == 0


def test_a_code_has_the_modules_that_another_maker_gives_it() -> None:
    compared = 0
    for length in LENGTHS:
        other = segno.make_qr(text_of(length), error="m", boost_error=True)
        if not ends_a_word(length, int(other.version)):
            assert code_rows(text_of(length)) == ["".join(map(str, row)) for row in other.matrix], length
            compared += 1
    assert compared > 0.8 * len(LENGTHS)


def scanned(rows: list[str], folder: Path) -> str:
    """What a scanner reads."""
    picture = Image.new("L", (len(rows) + 8, len(rows) + 8), 255)
    for at, row in enumerate(rows):
        for across, module in enumerate(row):
            if module == "1":
                picture.putpixel((across + 4, at + 4), 0)
    path = folder / "code.png"
    picture.resize((picture.width * 4, picture.height * 4), Image.Resampling.NEAREST).save(path)
    command = ["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", str(path)]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout.removesuffix("\n")


@pytest.mark.parametrize("length", [7, 55, 103, 151, 152, 199])
def test_a_scanner_reads_it_also_where_the_text_ends_with_a_word(length: int, tmp_path: Path) -> None:
    assert scanned(code_rows(text_of(length)), tmp_path) == text_of(length)


def test_a_sign_that_is_not_of_the_mode_is_refused() -> None:
    with pytest.raises(KeyError):
        code_rows("tz1")
