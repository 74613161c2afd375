"""A household over time: who joins, who leaves, who heads it; every change has its day and reason, and what was stays readable."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from taizhang_casework.domain.household_changes import Happening, corrected, headed_by, joined, left
from taizhang_casework.domain.people import Household, HouseholdId, Membership, Person, PersonId, Relation

TODAY = date(2022, 4, 30)
SINCE = date(2020, 1, 1)
HEAD = Person(id=PersonId("p1"), name="王建国", id_number="11010519491231002X")
WIFE = Person(id=PersonId("p2"), name="李秀英")
SON = Person(id=PersonId("p3"), name="王小明", id_number="810000199408230021")
HOUSE = Household(
    id=HouseholdId("h1"),
    village_code="370215001207",
    memberships=(
        Membership(person=HEAD, relation=Relation.HEAD, since=SINCE),
        Membership(person=WIFE, relation=Relation.SPOUSE, since=SINCE),
    ),
)


def on(day: date | None = date(2022, 4, 1), because: str = "婚入") -> Happening:
    return Happening(on=day, because=because)


def codes(changed: object) -> list[tuple[str, str]]:
    assert isinstance(changed, tuple)
    return [(finding.field, finding.code) for finding in changed]


def house(changed: object) -> Household:
    assert isinstance(changed, Household)
    return changed


def test_who_joins_belongs_to_it_from_that_day_on() -> None:
    after = house(joined(HOUSE, SON, Relation.CHILD, on(), TODAY))
    assert SON not in after.members_on(date(2022, 3, 31))
    assert SON in after.members_on(date(2022, 4, 1))
    assert after.memberships[-1].because == "婚入"


def test_who_leaves_belonged_to_it_up_to_that_day() -> None:
    after = house(left(HOUSE, WIFE.id, on(because="死亡"), TODAY))
    assert WIFE in after.members_on(date(2022, 4, 1))
    assert WIFE not in after.members_on(date(2022, 4, 2))
    assert after.memberships[1].ended_because == "死亡"


def test_another_head_takes_over_and_the_former_one_stays_as_what_is_said() -> None:
    after = house(headed_by(HOUSE, WIFE.id, Relation.SPOUSE, on(because="原户主丧失劳动能力"), TODAY))
    assert after.head_on(date(2022, 3, 31)) == HEAD
    assert after.head_on(date(2022, 4, 1)) == WIFE
    assert set(after.members_on(TODAY)) == {HEAD, WIFE}


def test_another_head_takes_over_from_one_who_died() -> None:
    after = house(headed_by(HOUSE, WIFE.id, None, on(because="原户主去世"), TODAY))
    assert after.head_on(TODAY) == WIFE
    assert after.members_on(TODAY) == (WIFE,)
    assert after.head_on(date(2021, 6, 1)) == HEAD


def test_the_last_member_may_leave() -> None:
    alone = house(left(HOUSE, WIFE.id, on(date(2022, 1, 1), "死亡"), TODAY))
    assert house(left(alone, HEAD.id, on(because="死亡"), TODAY)).members_on(TODAY) == ()


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        pytest.param(
            joined(HOUSE, SON, Relation.CHILD, on(None, " "), TODAY),
            [("on", "blank"), ("because", "blank")],
            id="a blank day stays blank and is said with the blank reason",
        ),
        pytest.param(
            joined(HOUSE, SON, Relation.CHILD, on(date(2022, 5, 1)), TODAY),
            [("on", "future")],
            id="nobody has joined tomorrow",
        ),
        pytest.param(
            joined(HOUSE, HEAD, Relation.OTHER, on(), TODAY), [("id_number", "already_member")], id="nobody joins twice"
        ),
        pytest.param(
            joined(HOUSE, SON, Relation.HEAD, on(), TODAY), [("relation", "second_head")], id="there is one head"
        ),
        pytest.param(
            joined(HOUSE, Person(id=PersonId("x"), name="3", id_number="123", phone="1"), Relation.CHILD, on(), TODAY),
            [("name", "bad_name"), ("id_number", "bad_id"), ("phone", "bad_phone")],
            id="everything wrong with a person at once",
        ),
        pytest.param(left(HOUSE, HEAD.id, on(), TODAY), [("person", "is_head")], id="a head is followed first"),
        pytest.param(left(HOUSE, SON.id, on(), TODAY), [("person", "no_member")], id="who is no member cannot leave"),
        pytest.param(
            left(HOUSE, WIFE.id, on(date(2019, 1, 1)), TODAY), [("on", "too_early")], id="nobody leaves before coming"
        ),
        pytest.param(
            headed_by(HOUSE, HEAD.id, Relation.OTHER, on(), TODAY), [("person", "is_head")], id="the head is the head"
        ),
        pytest.param(
            headed_by(HOUSE, WIFE.id, Relation.HEAD, on(), TODAY),
            [("former_becomes", "second_head")],
            id="the former head heads no more",
        ),
        pytest.param(
            headed_by(HOUSE, WIFE.id, Relation.SPOUSE, on(SINCE), TODAY),
            [("on", "too_early")],
            id="nobody heads it before belonging to it",
        ),
        pytest.param(
            corrected(HOUSE, WIFE, Relation.HEAD), [("relation", "second_head")], id="a new head is no correction"
        ),
    ],
)
def test_what_cannot_be_is_said(changed: object, found: list[tuple[str, str]]) -> None:
    assert codes(changed) == found


def test_a_slip_is_mended_wherever_the_person_stands_and_no_day_moves() -> None:
    after = house(headed_by(HOUSE, WIFE.id, Relation.SPOUSE, on(), TODAY))
    mended = Person(id=WIFE.id, name=" 李 秀瑛", id_number="810000 19940823 0021", phone="138 1234 5678")
    right = house(corrected(after, mended, Relation.HEAD))
    assert {m.person.name for m in right.memberships if m.person.id == WIFE.id} == {"李秀瑛"}
    assert right.head_on(TODAY) == Person(
        id=WIFE.id, name="李秀瑛", id_number="810000199408230021", phone="13812345678"
    )
    assert [(m.since, m.until) for m in right.memberships] == [(m.since, m.until) for m in after.memberships]


@given(st.lists(st.tuples(st.sampled_from(["join", "leave", "head"]), st.integers(0, 4), st.integers(0, 400))))
def test_whatever_happens_there_is_one_head_at_most_on_every_day_and_nobody_twice(
    events: list[tuple[str, int, int]],
) -> None:
    people = [HEAD, WIFE, SON, Person(id=PersonId("p4"), name="王小红"), Person(id=PersonId("p5"), name="王老太")]
    now, day = HOUSE, SINCE
    for what, who, later in events:
        day = min(day + timedelta(days=later), TODAY)
        person, happening = people[who], on(day, "变化")
        if what == "join":
            changed = joined(now, person, Relation.OTHER, happening, TODAY)
        elif what == "leave":
            changed = left(now, person.id, happening, TODAY)
        else:
            changed = headed_by(now, person.id, Relation.OTHER, happening, TODAY)
        now = changed if isinstance(changed, Household) else now
        assert changed
    days = {m.since for m in now.memberships} | {m.until for m in now.memberships if m.until} | {TODAY}
    for each in days:
        standing = [m for m in now.memberships if m.holds_on(each)]
        assert sum(m.relation is Relation.HEAD for m in standing) <= 1
        lasting = [m.person.id for m in now.memberships if m.until is None]
        assert len(lasting) == len(set(lasting))
    assert all(m.until is None or m.until >= m.since for m in now.memberships)
