"""How long it is from a paper's content to the picture of its first page."""

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "shared"))

from paper_data import AT, a_filing, a_seal, some_notices, store_of_keys, the_pack
from papered_case import facts_of, five_records, setting_of
from taizhang_casework.domain.papers.content import PaperContent
from taizhang_casework.domain.papers.kind import PaperKind
from taizhang_casework.domain.papers.recognition_notice import RecognitionNotice
from taizhang_casework.services.page_proof import ledger_codes, letter_codes
from taizhang_casework.services.papers import MAKERS
from taizhang_desktop.bootstrap.pages import DPI
from taizhang_exchange.page_signing import PageSigner
from taizhang_printing.ledger import ledger_paper
from taizhang_printing.letter import LetterRun, letters_paper
from taizhang_printing.papers import paper_bytes
from taizhang_printing.preview import render_page
from taizhang_printing.print_run import PrintRun
from taizhang_printing.recovery_sheet import recovery_sheet_bytes
from taizhang_printing.seal import read_seal

RUN = PrintRun(printed_by="张三", printed_at=AT)


def measured_papers(size: int) -> dict[str, float]:
    """Ms of processor time by paper."""
    return {name: _alone(make) for name, make in _papers(size).items()}


def _papers(size: int) -> dict[str, Callable[[], bytes]]:
    filing, pack, seal, store = a_filing(size), the_pack(), read_seal(a_seal()), store_of_keys()

    def ledger() -> bytes:
        codes = ledger_codes(store, PageSigner(), filing)
        run = PrintRun(printed_by="张三", printed_at=AT, code_of=codes, seal=seal)
        return ledger_paper(filing, pack, run).content

    def letter() -> bytes:
        run = LetterRun(codes=partial(letter_codes, store, PageSigner()), seal=seal)
        return letters_paper(some_notices(1), run).content

    return {
        "ledger": ledger,
        "letter": letter,
        "recovery_sheet": lambda: recovery_sheet_bytes("-".join(["AB12C"] * 8), "环秀街道办事处", AT.date()),
        **{kind.value: partial(paper_bytes, _content(kind), RUN) for kind in PaperKind},
    }


def _content(kind: PaperKind) -> PaperContent:
    """Of a family of four after its five steps; blank where such a case has no such sheet."""
    if kind is PaperKind.RECOGNITION_NOTICE:
        letter = some_notices(1)[0]
        return RecognitionNotice(
            title="符合认定标准告知书",
            mark=letter.office_mark,
            addressee=letter.addressee,
            paragraphs=letter.paragraphs,
            signer=letter.office_name,
            dated=letter.dated,
            personal=True,
        )
    if kind is PaperKind.GREEN_CHANNEL:
        return MAKERS[kind].blank(setting_of())
    return MAKERS[kind].filled(facts_of(4, *five_records(4)))


def _alone(make: Callable[[], bytes]) -> float:
    """In a process that has all modules and none of the faces."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        begun = time.thread_time()
        render_page(make(), 0, DPI)
        os.write(into, f"{(time.thread_time() - begun) * 1000:.1f}".encode())
        os._exit(0)
    os.close(into)
    said = os.read(out, 100)
    os.close(out)
    os.waitpid(child, 0)
    return float(said)
