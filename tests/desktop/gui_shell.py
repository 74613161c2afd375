"""The window around the screens, by keyboard and mouse."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.changes import Changes, Kind, Touched
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_desktop.crash import Crash
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.shell.screen import Screen
from taizhang_desktop.shell.top_level import TopLevel
from taizhang_desktop.shell.window import MainWindow
from taizhang_desktop.tasks import Reporter
from taizhang_desktop.viewmodels.navigation import TOWN_NAVIGATION, Badge, Destination, Place
from taizhang_desktop.viewmodels.notices import Notice, NoticeAction
from taizhang_desktop.viewmodels.shell import Header, ShellModel, said
from taizhang_desktop.worker import DeskWorker

HEADER = Header(office="龙泉街道办事处", user="王淑芬", month="2026年9月")


class Recording(Screen):
    """Keeps what the window told it."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.targets: list[str] = []
        self.changes: list[Changes] = []
        self.lost = ""
        self.is_shut = False

    def activate(self, target: str = "") -> None:
        self.targets.append(target)

    def on_changes(self, changes: Changes) -> None:
        self.changes.append(changes)

    def unsaved(self) -> str:
        return self.lost

    def shut(self) -> None:
        self.is_shut = True


class Desk:
    """The window with recording screens and a real worker."""

    def __init__(self, worker: DeskWorker) -> None:
        self.made: list[Place] = []
        self.reports: list[Crash] = []
        self.locked = 0
        self.model = ShellModel(
            HEADER, TOWN_NAVIGATION, cancel=worker.cancel, keep_report=self.reports.append, lock=self.lock
        )
        worker.news.connect(self.model.take)
        self.window = MainWindow(self.model, {item.place: partial(self.make, item.place) for item in TOWN_NAVIGATION})
        self.top = TopLevel()
        self.top.show_page(self.window)

    def lock(self) -> None:
        self.locked += 1

    def make(self, place: Place) -> Recording:
        self.made.append(place)
        return Recording(place.name)

    def screen(self, place: Place) -> Recording:
        found = self.window.screen_of(place)
        assert isinstance(found, Recording)
        return found


def button(dialog: QMessageBox, words: str) -> QAbstractButton:
    return next(each for each in dialog.buttons() if each.text() == words)


@pytest.fixture
def desk(qtbot: QtBot, look: Look, worker: DeskWorker) -> Iterator[Desk]:
    made = Desk(worker)
    qtbot.addWidget(made.top)
    made.window.open()
    with qtbot.waitExposed(made.top):
        made.top.show()
    made.top.activateWindow()
    qtbot.waitUntil(made.top.isActiveWindow)
    yield made
    for place in made.made:
        made.screen(place).lost = ""


def test_screens_are_made_when_they_are_first_gone_to_and_kept(qtbot: QtBot, desk: Desk) -> None:
    assert desk.made == [Place.TODAY]
    control = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_3, Qt.Key.Key_1, Qt.Key.Key_3):
        QTest.keyClick(desk.window, key, control)
    assert desk.made == [Place.TODAY, Place.CASE]
    assert desk.window.stack.currentWidget() is desk.screen(Place.CASE)
    assert desk.window.sidebar.lines[Place.CASE].isChecked()


def test_navigation_works_with_mouse_and_arrow_keys(qtbot: QtBot, desk: Desk) -> None:
    line = desk.window.sidebar.lines[Place.LEDGER]
    went: list[Destination] = []
    desk.model.went.connect(went.append)
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert went == [Destination(Place.LEDGER), Destination(Place.CASE)]


def test_a_destination_brings_its_target(desk: Desk) -> None:
    desk.model.go(Destination(Place.CASE, "c1"))
    assert desk.screen(Place.CASE).targets == ["c1"]


def test_the_head_says_office_month_and_user(desk: Desk) -> None:
    head = desk.window.head
    assert (head.office.text(), head.month.text(), head.user.text()) == ("龙泉街道办事处", "2026年9月", "王淑芬")
    assert desk.top.windowTitle() == "台账 — 龙泉街道办事处"


def test_a_badge_counts_and_goes_at_zero(desk: Desk) -> None:
    line = desk.window.sidebar.lines[Place.TODAY]
    desk.model.badge(Badge(Place.TODAY, 120, Tone.OVERDUE))
    assert (line.count.text(), line.count.isVisible()) == ("99+", True)
    assert line.accessibleName() == "今日待办，120件"
    desk.model.badge(Badge(Place.TODAY, 0))
    assert not line.count.isVisible()


def test_every_screen_that_was_made_hears_of_changes(qtbot: QtBot, desk: Desk, worker: DeskWorker) -> None:
    desk.model.go_to(Place.LEDGER)
    changes = Changes(operation=Operation.CLOSING)
    worker.scope().run(lambda: changes, lambda _: None)
    qtbot.waitUntil(lambda: not worker.busy)
    assert desk.screen(Place.TODAY).changes == [changes]
    assert desk.screen(Place.LEDGER).changes == [changes]
    assert desk.made == [Place.TODAY, Place.LEDGER]


def test_trouble_is_told_in_three_sentences_without_blocking(qtbot: QtBot, desk: Desk, worker: DeskWorker) -> None:
    def fail() -> None:
        raise OfficeTrouble("U盘已满", safe="已保存的数据没有变化", do="请换一个U盘再导出")

    worker.scope().run(fail, lambda _: None)
    qtbot.waitUntil(lambda: not worker.busy)
    bar = desk.window.notice_bar
    assert bar.isVisible()
    assert bar.says.text() == "U盘已满。"
    assert bar.details.text() == "数据情况：已保存的数据没有变化。\n现在请：请换一个U盘再导出。"
    QTest.mouseClick(bar.closing, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_findings_are_listed_with_their_clause(qtbot: QtBot, desk: Desk, worker: DeskWorker) -> None:
    def refuse() -> None:
        raise NotAccepted((Finding(field="letter", code="no_letter", says="尚未出具告知书", clause="一（三）2"),))

    worker.scope().run(refuse, lambda _: None)
    qtbot.waitUntil(lambda: not worker.busy)
    assert desk.window.notice_bar.says.text() == "有1处需要先处理"
    assert desk.window.notice_bar.details.text() == "尚未出具告知书（依据：一（三）2）"


def test_a_notice_offers_one_thing_to_do(qtbot: QtBot, desk: Desk) -> None:
    done: list[bool] = []
    desk.model.tell(Notice(tone=Tone.DONE, says="已导出", action=NoticeAction("打开文件夹", lambda: done.append(True))))
    QTest.mouseClick(desk.window.notice_bar.action, Qt.MouseButton.LeftButton)
    assert done == [True]
    desk.model.tell(said("好了"))
    assert not desk.window.notice_bar.action.isVisible()


def test_a_long_job_shows_how_far_it_is_and_is_cancelled(qtbot: QtBot, desk: Desk, worker: DeskWorker) -> None:
    line = desk.window.task_line

    def count(report: Reporter) -> None:
        while True:
            report(3, 10)

    worker.scope().run_long("导出台账", count, lambda _: None)
    qtbot.waitUntil(lambda: line.amount.text() == "30%")
    assert line.words.text() == "正在导出台账"
    assert line.bar.value() == 3
    QTest.mouseClick(line.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not worker.busy)
    assert not line.isVisible()
    assert not desk.window.notice_bar.isVisible()


def test_a_bug_is_kept_and_shown_in_one_sentence_with_a_report_to_copy(
    qtbot: QtBot, desk: Desk, worker: DeskWorker
) -> None:
    worker.scope().run(lambda: 1 // 0, lambda _: None)
    qtbot.waitUntil(lambda: not worker.busy)
    (report,) = desk.reports
    assert report.exception == "builtins.ZeroDivisionError"
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QMessageBox)
    assert "已保存的数据不受影响" in dialog.text()
    copy, close = button(dialog, "复制错误报告"), button(dialog, "知道了")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith("builtins.ZeroDivisionError\n")
    assert dialog.isVisible()
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert QApplication.activeModalWidget() is None


def test_the_desk_is_locked_by_keyboard(qtbot: QtBot, desk: Desk) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert desk.locked == 1


def test_closing_asks_before_typing_is_lost_and_then_shuts_every_screen(qtbot: QtBot, desk: Desk) -> None:
    screen = desk.screen(Place.TODAY)
    screen.lost = "入户核实表还没有保存"
    asked: list[str] = []

    def answer(words: str) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QMessageBox)
        asked.append(dialog.text())
        QTest.mouseClick(button(dialog, words), Qt.MouseButton.LeftButton)

    closed: list[bool] = []
    desk.top.closed.connect(lambda: closed.append(True))
    QTimer.singleShot(0, lambda: answer("返回填写"))
    desk.top.close()
    assert (closed, screen.is_shut, desk.top.isVisible()) == ([], False, True)
    QTimer.singleShot(0, lambda: answer("放弃并关闭"))
    desk.top.close()
    assert (closed, screen.is_shut) == ([True], True)
    assert asked == ["入户核实表还没有保存"] * 2


def test_the_window_is_gone_before_what_still_runs_is_waited_for(desk: Desk) -> None:
    seen: list[bool] = []
    desk.top.closed.connect(lambda: seen.append(desk.top.isVisible()))
    assert desk.top.close()
    assert seen == [False]


def test_a_red_notice_goes_with_the_next_thing_that_is_done_but_not_with_a_backup_made_beside_it(
    qtbot: QtBot, desk: Desk, worker: DeskWorker
) -> None:
    def does(kind: Kind) -> None:
        touched = (Touched(kind, "1"),)
        worker.scope().run(lambda: Changes(operation=Operation.TAKE_PACKAGE, touched=touched), lambda _: None)
        qtbot.waitUntil(lambda: not worker.busy)

    desk.model.tell(said("有3处需要先处理", Tone.OVERDUE))
    qtbot.waitUntil(lambda: not desk.model._fresh)
    does(Kind.BACKUP)
    assert desk.window.notice_bar.isVisible()
    does(Kind.CASE)
    assert not desk.window.notice_bar.isVisible()


def test_a_notice_goes_when_one_goes_on_unless_it_was_told_in_the_same_breath(qtbot: QtBot, desk: Desk) -> None:
    first, second = (item.place for item in desk.model.items[:2])
    desk.model.tell(said("已保存"))
    desk.model.go_to(second)
    assert desk.window.notice_bar.isVisible()
    QApplication.processEvents()
    desk.model.go_to(first)
    assert not desk.window.notice_bar.isVisible()


def test_what_is_told_before_the_first_screen_is_there_stands_once_it_is(desk: Desk) -> None:
    desk.model.tell(said("上次填写了一半的还在"))
    QApplication.processEvents()
    desk.window.open()
    assert desk.window.notice_bar.isVisible()
