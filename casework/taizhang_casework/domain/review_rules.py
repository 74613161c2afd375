"""What the rules say about a 民主评议: attendance, votes, quorum (村民委员会组织法 26), and its papers."""

from taizhang_casework.domain.attachment import AttachmentKind
from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.findings import Finding, blank, note
from taizhang_casework.domain.pack import QuorumRule
from taizhang_casework.domain.steps import DemocraticReview
from taizhang_casework.domain.yes_no import YesNo


def check_review(record: DemocraticReview, now: Circumstances) -> tuple[Finding, ...]:
    """Who led it, whether the counts can be, whether the meeting could decide and did."""
    found = (
        *blank("host", "主持人", record.host),
        *blank("recorder", "记录人", record.recorder),
        *_counts(record),
    )
    quorum = () if found else _quorum(record, now.pack.quorum(record.form))
    return (*found, *quorum, *_sheet(record, now))


def passed(record: DemocraticReview, rule: QuorumRule) -> bool:
    """Whether the meeting agreed; one that did not is written down as it was, and no step follows it."""
    return record.agree * rule.agree[1] > record.present * rule.agree[0]


def unanswered_review(record: DemocraticReview) -> tuple[Finding, ...]:
    """What the record of the meeting leaves open; none of it blocks."""
    found: list[Finding] = []
    if not record.opinions.strip():
        found.append(note("opinions", "not_recorded", "评议意见还没有填写"))
    if record.sign_in_sheet is None:
        found.append(note("sign_in_sheet", "not_recorded", "还没有说明签到表是否已附"))
    return tuple(found)


def _counts(record: DemocraticReview) -> tuple[Finding, ...]:
    found: tuple[Finding, ...] = ()
    if record.expected <= 0 or record.present <= 0 or record.present > record.expected:
        found += (Finding(field="present", code="bad_attendance", says="实到人数须大于0且不多于应到人数"),)
    votes = (record.agree, record.against, record.abstain)
    if min(votes) < 0 or sum(votes) != record.present:
        found += (Finding(field="agree", code="bad_votes", says="同意、不同意、弃权之和应等于实到人数"),)
    return found


def _quorum(record: DemocraticReview, rule: QuorumRule) -> tuple[Finding, ...]:
    found: tuple[Finding, ...] = ()
    if record.present * rule.present[1] < record.expected * rule.present[0]:
        share = f"{rule.present[1]}分之{rule.present[0]}"
        says = f"{rule.label}到会人数不足{share}，评议无效，请重新召开"
        found += (Finding(field="present", code="no_quorum", says=says, clause=rule.clause, blocks=rule.blocks),)
    if not passed(record, rule):
        share = f"{rule.agree[1]}分之{rule.agree[0]}"
        says = f"同意人数未超过到会人数的{share}，评议未通过；如实登记以后，请认定为不符合"
        found += (Finding(field="agree", code="not_agreed", says=says, clause=rule.clause, blocks=False),)
    return found


def _sheet(record: DemocraticReview, now: Circumstances) -> tuple[Finding, ...]:
    if record.sign_in_sheet is not YesNo.YES or now.attached is None or AttachmentKind.SIGNED_SHEET in now.attached:
        return ()
    return (note("sign_in_sheet", "sheet_not_attached", "本条的附件里还没有“签字表”，请添加签到表"),)
