"""What the rules say about a 村级公示: never taken down early, objections settled, an overrun explained."""

from datetime import timedelta

from taizhang_casework.domain.attachment import AttachmentKind
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.clocks import notice_limit, recognition_limit
from taizhang_casework.domain.findings import Finding, blank, note
from taizhang_casework.domain.steps import PublicNotice
from taizhang_casework.domain.yes_no import YesNo


def check_notice(record: PublicNotice, now: Circumstances) -> tuple[Finding, ...]:
    """Place, the full days, objections, and the 15 days of 二（二）."""
    found = blank("place", "公示地点", record.place)
    last = notice_limit(now.pack, record.posted_on, now.calendar)
    if record.ended_on < last.due:
        says = f"公示期到{last.due.isoformat()}才满，不能提前结束"
        found += (Finding(field="ended_on", code="ended_early", says=says, clause=last.clause),)
    if record.objections.strip() and not record.settled.strip():
        found += (Finding(field="settled", code="objection_unsettled", says="公示期间有异议，请填写处理情况"),)
    return (*found, *overrun(record, now), *_photo(record, now))


def unanswered_notice(record: PublicNotice) -> tuple[Finding, ...]:
    """Whether the photo is there; it does not block."""
    if record.photo is not None:
        return ()
    return (note("photo", "not_recorded", "还没有说明公示照片是否已附"),)


def overrun(record: PublicNotice, now: Circumstances) -> tuple[Finding, ...]:
    """认定 longer than 15 days from the home visit to the end of 公示 (二（二）, 原则上): allowed, said, and asked why."""
    visit = now.state.home_visit
    if visit is None or record.overrun_reason.strip():
        return ()
    limit = recognition_limit(now.pack, visit.visited_on, now.calendar)
    if record.ended_on <= limit.due:
        return ()
    days = (record.ended_on - visit.visited_on) // timedelta(days=1)
    says = f"自入户核实到公示结束共{days}天，超过期限（{limit.due.isoformat()}），请如实填写原因"
    return (note("overrun_reason", "overrun_without_reason", says, limit.clause),)


def _photo(record: PublicNotice, now: Circumstances) -> tuple[Finding, ...]:
    if record.photo is not YesNo.YES or now.attached is None or AttachmentKind.PHOTO in now.attached:
        return ()
    return (note("photo", "photo_not_attached", "本条的附件里还没有“照片”，请添加公示照片"),)
