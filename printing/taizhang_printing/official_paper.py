"""An official paper as PDF, of blocks that its own module makes: 内部资料 and who printed it where it names anybody."""

from collections.abc import Callable
from datetime import date, datetime, time

import msgspec

from taizhang_printing.composing import Composer, Faces
from taizhang_printing.document import MM, Document, deflate
from taizhang_printing.drawing import GREY, Align, Sheet
from taizhang_printing.form_cells import LABEL, TEXT, day_words
from taizhang_printing.form_paper import INTERNAL
from taizhang_printing.official_flow import Block, Ending, official_sheets
from taizhang_printing.official_page import HEIGHT, LEFT, RIGHT, TOP, WIDTH
from taizhang_printing.print_run import PrintRun

ABOVE, FOOT, SMALL = 6 * MM, 12 * MM, 7.5
"""Where 内部资料 stands over the text and the printer's line under it, and the size of that in points."""


class OfficialPaper(msgspec.Struct, frozen=True, kw_only=True):
    """``blocks`` are made once the faces are at hand. ``title`` is also the file's, and names nobody; so is ``author``."""

    title: str
    author: str
    signer: str
    blocks: Callable[[Composer], list[Block]]
    dated: date | None = None
    personal: bool = False


def official_bytes(paper: OfficialPaper, run: PrintRun) -> bytes:
    """The paper as a PDF in memory; UnprintableCharacters where something of it cannot be shown. Equal arguments give equal bytes.

    One that is not personal says neither who printed it nor when, not even inside the file.
    There is room for the stamp, which is set by hand.
    """
    made_at = run.printed_at if paper.personal else _day(paper.dated)
    document = Document(Faces(), title=paper.title, author=paper.author, made_at=made_at, mark=run.mark)
    composer = document.composer
    end = Ending(name=paper.signer, day=day_words(paper.dated))
    sheets, _ = official_sheets(composer, paper.blocks(composer), end)
    for sheet in sheets:
        if paper.personal:
            _draw_marks(sheet, run.words)
        document.add_page(WIDTH, HEIGHT, deflate(sheet.content()))
    return document.to_bytes()


def _draw_marks(sheet: Sheet, printed: str) -> None:
    sheet.text((RIGHT, TOP + ABOVE), INTERNAL, LABEL, 10.5, align=Align.RIGHT)
    sheet.text((LEFT, FOOT), printed, TEXT, SMALL, grey=GREY)


def _day(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time())
