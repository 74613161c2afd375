"""Taking warnings in over a real vault: the channels, households found and new, one verification for several sources, many at once."""

from datetime import date

import msgspec
import pytest
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.household_changes import Happening
from taizhang_casework.domain.matching import ProposalKind, Verdict
from taizhang_casework.domain.people import Household, Person, PersonId, Relation
from taizhang_casework.domain.steps import HomeVisit, Reopening, Step
from taizhang_casework.domain.warning import Application, Channel, PetitionFile, Screening
from taizhang_casework.domain.warning_draft import KnownHousehold, NewHousehold
from taizhang_casework.services.disclosing import disclose_household
from taizhang_casework.services.households import (
    change_head,
    correct_member,
    find_households,
    household_sheet,
    join_household,
    leave_household,
)
from taizhang_casework.services.intake import WarningDraft, check_draft, new_household, take_warning, take_warnings
from taizhang_casework.services.matching import decide, joined, match_household
from taizhang_casework.services.new_household import heads_household, own_household
from taizhang_casework.services.queue import beside, waiting
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work

DRAFT = WarningDraft(
    channel=Channel.CADRE_SCREENING,
    source="村委",
    detail="家庭成员突发疾病",
    name="王建国",
    id_number="11010519491231002X",
    village_code="370215001002",
    received_on=date(2022, 4, 19),
    phone="138 1234 5678",
    particulars=Screening(found_by=" 赵会计 "),
    house=NewHousehold(relation=Relation.HEAD),
)


def but(**other: object) -> WarningDraft:
    return msgspec.structs.replace(DRAFT, **other)


def house_of(work: Work, case: CaseId) -> Household:
    with work.store.reading() as desk:
        household = desk.cases.get(case).household
        assert household is not None
        return desk.households.get(household)


@pytest.fixture
def house(work: Work) -> Household:
    """王建国's household, known by an earlier warning."""
    return house_of(work, take_warning(work, DRAFT).case)


def on(day: date = date(2022, 4, 25), because: str = "婚入") -> Happening:
    return Happening(on=day, because=because)


def codes(work: Work, draft: WarningDraft) -> list[tuple[str, str]]:
    with pytest.raises(NotAccepted) as refused:
        take_warning(work, draft)
    return [(finding.field, finding.code) for finding in refused.value.findings if finding.blocks]


@pytest.mark.parametrize(
    "particulars",
    [
        pytest.param(Screening(found_by="赵会计"), id="who found it"),
        pytest.param(Application(applicant="王小明", applied_on=date(2022, 4, 15)), id="who applied and when"),
        pytest.param(PetitionFile(reference="青信访〔2022〕88号"), id="the number of the petition"),
    ],
)
def test_what_one_channel_tells_is_kept(work: Work, particulars: object) -> None:
    taken = take_warning(work, but(particulars=particulars))
    with work.store.reading() as desk:
        kept = desk.cases.get(taken.case).warning
    assert kept.particulars == particulars
    assert kept.applied_on == getattr(particulars, "applied_on", None)


def test_name_number_and_telephone_are_kept_in_one_spelling_in_the_line_and_in_the_household(work: Work) -> None:
    taken = take_warning(work, but(name=" 王　建国 ", id_number="１１０１０５ 19491231 002x"))
    (head,) = house_of(work, taken.case).members_on(date(2022, 4, 19))
    assert (head.name, head.id_number, head.phone) == ("王建国", "11010519491231002X", "13812345678")


@pytest.mark.parametrize(
    ("applied", "says"),
    [
        pytest.param(date(2022, 4, 15), None, id="some days before the receipt"),
        pytest.param(date(2022, 2, 18), None, id="sixty days before it"),
        pytest.param(date(2022, 2, 17), "申请日期比信息反馈日期早61天，请核对年份", id="sixty-one days before it"),
        pytest.param(date(2021, 4, 20), "申请日期比信息反馈日期早364天，请核对年份", id="a slip in the year"),
    ],
)
def test_an_application_long_before_its_receipt_is_said_and_taken_in(
    work: Work, applied: date, says: str | None
) -> None:
    draft = but(particulars=Application(applicant="王小明", applied_on=applied), received_on=date(2022, 4, 19))
    said = [each for each in check_draft(draft, work) if each.field == "applied_on"]
    assert [(each.code, each.says, each.blocks) for each in said] == ([("long_before", says, False)] if says else [])
    with work.store.reading() as desk:
        assert desk.cases.get(take_warning(work, draft).case).warning.applied_on == applied


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        pytest.param(but(channel=Channel.DEPARTMENT, particulars=None), [("channel", "not_typed")], id="部门预警"),
        pytest.param(but(particulars=Screening(found_by=" ")), [("found_by", "blank")], id="nobody found it"),
        pytest.param(
            but(particulars=Application(applicant="", applied_on=date(2022, 4, 20))),
            [("applicant", "blank"), ("applied_on", "after_receipt")],
            id="nobody applied, and later than it was received",
        ),
        pytest.param(
            but(particulars=Application(applicant="王", applied_on=date(2022, 5, 1)), received_on=date(2022, 5, 1)),
            [("received_on", "future"), ("applied_on", "future")],
            id="days that have not come",
        ),
        pytest.param(but(phone="1381234"), [("phone", "bad_phone")], id="half a telephone number"),
        pytest.param(but(detail="病" * 10_000), [("detail", "too_long")], id="ten thousand characters"),
        pytest.param(
            but(detail="病\ud83d", name="王\ude00"),
            [("name", "half_character"), ("detail", "half_character")],
            id="half a character",
        ),
        pytest.param(
            but(house=NewHousehold(relation=Relation.CHILD, head_name="", head_id_number="123")),
            [("head_name", "blank"), ("head_id_number", "bad_id")],
            id="a head without a name",
        ),
        pytest.param(
            but(house=NewHousehold(relation=Relation.CHILD, head_name="王老", head_id_number=DRAFT.id_number)),
            [("head_id_number", "same_person")],
            id="a head who is the person himself",
        ),
    ],
)
def test_what_is_wrong_is_said_at_once_and_nothing_is_kept(
    work: Work, draft: WarningDraft, found: list[tuple[str, str]]
) -> None:
    assert codes(work, draft) == found
    with work.store.reading() as desk:
        assert not desk.cases.open()


def test_a_rare_character_passes_and_a_private_one_is_noted(work: Work) -> None:
    taken = take_warning(work, but(name="王𡛕\ue000"))
    assert [finding.code for finding in taken.findings] == ["private_use"]


def test_a_chosen_member_brings_name_number_and_village(work: Work, house: Household) -> None:
    head = house.memberships[0].person
    draft = but(
        name="",
        id_number="",
        village_code="",
        phone="",
        received_on=date(2022, 4, 28),
        house=KnownHousehold(household=house.id, person=head.id),
    )
    taken = take_warning(work, draft)
    with work.store.reading() as desk:
        case = desk.cases.get(taken.case)
    assert (case.household, case.warning.name, case.warning.village_code) == (house.id, "王建国", "370215001002")
    assert case.warning.phone == "13812345678"
    assert taken.findings == ()


def test_a_telephone_typed_for_a_chosen_member_is_kept_with_him(work: Work, house: Household) -> None:
    head = house.memberships[0].person
    taken = take_warning(work, but(phone="0532-88512345", house=KnownHousehold(household=house.id, person=head.id)))
    assert house_of(work, taken.case).memberships[0].person.phone == "0532-88512345"


def test_somebody_new_joins_a_chosen_household(work: Work, house: Household) -> None:
    draft = but(
        name="王小明",
        id_number="810000199408230021",
        house=KnownHousehold(household=house.id, relation=Relation.CHILD),
    )
    after = house_of(work, take_warning(work, draft).case)
    assert [(m.person.name, m.relation) for m in after.memberships] == [
        ("王建国", Relation.HEAD),
        ("王小明", Relation.CHILD),
    ]
    assert codes(work, msgspec.structs.replace(draft, house=KnownHousehold(household=house.id))) == [
        ("relation", "blank")
    ]


def test_a_second_household_of_one_person_is_refused_and_the_first_one_named(work: Work, house: Household) -> None:
    assert codes(work, DRAFT) == [("house", "known_person")]


def test_several_sources_stay_lines_and_become_one_verification(work: Work, house: Household) -> None:
    with work.store.reading() as desk:
        (first,) = household_sheet(desk, house.id).in_verification
    record(work, first.id, HomeVisit(visited_on=date(2022, 4, 20), visitors=("张三", "李四"), conclusion="属实"))
    chosen = KnownHousehold(household=house.id, person=house.memberships[0].person.id)
    petition = but(
        channel=Channel.PETITION, particulars=PetitionFile(reference="1"), house=chosen, together_with=first.id
    )
    second = take_warning(work, petition).case
    with work.store.reading() as desk:
        case = desk.cases.get(second)
        assert [each.id for each in joined(desk, case)] == [second, first.id]
        assert [type(each.record) for each in case.entries] == [HomeVisit]
        assert len(desk.cases.of_household(house.id)) == 2
        assert [each.id for each in household_sheet(desk, house.id).in_verification] == [second]
    assert waiting(work) == ()


def test_a_line_of_another_household_cannot_be_joined(work: Work, house: Household) -> None:
    other = take_warning(work, but(name="李四", id_number="", house=NewHousehold(relation=Relation.HEAD))).case
    chosen = KnownHousehold(household=house.id, person=house.memberships[0].person.id)
    assert codes(work, but(house=chosen, together_with=other)) == [("together_with", "not_joinable")]


def test_many_rows_are_taken_in_together_or_not_at_all(work: Work) -> None:
    rows = [but(name=name, id_number="", house=None) for name in ("张三", "李四", "王五")]
    with pytest.raises(NotAccepted):
        take_warnings(work, [*rows, but(name="")])
    with work.store.reading() as desk:
        assert not desk.cases.open()
    changes = take_warnings(work, rows)
    assert sum(thing.kind is Kind.CASE for thing in changes.touched) == 3


@pytest.mark.parametrize("text", ["建国", "王建", "wjg", "jg", "1949", "002X", "002x", "5678", "王 1234", "墨河 wjg"])
def test_a_household_is_found(work: Work, house: Household, text: str) -> None:
    assert find_households(work, text).households == (house,)


@pytest.mark.parametrize("text", ["", "  ", "李", "xyz", "999", "王 9999", "\ud800", "😀", "'\"*()"])
def test_what_is_not_there_is_not_found(work: Work, house: Household, text: str) -> None:
    assert find_households(work, text).households == ()


def test_a_household_is_found_by_who_left_it_and_by_his_new_name(work: Work, house: Household) -> None:
    join_household(work, house.id, Person(id=PersonId(""), name="李秀英"), Relation.SPOUSE, on())
    with work.store.reading() as desk:
        wife = desk.households.get(house.id).memberships[-1].person
    correct_member(work, house.id, msgspec.structs.replace(wife, name="李秀瑛"), Relation.SPOUSE)
    leave_household(work, house.id, wife.id, on(date(2022, 4, 28), "婚出"))
    assert [each.id for each in find_households(work, "秀瑛").households] == [house.id]
    assert find_households(work, "秀英").households == ()


def test_nobody_belongs_to_two_households_at_once(work: Work, house: Household) -> None:
    other = house_of(work, take_warning(work, but(name="李四", id_number="")).case)
    with pytest.raises(NotAccepted) as refused:
        join_household(work, other.id, house.memberships[0].person, Relation.OTHER, on())
    assert [finding.code for finding in refused.value.findings] == ["elsewhere"]
    assert "王建国" in refused.value.findings[0].says


def test_another_head_is_the_head_of_the_households_open_lines(work: Work, house: Household) -> None:
    join_household(work, house.id, Person(id=PersonId(""), name="王小明"), Relation.CHILD, on(date(2022, 4, 20)))
    with work.store.reading() as desk:
        son = desk.households.get(house.id).memberships[-1].person
    change_head(work, house.id, son.id, None, on(because="原户主去世"))
    with work.store.reading() as desk:
        after = desk.households.get(house.id)
    assert after.head_on(date(2022, 4, 24)) == house.memberships[0].person
    assert after.head_on(date(2022, 4, 30)) == son


def test_a_look_at_the_numbers_is_taken_down(work: Work, house: Household) -> None:
    assert disclose_household(work, house.id).touches(Kind.DISCLOSURE)


def test_the_unmatched_wait_until_somebody_says_whose_household_it_is(work: Work, house: Household) -> None:
    taken = take_warning(work, but(house=None, received_on=date(2022, 4, 20)))
    (queued,) = waiting(work)
    (proposal,) = queued.proposals
    assert (queued.case.id, proposal.kind) == (taken.case, ProposalKind.PERSON_IN_HOUSEHOLD)
    with work.store.reading() as desk:
        assert beside(desk, proposal).household == house
    decide(work, proposal, Verdict.YES)

    (queued,) = waiting(work)
    (proposal,) = queued.proposals
    assert proposal.kind is ProposalKind.SAME_HOUSEHOLD
    with work.store.reading() as desk:
        other = beside(desk, proposal).other
    assert other is not None
    assert other.household == house.id
    decide(work, proposal, Verdict.NO)
    assert waiting(work) == ()


def test_checking_a_draft_keeps_nothing(work: Work) -> None:
    assert check_draft(DRAFT, work) == ()
    with work.store.reading() as desk:
        assert not desk.cases.open()


OTHER = but(name="李秀英", id_number="810000199408230021", phone="")


def test_nobody_comes_into_a_second_household_by_any_way(work: Work, house: Household) -> None:
    other = house_of(work, take_warning(work, OTHER).case)
    comes = KnownHousehold(household=house.id, relation=Relation.CHILD)
    assert codes(work, msgspec.structs.replace(OTHER, house=comes)) == [("id_number", "elsewhere")]
    waits = take_warning(work, msgspec.structs.replace(OTHER, house=None, received_on=date(2022, 4, 20))).case
    with pytest.raises(NotAccepted, match="李秀英"):
        own_household(work, waits)
    with pytest.raises(NotAccepted, match="李秀英"):
        heads_household(work, waits, {"head_name": "王建国", "head_id_number": DRAFT.id_number, "relation": "child"})
    stranger = take_warning(work, but(name="赵六", id_number="", house=None)).case
    second = new_with(work, stranger)
    with pytest.raises(NotAccepted, match="王建国"):
        match_household(work, stranger, second)
    match_household(work, waits, other.id)
    assert house_of(work, waits).id == other.id


def new_with(work: Work, case: CaseId) -> Household:
    with work.store.reading() as desk:
        known = desk.cases.get(case)
    return new_household(work, known, head_name="王建国", head_id_number=DRAFT.id_number, relation=Relation.CHILD)


def test_who_left_a_household_joins_it_again_as_a_member_of_today(work: Work, house: Household) -> None:
    other = Person(id=PersonId(""), name="李秀英", id_number=OTHER.id_number)
    join_household(work, house.id, other, Relation.SPOUSE, on(date(2022, 4, 20)))
    (member,) = [m for m in house_of_id(work, house).memberships if m.relation is Relation.SPOUSE]
    leave_household(work, house.id, member.person.id, on(date(2022, 4, 25), "离婚"))
    waits = take_warning(work, msgspec.structs.replace(OTHER, house=None)).case
    heads_household(work, waits, {"head_name": "王建国", "head_id_number": DRAFT.id_number, "relation": "spouse"})
    assert any(m.person.id_number == OTHER.id_number and m.until is None for m in house_of(work, waits).memberships)


def house_of_id(work: Work, house: Household) -> Household:
    with work.store.reading() as desk:
        return desk.households.get(house.id)


def test_what_was_verified_at_one_household_does_not_move_to_another(work: Work, house: Household) -> None:
    other = house_of(work, take_warning(work, OTHER).case)
    stranger = but(name="赵六", id_number="", house=None)
    begun, fresh = (take_warning(work, stranger).case for _ in range(2))
    for each in (begun, fresh):
        match_household(work, each, house.id)
    match_household(work, fresh, other.id)
    record(work, begun, HomeVisit(visited_on=date(2022, 4, 21), visitors=("张三", "李四"), conclusion="属实"))
    with pytest.raises(NotAccepted, match="请先重新打开"):
        match_household(work, begun, other.id)
    record(work, begun, Reopening(reopened_on=date(2022, 4, 22), back_to=Step.HOME_VISIT, why="归错了户"))
    match_household(work, begun, other.id)
    assert house_of(work, begun).id == other.id
