"""材料 in the whole window: looked at, saved, printed and printed again, by mouse and by keyboard, with the record of it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desk_window import desk_window
from hands import Hands
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.papers.kind import PaperKind
from taizhang_casework.domain.print_register import PrintRecord, PrintWay
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.filing import freeze
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_desktop.bootstrap import OpenOffice
from taizhang_desktop.bootstrap.print_queue import SystemPrinters
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.printers import PrinterOffer, PrintJob
from taizhang_desktop.screens.papers.pane import NO_PRINTER
from taizhang_desktop.shell.window import MainWindow
from taizhang_desktop.tasks import Reporter
from taizhang_desktop.viewmodels.navigation import Destination, Place, papers_of
from taizhang_desktop.worker import DeskWorker
from taizhang_printing.preview import OpenPages, count_pages

if TYPE_CHECKING:
    from tests.desktop.conftest import District

TOWN = OfficeId("370215001")
CTRL = Qt.KeyboardModifier.ControlModifier


class Paper:
    """What came out of the printer; the system's real queue is proved in ``gui_print_queue``."""

    def __init__(self) -> None:
        self.jobs: list[PrintJob] = []
        self.offered: tuple[PrinterOffer, ...] = (PrinterOffer(name="HP", usual=True), PrinterOffer(name="奔图"))


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> Paper:
    made = Paper()

    def take(_self: SystemPrinters, job: PrintJob, report: Reporter) -> None:
        report(0, 1)
        made.jobs.append(job)

    monkeypatch.setattr(SystemPrinters, "offers", lambda _: made.offered)
    monkeypatch.setattr(SystemPrinters, "print", take)
    return made


@pytest.fixture
def office(district: "District") -> OpenOffice:
    return district.town(TOWN)


@pytest.fixture
def case(office: OpenOffice, district: "District") -> CaseId:
    return warned(office, district, "王建国")


def warned(office: OpenOffice, district: "District", name: str) -> CaseId:
    draft = WarningDraft(
        channel=Channel.CADRE_SCREENING,
        source="村委",
        detail="突发疾病",
        name=name,
        id_number="",
        village_code=district.village(TOWN),
        received_on=date(2022, 4, 5),
    )
    return take_warning(office.work, draft).case


@pytest.fixture
def window(qtbot: QtBot, look: Look, office: OpenOffice, worker: DeskWorker, paper: Paper) -> Iterator[MainWindow]:
    with desk_window(qtbot, office, worker) as shown:
        yield shown


@pytest.fixture
def hands(qtbot: QtBot, window: MainWindow) -> Hands:
    return Hands(qtbot, window)


def to_papers(hands: Hands, window: MainWindow, case: CaseId) -> QTableView:
    window._model.go(Destination(Place.CASE, case))
    hands.click("case_papers")
    table = hands.see(QTableView, "papers_table")
    hands.until(lambda: table.model().rowCount() == len(PaperKind))
    return table


def choose(hands: Hands, table: QTableView, title: str) -> None:
    rows = [str(table.model().index(row, 0).data()) for row in range(table.model().rowCount())]
    table.setFocus()
    hands.press(Qt.Key.Key_Home)
    for _ in range(rows.index(title)):
        hands.press(Qt.Key.Key_Down)


def records(office: OpenOffice, case: CaseId) -> list[PrintRecord]:
    with office.work.store.reading() as desk:
        return list(desk.prints.of_case(case))


def button_of(window: MainWindow, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def says(hands: Hands, name: str) -> str:
    return hands.see(QLabel, name).text()


def test_by_keyboard_a_sheet_is_looked_at_printed_and_the_way_back_is_escape(
    hands: Hands, window: MainWindow, office: OpenOffice, case: CaseId, paper: Paper
) -> None:
    table = to_papers(hands, window, case)
    choose(hands, table, "民主评议记录和签到表")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: says(hands, "papers_page").startswith("第1页，共"))
    hands.press(Qt.Key.Key_PageDown)
    hands.until(lambda: says(hands, "papers_page").startswith("第2页"))
    hands.press(Qt.Key.Key_PageUp)
    hands.until(lambda: says(hands, "papers_page").startswith("第1页"))
    assert records(office, case) == []
    hands.press(Qt.Key.Key_P, CTRL)
    hands.until(lambda: bool(paper.jobs))
    hands.until(lambda: len(records(office, case)) == 1)
    assert count_pages(paper.jobs[0].content) > 1
    assert "王建国" not in paper.jobs[0].title
    hands.press(Qt.Key.Key_Escape)
    hands.see(QTableView, "papers_table")
    hands.press(Qt.Key.Key_Escape)
    hands.see(QPushButton, "case_papers")


def test_by_mouse_copies_and_the_printer_are_chosen_and_a_second_time_is_a_reprint(
    hands: Hands, window: MainWindow, office: OpenOffice, case: CaseId, paper: Paper
) -> None:
    table = to_papers(hands, window, case)
    choose(hands, table, "入户核查表")
    assert says(hands, "papers_record") == "还没有打印或保存过。"
    hands.choose("papers_printer", "奔图")
    hands.into("papers_copies", "2")
    hands.click("papers_print")
    hands.until(lambda: hands.offers("补打"))
    assert [(job.choice.printer, job.copies) for job in paper.jobs] == [("奔图", 2)]
    assert "打印2份（奔图）" in says(hands, "papers_record")
    choose(hands, table, "申请书")
    assert hands.offers("打印")
    choose(hands, table, "入户核查表")
    hands.click("papers_print")
    hands.until(lambda: len(paper.jobs) == 2)
    assert paper.jobs[1].choice.printer == "奔图", "it is remembered for this kind"
    hands.until(lambda: [each.way for each in records(office, case)] == [PrintWay.PRINTED] * 2)


def test_what_cannot_be_made_yet_says_why_beside_the_buttons(
    hands: Hands, window: MainWindow, case: CaseId, paper: Paper
) -> None:
    table = to_papers(hands, window, case)
    choose(hands, table, "公示结果")
    assert len(says(hands, "papers_why")) > len("还不能做：\n")
    for name in ("papers_print", "papers_look", "papers_save"):
        button = button_of(window, name)
        assert not button.isEnabled()
        assert button.toolTip()


def test_wrong_copies_are_said_and_nothing_is_printed(
    hands: Hands, window: MainWindow, case: CaseId, paper: Paper
) -> None:
    table = to_papers(hands, window, case)
    choose(hands, table, "申请书")
    hands.into("papers_copies", "0")
    hands.click("papers_print")
    hands.until(lambda: hands.says("份数请填1至99"))
    assert paper.jobs == []


def test_one_is_saved_under_a_name_and_all_into_a_folder(
    hands: Hands, window: MainWindow, office: OpenOffice, case: CaseId, tmp_path: Path
) -> None:
    table = to_papers(hands, window, case)
    choose(hands, table, "申请书")
    hands.click("papers_save")
    hands.file(tmp_path / "one.pdf")
    hands.until((tmp_path / "one.pdf").exists)
    hands.until(lambda: hands.says("已保存到"))
    folder = tmp_path / "all"
    folder.mkdir()
    hands.click("papers_save_all")
    hands.file(folder)
    hands.until(lambda: hands.says("份材料已保存到"))
    assert (folder / "入户核查表_王建国.pdf").exists()
    assert len(records(office, case)) == 1 + len(list(folder.iterdir()))


def test_without_a_printer_a_sentence_says_so_and_saving_is_still_offered(
    hands: Hands, window: MainWindow, case: CaseId, paper: Paper
) -> None:
    paper.offered = ()
    to_papers(hands, window, case)
    assert says(hands, "papers_no_printer") == NO_PRINTER
    assert not button_of(window, "papers_print").isEnabled()
    assert hands.see(QPushButton, "papers_save").isEnabled()


def test_blank_sheets_are_printed_from_the_ledger(hands: Hands, window: MainWindow, paper: Paper) -> None:
    window._model.go(Destination(Place.LEDGER))
    hands.click("ledger_blank")
    hands.see(QTableView, "papers_table")
    hands.until(lambda: hands.offers("打印"))
    hands.click("papers_print")
    hands.until(lambda: bool(paper.jobs))
    hands.until(lambda: hands.says("已交给打印机"))
    hands.press(Qt.Key.Key_Escape)
    hands.see(QPushButton, "ledger_blank")


def test_several_households_each_have_their_own_paper_and_record(
    hands: Hands, window: MainWindow, office: OpenOffice, district: "District", case: CaseId, paper: Paper
) -> None:
    other = warned(office, district, "李秀英")
    window._model.go(papers_of((case, other)))
    table = hands.see(QTableView, "papers_table")
    hands.until(lambda: table.model().rowCount() == len(PaperKind))
    choose(hands, table, "入户核查表")
    hands.click("papers_print")
    hands.until(lambda: len(paper.jobs) == 2)
    hands.until(lambda: [len(records(office, each)) for each in (case, other)] == [1, 1])


def test_the_ledger_of_a_month_is_looked_at_and_printed_in_either_size(
    hands: Hands, window: MainWindow, office: OpenOffice, case: CaseId, paper: Paper
) -> None:
    filing = freeze(office.work, Month(2022, 4)).filing
    window._model.go(Destination(Place.FILING))
    hands.click("filing_look")
    table = hands.see(QTableView, "papers_table")
    hands.until(lambda: table.model().rowCount() == len(("A4", "A3")))
    choose(hands, table, "台账（附件2），A3横向")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: says(hands, "papers_page").startswith("第1页"))
    hands.press(Qt.Key.Key_P, CTRL)
    hands.until(lambda: bool(paper.jobs))
    with OpenPages(paper.jobs[0].content) as pages:
        width, height = pages.size(0)
    assert width > height > 800  # points: A3 across
    with office.work.store.reading() as desk:
        assert len(desk.prints.of_filing(filing.id)) == 1
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_Escape)
    hands.see(QPushButton, "filing_look")
