"""今日待办: everything that the town owes, the oldest day first, each with the reason of its day."""

from taizhang_casework.domain.duties import Duty, by_urgency
from taizhang_casework.domain.duty_rules import duty_of, filing_duty
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.packages import PackageKind
from taizhang_casework.services.backing_up import reminder_of
from taizhang_casework.services.monitoring import owed_to_monitored
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.work import Work


def agenda(work: Work, desk: Desk) -> tuple[Duty, ...]:
    """One duty for each open case, one for each month up to this one whose ledger has not gone to the bureau, the backup, and 监测对象."""
    cases = desk.cases.open()
    letters = desk.letters.of_cases([case.id for case in cases])
    households = desk.households.many([case.household for case in cases if case.household is not None])
    found = [
        duty_of(
            work.circumstances_of(case, households.get(case.household) if case.household else None),
            letters.get(case.id),
        )
        for case in cases
    ]
    duties = [duty for duty in found if duty is not None]
    today = work.clock.today()
    month = Month.of(today)
    frozen = desk.filings.months()
    filed = {record.manifest.month for record in desk.packages.sent(PackageKind.FILING)}
    first = desk.cases.first_received_on()
    earliest = month if first is None else Month.of(first)
    while month >= earliest:
        if month not in filed:
            duties.append(filing_duty(month, work.pack, work.calendar, today, frozen=month in frozen))
        month = month.preceding
    duties += owed_to_monitored(work, desk)
    reminder = reminder_of(work, desk)
    if reminder is not None:
        duties.append(reminder)
    return tuple(sorted(duties, key=by_urgency))
