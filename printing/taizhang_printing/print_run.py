"""One printing of a paper: what it bears beyond its content."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from taizhang_printing.ledger_words import in_words
from taizhang_printing.seal import SealPicture

CodeOf = Callable[[int, int], str]
"""The text of a page's code, from the page's number (counted from 1) and how many pages there are."""


class PrintRun(msgspec.Struct, frozen=True, kw_only=True):
    """Who prints, when, and for which time: ``earlier`` counts the printings before this one, which makes it a 补打.

    ``mark`` stands large across each page (演练); ``code_of`` gives the code of each page, None: the pages bear none; ``seal`` is the
    office's own picture, None: room is left for the real stamp.
    """

    printed_by: str
    printed_at: datetime
    earlier: int = 0
    mark: str = ""
    code_of: CodeOf | None = None
    seal: SealPicture | None = None

    @property
    def words(self) -> str:
        """As it stands small at the foot of a page that bears personal data."""
        again = f"　补打（第{self.earlier + 1}次打印）" if self.earlier else ""
        return f"打印：{self.printed_by}　{in_words(self.printed_at.date())}{self.printed_at:%H:%M}{again}"
