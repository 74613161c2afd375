"""Days of one case that contradict each other, all at once; none of it blocks: real days are kept as they were (三（四） 弄虚作假)."""

from datetime import date

import msgspec

from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.machine import CaseState, begun_on
from taizhang_casework.domain.steps import Closing, ComparisonSkipped, Refusal, Reopening

CLAUSE = "二（一）"


class _Deed(msgspec.Struct, frozen=True):
    """One thing done: the form in which its day stands, its name, when it began and when it was over."""

    field: str
    name: str
    began: date
    ended: date


def contradictions(now: Circumstances, letter: Letter | None) -> tuple[Finding, ...]:
    """Every deed that says it was done before one that must come before it, and every day that has not come yet.

    ``field`` names the form in which the day stands (as ``Finding.field`` of the closing check does); each deed is told once,
    against the latest of those that it should have followed.
    """
    state = now.state
    received = _Deed("received_on", "收到预警信息", now.case.warning.received_on, now.case.warning.received_on)
    steps = _steps(now, state)
    order: list[_Deed] = [received, *steps]
    found = [_application(now, received), *(_against(deed, order[:at]) for at, deed in enumerate(order))]
    if state.green is not None:
        day = state.green.opened_on
        found.append(_against(_Deed("green_channel", "启动绿色通道", day, day), [received]))
    order += _decision(state)
    found += [_against(deed, order[: order.index(deed)]) for deed in _decision(state)]
    for deed in _letter(letter, state):
        found.append(_against(deed, order))
        order.append(deed)
    closing = _closing(now)
    if closing is not None:
        found.append(_against(closing, [*order, *_last_reopened(state)]))
        order.append(closing)
    ahead = [_ahead(deed, now.today) for deed in order if deed.ended > now.today]
    skipped = next((each for each in state.done.values() if isinstance(each, ComparisonSkipped)), None)
    cited = () if skipped is None else _cited(skipped)
    return (*(each for each in found if each is not None), *cited, *_reopenings(now), *ahead)


def _application(now: Circumstances, received: _Deed) -> Finding | None:
    """An application after its receipt: the letter of 一（三）2 names its day.

    One long before it contradicts nothing: it may be true, and the year is asked for where it is typed.
    """
    applied_on = now.case.warning.applied_on
    if applied_on is None or applied_on <= received.began:
        return None
    says = f"申请日期（{applied_on.isoformat()}）晚于{received.name}（{received.began.isoformat()}），请核对"
    return Finding(field="applied_on", code="after_receipt", says=says, blocks=False)


def _steps(now: Circumstances, state: CaseState) -> list[_Deed]:
    done = [(step, state.done[step]) for step in state.order if step in state.done]
    return [_Deed(step.value, now.pack.step(step).label, begun_on(record), record.day) for step, record in done]


def _decision(state: CaseState) -> list[_Deed]:
    if state.refusal is None:
        return []
    day = state.refusal.decided_on
    return [_Deed("refusal", "认定为不符合", day, day)]


def _letter(letter: Letter | None, state: CaseState) -> list[_Deed]:
    if letter is None or not letter.answering(state):
        return []
    dated = letter.notice.dated
    deeds = [_Deed("letter", "出具告知书", dated, dated)]
    if letter.prints:
        first = min(each.at.date() for each in letter.prints)
        deeds.append(_Deed("letter", "打印告知书", first, first))
    if letter.delivery is not None:
        deeds.append(_Deed("delivery", "送达", letter.delivery.delivered_on, letter.delivery.delivered_on))
    if letter.return_visit is not None:
        deeds.append(_Deed("return_visit", "回访", letter.return_visit.visited_on, letter.return_visit.visited_on))
    return deeds


def _closing(now: Circumstances) -> _Deed | None:
    closed = now.state.closed_on
    return None if closed is None else _Deed("closing", "办结", closed, closed)


def _last_reopened(state: CaseState) -> list[_Deed]:
    if state.reopening is None:
        return []
    day = state.reopening.reopened_on
    return [_Deed("reopening", "重新打开", day, day)]


def _against(deed: _Deed, before: list[_Deed]) -> Finding | None:
    late = [each for each in before if each.ended > deed.began]
    if not late:
        return None
    last = max(late, key=lambda each: each.ended)
    says = f"{deed.name}（{deed.began.isoformat()}）早于{last.name}（{last.ended.isoformat()}），请核对"
    return Finding(field=deed.field, code="before_earlier", says=says, clause=CLAUSE, blocks=False)


def _ahead(deed: _Deed, today: date) -> Finding:
    says = f"{deed.name}的日期{deed.ended.isoformat()}还没有到，今天是{today.isoformat()}，请核对"
    return Finding(field=deed.field, code="ahead", says=says, clause=CLAUSE, blocks=False)


def _cited(skipped: ComparisonSkipped) -> tuple[Finding, ...]:
    if skipped.earlier_on <= skipped.skipped_on:
        return ()
    says = f"引用的以前比对（{skipped.earlier_on.isoformat()}）晚于确定不再比对的日期，请核对"
    return (Finding(field="data_comparison", code="cited_later", says=says, clause="二（三）", blocks=False),)


def _reopenings(now: Circumstances) -> tuple[Finding, ...]:
    """A reopening before what it reopened: before the closing or refusal that was in force then."""
    found: list[Finding] = []
    last: date | None = None
    for record in (entry.record for entry in now.case.entries):
        if isinstance(record, Reopening):
            if last is not None and record.reopened_on < last:
                says = f"重新打开（{record.reopened_on.isoformat()}）早于此前的认定或办结（{last.isoformat()}），请核对"
                found.append(Finding(field="reopening", code="before_earlier", says=says, clause=CLAUSE, blocks=False))
            last = None
        elif isinstance(record, Closing | Refusal):
            last = record.day
    return tuple(found)
