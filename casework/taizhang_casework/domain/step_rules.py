"""What the rules say about a record before it is written down: everything at once, the overdue never blocking."""

from datetime import date, timedelta
from functools import cached_property

import msgspec

from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import Case
from taizhang_casework.domain.clocks import deadline
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.machine import CaseState, case_state, step_of
from taizhang_casework.domain.pack import ClockKey, QuorumRule, RegulationPack
from taizhang_casework.domain.people import Household
from taizhang_casework.domain.steps import (
    Closing,
    ComparisonSkipped,
    DataComparison,
    DemocraticReview,
    GreenChannel,
    HomeVisit,
    PublicNotice,
    Record,
    Refusal,
    Reopening,
    Step,
    SystemEntry,
)

ADULT_YEARS = 18


class Circumstances(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What a rule may look at beside the record: the case, its household (None: not matched), pack, calendar, and the day."""

    case: Case
    household: Household | None
    pack: RegulationPack
    calendar: WorkCalendar
    today: date

    @cached_property
    def state(self) -> CaseState:
        """The case as it stands under the pack's order of steps."""
        return case_state(self.case, self.pack.order)


def check_record(record: Record, now: Circumstances) -> tuple[Finding, ...]:
    """Every finding about writing this record down now; those that block name what is missing or impossible."""
    return (*_place(record, now), *_day(record, now), *_content(record, now))


def _blank(field: str, label: str, text: str) -> tuple[Finding, ...]:
    if text.strip():
        return ()
    return (Finding(field=field, code="blank", says=f"请填写{label}"),)


def _place(record: Record, now: Circumstances) -> tuple[Finding, ...]:
    """Whether the case can take this kind of record at all (二（一）: the order of the steps)."""
    state = now.state
    if isinstance(record, Reopening):
        return _reopening_place(record, state)
    if state.closed_on is not None:
        return (Finding(field="", code="closed", says="本条已办结，如需更改请先重新打开"),)
    if isinstance(record, Closing | GreenChannel):
        return ()
    if now.household is None:
        return (Finding(field="", code="unmatched", says="请先确认预警信息是哪一户，再办理认定程序"),)
    if state.refusal is not None:
        return (Finding(field="", code="refused", says="本户已认定为不符合，如需继续请先重新打开"),)
    return _step_place(step_of(record), now)


def _step_place(step: Step | None, now: Circumstances) -> tuple[Finding, ...]:
    """A step is done in its turn, or done again as a correction."""
    state = now.state
    if step is not None and step not in state.done and step is not state.current and state.current is not None:
        ahead, rule = now.pack.step(state.current), now.pack.step(step)
        return (
            Finding(field="", code="order", says=f"应先完成“{ahead.label}”，再办理“{rule.label}”", clause="二（一）"),
        )
    return ()


def _reopening_place(record: Reopening, state: CaseState) -> tuple[Finding, ...]:
    found = _blank("why", "重新打开的原因", record.why)
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
    if isinstance(record, Refusal):
        earlier = list(state.done.values())
    else:
        step = step_of(record)
        earlier = [] if step is None else [state.done[each] for each in state.before(step) if each in state.done]
    before = max((other.day for other in earlier), default=None)
    if before is None or _begun(record) >= before:
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
    after = min((_begun(other) for each, other in state.done.items() if each not in passed), default=None)
    if after is None or record.day <= after:
        return ()
    says = f"晚于下一步的日期{after.isoformat()}，请核对"
    return (Finding(field=record.day_field, code="after_later_step", says=says, clause="二（一）", blocks=False),)


def _begun(record: Record) -> date:
    return record.posted_on if isinstance(record, PublicNotice) else record.day


def _content(record: Record, now: Circumstances) -> tuple[Finding, ...]:
    match record:
        case HomeVisit():
            found = _home_visit(record, now)
        case DemocraticReview():
            found = _review(record, now.pack.quorum(record.form))
        case DataComparison():
            found = _comparison(record, now)
        case ComparisonSkipped():
            found = _skip(record)
        case PublicNotice():
            found = _notice(record, now)
        case SystemEntry():
            found = _blank("household_number", "国家系统户编号", record.household_number)
        case Refusal():
            found = _refusal(record, now.pack)
        case GreenChannel():
            found = _green(record)
        case _:
            found = ()
    return found


def _home_visit(record: HomeVisit, now: Circumstances) -> tuple[Finding, ...]:
    found = _blank("conclusion", "核实结论", record.conclusion)
    names = {name.strip() for name in record.visitors if name.strip()}
    least = now.pack.verifiers_at_least
    if len(names) < least:
        found += (
            Finding(
                field="visitors", code="too_few_visitors", says=f"入户核实须有{least}名以上核查人员，现有{len(names)}名"
            ),
        )
    if record.visited_on < now.case.warning.received_on:
        found += (
            Finding(field="visited_on", code="before_received", says="早于收到预警信息的日期，请核对", blocks=False),
        )
    due = deadline(now.pack.clock(ClockKey.HOME_VISIT), now.case.warning.received_on, now.calendar)
    if record.visited_on > due.due and not record.late_reason.strip():
        found += (
            Finding(
                field="late_reason",
                code="late_without_reason",
                says=f"入户核实应在{due.due.isoformat()}前完成，已超期，请如实填写原因",
                clause=due.clause,
                blocks=False,
            ),
        )
    return found


def _review(record: DemocraticReview, rule: QuorumRule) -> tuple[Finding, ...]:
    found = (*_blank("host", "主持人", record.host), *_blank("recorder", "记录人", record.recorder))
    if record.expected <= 0 or record.present <= 0 or record.present > record.expected:
        found += (Finding(field="present", code="bad_attendance", says="实到人数须大于0且不多于应到人数"),)
    if (
        min(record.agree, record.against, record.abstain) < 0
        or record.agree + record.against + record.abstain != record.present
    ):
        found += (Finding(field="agree", code="bad_votes", says="同意、不同意、弃权之和应等于实到人数"),)
    if found:
        return found
    if record.present * rule.present[1] < record.expected * rule.present[0]:
        share = f"{rule.present[1]}分之{rule.present[0]}"
        found += (
            Finding(
                field="present",
                code="no_quorum",
                says=f"{rule.label}到会人数不足{share}，评议无效，请重新召开",
                clause=rule.clause,
                blocks=rule.blocks,
            ),
        )
    if record.agree * rule.agree[1] <= record.present * rule.agree[0]:
        share = f"{rule.agree[1]}分之{rule.agree[0]}"
        found += (
            Finding(
                field="agree",
                code="not_agreed",
                says=f"同意人数未超过到会人数的{share}，评议未通过",
                clause=rule.clause,
                blocks=rule.blocks,
            ),
        )
    return found


def _comparison(record: DataComparison, now: Circumstances) -> tuple[Finding, ...]:
    found: tuple[Finding, ...] = ()
    if not any(name.strip() for name in record.authorised):
        found += (
            Finding(field="authorised", code="no_authorisation", says="请填写已签承诺授权书的人员，未授权不得比对"),
        )
    elif now.household is not None:
        signed = {name.strip() for name in record.authorised}
        missing = [member.name for member in now.household.members_on(record.compared_on) if member.name not in signed]
        if missing:
            found += (
                Finding(
                    field="authorised",
                    code="not_all_authorised",
                    says=f"{'、'.join(missing)}未列入授权名单；成年家庭成员须先签授权书",
                    blocks=False,
                ),
            )
    for doubt in record.doubts:
        if not doubt.explanation.strip():
            found += (
                Finding(field="doubts", code="doubt_unexplained", says=f"{doubt.person}的{doubt.item}疑点尚未说明"),
            )
    return found


def _skip(record: ComparisonSkipped) -> tuple[Finding, ...]:
    found = _blank("earlier_document", "以前比对的文书或编号", record.earlier_document)
    if record.earlier_on > record.skipped_on:
        found += (
            Finding(field="earlier_on", code="later_comparison", says="以前比对的日期不应晚于今次", clause="二（三）"),
        )
    return found


def _notice(record: PublicNotice, now: Circumstances) -> tuple[Finding, ...]:
    found = _blank("place", "公示地点", record.place)
    last = deadline(now.pack.clock(ClockKey.PUBLIC_NOTICE), record.posted_on, now.calendar)
    if record.ended_on < last.due:
        found += (
            Finding(
                field="ended_on",
                code="ended_early",
                says=f"公示期到{last.due.isoformat()}才满，不能提前结束",
                clause=last.clause,
            ),
        )
    if record.objections.strip() and not record.settled.strip():
        found += (Finding(field="settled", code="objection_unsettled", says="公示期间有异议，请填写处理情况"),)
    return found + overrun(record, now)


def overrun(record: PublicNotice, now: Circumstances) -> tuple[Finding, ...]:
    """认定 longer than 15 days from the home visit to the end of 公示 (二（二）, 原则上): allowed, said, and asked why."""
    visit = now.state.home_visit
    if visit is None or record.overrun_reason.strip():
        return ()
    limit = deadline(now.pack.clock(ClockKey.RECOGNITION), visit.visited_on, now.calendar)
    if record.ended_on <= limit.due:
        return ()
    days = (record.ended_on - visit.visited_on) // timedelta(days=1)
    return (
        Finding(
            field="overrun_reason",
            code="overrun_without_reason",
            says=f"自入户核实到公示结束共{days}天，超过期限（{limit.due.isoformat()}），请如实填写原因",
            clause=limit.clause,
            blocks=False,
        ),
    )


def _refusal(record: Refusal, pack: RegulationPack) -> tuple[Finding, ...]:
    if record.reason not in {entry.key for entry in pack.refusal_reasons}:
        return (Finding(field="reason", code="no_reason", says="请选择不符合认定标准的主要原因", clause="附件2"),)
    if record.reason == "other":
        return _blank("explanation", "具体原因", record.explanation)
    return ()


def _green(record: GreenChannel) -> tuple[Finding, ...]:
    return (
        *_blank("ground", "事由", record.ground),
        *_blank("recognised_by", "认可的人员或会议", record.recognised_by),
        *_blank("help_given", "先行帮扶内容", record.help_given),
    )
