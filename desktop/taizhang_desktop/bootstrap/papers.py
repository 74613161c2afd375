"""The papers of the printing room, as the screens and the demonstration ask for them, with the codes that the office signs."""

from datetime import datetime
from functools import partial

from taizhang_casework.domain.ledger import Filing
from taizhang_casework.services.page_proof import ledger_codes, letter_codes
from taizhang_exchange.page_signing import PageSigner
from taizhang_printing.ledger import Paper, write_ledger
from taizhang_printing.letter import LetterRun, write_letter
from taizhang_printing.print_run import PrintRun
from taizhang_printing.recovery_sheet import write_recovery_sheet
from taizhang_printing.seal import SealPicture

from taizhang_desktop.bootstrap.office import OpenOffice

__all__ = ["Paper", "PrintRun", "ledger_run", "letter_run", "write_ledger", "write_letter", "write_recovery_sheet"]


def ledger_run(
    office: OpenOffice, filing: Filing, *, printed_by: str, printed_at: datetime, mark: str = ""
) -> PrintRun:
    """One printing of a filing of the office, with a signed code on each page."""
    codes = ledger_codes(office.store, PageSigner(), filing)
    return PrintRun(printed_by=printed_by, printed_at=printed_at, mark=mark, code_of=codes)


def letter_run(office: OpenOffice, *, mark: str = "", seal: SealPicture | None = None) -> LetterRun:
    """One printing of letters of the office, with a signed code on each page."""
    return LetterRun(mark=mark, seal=seal, codes=partial(letter_codes, office.store, PageSigner()))
