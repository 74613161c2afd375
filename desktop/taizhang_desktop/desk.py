"""The open desk: the window around an office's screens, town or bureau, each made when it is first gone to."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import OfficeKind
from taizhang_casework.domain.rights import ROLE_WORDS

from taizhang_desktop.bootstrap import OpenOffice
from taizhang_desktop.bootstrap.backups import OfficeBackups
from taizhang_desktop.bootstrap.tools import OfficeTools
from taizhang_desktop.crash import Crash
from taizhang_desktop.guide.book import HelpBook
from taizhang_desktop.settings import SettingsFile
from taizhang_desktop.shell.screen import Screen
from taizhang_desktop.shell.window import MainWindow, ScreenMaker
from taizhang_desktop.vault_news import VaultNewsBox
from taizhang_desktop.viewmodels.drafts import DraftHome, DraftShelf
from taizhang_desktop.viewmodels.files import FileChooser
from taizhang_desktop.viewmodels.going_on import offer_to_go_on
from taizhang_desktop.viewmodels.navigation import BUREAU_NAVIGATION, TOWN_NAVIGATION, Destination, Place, together
from taizhang_desktop.viewmodels.shell import Header, ShellModel
from taizhang_desktop.viewmodels.undoing import UndoModel
from taizhang_desktop.viewmodels.words import month_name
from taizhang_desktop.worker import DeskWorker, Lane

if TYPE_CHECKING:
    from taizhang_desktop.viewmodels.daily_backup import DailyBackup
    from taizhang_desktop.viewmodels.papers import PapersModel

LOOK_EVERY_MS = 30 * 60 * 1000
"""A PC that is never shut down has its first opening of a day soon after midnight."""


def _nowhere() -> None:
    """Where no program is around the window, as in tests of single screens."""


@dataclass(frozen=True, kw_only=True)
class DeskTools:
    """What the desk needs of the program around it.

    ``bench`` makes backups beside the desk, the day's by itself; without one the desk makes them when asked. ``restore`` goes to the
    page that restores one. ``elsewhere`` says what closing the program would lose of other users' desks.
    """

    files: FileChooser
    keep_report: Callable[[Crash], None]
    lock: Callable[[], None]
    settings: SettingsFile
    bench: DeskWorker | None = None
    restore: Callable[[], None] = _nowhere
    elsewhere: Callable[[], tuple[str, ...]] = lambda: ()


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What every screen's maker draws on."""

    office: OpenOffice
    tools: OfficeTools
    worker: Lane
    files: FileChooser
    frame: ShellModel
    drafts: DraftShelf
    settings: SettingsFile
    backups: OfficeBackups
    bench: Lane
    restore: Callable[[], None]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The window of one user with its jobs; it outlives a lock, and comes back to its user as she left it."""

    office: OpenOffice
    window: MainWindow
    lane: Lane
    frame: ShellModel
    bench: Lane
    news: VaultNewsBox
    drafts: DraftShelf
    daily: "DailyBackup | None" = None

    def park(self) -> None:
        """The desk is being locked: long jobs are cancelled, what comes now waits. What is half-typed is written before."""
        self.drafts.flush()
        self.lane.hold()
        self.bench.hold()
        self.window.park()

    def come_back(self) -> None:
        """The window is shown again: go on with what waited, and read anew; it may be another day."""
        self.frame.head(_header(self.office))
        self.lane.go_on()
        self.bench.go_on()
        self.news.listen()
        self.window.come_back()
        if self.daily is not None:
            self.daily.come_back()


def open_desk(office: OpenOffice, worker: DeskWorker, tools: DeskTools) -> Desk:
    """The desk of an open office. The caller shows its window and calls ``window.open()``."""
    town = office.office.kind is OfficeKind.TOWN
    lane = worker.lane()
    frame = ShellModel(
        _header(office),
        TOWN_NAVIGATION if town else BUREAU_NAVIGATION,
        cancel=_cancel(worker, tools.bench),
        keep_report=tools.keep_report,
        lock=tools.lock,
        parent=lane,
    )
    lane.news.connect(frame.take)
    news = VaultNewsBox(office, lane, frame, parent=frame)
    drafts = DraftShelf(DraftHome(drafts=office.drafts, user=office.account.id, runner=lane.scope()), frame)
    frame.changed.connect(drafts.on_changes)  # before any screen hears of it: it shows what is half-typed by then
    parts = Parts(
        office=office,
        tools=OfficeTools(office),
        worker=lane,
        files=tools.files,
        frame=frame,
        drafts=drafts,
        settings=tools.settings,
        backups=OfficeBackups(office.vault, office.office.name, office.work.clock),
        bench=(tools.bench or worker).lane(),
        restore=tools.restore,
    )
    screens = _town_screens(parts) if town else _bureau_screens(parts)
    book = HelpBook(lambda: office.work.pack)
    window = MainWindow(frame, screens | {Place.USERS: lambda: _users(parts)}, tools.elsewhere, book)
    window.closed.connect(lambda: lane.news.disconnect(frame.take))
    window.closed.connect(news.end)
    window.closed.connect(drafts.flush)
    undoing = UndoModel(office.work, lane.scope(), frame, drafts, frame)
    window.undo_wanted.connect(undoing.press)
    frame.changed.connect(undoing.on_changes)
    frame.went.connect(undoing.forget)
    drafts.read.connect(lambda: offer_to_go_on(drafts, frame, office.work.clock.today()))
    drafts.fetch()
    daily = None if tools.bench is None else _back_up_daily(parts, window)
    return Desk(
        office=office, window=window, lane=lane, frame=frame, bench=parts.bench, news=news, drafts=drafts, daily=daily
    )


def _header(office: OpenOffice) -> Header:
    user, month = office.work.user, month_name(Month.of(office.work.clock.today()))
    return Header(office=office.office.name, user=user.name, month=month, role=ROLE_WORDS[user.role])


def _back_up_daily(parts: Parts, window: MainWindow) -> "DailyBackup":
    from taizhang_desktop.viewmodels.daily_backup import DailyBackup  # noqa: PLC0415 - after the first paint

    frame, bench = parts.frame, parts.bench
    daily = DailyBackup(
        parts.office.work, parts.backups, frame, runner=parts.worker.scope(), bench=bench.scope(), parent=window
    )
    bench.news.connect(frame.take)
    frame.changed.connect(daily.on_changes)
    window.closed.connect(lambda: bench.news.disconnect(frame.take))
    window.closed.connect(daily.close)
    again = QTimer(window)
    again.setInterval(LOOK_EVERY_MS)
    again.timeout.connect(daily.look)
    again.start()
    daily.look()
    return daily


def _cancel(*workers: DeskWorker | None) -> Callable[[int], None]:
    """Cancel a job of whichever worker has it."""

    def cancel(job: int) -> None:
        for worker in workers:
            if worker is not None:
                worker.cancel(job)

    return cancel


def _town_screens(parts: Parts) -> dict[Place, ScreenMaker]:
    """The screens of a 镇街."""
    return {
        Place.TODAY: lambda: _today(parts),
        Place.LEDGER: lambda: _ledger(parts),
        Place.CASE: lambda: _case(parts),
        Place.BATCH: lambda: _batch(parts),
        Place.INCOME_LINES: lambda: _income_lines(parts),
        Place.PAPERS: lambda: _papers(parts),
        Place.MONITORED: lambda: _monitored(parts),
        Place.FILING: lambda: _filing(parts),
        Place.EXCHANGE: lambda: _exchange(parts),
        Place.BACKUP: lambda: _backup(parts),
        Place.HOUSEHOLDS: lambda: _households(parts),
        Place.PAGE_CHECK: lambda: _page_check(parts),
    }


def _bureau_screens(parts: Parts) -> dict[Place, ScreenMaker]:
    """The screens of the 区乡村振兴局."""
    return {
        Place.DEPARTMENT_WARNINGS: lambda: _departments(parts),
        Place.SENDING: lambda: _dispatch(parts),
        Place.BOARD: lambda: _board(parts),
        Place.SUMMARY: lambda: _consolidated(parts),
        Place.EXCHANGE: lambda: _exchange(parts),
        Place.BACKUP: lambda: _backup(parts),
        Place.PAGE_CHECK: lambda: _page_check(parts),
    }


# Each maker imports its screen when it is first gone to: the first paint must not wait for screens that nobody opened.


def _today(parts: Parts) -> Screen:
    from taizhang_desktop.screens.today import TodayScreen  # noqa: PLC0415
    from taizhang_desktop.viewmodels.today import TodayModel  # noqa: PLC0415

    return TodayScreen(TodayModel(parts.office.work, parts.worker.scope(), parts.frame))


def _ledger(parts: Parts) -> Screen:
    from taizhang_desktop.screens.ledger import LedgerScreen  # noqa: PLC0415
    from taizhang_desktop.viewmodels.intake import IntakeModel  # noqa: PLC0415
    from taizhang_desktop.viewmodels.ledger import LedgerModel, LedgerTools  # noqa: PLC0415

    work, frame = parts.office.work, parts.frame
    lists = (parts.tools, parts.files)
    intake = IntakeModel(work, parts.worker.scope(), frame, parts.office.office.id, lists, parts.drafts)
    tools = LedgerTools(
        choose=parts.files,
        write_sheet=parts.tools.write_sheet,
        open_file=_open_file,
        to_batch=lambda chosen: frame.go(together(chosen.ids)),
        settings=parts.settings,
    )
    return LedgerScreen(LedgerModel(work, parts.worker.scope(), frame, intake, tools))


def _households(parts: Parts) -> Screen:
    from taizhang_desktop.screens.intake.households import HouseholdsScreen  # noqa: PLC0415
    from taizhang_desktop.viewmodels.intake_households import HouseholdsModel  # noqa: PLC0415
    from taizhang_desktop.viewmodels.intake_queue import QueueModel  # noqa: PLC0415

    work, runner, frame = parts.office.work, parts.worker.scope(), parts.frame
    return HouseholdsScreen(HouseholdsModel(work, runner, frame, parts.drafts), QueueModel(work, runner, frame))


def _case(parts: Parts) -> Screen:
    from taizhang_desktop.bootstrap.pages import PdfPages  # noqa: PLC0415
    from taizhang_desktop.screens.case.screen import CaseScreen  # noqa: PLC0415
    from taizhang_desktop.viewmodels.attachments import AttachmentsModel, AttachmentTools  # noqa: PLC0415
    from taizhang_desktop.viewmodels.case import CaseModel  # noqa: PLC0415
    from taizhang_desktop.viewmodels.case_drafts import CaseDrafts  # noqa: PLC0415
    from taizhang_desktop.viewmodels.case_history import CaseHistoryModel  # noqa: PLC0415

    work, frame, tools = parts.office.work, parts.frame, parts.tools
    case = CaseModel(work, parts.worker.scope(), frame, parts.files, tools.write_letter, CaseDrafts(parts.drafts))
    attached = AttachmentTools(store=tools.attachments, pdf=PdfPages(), choose=parts.files)
    history = CaseHistoryModel(work, parts.worker.scope())
    attachments = AttachmentsModel(work, parts.worker.scope(), frame, attached)
    return CaseScreen(case, attachments, history, _paper_model(parts))


def _papers(parts: Parts) -> Screen:
    from taizhang_desktop.screens.papers.screen import PapersScreen  # noqa: PLC0415

    return PapersScreen(_paper_model(parts), parts.frame)


def _paper_model(parts: Parts) -> "PapersModel":
    from taizhang_desktop.bootstrap.pages import PdfPages  # noqa: PLC0415
    from taizhang_desktop.bootstrap.paper_desk import OfficePapers  # noqa: PLC0415
    from taizhang_desktop.bootstrap.print_queue import SystemPrinters  # noqa: PLC0415
    from taizhang_desktop.viewmodels.papers import PapersModel, PaperTools  # noqa: PLC0415

    printers = SystemPrinters()
    tools = PaperTools(
        desk=OfficePapers(parts.office, printers),
        printers=printers,
        pdf=PdfPages(),
        choose=parts.files,
        settings=parts.settings,
    )
    return PapersModel(parts.worker.scope(), parts.bench.scope(), parts.frame, tools)


def _batch(parts: Parts) -> Screen:
    from taizhang_desktop.screens.batch.screen import BatchScreen  # noqa: PLC0415
    from taizhang_desktop.viewmodels.batch_work import BatchModel  # noqa: PLC0415

    tools, runner = parts.tools, parts.worker.scope()
    return BatchScreen(
        BatchModel(parts.office.work, runner, parts.frame, parts.files, tools.write_letters, parts.drafts)
    )


def _income_lines(parts: Parts) -> Screen:
    from taizhang_desktop.screens.income_lines import IncomeLinesScreen  # noqa: PLC0415
    from taizhang_desktop.viewmodels.income_lines import IncomeLinesModel  # noqa: PLC0415

    office, runner = parts.office, parts.worker.scope()
    return IncomeLinesScreen(IncomeLinesModel(office.work, runner, parts.frame, office.office.id, parts.drafts))


def _monitored(parts: Parts) -> Screen:
    from taizhang_desktop.screens.monitoring.screen import MonitoringScreen  # noqa: PLC0415
    from taizhang_desktop.viewmodels.monitoring import MonitoringModel  # noqa: PLC0415

    return MonitoringScreen(MonitoringModel(parts.office.work, parts.worker.scope(), parts.frame, parts.drafts))


def _filing(parts: Parts) -> Screen:
    from taizhang_desktop.screens.filing import FilingScreen  # noqa: PLC0415
    from taizhang_desktop.viewmodels.filing import FilingModel, FilingTools  # noqa: PLC0415

    tools = FilingTools(
        print_ledger=parts.tools.print_ledger,
        pack_filing=parts.tools.pack_filing,
        choose=parts.files,
        open_file=_open_file,
    )
    return FilingScreen(FilingModel(parts.office.work, parts.worker.scope(), parts.frame, tools))


def _exchange(parts: Parts) -> Screen:
    from taizhang_desktop.screens.exchange import ExchangeScreen  # noqa: PLC0415
    from taizhang_desktop.viewmodels.exchange import ExchangeModel  # noqa: PLC0415

    return ExchangeScreen(ExchangeModel(parts.office.work, parts.tools, parts.files, parts.worker.scope(), parts.frame))


def _backup(parts: Parts) -> Screen:
    from taizhang_desktop.screens.backup import BackupScreen  # noqa: PLC0415
    from taizhang_desktop.viewmodels.backup import BackupModel  # noqa: PLC0415

    return BackupScreen(
        BackupModel(
            parts.office.work,
            parts.backups,
            parts.files,
            parts.frame,
            runner=parts.worker.scope(),
            bench=parts.bench.scope(),
            restore=parts.restore,
        )
    )


def _departments(parts: Parts) -> Screen:
    from taizhang_desktop.screens.departments import DepartmentsScreen  # noqa: PLC0415
    from taizhang_desktop.viewmodels.departments import DepartmentsModel  # noqa: PLC0415

    reader = parts.office.list_reader
    return DepartmentsScreen(
        DepartmentsModel(parts.office.work, reader, parts.files, parts.worker.scope(), parts.frame)
    )


def _dispatch(parts: Parts) -> Screen:
    from taizhang_desktop.screens.dispatch import DispatchScreen  # noqa: PLC0415
    from taizhang_desktop.viewmodels.dispatch import DispatchModel  # noqa: PLC0415

    return DispatchScreen(
        DispatchModel(parts.office.work, parts.tools.pack_warnings, parts.files, parts.worker.scope(), parts.frame)
    )


def _board(parts: Parts) -> Screen:
    from taizhang_desktop.screens.board import BoardScreen  # noqa: PLC0415
    from taizhang_desktop.viewmodels.board import BoardModel  # noqa: PLC0415
    from taizhang_desktop.viewmodels.exchange import TAKE  # noqa: PLC0415

    screen = BoardScreen(BoardModel(parts.office.work, parts.worker.scope()))
    screen.taking.connect(lambda: parts.frame.go(Destination(Place.EXCHANGE, TAKE)))
    return screen


def _consolidated(parts: Parts) -> Screen:
    from taizhang_desktop.screens.consolidated import ConsolidatedScreen  # noqa: PLC0415
    from taizhang_desktop.viewmodels.consolidated import ConsolidatedModel  # noqa: PLC0415

    tools = parts.tools
    return ConsolidatedScreen(
        ConsolidatedModel(parts.office.work, tools.print_ledger, parts.files, parts.worker.scope(), parts.frame)
    )


def _page_check(parts: Parts) -> Screen:
    from taizhang_desktop.bootstrap.page_check import LedgerPages, prover  # noqa: PLC0415
    from taizhang_desktop.screens.page_check import PageCheckScreen  # noqa: PLC0415
    from taizhang_desktop.viewmodels.page_check import PageCheckModel  # noqa: PLC0415

    office = parts.office
    return PageCheckScreen(
        PageCheckModel(office.work, prover(office), LedgerPages(office), parts.worker.scope()),
    )


def _users(parts: Parts) -> Screen:
    from taizhang_desktop.bootstrap.drawings import seal_size  # noqa: PLC0415
    from taizhang_desktop.screens.users.screen import UsersScreen  # noqa: PLC0415
    from taizhang_desktop.viewmodels.office_seal import SealModel  # noqa: PLC0415
    from taizhang_desktop.viewmodels.users import UsersModel, UsersTools  # noqa: PLC0415

    office = parts.office
    tools = UsersTools(
        save_code=parts.tools.save_recovery_code,
        rotate_keys=parts.tools.rotate_keys,
        files=parts.files,
        settings=parts.settings,
    )
    users = UsersModel(office.work, office.account, tools, parts.worker.scope(), parts.frame, parts.drafts)
    return UsersScreen(users, SealModel(office.work, seal_size, parts.files, parts.worker.scope(), parts.frame))


def _open_file(path: Path) -> None:
    """Show a finished file by the PC's own program."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
