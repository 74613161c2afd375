"""今日待办: everything that the town owes, the oldest day first, each with the reason of its day."""

from taizhang_casework.domain.duties import Duty, by_urgency
from taizhang_casework.domain.duty_rules import duty_of, filing_duty
from taizhang_casework.domain.ledger import Month
from taizhang_casework.services.ports import Desk
from taizhang_casework.services.work import Work


def agenda(work: Work, desk: Desk) -> tuple[Duty, ...]:
    """One duty for each open case, and one for each month that is due or past and not frozen, back to the first warning."""
    cases = desk.cases.open()
    found = [duty_of(work.circumstances(desk, case), desk.letters.of_case(case.id)) for case in cases]
    duties = [duty for duty in found if duty is not None]
    month = Month.of(work.clock.today())
    frozen = {filing.month for filing in desk.filings.all()}
    first = desk.cases.first_received_on()
    earliest = month if first is None else Month.of(first)
    while month >= earliest:
        if month not in frozen:
            duties.append(filing_duty(month, work.pack))
        month = month.preceding
    return tuple(sorted(duties, key=by_urgency))
