"""账账相符 of an open office: whose code a page bears, and the page drawn anew from what was frozen. Used in the worker's thread."""

from collections.abc import Callable
from functools import partial

from taizhang_casework.domain.ledger import Filing
from taizhang_casework.services.page_proof import PageProof, prove_page
from taizhang_exchange.page_signing import PageSigner
from taizhang_printing.ledger import Paper, ledger_paper
from taizhang_printing.preview import count_pages
from taizhang_printing.print_run import PrintRun

from taizhang_desktop.bootstrap.office import OpenOffice
from taizhang_desktop.bootstrap.pages import PdfPages
from taizhang_desktop.viewmodels.page_check import LedgerPage

SHOWN = "屏幕核对，不是打印件"


def prover(office: OpenOffice) -> Callable[[str], PageProof]:
    """What a code says in this office."""
    return partial(prove_page, office.work, PageSigner())


class LedgerPages:
    """Implements ``DrawLedgerPage``. The ledger drawn last is kept in memory: one turns its pages, and scans them one after the other."""

    def __init__(self, office: OpenOffice) -> None:
        """Bind to the office."""
        self._office = office
        self._of: tuple[str, Paper] | None = None
        self._content = b""

    def __call__(self, filing: Filing, page: int, pages: int) -> LedgerPage:
        """See ``DrawLedgerPage``."""
        count = 0
        for paper in Paper:
            content = self._drawn(filing, paper)
            count = count_pages(content)
            if count == pages or not pages:
                return LedgerPage(image=PdfPages().draw_page(content, page - 1), page=page, pages=count)
        return LedgerPage(image=None, page=page, pages=pages)

    def _drawn(self, filing: Filing, paper: Paper) -> bytes:
        wanted = (filing.digest, paper)
        if self._of != wanted:
            run = PrintRun(printed_by=SHOWN, printed_at=filing.frozen_at)
            self._content = ledger_paper(filing, self._office.work.packs[filing.pack], run, paper=paper).content
            self._of = wanted
        return self._content
