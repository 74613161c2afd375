"""What a case owes next and by which day: the clocks of 二（二） for the steps, no invented days where the notice sets none."""

from datetime import date

import msgspec

from taizhang_casework.domain.calendar import WorkCalendar
from taizhang_casework.domain.case import Meets
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.clocks import (
    Deadline,
    day_off,
    fixed_date_due,
    latest_notice,
    notice_limit,
    recognition_limit,
    visit_limit,
)
from taizhang_casework.domain.closing_check import answer_check, closing_check
from taizhang_casework.domain.day_words import day_words
from taizhang_casework.domain.duties import Duty, DutyKind
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.letter import Letter
from taizhang_casework.domain.machine import Begun, CaseState
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.pack_keys import LEDGER_DATE
from taizhang_casework.domain.standing import WaitsFor, waits_for
from taizhang_casework.domain.steps import AuthorisationsAsked, ComparisonSent, HomeVisit, NoticePosted, Step


def filing_day(month: Month, pack: RegulationPack) -> date:
    """The day by which the month's ledger is due; the 30th is the last day of a shorter month."""
    return fixed_date_due(pack.fixed_date(LEDGER_DATE), month.year, month.month) or month.last_day


def duty_of(now: Circumstances, letter: Letter | None) -> Duty | None:
    """The next thing that an open case owes, None once it is closed."""
    state = now.state
    if state.closed_on is not None:
        return None
    if state.meets is Meets.UNDECIDED:
        duty = _match(now) if now.household is None else _step(now, state)
        green = _put_off(now, state)
        return msgspec.structs.replace(duty, because=f"{green}；{duty.because}") if green else duty
    missing = closing_check(now, letter)
    if missing:
        kind = DutyKind.ANSWER if answer_check(now, letter) else DutyKind.CLOSE
        duty = _without_day(
            now, kind, missing[0].says, "；".join(finding.says for finding in missing), missing[0].clause
        )
        return msgspec.structs.replace(duty, waits_for=waits_for(state, letter))
    return _without_day(now, DutyKind.CLOSE, "办结销号", "手续齐全，办理一条销号一条", "一（三）1")


def _put_off(now: Circumstances, state: CaseState) -> str:
    """What 绿色通道 put off and is still owed (二（三）: 后补程序); empty where nothing is."""
    if state.green is None or not state.owed:
        return ""
    steps = "、".join(now.pack.step(step).label for step in state.owed)
    return f"绿色通道{day_words(state.green.opened_on, now.today)}启动，先行帮扶，还须补办{steps}（二（三））"


def _match(now: Circumstances) -> Duty:
    limit = _visit_limit(now)
    return _duty(now, DutyKind.MATCH, "确认户并入户核实", limit.due, limit)


def _visit_limit(now: Circumstances) -> Deadline:
    return visit_limit(now.pack, now.case.warning.received_on, now.calendar)


def _step(now: Circumstances, state: CaseState) -> Duty:
    """The current step: under its own clock at first, then under the 15 days to the end of 公示."""
    current = state.current or Step.HOME_VISIT
    label = now.pack.step(current).label
    visit = state.home_visit
    if state.hanging is not None:
        return _hanging(now, state.hanging, visit)
    if current is Step.HOME_VISIT:
        limit = _visit_limit(now)
        return _duty(now, DutyKind.STEP, label, limit.due, limit)
    if visit is None or state.public_notice is not None:
        return _without_day(
            now, DutyKind.STEP, label, "通知未规定期限，公示结束后及时办理", now.pack.step(current).clause
        )
    limit = recognition_limit(now.pack, visit.visited_on, now.calendar)
    notice = latest_notice(now.pack, limit, now.calendar)
    post_by = notice.start
    begun = _under_way(state.begun.get(current), now.today)
    says = f"公示须满{notice.rule.length}天，最迟{day_words(post_by, now.today)}张贴；{limit.says_on(now.today)}"
    duty = _duty(now, DutyKind.STEP, label, post_by, limit, f"{begun}；{says}" if begun else says)
    return msgspec.structs.replace(duty, waits_for=waits_for(state, None))


def _hanging(now: Circumstances, notice: NoticePosted, visit: HomeVisit | None) -> Duty:
    """The notice hangs: not before its days are over may it be taken down."""
    hung = notice_limit(now.pack, notice.posted_on, now.calendar)
    posted, over = day_words(notice.posted_on, now.today), day_words(hung.due, now.today)
    says = f"{posted}张贴在{notice.place}，最早{over}结束：{hung.says_on(now.today)}"
    if visit is not None:
        limit = recognition_limit(now.pack, visit.visited_on, now.calendar)
        says = f"{says}；认定期限到{day_words(limit.due, now.today)}"
    duty = _duty(now, DutyKind.STEP, "结束公示", hung.due, hung, says)
    return msgspec.structs.replace(duty, waits_for=WaitsFor.NOTICE)


def _under_way(begun: Begun | None, today: date) -> str:
    """Since when the current step waits for others, in words; empty where it was not begun."""
    match begun:
        case ComparisonSent():
            return f"{day_words(begun.sent_on, today)}已送{begun.sent_to}比对，等结果"
        case AuthorisationsAsked():
            unsigned = [each.name for each in begun.signatures if each.signed_on is None]
            still = f"{'、'.join(unsigned)}还没有签" if unsigned else "都已签字，可以送出比对"
            return f"{day_words(begun.asked_on, today)}发出授权书，{still}"
        case _:
            return ""


def _duty(now: Circumstances, kind: DutyKind, what: str, due: date, limit: Deadline, because: str = "") -> Duty:
    return Duty(
        kind=kind,
        case=now.case.id,
        who=_who(now),
        village=now.case.warning.village_code,
        what=what,
        due=due,
        because=because or limit.says_on(now.today),
        clause=limit.clause,
        estimated=limit.estimated,
    )


def _without_day(now: Circumstances, kind: DutyKind, what: str, because: str, clause: str) -> Duty:
    return Duty(
        kind=kind,
        case=now.case.id,
        who=_who(now),
        village=now.case.warning.village_code,
        what=what,
        due=None,
        because=because,
        clause=clause,
    )


def _who(now: Circumstances) -> str:
    head = None if now.household is None else now.household.head_on(now.today)
    return now.case.warning.name if head is None else head.name


def filing_duty(
    month: Month, pack: RegulationPack, calendar: WorkCalendar, today: date, *, frozen: bool = False
) -> Duty:
    """The month's ledger, which nobody has sent yet: to be frozen first, or ``frozen`` and waiting to be packed.

    While its day is ahead, it is said that it stays where nobody works on it, and by when to be done.
    """
    rule = pack.fixed_date(LEDGER_DATE)
    due = filing_day(month, pack)
    because = f"{rule.duty}，{day_words(due, today)}到期（依据：{rule.clause}）"
    off = day_off(due, calendar, today) if today <= due else ""
    return Duty(
        kind=DutyKind.FILING,
        case=None,
        who=f"{month.year}年{month.month}月台账",
        village="",
        what="导出数据包并报送" if frozen else "核对、封存并报送",
        due=due,
        because=f"{because}；{off}" if off else because,
        clause=rule.clause,
    )
