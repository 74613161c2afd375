"""不符合认定标准告知书 with its 送达回证, drawn from the frozen notice alone (一（三）2)."""

from collections.abc import Callable, Sequence
from datetime import datetime, time
from pathlib import Path

import msgspec
from taizhang_casework.domain.letter import ResultNotice

from taizhang_printing.composing import Composer, Faces
from taizhang_printing.delivery_receipt import draw_receipt
from taizhang_printing.document import MM, Document, Finished, SealPlace, deflate
from taizhang_printing.drawing import Sheet
from taizhang_printing.files import write_whole
from taizhang_printing.ledger_words import in_words
from taizhang_printing.official_flow import Block, Ending, addressee, heading, official_sheets
from taizhang_printing.official_page import HEIGHT, LEFT, RIGHT, WIDTH, paragraph
from taizhang_printing.page_code import SIDE, draw_code
from taizhang_printing.print_run import CodeOf
from taizhang_printing.seal import Seal, SealPicture

CODE_BOTTOM = 12 * MM
"""Where a page's code begins: the lower margin is 35 mm, and the code ends 6 mm below the text."""


class LetterRun(msgspec.Struct, frozen=True, kw_only=True):
    """What letters bear beyond their words: ``codes`` gives the codes of each one's pages; ``mark`` and ``seal`` as in ``PrintRun``."""

    mark: str = ""
    codes: Callable[[ResultNotice], CodeOf] | None = None
    seal: SealPicture | None = None


PLAIN = LetterRun()


def write_letter(notice: ResultNotice, path: Path, run: LetterRun = PLAIN) -> None:
    """Write one letter, as :func:`write_letters` does."""
    write_letters((notice,), path, run)


def write_letters(notices: Sequence[ResultNotice], path: Path, run: LetterRun = PLAIN) -> None:
    """Write letters into one file, whole or not at all; PrintingTrouble where one cannot be printed or kept."""
    write_whole(path, letters_paper(notices, run).content)


def letters_paper(notices: Sequence[ResultNotice], run: LetterRun = PLAIN) -> Finished:
    """Letters one after the other in one PDF, each on pages of its own, counted from 1, then its 送达回证. Equal arguments, equal bytes.

    A page's code stands below the text; the 送达回证 is counted as the last page. ValueError for no letter.
    """
    if not notices:
        raise ValueError(notices)
    first, last = notices[0], notices[-1]
    title = f"{first.title} {first.office_mark}{first.number}"
    if len(notices) > 1:
        title += f"至{last.number}，共{len(notices)}份"
    made_at = datetime.combine(max(notice.dated for notice in notices), time())
    document = Document(Faces(), title=title, author=first.office_name, made_at=made_at, mark=run.mark)
    seal = None if run.seal is None else Seal(document, run.seal)
    places = [
        _add_letter(document, notice, None if run.codes is None else run.codes(notice), seal) for notice in notices
    ]
    return Finished(document.to_bytes(), tuple(places))


def _add_letter(document: Document, notice: ResultNotice, code_of: CodeOf | None, seal: Seal | None) -> SealPlace:
    composer = document.composer
    end = Ending(name=notice.office_name, day=in_words(notice.dated))
    sheets, middle = official_sheets(composer, _text(composer, notice), end, seal)
    for number, sheet in enumerate(sheets, 1):
        _draw_code(sheet, number, len(sheets) + 1, code_of)
        document.add_page(WIDTH, HEIGHT, deflate(sheet.content()))
    place = SealPlace(document.pages - 1, *middle)
    receipt = Sheet(composer)
    draw_receipt(receipt, notice)
    _draw_code(receipt, len(sheets) + 1, len(sheets) + 1, code_of)
    document.add_page(WIDTH, HEIGHT, deflate(receipt.content()))
    return place


def _draw_code(sheet: Sheet, page: int, pages: int, code_of: CodeOf | None) -> None:
    """Below the text, on the side that the page's number leaves free."""
    if code_of is not None:
        draw_code(sheet, (LEFT if page % 2 else RIGHT - SIDE, CODE_BOTTOM), code_of(page, pages))


def _text(composer: Composer, notice: ResultNotice) -> list[Block]:
    lines = heading(composer, notice.title, f"{notice.office_mark}{notice.number}")
    lines += addressee(composer, notice.addressee, field="受送达人")
    for text in notice.paragraphs:
        lines += paragraph(composer, text, field="正文")
    return lines
