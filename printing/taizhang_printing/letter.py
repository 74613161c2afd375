"""不符合认定标准告知书 with its 送达回证, drawn from the frozen notice alone (一（三）2)."""

from collections.abc import Callable, Sequence
from datetime import datetime, time
from pathlib import Path

import msgspec
from taizhang_casework.domain.letter import ResultNotice

from taizhang_printing.composing import Composer, Faces
from taizhang_printing.delivery_receipt import draw_receipt
from taizhang_printing.document import MM, Document, Finished, SealPlace, deflate
from taizhang_printing.drawing import Align, Sheet
from taizhang_printing.files import write_whole
from taizhang_printing.ledger_words import in_words
from taizhang_printing.official_page import (
    BLANK,
    BODY,
    CELL,
    CHARACTERS,
    HEIGHT,
    LEFT,
    LINES,
    MIDDLE,
    PITCH,
    RIGHT,
    SIZE,
    TITLE,
    TITLE_SIZE,
    WIDTH,
    Line,
    baseline,
    centred,
    draw_line,
    draw_number,
    paragraph,
)
from taizhang_printing.page_code import SIDE, draw_code
from taizhang_printing.print_run import CodeOf
from taizhang_printing.seal import Seal, SealPicture

BEFORE_NAME = 1.5
"""Blank lines above the office's name: a seal of 42 mm over name and date ends at most one line below the text (7.3.5.1)."""

SIGNED = BEFORE_NAME + 2
"""Lines from the end of the text to the date."""

UNDER_DATE = 1
"""Lines that the seal reaches below the date."""

CARRIED = 2
"""Lines of text that go with the seal when it needs a page of its own: no page bears a seal alone."""

DATE_INDENT = 4

CODE_BOTTOM = 12 * MM
"""Where a page's code begins: the lower margin is 35 mm, and the code ends 6 mm below the text."""

MOST_LINES = 26
"""Lines that a page takes by a smaller pitch, where that keeps text and seal together (GB/T 9704-2012, 7.3.5.5)."""


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
    sheets = _pages(_text(composer, notice))
    middle = (0.0, 0.0)
    for number, lines in enumerate(sheets, 1):
        sheet, pitch = Sheet(composer), PITCH
        if number == len(sheets):
            pitch *= min(1, LINES / _with_seal(lines))
            middle = _draw_signature(sheet, notice, len(lines) + BEFORE_NAME, pitch)
            if seal is not None:
                seal.put(sheet, middle)
        for at, line in enumerate(lines):
            draw_line(sheet, at, line, pitch=pitch)
        draw_number(sheet, number)
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


def _text(composer: Composer, notice: ResultNotice) -> list[Line]:
    lines = [BLANK, *centred(composer, notice.title, TITLE, TITLE_SIZE, field="标题")]
    lines += [*centred(composer, f"{notice.office_mark}{notice.number}", BODY, SIZE, field="文号"), BLANK]
    addressee = composer.measure(f"{notice.addressee}：", BODY, field="受送达人", whole=True)
    lines += [Line(addressee.part(start, end)) for start, end in composer.lines(addressee, CHARACTERS * 1000)]
    for text in notice.paragraphs:
        lines += paragraph(composer, text, field="正文")
    return lines


def _with_seal(lines: list[Line]) -> float:
    """The lines that a page needs which bears these and the seal."""
    return len(lines) + SIGNED + UNDER_DATE


def _pages(lines: list[Line]) -> list[list[Line]]:
    if _with_seal(lines) <= MOST_LINES:
        return [lines]
    pages = [lines[start : start + LINES] for start in range(0, len(lines), LINES)]
    if _with_seal(pages[-1]) > LINES:
        pages.append([])
    short = max(0, CARRIED - len(pages[-1]))
    if short:
        pages[-2:] = [pages[-2][:-short], pages[-2][-short:] + pages[-1]]
    return pages


def _draw_signature(sheet: Sheet, notice: ResultNotice, at: float, pitch: float) -> tuple[float, float]:
    """Name centred above the date, the date four characters from the right (GB/T 9704-2012, 7.3.5.1); the middle of the seal over both."""
    composer = sheet.composer
    name = composer.measure(notice.office_name, BODY, field="单位名称")
    date = composer.measure(in_words(notice.dated), BODY, field="日期")
    half_name, half_date = (measured.width * SIZE / 2000 for measured in (name, date))
    middle = min(RIGHT - DATE_INDENT * CELL - half_date, RIGHT - half_name)
    sheet.text((middle, baseline(at, pitch=pitch)), name, BODY, SIZE, align=Align.CENTRE)
    sheet.text((middle, baseline(at + 1, pitch=pitch)), date, BODY, SIZE, align=Align.CENTRE)
    return middle, (baseline(at, pitch=pitch) + baseline(at + 1, pitch=pitch)) / 2 + MIDDLE * SIZE
