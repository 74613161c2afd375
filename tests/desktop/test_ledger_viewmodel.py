"""预警台账 over a real vault: the table's rows, its search and filters, and what follows a deed elsewhere."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.people import Relation
from taizhang_casework.domain.steps import Closing, HomeVisit, Refusal, Step
from taizhang_casework.domain.trouble import OfficeTrouble
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.intake import WarningDraft, new_household, take_warning
from taizhang_casework.services.matching import match_household
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_db.repositories import case_search
from taizhang_desktop.tasks import Troubled
from taizhang_desktop.viewmodels.intake import IntakeModel
from taizhang_desktop.viewmodels.ledger import LedgerModel
from taizhang_desktop.viewmodels.ledger_chips import ChipKind
from taizhang_desktop.viewmodels.navigation import Destination, Place

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
