"""改归另一户 on a real encrypted file: with a reason, in the history, undone, refused where something was done or decided."""

from datetime import date

import pytest
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.history_words import told
from taizhang_casework.domain.household_changes import Happening
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.people import HouseholdId, Person, PersonId, Relation
from taizhang_casework.domain.steps import Closing, GreenChannel, HomeVisit, Refusal, Reopening, Step
from taizhang_casework.domain.warning import Channel
from taizhang_casework.services.discarding import discard, restore
from taizhang_casework.services.filing import freeze, preview
from taizhang_casework.services.households import find_households, join_household
from taizhang_casework.services.intake import WarningDraft, take_warning
from taizhang_casework.services.matching import match_household
from taizhang_casework.services.moving import OWN, move_case
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.undoing import look_back, session_begins, undo
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work

NUMBER, OTHER = "11010519491231002X", "810000199408230021"
VISIT = HomeVisit(visited_on=date(2022, 4, 11), visitors=("张三", "李四"), conclusion="情况属实")
REFUSAL = Refusal(decided_on=date(2022, 4, 13), at=Step.HOME_VISIT, reason="not_so")
WHY = "同名，认错了户"


def taken(work: Work, name: str, number: str, channel: Channel = Channel.CADRE_SCREENING) -> CaseId:
    draft = WarningDraft(
        channel=channel,
        source="村委",
        detail="家庭成员突发疾病",
        name=name,
        id_number=number,
        village_code="370215001207",
        received_on=date(2022, 4, 7),
    )
    case = take_warning(work, draft).case
    own_household(work, case)
    return case


def read(work: Work, case: CaseId) -> Case:
    with work.store.reading() as desk:
        return desk.cases.get(case)


def house(work: Work, case: CaseId) -> HouseholdId:
    found = read(work, case).household
    assert found is not None
    return found


def codes(work: Work, case: CaseId, given: Given) -> set[tuple[str, str]]:
    with pytest.raises(NotAccepted) as refused:
        move_case(work, case, given)
    return {(finding.field, finding.code) for finding in refused.value.findings}


@pytest.fixture
def case(work: Work) -> CaseId:
    return taken(work, "王小明", NUMBER)


@pytest.fixture
def other(work: Work) -> HouseholdId:
    """The household to which it belongs."""
    return house(work, taken(work, "王建国", OTHER))


def test_the_person_joins_the_other_household_and_the_one_made_by_mistake_is_found_no_more(
    work: Work, case: CaseId, other: HouseholdId
) -> None:
    wrong = house(work, case)
    move_case(work, case, {"household": other, "relation": "child", "why": WHY})
    moved = read(work, case)
    assert moved.household == other
    assert moved.corrections[0].why == WHY
    with work.store.reading() as desk:
        names = [each.person.name for each in desk.households.get(other).memberships]
    assert names == ["王建国", "王小明"]
    assert wrong not in {each.id for each in find_households(work, "王小明").households}


def test_a_member_of_it_is_asked_no_relation_and_joins_it_no_second_time(work: Work, other: HouseholdId) -> None:
    case = taken(work, "李秀英", "")
    wife = Person(id=PersonId(""), name="李秀英")
    join_household(work, other, wife, Relation.SPOUSE, Happening(on=date(2022, 4, 7), because="结婚"))
    move_case(work, case, {"household": other, "why": WHY})
    assert house(work, case) == other
    with work.store.reading() as desk:
        names = [each.person.name for each in desk.households.get(other).memberships]
    assert names == ["王建国", "李秀英"]


def test_one_whom_no_household_knows_heads_a_new_one(work: Work, case: CaseId, other: HouseholdId) -> None:
    wrong = house(work, case)
    move_case(work, case, {"household": OWN, "why": WHY})
    assert house(work, case) not in {wrong, other}


def test_everything_missing_is_said_at_once(work: Work, case: CaseId, other: HouseholdId) -> None:
    assert codes(work, case, {}) == {("household", "blank"), ("why", "blank")}
    assert codes(work, case, {"household": other}) == {("relation", "blank"), ("why", "blank")}
    assert codes(work, case, {"household": house(work, case), "why": WHY}) == {("household", "same")}
    assert codes(work, case, {"household": "nobody", "why": WHY}) == {("household", "unknown")}
    assert codes(work, case, {"household": OWN, "why": "字" * 2001}) == {("why", "too_long")}
    assert read(work, case).corrections == ()


def test_what_was_done_forbids_it_until_the_case_is_reopened(work: Work, case: CaseId, other: HouseholdId) -> None:
    given: Given = {"household": other, "relation": "child", "why": WHY}
    record(work, case, VISIT)
    assert codes(work, case, given) == {("household", "already_begun")}
    record(work, case, REFUSAL)
    assert codes(work, case, given) == {("household", "already_begun")}
    record(work, case, Closing(closed_on=date(2022, 4, 14)))
    assert codes(work, case, given) == {("household", "closed")}
    record(work, case, Reopening(reopened_on=date(2022, 4, 15), back_to=Step.HOME_VISIT, why="归错了户"))
    move_case(work, case, given)
    assert read(work, case).household == other


def test_help_that_came_first_stays_with_the_household_that_got_it(
    work: Work, case: CaseId, other: HouseholdId
) -> None:
    given: Given = {"household": other, "relation": "child", "why": WHY}
    helped = GreenChannel(
        opened_on=date(2022, 4, 8),
        ground="火灾",
        kind="disaster",
        recognised_by="村委",
        help_given="临时救助2000元",
        helped_on=date(2022, 4, 8),
    )
    record(work, case, helped)
    assert codes(work, case, given) == {("household", "green_channel")}
    record(work, case, VISIT)
    record(work, case, REFUSAL)
    record(work, case, Reopening(reopened_on=date(2022, 4, 15), back_to=Step.HOME_VISIT, why="归错了户"))
    assert codes(work, case, given) == {("household", "green_channel")}


def test_one_who_belongs_to_a_household_with_other_lines_leaves_it_first(
    work: Work, case: CaseId, other: HouseholdId
) -> None:
    move_case(work, case, {"household": other, "relation": "child", "why": WHY})
    third = house(work, taken(work, "李秀英", ""))
    assert codes(work, case, {"household": third, "relation": "other", "why": WHY}) == {("id_number", "elsewhere")}


def test_a_line_does_not_come_back_with_somebody_who_belongs_to_another_household_by_now(
    work: Work, case: CaseId, other: HouseholdId
) -> None:
    again = WarningDraft(
        channel=Channel.CADRE_SCREENING,
        source="村委",
        detail="又一件事",
        name="王小明",
        id_number=NUMBER,
        village_code="370215001207",
        received_on=date(2022, 4, 7),
    )
    second = take_warning(work, again).case
    match_household(work, second, house(work, case))
    discard(work, second, why="登记错了")
    move_case(work, case, {"household": other, "relation": "child", "why": WHY})
    with pytest.raises(NotAccepted, match="不能恢复：王小明在这一条的户里，此人现在是顺河村村民委员会“王建国”户的成员"):
        restore(work, second)
    assert read(work, second).discarded is not None


def test_it_stands_in_the_history_with_its_reason_and_is_taken_back(
    work: Work, case: CaseId, other: HouseholdId
) -> None:
    wrong = house(work, case)
    with work.store.reading() as desk:
        since = session_begins(desk)
    move_case(work, case, {"household": other, "relation": "child", "why": WHY})
    with work.store.reading() as desk:
        rows = [row for row in desk.journal.by_user(work.user.name, after=since) if row.id == case]
        found = look_back(work, desk, since)
    assert [
        (told(row, work.pack, work.divisions).what, told(row, work.pack, work.divisions).details) for row in rows
    ] == [("改归另一户", (f"原因：{WHY}",))]
    assert found is not None
    assert (found.what, found.findings) == ("改归另一户（王小明）", ())
    undo(work, since, found.change)
    assert house(work, case) == wrong
    with work.store.reading() as desk:
        assert [each.person.name for each in desk.households.get(other).memberships] == ["王建国"]


def test_a_month_that_was_filed_tells_of_it(work: Work, case: CaseId, other: HouseholdId) -> None:
    record(work, case, VISIT)
    record(work, case, REFUSAL)
    record(work, case, Closing(closed_on=date(2022, 4, 14)))
    filed = freeze(work, Month(2022, 4)).filing
    assert filed is not None
    record(work, case, Reopening(reopened_on=date(2022, 4, 15), back_to=Step.HOME_VISIT, why="归错了户"))
    move_case(work, case, {"household": other, "relation": "child", "why": WHY})
    with work.store.reading() as desk:
        assert preview(work, desk, Month(2022, 4)).changed
