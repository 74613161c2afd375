"""Which cases belong to a month's ledger."""

from sqlalchemy import ColumnElement, and_, or_
from taizhang_casework.domain.ledger import Month

from taizhang_db.tables import cases


def in_ledger_of(month: Month) -> ColumnElement[bool]:
    """Received by the end of the month, and not closed before its first day."""
    return and_(
        cases.c.received_on <= month.last_day,
        or_(cases.c.closed_on.is_(None), cases.c.closed_on >= month.first_day),
    )
