"""``python -m taizhang_desktop.screenshots --out DIR``: a picture of each screen of the demonstration at 1366×768.

``--page FILE`` follows that page of the manual as well, and takes the pictures that it shows where it shows them. The month
is told anew into a temporary folder, so the pictures are the same from run to run. ``--dark`` and ``--large`` (text at 200 %)
make further sets for looking at; the committed set is neither.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QTableView, QWidget
from taizhang_casework.domain.offices import Role
from taizhang_casework.services.users import add_user, end_user, users

from taizhang_desktop.bootstrap import enter_vault, load_rules
from taizhang_desktop.commands.demo import AFTERWARDS
from taizhang_desktop.crash import Crash
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.demo.month import LAST_DAY, PASSPHRASE, run_month
from taizhang_desktop.kit.file_chooser import QtFileChooser
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.bundled import bundled_fonts
from taizhang_desktop.look.tokens import Appearance, TextSize
from taizhang_desktop.program import Program, Surroundings
from taizhang_desktop.shell.task_line import TaskLine
from taizhang_desktop.shell.top_level import TopLevel
from taizhang_desktop.shell.window import MainWindow
from taizhang_desktop.viewmodels.key import Key, KeyKind
from taizhang_desktop.viewmodels.navigation import Place
from taizhang_desktop.walk.page import read_page
from taizhang_desktop.walk.turning import settle, wait_for
from taizhang_desktop.walk.walker import Walker
from taizhang_desktop.window import begin_training

WIDTH, HEIGHT = 1366, 768

TOWN = (
    *(Place.TODAY, Place.LEDGER, Place.CASE, Place.HOUSEHOLDS, Place.MONITORED),
    *(Place.FILING, Place.EXCHANGE, Place.BACKUP, Place.USERS),
)
_A_CASE = 2
"""The row of 今日待办 whose case is shown."""
PAGE_DAY = date(2022, 4, 8)
"""The day on which the page of the manual is followed."""
BUREAU = (Place.DEPARTMENT_WARNINGS, Place.SENDING, Place.BOARD, Place.SUMMARY, Place.EXCHANGE)


def main(arguments: list[str] | None = None) -> int:
    """Make the pictures; exit status 0."""
    parser = argparse.ArgumentParser(prog="taizhang_desktop.screenshots")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--large", action="store_true")
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    look = Look(
        app,
        bundled_fonts(),
        appearance=Appearance.DARK if chosen.dark else Appearance.LIGHT,
        text_size=TextSize.LARGEST if chosen.large else TextSize.NORMAL,
    )
    with tempfile.TemporaryDirectory(prefix="taizhang-screens-", ignore_cleanup_errors=True) as folder:
        told = Path(folder) / "month"
        run_month(told, (), load_rules(), lambda _: None)
        take_on_people(told / "offices" / "环秀街道")
        photographer = Photographer(chosen.out, look)
        photographer.start_pages(Path(folder) / "empty", told / "offices")
        photographer.training(Path(folder) / "empty")
        photographer.office(told / "offices", "town", "环秀街道", TOWN)
        photographer.office(told / "offices", "bureau", "即墨区乡村振兴局", BUREAU)
        if chosen.page is not None:
            photographer.page(chosen.page, Path(folder) / "page")
    return 0


def take_on_people(folder: Path) -> None:
    """Give a town of the story a reviewer and a second clerk, one of them ended: the pages of users have something to show."""
    clock = StoryClock(LAST_DAY, seed=AFTERWARDS)
    office = enter_vault(folder, Key(KeyKind.PASSPHRASE, PASSPHRASE), rules=load_rules(), clock=clock)
    try:
        for name, role in (("宋明远", Role.REVIEWER), ("周海燕", Role.CLERK), ("吕志强", Role.CLERK)):
            add_user(office.work, name, role, f"{PASSPHRASE}-{role.value}")
        end_user(office.work, users(office.work)[-1].id)
    finally:
        office.close()


class Photographer:
    """Opens the program on a folder of vaults and takes a picture of each page."""

    def __init__(self, out: Path, look: Look) -> None:
        """Pictures go to ``out``."""
        self._out = out
        self._look = look

    def start_pages(self, empty: Path, offices: Path) -> None:
        """The first start, the choice of an office, and the page that asks for the key."""
        with program_on(empty, "", self._look) as (top, _):
            self._take(top, "first-start")
        with program_on(offices, "", self._look) as (top, _):
            self._take(top, "offices")
            button_of(top, "office_环秀街道").click()
            wait_for(lambda: _users_box(top))
            self._take(top, "unlock")

    def training(self, empty: Path) -> None:
        """The made-up town that one trains with."""
        with program_on(empty, "", self._look) as (top, _):
            button_of(top, "begin_training").click()
            window = wait_for(lambda: desk_of(top))
            settle()
            wait_for(lambda: window if window.task_line.isHidden() else None)  # the day's backup
            self._take(top, "training")
            top.closed.emit()

    def office(self, offices: Path, prefix: str, name: str, places: tuple[Place, ...]) -> None:
        """Every screen of an office; the case is that of a duty after the backup's."""
        with program_on(offices, PASSPHRASE, self._look) as (top, _):
            settle()
            button_of(top, f"office_{name}").click()
            window = wait_for(lambda: desk_of(top))
            settle()
            for place in places:
                if place is Place.CASE:
                    table_of(window, "today_table").selectRow(_A_CASE)
                    button_of(window, "today_open").click()
                else:
                    window.go_to(place)
                self._take(top, f"{prefix}-{place.value.replace('_', '-')}")
                if place is Place.CASE:
                    window.help.open()
                    self._take(top, f"{prefix}-help")
                    window.help.close()
                    window.help.turn_keys()
                    self._take(top, f"{prefix}-keys")
                    window.help.close_keys()
                if place is Place.USERS:
                    button_of(window, "users_add").click()
                    self._take(top, f"{prefix}-users-add")

    def page(self, page: Path, folder: Path) -> None:
        """What a page of the manual shows, by doing what it says in a new office below ``folder``."""
        folder.mkdir()
        clock = StoryClock(PAGE_DAY)
        with ExitStack() as running:
            shown: list[TopLevel] = []

            def begin() -> TopLevel:
                running.close()
                top, _ = running.enter_context(program_on(folder / "data", "", self._look, clock))
                shown[:] = [top]
                return top

            walker = Walker(
                begin,
                wait_for,
                today=lambda: f"{clock.today():%m%d}",
                folder=folder,
                take_picture=lambda name: self._take(shown[0], name),
            )
            walker.follow(read_page(page.read_text("utf-8")))

    def _take(self, top: TopLevel, name: str) -> None:
        settle()
        wait_for(lambda: None if any(line.isVisible() for line in _task_lines(top)) else top)
        top.grab().save(str(self._out / f"{name}.png"))


class program_on:  # noqa: N801 - used like a function
    """The program on a folder of vaults, as a context; ``passphrase`` empty asks for it."""

    def __init__(self, data: Path, passphrase: str, look: Look, clock: StoryClock | None = None) -> None:
        """Make it, on no page yet."""
        self._top = TopLevel()
        look.dress(self._top)
        around = Surroundings(
            data=data,
            clock=clock or StoryClock(LAST_DAY, seed=AFTERWARDS),
            files=QtFileChooser(data, native=False),
            keep_report=_report,
            rules=load_rules,
            train=lambda left: begin_training(self._top, around, left),
        )
        self._program = Program(self._top, around, passphrase=passphrase)

    def __enter__(self) -> tuple[TopLevel, Program]:
        """Show it on its first page."""
        self._top.resize(WIDTH, HEIGHT)
        self._top.show()
        self._program.begin()
        return self._top, self._program

    def __exit__(self, *_: object) -> None:
        """End it."""
        self._program.close()
        self._top.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def desk_of(top: TopLevel) -> MainWindow | None:
    """The open desk; None before it."""
    page = top.currentWidget()
    return page if isinstance(page, MainWindow) else None


def _task_lines(top: TopLevel) -> Iterable[TaskLine]:
    found: Iterable[TaskLine] = top.findChildren(TaskLine)
    return found


def _users_box(top: TopLevel) -> QComboBox | None:
    boxes: Iterable[QComboBox] = top.findChildren(QComboBox)
    return next((box for box in boxes if box.isVisible()), None)


def _report(crash: Crash) -> None:
    raise SystemExit(f"{crash.exception} at {' > '.join(crash.trail)}")


def button_of(within: QWidget, name: str) -> QPushButton:
    """A button by its name, waited for."""
    return wait_for(lambda: within.findChild(QPushButton, name))


def table_of(within: QWidget, name: str) -> QTableView:
    """A table by its name, waited for."""
    return wait_for(lambda: within.findChild(QTableView, name))


if __name__ == "__main__":
    sys.exit(main())
