"""The code on each page, read from the picture of the page by another program's scanner."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # it has no stubs
import pytest
from taizhang_casework.domain.ledger import Filing, LedgerLine
from taizhang_casework.domain.letter import ResultNotice
from taizhang_casework.domain.pack import RegulationPack
from taizhang_printing.ledger import Paper, ledger_paper
from taizhang_printing.letter import LetterRun, letters_paper
from taizhang_printing.print_run import PrintRun

AT = datetime(2022, 4, 29, 9, 5, tzinfo=UTC)
SIGNATURE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" * 3 + "ABCDEFG"
ZERO = "0" * 16
DOTS_PER_INCH = 200
"""What a plain office scanner makes."""


def code_of(page: int, pages: int) -> str:
    return f"TZ1/L/370215001/2022-04.1/{page}/{pages}/{ZERO}/{SIGNATURE}"


def scanned(paper: bytes, folder: Path) -> list[str]:
    """What the codes on each page say, as a scanner sees the page."""
    said = []
    with pypdfium2.PdfDocument(paper) as document:
        for number, page in enumerate(document):
            picture = folder / f"{number}.png"
            page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil().save(picture)
            done = subprocess.run(
                ["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", picture],
                capture_output=True,
                check=True,
                text=True,
            )
            said.append(done.stdout.strip())
    return said


@pytest.mark.parametrize("paper", Paper)
def test_every_page_of_a_ledger_bears_its_own_code(
    paper: Paper,
    pack: RegulationPack,
    filing_of: Callable[..., Filing],
    line_of: Callable[..., LedgerLine],
    tmp_path: Path,
) -> None:
    run = PrintRun(printed_by="张三", printed_at=AT, code_of=code_of)
    drawn = ledger_paper(filing_of(tuple(map(line_of, range(30)))), pack, run, paper=paper).content
    said = scanned(drawn, tmp_path)
    assert len(said) > 1
    assert said == [code_of(page, len(said)) for page in range(1, len(said) + 1)]


def test_every_page_of_a_letter_bears_its_own_code_and_the_receipt_is_the_last(
    notice_of: Callable[..., ResultNotice], tmp_path: Path
) -> None:
    long, notice = notice_of(300, 300, 300), notice_of(100)
    run = LetterRun(codes=lambda of: lambda page, pages: f"TZ1/N/{len(of.paragraphs)}/{page}/{pages}")
    drawn = letters_paper((long, notice), run).content
    said = scanned(drawn, tmp_path)
    first, second = len(long.paragraphs), len(notice.paragraphs)
    assert said[-1] == f"TZ1/N/{second}/2/2"
    assert said[: len(said) - 2] == [f"TZ1/N/{first}/{n}/{len(said) - 2}" for n in range(1, len(said) - 1)]


@pytest.mark.parametrize("paper", Paper)
def test_the_code_keeps_off_what_else_stands_on_the_page(
    paper: Paper,
    pack: RegulationPack,
    filing_of: Callable[..., Filing],
    line_of: Callable[..., LedgerLine],
    read: Callable[[bytes], list[Any]],
) -> None:
    run = PrintRun(printed_by="张三", printed_at=AT, code_of=code_of)
    (leaf,) = read(ledger_paper(filing_of((line_of(),)), pack, run, paper=paper).content)
    right, bottom, top = leaf.uprights[-1], leaf.rules[0] + 6.5, leaf.rules[0] + 23.5
    quiet = [s for s in leaf.signs if s.right > right - 17 - 1.5 and bottom - 1.5 < s.y < top]
    assert quiet == []


def test_a_page_without_a_code_keeps_its_mark_at_the_edge(
    pack: RegulationPack,
    filing_of: Callable[..., Filing],
    line_of: Callable[..., LedgerLine],
    read: Callable[[bytes], list[Any]],
) -> None:
    run = PrintRun(printed_by="张三", printed_at=AT, earlier=1)
    (leaf,) = read(ledger_paper(filing_of((line_of(),)), pack, run).content)
    assert max(s.right for s in leaf.signs if s.text == "料") == pytest.approx(leaf.uprights[-1], abs=0.5)
    assert "打印：张三　2022年4月29日09:05　补打（第2次打印）" in leaf.text
