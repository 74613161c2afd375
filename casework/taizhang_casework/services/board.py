"""镇街报送 and 汇总台账: who has filed, who has not, and the bureau's own ledger over all towns. No ranking of towns."""

from taizhang_casework.domain.bureau import BoardLine, FilingArrival, FilingState, ReceivedFiling
from taizhang_casework.domain.duty_rules import filing_day
from taizhang_casework.domain.findings import Finding, NotAccepted
from taizhang_casework.domain.ledger import LedgerLine, Month
from taizhang_casework.domain.ledger_rules import same_columns
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.rights import Right, require
from taizhang_casework.services.filing import Frozen, new_filing
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.work import Work


def board(work: Work, desk: Desk, month: Month) -> tuple[BoardLine, ...]:
    """Every town of the district for a month, in the order of the division table; those who have not filed are late after the 30th.

    A town is late by its first filing; amending it later is no delay.
    """
    arrivals: dict[OfficeId, list[FilingArrival]] = {}
    for arrival in desk.bureau.arrivals(month):
        arrivals.setdefault(arrival.town, []).append(arrival)
    sent_of = desk.bureau.sent_to_towns(month)
    enrolled = {card.office.id for card in desk.partners.all()}
    due = filing_day(month, work.pack)
    lines: list[BoardLine] = []
    for code, name in work.divisions.towns.items():
        town = OfficeId(code)
        came = arrivals.get(town, [])
        filed = max(came, key=lambda arrival: arrival.revision, default=None)
        times = [arrival.received_at for arrival in came]
        lines.append(
            BoardLine(
                town=town,
                town_name=name,
                enrolled=town in enrolled,
                state=FilingState.NOT_FILED
                if filed is None
                else FilingState.FILED
                if len(times) == 1
                else FilingState.AMENDED,
                sent=sent_of.get(town, 0),
                lines=0 if filed is None else filed.lines,
                closed=0 if filed is None else filed.closed,
                revision=0 if filed is None else filed.revision,
                received_at=None if filed is None else filed.received_at,
                late=(min(times).date() if times else work.clock.today()) > due,
            )
        )
    return tuple(lines)


def latest_received(desk: Desk, month: Month) -> dict[OfficeId, ReceivedFiling]:
    """The highest revision that each town has filed for a month."""
    latest: dict[OfficeId, ReceivedFiling] = {}
    for each in desk.bureau.received(month):
        town = each.filing.office.id
        if town not in latest or latest[town].filing.revision < each.filing.revision:
            latest[town] = each
    return latest


def consolidated(desk: Desk, month: Month) -> tuple[LedgerLine, ...]:
    """附件2 over all towns that have filed, town after town."""
    latest = latest_received(desk, month)
    return tuple(line for town in sorted(latest) for line in latest[town].filing.lines)


def freeze_consolidated(work: Work, month: Month) -> Frozen:
    """Freeze the bureau's own ledger of a month (汇总台账) so that it can be printed; NotAccepted for a user who may not."""
    require(work.user, Right.FREEZE)
    with work.store.change(Operation.FREEZE_CONSOLIDATED, work.user) as desk:
        lines = consolidated(desk, month)
        latest = desk.filings.latest(month)
        if latest is not None and same_columns(latest.lines, lines):
            raise NotAccepted(
                (Finding(field="month", code="unchanged", says=f"与第{latest.revision}版汇总台账相比没有变化"),)
            )
        if not lines:
            raise NotAccepted((Finding(field="month", code="nothing_filed", says="本月还没有镇街报送台账"),))
        filing = new_filing(work, desk, month, lines)
        desk.filings.add(filing)
    return Frozen(filing=filing, changes=desk.changes)
