"""Two lines that are verified together, worked by any sequence of deeds on a real encrypted file: what holds after each of them."""

from contextlib import ExitStack, suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from one_desk import ACCOUNT, CHEAP, SECRET, DeskClock, founded
from shipped import ORDER
from taizhang_casework.domain.answers import Given
from taizhang_casework.domain.case import Case, CaseId, Meets
from taizhang_casework.domain.findings import NotAccepted
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.machine import CaseState, case_state
from taizhang_casework.domain.monitoring import MonitoringStanding
from taizhang_casework.domain.monitoring_answers import MonitoringForm
from taizhang_casework.domain.people import HouseholdId, Relation
from taizhang_casework.domain.steps import (
    Closing,
    DataComparison,
    DemocraticReview,
    HomeVisit,
    MonitoredKind,
    PublicNotice,
    Record,
    Refusal,
    Reopening,
    ReviewForm,
    Step,
    SystemEntry,
)
from taizhang_casework.domain.warning import Channel
from taizhang_casework.domain.warning_draft import KnownHousehold, WarningDraft
from taizhang_casework.services.filing import freeze, preview
from taizhang_casework.services.intake import take_warning
from taizhang_casework.services.monitoring import MonitoredSheet, answer_monitoring, sheet_of
from taizhang_casework.services.new_household import own_household
from taizhang_casework.services.verification import Unsure, record
from taizhang_casework.services.work import Work
from taizhang_db import Holder, Passphrase, create_vault, open_vault

RECEIVED = date(2022, 4, 7)
MONTHS = (Month(2022, 4), Month(2022, 5))
RANK = {
    MonitoringStanding.WITHDRAWN: 0,
    MonitoringStanding.MONITORED: 1,
    MonitoringStanding.CLEARING: 2,
    MonitoringStanding.CLEARED: 3,
}
EXAMPLES = 6
"""Each has a vault of its own; a fault is looked for with many more."""
SECURED = ("schooling", "medical", "housing", "water")

lines = st.sampled_from([0, 1])
steps = st.sampled_from(Step) | st.just(Step.HOME_VISIT)
days = st.sampled_from([date(2022, 4, of) for of in (8, 12, 21, 25, 30)] + [date(2022, 5, of) for of in (5, 10, 11)])
visitors = st.sampled_from([("张三", "李四"), ("周志强", "孙晓梅")])


class PassingClock(DeskClock):
    """The desk's clock, which a rule puts on."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = timedelta()

    def today(self) -> date:
        return super().today() + self.passed


def good(step: Step, day: date, by: tuple[str, ...] = ("张三", "李四")) -> Record:
    """The step done well on that day, a notice posted on it."""
    match step:
        case Step.HOME_VISIT:
            return HomeVisit(visited_on=day, visitors=by, conclusion="情况属实", late_reason="封控")
        case Step.DEMOCRATIC_REVIEW:
            return DemocraticReview(
                held_on=day,
                form=ReviewForm.REPRESENTATIVES,
                expected=30,
                present=24,
                host="赵主任",
                recorder="钱会计",
                agree=24,
                against=0,
                abstain=0,
            )
        case Step.DATA_COMPARISON:
            return DataComparison(compared_on=day, authorised=("王建国", "王小明"))
        case Step.PUBLIC_NOTICE:
            hung = day + timedelta(days=5)
            return PublicNotice(posted_on=day, ended_on=hung, place="村务公开栏", overrun_reason="封控")
        case Step.SYSTEM_ENTRY:
            return SystemEntry(entered_on=day, household_number="3702150001", kind=MonitoredKind.BORDERLINE)


GOOD_DAYS = dict(zip(Step, (date(2022, 4, of) for of in (11, 12, 14, 15, 21)), strict=True))


class JoinedLines(RuleBasedStateMachine):
    """The desk of a town with one household and its two lines; each rule is a deed that somebody tries."""

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        folder = Path(self.open.enter_context(TemporaryDirectory()))
        secret = Passphrase(SECRET)
        create_vault(folder / "office", secret, holder=Holder(ACCOUNT.id, ACCOUNT.name), cost=CHEAP)
        self.clock = PassingClock()
        self.work: Work = founded(self.open.enter_context(open_vault(folder / "office", secret)), self.clock)
        draft = WarningDraft(
            channel=Channel.CADRE_SCREENING,
            source="村委",
            detail="家庭成员突发疾病",
            name="王建国",
            id_number="",
            village_code="370215001207",
            received_on=RECEIVED,
        )
        first = take_warning(self.work, draft).case
        own_household(self.work, first)
        self.household = self.of_household(first)
        house = KnownHousehold(household=self.household, relation=Relation.CHILD)
        joined = msgspec.structs.replace(draft, name="王小明", house=house, together_with=first)
        self.lines = (first, take_warning(self.work, joined).case)
        self.frozen: set[Month] = set()

    def teardown(self) -> None:
        self.open.close()

    @initialize(count=st.sampled_from([1, 3, 5, 5, 5]), on=lines, passed=st.sampled_from([0, 10]))
    def some_steps_are_done(self, count: int, on: int, passed: int) -> None:
        self.clock.passed = timedelta(days=passed)
        for step in list(Step)[:count]:
            self.tries(on, good(step, GOOD_DAYS[step]))

    @rule(on=lines, most=st.sampled_from([1, 5]))
    def what_is_due(self, on: int, most: int) -> None:
        state = self.state(on)
        for step in [each for each in state.order if each not in state.done][:most]:
            self.tries(on, good(step, GOOD_DAYS[step]))

    @rule(on=lines, step=steps, day=days, by=visitors)
    def a_correction(self, on: int, step: Step, day: date, by: tuple[str, ...]) -> None:
        self.tries(on, good(step, day, by))

    @rule(on=lines, at=steps, day=days)
    def a_refusal(self, on: int, at: Step, day: date) -> None:
        self.tries(on, Refusal(decided_on=day, at=at, reason="not_so"))

    @rule(on=lines, back_to=steps, day=days)
    def a_reopening(self, on: int, back_to: Step, day: date) -> None:
        self.tries(on, Reopening(reopened_on=day, back_to=back_to, why="核实有误"))

    @rule(on=lines, day=days)
    def a_closing(self, on: int, day: date) -> None:
        self.tries(on, Closing(closed_on=day))

    @rule(on=lines, reopened_on=days, closed_on=days)
    def a_line_is_reopened_and_ended_again(self, on: int, reopened_on: date, closed_on: date) -> None:
        self.a_reopening(on, Step.SYSTEM_ENTRY, reopened_on)
        self.what_is_due(on, len(Step))
        self.a_closing(on, closed_on)

    @rule()
    def a_visit_for_clearing(self) -> None:
        sheet = self.monitored()
        if sheet is None:
            return
        answers: Given = {
            "visited_on": date(2022, 4, 29),
            "visitors": ("孙晓梅", "周志强"),
            "stable_since": date(2021, 10, 1),
            "income": "above",
            "secured": SECURED,
            "conclusion": "收入稳定",
        }
        kept, form = sheet.monitored.id, MonitoringForm.CLEARING_VISIT
        with suppress(NotAccepted):
            said = answer_monitoring(self.work, kept, form, answers)
            if isinstance(said, Unsure):
                answer_monitoring(self.work, kept, form, answers, seen=said.notes)

    @rule(month=st.sampled_from(MONTHS))
    def a_month_is_frozen(self, month: Month) -> None:
        with suppress(NotAccepted):
            freeze(self.work, month)
            self.frozen.add(month)

    @rule()
    def ten_days_pass(self) -> None:
        self.clock.passed = timedelta(days=10)

    def tries(self, on: int, content: Record) -> None:
        """Write it down unless the rules refuse it; nothing but a reopening lowers how the household stands."""
        before = self.rank()
        with suppress(NotAccepted):
            record(self.work, self.lines[on], content)
            event(f"{type(content).__name__} written")
        assert self.rank() >= before or isinstance(content, Reopening)

    @invariant()
    def the_household_is_recognised_exactly_while_a_line_says_yes(self) -> None:
        says = {self.state(on).meets for on in (0, 1)}
        assert len(says) == 1, "lines that are verified together say the same"
        assert (self.rank() > 0) == (says == {Meets.YES})

    @invariant()
    def the_difference_of_a_frozen_month_is_shown_where_its_lines_differ(self) -> None:
        with self.work.store.reading() as desk:
            for month in self.frozen:
                found = preview(self.work, desk, month)
                assert found.latest is not None
                then = {line.case: line for line in found.latest.lines}
                now = {line.case: line for line in found.lines}
                differ = {case for case in then | now if then.get(case) != now.get(case)}
                assert {each.field for each in found.changed} == differ
                assert found.unchanged == (not differ)

    @invariant()
    def a_month_tells_the_visit_that_counts(self) -> None:
        """Unless a reopening of a later month took it back only then."""
        with self.work.store.reading() as desk:
            for month in MONTHS:
                on = min(month.last_day, self.clock.today())
                for line in preview(self.work, desk, month).lines:
                    case = desk.cases.get(CaseId(line.case))
                    visit = case_state(case, ORDER).home_visit
                    counts = visit.visitors if visit is not None and visit.visited_on <= on else ()
                    assert line.verifiers == counts or any(day > on for day in reopened_on(case))

    @invariant()
    def no_line_is_closed_before_what_it_follows(self) -> None:
        for on in (0, 1):
            state = self.state(on)
            if state.closed_on is not None:
                decided = () if state.refusal is None else (state.refusal.day,)
                done = [each.day for each in state.done.values()]
                assert state.closed_on >= max([RECEIVED, *done, *decided, *reopened_on(self.case(on))[-1:]])

    def case(self, on: int) -> Case:
        with self.work.store.reading() as desk:
            return desk.cases.get(self.lines[on])

    def state(self, on: int) -> CaseState:
        return case_state(self.case(on), ORDER)

    def of_household(self, case: CaseId) -> HouseholdId:
        with self.work.store.reading() as desk:
            household = desk.cases.get(case).household
        assert household is not None
        return household

    def monitored(self) -> MonitoredSheet | None:
        with self.work.store.reading() as desk:
            return sheet_of(self.work, desk, self.household)

    def rank(self) -> int:
        """How far the household has come: 0 where it is not recognised."""
        sheet = self.monitored()
        return 0 if sheet is None else RANK[sheet.line.standing]


def reopened_on(case: Case) -> list[date]:
    """The days of the case's reopenings, in the order in which they were written down."""
    return [entry.record.reopened_on for entry in case.entries if isinstance(entry.record, Reopening)]


TestJoinedLines = JoinedLines.TestCase
TestJoinedLines.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=12, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
