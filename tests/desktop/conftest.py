"""What the tests of the desktop share: work done at once, Chinese typed as an input method types it, a look."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_desktop.crash import crash_of
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.bundled import bundled_fonts
from taizhang_desktop.look.tokens import Appearance
from taizhang_desktop.tasks import Crashed, DeskWorker, Failure, Refused, Reporter, T, Ticket, Troubled


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
        return self.run(lambda: work(lambda done, total: None), then, otherwise)

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
