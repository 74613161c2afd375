"""What the tests of the desktop share: work done at once, Chinese typed as an input method types it, a look."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.divisions import shipped_divisions
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind, User
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.services.founding import found_office
from taizhang_casework.services.work import Work
from taizhang_db import Argon2Cost, Passphrase, SqlStore, create_vault, open_vault
from taizhang_desktop.crash import crash_of
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.bundled import bundled_fonts
from taizhang_desktop.look.tokens import Appearance
from taizhang_desktop.tasks import Crashed, DeskWorker, Failure, Refused, Reporter, T, Ticket, Troubled
from taizhang_desktop.viewmodels.navigation import Badge, Destination
from taizhang_desktop.viewmodels.notices import Notice
from taizhang_exchange.packages import PackageCourier


class AtOnce:
    """A Runner that does the work in the caller's thread, and keeps what it announced and what nobody dealt with."""

    def __init__(self) -> None:
        self.announced: list[Changes] = []
        self.failures: list[Failure] = []
        self.titles: list[str] = []
        self.closed = False

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        otherwise: Callable[[Failure], bool] | None = None,
    ) -> Ticket:
        try:
            result = work()
        except NotAccepted as refusal:
            self._fail(Refused(refusal.findings), otherwise)
        except OfficeTrouble as trouble:
            self._fail(Troubled(trouble.happened, trouble.safe, trouble.do), otherwise)
        except Exception as error:  # noqa: BLE001 - as the worker does
            self._fail(Crashed(crash_of(error)), otherwise)
        else:
            if isinstance(result, Changes):
                self.announced.append(result)
            if not self.closed:
                then(result)
        return Ticket(0)

    def run_long(
        self,
        title: str,
        work: Callable[[Reporter], T],
        then: Callable[[T], None],
        otherwise: Callable[[Failure], bool] | None = None,
    ) -> Ticket:
        self.titles.append(title)
        return self.run(lambda: work(lambda _done, _total: None), then, otherwise)

    def announce(self, changes: Changes) -> None:
        self.announced.append(changes)

    def close(self) -> None:
        self.closed = True

    def _fail(self, failure: Failure, otherwise: Callable[[Failure], bool] | None) -> None:
        if otherwise is None or not otherwise(failure):
            self.failures.append(failure)


@pytest.fixture
def runner() -> AtOnce:
    return AtOnce()


class FrameSpy:
    """The window around a screen: keeps what it was told."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        self.destinations: list[Destination] = []
        self.badges: list[Badge] = []

    def tell(self, notice: Notice) -> None:
        self.notices.append(notice)

    def go(self, destination: Destination) -> None:
        self.destinations.append(destination)

    def badge(self, badge: Badge) -> None:
        self.badges.append(badge)


@pytest.fixture
def frame() -> FrameSpy:
    return FrameSpy()


@pytest.fixture
def clock() -> StoryClock:
    return StoryClock(date(2022, 4, 20))


@pytest.fixture
def town_work(tmp_path: Path, clock: StoryClock) -> Iterator[Work]:
    """The working day of 环秀街道 (370215001) over a real encrypted vault, the passphrase stretched cheaply."""
    folder, secret = tmp_path / "office", Passphrase("correct horse battery")
    create_vault(folder, secret, cost=Argon2Cost(memory_kib=256, passes=1, lanes=1))
    pack = shipped_packs()[0]
    town = Office(id=OfficeId("370215001"), kind=OfficeKind.TOWN, name="环秀街道")
    with open_vault(folder, secret) as vault:
        store, user = SqlStore(vault, clock), User(name="李明")
        found_office(store, PackageCourier(), town, user)
        yield Work(
            store=store,
            clock=clock,
            user=user,
            pack=pack,
            packs={pack.id: pack},
            calendar=WorkCalendar(),
            divisions=shipped_divisions(pack),
        )


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[DeskWorker]:
    made = DeskWorker()
    yield made
    made.close()


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look(qapp, bundled_fonts(), appearance=Appearance.LIGHT)


@pytest.fixture
def type_chinese(qtbot: QtBot) -> Callable[[QObject, str], None]:
    """Commits text as an input method does, to the widget that has the focus."""

    def type_it(widget: QObject, text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(widget, event)

    return type_it
