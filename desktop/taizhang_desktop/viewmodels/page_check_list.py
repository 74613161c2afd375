"""The papers whose pages were checked in a session: which pages of each, which not yet, and how the worst of them stands."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import msgspec
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.page_codes import CodedPaper, PageCode
from taizhang_casework.services.page_proof import Agreement, PageProof

_SEVERITY = (
    Agreement.FORGED,
    Agreement.DIFFERS,
    Agreement.UNKNOWN_OFFICE,
    Agreement.NOT_HERE,
    Agreement.REPLACED,
    Agreement.AGREES,
)


_UNSIGNED = frozenset({Agreement.FORGED, Agreement.UNKNOWN_OFFICE})


class CheckedPage(msgspec.Struct, frozen=True):
    """A page and its newest verdict."""

    page: int
    agreement: Agreement


class CheckedPaper(msgspec.Struct, frozen=True, kw_only=True):
    """One paper as its codes name it. ``name`` is Chinese."""

    paper: CodedPaper
    office: OfficeId
    number: str
    total: int
    name: str
    pages: tuple[CheckedPage, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from others: the same number printed on A4 and on A3 has other pages."""
        return f"{self.paper.value}/{self.office}/{self.number}/{self.total}"

    def is_of(self, code: PageCode) -> bool:
        """Whether the code stands on it."""
        mine = (self.paper, self.office, self.number, self.total)
        return mine == (code.paper, code.office, code.number, code.pages)

    @property
    def good(self) -> tuple[int, ...]:
        """The pages that agree, also with a filing that was replaced."""
        right = {Agreement.AGREES, Agreement.REPLACED}
        return tuple(each.page for each in self.pages if each.agreement in right)

    @property
    def bad(self) -> tuple[int, ...]:
        """The pages that were scanned and do not."""
        return tuple(each.page for each in self.pages if each.page not in self.good)

    @property
    def missing(self) -> tuple[int, ...]:
        """The pages that nobody has scanned yet."""
        seen = {each.page for each in self.pages}
        return tuple(page for page in range(1, self.total + 1) if page not in seen)

    @property
    def worst(self) -> Agreement:
        """The gravest verdict of its pages."""
        return min((each.agreement for each in self.pages), key=_SEVERITY.index)

    @property
    def short(self) -> str:
        """What is not in order, for a narrow column."""
        return _short(self)

    @property
    def progress(self) -> str:
        """Which pages are done and which not, in words."""
        parts = [
            f"第{spans(self.good)}页相符" if self.good else "",
            f"第{spans(self.bad)}页有问题" if self.bad else "",
            f"还差第{spans(self.missing)}页" if self.missing else f"{self.total}页都扫过了",
        ]
        return "，".join(filter(None, parts))


def _short(page: CheckedPaper) -> str:
    bad = f"第{spans(page.bad)}页有问题" if page.bad else ""
    return "，".join(filter(None, (bad, f"差第{spans(page.missing)}页" if page.missing else "全部扫过")))


def with_page(
    known: Sequence[CheckedPaper], proof: PageProof, name_of: Callable[[OfficeId], str]
) -> tuple[CheckedPaper, ...]:
    """The papers with one more page, its paper first.

    A code without a good signature begins no paper: a scanner that read a sign wrong would. It counts against a paper that is known.
    """
    code = proof.code
    if code is None:
        return tuple(known)
    old = next((each for each in known if each.is_of(code)), None)
    if old is None and proof.agreement in _UNSIGNED:
        return tuple(known)
    paper = old or CheckedPaper(
        paper=code.paper,
        office=code.office,
        number=code.number,
        total=code.pages,
        name=_name(code, name_of(code.office)),
    )
    others = [each for each in paper.pages if each.page != code.page]
    pages = sorted((*others, CheckedPage(code.page, proof.agreement)), key=lambda each: each.page)
    fresh = msgspec.structs.replace(paper, pages=tuple(pages))
    return (fresh, *(each for each in known if each is not old))


def spans(pages: Iterable[int]) -> str:
    """Numbers in order with runs drawn together: ``1—3、5``."""
    ordered = sorted(pages)
    starts = [0, *(at for at, (one, two) in enumerate(pairwise(ordered), 1) if two != one + 1), len(ordered)]
    runs = [ordered[one:two] for one, two in pairwise(starts)]
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in runs if run)


def _name(code: PageCode, office: str) -> str:
    if code.paper is CodedPaper.LEDGER:
        month, _, revision = code.number.partition(".")
        year, _, of_year = month.partition("-")
        again = "" if revision == "1" else f"（第{revision}次）"
        return f"{office}{year}年{int(of_year or 0)}月台账{again}"
    year, _, serial = code.number.partition(".")
    return f"{office}告知书〔{year}〕{serial}号"
