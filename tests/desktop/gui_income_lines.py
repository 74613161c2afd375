"""收入线 in the whole window, over a real vault and worker: from the form of 入户核实 and back, by keyboard."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from case_page import click, enter, focused, line, part, says, visible
from desk_window import desk_window
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.money import Fen
from taizhang_casework.domain.offices import OfficeId, Role, User
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.income_lines import enter_line, income_lines
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.new_household import own_household
from taizhang_desktop.bootstrap import OpenOffice
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.screens.case.screen import CaseScreen
from taizhang_desktop.screens.income_lines import IncomeLinesScreen
from taizhang_desktop.shell.window import MainWindow
from taizhang_desktop.viewmodels.income_lines import IncomeLinesModel
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_desktop.worker import DeskWorker

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, District, FrameSpy

TOWN = OfficeId("370215001")
DOCUMENT = "即政发〔2022〕3号"
TypeChinese = Callable[[QObject, str], None]


@pytest.fixture
def office(district: "District") -> OpenOffice:
    return district.town(TOWN)


@pytest.fixture
def case(office: OpenOffice, district: "District") -> CaseId:
    draft = WarningDraft(
        channel=Channel.CADRE_SCREENING,
        source="村委",
        detail="突发疾病",
        name="王建国",
        id_number="",
        village_code=district.village(TOWN),
        received_on=date(2022, 4, 5),
    )
    made = take_warning(office.work, draft).case
    own_household(office.work, made)
    return made


@pytest.fixture
def open_window(qtbot: QtBot, look: Look, office: OpenOffice, worker: DeskWorker) -> Iterator[Callable[[], MainWindow]]:
    with ExitStack() as running:
        yield lambda: running.enter_context(desk_window(qtbot, office, worker))


def visit_of(qtbot: QtBot, window: MainWindow, case: CaseId) -> CaseScreen:
    window._model.go(Destination(Place.CASE, case))
    screen = window.screen_of(Place.CASE)
    assert isinstance(screen, CaseScreen)
    qtbot.waitUntil(lambda: "case_save" in [each.objectName() for each in visible(screen, QPushButton)])
    return screen


def lines_of(qtbot: QtBot, window: MainWindow) -> IncomeLinesScreen:
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), IncomeLinesScreen))
    screen = window.screen_of(Place.INCOME_LINES)
    assert isinstance(screen, IncomeLinesScreen)
    qtbot.waitUntil(lambda: focused().objectName() == "case_area_code")
    return screen


def test_a_line_is_entered_by_keyboard_from_the_visit_that_needs_it_and_stands_in_its_arithmetic(
    qtbot: QtBot, open_window: Callable[[], MainWindow], case: CaseId, type_chinese: TypeChinese
) -> None:
    window = open_window()
    visit = visit_of(qtbot, window, case)
    for name, typed in (
        ("visited_on", "2022-04-06"),
        ("wage_income", "6000"),
        ("business_income", "0"),
        ("property_income", "0"),
        ("transfer_income", "0"),
    ):
        line(visit, name).setFocus()
        enter(typed)
    assert "尚未录入当日适用的收入线，不作比较" in "\n".join(says(visit))
    leads = part(visit, QPushButton, "case_income_lines")
    leads.setFocus()
    QTest.keyClick(leads, Qt.Key.Key_Space)
    screen = lines_of(qtbot, window)
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    enter()
    enter("2022-01-01")
    enter("7000")
    type_chinese(focused(), DOCUMENT)
    enter()
    qtbot.waitUntil(lambda: screen.rows.rowCount() == 1)
    assert [str(screen.rows.index(0, at).data()) for at in range(4)] == ["即墨区", "2022-01-01", "7000", DOCUMENT]
    assert not any(screen.entry.form.typed().values()), "the form is empty for the next one"
    click(screen, "income_back")
    qtbot.waitUntil(lambda: window.stack.currentWidget() is visit)
    qtbot.waitUntil(lambda: f"收入线7000元（{DOCUMENT}，即墨区，2022-01-01起）" in "\n".join(says(visit)))
    assert line(visit, "wage_income").text() == "6000", "what was half-typed is still there"
    assert "低于收入线1000元。仅供参考，不是认定结论" in "\n".join(says(visit))


@pytest.fixture
def model(town_work_lines: "tuple[OpenOffice, AtOnce, FrameSpy]") -> IncomeLinesModel:
    office, runner, frame = town_work_lines
    return IncomeLinesModel(office.work, runner, frame, TOWN)


@pytest.fixture
def town_work_lines(office: OpenOffice, runner: "AtOnce", frame: "FrameSpy") -> "tuple[OpenOffice, AtOnce, FrameSpy]":
    return office, runner, frame


def shown(qtbot: QtBot, model: IncomeLinesModel) -> IncomeLinesScreen:
    screen = IncomeLinesScreen(model)
    qtbot.addWidget(screen)
    screen.resize(1176, 708)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.activate()
    return screen


def test_everything_wrong_is_said_at_once_beside_its_field(qtbot: QtBot, look: Look, model: IncomeLinesModel) -> None:
    screen = shown(qtbot, model)
    line(screen, "amount").setFocus()
    enter("7000.555")
    click(screen, "income_save")
    assert {
        "请填写适用地区",
        "请填写从哪一天起执行",
        "金额最多到分（两位小数）",
        "请填写依据的文件（文号）",
    } <= set(says(screen))
    assert model.state.lines == ()
    screen.shut()


def test_a_line_that_was_entered_wrongly_is_deleted(
    qtbot: QtBot, look: Look, office: OpenOffice, model: IncomeLinesModel, frame: "FrameSpy"
) -> None:
    given: Given = {"area_code": TOWN, "valid_from": date(2022, 1, 1), "amount": 700_00, "document": DOCUMENT}
    enter_line(office.work, given)
    screen = shown(qtbot, model)
    screen.table.selectRow(0)
    click(screen, "income_remove")
    assert frame.notices[-1].says == "收入线已删除，按 Ctrl+Z 可以撤销"
    with office.work.store.reading() as desk:
        assert income_lines(desk) == ()
    screen.shut()


def test_a_clerk_sees_the_lines_and_who_may_enter_one(
    qtbot: QtBot, look: Look, office: OpenOffice, runner: "AtOnce", frame: "FrameSpy"
) -> None:
    given: Given = {
        "area_code": "370215",
        "valid_from": date(2022, 1, 1),
        "amount": Fen(7_000_00),
        "document": DOCUMENT,
    }
    enter_line(office.work, given)
    clerk = replace(office.work, user=User(name="周海燕", role=Role.CLERK))
    screen = shown(qtbot, IncomeLinesModel(clerk, runner, frame, TOWN))
    assert screen.rows.rowCount() == 1
    assert "录入收入线须由审核人或管理员办理，您是经办人" in says(screen)
    assert not part(screen, QPushButton, "income_save").isEnabled()
    assert not part(screen, QPushButton, "income_remove").isEnabled()
    assert focused() is screen.table
    screen.shut()
