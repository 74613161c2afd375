"""A table of 100,000 rows with a real worker."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import partial

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from taizhang_casework.domain.changes import Changes
from taizhang_desktop.look.appearance import Look
from taizhang_desktop.look.tokens import TextSize, Tone
from taizhang_desktop.table.columns import Align, Column, Extent, Order
from taizhang_desktop.table.ledger_table import LedgerTable
from taizhang_desktop.table.paged_model import LOADING, PAGE, PAGES_KEPT, PagedTableModel, TableRole
from taizhang_desktop.tasks import Failure, Reporter, T, Ticket
from taizhang_desktop.worker import DeskWorker


class Key(Enum):
    NUMBER = "number"
    NAME = "name"


class Line(msgspec.Struct, frozen=True):
    number: int
    name: str

    @property
    def id(self) -> str:
        return str(self.number)


@dataclass(frozen=True)
class Lines:
    """Rows made of their numbers; ``asked`` keeps how many were asked for at a time."""

    count: int
    renamed: dict[str, str] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)

    def extent(self, order: Order[Key], keep: str) -> Extent:
        at = int(keep) if keep and int(keep) < self.count else None
        return Extent(count=self.count, place=at if at is None or not order.descending else self.count - 1 - at)

    def rows(self, order: Order[Key], start: int, count: int) -> Sequence[Line]:
        places = range(self.count)[::-1] if order.descending else range(self.count)
        wanted = places[start : start + count]
        self.asked.append(len(wanted))
        return [Line(row, self.renamed.get(str(row), f"户主{row}")) for row in wanted]


class Shrunk(Lines):
    """Has lost all rows but ten since they were counted."""

    def rows(self, order: Order[Key], start: int, count: int) -> Sequence[Line]:
        return super().rows(order, start, count)[:10]


COLUMNS: tuple[Column[Line, Key], ...] = (
    Column(title="序号", text=lambda line: str(line.number), align=Align.RIGHT, sort=Key.NUMBER),
    Column(title="户主", text=lambda line: line.name, width=10, sort=Key.NAME),
    Column(title="身份证", text=lambda _: "37********32", full=lambda _: "370282196504120032", width=12),
    Column(
        title="期限",
        text=lambda line: "逾期" if line.number % 2 else "",
        tone=lambda line: Tone.OVERDUE if line.number % 2 else Tone.PLAIN,
        tip=lambda line: f"第{line.number}件",
    ),
)

Model = PagedTableModel[Line, Key]
Table = LedgerTable[Line, Key]
Settle = Callable[[], None]


@pytest.fixture
def model(worker: DeskWorker) -> Model:
    return PagedTableModel(COLUMNS, worker.scope(), Order(Key.NUMBER))


@pytest.fixture
def table(qtbot: QtBot, look: Look, model: Model) -> Iterator[Table]:
    made: Table = LedgerTable(model)
    qtbot.addWidget(made)
    made.resize(800, 500)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


@pytest.fixture
def settle(qtbot: QtBot, worker: DeskWorker, table: Table) -> Settle:
    """Wait until everything in sight is here."""

    def in_sight() -> bool:
        model = table.model()
        top = max(table.rowAt(0), 0)
        shown = [model.index(row, 1).data() for row in range(top, min(top + 15, model.rowCount()))]
        return not worker.busy and bool(shown) and LOADING not in shown

    return lambda: qtbot.waitUntil(in_sight)


def test_only_the_page_in_sight_is_fetched(model: Model, settle: Settle) -> None:
    lines = Lines(100_000)
    model.show_source(lines)
    settle()
    assert model.rowCount() == 100_000
    assert model.index(3, 1).data() == "户主3"
    assert lines.asked == [PAGE]


def test_the_end_of_the_table_is_one_key_away(qtbot: QtBot, model: Model, table: Table, settle: Settle) -> None:
    lines = Lines(100_050)
    model.show_source(lines)
    settle()
    QTest.keyClick(table, Qt.Key.Key_End)
    settle()
    assert table.current_id() == "100049"
    assert model.index(100_049, 1).data() == "户主100049"
    assert lines.asked[-1] == 50
    assert len(lines.asked) <= 3
    QTest.keyClick(table, Qt.Key.Key_Home)
    assert table.current_id() == "0"


def test_pages_looked_at_long_ago_are_let_go(qtbot: QtBot, model: Model, settle: Settle, worker: DeskWorker) -> None:
    def here(row: int) -> bool:
        return model.row_at(row) is not None

    lines = Lines(PAGE * (PAGES_KEPT + 5))
    model.show_source(lines)
    settle()
    for page in range(1, PAGES_KEPT + 3):
        qtbot.waitUntil(partial(here, page * PAGE))
    asked = len(lines.asked)
    assert here(PAGE * (PAGES_KEPT + 2))
    qtbot.waitUntil(lambda: not worker.busy)
    assert len(lines.asked) == asked
    assert not here(PAGE)
    qtbot.waitUntil(partial(here, PAGE))
    assert len(lines.asked) > asked


def test_a_click_on_the_head_sorts_and_the_current_row_stays(
    qtbot: QtBot, model: Model, table: Table, settle: Settle
) -> None:
    model.show_source(Lines(1000))
    settle()
    table.go_to("7")
    head = table.horizontalHeader()
    where = QPoint(head.sectionPosition(0) + 20, head.height() // 2)
    with qtbot.waitSignal(model.counted):
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=where)
    settle()
    assert model.order == Order(Key.NUMBER, descending=True)
    qtbot.waitUntil(lambda: model.index(0, 0).data() == "999")
    assert table.current_id() == "7"


def test_a_column_without_a_key_does_not_sort(qtbot: QtBot, model: Model, table: Table, settle: Settle) -> None:
    model.show_source(Lines(10))
    settle()
    head = table.horizontalHeader()
    where = QPoint(head.sectionPosition(2) + 20, head.height() // 2)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert model.order == Order(Key.NUMBER)
    assert head.sortIndicatorSection() == 0


def test_enter_and_double_click_open_the_row(qtbot: QtBot, model: Model, table: Table, settle: Settle) -> None:
    model.show_source(Lines(10))
    settle()
    opened: list[str] = []
    table.opened.connect(opened.append)
    table.go_to("2")
    QTest.keyClick(table, Qt.Key.Key_Return)
    middle = table.visualRect(model.index(4, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert opened == ["2", "4"]


def test_a_number_is_masked_until_its_row_is_revealed_and_copying_follows(
    qtbot: QtBot, model: Model, table: Table, settle: Settle
) -> None:
    model.show_source(Lines(10))
    settle()
    table.go_to("3")
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "3\t户主3\t37********32\t逾期"
    model.reveal("3", shown=True)
    assert [model.index(row, 2).data() for row in (2, 3)] == ["37********32", "370282196504120032"]
    model.reveal("3", shown=False)
    assert model.index(3, 2).data() == "37********32"


def test_the_same_rows_read_anew_leave_the_view_where_it_is(
    qtbot: QtBot, model: Model, table: Table, settle: Settle
) -> None:
    model.show_source(Lines(1000))
    qtbot.waitUntil(lambda: model.rowCount() == 1000)
    table.verticalScrollBar().setValue(500)
    settle()
    table.selectRow(500)
    table.verticalScrollBar().setValue(700)
    settle()
    with qtbot.waitSignal(model.counted):
        model.show_source(Lines(1000, {"705": "新户主"}))
    settle()
    assert (table.verticalScrollBar().value(), table.currentIndex().row(), model.current) == (700, 500, "500")
    assert model.index(705, 1).data() == "新户主"


def test_tone_and_tip_belong_to_the_cell(model: Model, settle: Settle) -> None:
    model.show_source(Lines(10))
    settle()
    assert model.index(1, 3).data(TableRole.TONE) is Tone.OVERDUE
    assert model.index(2, 3).data(TableRole.TONE) is Tone.PLAIN
    assert model.index(1, 3).data(Qt.ItemDataRole.ToolTipRole) == "第1件"


def test_a_row_that_changed_is_fetched_again_in_its_place(qtbot: QtBot, model: Model, settle: Settle) -> None:
    lines = Lines(500)
    model.show_source(lines)
    settle()
    lines.renamed["3"] = "王𡛕"
    model.refresh(("3",))
    qtbot.waitUntil(lambda: model.index(3, 1).data() == "王𡛕")


def test_another_filter_shows_its_rows_and_what_arrives_late_is_dropped(
    qtbot: QtBot, model: Model, settle: Settle
) -> None:
    model.show_source(Lines(100_000))
    model.show_source(Lines(3))
    settle()
    assert model.rowCount() == 3
    model.show_source(Lines(0))
    qtbot.waitUntil(lambda: model.rowCount() == 0)


def test_a_million_rows_are_reached_at_every_place(
    qtbot: QtBot, model: Model, table: Table, settle: Settle, worker: DeskWorker
) -> None:
    lines = Lines(1_000_000)
    model.show_source(lines)
    settle()
    for row in (999_999, 500_123, 77):
        table.verticalScrollBar().setValue(row)
        settle()
        top = table.rowAt(0)
        assert model.index(top, 1).data() == f"户主{top}"
        assert abs(top - row) < 40
    assert len(lines.asked) <= 7


def test_a_change_moves_neither_the_current_row_nor_the_window(
    qtbot: QtBot, model: Model, table: Table, settle: Settle
) -> None:
    model.show_source(Lines(1_000_000))
    settle()
    table.verticalScrollBar().setValue(500_000)
    settle()
    table.setCurrentIndex(model.index(500_003, 0))
    with qtbot.waitSignal(model.counted):
        model.show_source(Lines(1_000_001))
    settle()
    assert (table.current_id(), table.rowAt(0)) == ("500003", 500_000)
    table.verticalScrollBar().setValue(900_000)
    with qtbot.waitSignal(model.counted):
        model.reload()
    settle()
    assert (table.currentIndex().row(), table.rowAt(0)) == (500_003, 900_000)


def test_a_row_that_is_far_away_is_gone_to(qtbot: QtBot, model: Model, table: Table, settle: Settle) -> None:
    model.show_source(Lines(1_000_000))
    settle()
    picked: list[str] = []
    table.picked.connect(picked.append)
    table.go_to("654321")
    qtbot.waitUntil(lambda: table.current_id() == "654321")
    assert table.visualRect(table.currentIndex()).intersects(table.viewport().rect())
    assert picked[-1] == "654321"
    with qtbot.waitSignal(model.counted):
        model.show_source(Lines(3))
    assert (table.current_id(), picked[-1]) == ("", "")


def test_enter_on_a_row_that_is_not_here_yet_opens_it_when_it_comes(
    qtbot: QtBot, model: Model, table: Table, settle: Settle
) -> None:
    model.show_source(Lines(1_000_000))
    settle()
    opened: list[str] = []
    picked: list[str] = []
    table.opened.connect(opened.append)
    table.picked.connect(picked.append)
    QTest.keyClick(table, Qt.Key.Key_End)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert (opened, picked) == ([], [""])
    qtbot.waitUntil(lambda: opened == ["999999"])
    assert picked == ["", "999999"]


def test_a_shorter_answer_leaves_the_rest_waiting(
    qtbot: QtBot, model: Model, settle: Settle, worker: DeskWorker
) -> None:
    """Another office's change may take rows away between the count and the page; the news of it reads the table anew."""
    lines = Lines(30)
    model.show_source(lines)
    settle()
    model.show_source(Shrunk(30))
    qtbot.waitUntil(lambda: model.index(9, 1).data() == "户主9" and not worker.busy)
    assert model.index(10, 1).data() == LOADING
    assert (model.id_at(9), model.id_at(10)) == ("9", "")


def test_rows_and_columns_follow_the_text_size(look: Look, table: Table) -> None:
    before = (table.verticalHeader().defaultSectionSize(), table.columnWidth(1))
    look.choose(text_size=TextSize.LARGEST)
    after = (table.verticalHeader().defaultSectionSize(), table.columnWidth(1))
    look.choose(text_size=TextSize.NORMAL)
    assert after[0] >= before[0] * 1.4
    assert after[1] >= before[1] * 1.3


class LateRunner:
    """Keeps the jobs and does the one it is told to, so that answers come in whatever order a test wants."""

    def __init__(self) -> None:
        self.jobs: list[Callable[[], None]] = []

    def run(
        self, work: Callable[[], T], then: Callable[[T], None], otherwise: Callable[[Failure], bool] | None = None
    ) -> Ticket:
        del otherwise
        result = work()
        self.jobs.append(lambda: then(result))
        return Ticket(0)

    def run_long(
        self,
        title: str,
        work: Callable[[Reporter], T],
        then: Callable[[T], None],
        otherwise: Callable[[Failure], bool] | None = None,
        *,
        gives_way: bool = False,
    ) -> Ticket:
        del title, gives_way
        return self.run(lambda: work(lambda _done, _total: None), then, otherwise)

    def announce(self, changes: Changes) -> None: ...

    def close(self) -> None: ...


def test_rows_asked_for_before_another_source_came_are_not_taken_for_its_rows(qtbot: QtBot) -> None:
    late = LateRunner()
    model: Model = PagedTableModel(COLUMNS, late, Order(Key.NUMBER))
    model.show_source(Lines(1_000))
    late.jobs.pop()()
    assert model.index(500, 1).data() == LOADING
    qtbot.waitUntil(lambda: len(late.jobs) == 1)
    model.show_source(Lines(1_000, renamed={"500": "王𡛕"}))
    old_page, new_extent = late.jobs
    late.jobs.clear()
    new_extent()
    old_page()
    assert model.index(500, 1).data() == LOADING
    qtbot.waitUntil(lambda: len(late.jobs) == 1)
    late.jobs.pop()()
    assert model.index(500, 1).data() == "王𡛕"


def test_a_change_is_not_seen_to_be_fetched(qtbot: QtBot) -> None:
    late = LateRunner()
    model: Model = PagedTableModel(COLUMNS, late, Order(Key.NUMBER))
    model.show_source(Lines(1_000))
    assert model.rowCount() == 0
    late.jobs.pop()()
    assert (model.index(0, 1).data(), model.id_at(199)) == ("户主0", "199")
    model.top, model.current = 590, "300"
    model.show_source(Lines(1_000, renamed={"300": "二", "620": "三"}))
    assert model.index(0, 1).data() == "户主0"
    late.jobs.pop()()
    assert [model.index(row, 1).data() for row in (300, 590, 620)] == ["二", "户主590", "三"]
    assert late.jobs == []


def test_a_million_rows_are_selected_as_one_range_and_none_is_fetched_for_it(
    model: Model, table: Table, settle: Settle
) -> None:
    lines = Lines(1_000_000)
    model.show_source(lines)
    settle()
    asked = list(lines.asked)
    counts: list[int] = []
    table.chosen.connect(counts.append)

    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    table.repaint()
    table.horizontalHeader().viewport().repaint()

    assert table.chosen_ranges() == ((0, 1_000_000),)
    assert counts[-1] == 1_000_000
    assert lines.asked == asked


def test_a_whole_ledger_is_not_copied_row_by_row(qtbot: QtBot, model: Model, table: Table, settle: Settle) -> None:
    model.show_source(Lines(100_000))
    settle()
    QGuiApplication.clipboard().setText("before")
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)

    with qtbot.waitSignal(table.too_many):
        QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == "before"
