"""Days that contradict each other, as a table: what is moved where, and which forms are named for it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.date_check import contradictions
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
from taizhang_casework.domain.pack_loading import shipped_packs
from taizhang_casework.domain.people import Household
from taizhang_casework.domain.steps import (
    Closing,
    ComparisonSkipped,
    GreenChannel,
    PublicNotice,
    Record,
    Refusal,
    Reopening,
    SkipGround,
    Step,
)
from taizhang_casework.domain.warning import Application

Maker = Callable[..., Case]
Records = tuple[Record, ...]
(PACK,) = shipped_packs()
TODAY = date(2022, 4, 30)
REFUSAL = Refusal(decided_on=date(2022, 4, 13), at=Step.DEMOCRATIC_REVIEW, reason="not_agreed")
CLOSING = Closing(closed_on=date(2022, 4, 28))
change = msgspec.structs.replace


def day(of: int) -> date:
    return date(2022, 4, 1) + timedelta(days=of - 1)


def letter(dated: int = 14, printed: int = 15, delivered: int | None = 16, visited: int | None = 18) -> Letter:
    notice = ResultNotice(
        office_name="环秀街道办事处",
        office_mark="环秀街道办事处防返贫告",
        number=LetterNumber(2022, 1),
        title="不符合认定标准告知书",
        addressee="王建国",
        paragraphs=("正文",),
        contact="0532-0000",
        dated=day(dated),
    )
    at = datetime.combine(day(printed), datetime.min.time(), UTC)
    return Letter(
        id=LetterId("l1"),
        case=CaseId("c1"),
        answers=REFUSAL,
        notice=notice,
        prints=(Print(at=at, by="李明", copies=1),),
        delivery=None
        if delivered is None
        else Delivery(delivered_on=day(delivered), way=DeliveryWay.IN_PERSON, received_by="王建国"),
        return_visit=None
        if visited is None
        else ReturnVisit(visited_on=day(visited), visitors=("张三",), explained="原因"),
    )


def around(case: Case, household: Household) -> Circumstances:
    return Circumstances(case=case, household=household, pack=PACK, calendar=WorkCalendar(), today=TODAY)


def told(now: Circumstances, answer: Letter | None = None) -> list[tuple[str, str]]:
    found = contradictions(now, answer)
    assert not any(each.blocks for each in found)
    return [(each.field, each.code) for each in found]


RECOGNISED: dict[str, tuple[Callable[[Records], Records], list[tuple[str, str]]]] = {
    "all in order": (lambda five: five, []),
    "visit before the warning came": (
        lambda five: (change(five[0], visited_on=day(6)), *five[1:]),
        [("home_visit", "before_earlier")],
    ),
    "visit typed a month late: each later step is named once": (
        lambda five: (change(five[0], visited_on=day(29)), *five[1:]),
        [
            ("democratic_review", "before_earlier"),
            ("data_comparison", "before_earlier"),
            ("public_notice", "before_earlier"),
            ("system_entry", "before_earlier"),
        ],
    ),
    "review before the visit": (
        lambda five: (five[0], change(five[1], held_on=day(10)), *five[2:]),
        [("democratic_review", "before_earlier")],
    ),
    "comparison before the review": (
        lambda five: (*five[:2], change(five[2], compared_on=day(11)), *five[3:]),
        [("data_comparison", "before_earlier")],
    ),
    "notice posted before the comparison": (
        lambda five: (*five[:3], change(five[3], posted_on=day(13)), five[4]),
        [("public_notice", "before_earlier")],
    ),
    "notice before the visit": (
        lambda five: (*five[:3], PublicNotice(posted_on=day(8), ended_on=day(13), place="公开栏"), five[4]),
        [("public_notice", "before_earlier")],
    ),
    "entry before the notice was over": (
        lambda five: (*five[:4], change(five[4], entered_on=day(18))),
        [("system_entry", "before_earlier")],
    ),
    "entry on the day on which the notice was over": (
        lambda five: (*five[:4], change(five[4], entered_on=day(20))),
        [],
    ),
    "closed before the entry": (
        lambda five: (*five, Closing(closed_on=day(20))),
        [("closing", "before_earlier")],
    ),
    "closed again before it was reopened": (
        lambda five: (
            *five,
            Closing(closed_on=day(22)),
            Reopening(reopened_on=day(26), back_to=Step.SYSTEM_ENTRY, why="户编号有误"),
            five[4],
            Closing(closed_on=day(25)),
        ),
        [("closing", "before_earlier")],
    ),
    "closed on the day of the entry": (lambda five: (*five, Closing(closed_on=day(21))), []),
    "a day that has not come": (
        lambda five: (*five[:4], change(five[4], entered_on=day(35))),
        [("system_entry", "ahead")],
    ),
    "help before the warning came": (
        lambda five: (
            GreenChannel(opened_on=day(6), ground="disaster", recognised_by="村委", help_given="临时救助"),
            *five,
        ),
        [("green_channel", "before_earlier")],
    ),
    "help between two steps": (
        lambda five: (
            *five[:2],
            GreenChannel(opened_on=day(8), ground="disaster", recognised_by="村委", help_given="临时救助"),
            *five[2:],
        ),
        [],
    ),
    "an earlier comparison that is later": (
        lambda five: (
            *five[:2],
            ComparisonSkipped(
                skipped_on=day(14),
                ground=SkipGround.SUBSISTENCE_ALLOWANCE,
                earlier_on=day(15),
                earlier_document="1号",
            ),
            *five[3:],
        ),
        [("data_comparison", "cited_later")],
    ),
    "reopened before it was closed": (
        lambda five: (
            *five,
            CLOSING,
            Reopening(reopened_on=day(27), back_to=Step.SYSTEM_ENTRY, why="户编号有误"),
            five[4],
        ),
        [("reopening", "before_earlier")],
    ),
    "reopened on the day of closing": (
        lambda five: (
            *five,
            CLOSING,
            Reopening(reopened_on=day(28), back_to=Step.SYSTEM_ENTRY, why="户编号有误"),
            five[4],
        ),
        [],
    ),
    "several at once": (
        lambda five: (
            change(five[0], visited_on=day(6)),
            five[1],
            change(five[2], compared_on=day(11)),
            *five[3:],
            Closing(closed_on=day(20)),
        ),
        [("home_visit", "before_earlier"), ("data_comparison", "before_earlier"), ("closing", "before_earlier")],
    ),
}


@pytest.mark.parametrize(("moved", "expected"), RECOGNISED.values(), ids=RECOGNISED)
def test_of_a_recognised_household(
    moved: Callable[[Records], Records],
    expected: list[tuple[str, str]],
    case_with: Maker,
    household: Household,
    five_records: Records,
) -> None:
    assert told(around(case_with(*moved(five_records)), household)) == expected


LETTERS: dict[str, tuple[Refusal, Letter | None, Closing | None, list[tuple[str, str]]]] = {
    "all in order": (REFUSAL, letter(), CLOSING, []),
    "all on one day": (change(REFUSAL, decided_on=day(14)), letter(14, 14, 14, 14), Closing(closed_on=day(14)), []),
    "refused before the visit": (
        change(REFUSAL, decided_on=day(10)),
        letter(),
        CLOSING,
        [("refusal", "before_earlier")],
    ),
    "letter before the refusal": (REFUSAL, letter(dated=12), CLOSING, [("letter", "before_earlier")]),
    "printed before its day": (REFUSAL, letter(printed=13), CLOSING, [("letter", "before_earlier")]),
    "delivered before it was printed": (REFUSAL, letter(delivered=14), CLOSING, [("delivery", "before_earlier")]),
    "visited before it was delivered": (REFUSAL, letter(visited=15), CLOSING, [("return_visit", "before_earlier")]),
    "closed before the delivery": (
        REFUSAL,
        letter(visited=None),
        Closing(closed_on=day(15)),
        [("closing", "before_earlier")],
    ),
    "closed before the return visit": (REFUSAL, letter(), Closing(closed_on=day(17)), [("closing", "before_earlier")]),
    "delivery and return visit both wrong": (
        REFUSAL,
        letter(delivered=14, visited=13),
        None,
        [("delivery", "before_earlier"), ("return_visit", "before_earlier")],
    ),
    "a delivery that has not come": (
        REFUSAL,
        letter(delivered=32, visited=None),
        None,
        [("delivery", "ahead")],
    ),
}


@pytest.mark.parametrize(("refusal", "answer", "closing", "expected"), LETTERS.values(), ids=LETTERS)
def test_of_a_refused_household(
    refusal: Refusal,
    answer: Letter | None,
    closing: Closing | None,
    expected: list[tuple[str, str]],
    case_with: Maker,
    household: Household,
    five_records: Records,
) -> None:
    case = case_with(*five_records[:2], refusal, *(() if closing is None else (closing,)))
    answering = None if answer is None else change(answer, answers=refusal)
    assert told(around(case, household), answering) == expected


@pytest.mark.parametrize(
    ("applied", "says"),
    [
        pytest.param(date(2022, 4, 7), "", id="on the day of the receipt"),
        pytest.param(date(2021, 4, 8), "", id="a year before: true perhaps, and asked where it is typed"),
        pytest.param(date(2022, 4, 9), "申请日期（2022-04-09）晚于收到预警信息（2022-04-07），请核对", id="after it"),
    ],
)
def test_of_an_application(
    applied: date, says: str, case_with: Maker, household: Household, five_records: Records
) -> None:
    case = case_with(*five_records)
    warning = change(case.warning, particulars=Application(applicant="王建国", applied_on=applied))
    found = contradictions(around(change(case, warning=warning), household), None)
    assert [(each.field, each.says) for each in found] == ([("applied_on", says)] if says else [])
    assert not any(each.blocks for each in found)


def test_a_superseded_letter_contradicts_nothing(case_with: Maker, household: Household, five_records: Records) -> None:
    again = Reopening(reopened_on=day(19), back_to=Step.HOME_VISIT, why="本人补充了材料")
    now = around(case_with(*five_records[:2], REFUSAL, again), household)
    assert told(now, letter(delivered=2, visited=1)) == []
