"""What ``make_paper`` draws with: the papers of the printing room, told of seal and reprint, with the codes that the office signs."""

from collections.abc import Callable, Sequence
from datetime import datetime

from taizhang_casework.domain.ledger import Filing
from taizhang_casework.domain.letter import ResultNotice
from taizhang_casework.domain.offices import TRAINING_MARK
from taizhang_casework.domain.papers.content import PaperContent
from taizhang_casework.services.clock import Progress
from taizhang_casework.services.page_proof import ledger_codes
from taizhang_casework.services.printing_out import Draw, Impression
from taizhang_exchange.page_signing import PageSigner
from taizhang_printing.document import Finished
from taizhang_printing.ledger import Paper, ledger_paper
from taizhang_printing.letter import letters_paper
from taizhang_printing.papers import paper_bytes
from taizhang_printing.print_run import CodeOf, PrintRun
from taizhang_printing.seal import SealPicture, read_seal

from taizhang_desktop.bootstrap.office import OpenOffice
from taizhang_desktop.bootstrap.papers import letter_run

Sign = Callable[[Finished, datetime], bytes]
"""The office's certificate, at that moment; see ``taizhang_printing.signature``."""


def open_certificate(pkcs12: bytes, passphrase: str) -> Sign:
    """The certificate of a PKCS#12 file for one signing; UnfitCertificate where it cannot be opened."""
    from taizhang_printing.signature import Certificate  # noqa: PLC0415 - two seconds, for the few who sign

    return Certificate(pkcs12, passphrase).sign


def seal_size(png: bytes) -> tuple[int, int]:
    """Width and height in dots; UnfitSeal with everything that is wrong. For ``load_seal``."""
    picture = read_seal(png)
    return picture.width, picture.height


class Drawings:
    """Each method gives a ``Draw`` for one paper. ``sign`` is what an order with the way SIGNED needs, None for every other."""

    def __init__(self, office: OpenOffice) -> None:
        """Bind to the office."""
        self._office = office
        self._mark = TRAINING_MARK if office.office.training else ""

    def ledger(
        self, filing: Filing, paper: Paper, *, progress: Progress | None = None, sign: Sign | None = None
    ) -> Draw:
        """附件2 of a frozen filing."""

        def draw(impression: Impression) -> bytes:
            codes = ledger_codes(self._office.store, PageSigner(), filing)
            pack = self._office.work.packs[filing.pack]
            run = self._run(impression, codes)
            return _signed(ledger_paper(filing, pack, run, paper=paper, progress=progress), impression, sign)

        return draw

    def letters(self, notices: Sequence[ResultNotice], *, sign: Sign | None = None) -> Draw:
        """告知书 with their 送达回证, in one PDF."""

        def draw(impression: Impression) -> bytes:
            run = letter_run(self._office, mark=self._mark, seal=_seal(impression))
            return _signed(letters_paper(notices, run), impression, sign)

        return draw

    def sheet(self, content: PaperContent) -> Draw:
        """A sheet of the loop, filled in or blank."""
        return lambda impression: paper_bytes(content, self._run(impression, None))

    def _run(self, impression: Impression, codes: CodeOf | None) -> PrintRun:
        return PrintRun(
            printed_by=impression.printed_by,
            printed_at=impression.printed_at,
            earlier=impression.earlier,
            mark=self._mark,
            code_of=codes,
            seal=_seal(impression),
        )


def _seal(impression: Impression) -> SealPicture | None:
    return None if impression.seal is None else read_seal(impression.seal)


def _signed(paper: Finished, impression: Impression, sign: Sign | None) -> bytes:
    return paper.content if sign is None else sign(paper, impression.printed_at)
