"""纸质核对 in the bureau's window: scanned and typed codes, wrong things, and which pages of a ledger have been checked."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from desk_window import desk_window
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.ledger import Filing
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.operation import Operation
from taizhang_casework.services.page_proof import ledger_codes
from taizhang_desktop.kit.states import StatePage, StateStack
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.screens.page_check import PageCheckScreen
from taizhang_desktop.viewmodels.navigation import BUREAU_NAVIGATION, Place
from taizhang_desktop.worker import DeskWorker
from taizhang_exchange.page_signing import PageSigner

if TYPE_CHECKING:
    from tests.desktop.conftest import District

HUANXIU, CHAOHAI = OfficeId("370215001"), OfficeId("370215002")
LINES = 60
"""Some pages of A4, fewer of A3."""


class Desk:
    """The official at the bureau with a scanner and the papers of a town."""

    def __init__(self, screen: PageCheckScreen, district: "District", worker: DeskWorker, qtbot: QtBot) -> None:
        self.screen, self.district, self.filing = screen, district, district.file_month
        self._worker, self._qtbot = worker, qtbot

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self._worker.busy)

    def scan(self, text: str) -> str:
        """The scanner types where the focus is, and ends with Enter; what the verdict is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, text)
        self.key(Qt.Key.Key_Return)
        return self.screen.word.text() if self.screen.verdict.isVisible() else ""

    def paste(self, text: str) -> str:
        self.screen.code.line.setFocus()
        QApplication.clipboard().setText(text)
        QTest.keyClick(self.screen.code.line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(self.screen.code.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        self.key(Qt.Key.Key_Return)
        return self.screen.word.text() if self.screen.verdict.isVisible() else ""

    def key(self, key: Qt.Key) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)
        self.settle()

    def papers(self) -> list[tuple[str, str]]:
        model = self.screen.table.model()
        return [(str(model.index(row, 0).data()), str(model.index(row, 1).data())) for row in range(model.rowCount())]


def code(district: "District", filing: Filing, page: int, pages: int) -> str:
    return ledger_codes(district.town(HUANXIU).store, PageSigner(), filing)(page, pages)


def state_of(stack: StateStack) -> str:
    page = stack.currentWidget()
    return page.says.text() if isinstance(page, StatePage) else ""


@pytest.fixture
def filing(district: "District") -> Filing:
    """The town's April as it came to the bureau."""
    district.town(HUANXIU)
    district.collect(HUANXIU, LINES)
    district.road(district.office(HUANXIU)).take(district.warnings_for(HUANXIU), None)
    filing, package = district.file_month(HUANXIU)
    district.road(district.bureau).take(package, None)
    return filing


@pytest.fixture
def desk(qtbot: QtBot, look: Look, district: "District", worker: DeskWorker) -> Iterator[Desk]:
    del look
    with desk_window(qtbot, district.bureau, worker) as window:
        number = [item.place for item in BUREAU_NAVIGATION].index(Place.PAGE_CHECK) + 1
        QTest.keyClick(window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier)
        screen = window.stack.currentWidget()
        assert isinstance(screen, PageCheckScreen)
        found = Desk(screen, district, worker, qtbot)
        found.settle()
        yield found


def test_the_screen_opens_ready_for_a_scan(desk: Desk) -> None:
    assert QApplication.focusWidget() is desk.screen.code.line
    assert not desk.screen.verdict.isVisible()
    assert state_of(desk.screen.page_stack) == "扫一下纸上的二维码"
    desk.key(Qt.Key.Key_Return)
    assert not desk.screen.verdict.isVisible()


def test_a_page_that_agrees_stands_beside_its_verdict(filing: Filing, desk: Desk) -> None:
    assert desk.scan(code(desk.district, filing, 2, pages_of(desk, filing))) == "相符"
    assert desk.screen.says.text().startswith("第2页")
    assert desk.screen.page_name.text().startswith("封存的第2页")
    assert not desk.screen.page.paper.pixmap().isNull()
    assert desk.screen.verdict.property("tone") == "done"


def pages_of(desk: Desk, filing: Filing) -> int:
    """How many pages the ledger has on A4."""
    assert desk.scan(filing.digest[:12]) == "相符"
    return int(desk.screen.page_name.text().partition("共")[2].removesuffix("页"))


def test_scan_after_scan_without_a_key_between_counts_the_pages(filing: Filing, desk: Desk) -> None:
    pages = pages_of(desk, filing)
    assert pages > 2
    for page in (1, pages):
        assert desk.scan(code(desk.district, filing, page, pages)) == "相符"
    middle = "2" if pages == 3 else f"2—{pages - 1}"
    (paper,) = desk.papers()
    assert paper == (
        "环秀街道2022年4月台账",
        f"差第{middle}页",
    )
    for page in range(2, pages):
        desk.scan(code(desk.district, filing, page, pages))
    assert desk.papers()[0][1] == "全部扫过"
    desk.key(Qt.Key.Key_Escape)
    assert not desk.screen.verdict.isVisible()
    assert desk.screen.code.value() == ""
    assert len(desk.papers()) == 1
    QTest.mouseClick(desk.screen.anew, Qt.MouseButton.LeftButton)
    assert desk.papers() == []


def test_a_scan_counts_wherever_the_focus_is(filing: Filing, desk: Desk) -> None:
    pages = pages_of(desk, filing)
    for part in (desk.screen.page, desk.screen.clear, desk.screen.table):
        text = code(desk.district, filing, 1, pages)
        desk.scan(text)
        part.setFocus()
        QTest.keyClicks(part, text[0])
        QTest.keyClicks(desk.screen.code.line, text[1:])
        assert desk.screen.code.value() == text
        desk.key(Qt.Key.Key_Return)
        assert desk.screen.word.text() == "相符"


def test_full_width_and_small_letters_are_the_same_code(filing: Filing, desk: Desk) -> None:
    text = code(desk.district, filing, 1, 1)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in text)
    assert desk.paste(wide) == "相符"
    assert desk.paste(text.lower()) == "相符"


def test_the_pages_of_a3_are_shown_as_they_were_printed_and_unknown_ones_not_guessed(
    filing: Filing, desk: Desk
) -> None:
    a4 = pages_of(desk, filing)
    found = {}
    for pages in range(1, a4 + 2):
        desk.scan(code(desk.district, filing, 1, pages))
        found[pages] = state_of(desk.screen.page_stack)
    assert sorted(pages for pages, says in found.items() if not says) == [
        max(p for p in found if p < a4 and not found[p]),
        a4,
    ]
    assert found[a4 + 1] == f"纸上共{a4 + 1}页，和本版本程序的分页不同"


def test_the_digits_of_the_foot_say_what_they_prove_and_the_pages_can_be_turned(filing: Filing, desk: Desk) -> None:
    pages = pages_of(desk, filing)
    assert "校验码没有签名" in desk.screen.says.text()
    assert desk.papers() == []
    assert not desk.screen.before.isEnabled()
    QTest.mouseClick(desk.screen.after, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.screen.page_name.text() == f"封存的第2页，共{pages}页"
    desk.screen.page.setFocus()
    desk.key(Qt.Key.Key_Left)
    assert desk.screen.page_name.text() == f"封存的第1页，共{pages}页"
    wide = desk.screen.page.paper.width()
    QTest.mouseClick(desk.screen.larger, Qt.MouseButton.LeftButton)
    assert desk.screen.page.paper.width() > wide
    QTest.mouseClick(desk.screen.smaller, Qt.MouseButton.LeftButton)
    assert desk.screen.page.paper.width() == wide
    assert desk.paste(f"校验码 {filing.digest[:12].upper()}") == "相符"
    assert desk.paste("0" * 12) == "这里没有"
    assert state_of(desk.screen.page_stack) == "没有可以对照的页面"


def test_a_look_at_full_numbers_is_taken_down(filing: Filing, desk: Desk) -> None:
    desk.scan(filing.digest[:12])
    user = desk.district.bureau.work.user.name
    with desk.district.bureau.store.reading() as read:
        newest = next(iter(read.journal.by_user(user, after=0)))
    assert newest.operation is Operation.DISCLOSE_LEDGER


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("7" * 10_000, id="10,000 characters"),
        pytest.param("😀", id="an emoji"),
        pytest.param("https://u.wechat.com/EJ1e2lB1", id="somebody else's code"),
        pytest.param("6901234567892", id="a bar code of goods"),
        pytest.param("67ff3eb4c70", id="eleven digits of twelve"),
        pytest.param("TZ1/L/370215001/2022-04.1/3/4/67FF3EB4C70D0011/", id="half a scan"),
        pytest.param("TZ1/L/370215001/2022-04.1/3/4/67FF3EB4C70D0011", id="a scan without its signature"),
    ],
)
def test_what_is_no_code_of_ours_is_told_and_the_next_scan_goes_on(filing: Filing, desk: Desk, text: str) -> None:
    assert desk.paste(text) == "没有读出"
    assert desk.screen.verdict.property("tone") == "plain"
    assert desk.papers() == []
    assert desk.scan(code(desk.district, filing, 1, 1)) == "相符"


def test_a_page_with_a_changed_number_is_red_and_counts_against_its_paper(filing: Filing, desk: Desk) -> None:
    text = code(desk.district, filing, 1, 3)
    desk.scan(text)
    assert desk.scan(text.replace("/1/3/", "/2/3/")) == "不能采信"
    assert desk.screen.verdict.property("tone") == "overdue"
    assert desk.papers()[0][1] == "第2页有问题，差第3页"
    assert desk.scan(text.replace("/1/3/", "/1/9/")) == "不能采信"
    assert len(desk.papers()) == 1


def test_a_paper_whose_package_has_not_come_turns_when_it_comes(desk: Desk) -> None:
    district = desk.district
    district.town(HUANXIU)
    district.collect(HUANXIU, 2)
    district.road(district.office(HUANXIU)).take(district.warnings_for(HUANXIU), None)
    filing, package = district.file_month(HUANXIU)
    assert desk.scan(code(district, filing, 1, 1)) == "这里没有"
    assert desk.screen.verdict.property("tone") == "soon"
    district.road(district.bureau).take(package, None)
    assert desk.scan(code(district, filing, 1, 1)) == "相符"
    assert desk.papers()[0][1] == "全部扫过"
