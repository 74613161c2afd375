"""The register of packages that went out and came in."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.packages import Direction, PackageKind, PackageRecord

from taizhang_db.codec import decode, encode
from taizhang_db.pen import Pen
from taizhang_db.tables import packages


class SqlPackages:
    """Implements ``Packages``."""

    def __init__(self, connection: Connection, pen: Pen) -> None:
        self._connection = connection
        self._pen = pen

    def save(self, record: PackageRecord) -> None:
        """Keep what was sent or received, or replace it by direction and digest (when its receipt comes back)."""
        same = (packages.c.direction == record.direction, packages.c.digest == record.digest)
        before = self._connection.scalar(select(packages.c.body).where(*same))
        body = encode(record)
        if not self._pen.note(Kind.PACKAGE, record.digest, before=before, after=body):
            return
        columns = {
            "partner": record.partner,
            "kind": record.manifest.kind,
            "number": record.manifest.number,
            "body": body,
        }
        if before is None:
            self._connection.execute(
                insert(packages), {"direction": record.direction, "digest": record.digest, **columns}
            )
        else:
            self._connection.execute(update(packages).where(*same), columns)

    def all(self) -> Sequence[PackageRecord]:
        """Every package, oldest first."""
        found = self._connection.scalars(select(packages.c.body).order_by(packages.c.seq))
        return [decode(body, PackageRecord) for body in found]

    def sent(self, kind: PackageKind) -> Sequence[PackageRecord]:
        """The packages of this kind that went out, oldest first."""
        found = self._connection.scalars(
            select(packages.c.body)
            .where(packages.c.direction == Direction.SENT, packages.c.kind == kind)
            .order_by(packages.c.seq)
        )
        return [decode(body, PackageRecord) for body in found]

    def last_sent(self, to: OfficeId) -> PackageRecord | None:
        """The one with the highest number sent to that office."""
        return self._last(Direction.SENT, to)

    def last_received(self, sender: OfficeId) -> PackageRecord | None:
        """The one with the highest number taken from that office."""
        return self._last(Direction.RECEIVED, sender)

    def _last(self, direction: Direction, partner: OfficeId) -> PackageRecord | None:
        body = self._connection.scalar(
            select(packages.c.body)
            .where(packages.c.direction == direction, packages.c.partner == partner)
            .order_by(packages.c.number.desc(), packages.c.seq.desc())
            .limit(1)
        )
        return None if body is None else decode(body, PackageRecord)
