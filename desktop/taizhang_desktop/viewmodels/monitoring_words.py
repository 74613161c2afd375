"""The Chinese words of a monitored household: how it stands, what is due, what was written down."""

from datetime import date

from taizhang_casework.domain.monitoring import (
    AssistanceMeasure,
    ClearingRolledBack,
    ClearingStepDone,
    ClearingVisit,
    FollowUpVisit,
    MonitoringEntry,
    MonitoringRecord,
    MonitoringStanding,
    Recognised,
    RecognitionWithdrawn,
)
from taizhang_casework.domain.monitoring_answers import MonitoringForm
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.services.monitoring import MonitoredLine

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.viewmodels.words import day

STANDINGS = {
    MonitoringStanding.MONITORED: "监测帮扶中",
    MonitoringStanding.CLEARING: "风险消除办理中",
    MonitoringStanding.CLEARED: "风险已消除",
    MonitoringStanding.WITHDRAWN: "认定已撤销",
}
TITLES = {
    MonitoringForm.MEASURE: "帮扶措施",
    MonitoringForm.FOLLOW_UP_VISIT: "走访",
    MonitoringForm.CLEARING_VISIT: "风险消除：入户核查",
    MonitoringForm.CLEARING_STEP: "风险消除",
    MonitoringForm.ROLLBACK: "风险消除回退",
}
SOON_DAYS = 14
"""A visit this near is shown as due soon."""


def standing_words(line: MonitoredLine) -> str:
    """How it stands."""
    return STANDINGS[line.standing]


def standing_tone(line: MonitoredLine) -> Tone:
    """Cleared is done, withdrawn is nothing any more."""
    return {MonitoringStanding.CLEARED: Tone.DONE, MonitoringStanding.CLEARING: Tone.INFO}.get(
        line.standing, Tone.PLAIN
    )


def visit_words(line: MonitoredLine, today: date) -> str:
    """The day of the next visit with what it means today."""
    due = line.next_visit
    if due is None:
        return ""
    left = (due - today).days
    said = f"超期{-left}天" if left < 0 else "今天" if left == 0 else f"还有{left}天"
    return f"{day(due)}（{said}）"


def visit_tone(line: MonitoredLine, today: date) -> Tone:
    """Red once it is over, amber when it is near."""
    if line.next_visit is None:
        return Tone.PLAIN
    left = (line.next_visit - today).days
    return Tone.OVERDUE if left < 0 else Tone.SOON if left <= SOON_DAYS else Tone.PLAIN


def kind_words(line: MonitoredLine, pack: RegulationPack) -> str:
    """Which of the three kinds."""
    kind = line.state.recognised.kind.value
    return next((entry.label for entry in pack.monitored_kinds if entry.key == kind), kind)


def risk_words(line: MonitoredLine, pack: RegulationPack) -> str:
    """The risks in the pack's words."""
    labels = {entry.key: entry.label for entry in pack.risks}
    return "、".join(labels.get(key, key) for key in line.state.recognised.risks)


def measure_words(measure: AssistanceMeasure, today: date) -> str:
    """One measure in a line."""
    until = "" if measure.until is None else f"，计划{day(measure.until)}完成"
    if measure.done_on is not None:
        until = f"，{day(measure.done_on)}完成" + (f"：{measure.result}" if measure.result else "")
    elif measure.until is not None and measure.until < today:
        until += "，已超期"
    return f"{measure.what}（{measure.responsible}），{day(measure.since)}开始{until}"


def entry_words(entry: MonitoringEntry, pack: RegulationPack) -> str:
    """One entry of the history in a line."""
    return f"{day(entry.record.day)}　{record_words(entry.record, pack)}（{entry.recorded_by}登记）"


def record_words(record: MonitoringRecord, pack: RegulationPack) -> str:
    """What was written down."""
    said = ""
    match record:
        case Recognised():
            said = f"认定为监测对象，国家系统户编号{record.household_number}"
        case RecognitionWithdrawn():
            said = f"认定撤销：{record.why}"
        case AssistanceMeasure():
            said = f"帮扶措施：{record.what}（{record.responsible}）" + ("，已完成" if record.done_on else "")
        case FollowUpVisit():
            said = f"走访（{'、'.join(record.visitors)}）：{record.found}"
        case ClearingVisit():
            said = f"风险消除入户核查（{'、'.join(record.visitors)}）：{record.conclusion}"
        case ClearingStepDone():
            said = f"风险消除{pack.clearing_step(record.step).label}（{record.by}）：{record.says}"
        case ClearingRolledBack():
            said = f"风险消除回退：{record.why}"
    return said
