"""Papers as every screen shows them: which there are, what is looked at, and the four deeds 预览、打印、保存、全部保存."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.ledger import FilingId, Month

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.printers import PrinterChoice, PrinterOffer, Printers, usual_choice
from taizhang_desktop.settings import SettingsFile
from taizhang_desktop.tasks import Failure, Reporter, Runner, Troubled
from taizhang_desktop.viewmodels.attachment_preview import PdfDrawer
from taizhang_desktop.viewmodels.batch import Batch, do_each
from taizhang_desktop.viewmodels.files import PDF, FileChooser
from taizhang_desktop.viewmodels.notices import Notice
from taizhang_desktop.viewmodels.shell import Frame, said

MOST_COPIES = 99


class BlankSheets(msgspec.Struct, frozen=True):
    """The sheets with nobody's data."""


class OfCases(msgspec.Struct, frozen=True):
    """The papers of one household, or of several."""

    cases: tuple[CaseId, ...]


class OfFiling(msgspec.Struct, frozen=True):
    """附件2 of a month as it was frozen."""

    month: Month
    filing: FilingId


Subject = BlankSheets | OfCases | OfFiling


class PaperLine(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of paper. ``ready`` papers of it can be made now; ``cannot`` says sentence by sentence why others cannot.

    ``prints`` are the makings before, the newest first, each in a line.
    """

    key: str
    title: str
    ready: int = 1
    cannot: tuple[str, ...] = ()
    prints: tuple[str, ...] = ()


class PaperFile(msgspec.Struct, frozen=True, kw_only=True):
    """What one file of a kind of paper would be called (without ``.pdf``) and which household's it is (empty: nobody's)."""

    name: str
    case: str = ""


class PaperDesk(Protocol):
    """Makes papers, and keeps the register of it. In the worker's thread; raises NotAccepted and OfficeTrouble."""

    def lines(self, subject: Subject) -> tuple[PaperLine, ...]:
        """What there is."""
        ...

    def files(self, subject: Subject, key: str) -> tuple[PaperFile, ...]:
        """The files of a kind that can be made now."""
        ...

    def preview(self, subject: Subject, key: str, file: PaperFile) -> bytes:
        """The PDF as it would come out, for the eyes of who is allowed to see it; the journal keeps who looked."""
        ...

    def save(self, subject: Subject, key: str, file: PaperFile, path: Path, report: Reporter) -> Changes:
        """Write it to ``path``."""
        ...

    def save_in(self, subject: Subject, key: str, file: PaperFile, folder: Path, report: Reporter) -> Changes:
        """Write it into the folder under its own name, replacing nothing."""
        ...

    def print(
        self, subject: Subject, key: str, file: PaperFile, choice: PrinterChoice, copies: int, report: Reporter
    ) -> Changes:
        """Hand it to the print queue."""
        ...


_NO_CHOICE = PrinterChoice()
Made = Batch[tuple[PaperLine, PaperFile], Changes]


@dataclass(frozen=True, kw_only=True)
class PaperTools:
    """What the view-model needs of the other rooms."""

    desk: PaperDesk
    printers: Printers
    pdf: PdfDrawer
    choose: FileChooser
    settings: SettingsFile


@dataclass(frozen=True, kw_only=True, eq=False)
class PaperPreview:
    """A page that is looked at; ``image`` None while it is drawn."""

    key: str
    title: str
    image: QImage | None = None
    page: int = 0
    pages: int = 1


@dataclass(frozen=True, kw_only=True)
class PapersView:
    """What the pane shows. ``printers`` None: not yet asked for."""

    subject: Subject | None = None
    lines: tuple[PaperLine, ...] | None = None
    printers: tuple[PrinterOffer, ...] | None = None
    chosen: str = ""
    choice: PrinterChoice = _NO_CHOICE
    busy: bool = False
    trouble: Troubled | None = None
    preview: PaperPreview | None = None

    @property
    def line(self) -> PaperLine | None:
        """The kind that is chosen."""
        return next((line for line in self.lines or () if line.key == self.chosen), None)


class PapersModel(QObject):
    """``changed``: ``view`` is another."""

    changed = Signal()

    def __init__(self, runner: Runner, queue: Runner, frame: Frame, tools: PaperTools) -> None:
        """``queue`` asks the system for its printers beside the desk's jobs: a printer in the net may let it wait."""
        super().__init__()
        self._runner = runner
        self._queue = queue
        self._frame = frame
        self._tools = tools
        self._contents: tuple[bytes, ...] = ()
        self._starts: tuple[int, ...] = ()
        self.view = PapersView()

    def open(self, subject: Subject) -> None:
        """Show the papers of it."""
        if subject != self.view.subject:
            self._let_go()
            self._show(PapersView(subject=subject, printers=self.view.printers))
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        subject = self.view.subject
        if subject is not None:
            self._runner.run(
                lambda: self._tools.desk.lines(subject), partial(self._looked, subject), partial(self._unread, subject)
            )
        if not self.view.printers:
            self._queue.run(self._tools.printers.offers, self._offered, lambda _: True)

    def on_changes(self, changes: Changes) -> None:
        """Read anew where a paper could have become possible, or was made."""
        kinds = (Kind.CASE, Kind.HOUSEHOLD, Kind.MATCH, Kind.LETTER, Kind.PRINT, Kind.ATTACHMENT)
        if self.view.lines is not None and any(changes.touches(kind) for kind in kinds):
            self.refresh()

    def choose(self, key: str) -> None:
        """Another kind, with the printer that it was printed on last."""
        if key and key != self.view.chosen:
            self._change(chosen=key, choice=self._usual(key))

    def set_printer(self, choice: PrinterChoice) -> None:
        """What this kind is printed on from now on, on this PC."""
        key = self.view.chosen
        if key:
            self._tools.settings.keep(printers={**self._tools.settings.settings.printers, key: choice})
            self._change(choice=self._usual(key))

    def look(self, page: int = 0) -> None:
        """Show a page of the chosen kind; several households' papers follow one another."""
        line, subject = self.view.line, self.view.subject
        if line is None or subject is None or self.view.busy:
            return
        fresh = self.view.preview is None or self.view.preview.key != line.key
        if fresh:
            self._let_go()
            self._change(preview=PaperPreview(key=line.key, title=line.title))
        self._change(busy=True)
        self._runner.run(
            lambda: self._draw(subject, line.key, page, fresh=fresh),
            partial(self._drawn, line, page),
            self._not_drawn,
        )

    def turn(self, pages: int) -> None:
        """Another page of what is looked at."""
        shown = self.view.preview
        if shown is not None and shown.image is not None:
            page = min(max(shown.page + pages, 0), shown.pages - 1)
            if page != shown.page:
                self.look(page)

    def look_no_more(self) -> None:
        """Back to the list; what was drawn is let go."""
        self._let_go()
        self._change(preview=None)

    def print(self, copies: int | None) -> None:
        """Print the chosen kind, on the printer that is chosen."""
        line, subject, choice = self.view.line, self.view.subject, self.view.choice
        if line is None or subject is None or self.view.busy:
            return
        if copies is None or not 1 <= copies <= MOST_COPIES:
            self._frame.tell(said(f"份数请填1至{MOST_COPIES}", Tone.SOON))
            return
        desk = self._tools.desk

        def one(line: PaperLine, file: PaperFile, report: Reporter) -> Changes:
            return desk.print(subject, line.key, file, choice, copies, report)

        where = f"（{choice.printer}）" if choice.printer else ""
        self._each(f"打印{line.title}", (line,), one, f"已交给打印机{where}")

    def save(self) -> None:
        """Save the chosen kind: one file under a name, several into a folder."""
        line, subject = self.view.line, self.view.subject
        if line is None or subject is None or self.view.busy:
            return
        if line.ready > 1:
            self._tools.choose.folder(f"保存{line.title}", partial(self._save_in, (line,)))
            return
        self._change(busy=True)
        self._runner.run(lambda: self._tools.desk.files(subject, line.key), partial(self._ask_name, line), self._failed)

    def save_all(self) -> None:
        """Save everything that can be made now into a folder."""
        ready = tuple(line for line in self.view.lines or () if line.ready)
        if ready and not self.view.busy:
            self._tools.choose.folder("全部保存", partial(self._save_in, ready))

    def close(self) -> None:
        """Want nothing any more, and hold nothing of what was looked at."""
        self._let_go()
        self.view = PapersView()
        self._runner.close()
        self._queue.close()

    def _ask_name(self, line: PaperLine, files: tuple[PaperFile, ...]) -> None:
        self._change(busy=False)
        subject, desk = self.view.subject, self._tools.desk
        if subject is None or not files:
            return

        def chosen(path: Path) -> None:
            def one(line: PaperLine, file: PaperFile, report: Reporter) -> Changes:
                return desk.save(subject, line.key, file, path, report)

            self._each(f"保存{line.title}", (line,), one, f"已保存到 {path}")

        self._tools.choose.save(f"保存{line.title}", f"{files[0].name}.pdf", PDF, chosen)

    def _save_in(self, lines: Sequence[PaperLine], folder: Path) -> None:
        subject, desk = self.view.subject, self._tools.desk
        if subject is None or self.view.busy:
            return

        def one(line: PaperLine, file: PaperFile, report: Reporter) -> Changes:
            return desk.save_in(subject, line.key, file, folder, report)

        self._each("保存材料", lines, one, f"已保存到 {folder}")

    def _each(self, title: str, lines: Sequence[PaperLine], one: "_OneFile", says: str) -> None:
        subject = self.view.subject
        if subject is None:
            return

        def work(report: Reporter) -> Made:
            items = [(line, file) for line in lines for file in self._tools.desk.files(subject, line.key)]
            place = {id(item): at for at, item in enumerate(items)}

            def deed(item: tuple[PaperLine, PaperFile]) -> Changes:
                within = report if len(items) == 1 else _at(place[id(item)], len(items), report)
                return one(*item, within)

            return do_each(items, deed, report)

        self._change(busy=True)
        self._runner.run_long(title, work, partial(self._done, says), self._failed, gives_way=True)

    def _done(self, says: str, batch: Made) -> None:
        self._change(busy=False)
        made, failed, left = len(batch.done), len(batch.failed), len(batch.left)
        for changes in batch.done:
            self._runner.announce(changes)
        if left:
            words = f"已取消，完成{made}份，还有{left}份没有做" if made else "已取消，没有打印也没有保存"
            self._frame.tell(said(words, Tone.SOON))
        elif failed:
            lines = tuple(f"{file.name}：{trouble}" for (_, file), trouble in batch.failed)
            others = f"，另外{made}份{says}" if made else ""
            self._frame.tell(Notice(tone=Tone.OVERDUE, says=f"{failed}份没有做成{others}", lines=lines))
        else:
            self._frame.tell(said(f"{made}份材料{says}" if made > 1 else says))

    def _draw(self, subject: Subject, key: str, page: int, *, fresh: bool) -> "_Drawn":
        desk, pdf = self._tools.desk, self._tools.pdf
        contents, starts = self._contents, self._starts
        if fresh:
            contents = tuple(desk.preview(subject, key, file) for file in desk.files(subject, key))
            counts = [pdf.count_pages(content) for content in contents]
            starts = tuple(sum(counts[:at]) for at in range(len(counts) + 1))
        at = next(at for at in range(len(contents)) if page < starts[at + 1])
        return _Drawn(contents, starts, pdf.draw_page(contents[at], page - starts[at]))

    def _drawn(self, line: PaperLine, page: int, drawn: "_Drawn") -> None:
        self._change(busy=False)
        shown = self.view.preview
        if shown is not None and shown.key == line.key:
            self._contents, self._starts = drawn.contents, drawn.starts
            pages = drawn.starts[-1]
            self._change(
                preview=PaperPreview(key=line.key, title=line.title, image=drawn.image, page=page, pages=pages)
            )

    def _not_drawn(self, _failure: Failure) -> bool:
        self._change(busy=False, preview=None)
        self._let_go()
        return False

    def _failed(self, _failure: Failure) -> bool:
        self._change(busy=False)
        return False

    def _looked(self, subject: Subject, lines: tuple[PaperLine, ...]) -> None:
        if subject == self.view.subject:
            keys = [line.key for line in lines]
            first = next((line.key for line in lines if line.ready), keys[0] if keys else "")
            chosen = self.view.chosen if self.view.chosen in keys else first
            self._change(lines=lines, trouble=None, chosen=chosen, choice=self._usual(chosen))

    def _unread(self, subject: Subject, failure: Failure) -> bool:
        if subject != self.view.subject or not isinstance(failure, Troubled):
            return False
        self._change(trouble=failure)
        return True

    def _offered(self, offers: tuple[PrinterOffer, ...]) -> None:
        self._change(printers=offers)
        self._change(choice=self._usual(self.view.chosen))

    def _usual(self, key: str) -> PrinterChoice:
        return usual_choice(self.view.printers or (), self._tools.settings.settings.printers.get(key))

    def _let_go(self) -> None:
        self._contents, self._starts = (), ()

    def _change(self, **parts: object) -> None:
        self._show(replace(self.view, **parts))  # type: ignore[arg-type]  # the parts of the view by name

    def _show(self, view: PapersView) -> None:
        if view != self.view:
            self.view = view
            self.changed.emit()


@dataclass(frozen=True)
class _Drawn:
    contents: tuple[bytes, ...]
    starts: tuple[int, ...]
    image: QImage


class _OneFile(Protocol):
    def __call__(self, line: PaperLine, file: PaperFile, report: Reporter) -> Changes: ...


def _at(at: int, total: int, report: Reporter) -> Reporter:
    """Whether it was cancelled, while the bar goes on showing how many of the files are done."""
    return _Within(at, total, report)


@dataclass(frozen=True)
class _Within:
    at: int
    of: int
    report: Reporter

    def __call__(self, done: int, total: int) -> None:
        del done, total
        self.report(self.at, self.of)
