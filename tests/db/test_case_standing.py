"""Where a case stands follows its newest letter too, in the transaction that saves the letter."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import msgspec
import pytest
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.case_query import CaseFilter, CaseQuery, Reckoning
from taizhang_casework.domain.letter import (
    Delivery,
    DeliveryWay,
    Letter,
    LetterId,
    LetterNumber,
    Print,
    ResultNotice,
    ReturnVisit,
)
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.standing import WaitsFor
from taizhang_casework.domain.steps import HomeVisit, Refusal, Step
from taizhang_casework.domain.warning import Channel
from taizhang_db import SqlStore

VISIT = HomeVisit(visited_on=date(2022, 4, 11), visitors=("张三", "李四"), conclusion="收入下降")
REFUSED = Refusal(decided_on=date(2022, 4, 12), at=Step.HOME_VISIT, reason="above_line")
OTHER = msgspec.structs.replace(REFUSED, reason="assets")
NUMBERED = ResultNotice(
    office_name="环秀街道",
    office_mark="即环",
    number=LetterNumber(2022, 1),
    title="告知书",
    addressee="王建国",
    paragraphs=("您的申请不符合认定标准。",),
    contact="0532-00000000",
    dated=date(2022, 4, 12),
)
PRINTS = (Print(at=datetime(2022, 4, 13, 9, tzinfo=UTC), by="李明", copies=2),)
DELIVERED = Delivery(delivered_on=date(2022, 4, 14), way=DeliveryWay.IN_PERSON, received_by="王建国")
VISITED = ReturnVisit(visited_on=date(2022, 4, 15), visitors=("张三", "李四"), explained="收入稳定")
TOLD = CaseFilter(not_informed=True)
WAITING = CaseFilter(waits_for=WaitsFor.DELIVERY)


@pytest.mark.parametrize(
    ("life", "not_told", "waiting"),
    [
        pytest.param({}, True, False, id="numbered: the office is to print it"),
        pytest.param({"prints": PRINTS}, True, True, id="printed: 送达回证 is awaited"),
        pytest.param({"prints": PRINTS, "delivery": DELIVERED}, True, False, id="delivered: not yet explained"),
        pytest.param(
            {"prints": PRINTS, "delivery": DELIVERED, "return_visit": VISITED}, False, False, id="told in full"
        ),
        pytest.param(
            {
                "prints": PRINTS,
                "delivery": DELIVERED,
                "return_visit": VISITED,
                "answers": OTHER,
            },
            True,
            False,
            id="told of another refusal",
        ),
    ],
)
def test_a_letter_moves_its_case(
    store: SqlStore,
    clerk: User,
    case_of: Callable[..., Case],
    life: dict[str, object],
    *,
    not_told: bool,
    waiting: bool,
) -> None:
    case = case_of("c1", VISIT, REFUSED, channel=Channel.SELF_APPLICATION, household=None)
    letter = msgspec.structs.replace(Letter(id=LetterId("l1"), case=case.id, answers=REFUSED, notice=NUMBERED), **life)
    reckoning = Reckoning(today=date(2022, 4, 20), days={}, answered=(Channel.SELF_APPLICATION, Channel.PETITION))
    with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(case)
        desk.letters.save(letter)
    with store.reading() as desk:
        assert bool(desk.cases.ids(CaseQuery(filter=TOLD, reckoning=reckoning))) is not_told
        assert bool(desk.cases.ids(CaseQuery(filter=WAITING, reckoning=reckoning))) is waiting
    with store.change(Operation.TAKE_PACKAGE, clerk) as desk:
        desk.cases.save(msgspec.structs.replace(case, package="p1"))
        assert bool(desk.cases.ids(CaseQuery(filter=WAITING, reckoning=reckoning))) is waiting
