"""A town with any number of cases, founded as the program founds it, for the window to be opened on."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from store_data import OPEN, TODAY, fill
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.case_query import CaseOrder, CaseQuery
from taizhang_casework.domain.monitoring import (
    FollowUpVisit,
    MonitoredHousehold,
    MonitoredId,
    MonitoringEntry,
    Recognised,
)
from taizhang_casework.domain.offices import Office, OfficeId, OfficeKind, Role, User
from taizhang_casework.domain.people import HouseholdId
from taizhang_casework.domain.steps import HomeVisit, MonitoredKind
from taizhang_casework.services.verification import record
from taizhang_casework.services.work import Work
from taizhang_db.codec import encode
from taizhang_db.repositories import household_words
from taizhang_desktop.bootstrap import found_vault, load_rules
from taizhang_desktop.demo.clock import StoryClock

TOWN = Office(id=OfficeId("370215001"), kind=OfficeKind.TOWN, name="环秀街道")
CLERK = User(name="孙晓梅", role=Role.ADMINISTRATOR)
SECRET = "horse-river-58-cloud"
MONITORED = 600
WORKED = 60
"""So many of the open cases get a visit by the services: they have a history."""


def town_of(folder: Path, size: int) -> None:
    """Found the town in ``folder / 环秀街道`` and write its cases."""
    rules, clock = load_rules(), StoryClock(TODAY)
    founded = found_vault(folder / TOWN.name, TOWN, SECRET, user=CLERK, rules=rules, clock=clock).office
    try:
        raw = founded.vault.engine.raw_connection()
        fill([raw.driver_connection], size, rules, lambda _: None)
        _monitored(raw.driver_connection, size)
        raw.close()
        with founded.vault.engine.connect() as connection:
            if not connection.exec_driver_sql("SELECT count(*) FROM household_words").scalar():
                household_words.fill(connection)
            connection.commit()
        _work(founded.work)
    finally:
        founded.close()


def _monitored(file: Any, size: int) -> None:  # noqa: ANN401 - a DBAPI connection carries no types
    """Some of the households are 监测对象, seen once each."""
    step = max(size // MONITORED, 1)
    found = file.execute(
        "SELECT households.id, households.village_code, cases.id FROM households JOIN cases ON cases.household_id = households.id "
        "WHERE households.seq % ? = 0",
        (step,),
    ).fetchall()
    for at, (household, village, case) in enumerate(found, start=1):
        day = TODAY - timedelta(days=at % 120)
        made = MonitoredHousehold(
            id=MonitoredId(f"{at:032x}"),
            household=HouseholdId(household),
            village_code=village,
            entries=tuple(_entries(day, CaseId(case))),
        )
        file.execute(
            "INSERT INTO monitored_households VALUES (?, ?, ?, 'monitored', ?, ?)",
            (at, made.id, household, day.isoformat(), encode(made)),
        )


def _entries(day: date, case: CaseId) -> list[MonitoringEntry]:
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    recognised = Recognised(
        recognised_on=day - timedelta(days=60),
        case=case,
        kind=MonitoredKind.SUDDEN_HARDSHIP,
        risks=("illness",),
        household_number="3702150010001",
    )
    visit = FollowUpVisit(number=1, visited_on=day, visitors=("张三", "李四"), found="收入稳定，继续跟踪")
    return [MonitoringEntry(recorded_at=at, recorded_by="李明", record=each) for each in (recognised, visit)]


def _work(work: Work) -> None:
    """The newest cases are visited, so that something is in the journal."""
    with work.store.reading() as desk:
        rows = desk.cases.page(CaseQuery(open_only=True, order_by=CaseOrder.STEP, descending=False), 0, OPEN)
    fresh = [row.id for row in rows if row.step is not None and row.step.value == "home_visit"]
    visit = HomeVisit(visited_on=TODAY, visitors=("张三", "李四"), conclusion="属实", late_reason="无人在家")
    for case in fresh[:WORKED]:
        record(work, case, visit)
