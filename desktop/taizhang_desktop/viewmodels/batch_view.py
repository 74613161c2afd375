"""What 一起办理 shows: who is chosen, who cannot take the deed, and what the rules say of all and of one."""

import msgspec
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.letter import Letter
from taizhang_casework.services.batch import OfHousehold

from taizhang_desktop.tasks import Troubled
from taizhang_desktop.viewmodels.batch_deeds import letters_of
from taizhang_desktop.viewmodels.batch_sheet import BatchDeed, BatchLine, BatchSheet

OWN_FIELDS = {
    BatchDeed.HOME_VISIT: ("conclusion",),
    BatchDeed.DEMOCRATIC_REVIEW: ("agree", "against", "abstain", "opinions"),
    BatchDeed.PUBLIC_NOTICE: (),
    BatchDeed.NOTICE_POSTED: (),
    BatchDeed.LETTERS: (),
}
"""What each household answers for itself."""


class BatchView(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows. ``ticked`` are the households that the user wants; those that cannot take the deed are ``unable``.

    ``said`` is what the rules say about each; ``asking``: they only have notes, and saving again writes everything as it is.
    ``emptied`` counts how often what was typed was done with.
    """

    sheet: BatchSheet | None = None
    deed: BatchDeed = BatchDeed.HOME_VISIT
    ticked: frozenset[CaseId] = frozenset()
    said: tuple[OfHousehold, ...] = ()
    rest: str = ""
    asking: bool = False
    busy: bool = False
    loading: bool = False
    emptied: int = 0
    trouble: Troubled | None = None

    @property
    def lines(self) -> tuple[BatchLine, ...]:
        """Those that can take the deed."""
        return () if self.sheet is None else self.sheet.able(self.deed)

    @property
    def chosen(self) -> tuple[BatchLine, ...]:
        """Those for which it will be written."""
        return tuple(line for line in self.lines if line.case in self.ticked)

    @property
    def unable(self) -> tuple[BatchLine, ...]:
        """Those that were asked for and cannot take the deed."""
        lines = () if self.sheet is None else self.sheet.lines
        return tuple(line for line in lines if line.case in self.ticked and not line.can(self.deed))

    @property
    def waiting(self) -> tuple[Letter, ...]:
        """The letters of the chosen that are drafted and not printed yet."""
        return () if self.sheet is None else letters_of(self.sheet, {line.case for line in self.chosen})

    @property
    def of_all(self) -> tuple[Finding, ...]:
        """What is said alike of every household chosen: told once."""
        by_case = {each.case: each.findings for each in self.said}
        every = [by_case.get(line.case, ()) for line in self.chosen]
        alike = every[0] if every and all(every) else ()
        own = OWN_FIELDS[self.deed]
        return tuple(each for each in alike if each.field not in own and all(each in findings for findings in every))

    @property
    def of_each(self) -> dict[CaseId, tuple[Finding, ...]]:
        """What is said of each household beside that."""
        common = self.of_all
        return {each.case: tuple(finding for finding in each.findings if finding not in common) for each in self.said}
