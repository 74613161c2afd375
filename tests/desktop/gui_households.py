"""户与成员 in a real window: found by keyboard, members join, leave, head changes; the queue decided side by side and not asked again."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.people import Household, Relation
from taizhang_casework.domain.warning import Channel
from taizhang_casework.domain.warning_draft import NewHousehold, WarningDraft
from taizhang_casework.services.intake import take_warning
from taizhang_casework.services.queue import waiting
from taizhang_casework.services.work import Work
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.screens.intake.households import QUEUE, HouseholdsScreen
from taizhang_desktop.tasks import DeskChanged
from taizhang_desktop.viewmodels.intake_households import HouseholdsModel
from taizhang_desktop.viewmodels.intake_queue import QueueModel
from taizhang_desktop.worker import DeskWorker

if TYPE_CHECKING:
    from tests.desktop.conftest import FrameSpy

TypeIt = Callable[[QObject, str], None]


def take(work: Work, name: str, number: str, house: NewHousehold | None = None) -> CaseId:
    draft = WarningDraft(
        channel=Channel.PETITION,
        source="信访局",
        detail="反映看病难",
        name=name,
        id_number=number,
        village_code="370215001002",
        received_on=date(2022, 4, 8),
        phone="13812345678",
        house=house,
    )
    return take_warning(work, draft).case


@pytest.fixture
def screen(
    qtbot: QtBot, look: Look, town_work: Work, worker: DeskWorker, frame: "FrameSpy"
) -> Iterator[HouseholdsScreen]:
    take(town_work, "王建国", "11010519491231002X", NewHousehold(relation=Relation.HEAD))
    scope = worker.scope()
    made = HouseholdsScreen(HouseholdsModel(town_work, scope, frame), QueueModel(town_work, scope, frame))
    worker.news.connect(lambda news: made.on_changes(news.changes) if isinstance(news, DeskChanged) else None)
    qtbot.addWidget(made)
    made.resize(1193, 697)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.shut()


def key(which: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    QTest.keyClick(focus, which, with_)


def household(work: Work) -> Household:
    with work.store.reading() as desk:
        return desk.households.found("王", {}, 9)[0]


@pytest.fixture
def opened(qtbot: QtBot, screen: HouseholdsScreen) -> HouseholdsScreen:
    """王建国's household, found by the keyboard alone."""
    screen.activate()
    assert screen.line.hasFocus()
    QTest.keyClicks(screen.line, "wjg")
    qtbot.waitUntil(lambda: screen.found.model().rowCount() == 1)
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.household.members.model().rowCount() == 1)
    return screen


def press(opened: HouseholdsScreen, name: str) -> None:
    button = opened.findChild(QWidget, name)
    assert isinstance(button, QWidget)
    button.setFocus()
    key(Qt.Key.Key_Space)


def test_numbers_are_masked_until_asked_for_and_the_look_is_taken_down(qtbot: QtBot, opened: HouseholdsScreen) -> None:
    line = opened._model.view.members[0]
    assert (line.number, line.phone) == ("110***********002X", "138****5678")
    press(opened, "household_unmask")
    qtbot.waitUntil(lambda: opened._model.view.unmasked)
    line = opened._model.view.members[0]
    assert (line.number, line.phone) == ("11010519491231002X", "13812345678")


def test_somebody_joins_heads_it_and_the_former_head_leaves(
    qtbot: QtBot, opened: HouseholdsScreen, town_work: Work, type_chinese: TypeIt
) -> None:
    form = opened.household.form
    press(opened, "household_join")
    assert form.name.line.hasFocus()
    type_chinese(form.name.line, "李𡛕")
    key(Qt.Key.Key_Return)
    QTest.keyClicks(form.id_number.line, "810000199408230021")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Return)
    QTest.keyClicks(form.day.line, "0410")
    key(Qt.Key.Key_Return)
    type_chinese(form.because.box.line, "婚入")
    key(Qt.Key.Key_Return)
    if form.isVisible():
        key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.household.members.model().rowCount() == 2)
    assert form.isHidden()

    press(opened, "household_head")
    form.who.set_value(opened._model.present()[1].person.id)
    form.former.set_value("leaves")
    QTest.keyClicks(form.day.line, "0415")
    type_chinese(form.because.box.line, "家里商量的")
    press(opened, "member_save")
    qtbot.waitUntil(lambda: opened.household.members.model().rowCount() == 3)

    known = household(town_work)
    head = known.head_on(date(2022, 4, 15))
    assert head is not None
    assert head.name == "李𡛕"
    assert [person.name for person in known.members_on(date(2022, 4, 14))] == ["王建国", "李𡛕"]


def test_an_empty_change_is_answered_beside_each_field_and_nothing_is_kept(
    opened: HouseholdsScreen, town_work: Work
) -> None:
    before = household(town_work)
    form = opened.household.form
    press(opened, "household_join")
    press(opened, "member_save")
    assert [field.name for field in form.form.fields if field.findings] == ["relation"]
    form.relation.set_value(Relation.CHILD)
    press(opened, "member_save")
    QApplication.processEvents()
    assert household(town_work) == before


def test_the_head_does_not_leave_before_another_is_named(opened: HouseholdsScreen) -> None:
    assert opened.household.buttons[next(d for d in opened.household.buttons if d.value == "leave")].isEnabled()
    assert not opened.household.buttons[next(d for d in opened.household.buttons if d.value == "head")].isEnabled()


def test_a_slip_is_mended(qtbot: QtBot, opened: HouseholdsScreen, town_work: Work, type_chinese: TypeIt) -> None:
    opened.household.members.setFocus()
    key(Qt.Key.Key_Return)
    form = opened.household.form
    assert form.isVisible()
    form.name.line.selectAll()
    type_chinese(form.name.line, "王建囯")
    press(opened, "member_save")
    qtbot.waitUntil(lambda: household(town_work).memberships[0].person.name == "王建囯")


def test_the_unmatched_are_matched_side_by_side_and_a_no_is_not_asked_again(
    qtbot: QtBot, screen: HouseholdsScreen, town_work: Work, frame: "FrameSpy"
) -> None:
    take(town_work, "王建国", "11010519491231002X")
    screen.activate(QUEUE)
    qtbot.waitUntil(lambda: screen.queue.table.model().rowCount() == 1)
    qtbot.waitUntil(screen.queue.right.isVisible)
    assert screen.queue.asks.text() == "是不是这一户？"
    assert frame.badges[-1].count == 1
    screen.queue.table.setFocus()
    key(Qt.Key.Key_Return)
    assert screen.queue.yes.hasFocus()
    key(Qt.Key.Key_Space)

    qtbot.waitUntil(lambda: screen.queue.asks.text() == "要不要一起核实？")
    qtbot.waitUntil(screen.queue.no.isEnabled)
    assert screen._queue.view.heads == ("这一条（后登记）", "已有的一条")
    screen.queue.no.setFocus()
    key(Qt.Key.Key_Space)

    qtbot.waitUntil(lambda: screen.queue.table.model().rowCount() == 0)
    assert waiting(town_work) == ()


def test_somebody_nobody_knows_heads_a_new_household(qtbot: QtBot, screen: HouseholdsScreen, town_work: Work) -> None:
    take(town_work, "李四", "")
    screen.activate(QUEUE)
    qtbot.waitUntil(screen.queue.own.isVisible)
    assert not screen.queue.yes.isVisible()
    screen.queue.own.setFocus()
    key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: waiting(town_work) == ())
