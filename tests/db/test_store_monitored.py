"""监测对象 in the file: kept whole, one a household, seen longest ago first, and as the journal has them."""

from datetime import UTC, date, datetime

import msgspec
import pytest
from one_desk import desk_vault, work  # noqa: F401 - fixtures
from shipped import PACKS
from sqlalchemy.exc import IntegrityError
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.monitoring import (
    FollowUpVisit,
    MonitoredHousehold,
    MonitoredId,
    MonitoringEntry,
    MonitoringRecord,
    Recognised,
)
from taizhang_casework.domain.offices import Role, User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.people import Household, HouseholdId
from taizhang_casework.domain.steps import MonitoredKind
from taizhang_casework.services.work import Work
from taizhang_db import Vault
from taizhang_db.verifying import verify

AT = datetime(2022, 4, 30, 9, tzinfo=UTC)
CLERK = User(name="李明", role=Role.CLERK)


def entry(record: MonitoringRecord) -> MonitoringEntry:
    return MonitoringEntry(recorded_at=AT, recorded_by="李明", record=record)


def monitored(key: str, household: str, day: int) -> MonitoredHousehold:
    recognised = Recognised(
        recognised_on=date(2022, 4, day),
        case=CaseId("c1"),
        kind=MonitoredKind.BORDERLINE,
        risks=("illness",),
        household_number="3702150001",
    )
    return MonitoredHousehold(
        id=MonitoredId(key),
        household=HouseholdId(household),
        village_code="370215001207",
        entries=(entry(recognised),),
    )


@pytest.fixture
def desk(work: Work) -> Work:  # noqa: F811 - the fixture
    with work.store.change(Operation.JOIN_HOUSEHOLD, CLERK) as desk:
        for key in ("h1", "h2"):
            desk.households.save(Household(id=HouseholdId(key), village_code="370215001207", memberships=()))
    return work


def test_they_come_back_as_they_were_kept_the_one_seen_longest_ago_first(desk: Work, desk_vault: Vault) -> None:  # noqa: F811 - the fixture
    first, second = monitored("a", "h1", 21), monitored("b", "h2", 20)
    visit = FollowUpVisit(number=1, visited_on=date(2022, 4, 29), visitors=("孙晓梅",), found="病情稳定")
    visited = msgspec.structs.replace(second, entries=(*second.entries, entry(visit)))
    with desk.store.change(Operation.SYSTEM_ENTRY, CLERK) as open_desk:
        open_desk.monitored.save(first)
        open_desk.monitored.save(second)
        assert [each.id for each in open_desk.monitored.all()] == ["b", "a"]
        open_desk.monitored.save(visited)
    with desk.store.reading() as open_desk:
        assert [each.id for each in open_desk.monitored.all()] == ["a", "b"]
        assert open_desk.monitored.get(MonitoredId("b")) == visited
        assert open_desk.monitored.of_household(HouseholdId("h1")) == first
        assert open_desk.monitored.of_household(HouseholdId("none")) is None
        with pytest.raises(KeyError):
            open_desk.monitored.get(MonitoredId("none"))
    assert verify(desk_vault, PACKS).findings == ()


def test_a_household_is_taken_up_once(desk: Work) -> None:
    with desk.store.change(Operation.SYSTEM_ENTRY, CLERK) as open_desk:
        open_desk.monitored.save(monitored("a", "h1", 21))
        with pytest.raises(IntegrityError):
            open_desk.monitored.save(monitored("b", "h1", 21))
