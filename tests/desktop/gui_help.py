"""F1, ? and the keys of the steps in the whole window of a town: help beside the work, and nothing that is half-typed is touched."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

import pytest
from desk_window import desk_window
from hands import Hands
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTextBrowser, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.new_household import own_household
from taizhang_desktop.guide.book import help_page
from taizhang_desktop.guide.keys import GROUPS, groups_for
from taizhang_desktop.guide.topics import Topic, topic_of_place
from taizhang_desktop.kit.step_rail import StepRail
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import TextSize
from taizhang_desktop.shell.window import MainWindow
from taizhang_desktop.viewmodels.navigation import BUREAU_NAVIGATION, TOWN_NAVIGATION, Destination, Place
from taizhang_desktop.worker import DeskWorker

from tests.desktop.conftest import District

HUANXIU = OfficeId("370215001")


@pytest.fixture
def case(district: District) -> str:
    """A case of the town that awaits 入户核实."""
    work = district.office(HUANXIU).work
    taken = take_warning(
        work,
        WarningDraft(
            channel=Channel.SELF_APPLICATION,
            source="12317",
            detail="突发疾病",
            name="王建国",
            id_number="11010519491231002X",
            village_code=district.village(HUANXIU),
            received_on=date(2022, 4, 5),
        ),
    )
    own_household(work, taken.case)
    return taken.case


@pytest.fixture
def window(qtbot: QtBot, look: Look, district: District, worker: DeskWorker, case: str) -> Iterator[MainWindow]:
    with desk_window(qtbot, district.office(HUANXIU), worker) as shown:
        qtbot.waitUntil(lambda: shown.stack.currentWidget() is not None)
        yield shown


@pytest.fixture
def hands(qtbot: QtBot, window: MainWindow) -> Hands:
    return Hands(qtbot, window)


@pytest.fixture
def open_case(window: MainWindow, hands: Hands, case: str) -> Callable[[], None]:
    def go() -> None:
        window._model.go(Destination(Place.CASE, case))
        hands.until(lambda: hands.reads("核查人员"))
        hands.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit))

    return go


def page(hands: Hands) -> str:
    """What the page of help says, empty while none is shown."""
    text = hands.window.findChild(QTextBrowser, "help_text")
    assert isinstance(text, QTextBrowser)
    return text.toPlainText() if text.isVisible() else ""


def title(topic: Topic) -> str:
    return help_page(topic).text.split("\n", 1)[0].removeprefix("# ")


def card(hands: Hands) -> QWidget:
    shown = hands.window.findChild(QWidget, "keys_card")
    assert isinstance(shown, QWidget)
    return shown


def focus() -> QWidget:
    now = QApplication.focusWidget()
    assert now is not None
    return now


def test_f1_opens_the_page_of_the_screen_and_esc_closes_it_with_the_half_typed_form_untouched(
    hands: Hands, open_case: Callable[[], None]
) -> None:
    open_case()
    line = focus()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "07")
    hands.press(Qt.Key.Key_F1)
    assert page(hands).startswith(title(Topic.HOME_VISIT))
    assert focus() is line
    QTest.keyClicks(line, "0")
    assert line.text() == "070"
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not page(hands)
    assert focus() is line
    assert line.text() == "070"
    assert hands.shows("案件办理")


def test_f1_again_goes_into_the_page_and_esc_comes_back_to_where_one_typed(
    hands: Hands, open_case: Callable[[], None]
) -> None:
    open_case()
    line = focus()
    hands.press(Qt.Key.Key_F1)
    hands.press(Qt.Key.Key_F1)
    assert focus().objectName() == "help_text"
    hands.press(Qt.Key.Key_F1)
    assert focus() is line
    assert page(hands)
    hands.press(Qt.Key.Key_F1)
    hands.press(Qt.Key.Key_Escape)
    assert not page(hands)
    assert focus() is line


def test_the_notices_own_words_stand_beneath_the_page(hands: Hands, open_case: Callable[[], None]) -> None:
    open_case()
    hands.click("help_open")
    assert "由5个工作日调整为3个工作日" in page(hands)
    assert "即乡振发〔2022〕1号" in page(hands)
    hands.click("help_open")
    assert not page(hands)


def test_the_mouse_opens_and_closes_help_and_leaves_the_keyboard_in_the_form(
    hands: Hands, open_case: Callable[[], None]
) -> None:
    open_case()
    line = focus()
    hands.click("help_open")
    assert focus() is line
    QTest.mouseClick(hands.see(QTextBrowser, "help_text").viewport(), Qt.MouseButton.LeftButton)
    assert focus().objectName() == "help_text"
    hands.click("help_close")
    assert not page(hands)
    assert focus() is line


def test_open_help_follows_to_each_screen_of_a_town(hands: Hands, window: MainWindow) -> None:
    hands.press(Qt.Key.Key_F1)
    for place in (*(item.place for item in TOWN_NAVIGATION), Place.USERS):
        window.go_to(place)
        assert page(hands).startswith(title(topic_of_place(place)))


def test_open_help_follows_to_each_screen_of_the_bureau(
    qtbot: QtBot, look: Look, district: District, worker: DeskWorker
) -> None:
    with desk_window(qtbot, district.bureau, worker) as shown:
        hands = Hands(qtbot, shown)
        hands.press(Qt.Key.Key_F1)
        for item in BUREAU_NAVIGATION:
            shown.go_to(item.place)
            assert page(hands).startswith(title(topic_of_place(item.place)))


def test_open_help_follows_to_what_stands_in_the_tables_place(hands: Hands, window: MainWindow) -> None:
    window.go_to(Place.LEDGER)
    hands.press(Qt.Key.Key_F1)
    hands.until(lambda: hands.offers("登记预警信息"))
    hands.click("ledger_take")
    assert page(hands).startswith(title(Topic.INTAKE))
    hands.text_button("批量登记")
    assert page(hands).startswith(title(Topic.INTAKE_ROWS))
    window.go_to(Place.LEDGER)
    hands.press(Qt.Key.Key_Escape)
    assert not page(hands)


def test_question_mark_shows_the_keys_of_the_screen_and_in_a_text_it_is_a_sign(
    hands: Hands, window: MainWindow, open_case: Callable[[], None]
) -> None:
    hands.until(lambda: hands.reads("王建国"))
    window.sidebar.lines[Place.TODAY].setFocus()
    QTest.keyClicks(focus(), "?")
    assert card(hands).isVisible()
    labels: Iterable[QLabel] = card(hands).findChildren(QLabel)
    told = [words.text() for words in labels]
    for group in (GROUPS[0], *groups_for(Topic.TODAY)):
        for line in group.lines:
            assert line.keys in told
            assert line.does in told
    hands.press(Qt.Key.Key_Escape)
    assert not card(hands).isVisible()
    assert focus() is window.sidebar.lines[Place.TODAY]
    window.go_to(Place.LEDGER)
    hands.into("ledger_search", "?")
    assert hands.see(QLineEdit, "ledger_search").text() == "?"
    assert not card(hands).isVisible()
    hands.press(Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    assert card(hands).isVisible()
    assert focus() is hands.see(QLineEdit, "ledger_search")


def test_in_the_grid_a_question_mark_begins_a_cell(hands: Hands, window: MainWindow) -> None:
    window.go_to(Place.LEDGER)
    hands.until(lambda: hands.offers("登记预警信息"))
    hands.click("ledger_take")
    hands.text_button("批量登记")
    hands.until(lambda: focus().inherits("QAbstractItemView"))
    QTest.keyClicks(focus(), "?")
    assert not card(hands).isVisible()


def test_esc_closes_the_keys_first_and_then_the_page(hands: Hands) -> None:
    hands.press(Qt.Key.Key_F1)
    hands.click("help_keys")
    hands.press(Qt.Key.Key_Escape)
    assert not card(hands).isVisible()
    assert page(hands)
    hands.press(Qt.Key.Key_Escape)
    assert not page(hands)


def test_the_keys_of_the_steps_lead_into_the_form_or_say_why_not_yet(
    hands: Hands, open_case: Callable[[], None], window: MainWindow
) -> None:
    open_case()
    line = focus()
    window.sidebar.lines[Place.CASE].setFocus()
    hands.press(Qt.Key.Key_F2)
    hands.until(lambda: focus() is line)
    hands.press(Qt.Key.Key_F3)
    hands.until(lambda: hands.says("入户核实"))
    assert hands.reads("核查人员")


def test_the_rail_says_its_keys(hands: Hands, open_case: Callable[[], None]) -> None:
    open_case()
    rail = hands.see(StepRail, "case_rail")
    assert [step.key for step in rail.steps] == ["F2", "F3", "F4", "F5", "F6"]
    at = rail.place_of(rail.steps[1].step).toPoint()
    QApplication.sendEvent(rail, QHelpEvent(QEvent.Type.ToolTip, at, rail.mapToGlobal(at)))
    assert QToolTip.text() == "民主评议：未开始（按 F3 到这一步）"
    assert "入户核实待办理（按 F2 到这一步）" in rail.accessibleDescription()
    QToolTip.hideText()


def test_help_fits_beside_every_screen_of_a_town_on_a_small_screen(
    hands: Hands, look: Look, window: MainWindow, open_case: Callable[[], None]
) -> None:
    open_case()
    for item in TOWN_NAVIGATION:
        window.go_to(item.place)
    hands.press(Qt.Key.Key_F1)
    pane, stack = window.help.pane, window.stack
    for size in TextSize:
        look.choose(text_size=size)
        QApplication.processEvents()
        corner = pane.mapTo(window, QPoint(pane.width(), pane.height()))
        assert (window.width(), corner.x() <= 1366, corner.y() <= window.height()) == (1366, True, True)
        assert pane.width() >= pane.narrowest()
        if size.value <= 150:
            assert stack.mapTo(window, QPoint(stack.width(), 0)).x() <= pane.x()
    look.choose(text_size=TextSize.NORMAL)


def test_a_screen_reader_finds_the_page_and_the_keys(hands: Hands) -> None:
    hands.press(Qt.Key.Key_F1)
    assert hands.see(QTextBrowser, "help_text").accessibleName() == "帮助"
    hands.press(Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    assert "F1 本页的帮助" in card(hands).accessibleDescription()
