"""不符合认定标准告知书 with its 送达回证, drawn from the frozen notice alone (一（三）2)."""

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

from taizhang_casework.domain.letter import ResultNotice

from taizhang_printing.composing import Composer, Faces
from taizhang_printing.delivery_receipt import draw_receipt
from taizhang_printing.document import Document, deflate
from taizhang_printing.drawing import Sheet
from taizhang_printing.files import write_whole
from taizhang_printing.ledger_words import in_words
from taizhang_printing.official_flow import Block, Ending, addressee, heading, official_sheets
from taizhang_printing.official_page import HEIGHT, WIDTH, paragraph


def write_letter(notice: ResultNotice, path: Path, *, mark: str = "") -> None:
    """Write the letter to ``path``, whole or not at all; PrintingTrouble where it cannot be printed or kept."""
    write_whole(path, letter_bytes(notice, mark=mark))


def write_letters(notices: Sequence[ResultNotice], path: Path, *, mark: str = "") -> None:
    """Write several letters into one file, whole or not at all; PrintingTrouble where one cannot be printed or kept."""
    write_whole(path, letters_bytes(notices, mark=mark))


def letter_bytes(notice: ResultNotice, *, mark: str = "") -> bytes:
    """The letter as a PDF in memory: its pages, then the 送达回证 on a page of its own. Equal notices give equal bytes."""
    return letters_bytes((notice,), mark=mark)


def letters_bytes(notices: Sequence[ResultNotice], *, mark: str = "") -> bytes:
    """Letters one after the other in one PDF, each on pages of its own, counted from 1, with its 送达回证. Equal notices give equal bytes.

    ``mark`` stands large across each page. ValueError for none.
    """
    if not notices:
        raise ValueError(notices)
    first, last = notices[0], notices[-1]
    title = f"{first.title} {first.office_mark}{first.number}"
    if len(notices) > 1:
        title += f"至{last.number}，共{len(notices)}份"
    made_at = datetime.combine(max(notice.dated for notice in notices), time())
    document = Document(Faces(), title=title, author=first.office_name, made_at=made_at, mark=mark)
    for notice in notices:
        _add_letter(document, notice)
    return document.to_bytes()


def _add_letter(document: Document, notice: ResultNotice) -> None:
    composer = document.composer
    end = Ending(name=notice.office_name, day=in_words(notice.dated))
    for sheet in official_sheets(composer, _text(composer, notice), end):
        document.add_page(WIDTH, HEIGHT, deflate(sheet.content()))
    receipt = Sheet(composer)
    draw_receipt(receipt, notice)
    document.add_page(WIDTH, HEIGHT, deflate(receipt.content()))


def _text(composer: Composer, notice: ResultNotice) -> list[Block]:
    lines = heading(composer, notice.title, f"{notice.office_mark}{notice.number}")
    lines += addressee(composer, notice.addressee, field="受送达人")
    for text in notice.paragraphs:
        lines += paragraph(composer, text, field="正文")
    return lines
