"""Every screen of the program with the demonstration's month in it, one after the other in the real window.

``every_screen`` gives (name, window) whenever another one has settled. It goes by the window's own buttons where there is one, else by
the navigation; what it gives is the same for whatever is measured of it: room for words, names for screen readers, pictures.
"""

from collections.abc import Generator
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.page_codes import CHECK_DIGITS
from taizhang_desktop.bootstrap import load_rules
from taizhang_desktop.demo.month import PASSPHRASE, run_month
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.screens.batch.screen import BatchScreen
from taizhang_desktop.screens.case.screen import CaseScreen
from taizhang_desktop.screens.ledger import LedgerScreen
from taizhang_desktop.screens.page_check import PageCheckScreen
from taizhang_desktop.screens.users.screen import UsersScreen
from taizhang_desktop.screenshots import button_of, desk_of, program_on, table_of, take_on_people
from taizhang_desktop.shell.screen import Screen
from taizhang_desktop.shell.top_level import TopLevel
from taizhang_desktop.shell.window import MainWindow
from taizhang_desktop.start.first_start_page import FirstStartPage
from taizhang_desktop.viewmodels.batch_sheet import BatchDeed
from taizhang_desktop.viewmodels.case_form import CaseForm
from taizhang_desktop.viewmodels.case_sheet import CaseSheet
from taizhang_desktop.viewmodels.navigation import BUREAU_NAVIGATION, TOWN_NAVIGATION, Place, together
from taizhang_desktop.walk.turning import settle, wait_for

S = TypeVar("S", bound=Screen)
Seen = Generator[tuple[str, TopLevel], None, None]
TOWN, BUREAU = "环秀街道", "即墨区乡村振兴局"
FRESH = "correct horse battery staple"


def tell_month(folder: Path) -> Path:
    """The demonstration's offices, the town with several people; some 5 s."""
    run_month(folder, (), load_rules(), lambda _: None)
    take_on_people(folder / "offices" / TOWN)
    return folder / "offices"


def every_screen(offices: Path, empty: Path, look: Look) -> Seen:
    """All of them: before the desk, of a town, of the bureau; each once it has been read."""
    for name, top in _walk(offices, empty, look):
        wait_for(partial(_read, top))
        yield name, top


def _read(top: TopLevel) -> bool | None:
    labels = cast("list[QLabel]", top.findChildren(QLabel))
    return None if any(each.isVisible() and each.text() == "正在读取……" for each in labels) else True


def _walk(offices: Path, empty: Path, look: Look) -> Seen:
    yield from _before_the_desk(offices, empty, look)
    with program_on(offices, PASSPHRASE, look) as (top, program):
        window = _enter(top, TOWN)
        yield from _town(top, window)
        program.lock()
        settle()
        yield "locked", top
    with program_on(offices, PASSPHRASE, look) as (top, _):
        window = _enter(top, BUREAU)
        for item in BUREAU_NAVIGATION:
            window.go_to(item.place)
            settle()
            yield f"bureau {item.label}", top
        yield from _page_check(top, window)


def _page_check(top: TopLevel, window: MainWindow) -> Seen:
    """A ledger that came, by the digits of its foot; and what is no code of ours."""
    screen = _go(window, Place.PAGE_CHECK, PageCheckScreen)
    with screen._model._work.store.reading() as desk:
        digits = desk.bureau.received()[0].filing.digest[:CHECK_DIGITS]
    for name, typed in (("agrees", digits), ("no code", "6901234567892")):
        screen.code.set_value(typed)
        screen.check.click()
        wait_for(lambda: None if screen._model.state.proof is None or screen._model.state.drawing else True)
        settle()
        yield f"page check, {name}", top
        screen.clear.click()


def _before_the_desk(offices: Path, empty: Path, look: Look) -> Seen:
    with program_on(empty, "", look) as (top, _):
        settle()
        yield "first start", top
        page = cast("FirstStartPage", top.currentWidget())
        page.office.town.click()
        settle()
        yield "first start, the towns", top
        page.office.list.setCurrentRow(0)
        page.office.next.click()
        settle()
        yield "first start, the user", top
        page.user.name.set_value("孙晓梅")
        page.user.passphrase.set_value(FRESH)
        page.user.again.set_value(FRESH)
        page.user.make.click()
        wait_for(lambda: True if page.recovery.save.isVisible() else None)
        settle()
        yield "first start, the recovery code", top
    with program_on(offices, "", look) as (top, _):
        settle()
        yield "choice of an office", top
        press(top, f"office_{TOWN}")
        settle()
        yield "unlock", top
        press_words(top, "忘记口令，用恢复码打开")
        yield "unlock by code", top


def _enter(top: TopLevel, name: str) -> MainWindow:
    settle()
    press(top, f"office_{name}")
    window = wait_for(lambda: desk_of(top))
    settle()
    return window


def _town(top: TopLevel, window: MainWindow) -> Seen:
    for item in TOWN_NAVIGATION:
        if item.place not in {Place.LEDGER, Place.CASE, Place.HOUSEHOLDS}:
            window.go_to(item.place)
            settle()
            yield f"town {item.label}", top
    window.go_to(Place.INCOME_LINES)
    settle()
    yield "income lines", top
    window.go_to(Place.PAPERS)
    settle()
    yield "blank papers", top
    yield from _ledger(top, window)
    yield from _households(top, window)
    yield from _case(top, window)
    yield from _batch(top, window)
    yield from _users(top, window)


def _ledger(top: TopLevel, window: MainWindow) -> Seen:
    screen = _go(window, Place.LEDGER, LedgerScreen)
    yield "ledger", top
    press(screen, "ledger_columns")
    yield "ledger, its columns", top
    press(screen, "ledger_columns")
    screen.table.selectAll()
    settle()
    yield "ledger, all selected", top
    press(screen, "ledger_bin")
    yield "recycle bin", top
    screen.show_intake()
    settle()
    yield "intake", top
    box = screen.intake.form.channel.box
    for at in range(1, box.count()):
        box.setCurrentIndex(at)
        box.activated.emit(at)
        settle()
        yield f"intake, {box.itemText(at)}", top
    screen.intake.show_many()
    settle()
    yield "intake of many", top
    screen.intake.show_single()
    screen.show_table()


def _households(top: TopLevel, window: MainWindow) -> Seen:
    screen = _go(window, Place.HOUSEHOLDS, Screen)
    yield "households", top
    table = table_of(screen, "households_found")
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    settle()
    yield "a household", top
    press(screen, "households_queue")
    yield "queue of the unmatched", top


def _case(top: TopLevel, window: MainWindow) -> Seen:
    ledger = _go(window, Place.LEDGER, LedgerScreen)
    seen: set[CaseForm] = set()
    stepped = False
    for row in range(ledger.table.model().rowCount()):
        window.go_to(Place.LEDGER)
        ledger.table.selectRow(row)
        wanted = wait_for(partial(_id_at, ledger, row))
        QTest.keyClick(ledger.table, Qt.Key.Key_Return)
        screen, sheet = wait_for(partial(_opened, window, wanted))
        settle()
        known = sheet.household is not None and not stepped
        steps = {form for form in CaseForm if form.step is not None and known}
        stepped = stepped or known
        for form in sorted(({screen._model.view.form} | screen._model.view.offers | steps) - seen, key=str):
            screen._model.choose(form)
            settle()
            seen.add(form)
            yield f"case, {form.value}", top
        if row == 0:
            press(screen, "case_attachments")
            yield "case, attachments", top
            screen._show_form()
            press(screen, "case_papers")
            yield "case, papers", top
            press(screen, "papers_look")
            yield "case, a paper looked at", top
            screen._show_form()
            press(screen, "case_history")
            yield "case, history", top
            screen._show_form()


def _id_at(ledger: LedgerScreen, row: int) -> str | None:
    return ledger.table._model.id_at(row) or None


def _opened(window: MainWindow, case: str) -> tuple[CaseScreen, CaseSheet] | None:
    """The case page and what it shows, once it is that case."""
    screen = window.stack.currentWidget()
    sheet = screen._model.view.sheet if isinstance(screen, CaseScreen) else None
    if not isinstance(screen, CaseScreen) or sheet is None or sheet.case.id != case:
        return None
    return screen, sheet


def _batch(top: TopLevel, window: MainWindow) -> Seen:
    ledger = _go(window, Place.LEDGER, LedgerScreen)
    ledger.table.selectAll()
    settle()
    rows = [CaseId(ledger.table._model.id_at(row)) for row in range(min(6, ledger.table.model().rowCount()))]
    window._model.go(together(rows))
    settle()
    screen = cast("BatchScreen", window.stack.currentWidget())
    yield "batch", top
    for deed in BatchDeed:
        screen._model.choose_deed(deed)
        settle()
        yield f"batch, {deed.value}", top
    press(screen, "batch_papers")
    yield "papers of several", top


def _users(top: TopLevel, window: MainWindow) -> Seen:
    screen = _go(window, Place.USERS, UsersScreen)
    for at in range(screen.tabs.count()):
        screen.tabs.setCurrentIndex(at)
        settle()
        yield f"users, {screen.tabs.tabText(at)}", top
    screen.tabs.setCurrentIndex(0)
    table_of(screen, "users_table").selectRow(1)
    for deed in ("add", "role", "reset", "end"):
        press(screen, f"users_{deed}")
        yield f"users, {deed}", top


def _go(window: MainWindow, place: Place, kind: type[S]) -> S:
    window.go_to(place)
    settle()
    screen = window.stack.currentWidget()
    assert isinstance(screen, kind)
    return screen


def press(within: QWidget, name: str) -> None:
    """Press a button and let the window come to rest."""
    button_of(within, name).click()
    settle()


def press_words(within: QWidget, words: str) -> None:
    """The same by what it says."""
    found = cast("list[QPushButton]", within.findChildren(QPushButton))
    next(button for button in found if button.text() == words and button.isVisible()).click()
    settle()
