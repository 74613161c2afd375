"""Who belonged to a household on a day, and who was its head."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from taizhang_casework.domain.people import Household, HouseholdId, Membership, Person, PersonId, Relation

FIRST = date(2022, 1, 1)
days = st.integers(0, 12).map(lambda number: FIRST + timedelta(days=number))


@st.composite
def memberships(draw: st.DrawFn) -> tuple[Membership, ...]:
    return tuple(
        Membership(
            person=Person(id=PersonId(f"p{number}"), name=f"人{number}"),
            relation=draw(st.sampled_from((Relation.HEAD, Relation.CHILD))),
            since=draw(days),
            until=draw(st.none() | days),
        )
        for number in range(draw(st.integers(0, 4)))
    )


@given(members=memberships(), day=days)
def test_who_belongs_on_a_day_is_who_was_in_it_then_and_before_the_first_day_who_was_first_known(
    members: tuple[Membership, ...], day: date
) -> None:
    household = Household(id=HouseholdId("h1"), village_code="370215001215", memberships=members)
    first_known = min((member.since for member in members), default=day)

    there = [member for member in members if member.holds_on(max(day, first_known))]

    assert household.members_on(day) == tuple(member.person for member in there)
    heads = [member.person for member in there if member.relation is Relation.HEAD]
    assert household.head_on(day) == (heads[-1] if heads else None)


@pytest.mark.parametrize(
    ("name", "number", "is_member"),
    [
        pytest.param("王建国", "11010519491231002X", True, id="the number, whatever the name"),
        pytest.param("王建国", "810000199408230021", False, id="another number is another person of that name"),
        pytest.param("王建国", "", True, id="no number typed: the name"),
        pytest.param("李秀英", "810000199408230021", True, id="no number known: the name"),
        pytest.param("赵大", "", False, id="somebody else"),
        pytest.param("王大勇", "", False, id="who has left"),
    ],
)
def test_a_warned_person_is_a_member_by_number_or_where_one_is_missing_by_name(
    name: str, number: str, *, is_member: bool
) -> None:
    def member(called: str, id_number: str, until: date | None = None) -> Membership:
        person = Person(id=PersonId(called), name=called, id_number=id_number)
        return Membership(person=person, relation=Relation.OTHER, since=FIRST, until=until)

    memberships = (
        member("王建国", "11010519491231002X"),
        member("李秀英", ""),
        member("王大勇", "", until=FIRST + timedelta(days=3)),
    )
    household = Household(id=HouseholdId("h1"), village_code="370215001215", memberships=memberships)
    assert household.has_now(name, number) is is_member
