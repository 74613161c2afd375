"""今日待办 by keyboard and mouse, over a real vault and worker."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from five_steps import five_steps
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.duties import DutyGroup
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind
from taizhang_casework.domain.steps import NoticePosted
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.filing import freeze
from taizhang_casework.services.founding import enrol
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.sending import send_filing
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_desktop.kit.parts import Button
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import TextSize
from taizhang_desktop.screens.today import TodayScreen
from taizhang_desktop.table.cell_delegate import INDENT
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_desktop.viewmodels.today import TodayModel
from taizhang_desktop.worker import DeskWorker
from taizhang_exchange.packages import PackageCourier

if TYPE_CHECKING:
    from tests.desktop.conftest import FrameSpy


def take(work: Work, name: str, day: int) -> CaseId:
    draft = WarningDraft(
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail="突发疾病",
        name=name,
        id_number="",
        village_code="370215001002",
        received_on=date(2022, 4, day),
    )
    return take_warning(work, draft).case


def labels_of(screen: QWidget) -> Iterator[QLabel]:
    children: Iterable[QObject] = screen.findChildren(QObject)
    return (child for child in children if isinstance(child, QLabel))


def visible_words(screen: QWidget) -> list[str]:
    """What the labels of a screen say."""
    return [words.text() for words in labels_of(screen) if words.isVisible()]


@pytest.fixture
def two(town_work: Work) -> tuple[CaseId, CaseId]:
    """One that is overdue, one that is due today."""
    return take(town_work, "李秀英", 7), take(town_work, "王𡛕", 15)


@pytest.fixture
def open_screen(
    qtbot: QtBot, look: Look, town_work: Work, worker: DeskWorker, frame: "FrameSpy"
) -> Callable[[], TodayScreen]:
    def show() -> TodayScreen:
        made = TodayScreen(TodayModel(town_work, worker.scope(), frame))
        qtbot.addWidget(made)
        made.resize(1193, 697)
        made.show()
        qtbot.waitExposed(made)
        made.activateWindow()
        made.activate()
        qtbot.waitUntil(lambda: made._model.state.loaded)
        return made

    return show


def chip_words(screen: QWidget) -> list[str]:
    assert isinstance(screen, TodayScreen)
    return [button.text() for button in screen.groups.buttons.values()]


def test_the_most_pressing_duty_is_chosen_and_its_reason_stands_beside_it(
    open_screen: Callable[[], TodayScreen], two: tuple[CaseId, CaseId]
) -> None:
    screen = open_screen()

    assert screen.table.current_key() == two[0]
    assert screen.table.model().index(0, 0).data() == "逾期8天"
    assert "9、10日周末" in screen.reason.because.text()
    assert chip_words(screen) == [
        *("● 全部 3", "逾期 1", "今天到期 1", "本周到期 0"),
        *("以后到期 1", "不限期 0", "等待他方 0"),
    ]


@pytest.mark.usefixtures("two")
def test_before_the_first_answer_it_is_said_that_it_is_being_read_and_nothing_is_offered(
    town_work: Work, worker: DeskWorker, frame: "FrameSpy", qtbot: QtBot
) -> None:
    screen = TodayScreen(TodayModel(town_work, worker.scope(), frame))
    qtbot.addWidget(screen)
    screen.resize(1193, 697)
    screen.show()
    assert "正在读取……" in visible_words(screen)
    assert not screen.reason.go.isVisible()
    screen.activate()
    qtbot.waitUntil(lambda: "正在读取……" not in visible_words(screen))
    assert screen.table.isVisible()


def test_arrow_keys_walk_the_list_and_enter_goes_to_the_case(
    qtbot: QtBot, open_screen: Callable[[], TodayScreen], two: tuple[CaseId, CaseId], frame: "FrameSpy"
) -> None:
    screen = open_screen()
    qtbot.waitUntil(screen.table.hasFocus)

    QTest.keyClick(screen.table, Qt.Key.Key_Down)
    assert screen.reason.who.text() == "王𡛕　墨河社区居民委员会"
    QTest.keyClick(screen.table, Qt.Key.Key_Return)

    assert frame.destinations == [Destination(Place.CASE, two[1])]


def test_a_double_click_and_the_button_go_there_too(
    qtbot: QtBot, open_screen: Callable[[], TodayScreen], two: tuple[CaseId, CaseId], frame: "FrameSpy"
) -> None:
    screen = open_screen()
    place = screen.table.visualRect(screen.table.model().index(1, 1)).center()

    QTest.mouseClick(screen.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(screen.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    button = screen.findChild(Button, "today_open")
    assert isinstance(button, Button)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert frame.destinations == [Destination(Place.CASE, two[1])] * 2


def test_the_months_ledger_goes_to_its_month(
    open_screen: Callable[[], TodayScreen], two: tuple[CaseId, CaseId], frame: "FrameSpy"
) -> None:
    screen = open_screen()

    QTest.keyClick(screen.table, Qt.Key.Key_End)
    QTest.keyClick(screen.table, Qt.Key.Key_Enter)

    assert frame.destinations == [Destination(Place.FILING, "2022-04")]


def test_a_day_without_duties_says_so(open_screen: Callable[[], TodayScreen], town_work: Work, tmp_path: Path) -> None:
    courier = PackageCourier()
    bureau = Office(id=OfficeId("370215"), kind=OfficeKind.BUREAU, name="即墨区乡村振兴局")
    enrol(town_work.store, courier.new_keys(bureau).card, town_work.user)
    filing = freeze(town_work, Month(2022, 4)).filing
    send_filing(town_work, courier, filing.id, bureau.id, lambda _: tmp_path / "april.tzb")

    screen = open_screen()

    said = visible_words(screen)
    assert "今天没有待办" in said
    assert not screen.table.isVisible()


def test_a_new_case_comes_in_while_the_chosen_one_stays_chosen(
    qtbot: QtBot, open_screen: Callable[[], TodayScreen], two: tuple[CaseId, CaseId], town_work: Work
) -> None:
    screen = open_screen()
    QTest.keyClick(screen.table, Qt.Key.Key_Down)
    draft = WarningDraft(
        channel=Channel.PETITION,
        source="信访局",
        detail="反映困难",
        name="张伟",
        id_number="",
        village_code="370215001002",
        received_on=date(2022, 4, 1),
    )

    screen.on_changes(take_warning(town_work, draft).changes)

    qtbot.waitUntil(lambda: screen.table.model().rowCount() == 4)
    assert screen.table.current_key() == two[1]
    assert screen.table.currentIndex().row() == 2


@pytest.mark.usefixtures("two")
def test_large_text_leaves_everything_on_a_small_screen(open_screen: Callable[[], TodayScreen], look: Look) -> None:
    look.choose(text_size=TextSize.LARGEST)

    screen = open_screen()

    assert screen.minimumSizeHint().width() <= 1100
    assert screen.minimumSizeHint().height() <= 660


def test_how_long_a_notice_still_hangs_can_be_read_whole(
    open_screen: Callable[[], TodayScreen], town_work: Work
) -> None:
    case = take(town_work, "李秀英", 11)
    own_household(town_work, case)
    for each in (*five_steps("李秀英")[:3], NoticePosted(posted_on=date(2022, 4, 20), place="公开栏")):
        record(town_work, case, each)
    table = open_screen().table
    words = next(
        text for row in range(table.model().rowCount()) if "公示中" in (text := str(table.model().index(row, 0).data()))
    )
    assert words == "公示中，还剩5天"
    assert table.columnWidth(0) >= table.fontMetrics().horizontalAdvance("公示中，还剩15天") + 2 * INDENT


@pytest.mark.usefixtures("two")
def test_a_row_is_copied_as_it_is_shown(open_screen: Callable[[], TodayScreen]) -> None:
    screen = open_screen()

    QTest.keyClick(screen.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text().split("\t")[:3] == ["逾期8天", "李秀英", "确认户并入户核实"]


@pytest.mark.usefixtures("two")
def test_a_part_of_the_list_is_shown_alone_by_a_click(qtbot: QtBot, open_screen: Callable[[], TodayScreen]) -> None:
    screen = open_screen()

    QTest.mouseClick(screen.groups.buttons[DutyGroup.TODAY], Qt.MouseButton.LeftButton)

    assert screen.table.model().rowCount() == 1
    assert screen.reason.who.text().startswith("王𡛕")
    QTest.mouseClick(screen.groups.buttons[None], Qt.MouseButton.LeftButton)
    assert screen.table.model().rowCount() == 3


@pytest.mark.usefixtures("two")
def test_a_fixed_date_is_explained_by_key_and_the_list_explains_again(open_screen: Callable[[], TodayScreen]) -> None:
    screen = open_screen()
    ledger = next(button for button in screen.dates.buttons if button.objectName() == "today_date_ledger")

    ledger.setFocus()
    QTest.keyClick(ledger, Qt.Key.Key_Return)

    assert "请在4月29日下班前办好" in screen.reason.because.text()
    assert not screen.reason.go.isVisible()
    screen.table.setFocus()
    QTest.keyClick(screen.table, Qt.Key.Key_Down)
    assert screen.reason.go.isVisible()
    assert screen.reason.who.text().startswith("王𡛕")
