"""月度报送: a month looked over, frozen, printed, packed. What is printed and packed is what was frozen."""

from collections.abc import Callable
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, Signal
from taizhang_casework.domain.changes import Changes, Kind
from taizhang_casework.domain.duty_rules import filing_day
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.ledger import Filing, FilingId, LedgerLine, Month
from taizhang_casework.domain.packages import PackageKind, PackageRecord
from taizhang_casework.domain.rights import Right
from taizhang_casework.services.filing import Frozen, MonthPreview, freeze, preview
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.sending import Sent
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.tasks import Failure, Reporter, Runner, Troubled
from taizhang_desktop.viewmodels.after_deed import Done, done_and_looked_at
from taizhang_desktop.viewmodels.files import PDF, FileChooser
from taizhang_desktop.viewmodels.navigation import Destination, Place, papers_of_filing
from taizhang_desktop.viewmodels.notices import Notice, NoticeAction
from taizhang_desktop.viewmodels.permission import why_not
from taizhang_desktop.viewmodels.shell import Frame
from taizhang_desktop.viewmodels.words import month_name

HEAD = 8
"""Hex digits of a digest that are shown, to be compared by eye with the paper."""


class PaperSize(Enum):
    """What 附件2 is printed on, always landscape."""

    A4 = "A4"
    A3 = "A3"


class PrintLedger(Protocol):
    """Draws a frozen filing."""

    def __call__(self, filing: Filing, path: Path, paper: PaperSize, progress: Reporter) -> None:
        """Write the PDF to ``path``, whole or not at all. Runs in the worker's thread; raises OfficeTrouble."""
        ...


class PackFiling(Protocol):
    """Packs a frozen filing for the bureau."""

    def __call__(self, filing: FilingId, folder: Path) -> Sent:
        """Write the package into ``folder`` under its own name and register it. In the worker's thread; raises OfficeTrouble."""
        ...


class FilingTools(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen needs of the other rooms. ``open_file`` shows a finished file by the PC's own program (None: not offered)."""

    print_ledger: PrintLedger
    pack_filing: PackFiling
    choose: FileChooser
    open_file: Callable[[Path], None] | None = None


class FilingState(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows. ``revisions`` are the month's, newest first; ``shown`` is the one shown, None for the ledger as it stands."""

    month: Month
    due: date
    today: date
    preview: MonthPreview | None = None
    revisions: tuple[Filing, ...] = ()
    shown: Filing | None = None
    sent: tuple[PackageRecord, ...] = ()
    busy: bool = False
    trouble: Troubled | None = None

    @property
    def lines(self) -> tuple[LedgerLine, ...]:
        """The lines in the table."""
        if self.shown is not None:
            return self.shown.lines
        return () if self.preview is None else self.preview.lines

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was changed since the last revision, and what is unfinished; ``field`` is the case's id.

        Of an earlier revision nothing is said any more.
        """
        if self.preview is None:
            return ()
        present = self.shown is None or (self.preview.unchanged and self.shown == self.preview.latest)
        if present:
            return (*self.preview.changed, *self.preview.findings)
        return self.preview.changed if self.shown == self.preview.latest else ()

    @property
    def closed(self) -> int:
        """How many of the lines shown are closed."""
        return sum(line.closed_on is not None for line in self.lines)

    @property
    def has_next(self) -> bool:
        """Whether the following month has begun."""
        return self.month.following.first_day <= self.today

    @property
    def can_freeze(self) -> bool:
        """Whether freezing would add a revision."""
        return self.preview is not None and not self.preview.unchanged and not self.busy

    @property
    def can_file(self) -> bool:
        """Whether what is shown is frozen, and so can be printed and packed."""
        return self.shown is not None and not self.busy

    @property
    def says(self) -> str:
        """How the month stands, in one sentence."""
        if self.preview is None:
            return ""
        latest = self.preview.latest
        if latest is None:
            return "本月台账尚未封存"
        if self.preview.unchanged:
            return f"已封存第{latest.revision}版，此后没有变化"
        count = f"（{len(self.preview.changed)}条）"
        if self.preview.filed:
            return f"第{latest.revision}版报备后有改动{count}，需要重新封存并报送"
        return f"第{latest.revision}版封存后有变化{count}，需要重新封存"


class _Read(msgspec.Struct, frozen=True, kw_only=True):
    preview: MonthPreview
    revisions: tuple[Filing, ...]
    sent: tuple[PackageRecord, ...]


class FilingModel(QObject):
    """月度报送. ``changed`` is emitted when ``state`` is another."""

    changed = Signal()

    def __init__(self, work: Work, runner: Runner, frame: Frame, tools: FilingTools) -> None:
        """Begin with the office's present month."""
        super().__init__()
        self._work = work
        self._runner = runner
        self._frame = frame
        self._tools = tools
        self.pack = work.pack
        self.may_not_freeze = why_not(work.user, Right.FREEZE)
        self.may_not_export = why_not(work.user, Right.EXPORT)
        self.state = self._blank(Month.of(work.clock.today()))

    def refresh(self) -> None:
        """Read the month anew."""
        self._load()

    def on_changes(self, changes: Changes) -> None:
        """Read anew if the month's ledger, its revisions or its packages may be touched."""
        kinds = (Kind.CASE, Kind.HOUSEHOLD, Kind.LETTER, Kind.FILING, Kind.PACKAGE)
        if self.state.preview is not None and any(changes.touches(kind) for kind in kinds):
            self.refresh()

    def choose_month(self, month: Month) -> None:
        """Look at another month."""
        if month == self.state.month and self.state.preview is not None:
            self.refresh()
            return
        self.state = self._blank(month)
        self.changed.emit()
        self._load()

    def choose_text(self, target: str) -> None:
        """Look at the month written as ``2022-04``; anything else reads the present one anew."""
        year, _, month = target.partition("-")
        if year.isdigit() and month.isdigit():
            self.choose_month(Month(int(year), int(month)))
        else:
            self.refresh()

    def show_revision(self, revision: Filing | None) -> None:
        """Show a frozen revision, or the ledger as it stands."""
        self._set(shown=revision)

    def freeze(self) -> None:
        """封存: add a revision of the month as it stands, and show it."""
        if not self.state.can_freeze:
            return
        month = self.state.month

        def freeze_and_read() -> Done[Frozen, _Read]:
            return done_and_looked_at(lambda: freeze(self._work, month), lambda: self._read_month(month))

        self._set(busy=True)
        self._runner.run(freeze_and_read, lambda done: self._frozen(month, done), self._failed)

    def print_ledger(self, paper: PaperSize) -> None:
        """Ask for a file, then draw the revision shown."""
        filing = self.state.shown
        if filing is None or self.state.busy:
            return
        name = f"附件2_{filing.office.name}_{filing.month}_第{filing.revision}版_{paper.value}.pdf"
        self._tools.choose.save(f"保存台账（{paper.value}）", name, PDF, lambda path: self._draw(filing, paper, path))

    def go_papers(self) -> None:
        """Go to where the revision shown is looked at and printed."""
        if self.state.shown is not None:
            self._frame.go(papers_of_filing(self.state.shown))

    def pack_filing(self) -> None:
        """Ask for a folder, then pack the revision shown for the bureau."""
        filing = self.state.shown
        if filing is not None and not self.state.busy:
            self._tools.choose.folder("选择存放数据包的文件夹（如U盘）", lambda folder: self._pack(filing, folder))

    def open_case(self, case: str) -> None:
        """Go to the case of a line or finding."""
        self._frame.go(Destination(Place.CASE, case))

    def close(self) -> None:
        """Want nothing any more."""
        self._runner.close()

    def _blank(self, month: Month) -> FilingState:
        return FilingState(month=month, due=filing_day(month, self.pack), today=self._work.clock.today())

    def _load(self) -> None:
        month = self.state.month
        self._runner.run(lambda: self._read_month(month), lambda found: self._show(month, found), self._failed)

    def _read_month(self, month: Month) -> _Read:
        with self._work.store.reading() as desk:
            return _read(self._work, desk, month)

    def _show(self, month: Month, found: _Read) -> None:
        if month != self.state.month:
            return
        shown = self.state.shown
        if shown is None and found.preview.unchanged:
            shown = found.preview.latest
        self._set(
            preview=found.preview,
            revisions=found.revisions,
            sent=found.sent,
            shown=shown,
            trouble=None,
        )

    def _frozen(self, month: Month, done: Done[Frozen, _Read]) -> None:
        """Free the buttons only with the month as it now stands: before, the screen would say 尚未封存 and offer to freeze again."""
        frozen, found = done.deed, done.found
        filing = frozen.filing
        if found is not None and month == self.state.month:
            self._set(busy=False, preview=found.preview, revisions=found.revisions, sent=found.sent, shown=filing)
        else:
            self._set(busy=False)
        self._runner.announce(frozen.changes)
        self._frame.tell(
            Notice(
                tone=Tone.DONE,
                says=f"{month_name(filing.month)}台账已封存为第{filing.revision}版，共{len(filing.lines)}条，校验码{filing.digest[:HEAD]}",
                lines=("请打印台账，加盖政府公章后留存，并导出数据包报送区乡村振兴局。",),
            )
        )

    def _draw(self, filing: Filing, paper: PaperSize, path: Path) -> None:
        def draw(progress: Reporter) -> Path:
            self._tools.print_ledger(filing, path, paper, progress)
            return path

        self._set(busy=True)
        self._runner.run_long("生成台账", draw, self._drawn, self._failed)

    def _drawn(self, path: Path) -> None:
        self._set(busy=False)
        self._told(f"台账已保存：{path.name}", "请用A4或A3纸横向打印，在留白处加盖政府公章。", path)

    def _pack(self, filing: Filing, folder: Path) -> None:
        self._set(busy=True)
        self._runner.run_long(
            "生成数据包", lambda _: self._tools.pack_filing(filing.id, folder), self._packed, self._failed
        )

    def _packed(self, sent: Sent) -> None:
        self._set(busy=False)
        self._runner.announce(sent.changes)
        number = sent.record.manifest.number
        self._told(
            f"数据包第{number}号已生成：{sent.record.file}",
            "数据包已加密，只有区乡村振兴局能打开；请送达后等待回执。",
            None,
        )

    def _told(self, says: str, line: str, path: Path | None) -> None:
        opened = self._tools.open_file
        action = None
        if opened is not None and path is not None:
            action = NoticeAction("打开文件", lambda: opened(path))
        self._frame.tell(Notice(tone=Tone.DONE, says=says, lines=(line,), action=action))

    def _failed(self, failure: Failure) -> bool:
        """A month that cannot be read says so in its place; of a deed that failed the window's notice speaks."""
        reading = isinstance(failure, Troubled) and self.state.preview is None
        self._set(busy=False, trouble=failure if isinstance(failure, Troubled) and reading else None)
        return reading

    def _set(self, **other: object) -> None:
        self.state = msgspec.structs.replace(self.state, **other)
        self.changed.emit()


def _read(work: Work, desk: Desk, month: Month) -> _Read:
    return _Read(
        preview=preview(work, desk, month),
        revisions=tuple(desk.filings.of_month(month)),
        sent=tuple(record for record in desk.packages.sent(PackageKind.FILING) if record.manifest.month == month),
    )
