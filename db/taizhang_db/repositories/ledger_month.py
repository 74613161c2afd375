"""Which cases belong to a month's ledger."""

from sqlalchemy import ColumnElement, and_, select, union_all
from taizhang_casework.domain.ledger import Month

from taizhang_db.repositories.in_ledger import NOT_DISCARDED
from taizhang_db.tables import cases


def in_ledger_of(month: Month) -> ColumnElement[bool]:
    """Received by the end of the month, and not closed before its first day.

    In two parts, the open ones and the closed ones, because each has an index of its own and an OR of them would use none.
    """
    received = and_(NOT_DISCARDED, cases.c.received_on <= month.last_day)
    still_open = select(cases.c.seq).where(received, cases.c.closed_on.is_(None))
    closed_later = select(cases.c.seq).where(received, cases.c.closed_on >= month.first_day)
    return cases.c.seq.in_(union_all(still_open, closed_later))
