"""月度报送 by keyboard and mouse: frozen, drawn, packed, over a real vault, worker and file dialog."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hands import Hands
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.ledger import Filing, FilingId
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.founding import enrol
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.sending import Sent, send_filing
from taizhang_casework.services.work import Work
from taizhang_desktop.kit.file_chooser import QtFileChooser
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import TextSize
from taizhang_desktop.screens.filing import FilingScreen
from taizhang_desktop.tasks import DeskChanged, News
from taizhang_desktop.viewmodels.filing import FilingModel, FilingTools, PaperSize
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_desktop.worker import DeskWorker
from taizhang_exchange.packages import PackageCourier

if TYPE_CHECKING:
    from taizhang_desktop.tasks import Reporter

    from tests.desktop.conftest import FrameSpy

BUREAU = Office(id=OfficeId("370215"), kind=OfficeKind.BUREAU, name="即墨区乡村振兴局")


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


@pytest.fixture
def two(town_work: Work) -> tuple[CaseId, CaseId]:
    return take(town_work, "李秀英", 7), take(town_work, "王𡛕", 15)


def draw(filing: Filing, path: Path, paper: PaperSize, progress: "Reporter") -> None:
    """Stands for the printing room, which has its own tests: the digest and the paper."""
    progress(1, 1)
    path.write_text(f"{paper.value} {filing.digest}")


@pytest.fixture
def screen(
    qtbot: QtBot, look: Look, town_work: Work, worker: DeskWorker, frame: "FrameSpy", tmp_path: Path
) -> Iterator[FilingScreen]:
    def pack(filing: FilingId, folder: Path) -> Sent:
        return send_filing(town_work, PackageCourier(), filing, BUREAU.id, lambda _: folder / "汇总表.tzb")

    tools = FilingTools(print_ledger=draw, pack_filing=pack, choose=QtFileChooser(tmp_path, native=False))
    made = FilingScreen(FilingModel(town_work, worker.scope(), frame, tools))

    def hear(news: News) -> None:
        if isinstance(news, DeskChanged):
            made.on_changes(news.changes)

    worker.news.connect(hear)
    qtbot.addWidget(made)
    made.resize(1193, 697)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.activate()
    qtbot.waitUntil(lambda: made._model.state.preview is not None)
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    worker.news.disconnect(hear)
    made.shut()


@pytest.fixture
def frozen(qtbot: QtBot, two: tuple[CaseId, CaseId], screen: FilingScreen) -> FilingScreen:
    screen.freeze.setFocus()
    QTest.keyClick(screen.freeze, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen._model.state.can_file)
    return screen


def test_thirteen_columns_and_what_is_unfinished_in_them(
    two: tuple[CaseId, CaseId], screen: FilingScreen, frame: "FrameSpy"
) -> None:
    assert screen.table.model().columnCount() == 13
    assert screen.table.model().rowCount() == len(two)
    assert screen.standing.text() == "本月台账尚未封存"
    assert not screen.print_a4.isEnabled()

    screen.findings.setFocus()
    QTest.keyClick(screen.findings, Qt.Key.Key_End)
    assert screen.table.current_key() == two[1]
    QTest.keyClick(screen.findings, Qt.Key.Key_Return)

    assert frame.destinations == [Destination(Place.CASE, two[1])]


def test_freezing_by_the_keyboard_goes_on_to_printing(frozen: FilingScreen) -> None:
    assert frozen.standing.text() == "已封存第1版，此后没有变化"
    assert not frozen.freeze.isEnabled()
    assert frozen.print_a4.hasFocus()
    shown = frozen._model.state.shown
    assert shown is not None
    assert frozen.version.currentText() == f"第1版　4月20日　{shown.digest[:8]}"


def test_the_ledger_is_drawn_into_the_file_that_was_typed(
    qtbot: QtBot, frozen: FilingScreen, tmp_path: Path, frame: "FrameSpy"
) -> None:
    QTest.mouseClick(frozen.print_a3, Qt.MouseButton.LeftButton)
    Hands(qtbot, frozen).file(tmp_path / "april.pdf")

    qtbot.waitUntil(lambda: frame.notices[-1].says == "台账已保存：april.pdf")
    shown = frozen._model.state.shown
    assert shown is not None
    assert (tmp_path / "april.pdf").read_text() == f"A3 {shown.digest}"


def test_the_package_is_made_in_the_folder_that_was_typed(
    qtbot: QtBot, town_work: Work, frozen: FilingScreen, tmp_path: Path
) -> None:
    enrol(town_work.store, PackageCourier().new_keys(BUREAU).card, town_work.user)
    stick = tmp_path / "stick"
    stick.mkdir()

    QTest.mouseClick(frozen.pack, Qt.MouseButton.LeftButton)
    Hands(qtbot, frozen).folder(stick)

    qtbot.waitUntil(lambda: "第1号数据包" in frozen.sent.text())
    assert "尚未收到回执" in frozen.sent.text()
    assert (stick / "汇总表.tzb").stat().st_size > 0


def test_a_later_warning_shows_both_the_present_ledger_and_the_frozen_one(
    qtbot: QtBot, town_work: Work, frozen: FilingScreen, worker: DeskWorker
) -> None:
    draft = WarningDraft(
        channel=Channel.PETITION,
        source="信访局",
        detail="反映困难",
        name="张伟",
        id_number="",
        village_code="370215001002",
        received_on=date(2022, 4, 19),
    )
    worker.scope().run(lambda: take_warning(town_work, draft).changes, lambda _: None)
    qtbot.waitUntil(lambda: frozen.version.count() == 2)
    assert frozen.table.model().rowCount() == 2
    assert frozen.freeze.isEnabled()

    frozen.version.setFocus()
    QTest.keyClick(frozen.version, Qt.Key.Key_Up)

    assert frozen.version.currentText() == "当前台账（未封存）"
    assert frozen.table.model().rowCount() == 3
    assert not frozen.print_a4.isEnabled()


def test_the_month_before_is_one_click_away_and_the_next_has_not_come(
    qtbot: QtBot, two: tuple[CaseId, CaseId], screen: FilingScreen
) -> None:
    assert not screen.month.after.isEnabled()

    QTest.mouseClick(screen.month.before, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: screen._model.state.preview is not None)
    assert screen.month.shown.text() == "2022年3月"
    assert screen.table.model().rowCount() == 0
    assert screen.month.after.isEnabled()


@pytest.mark.usefixtures("frozen")
def test_large_text_leaves_everything_on_a_small_screen(screen: FilingScreen, look: Look) -> None:
    look.choose(text_size=TextSize.LARGEST)

    assert screen.minimumSizeHint().width() <= 1100
    assert screen.minimumSizeHint().height() <= 660
