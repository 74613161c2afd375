"""The history of a case by keyboard, beside its form."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from case_page import ROOM_BESIDE_ICONS
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.people import Relation
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.disclosing import disclose_numbers
from taizhang_casework.services.intake import WarningDraft, new_household, take_warning
from taizhang_casework.services.matching import match_household
from taizhang_casework.services.work import Work
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import TextSize
from taizhang_desktop.screens.case.history import HistoryPane
from taizhang_desktop.screens.case.screen import CaseScreen
from taizhang_desktop.tasks import Runner
from taizhang_desktop.viewmodels.attachments import AttachmentsModel
from taizhang_desktop.viewmodels.case import CaseModel
from taizhang_desktop.viewmodels.case_history import CaseHistoryModel
from taizhang_desktop.worker import DeskWorker

if TYPE_CHECKING:
    from tests.desktop.conftest import Chooser, FrameSpy

NUMBER = "11010519491231002X"


def write(_notice: object, _path: Path) -> None: ...


@pytest.fixture
def case(town_work: Work) -> CaseId:
    draft = WarningDraft(
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail="突发疾病",
        name="王建国",
        id_number=NUMBER,
        village_code="370215001002",
        received_on=date(2022, 4, 8),
    )
    made = take_warning(town_work, draft).case
    with town_work.store.reading() as desk:
        known = desk.cases.get(made)
    household = new_household(town_work, known, head_name="", head_id_number="", relation=Relation.HEAD)
    match_household(town_work, made, household)
    return made


@pytest.fixture
def screen(
    qtbot: QtBot,
    look: Look,
    town_work: Work,
    worker: DeskWorker,
    frame: "FrameSpy",
    chooser: "Chooser",
    attached: Callable[[Runner], AttachmentsModel],
    case: CaseId,
) -> Iterator[CaseScreen]:
    made = CaseScreen(
        CaseModel(town_work, worker.scope(), frame, chooser, write),
        attached(worker.scope()),
        CaseHistoryModel(town_work, worker.scope()),
    )
    qtbot.addWidget(made)
    made.resize(1193, 697)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.activate(case)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    yield made
    made.shut()


def pane_of(screen: CaseScreen) -> HistoryPane:
    assert screen.history is not None
    return screen.history


def open_history(qtbot: QtBot, screen: CaseScreen) -> HistoryPane:
    pane = pane_of(screen)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: pane.table.model().rowCount() > 0)
    return pane


def test_ctrl_h_shows_the_history_and_escape_goes_back_to_the_form_as_it_was_left(
    qtbot: QtBot, screen: CaseScreen
) -> None:
    typed = QApplication.focusWidget()
    assert isinstance(typed, QLineEdit)
    QTest.keyClicks(typed, "0412")

    pane = open_history(qtbot, screen)

    assert pane.table.hasFocus()
    assert [pane.table.model().index(at, 2).data() for at in range(3)] == ["确认是哪一户", "登记户信息", "登记预警信息"]
    QTest.keyClick(pane.table, Qt.Key.Key_End)
    assert "身份证：110***********002X" in pane.details.text()
    QTest.keyClick(pane.table, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    assert typed.text() != ""
    assert not pane.isVisible()


def test_what_is_done_meanwhile_comes_in_on_top_and_the_chosen_line_stays(
    qtbot: QtBot, screen: CaseScreen, town_work: Work, case: CaseId
) -> None:
    pane = open_history(qtbot, screen)
    QTest.keyClick(pane.table, Qt.Key.Key_End)

    screen.on_changes(disclose_numbers(town_work, case))

    qtbot.waitUntil(lambda: pane.table.model().rowCount() == 4)
    assert pane.table.model().index(0, 2).data() == "查看完整号码"
    assert pane.table.currentIndex().row() == 3


def test_large_text_leaves_the_history_on_a_small_screen(qtbot: QtBot, screen: CaseScreen, look: Look) -> None:
    look.choose(text_size=TextSize.LARGEST)
    open_history(qtbot, screen)

    assert screen.minimumSizeHint().width() <= ROOM_BESIDE_ICONS
    assert screen.minimumSizeHint().height() <= 660
