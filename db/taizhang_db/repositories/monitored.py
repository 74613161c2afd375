"""The households that are or were 监测对象."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.monitoring import MonitoredHousehold, MonitoredId, monitoring_state
from taizhang_casework.domain.people import HouseholdId

from taizhang_db.codec import decode, encode
from taizhang_db.pen import Pen
from taizhang_db.tables import monitored_households


class SqlMonitored:
    """Implements ``Monitored``; the table refuses a second one of the same household."""

    def __init__(self, connection: Connection, pen: Pen) -> None:
        self._connection = connection
        self._pen = pen

    def get(self, monitored: MonitoredId) -> MonitoredHousehold:
        """The household as 监测对象; KeyError where there is none."""
        body = self._body(monitored)
        if body is None:
            raise KeyError(monitored)
        return decode(body, MonitoredHousehold)

    def save(self, monitored: MonitoredHousehold) -> None:
        """Add it, or replace it by its id."""
        before, body = self._body(monitored.id), encode(monitored)
        if not self._pen.note(Kind.MONITORED_HOUSEHOLD, monitored.id, before=before, after=body):
            return
        columns = {**monitored_columns(monitored), "body": body}
        if before is None:
            self._connection.execute(insert(monitored_households), {"id": monitored.id, **columns})
        else:
            here = monitored_households.c.id == monitored.id
            self._connection.execute(update(monitored_households).where(here), columns)

    def of_household(self, household: HouseholdId) -> MonitoredHousehold | None:
        """What is kept of the household, None where it never was recognised."""
        body = self._connection.scalar(
            select(monitored_households.c.body).where(monitored_households.c.household_id == household)
        )
        return None if body is None else decode(body, MonitoredHousehold)

    def all(self) -> Sequence[MonitoredHousehold]:
        """Every one, those seen longest ago first."""
        table = monitored_households
        found = self._connection.scalars(select(table.c.body).order_by(table.c.last_seen_on, table.c.seq))
        return [decode(body, MonitoredHousehold) for body in found]

    def _body(self, monitored: MonitoredId) -> str | None:
        return self._connection.scalar(
            select(monitored_households.c.body).where(monitored_households.c.id == monitored)
        )


def monitored_columns(monitored: MonitoredHousehold) -> dict[str, Any]:
    """What the table keeps beside the body: whose it is, how it stands, and when it was last seen."""
    state = monitoring_state(monitored)
    return {"household_id": monitored.household, "standing": state.standing, "last_seen_on": state.last_seen_on}
