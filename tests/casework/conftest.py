"""Values that the rules' tests start from."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import settings
from one_desk import desk_vault, work  # noqa: F401 - fixtures
from taizhang_casework.domain.case import Case, CaseId, PackId
from taizhang_casework.domain.people import Household, HouseholdId, Membership, Person, PersonId, Relation
from taizhang_casework.domain.steps import (
    DataComparison,
    DemocraticReview,
    Entry,
    HomeVisit,
    MonitoredKind,
    PublicNotice,
    Record,
    ReviewForm,
    SystemEntry,
)
from taizhang_casework.domain.warning import Channel, Warning, WarningId

settings.register_profile("rules", deadline=None)  # a busy machine is no fault of a rule
settings.load_profile("rules")

NUMBER = "11010519491231002X"
RECEIVED = date(2022, 4, 7)


def entry(record: Record) -> Entry:
    return Entry(recorded_at=datetime(2022, 4, 30, 9, tzinfo=UTC), recorded_by="李明", record=record)


@pytest.fixture
def warning() -> Warning:
    return Warning(
        id=WarningId("w1"),
        channel=Channel.SELF_APPLICATION,
        source="12317",
        detail="家庭成员突发疾病",
        name="王建国",
        id_number=NUMBER,
        town_code="370215001",
        village_code="370215001207",
        received_on=RECEIVED,
    )


@pytest.fixture
def household() -> Household:
    head = Person(id=PersonId("p1"), name="王建国", id_number=NUMBER)
    since = date(2020, 1, 1)
    return Household(
        id=HouseholdId("h1"),
        village_code="370215001207",
        memberships=(Membership(person=head, relation=Relation.HEAD, since=since),),
    )


@pytest.fixture
def case_with(warning: Warning) -> Callable[..., Case]:
    """A case of the self-applicant with these records, oldest first."""

    def make(*records: Record) -> Case:
        return Case(
            id=CaseId("c1"),
            warning=warning,
            opened_on=RECEIVED,
            pack=PackId("jimo-2022-1"),
            household=HouseholdId("h1"),
            entries=tuple(entry(record) for record in records),
        )

    return make


@pytest.fixture
def five_records() -> tuple[Record, ...]:
    """The five steps of a household that is recognised, in the notice's order and in time."""
    return (
        HomeVisit(visited_on=date(2022, 4, 11), visitors=("张三", "李四"), conclusion="因病支出大，收入下降"),
        DemocraticReview(
            held_on=date(2022, 4, 12),
            form=ReviewForm.REPRESENTATIVES,
            expected=30,
            present=24,
            host="赵主任",
            recorder="钱会计",
            agree=22,
            against=1,
            abstain=1,
        ),
        DataComparison(compared_on=date(2022, 4, 14), authorised=("王建国",)),
        PublicNotice(posted_on=date(2022, 4, 15), ended_on=date(2022, 4, 20), place="村务公开栏"),
        SystemEntry(entered_on=date(2022, 4, 21), household_number="3702150001", kind=MonitoredKind.SUDDEN_HARDSHIP),
    )
