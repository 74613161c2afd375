"""更正已办结、已认定为不符合的: a step is set right afterwards with its reason, as long as nothing that was decided on it changes.

What would change the outcome (符合, 不符合, 办结) is no correction: the case is reopened for it, and goes its way again (二（一）).
"""

import msgspec

from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.closing_check import closing_check
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.machine import CaseState, step_of
from taizhang_casework.domain.steps import Entry, Record, Step, SystemEntry

WHY = "correction_reason"
"""The name in code of the answer that gives the reason."""
MOST_CHARACTERS = 300
"""So long a reason at most."""


def corrects_decided(record: Record, state: CaseState) -> bool:
    """Whether the record sets a step right on which the case was closed or refused."""
    step = step_of(record)
    return step is not None and step in state.done and decided(state)


def decided(state: CaseState) -> bool:
    """Whether the case is closed or refused."""
    return state.closed_on is not None or state.refusal is not None


def check_correction(record: Record, now: Circumstances) -> tuple[Finding, ...]:
    """What keeps such a correction from being written: no reason, or an outcome that would not stand as it is."""
    return (*_reason(now), *_outcome(record, now))


def _reason(now: Circumstances) -> tuple[Finding, ...]:
    why = now.why.strip()
    if len(why) > MOST_CHARACTERS:
        return (Finding(field=WHY, code="too_long", says=f"更正原因最多{MOST_CHARACTERS}个字"),)
    if why:
        return ()
    if now.state.closed_on is not None:
        says = "本条已办结，更正要写明原因；结果或办结日期要改的，请先重新打开"
        return (Finding(field=WHY, code="closed", says=says),)
    says = "本户已认定为不符合，更正要写明原因；结果要改的，请先重新打开"
    return (Finding(field=WHY, code="refused", says=says),)


def _outcome(record: Record, now: Circumstances) -> tuple[Finding, ...]:
    state = now.state
    found: list[Finding] = []
    if state.closed_on is not None and record.day > state.closed_on:
        found.append(_reopen(record.day_field, f"晚于办结日期{state.closed_on.isoformat()}，办结要重新办"))
    if state.refusal is not None and record.day > state.refusal.decided_on:
        decided_on = state.refusal.decided_on.isoformat()
        found.append(_reopen(record.day_field, f"晚于认定为不符合的日期{decided_on}，认定要重新办"))
    entered = state.done.get(Step.SYSTEM_ENTRY)
    if isinstance(record, SystemEntry) and isinstance(entered, SystemEntry) and record.kind is not entered.kind:
        found.append(_reopen("kind", "监测对象类型是认定的结果，改了认定要重新办"))
    return (*found, *(_closing(record, now) if state.closed_on is not None else ()))


def _closing(record: Record, now: Circumstances) -> tuple[Finding, ...]:
    """What the closing would ask for that it did not ask for before."""
    entry = Entry(recorded_at=now.case.entries[-1].recorded_at, recorded_by="", record=record)
    case = msgspec.structs.replace(now.case, entries=(*now.case.entries, entry))
    then = Circumstances(
        case=case, household=now.household, pack=now.pack, calendar=now.calendar, today=now.today, attached=now.attached
    )
    before = {(finding.field, finding.code) for finding in closing_check(now, None)}
    return tuple(each for each in closing_check(then, None) if (each.field, each.code) not in before)


def _reopen(field: str, because: str) -> Finding:
    return Finding(field=field, code="reopen_first", says=f"{because}，请先点“重新打开…”", clause="二（一）")
