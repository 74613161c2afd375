"""The step machine, walked forwards and backwards."""

from collections.abc import Callable
from datetime import date

import pytest
from shipped import ORDER
from taizhang_casework.domain.case import Case, Meets
from taizhang_casework.domain.machine import StepMark, case_state
from taizhang_casework.domain.steps import (
    Closing,
    ComparisonSkipped,
    GreenChannel,
    HomeVisit,
    Record,
    Refusal,
    Reopening,
    SkipGround,
    Step,
)

Maker = Callable[..., Case]
Records = tuple[Record, ...]


@pytest.mark.parametrize("count", range(6))
def test_each_record_in_the_notices_order_leads_to_the_next_step(
    count: int, case_with: Maker, five_records: Records
) -> None:
    state = case_state(case_with(*five_records[:count]), ORDER)
    assert state.current is (None if count == 5 else list(Step)[count])
    assert len(state.done) == count


def test_a_case_is_undecided_until_the_entry_into_the_national_system(case_with: Maker, five_records: Records) -> None:
    assert case_state(case_with(*five_records[:4]), ORDER).meets is Meets.UNDECIDED
    assert case_state(case_with(*five_records), ORDER).meets is Meets.YES


@pytest.mark.parametrize("at", range(5), ids=[step.value for step in Step])
def test_a_household_can_be_refused_at_any_step(at: int, case_with: Maker, five_records: Records) -> None:
    refusal = Refusal(decided_on=date(2022, 4, 25), at=list(Step)[at], reason="income_above")
    state = case_state(case_with(*five_records[:at], refusal), ORDER)
    assert state.meets is Meets.NO
    assert state.current is None
    assert all(state.mark(step) is StepMark.NOT_NEEDED for step in list(Step)[at:])


@pytest.mark.parametrize("back_to", list(Step), ids=[step.value for step in Step])
def test_reopening_sets_aside_everything_from_its_step_on(
    back_to: Step, case_with: Maker, five_records: Records
) -> None:
    reopening = Reopening(reopened_on=date(2022, 5, 6), back_to=back_to, why="补充材料")
    state = case_state(case_with(*five_records, Closing(closed_on=date(2022, 4, 30)), reopening), ORDER)
    assert state.current is back_to
    assert state.closed_on is None
    assert list(state.done) == list(Step)[: list(Step).index(back_to)]


def test_reopening_a_refusal_takes_the_case_up_again(case_with: Maker, five_records: Records) -> None:
    refusal = Refusal(decided_on=date(2022, 4, 13), at=Step.DATA_COMPARISON, reason="income_above")
    reopening = Reopening(reopened_on=date(2022, 4, 15), back_to=Step.DATA_COMPARISON, why="复核")
    state = case_state(case_with(*five_records[:2], refusal, reopening), ORDER)
    assert state.meets is Meets.UNDECIDED
    assert state.current is Step.DATA_COMPARISON


def test_a_step_recorded_again_replaces_the_earlier_record(case_with: Maker, five_records: Records) -> None:
    corrected = HomeVisit(visited_on=date(2022, 4, 12), visitors=("张三", "赵六"), conclusion="更正")
    state = case_state(case_with(*five_records[:2], corrected), ORDER)
    assert state.home_visit == corrected
    assert state.current is Step.DATA_COMPARISON


def test_a_skipped_comparison_counts_as_done_and_shows_as_skipped(case_with: Maker, five_records: Records) -> None:
    skip = ComparisonSkipped(
        skipped_on=date(2022, 4, 13),
        ground=SkipGround.SUBSISTENCE_ALLOWANCE,
        earlier_on=date(2022, 1, 10),
        earlier_document="比对结果〔2022〕3号",
    )
    state = case_state(case_with(*five_records[:2], skip), ORDER)
    assert state.mark(Step.DATA_COMPARISON) is StepMark.SKIPPED
    assert state.current is Step.PUBLIC_NOTICE


def test_the_green_channel_owes_every_step_until_it_is_done(case_with: Maker, five_records: Records) -> None:
    green = GreenChannel(opened_on=date(2022, 4, 8), ground="火灾", recognised_by="村民代表", help_given="临时救助")
    assert case_state(case_with(green), ORDER).owed == tuple(Step)
    assert case_state(case_with(green, *five_records[:3]), ORDER).owed == (Step.PUBLIC_NOTICE, Step.SYSTEM_ENTRY)
    assert case_state(case_with(green, *five_records), ORDER).owed == ()


def test_a_pack_may_order_the_steps_otherwise(case_with: Maker, five_records: Records) -> None:
    order = (Step.DATA_COMPARISON, Step.HOME_VISIT, Step.DEMOCRATIC_REVIEW, Step.PUBLIC_NOTICE, Step.SYSTEM_ENTRY)
    assert case_state(case_with(), order).current is Step.DATA_COMPARISON
    assert case_state(case_with(five_records[2]), order).current is Step.HOME_VISIT


def test_the_day_of_closing_is_kept(case_with: Maker, five_records: Records) -> None:
    assert case_state(case_with(*five_records), ORDER).closed_on is None
    assert case_state(case_with(*five_records, Closing(closed_on=date(2022, 4, 30))), ORDER).closed_on == date(
        2022, 4, 30
    )
