"""Who belonged to a household on a day, and who was its head."""

from datetime import date, timedelta

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
