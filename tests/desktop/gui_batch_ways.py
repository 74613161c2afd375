"""To 一起办理 and back in the whole window, over a real vault and worker: from selected rows of the ledger, and from a case."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from case_page import focused, part, visible
from desk_window import desk_window
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.new_household import own_household
from taizhang_desktop.bootstrap import OpenOffice
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.screens.batch.screen import BatchScreen
from taizhang_desktop.screens.case.screen import CaseScreen
from taizhang_desktop.screens.ledger import LedgerScreen
from taizhang_desktop.shell.window import MainWindow
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_desktop.worker import DeskWorker

if TYPE_CHECKING:
    from tests.desktop.conftest import District

TOWN = OfficeId("370215001")


@pytest.fixture
def office(district: "District") -> OpenOffice:
    return district.town(TOWN)


@pytest.fixture
def three(office: OpenOffice, district: "District") -> list[CaseId]:
    cases: list[CaseId] = []
    for name in ("王建国", "李秀英", "张志强"):
        draft = WarningDraft(
            channel=Channel.CADRE_SCREENING,
            source="村委",
            detail="突发疾病",
            name=name,
            id_number="",
            village_code=district.village(TOWN),
            received_on=date(2022, 4, 5),
        )
        cases.append(take_warning(office.work, draft).case)
        own_household(office.work, cases[-1])
    return cases


@pytest.fixture
def window(
    qtbot: QtBot, look: Look, office: OpenOffice, three: list[CaseId], worker: DeskWorker
) -> Iterator[MainWindow]:
    with desk_window(qtbot, office, worker) as shown:
        yield shown


def batch_screen(qtbot: QtBot, window: MainWindow) -> BatchScreen:
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), BatchScreen))
    screen = window.screen_of(Place.BATCH)
    assert isinstance(screen, BatchScreen)
    qtbot.waitUntil(lambda: screen.form is not None)
    return screen


def test_all_rows_of_the_ledger_are_chosen_and_worked_together_by_keyboard(
    qtbot: QtBot, window: MainWindow, three: list[CaseId]
) -> None:
    window.go_to(Place.LEDGER)
    ledger = window.screen_of(Place.LEDGER)
    assert isinstance(ledger, LedgerScreen)
    qtbot.waitUntil(lambda: ledger.table.model().rowCount() == len(three))
    ledger.table.setFocus()
    QTest.keyClick(ledger.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(ledger.bar.isVisible)
    ledger.bar.batch.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    screen = batch_screen(qtbot, window)
    assert part(screen, QPushButton, "batch_save").text() == "写入3户"
    qtbot.waitUntil(lambda: focused().objectName() == "case_visited_on")
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is ledger


def test_a_case_leads_to_its_village_and_back(qtbot: QtBot, window: MainWindow, three: list[CaseId]) -> None:
    window._model.go(Destination(Place.CASE, three[1]))
    case = window.screen_of(Place.CASE)
    assert isinstance(case, CaseScreen)
    qtbot.waitUntil(lambda: "case_together" in [each.objectName() for each in visible(case, QPushButton)])
    QTest.mouseClick(part(case, QPushButton, "case_together"), Qt.MouseButton.LeftButton)
    screen = batch_screen(qtbot, window)
    assert part(screen, QPushButton, "batch_save").text() == "写入1户"
    QTest.mouseClick(screen.back, Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is case
