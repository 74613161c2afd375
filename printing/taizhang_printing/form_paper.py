"""A form as PDF: its pieces on as few pages as they need, framed, numbered and marked."""

from collections.abc import Sequence

import msgspec

from taizhang_printing.composing import Faces
from taizhang_printing.document import MM, Document, deflate
from taizhang_printing.drawing import GREY, Align, Sheet
from taizhang_printing.form_cells import LABEL, TEXT, TITLE, Form
from taizhang_printing.form_pieces import MIDDLE, THIN, Piece, PieceMaker, draw_side
from taizhang_printing.form_setting import SIDE, Setter
from taizhang_printing.print_run import PrintRun
from taizhang_printing.wrapping import break_evenly

INTERNAL = "内部资料"
FRAME = 0.9
TITLE_PITCH = 1.4
FOOT, SMALL, NUMBER = 9 * MM, 7.5, 9.0
"""Where the lines under a page stand, and their sizes in points."""


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """The paper and what its text keeps from its edges, in points: the left edge is the one that is filed."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float


PORTRAIT = Frame(width=210 * MM, height=297 * MM, left=25 * MM, right=192 * MM, top=277 * MM, bottom=16 * MM)
LANDSCAPE = Frame(width=297 * MM, height=210 * MM, left=15 * MM, right=282 * MM, top=188 * MM, bottom=16 * MM)


class Laid(msgspec.Struct, frozen=True):
    """A piece in its place on a page."""

    piece: Piece
    top: float
    bottom: float


def forms_bytes(forms: Sequence[Form], run: PrintRun) -> bytes:
    """The forms of one paper as a PDF in memory, each on pages of its own, counted from 1. Equal arguments give equal bytes.

    UnprintableCharacters where something of it cannot be shown. What bears nobody's data says neither who printed it nor when,
    not even inside the file. Forms bear no code and no seal picture: they are signed and stamped by hand.
    """
    first = forms[0]
    made_at = run.printed_at if any(form.personal for form in forms) else None
    document = Document(
        Faces(), title=first.title.replace("\n", ""), author=first.author, made_at=made_at, mark=run.mark
    )
    for form in forms:
        _Drawing(form, document).draw(run)
    return document.to_bytes()


class _Drawing:
    """One form being drawn."""

    def __init__(self, form: Form, document: Document) -> None:
        self.form, self.document = form, document
        self.frame = LANDSCAPE if form.landscape else PORTRAIT
        self.setter = Setter(document.composer, form.sizes[0], form.whose)
        title = document.composer.measure(form.title, TITLE, field="标题", whose=form.whose)
        room = (self.frame.right - self.frame.left) / form.title_size * 1000
        self.title = [title.part(*part) for part in break_evenly(title.text, title.advances, room)]
        self.title_top = self.frame.top - form.drop * MM
        self.under_title = self.title_top - len(self.title) * TITLE_PITCH * form.title_size

    def draw(self, run: PrintRun) -> None:
        pages = self._pages()
        for number, laid in enumerate(pages, 1):
            sheet = Sheet(self.document.composer)
            self._draw_head(sheet, number)
            for each in laid:
                each.piece.draw(sheet, each.top, each.bottom)
            self._draw_frames(sheet, laid)
            self._draw_foot(sheet, number, len(pages), run.words)
            self.document.add_page(self.frame.width, self.frame.height, deflate(sheet.content()))

    def _pages(self) -> list[list[Laid]]:
        """On one page in the largest type that allows it; else on several in the form's own."""
        for size in self.form.sizes:
            pages = self._at_size(size)
            if len(pages) == 1:
                return self._laid_out(pages)
        return self._laid_out(self._at_size(self.form.sizes[0]))

    def _at_size(self, size: float) -> list[list[Piece]]:
        self.setter = Setter(self.document.composer, size, self.form.whose)
        tallest = self.under_title - self.frame.bottom
        maker = PieceMaker(self.setter, self.frame.left, self.frame.right, tallest)
        return self._gathered(maker.pieces(self.form.blocks))

    def _laid_out(self, pages: Sequence[Sequence[Piece]]) -> list[list[Laid]]:
        return [self._laid(page, number, len(pages)) for number, page in enumerate(pages)]

    def _top(self, number: int) -> float:
        return self.under_title if number == 0 else self.frame.top

    def _gathered(self, pieces: Sequence[Piece]) -> list[list[Piece]]:
        pages: list[list[Piece]] = [[]]
        left = self._top(0) - self.frame.bottom
        for at, piece in enumerate(pieces):
            if _needs(pieces, at) > left + 0.01 and pages[-1]:
                pages.append(list(piece.heads))
                left = self._top(1) - self.frame.bottom - sum(head.height for head in piece.heads)
            if piece.gap and not pages[-1] and len(pages) > 1:
                continue
            pages[-1].append(piece)
            left -= piece.height
        return pages

    def _laid(self, page: Sequence[Piece], number: int, of: int) -> list[Laid]:
        """From the top; what a form of one page leaves over goes to the rows that grow."""
        top = self._top(number)
        over = top - self.frame.bottom - sum(piece.height for piece in page)
        more = _shared(page, over) if of == 1 else [0.0] * len(page)
        laid = []
        for piece, extra in zip(page, more, strict=True):
            bottom = top - piece.height - extra
            laid.append(Laid(piece, top, bottom))
            top = bottom
        return laid

    def _draw_head(self, sheet: Sheet, number: int) -> None:
        form, frame = self.form, self.frame
        y = frame.top + 4 * MM
        if form.personal:
            sheet.text((frame.right, y), INTERNAL, LABEL, 10.5, align=Align.RIGHT)
        if number > 1:
            sheet.text((frame.left, y), f"{form.title}（续）", TEXT, NUMBER)
            return
        y = self.title_top - TITLE_PITCH * form.title_size / 2 - MIDDLE * form.title_size
        for line in self.title:
            sheet.text(((frame.left + frame.right) / 2, y), line, TITLE, form.title_size, align=Align.CENTRE)
            y -= TITLE_PITCH * form.title_size

    def _draw_frames(self, sheet: Sheet, laid: Sequence[Laid]) -> None:
        """A line under each row, an upright label before those of one side, and a stronger frame around what touches."""
        at = 0
        while at < len(laid):
            end = at
            while end < len(laid) and laid[end].piece.framed:
                end += 1
            if end > at:
                self._draw_frame(sheet, laid[at:end])
            at = max(end, at + 1)

    def _draw_frame(self, sheet: Sheet, rows: Sequence[Laid]) -> None:
        left, right = self.frame.left, self.frame.right
        at = 0
        while at < len(rows):
            end, side = at + 1, rows[at].piece.side
            while end < len(rows) and side and rows[end].piece.side == side:
                end += 1
            for row in rows[at : end - 1]:
                sheet.line((left + SIDE, row.bottom), (right, row.bottom), THIN)
            if end < len(rows):
                sheet.line((left, rows[end - 1].bottom), (right, rows[end - 1].bottom), THIN)
            if side:
                draw_side(sheet, self.setter, side, left, rows[at].top, rows[end - 1].bottom)
            at = end
        bottom = rows[-1].bottom
        sheet.box((left, bottom), (right - left, rows[0].top - bottom), FRAME)

    def _draw_foot(self, sheet: Sheet, number: int, of: int, words: str) -> None:
        form, frame = self.form, self.frame
        if form.personal:
            sheet.text((frame.left, FOOT), words, TEXT, SMALL, grey=GREY)
        if form.numbered:
            middle = (frame.left + frame.right) / 2
            sheet.text((middle, FOOT), f"第{number}页　共{of}页", TEXT, NUMBER, align=Align.CENTRE)


def _shared(page: Sequence[Piece], over: float) -> list[float]:
    """What each piece gains of what is left over, by its share, and none more than it takes."""
    more = [0.0] * len(page)
    growing = {at for at, piece in enumerate(page) if piece.grow}
    while growing and over > 0:
        each = over / sum(page[at].grow for at in growing)
        full = {at for at in growing if page[at].most < page[at].grow * each}
        for at in full or growing:
            more[at] = page[at].most if full else page[at].grow * each
        over -= sum(more[at] for at in full or growing)
        growing -= full or growing
    return more


def _needs(pieces: Sequence[Piece], at: int) -> float:
    """The height of a piece and of those that it may not be parted from."""
    height = pieces[at].height
    while pieces[at].keep and at + 1 < len(pieces):
        at += 1
        height += pieces[at].height
    return height
