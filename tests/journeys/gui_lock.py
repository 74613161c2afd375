"""The lock: nothing is left on the screen, nothing typed is lost, and the key is gone. By mouse and keyboard over a real vault."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from people_desk import LI, NUMBER, SECRETS, SUN, WHO, Seat, Town, seated
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QToolTip,
)
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.offices import Role
from taizhang_casework.services.users import set_role
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.bundled import bundled_fonts
from taizhang_desktop.look.tokens import Appearance
from taizhang_desktop.settings import IdleMinutes
from taizhang_desktop.tasks import Failure, Reporter
from taizhang_desktop.warming import WindowWarming

Sit = Callable[[], AbstractContextManager[Seat]]


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
    made = Town(tmp_path)
    made.found()
    return made


@pytest.fixture
def sit(qtbot: QtBot, qapp: QApplication, town: Town) -> Iterator[Sit]:
    Look(qapp, bundled_fonts(), appearance=Appearance.LIGHT)
    yield partial(seated, qtbot, town)
    QGuiApplication.clipboard().clear()


def begin_warning(seat: Seat) -> QPlainTextEdit:
    """Half a form 登记预警信息, the cursor in the middle of a word."""
    hands = seat.hands
    hands.text_button("预警台账")
    hands.click("ledger_take")
    hands.into("intake_name", "周福生的儿子")
    hands.into("intake_detail", "大棚受灾")
    detail = hands.see(QPlainTextEdit, "intake_detail")
    QTest.keyClick(detail, Qt.Key.Key_Left)
    return detail


def everything_readable() -> str:
    """Whatever a screen reader can find in the program, names and values."""
    found: list[str] = []

    def walk(one: QAccessibleInterface | None) -> None:
        if one is None or not one.isValid():
            return
        found.extend(
            one.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
        )
        for at in range(one.childCount()):
            walk(one.child(at))

    app = QApplication.instance()
    assert app is not None
    walk(QAccessible.queryAccessibleInterface(app))
    return "\n".join(found)


def test_a_half_typed_warning_is_there_again_to_the_very_place_of_the_cursor(sit: Sit) -> None:
    with sit() as seat:
        seat.come_in(SUN)
        detail = begin_warning(seat)
        at = detail.textCursor().position()
        assert "大棚受灾" in everything_readable(), "the accessible tree is really read"
        seat.lock()
        assert "大棚受灾" not in everything_readable()
        assert "周福生" not in everything_readable()
        assert seat.top.windowTitle() == "台账"
        seat.come_in(SUN)
        assert seat.hands.shows("预警台账")
        assert seat.hands.see(QLineEdit, "intake_name").text() == "周福生的儿子"
        assert detail.toPlainText() == "大棚受灾"
        assert detail.textCursor().position() == at
        assert seat.top.focusWidget() is detail
        assert seat.top.windowTitle() == "台账 — 环秀街道"
        seat.hands.type("、大雪", detail)
        assert detail.toPlainText() == "大棚受、大雪灾"
        detail.clear()
        seat.hands.into("intake_name", "周")
        QTest.keyClick(seat.hands.see(QLineEdit, "intake_name"), Qt.Key.Key_Backspace)


def test_a_half_filled_form_of_a_case_is_there_again(sit: Sit) -> None:
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        hands.until(lambda: hands.reads(WHO))
        hands.click("today_open")
        hands.into("case_visited_on", "4.7")
        hands.into("case_conclusion", "情况属实")
        seat.lock()
        assert "情况属实" not in everything_readable()
        assert WHO not in everything_readable()
        seat.come_in(SUN)
        hands.until(lambda: hands.shows("案件办理"))
        assert hands.see(QPlainTextEdit, "case_conclusion").toPlainText() == "情况属实"
        hands.text_button("放弃填写")


@pytest.mark.parametrize("what", ["file dialog", "menu"])
def test_what_is_open_above_the_window_goes_with_the_lock_and_the_desk_comes_back(sit: Sit, what: str) -> None:
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        if what == "file dialog":
            hands.text_button("数据交换")
            hands.click("take_package")
            hands.until(lambda: any(isinstance(each, QFileDialog) for each in shown_beside(seat)))
        else:
            hands.text_button("预警台账")
            table = hands.see(QTableView, "ledger_table")
            hands.until(lambda: WHO in str(table.model().index(0, 0).data()))
            table.selectRow(0)
            QApplication.sendEvent(
                table.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(300, 300))
            )
            hands.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        seat.program.lock()
        assert shown_beside(seat) == []
        assert QApplication.activePopupWidget() is None
        assert QApplication.activeModalWidget() is None
        seat.come_in(SUN)
        assert hands.shows("数据交换" if what == "file dialog" else "预警台账")
        hands.text_button("今日待办")
        assert hands.shows("今日待办")


def shown_beside(seat: Seat) -> list[object]:
    return [each for each in QApplication.topLevelWidgets() if each is not seat.top and each.isVisible()]


def test_what_was_copied_and_what_a_tip_says_go_too(sit: Sit) -> None:
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        hands.text_button("预警台账")
        table = hands.see(QTableView, "ledger_table")
        hands.until(lambda: WHO in str(table.model().index(0, 0).data()))
        table.selectRow(0)
        QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        hands.until(lambda: WHO in QGuiApplication.clipboard().text())
        assert NUMBER not in QGuiApplication.clipboard().text(), "what is masked is copied masked"
        QToolTip.showText(seat.top.mapToGlobal(QPoint(300, 300)), WHO, seat.top)
        hands.until(QToolTip.isVisible)
        seat.lock()
        assert QGuiApplication.clipboard().text() == ""
        hands.until(lambda: not QToolTip.isVisible())


def test_the_key_goes_when_what_was_handed_in_is_done_and_what_comes_later_waits(sit: Sit, qtbot: QtBot) -> None:
    with sit() as seat:
        seat.come_in(SUN)
        desk = seat.program._desk
        assert desk is not None
        vault, store = desk.office.vault, desk.office.store
        begun, go_on = threading.Event(), threading.Event()
        seen: list[object] = []

        def long(report: Reporter) -> None:
            begun.set()
            go_on.wait(20)
            seen.append(vault.locked)
            report(1, 2)
            seen.append("went on")

        scope = desk.lane.scope()

        def failed(failure: Failure) -> bool:
            seen.append(type(failure).__name__)
            return True

        scope.run_long("打印", long, seen.append, failed)
        scope.run(lambda: store.journal_head().seq > 0, seen.append)
        assert begun.wait(20)
        seat.lock()
        scope.run(lambda: store.journal_head().seq > 0, lambda _: seen.append("after unlocking"))
        go_on.set()
        qtbot.waitUntil(lambda: vault.locked and len(seen) == 3, timeout=20_000)
        assert seen == [False, "Cancelled", True]
        seat.come_in(SUN)
        qtbot.waitUntil(lambda: seen[-1] == "after unlocking", timeout=20_000)


def test_another_user_has_a_desk_of_her_own_and_the_first_finds_hers_again(sit: Sit) -> None:
    with sit() as seat:
        seat.come_in(SUN)
        begin_warning(seat)
        seat.lock()
        seat.come_in(LI)
        assert seat.hands.see(QPushButton, "head_user").text() == "李明（经办人）"
        seat.hands.until(lambda: seat.hands.shows("今日待办"))
        seat.hands.text_button("预警台账")
        assert "大棚受灾" not in everything_readable()
        seat.lock()
        seat.come_in(SUN)
        assert seat.hands.see(QLineEdit, "intake_name").text() == "周福生的儿子"
        seat.hands.see(QPlainTextEdit, "intake_detail").clear()
        seat.hands.see(QLineEdit, "intake_name").clear()


def test_a_wrong_passphrase_leaves_it_locked(sit: Sit) -> None:
    with sit() as seat:
        seat.come_in(SUN)
        seat.lock()
        seat.key("not-the-passphrase", SUN)
        seat.hands.until(lambda: seat.hands.reads("口令不正确"))
        assert seat.locked
        seat.come_in(SUN)


def test_a_parked_desk_whose_user_has_another_role_by_now_is_not_given_back(sit: Sit, town: Town) -> None:
    with sit() as seat:
        seat.come_in(LI)
        seat.lock()
        seat.come_in(SUN)
        office = seat.program._open
        assert office is not None
        set_role(office.work, town.account(office, LI).id, Role.REVIEWER)
        seat.lock()
        seat.come_in(LI)
        assert seat.hands.see(QPushButton, "head_user").text() == "李明（审核人）"


def test_ten_minutes_without_a_hand_lock_it_and_a_key_begins_them_anew(sit: Sit, town: Town) -> None:
    with sit() as seat:
        seat.come_in(SUN)
        window = seat.top.windowHandle()
        town.seconds = 599.0
        seat.program.idle_watch.look()
        assert not seat.locked
        QTest.keyClick(window, Qt.Key.Key_Shift)
        town.seconds = 1198.0
        seat.program.idle_watch.look()
        assert not seat.locked
        QTest.mouseMove(window, QPoint(20, 20))
        town.seconds = 1797.0
        seat.program.idle_watch.look()
        assert not seat.locked
        town.seconds = 1798.0
        seat.program.idle_watch.look()
        assert seat.locked


def test_the_time_is_the_one_that_was_chosen(sit: Sit, town: Town) -> None:
    town.settings.keep(idle_minutes=IdleMinutes.THREE)
    with sit() as seat:
        seat.come_in(SUN)
        seat.hands.click("head_user")
        seat.hands.until(lambda: seat.hands.shows("用户"))
        town.seconds += 180
        seat.program.idle_watch.look()
        assert seat.locked


def test_after_a_night_every_screen_is_of_the_new_day(sit: Sit, town: Town) -> None:
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        hands.until(lambda: hands.reads("2022年4月") and hands.reads("逾期 0"))
        seat.lock()
        town.clock.go_to(date(2022, 5, 20))
        seat.come_in(SUN)
        hands.until(lambda: hands.reads("2022年5月") and hands.reads("逾期 2"))


def test_closing_the_locked_program_asks_nothing_since_a_parked_form_is_kept(sit: Sit) -> None:
    with sit() as seat:
        seat.come_in(SUN)
        begin_warning(seat)
        seat.lock()
        assert seat.top.close()


def stays(asked: list[str]) -> Callable[[], None]:
    """What answers the question whether typing may be lost: no."""

    def stay() -> None:
        box = QApplication.activeModalWidget()
        assert box is not None
        asked.append(box.property("text"))
        QTest.keyClick(box, Qt.Key.Key_Escape)

    return stay


@pytest.mark.parametrize("leaving", ["closing the program", "a restore"])
def test_what_another_user_typed_and_nothing_keeps_is_not_lost_without_a_question(sit: Sit, leaving: str) -> None:
    with sit() as seat:
        hands = seat.hands
        seat.come_in(LI)
        desk = seat.program._desk
        assert desk is not None
        desk.window.unsaved = lambda: ("户与成员：表格尚未保存",)  # type: ignore[method-assign]  # a form without a draft
        seat.lock()
        seat.come_in(SUN)
        asked: list[str] = []
        if leaving == "closing the program":
            QTimer.singleShot(0, stays(asked))
            assert not seat.top.close()
        else:
            hands.text_button("数据备份")
            QTimer.singleShot(0, stays(asked))
            hands.click("go_to_restore")
            assert hands.shows("数据备份")
        (words,) = asked
        assert "李明有填写了还没有保存的内容" in words
        desk.window.unsaved = tuple  # type: ignore[method-assign]  # typed to its end


def test_an_older_file_put_back_while_it_was_locked_is_told_when_it_is_unlocked(sit: Sit, town: Town) -> None:
    older = (town.vault / "cases.db").read_bytes()
    with sit() as seat:
        hands = seat.hands
        seat.come_in(SUN)
        desk = seat.program._desk
        assert desk is not None
        office = desk.office
        set_role(office.work, town.account(office, LI).id, Role.REVIEWER)
        seat.lock()
        hands.until(lambda: office.vault.locked)
        (town.vault / "cases.db").write_bytes(older)
        seat.key(SECRETS[LI], LI)
        hands.click("doubt_more")
        hands.tick("我已找过，确认没有更新的数据文件")
        hands.click("doubt_go_on")
        hands.until(lambda: hands.reads("恢复备份须由管理员办理，您是经办人"))
        assert office.vault.locked
        hands.click("doubt_back")
        seat.key(SECRETS[SUN], SUN)
        hands.until(lambda: hands.reads("数据文件比上次使用时旧，缺少最近的1处更改。"))
        hands.click("doubt_more")
        hands.tick("我已找过，确认没有更新的数据文件")
        hands.click("doubt_go_on")
        hands.until(lambda: hands.shows("今日待办"))


def test_a_lock_before_the_new_passphrase_is_set_asks_for_the_key_again(sit: Sit, town: Town) -> None:
    with sit() as seat:
        hands = seat.hands
        hands.until(lambda: hands.see(QComboBox, "").count() == 3)
        hands.see(QComboBox, "").setFocus()
        hands.press(Qt.Key.Key_Down)
        hands.text_button("忘记口令，用恢复码打开")
        hands.labelled("恢复码", town.code)
        hands.press(Qt.Key.Key_Return)
        hands.until(lambda: hands.reads("恢复码正确。请为“孙晓梅”设置新口令"))
        seat.program.lock()
        assert seat.locked
        seat.come_in(SUN)


def test_a_lock_while_a_key_is_tried_opens_nothing_behind_it(sit: Sit) -> None:
    with sit() as seat:
        seat.key(SECRETS[SUN], SUN)
        seat.program.lock()
        assert seat.locked
        seat.come_in(SUN)
        assert seat.hands.shows("今日待办")


def test_a_passphrase_that_nobody_hands_in_is_forgotten(sit: Sit, town: Town) -> None:
    with sit() as seat:
        hands = seat.hands
        hands.until(lambda: hands.see(QComboBox, "").count() == 3)
        hands.labelled("口令", SECRETS[SUN])
        town.seconds += 600
        seat.program.idle_watch.look()
        lines: list[QLineEdit] = list(seat.top.findChildren(QLineEdit))
        assert [line.text() for line in lines if line.text()] == []


def test_the_passphrases_stay_whose_they_are(sit: Sit) -> None:
    with sit() as seat:
        seat.key(SECRETS[LI], SUN)
        seat.hands.until(lambda: seat.hands.reads("口令不正确"))
        seat.come_in(LI)


def test_a_lock_while_the_desk_waits_for_its_modules_locks(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The right passphrase, then a lock before the window's modules are there: what is typed next is tried, and the door opens again."""
    asked: list[bool] = []
    over: list[bool] = []

    def running(_: WindowWarming) -> bool:
        asked.append(True)
        return not over

    monkeypatch.setattr(WindowWarming, "running", property(running))
    with sit() as seat:
        seat.key(SECRETS[SUN], SUN)
        seat.hands.until(lambda: bool(asked))
        seat.program.lock()
        over.append(True)
        seat.key("not-the-passphrase", LI)
        seat.hands.until(lambda: seat.hands.reads("口令不正确"))
        assert seat.locked
        seat.key(SECRETS[LI], LI)
        seat.hands.until(lambda: seat.hands.shows("今日待办"))
