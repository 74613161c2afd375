"""预警台账 by keyboard and mouse, over a real vault and worker."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.discarding import discard
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.work import Work
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import TextSize
from taizhang_desktop.screens.ledger import LedgerScreen
from taizhang_desktop.viewmodels.intake import IntakeModel
from taizhang_desktop.viewmodels.ledger import LedgerModel
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_desktop.worker import DeskWorker

if TYPE_CHECKING:
    from tests.desktop.conftest import FrameSpy

PEOPLE = (
    ("王建国", "11010519491231002X", Channel.SELF_APPLICATION),
    ("李䶮", "810000199408230021", Channel.PETITION),
    ("阿依·古丽", "", Channel.CADRE_SCREENING),
)


def labels_of(screen: QWidget) -> Iterator[QLabel]:
    children: Iterable[QObject] = screen.findChildren(QObject)
    return (child for child in children if isinstance(child, QLabel))


def visible_words(screen: QWidget) -> list[str]:
    """What the labels of a screen say."""
    return [words.text() for words in labels_of(screen) if words.isVisible()]


@pytest.fixture
def three(town_work: Work) -> tuple[CaseId, ...]:
    """Three cases, oldest first."""
    return tuple(
        take_warning(
            town_work,
            WarningDraft(
                channel=channel,
                source="村委",
                detail="突发疾病",
                name=name,
                id_number=number,
                village_code="370215001002",
                received_on=date(2022, 4, day),
            ),
        ).case
        for day, (name, number, channel) in enumerate(PEOPLE, start=4)
    )


@pytest.fixture
def screen(qtbot: QtBot, look: Look, town_work: Work, worker: DeskWorker, frame: "FrameSpy") -> Iterator[LedgerScreen]:
    intake = IntakeModel(town_work, worker.scope(), frame, OfficeId("370215001"))
    made = LedgerScreen(LedgerModel(town_work, worker.scope(), frame, intake))
    qtbot.addWidget(made)
    made.resize(1193, 697)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    made.shut()


def go(qtbot: QtBot, screen: LedgerScreen) -> None:
    screen.activate()
    qtbot.waitUntil(lambda: screen._model.state.count is not None)
    qtbot.waitUntil(screen.isActiveWindow)


def pick(qtbot: QtBot, screen: LedgerScreen, chip: str, words: str) -> None:
    """Set a chip by the keyboard, as a clerk goes down its values."""
    button = screen.filters.buttons[chip]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in menu.actions():
        if menu.activeAction() is not None and menu.activeAction().text() == words:
            break
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def rows(screen: LedgerScreen) -> list[str]:
    model = screen.table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


@pytest.mark.usefixtures("three")
def test_the_newest_stands_first_and_no_number_is_shown_whole(qtbot: QtBot, screen: LedgerScreen) -> None:
    go(qtbot, screen)

    qtbot.waitUntil(lambda: rows(screen) == ["阿依·古丽", "李䶮", "王建国"])
    assert screen.table.model().index(2, 1).data() == "110***********002X"
    assert screen.intro_label.text() == "共3条"


@pytest.mark.usefixtures("three")
def test_typing_finds_without_enter_and_the_filters_add_up(
    qtbot: QtBot, screen: LedgerScreen, type_chinese: Callable[[QObject, str], None]
) -> None:
    go(qtbot, screen)

    QTest.keyClick(screen.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert screen.search.hasFocus()
    type_chinese(screen.search, "李䶮")
    qtbot.waitUntil(lambda: rows(screen) == ["李䶮"])

    pick(qtbot, screen, "channel", "自主申报")
    qtbot.waitUntil(lambda: screen._model.state.count == 0)
    said = visible_words(screen)
    assert "没有符合条件的预警信息" in said

    clear = screen.findChild(QPushButton, "ledger_forget")
    assert isinstance(clear, QPushButton)
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(rows(screen)) == 3)
    assert (screen.search.text(), screen._model.state.query.filter.channel) == ("", None)


def test_only_open_ones_are_shown_on_request(qtbot: QtBot, screen: LedgerScreen, three: tuple[CaseId, ...]) -> None:
    go(qtbot, screen)

    QTest.mouseClick(screen.open_only, Qt.MouseButton.LeftButton, pos=QPoint(10, screen.open_only.height() // 2))

    qtbot.waitUntil(lambda: screen.intro_label.text() == f"符合条件的{len(three)}条")
    assert screen.open_only.isChecked()


def test_enter_and_a_double_click_open_the_case(
    qtbot: QtBot, screen: LedgerScreen, three: tuple[CaseId, ...], frame: "FrameSpy"
) -> None:
    go(qtbot, screen)
    qtbot.waitUntil(screen.table.hasFocus)

    QTest.keyClick(screen.table, Qt.Key.Key_End)
    QTest.keyClick(screen.table, Qt.Key.Key_Return)
    place = screen.table.visualRect(screen.table.model().index(0, 2)).center()
    QTest.mouseClick(screen.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(screen.table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    qtbot.waitUntil(
        lambda: frame.destinations == [Destination(Place.CASE, three[0]), Destination(Place.CASE, three[2])]
    )


@pytest.mark.usefixtures("three")
def test_a_click_on_a_header_sorts_the_ledger(qtbot: QtBot, screen: LedgerScreen) -> None:
    go(qtbot, screen)
    head = screen.table.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(8) + 20, head.height() // 2)

    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)

    qtbot.waitUntil(lambda: rows(screen) == ["王建国", "李䶮", "阿依·古丽"])


def test_an_empty_ledger_says_what_to_do(qtbot: QtBot, screen: LedgerScreen) -> None:
    go(qtbot, screen)

    said = visible_words(screen)
    assert "台账中还没有预警信息" in said


@pytest.mark.usefixtures("three")
def test_large_text_leaves_everything_on_a_small_screen(qtbot: QtBot, screen: LedgerScreen, look: Look) -> None:
    look.choose(text_size=TextSize.LARGEST)
    go(qtbot, screen)

    assert screen.minimumSizeHint().width() <= 1100
    assert screen.minimumSizeHint().height() <= 660


def test_ctrl_a_selects_all_and_the_bar_says_how_many(
    qtbot: QtBot, screen: LedgerScreen, three: tuple[CaseId, ...]
) -> None:
    go(qtbot, screen)
    qtbot.waitUntil(screen.table.hasFocus)
    assert not screen.bar.isVisible()

    QTest.keyClick(screen.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)

    assert screen.bar.isVisible()
    assert screen.bar.says.text() == f"已选{len(three)}条，共{len(three)}条"
    assert screen.table.chosen_ranges() == ((0, 3),)
    QTest.mouseClick(screen.bar.none, Qt.MouseButton.LeftButton)
    assert not screen.bar.isVisible()
    assert screen.table.hasFocus()
    QTest.keyClick(screen.table, Qt.Key.Key_Home)
    QTest.keyClick(screen.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert screen.table.chosen_ranges() == ((0, 2),)


@pytest.mark.usefixtures("three")
def test_a_chip_is_set_and_cleared_by_keyboard(qtbot: QtBot, screen: LedgerScreen) -> None:
    go(qtbot, screen)

    pick(qtbot, screen, "channel", "信访信息")

    qtbot.waitUntil(lambda: rows(screen) == ["李䶮"])
    chip = screen.filters.buttons["channel"]
    assert chip.text() == "预警方式：信访信息 ▾"
    assert chip.accessibleName() == "筛选：预警方式，信访信息"
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(rows(screen)) == 3)


@pytest.mark.usefixtures("three")
def test_a_view_is_kept_by_keyboard_and_shown_by_a_click(
    qtbot: QtBot, screen: LedgerScreen, type_chinese: Callable[[QObject, str], None]
) -> None:
    go(qtbot, screen)
    pick(qtbot, screen, "channel", "信访信息")
    qtbot.waitUntil(lambda: rows(screen) == ["李䶮"])

    screen.filters.keep.setFocus()
    QTest.keyClick(screen.filters.keep, Qt.Key.Key_Return)
    assert screen.filters.naming.name.hasFocus()
    QTest.keyClick(screen.filters.naming.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.filters.naming.fault.text() == "请填写视图名称")
    type_chinese(screen.filters.naming.name, "信访的")
    QTest.keyClick(screen.filters.naming.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not screen.filters.naming.isVisible())
    qtbot.waitUntil(lambda: screen._model.views[-1].name == "信访的")

    screen._model.forget_filters()
    qtbot.waitUntil(lambda: len(rows(screen)) == 3)
    button = screen.findChild(QPushButton, f"ledger_view_{screen._model.views[-1].id}")
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: rows(screen) == ["李䶮"])
    assert button.isChecked()
    assert screen.filters.remove.isVisible()


@pytest.mark.usefixtures("three")
def test_columns_are_chosen_and_moved_by_keyboard(qtbot: QtBot, screen: LedgerScreen) -> None:
    go(qtbot, screen)
    screen.to_columns.setFocus()
    QTest.keyClick(screen.to_columns, Qt.Key.Key_Return)
    assert screen.columns.list.hasFocus()

    QTest.keyClick(screen.columns.list, Qt.Key.Key_Down)
    QTest.keyClick(screen.columns.list, Qt.Key.Key_Space)
    QTest.keyClick(screen.columns.list, Qt.Key.Key_Home)
    QTest.keyClick(screen.columns.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(screen.columns.list, Qt.Key.Key_Escape)

    assert screen.table.hasFocus()
    head = screen.table.horizontalHeader()
    assert head.isSectionHidden(1)
    assert head.visualIndex(0) == 1
    assert [place.key for place in screen.table.places[:3]] == ["id_number", "head", "village"]


def test_back_from_a_case_that_moved_stands_on_it_and_from_one_that_left_on_its_place(
    qtbot: QtBot, screen: LedgerScreen, three: tuple[CaseId, ...], town_work: Work
) -> None:
    go(qtbot, screen)
    qtbot.waitUntil(screen.table.hasFocus)
    QTest.keyClick(screen.table, Qt.Key.Key_End)
    assert screen.table.current_id() == three[0]
    newer = take_warning(
        town_work,
        WarningDraft(
            channel=Channel.PETITION,
            source="信访局",
            detail="反映困难",
            name="赵六",
            id_number="",
            village_code="370215001002",
            received_on=date(2022, 4, 19),
        ),
    ).changes
    screen.on_changes(newer)
    qtbot.waitUntil(lambda: len(rows(screen)) == 4)
    screen.activate()
    assert screen.table.current_id() == three[0]
    assert screen.table.currentIndex().row() == 3

    discarded = discard(town_work, three[0], why="登记错了")
    screen.on_changes(discarded)

    qtbot.waitUntil(lambda: len(rows(screen)) == 3)
    assert screen.table.currentIndex().row() == 2
    assert screen.table.current_id() == three[1]
