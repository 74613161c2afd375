"""The questions of the big table: two Chinese characters are enough, and the order is the one asked for."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest
from taizhang_casework.domain.case import Case, CaseId, Meets
from taizhang_casework.domain.case_query import CaseCount, CaseOrder, CaseQuery, CaseRow
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.people import Household, HouseholdId
from taizhang_casework.domain.standing import Stage
from taizhang_casework.domain.steps import Closing, HomeVisit, Refusal, Step
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.ports import Desk
from taizhang_db import SqlStore

VISIT = HomeVisit(visited_on=date(2022, 4, 11), visitors=("张三", "李四"), conclusion="收入下降")
REFUSED = Refusal(decided_on=date(2022, 4, 12), at=Step.HOME_VISIT, reason="above_line")
CLOSED = Closing(closed_on=date(2022, 4, 20))


def ids(desk: Desk, query: CaseQuery) -> list[str]:
    """All rows of a query."""
    return [row.id for row in desk.cases.page(query, 0, 10_000)]


@pytest.fixture
def four(
    store: SqlStore, clerk: User, case_of: Callable[..., Case], household_of: Callable[..., Household]
) -> SqlStore:
    """Four cases: a child of 王建国's household, a petition, one closed in April, one of May."""
    with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.households.save(household_of("h1", ("王建国", "37028219500101001X")))
        desk.cases.save(
            case_of("child", name="王小明", id_number="370282201001010022", household="h1", channel=Channel.DEPARTMENT)
        )
        desk.cases.save(
            case_of("petition", VISIT, name="阿依·古丽", id_number="", channel=Channel.PETITION, village="370215002201")
        )
        desk.cases.save(
            case_of(
                "closed", VISIT, REFUSED, CLOSED, name="李䶮", id_number="370282196001010033", village="370215001001"
            )
        )
        desk.cases.save(case_of("may", name="张100%_李", id_number="370282197001010044", received_on=date(2022, 5, 2)))
    return store


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param(CaseQuery(), "may closed petition child", id="everything, newest first"),
        pytest.param(CaseQuery(descending=False), "child petition closed may", id="oldest first"),
        pytest.param(CaseQuery(text="小明"), "child", id="two characters of a name"),
        pytest.param(CaseQuery(text="王"), "child", id="one character, and the head's name finds the case once"),
        pytest.param(CaseQuery(text="建国"), "child", id="the head's name finds the member's case"),
        pytest.param(CaseQuery(text="001x"), "child", id="the end of the head's number, small x"),
        pytest.param(CaseQuery(text="０１０１００３３"), "closed", id="a number in full width"),
        pytest.param(CaseQuery(text="2201001010022"), "child", id="a fragment of the person's own number"),
        pytest.param(CaseQuery(text="王　0022"), "child", id="name and end of number together"),
        pytest.param(CaseQuery(text="王 0033"), "", id="every word must be found"),
        pytest.param(CaseQuery(text="䶮"), "closed", id="a rare character"),
        pytest.param(CaseQuery(text="依·古"), "petition", id="across the dot of a name"),
        pytest.param(
            CaseQuery(text="西山 李", villages={"西山": ("370215001001",)}),
            "closed",
            id="a village by its name, and a person",
        ),
        pytest.param(
            CaseQuery(text="古", villages={"古": ("370215001001",)}),
            "closed petition",
            id="a word may be village or name",
        ),
        pytest.param(CaseQuery(text="%"), "may", id="a percent sign is only itself"),
        pytest.param(CaseQuery(text="0%_李"), "may", id="an underline is only itself"),
        pytest.param(CaseQuery(text="' OR 1=1 --"), "", id="text is never SQL"),
        pytest.param(CaseQuery(text="  "), "may closed petition child", id="spaces ask for nothing"),
        pytest.param(CaseQuery(channel=Channel.PETITION), "petition", id="one channel"),
        pytest.param(CaseQuery(open_only=True), "may petition child", id="open ones"),
        pytest.param(
            CaseQuery(channel=Channel.DEPARTMENT, open_only=True, text="王"), "child", id="all conditions together"
        ),
        pytest.param(CaseQuery(channel=Channel.DEPARTMENT, open_only=True, text="䶮"), "", id="one condition fails"),
        pytest.param(CaseQuery(text="wxm"), "child", id="the initials of a name"),
        pytest.param(CaseQuery(text="JG"), "child", id="a part of the initials of the head, large"),
        pytest.param(CaseQuery(text="aygl"), "petition", id="initials across the dot of a name"),
        pytest.param(CaseQuery(text="w 0022"), "child", id="one initial and the end of a number"),
        pytest.param(CaseQuery(text="ly"), "closed", id="the initial of a rare character"),
        pytest.param(CaseQuery(text="22"), "", id="two characters are no fragment of a number"),
        pytest.param(
            CaseQuery(order_by=CaseOrder.VILLAGE, descending=False),
            "closed child may petition",
            id="by village, then by day",
        ),
        pytest.param(CaseQuery(order_by=CaseOrder.CLOSED_ON), "closed may petition child", id="closed ones first"),
        pytest.param(
            CaseQuery(order_by=CaseOrder.NAME, descending=False, text="010100"),
            "may closed child",
            id="by name, and with text",
        ),
    ],
)
def test_the_table_shows_what_was_asked(four: SqlStore, asked: CaseQuery, found: str) -> None:
    with four.reading() as desk:
        assert ids(desk, asked) == found.split()
        assert desk.cases.count(asked) == CaseCount(rows=len(found.split()))
        assert [desk.cases.place(asked, CaseId(case)) for case in found.split()] == list(range(len(found.split())))


@pytest.mark.parametrize("order", list(CaseOrder), ids=lambda order: order.value)
def test_every_order_can_be_turned_round(four: SqlStore, order: CaseOrder) -> None:
    with four.reading() as desk:
        up = ids(desk, CaseQuery(order_by=order, descending=False))
        down = ids(desk, CaseQuery(order_by=order, descending=True))
    assert up == down[::-1]
    assert len(up) == 4


def test_a_row_carries_what_the_table_shows(four: SqlStore) -> None:
    with four.reading() as desk:
        (child,) = desk.cases.page(CaseQuery(text="小明"), 0, 10)
        (closed,) = desk.cases.page(CaseQuery(text="䶮"), 0, 10)
    assert child == CaseRow(
        id=child.id,
        received_on=date(2022, 4, 7),
        town_code="370215001",
        village_code="370215001207",
        name="王小明",
        id_number="370282201001010022",
        household=child.household,
        head_name="王建国",
        head_id_number="37028219500101001X",
        channel=Channel.DEPARTMENT,
        source="12317",
        detail="家庭成员突发疾病",
        step=Step.HOME_VISIT,
        meets=Meets.UNDECIDED,
        closed_on=None,
        stage=Stage.HOME_VISIT,
        clock="jimo-2022-1:home_visit:2022-04-07",
    )
    assert (closed.head_name, closed.step, closed.meets, closed.closed_on) == ("", None, Meets.NO, date(2022, 4, 20))


def test_a_changed_head_is_found_at_once(four: SqlStore, clerk: User, household_of: Callable[..., Household]) -> None:
    with four.change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.households.save(household_of("h1", ("赵秀英", "37028219550101002X")))
        assert ids(desk, CaseQuery(text="秀英")) == ["child"]
        assert ids(desk, CaseQuery(text="建国")) == []
        (row,) = desk.cases.page(CaseQuery(text="秀英"), 0, 1)
        assert (row.head_name, row.head_id_number) == ("赵秀英", "37028219550101002X")


def test_a_case_of_another_household_shows_its_head(
    four: SqlStore, clerk: User, household_of: Callable[..., Household]
) -> None:
    with four.change(Operation.MATCH_HOUSEHOLD, clerk) as desk:
        case = desk.cases.get(CaseId("child"))
        desk.households.save(household_of("h9", ("孙大山", "37028219550101002X")))
        for household, head in ((HouseholdId("h9"), "孙大山"), (None, ""), (case.household, "王建国")):
            desk.cases.save(msgspec.structs.replace(case, household=household))
            (row,) = desk.cases.page(CaseQuery(text="小明"), 0, 1)
            assert row.head_name == head
