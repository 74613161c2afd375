"""The course of the program: which page is shown when, from the first start over the locked desk to the open one.

What the desk needs is imported while the first page is already on the screen: a clerk types the passphrase meanwhile.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind, Role, User
from taizhang_casework.services.clock import Clock

from taizhang_desktop.crash import Crash
from taizhang_desktop.guide.topics import Topic
from taizhang_desktop.kit.leaving import may_lose
from taizhang_desktop.kit.parts import Button
from taizhang_desktop.kit.passes import Passes
from taizhang_desktop.locking.curtain import clear_screen
from taizhang_desktop.locking.idle_watch import IdleWatch, running_seconds
from taizhang_desktop.look.icons import Icon
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.parking import Parking
from taizhang_desktop.places import cut_off_in, vaults_in
from taizhang_desktop.settings import SettingsFile
from taizhang_desktop.shell.top_level import TopLevel
from taizhang_desktop.shell.window import MainWindow
from taizhang_desktop.start.first_start_page import FirstStartPage
from taizhang_desktop.start.new_passphrase_page import NewPassphrasePage
from taizhang_desktop.start.page import StartPage
from taizhang_desktop.start.restore_page import RestorePage
from taizhang_desktop.start.unlock_page import UnlockPage
from taizhang_desktop.start.vaults_page import VaultsPage
from taizhang_desktop.tasks import Crashed, Failure, JobFailed, News
from taizhang_desktop.viewmodels import first_start, unlock
from taizhang_desktop.viewmodels.files import FileChooser
from taizhang_desktop.viewmodels.key import Key, KeyKind
from taizhang_desktop.viewmodels.new_passphrase import NewPassphrase
from taizhang_desktop.viewmodels.notices import Notice
from taizhang_desktop.viewmodels.offices import Vaults
from taizhang_desktop.warming import WindowWarming, import_rooms
from taizhang_desktop.worker import DeskWorker

if TYPE_CHECKING:
    from taizhang_desktop.bootstrap import OpenOffice, Rules
    from taizhang_desktop.desk import Desk


RESTORE_INSTEAD = "从备份恢复"
TRAIN_INSTEAD = "进入演练（用编造的数据练习）"
NOT_IN_TRAINING = "演练里不能恢复备份：本机真实的台账和备份，演练一概不碰"
PREPARING = "正在准备演练镇的数据，几秒钟就好"
CODE_NOT_SEEN = "恢复码还没有保存电脑就锁定了，请在“用户”页重新生成恢复码，打印后锁好"
AFTER_PAINT_MS = 150
"""Imports share the interpreter with the window: they begin when its first page is on the screen."""

FRAME_FIRST_MS = 10
"""The frame of an opened desk is painted before its first screen is made."""


def watch_nothing(_lock: Callable[[], None], _parent: QObject) -> None:
    """Let no session lock the desk."""


@dataclass(frozen=True, kw_only=True)
class Training:
    """What a program is given that runs a training: ``build`` founds the made-up office, whose ``passphrase`` anybody may know."""

    build: Callable[[], "OpenOffice"]
    passphrase: str


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What the program is started with: where vaults are, the clock, the dialogs, where reports of bugs go, and the rules.

    ``rules`` is called when they are first needed, and gives the same each time. ``watch_session`` is handed what locks the desk and
    calls it when the PC's session is locked or sleeps; ``seconds`` is the clock of the idle time. ``heads`` is where this PC keeps how
    far it saw vaults come, None: nowhere. ``training``: this program is a training. ``train`` begins one in the same window and calls
    what it is handed when it is left; None: not offered.
    """

    data: Path
    clock: Clock
    files: FileChooser
    keep_report: Callable[[Crash], None]
    rules: Callable[[], "Rules"]
    settings: SettingsFile = field(default_factory=SettingsFile)
    watch_session: Callable[[Callable[[], None], QObject], None] = watch_nothing
    seconds: Callable[[], float] = running_seconds
    heads: Path | None = None
    training: Training | None = None
    train: Callable[[Callable[[], None]], None] | None = None


class Program(QObject):
    """Owns the worker and the open office; shows one page after another in the one window."""

    def __init__(self, top: TopLevel, around: Surroundings, *, passphrase: str = "") -> None:
        """``passphrase`` opens the demonstration's vaults without asking; empty asks."""
        super().__init__(top)
        self._top = top
        self._around = around
        self._passphrase = passphrase
        numbers = itertools.count(1)
        self._worker = DeskWorker(self, numbers=numbers)
        self._bench = DeskWorker(self, name="bench", numbers=numbers)
        self._held: dict[Path, OpenOffice] = {}
        self._open: OpenOffice | None = None
        self._desk: Desk | None = None
        self._parking = Parking()
        self._passes = Passes(self, pause=FRAME_FIRST_MS)
        self._warming = WindowWarming(self)
        self._warming.warm.connect(self._warm)
        self._awaited: int | None = None
        self._afterwards: Notice | None = None
        self._locks = 0
        self._away = False
        settings = around.settings
        self.idle_watch = IdleWatch(lambda: settings.settings.idle_minutes, around.seconds, self)
        self.idle_watch.idle.connect(self.lock)
        top.closed.connect(self.close)
        self._worker.news.connect(self._keep_report)
        self._bench.news.connect(self._keep_report)

    def begin(self) -> None:
        """The first page: a first start where there is no vault, a choice where there are several; a training's desk."""
        if self._around.training is not None:
            self._show_page(StartPage(Icon.INFO, "演练", PREPARING, Topic.TRAINING))
            self._worker.scope().run(
                partial(self._build, self._around.training), lambda _: self._show_desk(), self._show_failure
            )
        elif cut_off_in(self._around.data):
            self._worker.scope().run(self._end_restore, lambda _: self._first_page(), self._not_ended)
        else:
            self._first_page()
        QTimer.singleShot(AFTER_PAINT_MS, self, self._after_paint)

    def close(self) -> None:
        """End the worker and close the vaults. The window is hidden by then: a keyring that is silent, or a save, is waited for."""
        self._passes.stop()
        self._worker.stop()
        self._bench.close()
        self._worker.close(self._close_offices)
        self._parking.clear()

    def leave(self) -> None:
        """End a training: its desk is given up, half-typed forms and all, and everything is closed."""
        self._passes.stop()
        page = self._top.currentWidget()
        if isinstance(page, MainWindow):
            page.shut()
            page.closed.emit()
        gone = self._top.take_away()
        if gone is not None:
            gone.deleteLater()
            QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete)  # here, and never in a worker's thread
        self._top.closed.disconnect(self.close)
        self.close()
        self.deleteLater()

    def _build(self, training: Training) -> None:
        self._take(training.build())

    def _train(self) -> None:
        """Leave the page to a training; a key that is being tried meanwhile opens for nobody."""
        if self._around.train is None:
            return
        self._locks += 1
        self._away = True
        page = self._top.currentWidget()
        if isinstance(page, UnlockPage):
            page.forget()
        self._around.train(self._trained)

    def _offer_training(self, page: StartPage) -> Button | None:
        """Where no desk waits locked: what is half-typed there must not be lost with a window that only trained."""
        if self._around.train is None or self._held:
            return None
        offered = page.offer(TRAIN_INSTEAD, self._train)
        offered.setObjectName("begin_training")
        return offered

    def _trained(self) -> None:
        self._away = False
        self._first_page()

    def lock(self) -> None:
        """Lock the desk at once and without a question: nothing is left on the screen, and the key goes once what runs is done.

        The window is kept as it is, half-typed forms and all, until its user is back.
        """
        self._locks += 1
        office, page = self._open, self._top.currentWidget()
        if isinstance(page, UnlockPage):
            page.forget()
        if isinstance(page, RestorePage) and not page.give_up():
            return
        if office is not None and self._awaited is not None:
            self._awaited = None
            self._turn_back()
            self._ask_key(office.vault.folder)
            return
        if office is None or not isinstance(page, MainWindow | NewPassphrasePage | RestorePage | FirstStartPage):
            return
        if isinstance(page, FirstStartPage):
            self._afterwards = Notice(tone=Tone.SOON, says=CODE_NOT_SEEN)
        self._passes.stop()
        clear_screen(self._top)
        if self._desk is not None:
            self._desk.park()
            self._top.take_away()
            self._parking.park(self._desk)
        self._desk = None
        self._open = None
        self._worker.scope().run(office.vault.lock_up, lambda _: None)
        if self._passphrase:
            self._first_page()
        else:
            self._ask_key(office.vault.folder)
        self._top.repaint()

    def _first_page(self) -> None:
        vaults = vaults_in(self._around.data)
        if not vaults:
            self._first_start()
        elif len(vaults) == 1 and not self._passphrase:
            self._open_door(vaults[0])
        else:
            another = None if self._passphrase else self._first_start
            page = VaultsPage(Vaults(folders=vaults, choose=self._choose, found_another=another))
            self._offer_training(page)
            self._show_page(page)

    def _show_page(self, page: StartPage) -> None:
        page.elsewhere = lambda: self._parking.lost
        self._top.show_page(page)

    def _after_paint(self) -> None:
        self._worker.scope().run(import_rooms, lambda _: self._warming.begin())
        self._around.watch_session(self.lock, self)

    def _end_restore(self) -> None:
        from taizhang_desktop.bootstrap.restoring import end_cut_off  # noqa: PLC0415 - as above

        end_cut_off(self._around.data)

    def _not_ended(self, failure: Failure) -> bool:
        self._first_page()
        return self._show_failure(failure)

    def _restore(self) -> None:
        """Restore a backup from a page before the desk, or from the desk itself, which stays open until the last step."""
        from taizhang_desktop.restoring import restore_page  # noqa: PLC0415 - as above

        window = self._top.currentWidget()
        if self._around.training is not None and isinstance(window, MainWindow):
            window.tell(Notice(tone=Tone.INFO, says=NOT_IN_TRAINING))
            return
        if isinstance(window, MainWindow):
            lost = window.unsaved()
            if self._open is not None:
                lost += self._parking.lost_with(self._open.vault.folder)
            if lost and not may_lose(window, lost, "放弃并去恢复"):
                return
            window.shut()
            window.closed.emit()
            self._desk = None
        page = restore_page(
            self._around,
            self._open,
            bench=self._bench,
            worker=self._worker,
            close_office=self._close_office,
            switched=self._switched,
            back=lambda: self._first_page() if self._open is None else self._show_desk(),
        )
        self._show_page(page)

    def _close_office(self) -> None:
        """Close the office that is being replaced, for all who waited to come back to it."""
        office = self._open
        if office is not None:
            office.close()
            self._held.pop(office.vault.folder, None)
            self._open = None

    def _switched(self, folder: Path, notice: Notice) -> None:
        self._parking.forget(folder)
        self._ask_key(folder)
        page = self._top.currentWidget()
        if isinstance(page, StartPage):
            page.notice_bar.show_notice(notice)

    def _first_start(self) -> None:
        rules = self._around.rules()
        divisions, district = rules.divisions, rules.pack.district
        towns = tuple(
            Office(id=OfficeId(code), kind=OfficeKind.TOWN, name=name) for code, name in divisions.towns.items()
        )
        bureau = Office(id=OfficeId(district.code), kind=OfficeKind.BUREAU, name=district.bureau)
        deeds = first_start.FirstStartDeeds(found=self._found, save_code=self._save_code, finished=self._show_desk)
        model = first_start.FirstStart(towns, bureau, deeds, self._around.files, self._worker.scope(), self._worker)
        page = FirstStartPage(model)
        offered = page.offer(RESTORE_INSTEAD, self._restore)
        for each in filter(None, (offered, self._offer_training(page))):
            model.moved.connect(lambda stage, each=each: each.setVisible(stage is first_start.Stage.OFFICE))
        self._show_page(page)

    def _found(self, founding: first_start.Founding) -> first_start.RecoveryCode:
        from taizhang_desktop.bootstrap import found_vault  # noqa: PLC0415 - the rooms wait for the first page

        founded = found_vault(
            self._around.data / founding.office.name,
            founding.office,
            founding.passphrase,
            user=User(name=founding.user_name, role=Role.ADMINISTRATOR),
            rules=self._around.rules(),
            clock=self._around.clock,
            heads=self._around.heads,
        )
        self._take(founded.office)
        return first_start.RecoveryCode(founded.recovery_code)

    def _save_code(self, code: first_start.RecoveryCode, path: Path) -> None:
        from taizhang_desktop.bootstrap.papers import write_recovery_sheet  # noqa: PLC0415 - as above

        name = "" if self._open is None else self._open.office.name
        write_recovery_sheet(code.text, name, self._around.clock.today(), path)

    def _choose(self, folder: Path) -> None:
        if not self._passphrase:
            self._open_door(folder)
            return
        key = Key(KeyKind.PASSPHRASE, self._passphrase)
        self._worker.scope().run(partial(self._enter, folder, key), lambda _: self._show_desk(), self._show_failure)

    def _show_failure(self, failure: Failure) -> bool:
        page = self._top.currentWidget()
        if isinstance(page, StartPage):
            page.show_failure(failure)
        return not isinstance(failure, Crashed)

    def _open_door(self, folder: Path) -> None:
        """Ask for the key, and meanwhile look whether this PC remembers it."""
        self._ask_key(folder)
        locks = self._locks

        def opened(_: None) -> None:
            if self._open is not None and locks == self._locks:
                self._show_desk()
            else:
                self._turn_back()

        self._worker.scope().run(partial(self._enter_by_keyring, folder), opened, self._show_failure)

    def _ask_key(self, folder: Path) -> None:
        deeds = unlock.UnlockDeeds(
            open=partial(self._enter, folder),
            users=partial(_users_of, folder),
            opened=self._key_fitted,
            turned_back=self._turn_back,
        )
        last = self._around.settings.settings.last_users.get(folder.name, "")
        model = unlock.Unlock(folder.name, deeds, self._worker.scope(), last=last, parent=self._worker)
        page = UnlockPage(model)
        if self._around.training is not None:
            page.of_training(self._around.training.passphrase)
        elif folder not in self._held:
            page.offer(RESTORE_INSTEAD, self._restore)
            self._offer_training(page)
        self._show_page(page)

    def _enter(self, folder: Path, key: Key) -> unlock.Doubted | None:
        from taizhang_desktop.bootstrap.remembering import remember  # noqa: PLC0415 - as above
        from taizhang_desktop.bootstrap.way_in import go_in  # noqa: PLC0415 - as above

        around = self._around
        found = go_in(folder, key, self._held.get(folder), rules=around.rules(), clock=around.clock, heads=around.heads)
        if isinstance(found, unlock.Doubted):
            return found
        self._take(found)
        if key.remember:
            self._afterwards = remember(found)
        return None

    def _enter_by_keyring(self, folder: Path) -> None:
        from taizhang_desktop.bootstrap.remembering import enter_by_keyring  # noqa: PLC0415 - as above

        around = self._around
        office = enter_by_keyring(folder, rules=around.rules(), clock=around.clock, heads=around.heads)
        if office is not None:
            self._take(office)

    def _take(self, office: "OpenOffice") -> None:
        self._held[office.vault.folder] = office
        self._open = office

    def _turn_back(self) -> None:
        """Lock what a key opened while nobody sat there any more."""
        office, self._open = self._open, None
        if office is not None:
            self._worker.scope().run(office.vault.lock_up, lambda _: None)

    def _key_fitted(self, key: Key) -> None:
        """On to the desk; after the recovery code over a new passphrase."""
        office = self._open
        if self._away:
            self._turn_back()
            return
        if key.kind is KeyKind.PASSPHRASE or office is None:
            self._show_desk()
            return

        def save(passphrase: str) -> None:
            from taizhang_desktop.bootstrap.way_in import set_own_passphrase  # noqa: PLC0415 - as above

            set_own_passphrase(office, passphrase)

        user, name = office.work.user.name, office.office.name
        model = NewPassphrase(user, name, save, self._show_desk, self._worker.scope(), self._worker)
        self._show_page(NewPassphrasePage(model))

    def _warm(self) -> None:
        """The desk was waiting for what it needs; with a lock in between nobody sits there any more."""
        locks, self._awaited = self._awaited, None
        if locks == self._locks:
            self._show_desk()
        elif locks is not None:
            self._turn_back()

    def _show_desk(self) -> None:
        if self._warming.running:
            self._awaited = self._locks
            return
        from taizhang_desktop.desk import DeskTools, open_desk  # noqa: PLC0415 - as above

        office = self._open
        if office is None or self._away or isinstance(self._top.currentWidget(), MainWindow):
            return
        around = self._around
        folder, account = office.vault.folder, office.account
        around.settings.keep_last_user(folder.name, account.id)
        desk = self._parking.fetch(folder, account)
        if desk is not None:
            self._desk = desk
            self._top.show_page(desk.window)
            desk.come_back()
            self._tell_afterwards()
        else:
            tools = DeskTools(
                files=around.files,
                keep_report=around.keep_report,
                lock=self.lock,
                settings=around.settings,
                bench=self._bench,
                restore=self._restore,
                elsewhere=lambda: self._parking.lost,
            )
            self._desk = open_desk(office, self._worker, tools)
            self._top.show_page(self._desk.window)
            self._passes.do(self._desk.window.open, self._tell_afterwards)

    def _tell_afterwards(self) -> None:
        """What was to be said on the desk: opening its first screen would have wiped it away."""
        told, self._afterwards = self._afterwards, None
        if told is not None and self._desk is not None:
            self._desk.window.tell(told)

    def _keep_report(self, news: News) -> None:
        """Of a job that belongs to no desk nobody else keeps the report of a bug."""
        if isinstance(news, JobFailed) and isinstance(news.failure, Crashed):
            self._around.keep_report(news.failure.crash)

    def _close_offices(self) -> None:
        for office in self._held.values():
            office.close()
        self._held.clear()
        self._open = None


def _users_of(folder: Path) -> tuple[unlock.KnownUser, ...]:
    from taizhang_desktop.bootstrap.way_in import users_of  # noqa: PLC0415 - as above

    return users_of(folder)
