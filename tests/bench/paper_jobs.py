"""One job of ``bench_papers.py``, a process of its own: ``paper_jobs.py JOB FOLDER SIZE``; all that it reads and writes is in the folder.

Each job imports what it needs and no more, so that the whole process can be measured.
"""

# ruff: noqa: PLC0415 - a job imports what it needs and no more

import json
import sys
from pathlib import Path


def data(folder: Path, size: int) -> None:
    """What the others print: the cells of a month of this size; and the seal."""
    from paper_data import a_filing, a_seal, the_pack
    from taizhang_printing.ledger_form import COLUMNS
    from taizhang_printing.ledger_words import cells

    pack, filing = the_pack(), a_filing(size)
    (folder / "seal.png").write_bytes(a_seal())
    table = {
        "title": pack.ledger_title,
        "heads": pack.ledger_columns,
        "widths": [column.width for column in COLUMNS],
        "left": [at for at, column in enumerate(COLUMNS) if column.left],
        "cells": [text for line in filing.lines for text in cells(line, pack)],
    }
    (folder / "rows.json").write_text(json.dumps(table), encoding="utf-8")


def table(folder: Path, size: int) -> None:
    """Our ledger without code and seal: what the others make too."""
    _ledger(folder, size, proven=False)


def ledger(folder: Path, size: int) -> None:
    """Our ledger as it is filed: a signed code on each page, the seal over the name and over the pages' edges."""
    _ledger(folder, size, proven=True)


def _ledger(folder: Path, size: int, *, proven: bool) -> None:
    from paper_data import AT, a_filing, store_of_keys, the_pack
    from taizhang_casework.services.page_proof import ledger_codes
    from taizhang_exchange.page_signing import PageSigner
    from taizhang_printing.ledger import write_ledger
    from taizhang_printing.print_run import PrintRun
    from taizhang_printing.seal import read_seal

    filing = a_filing(size)
    run = PrintRun(printed_by="张三", printed_at=AT)
    if proven:
        seal = read_seal((folder / "seal.png").read_bytes())
        codes = ledger_codes(store_of_keys(), PageSigner(), filing)
        run = PrintRun(printed_by="张三", printed_at=AT, code_of=codes, seal=seal)
    write_ledger(filing, the_pack(), folder / "ours.pdf", run)


def letters(folder: Path, size: int) -> None:
    """So many letters with codes and seal as one file."""
    _letters(folder, size, one_file=True)


def letter_files(folder: Path, size: int) -> None:
    """The same as one file each."""
    _letters(folder, size, one_file=False)


def _letters(folder: Path, size: int, *, one_file: bool) -> None:
    from functools import partial

    from paper_data import some_notices, store_of_keys
    from taizhang_casework.services.page_proof import letter_codes
    from taizhang_exchange.page_signing import PageSigner
    from taizhang_printing.letter import LetterRun, write_letter, write_letters
    from taizhang_printing.seal import read_seal

    codes = partial(letter_codes, store_of_keys(), PageSigner())
    run = LetterRun(codes=codes, seal=read_seal((folder / "seal.png").read_bytes()))
    notices = some_notices(size)
    if one_file:
        write_letters(notices, folder / "letters.pdf", run)
        return
    for notice in notices:
        write_letter(notice, folder / f"letter-{notice.number.serial}.pdf", run)


def typst(folder: Path, _size: int) -> None:
    """The table by Typst, with our faces and, as ours, without tags."""
    import shutil

    import typst as other
    from taizhang_printing.fonts import FontFace, font_path

    source = folder / "papers.typ"
    shutil.copyfile(Path(__file__).with_name("papers.typ"), source)
    fonts = [font_path(FontFace.SONG).parent]
    other.compile(source, output=folder / "typst.pdf", font_paths=fonts, ignore_system_fonts=True, pdf_tags=False)


def platypus(folder: Path, _size: int) -> None:
    """The table by reportlab's own LongTable, every cell a Paragraph, as wrapping asks for there."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate
    from taizhang_printing.fonts import FontFace, font_path

    for face in (FontFace.SONG, FontFace.SONG_BOLD, FontFace.HEI_MEDIUM):
        pdfmetrics.registerFont(TTFont(face.name, font_path(face)))
    rows = json.loads((folder / "rows.json").read_text(encoding="utf-8"))
    centred, left, head, title = (
        ParagraphStyle(name, fontName=face.name, fontSize=size, leading=size * 1.25, alignment=align, wordWrap="CJK")
        for name, face, size, align in (
            ("centred", FontFace.SONG, 9, 1),
            ("left", FontFace.SONG, 9, 0),
            ("head", FontFace.HEI_MEDIUM, 9, 1),
            ("title", FontFace.SONG_BOLD, 18, 1),
        )
    )
    count = len(rows["heads"])
    styles = [left if at in rows["left"] else centred for at in range(count)]
    lines = [[Paragraph(text, head) for text in rows["heads"]]]
    for start in range(0, len(rows["cells"]), count):
        texts = rows["cells"][start : start + count]
        lines.append([Paragraph(text, style) for text, style in zip(texts, styles, strict=True)])
    grid = [("GRID", (0, 0), (-1, -1), 0.4, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    grid += [(f"{side}PADDING", (0, 0), (-1, -1), 0.8 * mm) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    widths = [width * mm for width in rows["widths"]]
    document = SimpleDocTemplate(
        str(folder / "platypus.pdf"),
        pagesize=(297 * mm, 210 * mm),
        leftMargin=10 * mm,
        rightMargin=10 * mm,
        topMargin=18 * mm,
        bottomMargin=14 * mm,
    )
    document.build([Paragraph(rows["title"], title), LongTable(lines, widths, repeatRows=1, style=grid)])


def first_pages(folder: Path, size: int) -> None:
    """Of each paper the ms until its first page is a picture, in a program that has made no paper yet; the ledger is of this size."""
    from first_pages import measured_papers

    (folder / "first_pages.json").write_text(json.dumps(measured_papers(size)), encoding="utf-8")


JOBS = {job.__name__: job for job in (data, table, ledger, letters, letter_files, typst, platypus, first_pages)}

if __name__ == "__main__":
    JOBS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
