"""The register of prints."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, insert, select, update
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.ledger import FilingId
from taizhang_casework.domain.print_register import PrintRecord

from taizhang_db.codec import decode, encode
from taizhang_db.pen import Pen
from taizhang_db.tables import prints


class SqlPrints:
    """Implements ``Prints``."""

    def __init__(self, connection: Connection, pen: Pen) -> None:
        self._connection = connection
        self._pen = pen

    def save(self, record: PrintRecord) -> None:
        """Add it, or replace it by its id."""
        before = self._connection.scalar(select(prints.c.body).where(prints.c.id == record.id))
        body = encode(record)
        if not self._pen.note(Kind.PRINT, record.id, before=before, after=body):
            return
        if before is None:
            self._connection.execute(insert(prints), {"id": record.id, "body": body})
        else:
            self._connection.execute(update(prints).where(prints.c.id == record.id), {"body": body})

    def of_case(self, case: CaseId) -> Sequence[PrintRecord]:
        """Of a case and its letters, the newest first."""
        return self._where(prints.c.case_id == case)

    def of_filing(self, filing: FilingId) -> Sequence[PrintRecord]:
        """Of a frozen ledger, the newest first."""
        return self._where(prints.c.filing_id == filing)

    def newest(self, most: int, *, skipping: int = 0) -> Sequence[PrintRecord]:
        """The newest of all, after so many that are known already."""
        found = select(prints.c.body).order_by(prints.c.seq.desc()).limit(most).offset(skipping)
        return [decode(body, PrintRecord) for body in self._connection.scalars(found)]

    def _where(self, condition: ColumnElement[bool]) -> Sequence[PrintRecord]:
        found = select(prints.c.body).where(condition).order_by(prints.c.seq.desc())
        return [decode(body, PrintRecord) for body in self._connection.scalars(found)]
