"""闭环检查: everything that a case still lacks before it can be closed, all at once (二（一）: 从发现到办结形成工作闭环)."""

from taizhang_casework.domain.case import Meets
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.machine import CaseState
from taizhang_casework.domain.notice_rules import overrun
from taizhang_casework.domain.steps import Closing, Step
from taizhang_casework.domain.visit_rules import passed_limit


def closing_check(now: Circumstances, letter: Letter | None) -> tuple[Finding, ...]:
    """What is missing, in the order in which the clerk would mend it; empty when the loop is shut."""
    state = now.state
    return (*_household(now), *_decision(now, state), *_clocks(now, state), *answer_check(now, letter))


def closing_day_check(closing: Closing, now: Circumstances, letter: Letter | None) -> tuple[Finding, ...]:
    """办结 is the last deed: a line closed before it came would stand in no month's ledger. Today always holds."""
    state = now.state
    days = [now.case.warning.received_on, *(record.day for record in state.done.values())]
    days += [each.day for each in (state.refusal, state.green, state.reopening) if each is not None]
    if letter is not None and letter.answering(state):
        days += [letter.notice.dated, *([min(each.at.date() for each in letter.prints)] if letter.prints else [])]
        days += [] if letter.delivery is None else [letter.delivery.delivered_on]
        days += [] if letter.return_visit is None else [letter.return_visit.visited_on]
    last = max(days)
    if closing.closed_on >= last:
        return ()
    says = f"办结日期不能早于最后一项办理的日期{last.isoformat()}"
    return (Finding(field=closing.day_field, code="before_last_deed", says=says, clause="二（一）"),)


def _household(now: Circumstances) -> tuple[Finding, ...]:
    if now.household is None:
        return (Finding(field="household", code="unmatched", says="尚未确认是哪一户"),)
    if now.household.head_on(now.today) is None:
        return (Finding(field="household", code="no_head", says="本户没有户主，附件2无法填写", clause="附件2"),)
    return ()


def _decision(now: Circumstances, state: CaseState) -> tuple[Finding, ...]:
    verified: tuple[Finding, ...] = ()
    if state.home_visit is None:
        verified = (Finding(field="home_visit", code="not_visited", says="尚未入户核实", clause="一（三）1"),)
    if state.meets is not Meets.UNDECIDED:
        return verified
    missing = tuple(
        Finding(field=rule.step.value, code="step_missing", says=f"尚未完成{rule.label}", clause=rule.clause)
        for rule in now.pack.steps
        if rule.step not in state.done and rule.step is not Step.HOME_VISIT
    )
    undecided = Finding(field="meets", code="undecided", says="尚未确定是否符合认定标准", clause="附件2")
    return (*verified, *missing, undecided)


def _clocks(now: Circumstances, state: CaseState) -> tuple[Finding, ...]:
    found: list[Finding] = []
    visit = state.home_visit
    due = None if visit is None else passed_limit(visit, now)
    if due is not None:
        says = f"入户核实超过期限（{due.due.isoformat()}），须说明原因"
        found.append(Finding(field="late_reason", code="late_without_reason", says=says, clause=due.clause))
    if state.public_notice is not None:
        found += [
            Finding(field=late.field, code=late.code, says=late.says, clause=late.clause)
            for late in overrun(state.public_notice, now)
        ]
    return tuple(found)


def answer_check(now: Circumstances, letter: Letter | None) -> tuple[Finding, ...]:
    """What is missing of the answer: refused 自主申报户 and 信访户 are written to and visited again (一（三）2, 附件2)."""
    state = now.state
    rule = now.pack.channel(now.case.warning.channel)
    if state.meets is not Meets.NO or not rule.answered:
        return ()
    clause = "一（三）2"
    if letter is None or not letter.answering(state):
        return (Finding(field="letter", code="no_letter", says="尚未出具书面告知书", clause=clause),)
    found: list[Finding] = []
    if not letter.prints:
        found.append(Finding(field="letter", code="not_printed", says="告知书尚未打印", clause=clause))
    if letter.delivery is None:
        found.append(Finding(field="letter", code="not_delivered", says="告知书尚未送达", clause=clause))
    if letter.return_visit is None:
        found.append(Finding(field="letter", code="not_visited_again", says="尚未回访", clause=clause))
    return tuple(found)
