"""Which line may leave the ledger, what may be done to it in the recycle bin, and what is said before it comes back."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import msgspec
import pytest
from taizhang_casework.domain.case import Case, CaseId, Discarding
from taizhang_casework.domain.discarding_rules import not_discardable, on_restoring, work_needs_ledger
from taizhang_casework.domain.ledger import FrozenIn, Month
from taizhang_casework.domain.ledger_rules import belongs_to
from taizhang_casework.domain.letter import Letter, LetterId, LetterNumber, ResultNotice
from taizhang_casework.domain.people import HouseholdId
from taizhang_casework.domain.steps import Closing, Entry, HomeVisit, Record, Refusal, Reopening, Step

Maker = Callable[..., Case]
AT = datetime(2022, 4, 20, 9, tzinfo=UTC)
BIN = Discarding(at=AT, by="李明", why="登记错了")
VISIT = HomeVisit(visited_on=date(2022, 4, 11), visitors=("张三", "李四"), conclusion="属实")
REFUSED = Refusal(decided_on=date(2022, 4, 12), at=Step.HOME_VISIT, reason="other", explanation="收入稳定")
CLOSED = Closing(closed_on=date(2022, 4, 13))
LETTER = Letter(
    id=LetterId("l1"),
    case=CaseId("c1"),
    answers=REFUSED,
    notice=ResultNotice(
        office_name="环秀街道",
        office_mark="环秀",
        number=LetterNumber(2022, 7),
        title="告知书",
        addressee="王建国",
        paragraphs=(),
        contact="0532",
        dated=date(2022, 4, 13),
    ),
)
APRIL = FrozenIn(Month(2022, 4), 1)


def codes(case: Case, letter: Letter | None = None, *frozen: FrozenIn) -> list[str]:
    return [finding.code for finding in not_discardable(case, letter, frozen)]


@pytest.mark.parametrize(
    "records",
    [
        pytest.param((), id="nothing done yet"),
        pytest.param((VISIT,), id="begun"),
        pytest.param((VISIT, REFUSED), id="refused, without a letter"),
        pytest.param(
            (VISIT, REFUSED, CLOSED, Reopening(reopened_on=date(2022, 4, 14), back_to=Step.HOME_VISIT, why="复核")),
            id="closed and opened again",
        ),
    ],
)
def test_an_open_line_of_the_towns_own_may_be_discarded(case_with: Maker, records: tuple[Record, ...]) -> None:
    assert codes(case_with(*records)) == []


def test_what_is_counted_or_numbered_elsewhere_stays_and_everything_is_said_at_once(case_with: Maker) -> None:
    case = msgspec.structs.replace(case_with(VISIT, REFUSED, CLOSED), package="ab" * 32, discarded=BIN)
    assert codes(case, LETTER, APRIL) == ["already_discarded", "came_in_package", "frozen", "has_letter", "closed"]
    assert all(finding.blocks and finding.field == "" for finding in not_discardable(case, LETTER, (APRIL,)))


@pytest.mark.parametrize(
    ("change", "letter", "frozen", "code", "words"),
    [
        pytest.param({"package": "ab" * 32}, None, (), "came_in_package", "请按程序办结，或标为重复", id="package"),
        pytest.param({}, None, (APRIL,), "frozen", "2022年4月第1版", id="frozen ledger"),
        pytest.param({}, LETTER, (), "has_letter", "〔2022〕7号", id="numbered letter"),
        pytest.param({"discarded": BIN}, None, (), "already_discarded", "已经在回收站里", id="in the bin already"),
    ],
)
def test_each_reason_to_stay_is_one_sentence(
    case_with: Maker,
    change: dict[str, object],
    letter: Letter | None,
    frozen: tuple[FrozenIn, ...],
    code: str,
    words: str,
) -> None:
    (finding,) = not_discardable(msgspec.structs.replace(case_with(), **change), letter, frozen)
    assert finding.code == code
    assert words in finding.says


def test_a_closed_line_stays(case_with: Maker) -> None:
    assert codes(case_with(VISIT, REFUSED, CLOSED)) == ["closed"]


def test_nothing_is_written_into_a_line_in_the_bin(case_with: Maker) -> None:
    assert work_needs_ledger(case_with(VISIT)) == ()
    (finding,) = work_needs_ledger(msgspec.structs.replace(case_with(), discarded=BIN))
    assert finding.blocks


def test_a_line_in_the_bin_stands_in_no_months_ledger(case_with: Maker) -> None:
    assert belongs_to(case_with(), Month(2022, 4))
    assert not belongs_to(msgspec.structs.replace(case_with(), discarded=BIN), Month(2022, 4))


def other_than(case: Case, *, opened_on: date = date(2022, 4, 21), household: str | None = None, **warned: str) -> Case:
    """Another line of the ledger, about somebody else unless told otherwise."""
    someone = {"name": "李四", "id_number": "810000199408230021", "village_code": "370215001208", **warned}
    return msgspec.structs.replace(
        case,
        id=CaseId("c2"),
        warning=msgspec.structs.replace(case.warning, **someone),
        opened_on=opened_on,
        household=None if household is None else HouseholdId(household),
        discarded=None,
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"id_number": "11010519491231002X"}, True, id="the same number"),
        pytest.param({"household": "h1"}, True, id="the same household"),
        pytest.param({"name": "王建国", "village_code": "370215001207"}, True, id="the same name in the same village"),
        pytest.param({"name": "王建国"}, False, id="a namesake in another village"),
        pytest.param({}, False, id="somebody else"),
        pytest.param(
            {"id_number": "11010519491231002X", "opened_on": date(2022, 4, 19)}, False, id="it stood beside it before"
        ),
        pytest.param(
            {"id_number": "11010519491231002X", "opened_on": date(2022, 4, 20)}, True, id="registered on the same day"
        ),
    ],
)
def test_a_line_registered_again_meanwhile_is_said_before_the_old_one_comes_back(
    case_with: Maker, change: dict[str, object], said: bool
) -> None:
    case = msgspec.structs.replace(case_with(), discarded=BIN)
    found = on_restoring(case, [other_than(case, **change)], ())  # type: ignore[arg-type]
    assert [finding.code for finding in found] == (["registered_again"] if said else [])
    assert not any(finding.blocks for finding in found)


def test_two_people_without_a_number_are_not_the_same_person(case_with: Maker) -> None:
    case = case_with()
    bare = msgspec.structs.replace(
        case, warning=msgspec.structs.replace(case.warning, id_number=""), household=None, discarded=BIN
    )
    assert on_restoring(bare, [other_than(bare, id_number="")], ()) == ()


@pytest.mark.parametrize(
    ("hour", "record", "said"),
    [
        pytest.param(10, VISIT, True, id="a step recorded meanwhile"),
        pytest.param(8, VISIT, False, id="a step recorded before"),
        pytest.param(10, CLOSED, False, id="a closing is each line's own"),
    ],
)
def test_what_the_lines_verified_with_it_did_meanwhile_is_said(
    case_with: Maker, hour: int, record: Record, said: bool
) -> None:
    case = msgspec.structs.replace(case_with(), discarded=BIN)
    entry = Entry(recorded_at=AT.replace(hour=hour), recorded_by="李明", record=record)
    together = msgspec.structs.replace(case_with(), id=CaseId("c2"), entries=(entry,))
    assert [finding.code for finding in on_restoring(case, (), (together,))] == (["went_on"] if said else [])
