"""The bureau's month in its own window, by keyboard and mouse: lists in, packages out, filings in, the ledger of all towns on paper."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_desktop.desk import DeskTools, open_desk
from taizhang_desktop.kit.parts import Button
from taizhang_desktop.kit.states import StatePage, StateStack
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import TextSize
from taizhang_desktop.screens.board import BoardScreen
from taizhang_desktop.screens.consolidated import ConsolidatedScreen
from taizhang_desktop.screens.departments import DepartmentsScreen
from taizhang_desktop.screens.dispatch import DispatchScreen
from taizhang_desktop.screens.exchange import ExchangeScreen
from taizhang_desktop.settings import SettingsFile
from taizhang_desktop.shell.screen import Screen
from taizhang_desktop.shell.window import MainWindow
from taizhang_desktop.viewmodels.navigation import BUREAU_NAVIGATION, Place
from taizhang_desktop.worker import DeskWorker

if TYPE_CHECKING:
    from tests.desktop.conftest import Chooser, District

HUANXIU, CHAOHAI = OfficeId("370215001"), OfficeId("370215002")
VILLAGE = "370215001002"
GOOD = ("11010519491231002X", "810000199408230021", "830000199201300022")
SOUND = tuple((VILLAGE, name, number, "2022-03-04") for name, number in zip(("王𡛕", "李䶮"), GOOD, strict=False))
MIXED = (*SOUND, (VILLAGE, "张三", "110105194912310021", "2022-03-02"))
ScreenT = TypeVar("ScreenT", bound=Screen)
Stacked = DepartmentsScreen | DispatchScreen | BoardScreen | ConsolidatedScreen | ExchangeScreen


class Bureau:
    """The open window of the bureau."""

    def __init__(self, window: MainWindow, worker: DeskWorker, qtbot: QtBot) -> None:
        self.window = window
        self._worker = worker
        self._qtbot = qtbot

    def go(self, place: Place, kind: type[ScreenT]) -> ScreenT:
        """Press the digit of the place."""
        number = [item.place for item in BUREAU_NAVIGATION].index(place) + 1
        QTest.keyClick(self.window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier)
        self.settle()
        screen = self.window.stack.currentWidget()
        assert isinstance(screen, kind)
        return screen

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self._worker.busy)

    def press(self, key: Qt.Key, times: int = 1) -> None:
        """Press a key where the focus is."""
        for _ in range(times):
            focus = QApplication.focusWidget()
            assert focus is not None
            QTest.keyClick(focus, key)
        self.settle()

    def click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    @property
    def notice(self) -> str:
        bar = self.window.notice_bar
        return f"{bar.says.text()}\n{bar.details.text()}" if bar.isVisible() else ""


@pytest.fixture
def bureau(qtbot: QtBot, look: Look, district: "District", worker: DeskWorker, chooser: "Chooser") -> Iterator[Bureau]:
    tools = DeskTools(
        files=chooser, keep_report=lambda crash: pytest.fail(str(crash)), lock=lambda: None, settings=SettingsFile()
    )
    window = open_desk(district.bureau, worker, tools).window
    qtbot.addWidget(window)
    window.resize(1366, 697)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.open()
    opened = Bureau(window, worker, qtbot)
    opened.settle()
    yield opened
    window.close()


def state_of(stack: StateStack) -> str:
    """What stands in the place of the content; empty where the content is shown."""
    page = stack.currentWidget()
    return page.says.text() if isinstance(page, StatePage) else ""


def column(table: QWidget, at: int) -> list[str]:
    model = table.model()  # type: ignore[attr-defined]  # a QTableView
    return [str(model.index(row, at).data()) for row in range(model.rowCount())]


def filed(district: "District", town: OfficeId, count: int = 2) -> None:
    """The town's April waits at the bureau's door; it was not opened yet."""
    district.town(town)
    district.collect(town, count)
    district.road(district.office(town)).take(district.warnings_for(town), None)
    district.road(district.bureau).take(district.file_month(town)[1], None)


def test_a_month_without_lists_says_what_to_do_and_enter_imports(
    bureau: Bureau, district: "District", chooser: "Chooser"
) -> None:
    screen = bureau.go(Place.DEPARTMENT_WARNINGS, DepartmentsScreen)
    assert state_of(screen.list_stack) == "2022年4月还没有导入名单"
    assert screen.delivered.text() == "已提供 0/6"
    assert column(screen.department_table, 2).count("未提供（逾期）") == 6
    assert column(screen.department_table, 2)[3] == "不提供名单"
    chooser.will_choose(district.write_list("民政局2022年3月新增低保.xlsx", MIXED))

    assert screen.take.hasFocus()
    bureau.press(Qt.Key.Key_Return)
    bureau.settle()

    assert state_of(screen.list_stack) == ""
    assert screen.delivered.text() == "已提供 1/6"
    assert column(screen.row_table, 1) == ["接收", "接收", "退回"]
    assert column(screen.row_table, 3) == ["王𡛕", "李䶮", "张三"]
    assert "读取3行，接收2，退回1，重复0" in bureau.notice


def test_only_what_was_not_taken_is_one_click_away(bureau: Bureau, district: "District", chooser: "Chooser") -> None:
    screen = bureau.go(Place.DEPARTMENT_WARNINGS, DepartmentsScreen)
    chooser.will_choose(
        district.write_list("民政局.xlsx", SOUND),
        district.write_list("残联.xlsx", [(VILLAGE, "赵六", GOOD[2], "2022-03-09"), *MIXED[2:]], item="新办理"),
    )
    bureau.click(screen.take)
    bureau.settle()
    assert column(screen.row_table, 3) == ["赵六", "张三"]

    QTest.mouseClick(screen.only_refused, Qt.MouseButton.LeftButton, pos=QPoint(10, screen.only_refused.height() // 2))
    assert column(screen.row_table, 3) == ["张三"]

    screen.file_table.setFocus()
    bureau.press(Qt.Key.Key_Up)
    assert state_of(screen.row_stack) == "这份名单没有退回或重复的行"
    screen.only_refused.setFocus()
    bureau.press(Qt.Key.Key_Space)
    assert column(screen.row_table, 3) == ["王𡛕", "李䶮"]


def test_a_file_that_is_no_list_is_one_sentence_and_changes_nothing(
    bureau: Bureau, district: "District", chooser: "Chooser"
) -> None:
    screen = bureau.go(Place.DEPARTMENT_WARNINGS, DepartmentsScreen)
    letter = district.stick / "通知.xlsx"
    letter.write_text("请于4日前提供名单", encoding="utf-8")
    chooser.will_choose(letter)
    bureau.click(screen.take)

    assert bureau.notice.startswith("没有导入名单，1份文件有问题\n文件“通知.xlsx”不是Excel表格")
    assert state_of(screen.list_stack) == "2022年4月还没有导入名单"


def test_the_months_are_turned_by_mouse_and_keyboard(bureau: Bureau) -> None:
    screen = bureau.go(Place.DEPARTMENT_WARNINGS, DepartmentsScreen)
    bureau.click(screen.month.after)
    assert state_of(screen.list_stack) == "2022年5月还没有导入名单"
    assert screen.intro_label.text() == "应在5月4日前提供（依据：一（二）1）"
    assert column(screen.department_table, 2).count("待提供") == 6

    screen.month.before.setFocus()
    bureau.press(Qt.Key.Key_Return, times=2)
    assert screen.month.shown.text() == "2022年3月"
    board = bureau.go(Place.BOARD, BoardScreen)
    bureau.click(board.month.before)
    assert board.intro_label.text() == "应在3月30日前报送（依据：一（三）1）"
    assert set(column(board.table, 1)) == {"未报（逾期）"}


def test_tab_goes_from_the_import_over_the_months_to_the_tables(
    bureau: Bureau, district: "District", chooser: "Chooser"
) -> None:
    screen = bureau.go(Place.DEPARTMENT_WARNINGS, DepartmentsScreen)
    chooser.will_choose(district.write_list("民政局.xlsx", SOUND))
    bureau.click(screen.take)
    bureau.settle()
    walk = [screen.take, screen.month.before, screen.month.after, screen.department_table, screen.file_table]
    screen.take.setFocus()
    for here in (*walk, screen.only_refused, screen.row_table):
        assert here.hasFocus()
        bureau.press(Qt.Key.Key_Tab)


def test_enter_on_a_town_makes_its_package(bureau: Bureau, district: "District", chooser: "Chooser") -> None:
    for town in (HUANXIU, CHAOHAI):
        district.town(town)
        district.collect(town)
    screen = bureau.go(Place.SENDING, DispatchScreen)
    assert screen.waiting.text() == "待下发 4条"
    assert screen.table.hasFocus()
    chooser.will_choose(district.stick)

    bureau.press(Qt.Key.Key_Down)
    bureau.press(Qt.Key.Key_Return)
    bureau.settle()

    assert [path.name for path in district.stick.glob("*.tzb")] == ["预警信息_潮海街道_2022-04_第1号.tzb"]
    assert column(screen.table, 3)[:3] == ["待下发", "已生成，等待回执", "本月无预警信息"]
    assert screen.table.current_key() == CHAOHAI
    assert screen.send_one.text() == "重新生成"
    chooser.will_choose(district.stick)
    bureau.click(screen.send_all)
    bureau.settle()
    assert column(screen.table, 3)[0] == "已生成，等待回执"
    assert screen.waiting.text() == "没有待下发"
    assert not screen.send_all.isEnabled()


def test_a_town_without_a_card_shows_the_way_to_the_cards(
    bureau: Bureau, district: "District", chooser: "Chooser"
) -> None:
    district.collect(HUANXIU)
    screen = bureau.go(Place.SENDING, DispatchScreen)
    assert not screen.send_all.isEnabled()
    bureau.click(screen.send_one)

    assert bureau.notice.startswith("还没有登记环秀街道的名片，不能生成数据包")
    assert chooser.asked == []
    bureau.click(bureau.window.notice_bar.action)
    assert bureau.window.stack.currentWidget().title == "数据交换"  # type: ignore[attr-defined]  # a Screen


def test_all_seventeen_towns_are_in_sight_on_a_small_screen(bureau: Bureau) -> None:
    for table in (
        bureau.go(Place.SENDING, DispatchScreen).table,
        bureau.go(Place.BOARD, BoardScreen).table,
    ):
        assert table.model().rowCount() == 17
        last = table.visualRect(table.model().index(16, 0))
        assert table.viewport().rect().contains(last)


def test_a_filing_is_taken_from_the_board_and_counted_there(
    bureau: Bureau, district: "District", chooser: "Chooser"
) -> None:
    district.town(HUANXIU)
    district.collect(HUANXIU, 3)
    district.road(district.office(HUANXIU)).take(district.warnings_for(HUANXIU), None)
    chooser.will_choose(district.file_month(HUANXIU)[1])
    board = bureau.go(Place.BOARD, BoardScreen)
    assert (board.filed.text(), board.missing.text()) == ("已报 0", "未报 17")

    bureau.click(board.take)
    bureau.settle()

    assert bureau.notice.startswith("已接收环秀街道的月度台账（第1号）")
    board = bureau.go(Place.BOARD, BoardScreen)
    assert (board.filed.text(), board.missing.text()) == ("已报 1", "未报 16")
    assert [column(board.table, at)[0] for at in range(6)] == ["环秀街道", "已报", "3", "3", "0", "第1版"]


def test_the_ledger_of_all_towns_is_frozen_and_then_printed(
    bureau: Bureau, district: "District", chooser: "Chooser"
) -> None:
    screen = bureau.go(Place.SUMMARY, ConsolidatedScreen)
    assert state_of(screen.stack) == "本月还没有镇街报送台账"
    assert not any(button.isEnabled() for button in (screen.freeze, screen.print_a4, screen.print_a3))
    for town in (CHAOHAI, HUANXIU):
        filed(district, town)
    bureau.go(Place.BOARD, BoardScreen)
    screen = bureau.go(Place.SUMMARY, ConsolidatedScreen)
    assert screen.table.model().columnCount() == 13
    assert column(screen.table, 0) == ["环秀街道"] * 2 + ["潮海街道"] * 2
    assert (screen.intro_label.text(), screen.standing.text()) == ("2个镇街，共4行", "尚未封存")

    screen.freeze.setFocus()
    bureau.press(Qt.Key.Key_Return)
    bureau.settle()
    assert screen.standing.text() == "已封存第1版，此后没有变化"
    assert not screen.freeze.isEnabled()
    assert screen.print_a4.hasFocus()

    paper = district.stick / "汇总.pdf"
    chooser.will_choose(paper)
    bureau.click(screen.print_a3)
    assert chooser.proposed == ["汇总台账_2022-04_第1版_A3.pdf"]
    assert paper.read_bytes().startswith(b"%PDF")
    assert bureau.notice.startswith("汇总台账已保存到")


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (Place.DEPARTMENT_WARNINGS, DepartmentsScreen),
        (Place.SENDING, DispatchScreen),
        (Place.BOARD, BoardScreen),
        (Place.SUMMARY, ConsolidatedScreen),
        (Place.EXCHANGE, ExchangeScreen),
    ],
    ids=lambda part: str(part.value) if isinstance(part, Place) else "",
)
def test_what_cannot_be_read_says_so_and_can_be_tried_again(
    place: Place, kind: type[Stacked], bureau: Bureau, district: "District", monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OfficeTrouble("读不到数据", safe="数据没有改动", do="请检查磁盘")

    with monkeypatch.context() as patched:
        patched.setattr(district.bureau.store, "reading", broken)
        screen = bureau.go(place, kind)
        assert state_of(screen.stack) == "读不到数据。"
    again = screen.stack.currentWidget().findChild(Button)
    assert isinstance(again, Button)
    assert again.text() == "重新读取"
    bureau.click(again)

    assert state_of(screen.stack) != "读不到数据。"


@pytest.mark.parametrize("size", list(TextSize), ids=lambda size: f"{size.value} %")
def test_every_screen_fits_a_small_screen(
    size: TextSize, bureau: Bureau, district: "District", look: Look, chooser: "Chooser"
) -> None:
    filed(district, HUANXIU)
    district.collect(CHAOHAI)
    look.choose(text_size=size)
    for item in BUREAU_NAVIGATION:
        bureau.go(item.place, Screen)
        QApplication.processEvents()
        assert bureau.window.minimumSizeHint().width() <= 1366, item.label
        assert bureau.window.minimumSizeHint().height() <= 697, item.label
