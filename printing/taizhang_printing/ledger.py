"""附件2 as PDF, drawn from a frozen filing and the words of its pack, and from nothing else."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from taizhang_casework.domain.ledger import Filing
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.page_codes import CHECK_DIGITS

from taizhang_printing.composing import Faces
from taizhang_printing.document import MM, Document, Finished, SealPlace, deflate
from taizhang_printing.drawing import GREY, Align, Sheet
from taizhang_printing.files import write_whole
from taizhang_printing.ledger_form import BODY, HEAD, TITLE, LedgerForm, Paper, ledger_form
from taizhang_printing.ledger_layout import CellLines, Page, Row, RowMaker, cell_lines, pages
from taizhang_printing.ledger_words import EMPTY_MONTH, cells, in_words, month_words, totals
from taizhang_printing.page_code import SIDE, draw_code
from taizhang_printing.print_run import PrintRun
from taizhang_printing.seal import Seal, strips

__all__ = ["Paper", "ledger_paper", "write_ledger"]

Progress = Callable[[int, int], None]
"""Told how many lines of how many are set. What it raises (the user cancelled) ends the work, and nothing is written."""

REPORT_EVERY = 100
ATTACHMENT, INTERNAL = "附件2", "内部资料"
BLANK_BELOW, BLANK_BELOW_AT = "以下空白", 2
"""The word in the first blank line and its column, where the stroke from the upper right has not come yet."""

CENTRE_LINE = 0.38
"""How far above the baseline the middle of a character lies, in em."""


def write_ledger(
    filing: Filing,
    pack: RegulationPack,
    path: Path,
    run: PrintRun,
    *,
    paper: Paper = Paper.A4,
    progress: Progress | None = None,
) -> None:
    """Write the ledger to ``path``, whole or not at all; PrintingTrouble where it cannot be printed or kept.

    ``run`` stands small on each page, its mark large across it, its code on the upper right, and its seal over the office's name and
    as 骑缝章 over the pages' edges. Equal arguments give equal bytes.
    """
    write_whole(path, ledger_paper(filing, pack, run, paper=paper, progress=progress).content)


def ledger_paper(
    filing: Filing,
    pack: RegulationPack,
    run: PrintRun,
    *,
    paper: Paper = Paper.A4,
    progress: Progress | None = None,
) -> Finished:
    """The same as a PDF in memory."""
    title = f"{pack.ledger_title}（{filing.office.name}，{month_words(filing)}）"
    document = Document(Faces(), title=title, author=filing.office.name, made_at=run.printed_at, mark=run.mark)
    drawing = _Drawing(filing, pack, ledger_form(paper), document, run)
    return drawing.finish(progress or (lambda _done, _total: None))


class _Drawing:
    """One ledger being drawn."""

    def __init__(
        self, filing: Filing, pack: RegulationPack, form: LedgerForm, document: Document, run: PrintRun
    ) -> None:
        self.filing, self.pack, self.form, self.document, self.run = filing, pack, form, document, run
        self.seal = None if run.seal is None else Seal(document, run.seal)
        self.seal_at = (0.0, 0.0)
        self.strips: list[tuple[int, int]] = []
        self.composer = document.composer
        self.check = f"校验码 {filing.digest[:CHECK_DIGITS]}"
        self.top, self.head = self._head()
        self.total_lines = self._totals()
        self.closing = len(self.total_lines) * form.pitch + 2 * form.gap + form.seal

    def finish(self, progress: Progress) -> Finished:
        form, bodies = self.form, self._bodies(progress)
        count = len(bodies)
        self.strips = strips(count)
        bodies.reverse()
        for number in range(1, count + 1):
            self.document.add_page(form.width, form.height, bodies.pop(), deflate(self._foot(number, count)))
        place = SealPlace(count - 1, *self.seal_at)
        return Finished(self.document.to_bytes(), (place,))

    def _bodies(self, progress: Progress) -> list[bytes]:
        """Of each page what does not tell how many there are."""
        room = self.top - self.form.bottom
        maker = RowMaker(self.composer, self.form, self.pack.ledger_columns, tallest=room - self.closing)
        return [
            deflate(f"{self.head}\n{self._body(page)}")
            for page in pages(self._rows(maker, progress), room=room, closing=self.closing)
        ]

    def _rows(self, maker: RowMaker, progress: Progress) -> Iterator[Row]:
        lines = self.filing.lines
        for done, line in enumerate(lines):
            if done % REPORT_EVERY == 0:
                progress(done, len(lines))
            yield maker.row(cells(line, self.pack))
        progress(len(lines), len(lines))

    def _head(self) -> tuple[float, str]:
        """What stands on top of each page, and where the rows begin under it."""
        form, sheet = self.form, Sheet(self.composer)
        top = form.top
        sheet.text((form.left, top + 17 * MM), ATTACHMENT, HEAD, form.size * 1.15)
        beside = 0 if self.run.code_of is None else SIDE + 3 * MM
        sheet.text((form.right - beside, top + 17 * MM), INTERNAL, HEAD, form.size * 1.15, align=Align.RIGHT)
        middle = (form.left + form.right) / 2
        sheet.text((middle, top + 11 * MM), self.pack.ledger_title, TITLE, form.title_size, align=Align.CENTRE)
        baseline = top + 2.8 * MM
        sheet.text((form.left, baseline), f"填报单位：{self.filing.office.name}", BODY, form.size * 1.1)
        sheet.text((form.right, baseline), month_words(self.filing), BODY, form.size * 1.1, align=Align.RIGHT)
        heads = [
            cell_lines(self.composer, self.composer.measure(text, HEAD, field="表头"), form, at, form.size, base=HEAD)
            for at, text in enumerate(self.pack.ledger_columns)
        ]
        height = max(map(len, heads)) * form.pitch + 2 * form.gap
        sheet.operators.append(f"BT 0 g /{self.composer.resource(HEAD)} {form.size:g} Tf")
        sheet.operators += _cell_operators(heads, top, height, form.size)
        sheet.operators.append("ET")
        return top - height, sheet.content()

    def _totals(self) -> list[tuple[int, int]]:
        self.totals = self.composer.measure(totals(self.filing, self.pack), BODY, field="合计")
        room = (self.form.right - self.form.left - 2 * self.form.pad) / self.form.size * 1000
        return self.composer.lines(self.totals, room)

    def _body(self, page: Page) -> str:
        form, top, size = self.form, self.top, self.form.size
        operators = [f"BT 0 g /{self.composer.resource(BODY)} {size:g} Tf"]
        rules = [top]
        for row in page.rows:
            if row.size != size:
                size = row.size
                operators.append(f"/{self.composer.resource(BODY)} {size:g} Tf")
            operators += _cell_operators(row.cells, top, row.height, size)
            top -= row.height
            rules.append(top)
        operators.append("ET")
        grid_end = top
        if page.last:
            sheet = Sheet(self.composer)
            if not page.rows:
                top -= 2 * form.pitch
                rules.append(top)
                at = ((form.left + form.right) / 2, top + form.pitch - CENTRE_LINE * form.size)
                sheet.text(at, EMPTY_MONTH, BODY, form.size, align=Align.CENTRE)
            else:
                rules += self._strike_blanks(sheet, top)
                grid_end = top = rules[-1]
            top = self._draw_totals(sheet, top)
            rules.append(top)
            self._draw_signatures(sheet, top)
            operators += sheet.operators
        return "\n".join([*self._grid(rules, grid_end), *operators])

    def _grid(self, rules: list[float], grid_end: float) -> Iterator[str]:
        """Thin lines inside, a stronger frame around; columns reach from the head to ``grid_end``."""
        form = self.form
        yield "0 G 0.4 w"
        for y in rules[:-1]:
            yield f"{form.left:.2f} {y:.2f} m {form.right:.2f} {y:.2f} l"
        for x in form.edges[1:-1]:
            yield f"{x:.2f} {form.top:.2f} m {x:.2f} {grid_end:.2f} l"
        yield "S 0.9 w"
        yield f"{form.left:.2f} {rules[-1]:.2f} {form.right - form.left:.2f} {form.top - rules[-1]:.2f} re S"

    def _strike_blanks(self, sheet: Sheet, top: float) -> list[float]:
        """Blank lines down to the totals, struck through so that nobody can add one to what was filed; the y of their rules."""
        form = self.form
        height = 2 * form.pitch + 2 * form.gap
        count = int((top - form.bottom - self.closing) / height)
        if count:
            x = (form.edges[BLANK_BELOW_AT] + form.edges[BLANK_BELOW_AT + 1]) / 2
            at = (x, top - height / 2 - CENTRE_LINE * form.size)
            sheet.text(at, BLANK_BELOW, BODY, form.size, align=Align.CENTRE)
            sheet.line((form.right, top), (form.left, top - count * height), 0.4)
        return [top - (at + 1) * height for at in range(count)]

    def _draw_totals(self, sheet: Sheet, top: float) -> float:
        form, measured = self.form, self.totals
        y = top - form.gap - form.pitch / 2 - CENTRE_LINE * form.size
        for start, end in self.total_lines:
            sheet.text((form.left + form.pad, y), measured.part(start, end), BODY, form.size)
            y -= form.pitch
        return top - len(self.total_lines) * form.pitch - 2 * form.gap

    def _draw_signatures(self, sheet: Sheet, top: float) -> None:
        """The office beside an empty square for its seal, and who answers for the page."""
        form, size = self.form, self.form.size * 1.15
        middle = top - form.seal / 2
        end = sheet.text((form.left, middle), f"填报单位（盖章）：{self.filing.office.name}", BODY, size)
        self.seal_at = (end, middle)
        if self.seal is not None:
            self.seal.put(sheet, self.seal_at)
        x = form.right - 85 * MM
        filled = in_words(self.filing.frozen_at.date())
        for above, words in ((11 * MM, "负责人（签字）："), (0, "填表人（签字）："), (-11 * MM, f"填表日期：{filled}")):
            end = sheet.text((x, middle + above), words, BODY, size)
            if words.endswith("："):
                sheet.line((end, middle + above - 2), (end + 40 * MM, middle + above - 2), 0.4)

    def _foot(self, number: int, of: int) -> str:
        form, sheet = self.form, Sheet(self.composer)
        y, size = 7 * MM, form.small_size
        sheet.text((form.left, y), self.run.words, BODY, size, grey=GREY)
        sheet.text(((form.left + form.right) / 2, y), f"第{number}页　共{of}页", BODY, form.size, align=Align.CENTRE)
        sheet.text((form.right, y), self.check, BODY, size, align=Align.RIGHT, grey=GREY)
        if self.run.code_of is not None:
            draw_code(sheet, (form.right - SIDE, form.top + 6.5 * MM), self.run.code_of(number, of))
        if self.seal is not None and of > 1:
            strip, sharing = self.strips[number - 1]
            self.seal.put_strip(sheet, form.width, form.height / 2, strip, sharing)
        return sheet.content()


def _cell_operators(cells_of_row: Sequence[CellLines], top: float, height: float, size: float) -> Iterator[str]:
    """A row's text, each cell in the middle of its height."""
    pitch = size * 1.25
    for lines in cells_of_row:
        y = top - (height - len(lines) * pitch) / 2 - pitch / 2 - CENTRE_LINE * size
        for x, shown in lines:
            yield f"1 0 0 1 {x} {y:.2f} Tm {shown}"
            y -= pitch
