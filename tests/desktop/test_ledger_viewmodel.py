"""预警台账 over a real vault: the table's rows, its search and filters, and what follows a deed elsewhere."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from taizhang_casework.domain.case import CaseId, Meets
from taizhang_casework.domain.case_query import CaseOrder, ClockState
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.list_views import READY_MADE
from taizhang_casework.domain.offices import OfficeId, Role, User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.people import Relation
from taizhang_casework.domain.standing import Stage
from taizhang_casework.domain.steps import Closing, HomeVisit, Refusal, Step
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import WarningDraft, new_household, take_warning
from taizhang_casework.services.matching import match_household
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_db.repositories import case_search
from taizhang_desktop.table.columns import ColumnPlace, Order, placed
from taizhang_desktop.tasks import Troubled
from taizhang_desktop.viewmodels.files import FileKind
from taizhang_desktop.viewmodels.intake import IntakeModel
from taizhang_desktop.viewmodels.ledger import ChosenCases, LedgerModel, LedgerTools
from taizhang_desktop.viewmodels.ledger_chips import ChipKind
from taizhang_desktop.viewmodels.ledger_export import SheetColumn
from taizhang_desktop.viewmodels.navigation import Destination, Place
from taizhang_exchange.sheets import SheetHead, write_sheet

if TYPE_CHECKING:
    from tests.desktop.conftest import AtOnce, FrameSpy

MOHE, GUANLAN = "370215001002", "370215001005"
VISIT = HomeVisit(visited_on=date(2022, 4, 19), visitors=("张三", "李四"), conclusion="属实", late_reason="无人在家")
REFUSED = Refusal(decided_on=date(2022, 4, 20), at=Step.DEMOCRATIC_REVIEW, reason="other", explanation="收入稳定")


def take(work: Work, name: str, number: str, *, village: str = MOHE, channel: Channel, day: int) -> CaseId:
    draft = WarningDraft(
        channel=channel,
        source="村委",
        detail="突发疾病",
        name=name,
        id_number=number,
        village_code=village,
        received_on=date(2022, 4, day),
    )
    return take_warning(work, draft).case


def match(work: Work, known: CaseId, relation: Relation = Relation.HEAD) -> Changes:
    with work.store.reading() as desk:
        case = desk.cases.get(known)
    household = new_household(work, case, head_name="王老大", head_id_number="830000199201300022", relation=relation)
    return match_household(work, known, household)


@pytest.fixture
def three(town_work: Work) -> tuple[CaseId, CaseId, CaseId]:
    """One closed, one whose household is known by another head, one not matched; oldest first."""
    closed = take(town_work, "王建国", "11010519491231002X", channel=Channel.CADRE_SCREENING, day=1)
    match(town_work, closed)
    for step in (VISIT, REFUSED, Closing(closed_on=date(2022, 4, 20))):
        record(town_work, closed, step)
    child = take(town_work, "王小明", "810000199408230021", village=GUANLAN, channel=Channel.SELF_APPLICATION, day=5)
    match(town_work, child, Relation.CHILD)
    loose = take(town_work, "李䶮", "", channel=Channel.PETITION, day=9)
    return closed, child, loose


@pytest.fixture(scope="module")
def events() -> QCoreApplication:
    """The table asks for its pages from an event loop; no window is needed for that."""
    return QCoreApplication.instance() or QCoreApplication([])


@pytest.fixture
def model(town_work: Work, runner: "AtOnce", frame: "FrameSpy", events: QCoreApplication) -> Iterator[LedgerModel]:
    made = LedgerModel(town_work, runner, frame, IntakeModel(town_work, runner, frame, OfficeId("370215001")))
    yield made
    made.close()


@pytest.fixture
def shown(model: LedgerModel) -> Callable[[], list[tuple[str, ...]]]:
    """All cells of the table once its pages are there."""

    def cells() -> list[tuple[str, ...]]:
        table = model.table
        for row in range(table.rowCount()):
            table.row_at(row)
        QCoreApplication.processEvents()
        return [
            tuple(str(table.index(row, at).data()) for at in range(table.columnCount()))
            for row in range(table.rowCount())
        ]

    return cells


def names(cells: list[tuple[str, ...]]) -> list[str]:
    return [row[0] for row in cells]


@pytest.mark.usefixtures("three")
def test_a_row_says_who_where_and_how_far_with_the_number_masked(
    model: LedgerModel, shown: Callable[[], list[tuple[str, ...]]]
) -> None:
    model.refresh()

    loose, child, closed = shown()
    village = "墨河社区居民委员会"
    assert closed == (
        *("王建国", "110***********002X", village, "已办结", "", "干部排查", "村委", "突发疾病"),
        *("2022-04-01", "否", "收入稳定", "", "张三、李四", "2022-04-20", "环秀街道"),
    )
    assert child[:2] == ("王老大（王小明）", "830***********0022")
    assert child[3:5] == ("入户核实", "4月8日 逾期12天")
    assert child[9:] == ("", "", "", "", "", "环秀街道")
    assert (loose[0], loose[1], loose[3], loose[4]) == ("李䶮", "", "确认户", "4月13日 逾期7天")
    assert model.state.says == "共3条"


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("小明", ["王老大（王小明）"], id="the person's name"),
        pytest.param("老大", ["王老大（王小明）"], id="the head's name"),
        pytest.param("002x", ["王建国"], id="the end of a number"),
        pytest.param("观澜", ["王老大（王小明）"], id="a village by its name"),
        pytest.param(" 墨河　王 ", ["王建国"], id="village and name together"),
        pytest.param("０１０５", ["王建国"], id="full-width digits"),
        pytest.param("wxm", ["王老大（王小明）"], id="the initials of a name"),
        pytest.param("WLD", ["王老大（王小明）"], id="the initials of the head, large"),
        pytest.param("", ["李䶮", "王老大（王小明）", "王建国"], id="nothing keeps all"),
    ],
)
def test_one_box_searches_names_numbers_and_villages(
    model: LedgerModel, shown: Callable[[], list[tuple[str, ...]]], typed: str, found: list[str]
) -> None:
    model.refresh()

    model.search(typed)

    assert names(shown()) == found


@pytest.mark.usefixtures("three")
def test_a_text_that_fits_too_many_says_that_not_all_are_listed(
    model: LedgerModel, shown: Callable[[], list[tuple[str, ...]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_search, "MOST_FOUND", 1)
    model.refresh()

    model.search("王")

    assert names(shown()) == ["王老大（王小明）"]
    assert model.state.says == "符合条件的超过1条，只列出最近的1条，请再多输几个字"
    model.search("")
    assert model.state.says == "共3条"


@pytest.mark.usefixtures("three")
def test_filters_add_up_and_can_be_forgotten(model: LedgerModel, shown: Callable[[], list[tuple[str, ...]]]) -> None:
    model.refresh()
    model.only_open(wanted=True)
    assert names(shown()) == ["李䶮", "王老大（王小明）"]
    assert model.state.says == "符合条件的2条"

    model.set_chip(ChipKind.CHANNEL, Channel.PETITION)
    assert names(shown()) == ["李䶮"]

    model.forget_filters()
    assert len(shown()) == 3
    assert model.state.says == "共3条"


@pytest.mark.usefixtures("three")
def test_the_words_around_the_table_are_at_every_moment_about_the_rows_in_it(model: LedgerModel) -> None:
    model.refresh()
    seen: list[tuple[str, int]] = []
    model.changed.connect(lambda: seen.append((model.state.says, model.table.rowCount())))

    model.search("没有此人")
    model.search("李䶮")
    model.forget_filters()

    assert set(seen) == {("共3条", 3), ("符合条件的0条", 0), ("符合条件的1条", 1)}


@pytest.mark.usefixtures("three")
def test_a_header_sorts_the_whole_ledger(model: LedgerModel, shown: Callable[[], list[tuple[str, ...]]]) -> None:
    model.refresh()

    model.table.sort(8, Qt.SortOrder.AscendingOrder)

    assert names(shown()) == ["王建国", "王老大（王小明）", "李䶮"]


def test_a_deed_elsewhere_is_seen(
    model: LedgerModel,
    shown: Callable[[], list[tuple[str, ...]]],
    three: tuple[CaseId, CaseId, CaseId],
    town_work: Work,
) -> None:
    model.refresh()
    assert shown()[0][3] == "确认户"

    model.on_changes(match(town_work, three[2]))

    assert shown()[0][3] == "入户核实"


def test_nothing_is_read_before_anybody_looked(
    model: LedgerModel, three: tuple[CaseId, CaseId, CaseId], town_work: Work
) -> None:
    model.on_changes(match(town_work, three[2]))

    assert model.state.count is None
    assert model.table.rowCount() == 0


def test_a_row_opens_its_case(model: LedgerModel, three: tuple[CaseId, CaseId, CaseId], frame: "FrameSpy") -> None:
    model.open(three[1])

    assert frame.destinations == [Destination(Place.CASE, three[1])]


def test_trouble_stands_in_the_place_of_the_table(model: LedgerModel, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise OfficeTrouble("读不到台账", safe="数据没有改动", do="请检查磁盘")

    monkeypatch.setattr(model._work.store, "reading", broken)
    model.refresh()
    assert model.state.trouble == Troubled("读不到台账", "数据没有改动", "请检查磁盘")
    monkeypatch.undo()

    model.refresh()

    assert model.state.trouble is None


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        pytest.param(ChipKind.STAGE, Stage.MATCH, ["李䶮"], id="the household is not known"),
        pytest.param(ChipKind.STAGE, Stage.CLOSED, ["王建国"], id="closed"),
        pytest.param(ChipKind.CLOCK, ClockState.OVERDUE, ["李䶮", "王老大（王小明）"], id="overdue"),
        pytest.param(ChipKind.CLOCK, ClockState.SOON, [], id="nothing is due soon"),
        pytest.param(ChipKind.MEETS, Meets.NO, ["王建国"], id="refused"),
        pytest.param(ChipKind.VILLAGE, GUANLAN, ["王老大（王小明）"], id="one village"),
        pytest.param(ChipKind.MONTH, Month(2022, 4), ["李䶮", "王老大（王小明）", "王建国"], id="its month"),
        pytest.param(ChipKind.SOURCE, "村委", ["李䶮", "王老大（王小明）", "王建国"], id="one source"),
    ],
)
def test_a_chip_leaves_the_cases_that_fit(
    model: LedgerModel, shown: Callable[[], list[tuple[str, ...]]], kind: ChipKind, value: object, found: list[str]
) -> None:
    model.refresh()

    model.set_chip(kind, value)

    assert names(shown()) == found
    chip = next(chip for chip in model.chips if chip.kind is kind)
    assert chip.chosen is not None
    assert chip.chosen.value == value
    model.set_chip(kind, None)
    assert len(shown()) == 3


def test_the_ready_made_views_ask_what_they_are_called(
    model: LedgerModel,
    shown: Callable[[], list[tuple[str, ...]]],
    three: tuple[CaseId, CaseId, CaseId],
    town_work: Work,
) -> None:
    record(town_work, three[1], VISIT)
    record(town_work, three[1], REFUSED)
    model.refresh()
    found = {}
    for view in READY_MADE:
        model.show_view(view)
        found[view.name] = names(shown())

    assert found == {
        "本月未告知": ["王老大（王小明）"],
        "三日内到期": [],
        "超期": ["李䶮"],
        "绿色通道欠程序": [],
        "等公示": [],
    }


@pytest.mark.usefixtures("three")
def test_a_view_is_kept_in_the_vault_shown_again_and_taken_away(
    model: LedgerModel, shown: Callable[[], list[tuple[str, ...]]], town_work: Work, runner: "AtOnce", frame: "FrameSpy"
) -> None:
    model.refresh()
    faults: list[str] = []
    model.name_fault.connect(faults.append)
    model.set_chip(ChipKind.VILLAGE, GUANLAN)
    model.table.sort(0, Qt.SortOrder.AscendingOrder)

    model.keep_view("超期", model.places)
    model.keep_view("  ", model.places)
    model.keep_view("字" * 21, model.places)
    model.keep_view(" 观澜 ", model.places)

    assert faults == ["已有名为“超期”的视图，请换一个名称", "请填写视图名称", "视图名称最多20个字"]
    other = LedgerModel(town_work, runner, frame, IntakeModel(town_work, runner, frame, OfficeId("370215001")))
    other.refresh()
    kept = other.views[-1]
    assert (kept.name, kept.order_by, kept.descending) == ("观澜", CaseOrder.NAME, False)
    model.forget_filters()
    assert len(shown()) == 3
    model.show_view(kept)
    assert names(shown()) == ["王老大（王小明）"]
    assert model.table.order == Order(CaseOrder.NAME)
    model.take_view_away()
    assert kept not in model.views
    assert names(shown()) == ["王老大（王小明）"], "what was asked stays asked"
    undo = frame.notices[-1].action
    assert undo is not None
    undo.do()
    assert [view.name for view in model.views][-1] == "观澜"
    other.close()


class Saver:
    """A file chooser that takes the name proposed."""

    def __init__(self, into: Path) -> None:
        self._into = into

    def save(self, title: str, name: str, kind: FileKind, then: Callable[[Path], None]) -> None:
        del title, kind
        then(self._into / name)

    def open(
        self, title: str, kind: FileKind, then: Callable[[tuple[Path, ...]], None], *, several: bool = False
    ) -> None:
        raise AssertionError(title, kind, then, several)

    def folder(self, title: str, then: Callable[[Path], None]) -> None:
        raise AssertionError(title, then)


@pytest.fixture
def exporting(
    town_work: Work, runner: "AtOnce", frame: "FrameSpy", tmp_path: Path, events: QCoreApplication
) -> Iterator[Callable[..., LedgerModel]]:
    """A ledger that can export into a folder."""
    del events
    made: list[LedgerModel] = []

    def make(role: Role = Role.ADMINISTRATOR) -> LedgerModel:
        def write(path: Path, title: str, columns: Sequence[SheetColumn], rows: Iterable[Sequence[str]]) -> None:
            write_sheet(path, title, [SheetHead(column.title, column.width) for column in columns], rows)

        work = replace(town_work, user=User(name="李明", role=role))
        tools = LedgerTools(choose=Saver(tmp_path), write_sheet=write)
        intake = IntakeModel(work, runner, frame, OfficeId("370215001"))
        made.append(LedgerModel(work, runner, frame, intake, tools))
        return made[-1]

    yield make
    for each in made:
        each.close()


def read_sheet(folder: Path) -> list[list[str]]:
    (path,) = folder.glob("*.xlsx")
    return [[str(cell.value or "") for cell in row] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()]


@pytest.mark.usefixtures("three")
def test_what_is_seen_is_exported_in_the_columns_shown_with_whole_numbers_as_text(
    exporting: Callable[..., LedgerModel], tmp_path: Path, town_work: Work
) -> None:
    model = exporting()
    model.refresh()
    model.set_chip(ChipKind.CHANNEL, Channel.CADRE_SCREENING)
    places = (ColumnPlace("id_number", True, 9), ColumnPlace("head", True, 7), ColumnPlace("detail", False, 7))  # noqa: FBT003

    model.export(places)

    assert read_sheet(tmp_path) == [["身份证", "户主姓名"], ["11010519491231002X", "王建国"]]
    with town_work.store.change(Operation.TAKE_PACKAGE, town_work.user) as desk:
        (row,) = desk.journal._connection.exec_driver_sql(  # type: ignore[attr-defined]  # the row is SQL's
            "SELECT after FROM journal WHERE operation = 'disclose_list'"
        ).all()
    assert '"rows":1' in row[0]
    assert "王建国" not in row[0]


@pytest.mark.usefixtures("three")
def test_a_clerk_may_not_export(exporting: Callable[..., LedgerModel], tmp_path: Path) -> None:
    model = exporting(Role.CLERK)
    model.refresh()

    model.export(model.places)

    assert model.may_not_export == "导出台账、附件和数据包须由审核人或管理员办理，您是经办人"
    assert list(tmp_path.glob("*.xlsx")) == []


@pytest.mark.usefixtures("three")
def test_a_cancelled_export_leaves_no_file(
    exporting: Callable[..., LedgerModel], tmp_path: Path, runner: "AtOnce"
) -> None:
    model = exporting()
    model.refresh()
    runner.cancel_at = 0

    model.export(model.places)

    assert not any(path.suffix in {".xlsx", ".part"} for path in tmp_path.iterdir())
    assert not model.state.busy


def test_the_rows_chosen_go_to_the_batch_as_ids_in_the_order_of_the_table(
    town_work: Work, runner: "AtOnce", frame: "FrameSpy", three: tuple[CaseId, CaseId, CaseId], events: QCoreApplication
) -> None:
    del events
    batches: list[ChosenCases] = []
    intake = IntakeModel(town_work, runner, frame, OfficeId("370215001"))
    model = LedgerModel(town_work, runner, frame, intake, LedgerTools(to_batch=batches.append))
    model.refresh()

    model.batch([(0, 1), (2, 1)])
    model.batch([(0, 3)])

    assert [batch.ids for batch in batches] == [(three[2], three[0]), three[::-1]]
    assert [batch.everything for batch in batches] == [False, True]
    model.close()


def test_columns_that_came_or_went_since_they_were_arranged_do_no_harm(model: LedgerModel) -> None:
    kept = (ColumnPlace("gone", True, 5), ColumnPlace("meets", True, 4), ColumnPlace("meets", False, 0))  # noqa: FBT003

    places = placed(model.columns, kept)

    assert places[0] == ColumnPlace("meets", True, 4)  # noqa: FBT003
    assert {place.key for place in places} == {column.key for column in model.columns}
    assert len(places) == len(model.columns)
