"""打印登记: what paper left the vault, when, by whom, how, and by which bytes (domain.md 5: prints are counted; 3: each use of the seal).

One record is one thing on one making: letters that go into one PDF have a record each, with the same ``making`` and ``digest``.
The sheet with the recovery code is not among them: it bears nothing of a case, and its text must not be known by a digest.

How often a letter was printed for its household is told by ``Letter.prints`` alone, which the rules of 送达 rest on; the record
beside it tells the bytes, and is never counted for a letter. Of every other paper the register alone tells.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from typing import NewType

import msgspec

from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.ledger import FilingId, Month
from taizhang_casework.domain.letter import LetterId, LetterNumber
from taizhang_casework.domain.papers.kind import PAPER_WORDS, PaperKind
from taizhang_casework.domain.seals import SealId

PrintId = NewType("PrintId", str)
MakingId = NewType("MakingId", str)
"""One PDF that was made, whatever stands in it."""

MOST_COPIES = 99


class PrintWay(Enum):
    """How a paper left the vault."""

    PRINTED = "printed"
    SAVED = "saved"
    SIGNED = "signed"
    """Saved as a file that bears the office's electronic signature."""


WAY_WORDS: dict[PrintWay, str] = {
    PrintWay.PRINTED: "打印",
    PrintWay.SAVED: "另存为文件",
    PrintWay.SIGNED: "签名后另存为文件",
}


class LedgerPaper(msgspec.Struct, frozen=True, kw_only=True, tag="ledger"):
    """附件2 of a frozen month."""

    filing: FilingId
    month: Month
    revision: int

    @property
    def says(self) -> str:
        """As the register names it."""
        return f"{self.month.year}年{self.month.month}月台账（第{self.revision}版）"


class LetterPaper(msgspec.Struct, frozen=True, kw_only=True, tag="letter"):
    """不符合认定标准告知书 with its 送达回证."""

    letter: LetterId
    case: CaseId
    number: LetterNumber

    @property
    def says(self) -> str:
        """As the register names it."""
        return f"告知书{self.number}"


class SheetPaper(msgspec.Struct, frozen=True, kw_only=True, tag="sheet"):
    """A sheet of the loop, filled in from a case; ``case`` None: blank."""

    kind: PaperKind
    case: CaseId | None = None

    @property
    def says(self) -> str:
        """As the register names it."""
        return PAPER_WORDS[self.kind] if self.case is not None else f"空白{PAPER_WORDS[self.kind]}"


PrintedPaper = LedgerPaper | LetterPaper | SheetPaper


class PrintRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One paper that was printed or saved. ``printer`` is the system's name of it, empty for a file.

    ``digest`` is the SHA-256 (64 hex digits) of the PDF's bytes; ``seal`` which seal picture stands on it, None: room for the real
    stamp; ``why`` it was made again, as far as said; ``failed`` why nothing came out, empty where it went out.
    """

    id: PrintId
    making: MakingId
    paper: PrintedPaper
    at: datetime
    by: str
    way: PrintWay
    copies: int
    digest: str
    printer: str = ""
    seal: SealId | None = None
    why: str = ""
    failed: str = ""


def earlier_makings(records: Iterable[PrintRecord], paper: PrintedPaper) -> int:
    """How often the paper went out before, in any way: a saved file may have been printed, so what follows it is a 补打.

    What did not come out is not counted, and a blank sheet is never printed again.
    """
    if isinstance(paper, SheetPaper) and paper.case is None:
        return 0
    return len({record.making for record in records if record.paper == paper and not record.failed})


def check_making(way: PrintWay, copies: int, papers: tuple[PrintedPaper, ...], *, sealed: bool) -> tuple[Finding, ...]:
    """Before anything is drawn. Sheets have no place for a seal picture: they are signed and stamped by hand, blank ones above all."""
    found: tuple[Finding, ...] = ()
    if not 1 <= copies <= (MOST_COPIES if way is PrintWay.PRINTED else 1):
        says = f"份数应在1至{MOST_COPIES}之间" if way is PrintWay.PRINTED else "另存为文件只有1份"
        found += (Finding(field="copies", code="bad_copies", says=says),)
    if sealed or way is PrintWay.SIGNED:
        sheets = dict.fromkeys(paper.says for paper in papers if isinstance(paper, SheetPaper))
        says = "不能加盖电子印章或者电子签名，请打印后盖章"
        found += tuple(Finding(field="seal", code="not_sealable", says=f"{each}{says}") for each in sheets)
    return found
