"""纸质核对: what was scanned from a paper, whether it agrees with the database, and which pages of which paper have been checked."""

from collections.abc import Callable
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.ledger import Filing
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.services.disclosing import disclose_ledger
from taizhang_casework.services.page_proof import Agreement, PageProof
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Failure, Runner, Troubled
from taizhang_desktop.viewmodels.page_check_list import CheckedPaper, with_page

MOST_TYPED = 1_000
"""Characters of a scan: a code has fewer than 200, and what is longer is none."""

WORDS = {
    Agreement.AGREES: "相符",
    Agreement.REPLACED: "已被替换",
    Agreement.DIFFERS: "不符",
    Agreement.NOT_HERE: "这里没有",
    Agreement.FORGED: "不能采信",
    Agreement.UNKNOWN_OFFICE: "单位未登记",
    Agreement.NO_CODE: "没有读出",
}
TONES = {
    Agreement.AGREES: Tone.DONE,
    Agreement.REPLACED: Tone.SOON,
    Agreement.DIFFERS: Tone.OVERDUE,
    Agreement.NOT_HERE: Tone.SOON,
    Agreement.FORGED: Tone.OVERDUE,
    Agreement.UNKNOWN_OFFICE: Tone.SOON,
    Agreement.NO_CODE: Tone.PLAIN,
}


class LedgerPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a ledger (counted from 1) as it was printed, drawn anew from what was frozen. ``image`` None: another number of pages."""

    image: QImage | None
    page: int
    pages: int


class DrawLedgerPage(Protocol):
    """Draws a page of a filing in the paper size that has so many pages; 0 pages: in A4. Runs in the worker's thread."""

    def __call__(self, filing: Filing, page: int, pages: int) -> LedgerPage:
        """OfficeTrouble where it cannot be drawn."""
        ...


class PageCheckState(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows: the last verdict, the page beside it, and the papers of this session, the last one first."""

    proof: PageProof | None = None
    shown: LedgerPage | None = None
    drawing: bool = False
    papers: tuple[CheckedPaper, ...] = ()
    trouble: Troubled | None = None

    @property
    def current(self) -> CheckedPaper | None:
        """The paper that the last verdict is about, where its code told."""
        code = None if self.proof is None else self.proof.code
        return None if code is None else next((each for each in self.papers if each.is_of(code)), None)


class PageCheckModel(QObject):
    """纸质核对. ``changed`` is emitted when ``state`` is another, ``judged`` when a scan has its verdict."""

    changed = Signal()
    judged = Signal()

    def __init__(self, work: Work, prove: Callable[[str], PageProof], draw: DrawLedgerPage, runner: Runner) -> None:
        """``prove`` and ``draw`` are called in the worker's thread."""
        super().__init__()
        self._work = work
        self._prove = prove
        self._draw = draw
        self._runner = runner
        self._last = ""
        self.state = PageCheckState()

    def check(self, typed: str) -> None:
        """Judge what was scanned or typed; nothing typed is nothing asked."""
        if not typed.strip():
            return
        self._last = typed
        asked = typed if len(typed) <= MOST_TYPED else ""
        self._runner.run(lambda: self._prove(asked), self._judged, self._failed)

    def turn(self, by: int) -> None:
        """Another page of the ledger that is shown."""
        shown, proof = self.state.shown, self.state.proof
        if shown is None or proof is None or proof.filing is None or self.state.drawing:
            return
        page = shown.page + by
        if 1 <= page <= shown.pages:
            self._look(proof.filing, page, shown.pages)

    def clear(self) -> None:
        """Ready for the next paper; what was checked stays in the list."""
        self._last = ""
        self._put(proof=None, shown=None, drawing=False, trouble=None)

    def begin_list_anew(self) -> None:
        """Forget what was checked in this session."""
        self.state = PageCheckState()
        self.changed.emit()

    def refresh(self) -> None:
        """Nothing is read before something is scanned; after trouble the same is judged once more."""
        if self.state.trouble is not None:
            self.check(self._last)

    def on_changes(self, changes: Changes) -> None:
        """A package came, or a card: the verdict may be another now."""
        kinds = (Kind.RECEIVED_FILING, Kind.PARTNER, Kind.FILING)
        if self._last and any(changes.touches(kind) for kind in kinds):
            self.check(self._last)

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _judged(self, proof: PageProof) -> None:
        papers = with_page(self.state.papers, proof, self._name)
        self._put(proof=proof, shown=None, drawing=False, papers=papers, trouble=None)
        self.judged.emit()
        if proof.filing is not None:
            page, pages = (1, 0) if proof.code is None else (proof.code.page, proof.code.pages)
            self._look(proof.filing, page, pages)

    def _look(self, filing: Filing, page: int, pages: int) -> None:
        proof = self.state.proof
        self._put(drawing=True)

        def drawn() -> tuple[LedgerPage, Changes]:
            changes = disclose_ledger(self._work, filing.id, page)
            return self._draw(filing, page, pages), changes

        def show(made: tuple[LedgerPage, Changes]) -> None:
            self._runner.announce(made[1])
            if self.state.proof is proof:
                self._put(shown=made[0], drawing=False)

        def failed(failure: Failure) -> bool:
            if self.state.proof is proof:
                self._put(drawing=False)
            return self._failed(failure)

        self._runner.run(drawn, show, failed)

    def _name(self, office: OfficeId) -> str:
        return self._work.divisions.towns.get(office, self._work.pack.district.bureau)

    def _put(self, **other: object) -> None:
        self.state = msgspec.structs.replace(self.state, **other)
        self.changed.emit()

    def _failed(self, failure: Failure) -> bool:
        if not isinstance(failure, Troubled):
            return False
        self._put(trouble=failure)
        return True
