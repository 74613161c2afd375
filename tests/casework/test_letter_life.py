"""The life of the letter: drafted → printed → delivered → visited again, and what is said at each about days and persons."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial

import msgspec
import pytest
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.findings import Finding
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
from taizhang_casework.domain.letter_check import check_delivery, check_print, check_return_visit
from taizhang_casework.domain.letter_rules import replacing
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.people import Household
from taizhang_casework.domain.steps import Record, Refusal, Reopening, Step

Maker = Callable[..., Case]
Records = tuple[Record, ...]
(PACK,) = shipped_packs()
TODAY = date(2022, 4, 20)
REFUSAL = Refusal(decided_on=date(2022, 4, 13), at=Step.HOME_VISIT, reason="not_so")
NOTICE = ResultNotice(
    office_name="环秀街道办事处",
    office_mark="环秀街道办事处防返贫告",
    number=LetterNumber(2022, 7),
    title="不符合认定标准告知书",
    addressee="王建国",
    paragraphs=("正文",),
    contact="0532-0000",
    dated=date(2022, 4, 14),
)
PRINT = Print(at=datetime(2022, 4, 15, 9, tzinfo=UTC), by="李明", copies=2)
LETTER = Letter(id=LetterId("l1"), case=CaseId("c1"), answers=REFUSAL, notice=NOTICE, prints=(PRINT,))
DELIVERY = Delivery(
    delivered_on=date(2022, 4, 16), way=DeliveryWay.IN_PERSON, received_by="王建国", delivered_by=("张三", "李四")
)
VISIT = ReturnVisit(visited_on=date(2022, 4, 18), visitors=("张三",), explained="说明标准和原因")
change = msgspec.structs.replace


@pytest.fixture
def refused(case_with: Maker, household: Household, five_records: Records) -> Circumstances:
    return around(case_with(five_records[0], REFUSAL), household)


@pytest.fixture
def reopened(case_with: Maker, household: Household, five_records: Records) -> Circumstances:
    again = Reopening(reopened_on=date(2022, 4, 17), back_to=Step.HOME_VISIT, why="本人补充了材料")
    return around(case_with(five_records[0], REFUSAL, again), household)


def around(case: Case, household: Household) -> Circumstances:
    return Circumstances(case=case, household=household, pack=PACK, calendar=WorkCalendar(), today=TODAY)


def told(findings: tuple[Finding, ...]) -> set[tuple[str, str, bool]]:
    return {(each.field, each.code, each.blocks) for each in findings}


DELIVERIES: dict[str, tuple[Delivery, Letter, set[tuple[str, str, bool]]]] = {
    "in time, by two": (DELIVERY, LETTER, set()),
    "before it is printed at all": (DELIVERY, change(LETTER, prints=()), {("", "not_printed", True)}),
    "on a day before the letter's own": (
        change(DELIVERY, delivered_on=date(2022, 4, 13)),
        LETTER,
        {("delivered_on", "before_letter", False)},
    ),
    "on a day before it was printed": (
        change(DELIVERY, delivered_on=date(2022, 4, 14)),
        LETTER,
        {("delivered_on", "before_print", False)},
    ),
    "on the day of printing": (change(DELIVERY, delivered_on=date(2022, 4, 15)), LETTER, set()),
    "on a day that has not come": (
        change(DELIVERY, delivered_on=date(2022, 4, 21)),
        LETTER,
        {("delivered_on", "future", True)},
    ),
    "corrected to after the return visit": (
        change(DELIVERY, delivered_on=date(2022, 4, 19)),
        change(LETTER, return_visit=VISIT),
        {("delivered_on", "after_return_visit", False)},
    ),
    "by nobody": (change(DELIVERY, delivered_by=(" ",)), LETTER, {("delivered_by", "blank", True)}),
    "by one": (change(DELIVERY, delivered_by=("张三",)), LETTER, {("delivered_by", "too_few_deliverers", False)}),
    "by one twice": (
        change(DELIVERY, delivered_by=("张三", "张三 ")),
        LETTER,
        {("delivered_by", "too_few_deliverers", False)},
    ),
    "by post, by one": (change(DELIVERY, way=DeliveryWay.POST, delivered_by=("张三",)), LETTER, set()),
    "to nobody": (change(DELIVERY, received_by=" "), LETTER, {("received_by", "blank", True)}),
    "left at home without a witness": (
        change(DELIVERY, way=DeliveryWay.LEFT_AT_HOME),
        LETTER,
        {("witness", "no_witness", False)},
    ),
    "left at home before a witness": (change(DELIVERY, way=DeliveryWay.LEFT_AT_HOME, witness="赵主任"), LETTER, set()),
    "everything wrong at once": (
        Delivery(delivered_on=date(2022, 4, 21), way=DeliveryWay.LEFT_AT_HOME, received_by=""),
        change(LETTER, prints=(), return_visit=VISIT),
        {
            ("", "not_printed", True),
            ("delivered_on", "future", True),
            ("delivered_on", "after_return_visit", False),
            ("delivered_by", "blank", True),
            ("received_by", "blank", True),
            ("witness", "no_witness", False),
        },
    ),
}


@pytest.mark.parametrize(("delivery", "letter", "expected"), DELIVERIES.values(), ids=DELIVERIES)
def test_delivered(
    delivery: Delivery, letter: Letter, expected: set[tuple[str, str, bool]], refused: Circumstances
) -> None:
    assert told(check_delivery(delivery, letter, refused)) == expected


DELIVERED = change(LETTER, delivery=DELIVERY)
VISITS: dict[str, tuple[ReturnVisit, Letter, set[tuple[str, str, bool]]]] = {
    "after the delivery": (VISIT, DELIVERED, set()),
    "on the day of delivery": (change(VISIT, visited_on=DELIVERY.delivered_on), DELIVERED, set()),
    "before the letter was delivered at all": (VISIT, LETTER, {("", "not_delivered", True)}),
    "on a day before the delivery": (
        change(VISIT, visited_on=date(2022, 4, 15)),
        DELIVERED,
        {("visited_on", "before_delivery", False)},
    ),
    "on a day that has not come": (
        change(VISIT, visited_on=date(2022, 4, 21)),
        DELIVERED,
        {("visited_on", "future", True)},
    ),
    "by nobody, with nothing said": (
        change(VISIT, visitors=("",), explained=" "),
        DELIVERED,
        {("visitors", "blank", True), ("explained", "blank", True)},
    ),
}


@pytest.mark.parametrize(("visit", "letter", "expected"), VISITS.values(), ids=VISITS)
def test_visited_again(
    visit: ReturnVisit, letter: Letter, expected: set[tuple[str, str, bool]], refused: Circumstances
) -> None:
    assert told(check_return_visit(visit, letter, refused)) == expected


@pytest.mark.parametrize(
    "check",
    [
        partial(check_delivery, DELIVERY, LETTER),
        partial(check_return_visit, VISIT, DELIVERED),
        partial(check_print, change(LETTER, prints=()), 1),
    ],
    ids=["delivered", "visited about", "printed for the first time"],
)
def test_a_superseded_letter_is_not(
    check: Callable[[Circumstances], tuple[Finding, ...]], reopened: Circumstances, refused: Circumstances
) -> None:
    assert told(check(reopened)) == {("", "superseded", True)}
    assert check(refused) == ()


def test_a_superseded_letter_that_was_printed_is_printed_again_for_the_file(reopened: Circumstances) -> None:
    assert check_print(LETTER, 1, reopened) == ()


@pytest.mark.parametrize(("copies", "fine"), [(0, False), (1, True), (20, True), (21, False), (-1, False)], ids=str)
def test_a_print_is_of_one_to_twenty_copies(copies: int, fine: bool, refused: Circumstances) -> None:
    assert told(check_print(LETTER, copies, refused)) == (set() if fine else {("copies", "bad_copies", True)})


def test_a_letter_that_replaces_another_says_so() -> None:
    later = change(NOTICE, number=LetterNumber(2022, 8))
    said = replacing(later, NOTICE, PACK).paragraphs
    assert said[:-1] == later.paragraphs
    assert "环秀街道办事处防返贫告〔2022〕7号" in said[-1]


def test_informed_needs_print_delivery_and_return_visit() -> None:
    whole = change(DELIVERED, return_visit=VISIT)
    assert whole.informed
    for lacking in ({"prints": ()}, {"delivery": None}, {"return_visit": None}):
        assert not change(whole, **lacking).informed
