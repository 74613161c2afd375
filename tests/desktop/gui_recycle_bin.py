"""移到回收站, 撤销 and 恢复 in the whole window, by mouse and by keyboard, over a real vault and worker."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, TypeVar, cast

import pytest
from desk_window import desk_window
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.filing import freeze
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_desktop.bootstrap import OpenOffice
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import TextSize
from taizhang_desktop.screens.case.screen import CaseScreen
from taizhang_desktop.screens.ledger import LedgerScreen
from taizhang_desktop.shell.window import MainWindow
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_desktop.worker import DeskWorker

if TYPE_CHECKING:
    from tests.desktop.conftest import District

TypeChinese = Callable[[QObject, str], None]
W = TypeVar("W", bound=QWidget)
TOWN = OfficeId("370215001")
ENTER = Qt.Key.Key_Return


@pytest.fixture
def office(district: "District") -> OpenOffice:
    return district.town(TOWN)


@pytest.fixture
def take(office: OpenOffice, district: "District") -> Callable[[str, str], CaseId]:
    def one(name: str, number: str = "") -> CaseId:
        draft = WarningDraft(
            channel=Channel.CADRE_SCREENING,
            source="村委",
            detail="突发疾病",
            name=name,
            id_number=number,
            village_code=district.village(TOWN),
            received_on=date(2022, 4, 5),
        )
        return take_warning(office.work, draft).case

    return one


@pytest.fixture
def window(qtbot: QtBot, look: Look, office: OpenOffice, worker: DeskWorker) -> Iterator[MainWindow]:
    with desk_window(qtbot, office, worker) as shown:
        yield shown


def part(within: QWidget, kind: type[W], name: str) -> W:
    """The newest visible part of that name."""
    found = [each for each in cast("list[W]", within.findChildren(kind, name)) if each.isVisible()]
    assert found, name
    return found[-1]


def there(qtbot: QtBot, within: QWidget, kind: type[W], name: str) -> W:
    qtbot.waitUntil(lambda: any(each.isVisible() for each in cast("list[W]", within.findChildren(kind, name))))
    return part(within, kind, name)


def click(within: QWidget, name: str) -> None:
    QTest.mouseClick(part(within, QPushButton, name), Qt.MouseButton.LeftButton)


def case_screen(window: MainWindow) -> CaseScreen:
    screen = window.screen_of(Place.CASE)
    assert isinstance(screen, CaseScreen)
    return screen


def ledger_screen(window: MainWindow) -> LedgerScreen:
    screen = window.screen_of(Place.LEDGER)
    assert isinstance(screen, LedgerScreen)
    return screen


def open_case(qtbot: QtBot, window: MainWindow, case: CaseId) -> CaseScreen:
    window._model.go(Destination(Place.CASE, case))
    screen = case_screen(window)
    qtbot.waitUntil(screen.facts.discarding.isVisible)
    return screen


def move(qtbot: QtBot, window: MainWindow, case: CaseId, why: str, type_chinese: TypeChinese) -> None:
    """By mouse."""
    screen = open_case(qtbot, window, case)
    QTest.mouseClick(screen.facts.discarding, Qt.MouseButton.LeftButton)
    box = there(qtbot, screen, QPlainTextEdit, "case_why")
    qtbot.waitUntil(box.hasFocus)
    type_chinese(box, why)
    click(screen, "case_save")
    qtbot.waitUntil(lambda: window.stack.currentWidget() is ledger_screen(window))


def words(within: QWidget) -> list[str]:
    """What can be read."""
    return [each.text() for each in cast("list[QLabel]", within.findChildren(QLabel)) if each.isVisible()]


def names(table: QWidget) -> list[str]:
    model = getattr(table, "model")()  # noqa: B009 - either kind of table
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def in_ledger(office: OpenOffice, worker: DeskWorker, qtbot: QtBot) -> list[CaseId]:
    """Asked in the worker's thread, which alone has the vault."""
    found: list[list[CaseId]] = []

    def read() -> list[CaseId]:
        with office.store.reading() as desk:
            return list(desk.cases.all_ids())

    worker.scope().run(read, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def test_a_line_is_moved_and_the_moving_undone_with_the_mouse(
    qtbot: QtBot,
    window: MainWindow,
    office: OpenOffice,
    worker: DeskWorker,
    take: Callable[..., CaseId],
    type_chinese: TypeChinese,
) -> None:
    kept, case = take("李四"), take("王建国", "11010519491231002X")

    move(qtbot, window, case, "登记重了", type_chinese)

    assert window.notice_bar.says.text() == "“王建国”这一条已移到回收站"
    qtbot.waitUntil(lambda: names(ledger_screen(window).table) == ["李四"])
    assert in_ledger(office, worker, qtbot) == [kept]

    QTest.mouseClick(window.notice_bar.action, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: window.stack.currentWidget() is case_screen(window))
    qtbot.waitUntil(lambda: case_screen(window).intro_label.text().startswith("王建国"))
    assert window.notice_bar.says.text() == "“王建国”这一条已恢复"
    assert set(in_ledger(office, worker, qtbot)) == {kept, case}


def test_a_line_is_moved_found_in_the_bin_and_restored_with_the_keyboard_alone(
    qtbot: QtBot, window: MainWindow, take: Callable[..., CaseId], type_chinese: TypeChinese
) -> None:
    case = take("王建国", "11010519491231002X")
    screen = open_case(qtbot, window, case)
    screen.facts.unmask.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(screen.facts.unmask, Qt.Key.Key_Tab)
    QTest.keyClick(screen.facts.correcting, Qt.Key.Key_Tab)
    assert screen.facts.discarding.hasFocus()
    QTest.keyClick(screen.facts.discarding, ENTER)
    box = there(qtbot, screen, QPlainTextEdit, "case_why")
    qtbot.waitUntil(box.hasFocus)
    QTest.keyClick(box, ENTER)
    qtbot.waitUntil(lambda: "请填写移到回收站的原因" in words(screen))
    assert window.stack.currentWidget() is screen
    type_chinese(box, "登记到别的村了")
    QTest.keyClick(box, ENTER)
    ledger = ledger_screen(window)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is ledger)
    qtbot.waitUntil(lambda: names(ledger.table) == [])

    ledger.bin.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(ledger.bin, Qt.Key.Key_Space)
    page = ledger.recycle_bin
    qtbot.waitUntil(page.table.hasFocus)
    assert names(page.table) == ["王建国"]
    assert "登记到别的村了" in page.told.text()
    assert not ledger.take.isVisible()
    QTest.keyClick(page.table, ENTER)
    assert page.restore.hasFocus(), "Enter on a line restores nothing yet"
    assert names(page.table) == ["王建国"]
    QTest.keyClick(page.restore, ENTER)

    qtbot.waitUntil(lambda: names(page.table) == [])
    qtbot.waitUntil(page.back.hasFocus)
    assert "回收站是空的" in words(page)
    assert not page.restore.isVisible()
    QTest.keyClick(page.back, Qt.Key.Key_Escape)
    qtbot.waitUntil(ledger.table.hasFocus)
    qtbot.waitUntil(lambda: names(ledger.table) == ["王建国"])
    assert ledger.take.isVisible()


def test_one_line_after_another_is_restored_without_leaving_the_list(
    qtbot: QtBot, window: MainWindow, take: Callable[..., CaseId], type_chinese: TypeChinese
) -> None:
    for name, number in (("王建国", "11010519491231002X"), ("李四", "810000199408230021")):
        move(qtbot, window, take(name, number), "登记错了", type_chinese)
    ledger = ledger_screen(window)
    QTest.mouseClick(ledger.bin, Qt.MouseButton.LeftButton)
    page = ledger.recycle_bin
    qtbot.waitUntil(lambda: names(page.table) == ["李四", "王建国"])
    QTest.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names(page.table) == ["王建国"])
    qtbot.waitUntil(page.table.hasFocus)
    assert page.table.current_key()
    assert window.notice_bar.says.text() == "“李四”这一条已恢复"


def test_a_double_click_restores_one_line_and_not_the_next(
    qtbot: QtBot,
    window: MainWindow,
    office: OpenOffice,
    worker: DeskWorker,
    take: Callable[..., CaseId],
    type_chinese: TypeChinese,
) -> None:
    for name, number in (("王建国", "11010519491231002X"), ("李四", "810000199408230021")):
        move(qtbot, window, take(name, number), "登记错了", type_chinese)
    ledger = ledger_screen(window)
    QTest.mouseClick(ledger.bin, Qt.MouseButton.LeftButton)
    page = ledger.recycle_bin
    qtbot.waitUntil(lambda: names(page.table) == ["李四", "王建国"])
    QTest.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names(page.table) == ["王建国"])
    second = QMouseEvent(
        QEvent.Type.MouseButtonDblClick,
        QPointF(page.restore.rect().center()),
        QPointF(page.restore.mapToGlobal(page.restore.rect().center())),
        Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(page.restore, second)
    QTest.mouseRelease(page.restore, Qt.MouseButton.LeftButton)
    assert len(in_ledger(office, worker, qtbot)) == 1
    assert names(page.table) == ["王建国"]


def test_a_line_registered_again_is_asked_about_first(
    qtbot: QtBot,
    window: MainWindow,
    office: OpenOffice,
    worker: DeskWorker,
    take: Callable[..., CaseId],
    type_chinese: TypeChinese,
) -> None:
    case = take("王建国", "11010519491231002X")
    move(qtbot, window, case, "登记错了", type_chinese)
    again = take("王建国", "11010519491231002X")
    ledger = ledger_screen(window)
    QTest.mouseClick(ledger.bin, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names(ledger.recycle_bin.table) == ["王建国"])
    QTest.mouseClick(ledger.recycle_bin.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.notice_bar.action.text() == "仍要恢复")
    assert "恢复后是两条" in window.notice_bar.details.text()
    assert in_ledger(office, worker, qtbot) == [again]
    QTest.mouseClick(window.notice_bar.action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names(ledger.recycle_bin.table) == [])
    assert set(in_ledger(office, worker, qtbot)) == {again, case}


def test_a_line_that_must_stay_says_why_and_leads_back_to_the_work(
    qtbot: QtBot, window: MainWindow, office: OpenOffice, take: Callable[..., CaseId]
) -> None:
    case = take("王建国", "11010519491231002X")
    freeze(office.work, Month(2022, 4))
    screen = open_case(qtbot, window, case)
    QTest.mouseClick(screen.facts.discarding, Qt.MouseButton.LeftButton)
    back = there(qtbot, screen, QPushButton, "case_stays_back")
    qtbot.waitUntil(back.hasFocus)
    assert "已封存的台账里有这一条（2022年4月第1版）" in part(screen, QLabel, "case_stays_0").text()
    QTest.keyClick(back, ENTER)
    assert there(qtbot, screen, QLabel, "case_form_title").text() == "确认是哪一户"


def test_large_text_shows_every_column_of_the_bin_on_a_small_screen(
    qtbot: QtBot, window: MainWindow, look: Look, take: Callable[..., CaseId], type_chinese: TypeChinese
) -> None:
    move(qtbot, window, take("阿卜杜热合曼·买买提", "11010519491231002X"), "登记错了" * 20, type_chinese)
    look.choose(text_size=TextSize.LARGER)
    ledger = ledger_screen(window)
    QTest.mouseClick(ledger.bin, Qt.MouseButton.LeftButton)
    page = ledger.recycle_bin
    qtbot.waitUntil(lambda: bool(names(page.table)))
    QApplication.processEvents()
    assert page.table.horizontalScrollBar().maximum() == 0
    assert page.restore.visibleRegion().boundingRect().size() == page.restore.size()
    assert window.minimumSizeHint().width() <= 1366
    assert window.minimumSizeHint().height() <= 730
