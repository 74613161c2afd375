"""This office, and the public cards of others."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.offices import OfficeCard, OfficeId, OfficeKeys

from taizhang_db.codec import decode, encode
from taizhang_db.pen import Pen
from taizhang_db.tables import own_office, partners
from taizhang_db.trouble import OfficeAlreadyFounded


class SqlPartners:
    """Implements ``Partners``. The journal gets this office's card, never its secret keys."""

    def __init__(self, connection: Connection, pen: Pen) -> None:
        self._connection = connection
        self._pen = pen

    def own(self) -> OfficeKeys:
        """The keys of this office; KeyError before the first start is done."""
        body = self._connection.scalar(select(own_office.c.body))
        if body is None:
            raise KeyError("own office")
        return decode(body, OfficeKeys)

    def found(self, keys: OfficeKeys) -> None:
        """Keep this office's keys; OfficeAlreadyFounded the second time."""
        office = keys.card.office.id
        self._pen.note(Kind.OFFICE, office, before=None, after=encode(keys.card))
        if self._connection.scalar(select(own_office.c.id)) is not None:
            raise OfficeAlreadyFounded
        self._connection.execute(insert(own_office), {"only": 1, "id": office, "body": encode(keys)})

    def enrol(self, card: OfficeCard) -> None:
        """Keep or replace another office's card."""
        office = card.office.id
        before = self._connection.scalar(select(partners.c.body).where(partners.c.id == office))
        body = encode(card)
        if not self._pen.note(Kind.PARTNER, office, before=before, after=body):
            return
        if before is None:
            self._connection.execute(insert(partners), {"id": office, "body": body})
        else:
            self._connection.execute(update(partners).where(partners.c.id == office), {"body": body})

    def get(self, office: OfficeId) -> OfficeCard:
        """An enrolled office's card; KeyError where it is not enrolled."""
        body = self._connection.scalar(select(partners.c.body).where(partners.c.id == office))
        if body is None:
            raise KeyError(office)
        return decode(body, OfficeCard)

    def all(self) -> Sequence[OfficeCard]:
        """Every enrolled office, by id."""
        found = self._connection.scalars(select(partners.c.body).order_by(partners.c.id))
        return [decode(body, OfficeCard) for body in found]
