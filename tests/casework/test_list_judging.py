"""A row's outcome with all its reasons, its item, and what counts as the same twice."""

from datetime import date

import msgspec
import pytest
from taizhang_casework.domain.case import PackId
from taizhang_casework.domain.divisions import shipped_divisions
from taizhang_casework.domain.list_judging import Cell, ListJudge, RawRow, mark_duplicates
from taizhang_casework.domain.list_row import JudgedRow, ListReading, Outcome, Reason
from taizhang_casework.domain.list_subjects import ListHeadings, ListSubject
from taizhang_casework.domain.pack_loading import shipped_pack

PACK = shipped_pack(PackId("jimo-2022-1"))
GOOD = RawRow(5, name="张 三", id_number="11010519491231002x", town="环秀", village="顺河村", date="2022.3.7")
SUBJECT = ListSubject(department="civil_affairs", item="subsistence_allowance")


@pytest.fixture(scope="module")
def judge() -> ListJudge:
    return ListJudge(PACK, shipped_divisions(PACK))


def judged(judge: ListJudge, raw: RawRow, subject: ListSubject = SUBJECT) -> JudgedRow:
    return judge.judge(raw, file="民政局.xlsx", sheet="Sheet1", subject=subject)


def test_a_sound_row_is_accepted_and_folded(judge: ListJudge) -> None:
    row = judged(judge, GOOD)
    assert (row.outcome, row.reasons) == (Outcome.ACCEPTED, ())
    assert (row.name, row.id_number, row.happened_on) == ("张三", "11010519491231002X", date(2022, 3, 7))
    assert (row.town_name, row.village_name) == ("环秀街道", "顺河村村民委员会")
    assert (row.department, row.item, row.detail) == ("civil_affairs", "subsistence_allowance", "新增低保")
    assert (row.provenance.file, row.provenance.sheet, row.provenance.row) == ("民政局.xlsx", "Sheet1", 5)


@pytest.mark.parametrize(
    ("field", "cell", "reason"),
    [
        ("name", "", Reason.MISSING_NAME),
        ("name", 12.0, Reason.MISSING_NAME),
        ("id_number", "", Reason.MISSING_ID),
        ("id_number", "370282650412003", Reason.BAD_ID),
        ("id_number", 3.7e17, Reason.LOST_DIGITS),
        ("town", "城阳区", Reason.ELSEWHERE),
        ("village", "东方红村", Reason.UNKNOWN_VILLAGE),
        ("village", "", Reason.UNKNOWN_VILLAGE),
        ("date", "3月7日", Reason.BAD_DATE),
        ("date", "", Reason.MISSING_DATE),
        ("date", True, Reason.BAD_DATE),
    ],
)
def test_one_fault_is_one_reason(judge: ListJudge, field: str, cell: Cell, reason: Reason) -> None:
    row = judged(judge, RawRow(**(GOOD._asdict() | {field: cell})))
    assert (row.outcome, row.reasons) == (Outcome.REFUSED, (reason,))


def test_all_reasons_are_said_at_once(judge: ListJudge) -> None:
    row = judged(judge, RawRow(9, name="/", id_number="无", village="东方红村", date="待定"))
    assert row.reasons == (Reason.MISSING_NAME, Reason.MISSING_ID, Reason.UNKNOWN_VILLAGE, Reason.BAD_DATE)


@pytest.mark.parametrize(
    ("headings", "department", "item"),
    [
        pytest.param(ListHeadings(unit="即墨区民政局", titles=("新增临时救助对象名单",)), "civil_affairs", "temporary_aid", id="the title"),
        pytest.param(ListHeadings(unit="民政局", sheet="低保边缘"), "civil_affairs", "marginal_subsistence", id="the sheet"),
        pytest.param(ListHeadings(file="民政局孤儿名单"), "civil_affairs", "orphan", id="the file"),
        pytest.param(ListHeadings(titles=("变更", "残联新办理及变更")), "disabled_federation", "severe_disability_changed", id="nearest"),
        pytest.param(ListHeadings(titles=("大病专项救治名单",)), "health", "serious_disease", id="an item's own department"),
        pytest.param(ListHeadings(unit="医疗保障局"), "medical_insurance", "high_medical_cost", id="the only item"),
        pytest.param(ListHeadings(unit="民政局", titles=("低保、特困新增名单",)), "civil_affairs", "", id="none where the title names two"),
        pytest.param(ListHeadings(titles=("名单",), sheet="Sheet1"), "", "", id="none where nothing is said"),
    ],
)  # fmt: skip
def test_headings_tell_department_and_item(
    judge: ListJudge, headings: ListHeadings, department: str, item: str
) -> None:
    row = judged(judge, GOOD, judge.subjects.subject(headings))
    assert (row.department, row.item) == (department, item)


@pytest.mark.parametrize(
    ("own", "statuses", "item"),
    [
        pytest.param(("临时救助",), (), "temporary_aid", id="a row's own item goes before the headings"),
        pytest.param((), ("特困人员",), "subsistence_allowance", id="what a person is does not"),
        pytest.param(("",), (), "subsistence_allowance", id="a blank leaves it to the headings"),
        pytest.param(("最低生活保障边缘家庭",), (), "marginal_subsistence", id="a longer word hides the shorter in it"),
    ],
)
def test_a_row_and_its_headings_may_differ(
    judge: ListJudge, own: tuple[str, ...], statuses: tuple[str, ...], item: str
) -> None:
    assert judged(judge, GOOD._replace(items=own, statuses=statuses)).item == item


def test_what_only_suggests_an_item_counts_where_nothing_names_one(judge: ListJudge) -> None:
    subject = judge.subjects.subject(ListHeadings(unit="区残联", titles=("新办理、变更名单",)))
    assert judged(judge, GOOD._replace(statuses=("肢体一级",)), subject).item == "severe_disability_new"
    assert (
        judged(judge, GOOD._replace(items=("等级变更",), statuses=("肢体一级",)), subject).item
        == "severe_disability_changed"
    )


def test_without_an_item_the_lists_own_words_are_the_detail(judge: ListJudge) -> None:
    row = judged(judge, GOOD._replace(detail="家中  失火"), ListSubject())
    assert (row.item, row.detail) == ("", "家中 失火")


def outcomes(*rows: JudgedRow) -> list[Outcome]:
    halves = rows[:1], rows[1:]
    lists = [ListReading(file=f"{n}.xlsx", sha256="", department="", rows=half) for n, half in enumerate(halves)]
    return [row.outcome for reading in mark_duplicates(lists) for row in reading.rows]


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        pytest.param({}, Outcome.DUPLICATE, id="all the same"),
        pytest.param({"happened_on": date(2022, 12, 31)}, Outcome.DUPLICATE, id="another day of the year"),
        pytest.param({"name": "张叁", "village_name": "x"}, Outcome.DUPLICATE, id="the same number under another name"),
        pytest.param({"happened_on": date(2023, 3, 7)}, Outcome.ACCEPTED, id="another year"),
        pytest.param({"item": "temporary_aid"}, Outcome.ACCEPTED, id="another item"),
        pytest.param({"id_number": "810000199408230021"}, Outcome.ACCEPTED, id="another person"),
    ],
)
def test_person_and_item_and_year_are_one_warning(
    judge: ListJudge, change: dict[str, object], outcome: Outcome
) -> None:
    first = judged(judge, GOOD)
    assert outcomes(first, msgspec.structs.replace(first, **change)) == [Outcome.ACCEPTED, outcome]


def test_a_refused_row_makes_no_other_a_duplicate(judge: ListJudge) -> None:
    refused = judged(judge, GOOD._replace(village="东方红村"))
    first = judged(judge, GOOD)
    assert outcomes(refused, first, first, refused) == [
        Outcome.REFUSED,
        Outcome.ACCEPTED,
        Outcome.DUPLICATE,
        Outcome.REFUSED,
    ]


def test_a_duplicate_says_so_and_nothing_else(judge: ListJudge) -> None:
    first = judged(judge, GOOD)
    reading = ListReading(file="a.xlsx", sha256="", department="", rows=(first, first, first))
    assert [row.reasons for row in mark_duplicates([reading])[0].rows] == [(), (Reason.DUPLICATE,), (Reason.DUPLICATE,)]
