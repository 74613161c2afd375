"""登记预警信息 in a real window: each channel's own form, a household found first, hostile typing, and many rows at once."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.people import Relation
from taizhang_casework.domain.screening_rows import COLUMNS, Cells
from taizhang_casework.domain.warning import Application, Channel, PetitionFile, Screening
from taizhang_casework.domain.warning_draft import NewHousehold, WarningDraft
from taizhang_casework.services.intake import take_warning
from taizhang_casework.services.work import Work
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.screens.intake import IntakePage
from taizhang_desktop.screens.ledger import LedgerScreen
from taizhang_desktop.viewmodels.intake import IntakeModel
from taizhang_desktop.viewmodels.intake_rows import READ_AT_ONCE
from taizhang_desktop.viewmodels.ledger import LedgerModel
from taizhang_desktop.worker import DeskWorker

if TYPE_CHECKING:
    from tests.desktop.conftest import Chooser, FrameSpy

TypeIt = Callable[[QObject, str], None]
ROW = "墨河社区\t张三\t11010519491231002X\t13812345678\t村委\t赵会计\t4.19\t摔伤住院"


class Lists:
    """The villages' lists as files would bring them."""

    def __init__(self) -> None:
        self.written: list[tuple[tuple[Cells, ...], tuple[str, ...]]] = []
        self.filled: tuple[Cells, ...] = ()

    def write_village_list(self, path: Path, rows: Sequence[Cells], faults: Sequence[str]) -> None:
        assert path.suffix == ".xlsx"
        self.written.append((tuple(rows), tuple(faults)))

    def read_village_list(self, path: Path) -> tuple[Cells, ...]:
        assert path.suffix == ".xlsx"
        return self.filled


@pytest.fixture
def lists() -> Lists:
    return Lists()


@pytest.fixture
def screen(
    qtbot: QtBot,
    look: Look,
    town_work: Work,
    worker: DeskWorker,
    frame: "FrameSpy",
    lists: Lists,
    chooser: "Chooser",
) -> Iterator[LedgerScreen]:
    draft = WarningDraft(
        channel=Channel.CADRE_SCREENING,
        source="村委",
        detail="家庭成员突发疾病",
        name="王建国",
        id_number="11010519491231002X",
        village_code="370215001002",
        received_on=date(2022, 4, 8),
        house=NewHousehold(relation=Relation.HEAD),
    )
    take_warning(town_work, draft)
    intake = IntakeModel(town_work, worker.scope(), frame, OfficeId("370215001"), (lists, chooser))
    made = LedgerScreen(LedgerModel(town_work, worker.scope(), frame, intake))
    qtbot.addWidget(made)
    made.resize(1193, 697)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.activate()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.shut()


@pytest.fixture
def page(screen: LedgerScreen) -> IntakePage:
    QTest.keyClick(screen, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    return screen.intake


def key(which: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key where the system would send it: to an open list, else where the focus is."""
    focus = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    QTest.keyClick(focus, which, with_)


def choose_channel(page: IntakePage, at: int) -> None:
    page.form.channel.box.setFocus()
    for _ in range(at):
        key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)


def fill(page: IntakePage, type_chinese: TypeIt, **texts: str) -> None:
    for name, text in texts.items():
        field = getattr(page.form, name)
        line = field.text if name == "detail" else field.box.line if hasattr(field, "box") else field.line
        line.setFocus()
        line.selectAll()
        type_chinese(line, text)
        if QApplication.activePopupWidget() is not None:
            key(Qt.Key.Key_Return)


def newest(work: Work) -> Case:
    with work.store.reading() as desk:
        return max(desk.cases.open(), key=lambda case: case.warning.received_on)


@pytest.mark.parametrize(
    ("at", "own", "channel", "particulars"),
    [
        pytest.param(
            1,
            {"applicant": "李小明", "applied_on": "0418"},
            Channel.SELF_APPLICATION,
            Application(applicant="李小明", applied_on=date(2022, 4, 18)),
            id="自主申报",
        ),
        pytest.param(2, {"found_by": "赵会计"}, Channel.CADRE_SCREENING, Screening(found_by="赵会计"), id="干部排查"),
        pytest.param(
            3,
            {"reference": "〔2022〕88号"},
            Channel.PETITION,
            PetitionFile(reference="〔2022〕88号"),
            id="信访信息",
        ),
    ],
)
def test_each_channel_has_its_own_short_form(
    qtbot: QtBot,
    page: IntakePage,
    town_work: Work,
    type_chinese: TypeIt,
    at: int,
    own: dict[str, str],
    channel: Channel,
    particulars: object,
) -> None:
    choose_channel(page, at)
    every = {"applicant", "applied_on", "found_by", "reference"}
    shown = {field.name for field in page.form.fields if field.isVisible()}
    assert shown & every == set(own)
    fill(
        page, type_chinese, source="某处", name="李四", received_on="4.19", village="墨河社区", detail="房屋漏雨", **own
    )

    key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: not page.isVisible())
    warning = newest(town_work).warning
    assert (warning.channel, warning.particulars) == (channel, particulars)


def test_a_household_is_found_by_initials_and_taken_by_keyboard_alone_and_shares_its_verification(
    qtbot: QtBot, page: IntakePage, town_work: Work, type_chinese: TypeIt
) -> None:
    assert page.households.line.hasFocus()
    QTest.keyClicks(page.households.line, "wjg")
    qtbot.waitUntil(page.households.table.isVisible)
    key(Qt.Key.Key_Return)
    assert page.households.table.hasFocus()
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(page.chosen.isVisible)
    assert "王建国" in page.chosen.says.text()
    assert "19491231" not in page.chosen.says.text()
    assert not any(field.isVisible() for field in (page.form.name, page.form.id_number, page.form.village))
    assert page.form.applicant.value() == "王建国"
    choose_channel(page, 3)
    fill(page, type_chinese, source="信访局", received_on="0419", detail="反映看病难")

    key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: not page.isVisible())
    case = newest(town_work)
    assert (case.warning.name, case.warning.id_number) == ("王建国", "11010519491231002X")
    assert case.joined_to is not None


def test_a_number_that_belongs_to_a_household_offers_it(qtbot: QtBot, page: IntakePage, type_chinese: TypeIt) -> None:
    fill(page, type_chinese, id_number="11010519491231002X")
    qtbot.waitUntil(page.chosen.known.isVisible)
    QTest.mouseClick(page.chosen.known, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "王建国" in page.chosen.says.text())


def test_a_wrong_number_is_said_as_soon_as_it_is_complete(page: IntakePage) -> None:
    page.form.id_number.line.setFocus()
    QTest.keyClicks(page.form.id_number.line, "1101051949123")
    assert not page.form.id_number.findings
    QTest.keyClicks(page.form.id_number.line, "10021")
    (said,) = page.form.id_number.findings
    assert said.code == "bad_id"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("病" * 10_000, id="ten thousand characters"),
        pytest.param("😀👨‍👩‍👧", id="pictures"),
        pytest.param("\ud83d", id="half a character"),
        pytest.param("\ue000\U000f0000", id="private characters"),
        pytest.param("𡛕䶮㐂\U00030000", id="rare characters"),
        pytest.param(ROW + "\n" + ROW, id="a pasted table"),
        pytest.param("2022-02-30", id="no such day"),
        pytest.param("\x00\x07\u202e", id="control characters"),
    ],
)
def test_whatever_is_typed_everywhere_is_answered_with_sentences_and_stays(
    qtbot: QtBot, page: IntakePage, frame: "FrameSpy", type_chinese: TypeIt, text: str
) -> None:
    for at in (1, 1, 1):
        choose_channel(page, at)
        names = [field.name for field in page.form.fields if field.isVisible()]
        for field in page.form.fields:
            lines: list[QLineEdit] = [*field.findChildren(QLineEdit)]
            for line in lines:
                if field.isVisible():
                    line.setText(text)
                    line.textEdited.emit(text)
        page.form.detail.text.setPlainText(text)
        QTest.mouseClick(page.save, Qt.MouseButton.LeftButton)
        fields = [field for field in page.form.fields if field.findings]
        said: list[Finding] = [finding for field in fields for finding in field.findings if finding.blocks]
        assert said
        assert {finding.field for finding in said} <= set(names)
        assert page.isVisible()
        assert page.form.detail.value().strip("\x00") or not text.strip()
    assert not frame.notices


def paste(page: IntakePage, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    page.rows.table.setFocus()
    key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_rows_are_pasted_mended_filled_down_and_taken_in_together(
    qtbot: QtBot, page: IntakePage, town_work: Work, type_chinese: TypeIt, frame: "FrameSpy"
) -> None:
    QTest.mouseClick(page.many, Qt.MouseButton.LeftButton)
    rows = page.rows
    assert rows.table.hasFocus()
    paste(page, "墨河社区\t张三\t\t\t村委\t赵会计\t0419\t摔伤住院\n\t李四\t\t\t\t\t22.4.19\t房屋漏雨\n")
    assert rows.says.text() == "共2行，1行有错，改好后才能登记"
    assert not rows.take.isEnabled()
    grid = rows.table.model()
    assert grid.index(0, 6).data() == "2022-04-19"

    key(Qt.Key.Key_F8)
    assert (rows.table.currentIndex().row(), rows.table.currentIndex().column()) == (1, 0)
    assert "村（社区）" in rows.about.text()
    for column in (0, 4, 5, 6):
        rows.table.setCurrentIndex(grid.index(1, column))
        key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert rows.says.text() == "共2行，都可以登记"

    rows.table.setCurrentIndex(grid.index(1, 1))
    key(Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.window() is page.window()
    editor.selectAll()
    type_chinese(editor, "李𡛕")
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: grid.index(1, 1).data() == "李𡛕")
    assert rows.table.currentIndex().row() == 2

    QTest.mouseClick(rows.take, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: not page.isVisible())
    with town_work.store.reading() as desk:
        assert sorted(case.warning.name for case in desk.cases.open()) == ["张三", "李𡛕", "王建国"]
    assert "2条" in frame.notices[-1].says


def test_a_line_of_titles_is_passed_over_and_the_last_deed_taken_back(page: IntakePage) -> None:
    page.show_many()
    paste(page, "姓名\t具体预警信息\n张三\t摔伤")
    grid = page.rows.table.model()
    assert (grid.index(0, 1).data(), grid.index(0, 7).data()) == ("张三", "摔伤")
    page.rows.table.setCurrentIndex(grid.index(0, 1))
    key(Qt.Key.Key_Delete)
    assert grid.index(0, 1).data() == ""
    key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert grid.index(0, 1).data() == "张三"


@pytest.mark.parametrize(
    "text", ["", "\t\t\t", "\ud800\t\ud800", "😀" * 3_000, "病\n" * 5_000, "\t" * 5_000, '"' * 99], ids=range(7)
)
def test_whatever_is_pasted_the_grid_stands(page: IntakePage, text: str) -> None:
    page.show_many()
    page.rows.table.setCurrentIndex(page.rows.table.model().index(0, 7))
    page.rows._model.grid.paste(0, 7, text)
    assert page.rows.table.model().rowCount() <= 1_001
    assert page.rows.take.isEnabled() is False
    assert len(COLUMNS) + 1 == page.rows.table.model().columnCount()


def test_a_filled_list_is_shown_and_given_back_with_its_faults(
    qtbot: QtBot, page: IntakePage, lists: Lists, chooser: "Chooser", tmp_path: Path
) -> None:
    page.show_many()
    lists.filled = (tuple(ROW.split("\t")), ("没有的村", *ROW.split("\t")[1:]))
    chooser.will_choose(tmp_path / "填好.xlsx")
    QTest.mouseClick(page.rows.open, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "共2行" in page.rows.says.text())
    chooser.will_choose(tmp_path / "退回.xlsx")
    QTest.mouseClick(page.rows.give_back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(lists.written))
    ((rows, faults),) = lists.written
    assert len(rows) == 2
    assert faults[0] == ""
    assert "没有的村" in faults[1]
    assert "第1行" in faults[1]


def test_the_forecast_names_the_holidays_and_says_whether_fifteen_days_hold(
    page: IntakePage, type_chinese: TypeIt
) -> None:
    fill(page, type_chinese, received_on="0402")
    assert page.forecast.isVisibleTo(page)
    assert "清明节" in page.forecast.days_off.text()
    assert page.forecast.holds.text() == "15天可以完成"
    fill(page, type_chinese, received_on="22.4.2")
    assert not page.forecast.isVisibleTo(page)


def test_a_thousand_pasted_rows_are_read_by_and_by_and_nothing_is_said_or_taken_until_then(
    qtbot: QtBot, page: IntakePage
) -> None:
    """What is counted is the work of one deed: the window is free between the slices."""
    grid, model = page.rows.table, page.rows._model
    page.show_many()
    grid.setFocus()
    grid.setCurrentIndex(model.grid.index(0, 0))
    names = [f"{ROW[:5]}张{chr(0x4E00 + at)}\t\t\t村委\t赵会计\t4.19\t摔伤住院" for at in range(1_000)]
    names[998] = names[998].replace("4.19", "13.45")
    QGuiApplication.clipboard().setText("\n".join(names))
    read: list[Cells] = []
    read_row = model.grid._read_row
    model.grid._read_row = lambda cells, today: (read.append(cells), read_row(cells, today))[1]  # type: ignore[func-returns-value,method-assign]

    QTest.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert len(read) == READ_AT_ONCE
    assert page.rows.says.text() == "共1000行，正在核对……"
    assert not page.rows.take.isEnabled()
    assert not page.rows.give_back.isEnabled()
    qtbot.waitUntil(lambda: not model.grid.reading)
    assert len(read) == len(set(read)) == 1_000
    assert page.rows.says.text() == "共1000行，1行有错，改好后才能登记"
    QTest.keyClick(grid, Qt.Key.Key_F8)
    assert grid.currentIndex().row() == 998
    model.grid.undo()
