"""What every input method must be able to do in the window; ``gui_typing_…`` runs it with each."""

from input_methods import PATIENCE, Typist
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot
from taizhang_desktop.screens.ledger import LedgerScreen
from taizhang_desktop.shell.window import MainWindow
from taizhang_desktop.viewmodels.navigation import Place


def ledger(window: MainWindow) -> LedgerScreen:
    """预警台账 in front."""
    window.go_to(Place.LEDGER)
    screen = window.screen_of(Place.LEDGER)
    assert isinstance(screen, LedgerScreen)
    return screen


def intake(window: MainWindow) -> tuple[LedgerScreen, QLineEdit, QPlainTextEdit]:
    """登记预警信息 with its name and its paragraph."""
    screen = ledger(window)
    screen.show_intake()
    name, detail = screen.intake.form.name.editor, screen.intake.findChild(QPlainTextEdit, "intake_detail")
    assert isinstance(name, QLineEdit)
    assert isinstance(detail, QPlainTextEdit)
    return screen, name, detail


def a_name_is_searched(window: MainWindow, typist: Typist, qtbot: QtBot) -> None:
    """The box takes Han; what is half-composed is shown and asks for nothing."""
    screen = ledger(window)
    typist.into(screen.search)
    typist.type("liming")
    assert screen.search.text() == ""
    typist.press("space")
    typist.until_reads(screen.search, "黎明")
    qtbot.waitUntil(lambda: screen._model.state.query.text == "黎明", timeout=PATIENCE)


def fields_take_han_and_the_draft_keeps_them(window: MainWindow, typist: Typist, qtbot: QtBot) -> None:
    """A line and a paragraph; what was committed is kept as half-typed."""
    screen, name, detail = intake(window)
    typist.into(name)
    typist.type("liming")
    typist.press("1")
    typist.until_reads(name, "黎明")
    typist.into(detail)
    typist.type("jihua")
    typist.press("space")
    typist.until_reads(detail, "计划")
    qtbot.waitUntil(lambda: "已保存" in screen.intake.draft.text(), timeout=PATIENCE)
    kept = screen.intake._model.drafts.form
    assert (kept["name"], kept["detail"]) == ("黎明", "计划")


def enter_confirms_and_does_no_more(window: MainWindow, typist: Typist, qtbot: QtBot) -> None:
    """While something is composed Enter takes it over as it is typed; the field stays, nothing is handed in. Then it goes on."""
    screen, name, _ = intake(window)
    typist.into(name)
    typist.type("liming")
    typist.press("Return")
    typist.until_reads(name, "liming")
    assert name.hasFocus()
    assert not screen.intake.whole.isVisible()
    typist.press("Return")
    qtbot.waitUntil(lambda: not name.hasFocus(), timeout=PATIENCE)


def escape_drops_and_does_no_more(window: MainWindow, typist: Typist, qtbot: QtBot) -> None:
    """While something is composed Esc drops it, and the page stays. Then it leaves."""
    screen, name, _ = intake(window)
    typist.into(name)
    typist.type("liming")
    typist.press("Escape")
    typist.until_shown_no_more()
    assert name.text() == ""
    assert screen.pages.currentWidget() is screen.intake
    assert name.hasFocus()
    typist.press("Escape")
    qtbot.waitUntil(lambda: screen.pages.currentWidget() is screen.listing, timeout=PATIENCE)
