"""登记预警信息 by keyboard: typed, refused with every fault, mended, saved, found in the table."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.work import Work
from taizhang_desktop.demo.clock import StoryClock
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.screens.intake import IntakePage
from taizhang_desktop.screens.ledger import LedgerScreen
from taizhang_desktop.viewmodels.intake import IntakeModel
from taizhang_desktop.viewmodels.ledger import LedgerModel
from taizhang_desktop.worker import DeskWorker

if TYPE_CHECKING:
    from tests.desktop.conftest import FrameSpy


@pytest.fixture
def screen(qtbot: QtBot, look: Look, town_work: Work, worker: DeskWorker, frame: "FrameSpy") -> Iterator[LedgerScreen]:
    intake = IntakeModel(town_work, worker.scope(), frame, OfficeId("370215001"))
    made = LedgerScreen(LedgerModel(town_work, worker.scope(), frame, intake))
    qtbot.addWidget(made)
    made.resize(1193, 697)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.activate()
    qtbot.waitUntil(lambda: made._model.state.count is not None)
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.shut()


@pytest.fixture
def page(screen: LedgerScreen) -> IntakePage:
    QTest.keyClick(screen, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert screen.intake.isVisible()
    return screen.intake


def key(which: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key where the system would send it: to an open list, else where the focus is."""
    focus = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    QTest.keyClick(focus, which, with_)


def type_all(
    page: IntakePage, type_chinese: Callable[[QObject, str], None], number: str = "11010519491231002X"
) -> None:
    """The whole form, by the keyboard alone."""
    assert page.households.line.hasFocus()
    key(Qt.Key.Key_Return)
    assert page.form.channel.box.hasFocus()
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    type_chinese(page.form.source.box.line, "12317")
    key(Qt.Key.Key_Return)
    type_chinese(page.form.name.line, "王建国")
    key(Qt.Key.Key_Return)
    QTest.keyClicks(page.form.id_number.line, number)
    key(Qt.Key.Key_Return)
    QTest.keyClicks(page.form.phone.line, "138 1234 5678")
    key(Qt.Key.Key_Return)
    QTest.keyClicks(page.form.received_on.line, "4.19")
    key(Qt.Key.Key_Return)
    assert page.form.applicant.value() == "王建国"
    key(Qt.Key.Key_Return)
    QTest.keyClicks(page.form.applied_on.line, "0418")
    key(Qt.Key.Key_Return)
    type_chinese(page.form.village.box.line, "墨河社区")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Return)
    type_chinese(page.form.detail.text, "家庭成员突发疾病")


def cases(work: Work) -> list[tuple[str, Channel, date]]:
    with work.store.reading() as desk:
        return [(case.warning.name, case.warning.channel, case.warning.received_on) for case in desk.cases.open()]


def test_the_keyboard_alone_fills_and_saves_the_form_and_the_table_shows_the_case(
    qtbot: QtBot,
    screen: LedgerScreen,
    page: IntakePage,
    town_work: Work,
    type_chinese: Callable[[QObject, str], None],
    frame: "FrameSpy",
    worker: DeskWorker,
) -> None:
    worker.news.connect(lambda news: screen.on_changes(news.changes) if hasattr(news, "changes") else None)
    type_all(page, type_chinese)
    assert page.form.id_number.below.text() == "女，1949-12-31出生，72周岁，号码前6位是北京市朝阳区"
    assert "最迟4月22日入户核实" in page.forecast.verdict.text()

    key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: not page.isVisible())
    qtbot.waitUntil(lambda: screen.table.model().rowCount() == 1)
    assert cases(town_work) == [("王建国", Channel.SELF_APPLICATION, date(2022, 4, 19))]
    qtbot.waitUntil(lambda: screen.table.current_id() != "")
    assert "王建国" in frame.notices[-1].says
    assert screen.unsaved() == ""


def retype(line: QLineEdit, typed: str) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, typed)
    key(Qt.Key.Key_Tab)


def test_a_day_just_ahead_is_asked_for_and_never_taken_for_last_years(
    page: IntakePage, town_work: Work, type_chinese: Callable[[QObject, str], None]
) -> None:
    type_all(page, type_chinese)
    retype(page.form.received_on.line, "0421")
    says = "今年4月21日还没有到，请核对；如是去年，请写明年份：2021-04-21"
    assert page.form.received_on.below.text() == says
    assert page.form.received_on.line.text() == "0421"
    assert not page.forecast.isVisible()

    key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.form.received_on.line.hasFocus()
    assert cases(town_work) == []

    retype(page.form.received_on.line, "0420")
    assert page.form.received_on.line.text() == "2022-04-20"
    assert page.forecast.isVisible()


def test_at_the_turn_of_the_year_last_years_days_are_shown_with_their_year(
    page: IntakePage, clock: StoryClock, type_chinese: Callable[[QObject, str], None]
) -> None:
    clock.go_to(date(2026, 1, 5))
    type_all(page, type_chinese)
    retype(page.form.received_on.line, "1228")
    assert page.form.received_on.line.text() == "2025-12-28"
    assert page.form.received_on.below.text().startswith("最迟2025年12月31日入户，15天可以完成")
    labels = cast("list[QLabel]", page.forecast.findChildren(QLabel))
    days = [each.text() for each in labels if " 周" in each.text()]
    assert days == ["2025年12月28日 周日", "2025年12月31日 周三", "1月7日 周三", "1月12日 周一"]
    assert page.forecast.days_off.text() == "其间不上班：1月1日至3日元旦、1月10日至11日周末"


def test_an_application_long_before_its_receipt_is_said_at_once_and_blocks_nothing(
    qtbot: QtBot, page: IntakePage, town_work: Work, type_chinese: Callable[[QObject, str], None]
) -> None:
    type_all(page, type_chinese)
    assert page.form.applied_on.below.text() == ""
    retype(page.form.applied_on.line, "2021-04-18")
    assert page.form.applied_on.below.text() == "申请日期比信息反馈日期早366天，请核对年份"

    retype(page.form.received_on.line, "2021-04-19")
    assert page.form.applied_on.below.text() == ""
    retype(page.form.received_on.line, "0419")
    assert page.form.applied_on.below.text() == "申请日期比信息反馈日期早366天，请核对年份"

    QTest.mouseClick(page.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(cases(town_work)) == 1)


def test_every_fault_is_said_beside_its_field_at_once(qtbot: QtBot, page: IntakePage) -> None:
    QTest.mouseClick(page.save, Qt.MouseButton.LeftButton)

    wrong = [field.name for field in page.form.fields if any(finding.blocks for finding in field.findings)]
    assert wrong == ["channel", "source", "name", "received_on", "village_code", "detail"]
    assert page.form.channel.box.hasFocus()


def test_a_mended_field_is_no_longer_blamed(
    qtbot: QtBot, page: IntakePage, type_chinese: Callable[[QObject, str], None]
) -> None:
    QTest.mouseClick(page.save, Qt.MouseButton.LeftButton)

    page.form.name.line.setFocus()
    type_chinese(page.form.name.line, "王建国")

    assert page.form.name.findings == ()
    assert page.form.source.findings != ()


def test_a_wrong_number_and_no_such_day_are_said_together(
    qtbot: QtBot, page: IntakePage, town_work: Work, type_chinese: Callable[[QObject, str], None]
) -> None:
    type_all(page, type_chinese, number="110105194912310021")
    page.form.received_on.line.setFocus()
    page.form.received_on.line.selectAll()
    QTest.keyClicks(page.form.received_on.line, "2022-02-30")

    QTest.mouseClick(page.save, Qt.MouseButton.LeftButton)

    assert [finding.code for finding in page.form.id_number.findings] == ["bad_id"]
    assert [finding.code for finding in page.form.received_on.findings] == ["no_day"]
    assert cases(town_work) == []


def test_a_part_of_a_village_name_is_enough_where_only_one_has_it(
    page: IntakePage, type_chinese: Callable[[QObject, str], None]
) -> None:
    page.form.village.box.line.setFocus()
    type_chinese(page.form.village.box.line, "观澜")
    key(Qt.Key.Key_Tab)
    assert page.form.village.value() == "370215001005"
    assert page.form.village.box.currentText() == "观澜社区居民委员会"

    page.form.village.box.line.setFocus()
    page.form.village.box.line.selectAll()
    type_chinese(page.form.village.box.line, "没有这个村")
    key(Qt.Key.Key_Tab)
    assert page.form.village.value() is None
    assert [finding.says for finding in page.form.village.findings] == ["没有“没有这个村”，请从列表中选择"]


def test_the_list_of_villages_narrows_while_typing_and_a_key_takes_one(
    qtbot: QtBot, page: IntakePage, type_chinese: Callable[[QObject, str], None]
) -> None:
    page.form.village.box.line.setFocus()
    type_chinese(page.form.village.box.line, "墨")
    completer = page.form.village.box.completer()
    assert completer is not None
    popup = completer.popup()
    qtbot.waitUntil(popup.isVisible)

    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)

    assert "墨" in page.form.village.box.currentText()
    assert page.form.village.value() is not None


def test_going_back_keeps_what_was_typed_and_the_window_knows_of_it(
    screen: LedgerScreen, page: IntakePage, type_chinese: Callable[[QObject, str], None]
) -> None:
    page.form.name.line.setFocus()
    type_chinese(page.form.name.line, "王𡛕")

    key(Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert "没有登记" in screen.unsaved() or "还没有登记" in screen.unsaved()
    screen.show_intake()

    assert page.form.name.value() == "王𡛕"


def test_one_after_another_keeps_channel_source_village_and_day(
    qtbot: QtBot, page: IntakePage, town_work: Work, type_chinese: Callable[[QObject, str], None]
) -> None:
    type_all(page, type_chinese)

    QTest.mouseClick(page.save_more, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: page.form.name.value() == "")
    assert page.isVisible()
    assert (page.form.channel.value(), page.form.village.value()) == (Channel.SELF_APPLICATION, "370215001002")
    assert page.form.received_on.value() == date(2022, 4, 19)
    assert (page.form.detail.value(), page.form.id_number.value()) == ("", "")
    qtbot.waitUntil(page.form.name.line.hasFocus)
    assert len(cases(town_work)) == 1


def test_what_is_typed_while_the_form_is_saved_stays_and_is_said_not_to_be_in_the_ledger(
    qtbot: QtBot,
    screen: LedgerScreen,
    page: IntakePage,
    town_work: Work,
    type_chinese: Callable[[QObject, str], None],
) -> None:
    type_all(page, type_chinese)
    key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert screen._model.intake.state.busy
    type_chinese(page.form.detail.text, "，并且住院")
    qtbot.waitUntil(lambda: not screen._model.intake.state.busy)
    assert len(cases(town_work)) == 1
    assert page.isVisible()
    assert page.form.detail.value() == "家庭成员突发疾病，并且住院"
    assert page.form.name.value() == ""
    assert "没有登记" in page.whole.text()
    assert "并且住院" in str(screen._model.intake.drafts.form)


def test_one_day_or_choice_alone_is_a_form_that_was_begun(
    page: IntakePage, screen: LedgerScreen, type_chinese: Callable[[QObject, str], None]
) -> None:
    fields = page.form
    begun: tuple[tuple[str, Callable[[], None]], ...] = (
        ("received_on", lambda: QTest.keyClicks(fields.received_on.line, "4.19")),
        ("source", lambda: type_chinese(fields.source.box.line, "12317")),
        ("village_code", lambda: type_chinese(fields.village.box.line, "墨河")),
        ("house", lambda: choose(fields.house.box)),
    )
    for name, begin in begun:
        assert screen.unsaved() == "", name
        begin()
        assert screen._model.intake.drafts.form.get(name), name
        assert screen.unsaved() != "", name
        fields.begin_again(same_kind=False)
        fields.edited.emit()
        assert screen._model.intake.drafts.form == {}, name


def choose(box: QComboBox) -> None:
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
