"""The columns of 预警台账: those of 附件2, the step and the next day; as the table shows them, and in full as an export has them."""

from datetime import date
from functools import partial

from taizhang_casework.domain.case import Meets
from taizhang_casework.domain.case_query import SOON_DAYS, CaseOrder, CaseRow
from taizhang_casework.domain.day_words import day_words
from taizhang_casework.domain.ledger_rules import reason_words
from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.standing import DueDay, Stage, WaitsFor
from taizhang_casework.services.case_list import due_of
from taizhang_casework.services.work import Work

from taizhang_desktop.look.tokens import Tone
from taizhang_desktop.table.columns import Column
from taizhang_desktop.viewmodels.words import MEETS, day, masked, masked_text

CaseColumn = Column[CaseRow, CaseOrder]

WAITS = {
    WaitsFor.DELIVERY: "等送达回证",
    WaitsFor.NOTICE: "公示中",
    WaitsFor.COMPARISON: "等比对结果",
    WaitsFor.SIGNATURES: "等授权书签字",
}
OTHER_STAGES = {Stage.MATCH: "确认户", Stage.TO_CLOSE: "待办结", Stage.CLOSED: "已办结"}


def case_columns(work: Work) -> tuple[CaseColumn, ...]:
    """Every column there is, in the usual order; ``full`` is what an export holds where the screen shows less."""
    pack = work.pack
    detail, reason = partial(_detail, pack), partial(_reason, pack)
    village = partial(_village, work)
    return (
        Column(key="head", title="户主姓名", text=_who, width=7, sort=CaseOrder.NAME, tip=_who),
        Column(key="id_number", title="身份证", text=partial(_masked, pack), width=9, sort=CaseOrder.ID_NUMBER),
        Column(key="village", title="村（社区）", text=village, width=7, sort=CaseOrder.VILLAGE, tip=village),
        Column(key="stage", title="环节", text=partial(_stage, pack), width=5, sort=CaseOrder.STEP, tone=stage_tone),
        Column(
            key="due",
            title="下一期限",
            text=partial(_due, work),
            width=9,
            sort=CaseOrder.DUE,
            tone=partial(_due_tone, work),
            tip=partial(_due_tip, work),
        ),
        Column(key="channel", title="预警方式", text=partial(_channel, pack), width=5, sort=CaseOrder.CHANNEL),
        Column(key="source", title="来源", text=_source, width=5, sort=CaseOrder.SOURCE, usual=False),
        Column(key="detail", title="具体预警信息", text=detail, width=7, tip=detail),
        Column(key="received_on", title="反馈日期", text=_received, width=6, sort=CaseOrder.RECEIVED_ON),
        Column(key="meets", title="符合", text=_meets, width=3, sort=CaseOrder.MEETS),
        Column(key="reason", title="不符合原因", text=reason, width=10, sort=CaseOrder.REASON, tip=reason, usual=False),
        Column(
            key="informed", title="已告知", text=partial(_informed, pack), width=4, sort=CaseOrder.INFORMED, usual=False
        ),
        Column(
            key="verifiers",
            title="核查人员",
            text=_verifiers,
            width=7,
            sort=CaseOrder.VERIFIERS,
            tip=_verifiers,
            usual=False,
        ),
        Column(key="closed_on", title="办结日期", text=_closed, width=6, sort=CaseOrder.CLOSED_ON),
        Column(key="town", title="镇街", text=partial(_town, work), width=6, sort=CaseOrder.TOWN, usual=False),
    )


def in_full(column: CaseColumn, pack: RegulationPack, row: CaseRow) -> str:
    """The cell as a file for the office holds it: numbers and details whole."""
    match column.key:
        case "id_number":
            return row.head_id_number or row.id_number
        case "detail":
            return row.detail
        case "reason":
            return _reason_in_full(pack, row)
        case _:
            return column.text(row)


def stage_words(pack: RegulationPack, stage: Stage) -> str:
    """What a stage is called."""
    return OTHER_STAGES[stage] if stage.step is None else pack.step(stage.step).label


def stage_tone(row: CaseRow) -> Tone:
    """Closed is done; a case without a household waits for a person."""
    if row.stage is Stage.CLOSED:
        return Tone.DONE
    return Tone.SOON if row.stage is Stage.MATCH else Tone.PLAIN


def near_words(due: date, today: date) -> str:
    """How near a day is, in calendar days."""
    left = (due - today).days
    if left < 0:
        return f"逾期{-left}天"
    return "今天到期" if left == 0 else f"还剩{left}天"


def _who(row: CaseRow) -> str:
    if not row.head_name or row.head_name == row.name:
        return row.name
    return f"{row.head_name}（{row.name}）" if row.name else row.head_name


def _masked(pack: RegulationPack, row: CaseRow) -> str:
    return masked(pack, row.head_id_number or row.id_number)


def _village(work: Work, row: CaseRow) -> str:
    return work.divisions.village_name(row.village_code)


def _town(work: Work, row: CaseRow) -> str:
    return work.divisions.town_name(row.town_code)


def _stage(pack: RegulationPack, row: CaseRow) -> str:
    return stage_words(pack, row.stage)


def _due(work: Work, row: CaseRow) -> str:
    due = due_of(work, row)
    if due is None:
        return "" if row.waits_for is None else WAITS[row.waits_for]
    today = work.clock.today()
    return f"{_due_words(due, today)} {near_words(due.day, today)}"


def _due_words(due: DueDay, today: date) -> str:
    on = day_words(due.day, today)
    return f"预计{on}" if due.estimated else on


def _due_tone(work: Work, row: CaseRow) -> Tone:
    due = due_of(work, row)
    if due is None:
        return Tone.PLAIN
    left = (due.day - work.clock.today()).days
    if left < 0:
        return Tone.OVERDUE
    return Tone.SOON if left <= SOON_DAYS else Tone.PLAIN


def _due_tip(work: Work, row: CaseRow) -> str:
    due = due_of(work, row)
    if due is None:
        return "已办结" if row.stage is Stage.CLOSED else "通知没有规定期限，及时办理"
    return f"{due.day.isoformat()}，依据见今日待办或案件办理"


def _channel(pack: RegulationPack, row: CaseRow) -> str:
    return pack.channel(row.channel).label


def _source(row: CaseRow) -> str:
    return row.source


def _detail(pack: RegulationPack, row: CaseRow) -> str:
    return masked_text(pack, row.detail)


def _received(row: CaseRow) -> str:
    return day(row.received_on)


def _meets(row: CaseRow) -> str:
    return MEETS[row.meets]


def _reason(pack: RegulationPack, row: CaseRow) -> str:
    return masked_text(pack, _reason_in_full(pack, row))


def _reason_in_full(pack: RegulationPack, row: CaseRow) -> str:
    return reason_words(pack, row.refused_for, row.explanation)


def _informed(pack: RegulationPack, row: CaseRow) -> str:
    if row.meets is not Meets.NO or not pack.channel(row.channel).answered:
        return ""
    return "是" if row.informed else "否"


def _verifiers(row: CaseRow) -> str:
    return row.verifiers


def _closed(row: CaseRow) -> str:
    return day(row.closed_on)
