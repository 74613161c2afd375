"""What the rules say about a step that is begun, and about its end where that contradicts the beginning."""

from taizhang_casework.domain.circumstances import Circumstances
from taizhang_casework.domain.comparison_rules import check_authorised, check_signatures
from taizhang_casework.domain.findings import Finding, blank, note
from taizhang_casework.domain.steps import (
    AuthorisationsAsked,
    ComparisonSent,
    DataComparison,
    NoticePosted,
    PublicNotice,
)


def check_begun(record: NoticePosted | AuthorisationsAsked | ComparisonSent, now: Circumstances) -> tuple[Finding, ...]:
    """The place of a notice, whom a comparison was sent to and on whose authorisations."""
    match record:
        case NoticePosted():
            return blank("place", "公示地点", record.place)
        case AuthorisationsAsked():
            return _asked(record, now)
        case ComparisonSent():
            signed = tuple(each.name for each in record.signatures if each.signed_on is not None)
            return (
                *blank("sent_to", "送往的单位", record.sent_to),
                *check_authorised(signed, record.signatures, record.sent_on, now),
                *check_signatures(record.signatures, record.sent_on, now.household),
            )


def against_beginning(record: PublicNotice | DataComparison, now: Circumstances) -> tuple[Finding, ...]:
    """Whether the end says another beginning than was written down; said, and never blocking."""
    if isinstance(record, PublicNotice):
        hanging = now.state.hanging
        if hanging is None or hanging.posted_on == record.posted_on:
            return ()
        says = f"与登记张贴时的日期{hanging.posted_on.isoformat()}不同，请核对"
        return (note("posted_on", "another_beginning", says),)
    if record.sent_on is None or record.sent_on <= record.compared_on:
        return ()
    return (note("sent_on", "sent_after", "送出比对的日期晚于比对日期，请核对"),)


def _asked(record: AuthorisationsAsked, now: Circumstances) -> tuple[Finding, ...]:
    if not record.signatures:
        return (Finding(field="signatures", code="nobody_asked", says="请列出要签承诺授权书的人"),)
    return check_signatures(record.signatures, now.today, now.household)
