"""What the rules say about a record before it is written down: everything at once, the overdue never blocking."""

from taizhang_casework.domain.begun_rules import against_beginning, check_begun
from taizhang_casework.domain.circumstances import ADULT_YEARS, Circumstances
from taizhang_casework.domain.comparison_rules import check_comparison, check_skip, unanswered_outcomes
from taizhang_casework.domain.correction_rules import check_correction, corrects_decided
from taizhang_casework.domain.findings import Finding, blank, note
from taizhang_casework.domain.machine import CaseState, begun_on, step_begun_by, step_of
from taizhang_casework.domain.notice_rules import check_notice, overrun, unanswered_notice
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.pack_keys import OTHER_REASON
from taizhang_casework.domain.review_rules import check_review, passed, unanswered_review
from taizhang_casework.domain.steps import (
    AuthorisationsAsked,
    Closing,
    ComparisonSent,
    ComparisonSkipped,
    DataComparison,
    DemocraticReview,
    GreenChannel,
    HomeVisit,
    NoticePosted,
    PublicNotice,
    Record,
    Refusal,
    Reopening,
    Step,
    SystemEntry,
)
from taizhang_casework.domain.visit_rules import check_home_visit, unanswered_sheet

__all__ = ["ADULT_YEARS", "Circumstances", "check_record", "overrun", "still_open"]


def check_record(record: Record, now: Circumstances) -> tuple[Finding, ...]:
    """Every finding about writing this record down now; those that block name what is missing or impossible."""
    afterwards = corrects_decided(record, now.state)
    place = check_correction(record, now) if afterwards else _place(record, now)
    return (*place, *_day(record, now), *_content(record, now))


def _place(record: Record, now: Circumstances) -> tuple[Finding, ...]:
    """Whether the case can take this kind of record at all (二（一）: the order of the steps)."""
    state = now.state
    if isinstance(record, Reopening):
        return _reopening_place(record, state)
    if state.closed_on is not None:
        return (Finding(field="", code="closed", says="本条已办结，如需更改请先重新打开"),)
    if isinstance(record, Closing):
        return ()
    if now.household is None and not isinstance(record, GreenChannel):
        return (Finding(field="", code="unmatched", says="请先确认预警信息是哪一户，再办理认定程序"),)
    if state.refusal is not None:
        return (Finding(field="", code="refused", says="本户已认定为不符合，如需继续请先重新打开"),)
    match record:
        case GreenChannel():
            return ()
        case Refusal():
            return _refusal_place(record, now)
        case _:
            begins = step_begun_by(record)
            return (*_step_place(step_of(record) or begins, now), *_begun_place(begins, now))


def _step_place(step: Step | None, now: Circumstances) -> tuple[Finding, ...]:
    """A step is done in its turn, or done again as a correction."""
    state = now.state
    if step is not None and step not in state.done and step is not state.current and state.current is not None:
        ahead, rule = now.pack.step(state.current), now.pack.step(step)
        return (
            Finding(field="", code="order", says=f"应先完成“{ahead.label}”，再办理“{rule.label}”", clause="二（一）"),
        )
    review = state.done.get(Step.DEMOCRATIC_REVIEW)
    if step is None or not isinstance(review, DemocraticReview) or Step.DEMOCRATIC_REVIEW not in state.before(step):
        return ()
    quorum = now.pack.quorum(review.form)
    if passed(review, quorum):
        return ()
    says = "民主评议没有通过，不能往下办：请认定为不符合，或者重新评议以后更正"
    return (Finding(field="", code="review_not_passed", says=says, clause=quorum.clause),)


def _begun_place(step: Step | None, now: Circumstances) -> tuple[Finding, ...]:
    """What is done is not begun again: it is corrected as a whole."""
    if step is None or step not in now.state.done:
        return ()
    says = f"“{now.pack.step(step).label}”已经办完，要更正请填写完整后保存"
    return (Finding(field="", code="done_already", says=says),)


def _refusal_place(record: Refusal, now: Circumstances) -> tuple[Finding, ...]:
    """不符合 is found before the entry into the national system, at a step that was come to."""
    state = now.state
    if Step.SYSTEM_ENTRY in state.done:
        return (Finding(field="", code="entered", says="已录入系统，如需改为不符合请先重新打开", clause="二（一）"),)
    if record.at in state.done or record.at is state.current:
        return ()
    says = f"还没有办到“{now.pack.step(record.at).label}”，请选择实际认定的环节"
    return (Finding(field="at", code="not_reached", says=says, clause="二（一）"),)


def _reopening_place(record: Reopening, state: CaseState) -> tuple[Finding, ...]:
    found = blank("why", "重新打开的原因", record.why)
    if state.refusal is None and state.closed_on is None and record.back_to not in state.done:
        found += (Finding(field="back_to", code="nothing_to_reopen", says="这一步还没有办理，无需重新打开"),)
    return found


def _day(record: Record, now: Circumstances) -> tuple[Finding, ...]:
    """Real dates only: never in the future, and an order of days that cannot be is said."""
    if record.day > now.today:
        return (
            Finding(field=record.day_field, code="future", says=f"{record.day.isoformat()}还没有到，请填写实际日期"),
        )
    return (*_after_earlier(record, now.state), *_before_later(record, now.state))


def _after_earlier(record: Record, state: CaseState) -> tuple[Finding, ...]:
    """A step that begins, or a refusal that falls, before a step that was done before it."""
    if isinstance(record, AuthorisationsAsked):
        return ()
    if isinstance(record, Refusal):
        earlier = list(state.done.values())
    else:
        step = step_of(record) or step_begun_by(record)
        earlier = [] if step is None else [state.done[each] for each in state.before(step) if each in state.done]
    before = max((other.day for other in earlier), default=None)
    if before is None or begun_on(record) >= before:
        return ()
    field = "posted_on" if isinstance(record, PublicNotice) else record.day_field
    says = f"早于上一步的日期{before.isoformat()}，请核对"
    return (Finding(field=field, code="before_earlier_step", says=says, clause="二（一）", blocks=False),)


def _before_later(record: Record, state: CaseState) -> tuple[Finding, ...]:
    """A step that is corrected to a day after a step that was done after it."""
    step = step_of(record)
    if step is None:
        return ()
    passed = {step, *state.before(step)}
    after = min((begun_on(other) for each, other in state.done.items() if each not in passed), default=None)
    if after is None or record.day <= after:
        return ()
    says = f"晚于下一步的日期{after.isoformat()}，请核对"
    return (Finding(field=record.day_field, code="after_later_step", says=says, clause="二（一）", blocks=False),)


def _content(record: Record, now: Circumstances) -> tuple[Finding, ...]:
    match record:
        case HomeVisit():
            found = check_home_visit(record, now)
        case DemocraticReview():
            found = check_review(record, now)
        case DataComparison():
            found = (*check_comparison(record, now), *against_beginning(record, now))
        case ComparisonSkipped():
            found = check_skip(record)
        case PublicNotice():
            found = (*check_notice(record, now), *against_beginning(record, now))
        case NoticePosted() | AuthorisationsAsked() | ComparisonSent():
            found = check_begun(record, now)
        case SystemEntry():
            found = blank("household_number", "国家系统户编号", record.household_number)
        case Refusal():
            found = _refusal(record, now.pack)
        case GreenChannel():
            found = _green(record, now)
        case _:
            found = ()
    return found


def still_open(record: Record, now: Circumstances) -> tuple[Finding, ...]:
    """What a form that asks everything left open. Asked of what is written down now, never of what was stored before."""
    match record:
        case HomeVisit():
            return unanswered_sheet(record, now)
        case DemocraticReview():
            return unanswered_review(record)
        case DataComparison():
            return unanswered_outcomes(record, now.pack)
        case PublicNotice():
            return unanswered_notice(record)
        case _:
            return ()


def _refusal(record: Refusal, pack: RegulationPack) -> tuple[Finding, ...]:
    if record.reason not in {entry.key for entry in pack.refusal_reasons}:
        return (Finding(field="reason", code="no_reason", says="请选择不符合认定标准的主要原因", clause="附件2"),)
    if record.reason == OTHER_REASON:
        return blank("explanation", "具体原因", record.explanation)
    return ()


def _green(record: GreenChannel, now: Circumstances) -> tuple[Finding, ...]:
    """绿色通道 rests on its ground, on who recognised it, and on help that was given (二（三）)."""
    found = (
        *blank("ground", "事由", record.ground),
        *blank("recognised_by", "认可的人员或会议", record.recognised_by),
        *blank("help_given", "先行帮扶内容", record.help_given),
    )
    if record.kind and record.kind not in {entry.key for entry in now.pack.green_grounds}:
        found += (Finding(field="kind", code="unknown_word", says="请选择绿色通道的情形", clause="二（三）"),)
    if record.helped_on is not None and record.helped_on > now.today:
        says = f"{record.helped_on.isoformat()}还没有到，请填写实际日期"
        found += (Finding(field="helped_on", code="future", says=says),)
    elif record.helped_on is not None and record.helped_on < now.case.warning.received_on:
        found += (note("helped_on", "before_received", "早于收到预警信息的日期，请核对"),)
    return found
