"""What a case owes next and by when: the day that the clocks say."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import Case, CaseId, PackId
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.clocks import forecast
from taizhang_casework.domain.day_words import day_words
from taizhang_casework.domain.duties import DutyKind
from taizhang_casework.domain.duty_rules import duty_of
from taizhang_casework.domain.pack_loading import shipped_pack
from taizhang_casework.domain.people import Household, HouseholdId
from taizhang_casework.domain.steps import Entry, HomeVisit
from taizhang_casework.domain.warning import Channel, Warning, WarningId

PACK = shipped_pack(PackId("jimo-2022-1"))
CALENDAR = WorkCalendar()


def visited(received: date, on: date) -> Circumstances:
    warning = Warning(
        id=WarningId("w1"),
        channel=Channel.DEPARTMENT,
        source="医保局",
        detail="自费超过2万元",
        name="王秀英",
        id_number="",
        town_code="370215001",
        village_code="370215001215",
        received_on=received,
    )
    visit = HomeVisit(visited_on=on, visitors=("张三", "李四"), conclusion="属实")
    entry = Entry(recorded_at=datetime(2026, 6, 15, 9, tzinfo=UTC), recorded_by="李明", record=visit)
    household = Household(id=HouseholdId("h1"), village_code=warning.village_code, memberships=())
    case = Case(
        id=CaseId("c1"), warning=warning, opened_on=received, pack=PACK.id, household=household.id, entries=(entry,)
    )
    return Circumstances(case=case, household=household, pack=PACK, calendar=CALENDAR, today=on)


@given(received=st.dates(date(2019, 1, 1), date(2028, 1, 1)), waited=st.integers(0, 30))
def test_after_the_visit_a_case_owes_the_posting_on_the_day_that_the_forecast_says(received: date, waited: int) -> None:
    on = received + timedelta(days=waited)

    duty = duty_of(visited(received, on), None)

    seen = forecast(PACK, received, CALENDAR, visited_on=on)
    assert duty is not None
    assert (duty.kind, duty.due, duty.estimated) == (DutyKind.STEP, seen.post_by, seen.limit.estimated)
    assert duty.because == (f"公示须满5天，最迟{day_words(seen.post_by, on)}张贴；{seen.limit.says_on(on)}")
