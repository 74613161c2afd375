"""Papers of an open office for the screens: listed, drawn, and let out through the one service that registers them."""

from functools import partial
from pathlib import Path

from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.ledger import Filing, FilingId, Month
from taizhang_casework.domain.papers.kind import PAPER_WORDS, PaperKind
from taizhang_casework.domain.print_register import (
    WAY_WORDS,
    LedgerPaper,
    LetterPaper,
    PrintRecord,
    PrintWay,
    SheetPaper,
)
from taizhang_casework.services.disclosing import disclose_numbers
from taizhang_casework.services.paper_list import PaperState, blank_papers, ledger_state, papers_of
from taizhang_casework.services.papers import blank_paper, paper
from taizhang_casework.services.printing_out import Draw, HandOver, Impression, PrintOrder, make_paper
from taizhang_db.disk import unused
from taizhang_printing.files import write_whole
from taizhang_printing.ledger import Paper

from taizhang_desktop.bootstrap.drawings import Drawings
from taizhang_desktop.bootstrap.office import OpenOffice
from taizhang_desktop.printers import PrinterChoice, Printers, PrintJob
from taizhang_desktop.tasks import Reporter
from taizhang_desktop.viewmodels.papers import BlankSheets, OfCases, PaperFile, PaperLine, Subject

LETTER = "letter"
LEDGERS = {"ledger_a4": Paper.A4, "ledger_a3": Paper.A3}
_LEDGER_WORDS = {"ledger_a4": "台账（附件2），A4横向", "ledger_a3": "台账（附件2），A3横向"}


class OfficePapers:
    """Implements ``PaperDesk``."""

    def __init__(self, office: OpenOffice, printers: Printers) -> None:
        """Bind to the office."""
        self._office = office
        self._printers = printers
        self._drawings = Drawings(office)

    def lines(self, subject: Subject) -> tuple[PaperLine, ...]:
        """See ``PaperDesk``."""
        states = self._states(subject)
        several = isinstance(subject, OfCases) and len(subject.cases) > 1
        return tuple(_line(key, each, several=several) for key, each in states.items())

    def files(self, subject: Subject, key: str) -> tuple[PaperFile, ...]:
        """See ``PaperDesk``."""
        return tuple(_file(key, state) for state in self._states(subject)[key] if not state.faults)

    def preview(self, subject: Subject, key: str, file: PaperFile) -> bytes:
        """See ``PaperDesk``."""
        work = self._office.work
        draw = self._draw(self._state(subject, key, file), key)
        if file.case and key != LETTER:
            disclose_numbers(work, CaseId(file.case))
        return draw(Impression(printed_by=work.user.name, printed_at=work.clock.now(), earlier=0))

    def save(self, subject: Subject, key: str, file: PaperFile, path: Path, report: Reporter) -> Changes:
        """See ``PaperDesk``."""
        report(0, 1)
        return self._make(subject, key, file, PrintWay.SAVED, partial(write_whole, path))

    def save_in(self, subject: Subject, key: str, file: PaperFile, folder: Path, report: Reporter) -> Changes:
        """See ``PaperDesk``."""
        return self.save(subject, key, file, unused(folder / f"{file.name}.pdf", "_另存"), report)

    def print(
        self, subject: Subject, key: str, file: PaperFile, choice: PrinterChoice, copies: int, report: Reporter
    ) -> Changes:
        """See ``PaperDesk``."""

        def queue(content: bytes) -> None:
            job = PrintJob(content=content, title=_kind_words(key), choice=choice, copies=copies)
            self._printers.print(job, report)

        report(0, 0)
        return self._make(subject, key, file, PrintWay.PRINTED, queue, copies=copies, printer=choice.printer)

    def _make(
        self,
        subject: Subject,
        key: str,
        file: PaperFile,
        way: PrintWay,
        hand_over: HandOver,
        *,
        copies: int = 1,
        printer: str = "",
    ) -> Changes:
        state = self._state(subject, key, file)
        order = PrintOrder(papers=(state.paper,), way=way, copies=copies, printer=printer)
        return make_paper(self._office.work, order, self._draw(state, key), hand_over).changes

    def _state(self, subject: Subject, key: str, file: PaperFile) -> PaperState:
        """As it stands now; NotAccepted where it cannot be made any more."""
        if file.case:
            subject = OfCases((CaseId(file.case),))
        state = self._states(subject)[key][0]
        if state.faults:
            raise NotAccepted(state.faults)
        return state

    def _states(self, subject: Subject) -> dict[str, list[PaperState]]:
        work = self._office.work
        if isinstance(subject, OfCases):
            found = [state for case in subject.cases for state in papers_of(work, case)]
        elif isinstance(subject, BlankSheets):
            found = list(blank_papers(work))
        else:
            state = ledger_state(work, self._filing(subject.month, subject.filing))
            return {key: [state] for key in LEDGERS}
        by_key: dict[str, list[PaperState]] = {}
        for state in found:
            by_key.setdefault(_key(state), []).append(state)
        return by_key

    def _draw(self, state: PaperState, key: str) -> Draw:
        work, of = self._office.work, state.paper
        if isinstance(of, LetterPaper) and state.letter is not None:
            return self._drawings.letters((state.letter.notice,))
        if isinstance(of, SheetPaper):
            content = blank_paper(work, of.kind) if of.case is None else paper(work, of.case, of.kind)
            return self._drawings.sheet(content)
        if isinstance(of, LedgerPaper):
            return self._drawings.ledger(self._filing(of.month, of.filing), LEDGERS[key])
        raise LookupError(key)

    def _filing(self, month: Month, filing: FilingId) -> Filing:
        with self._office.work.store.reading() as desk:
            return next(each for each in desk.filings.of_month(month) if each.id == filing)


def _key(state: PaperState) -> str:
    return state.paper.kind.value if isinstance(state.paper, SheetPaper) else LETTER


def _kind_words(key: str) -> str:
    if key == LETTER:
        return "告知书和送达回证"
    return _LEDGER_WORDS.get(key) or PAPER_WORDS[PaperKind(key)]


def _line(key: str, states: list[PaperState], *, several: bool) -> PaperLine:
    cannot = []
    for state in states:
        says = [finding.says for finding in state.faults]
        cannot += [f"{state.who}：{'；'.join(says)}"] if several and says else says
    prints = sorted((record for state in states for record in state.prints), key=lambda record: record.at, reverse=True)
    return PaperLine(
        key=key,
        title=_kind_words(key),
        ready=sum(not state.faults for state in states),
        cannot=tuple(cannot),
        prints=tuple(_record(record) for record in prints),
    )


def _record(record: PrintRecord) -> str:
    how = WAY_WORDS[record.way]
    many = f"{record.copies}份" if record.way is PrintWay.PRINTED else ""
    where = f"（{record.printer}）" if record.printer else ""
    failed = f"，没有成功：{record.failed}" if record.failed else ""
    return f"{record.at:%Y-%m-%d %H:%M}　{record.by}　{how}{many}{where}{failed}"


def _file(key: str, state: PaperState) -> PaperFile:
    words = _kind_words(key)
    if isinstance(state.paper, LetterPaper):
        return PaperFile(name=f"告知书{state.paper.number}", case=state.paper.case)
    if isinstance(state.paper, LedgerPaper):
        return PaperFile(name=f"{state.paper.says}_{key[-2:].upper()}")
    if state.paper.case is None:
        return PaperFile(name=f"空白{words}")
    return PaperFile(name=f"{words}_{state.who}", case=state.paper.case)
