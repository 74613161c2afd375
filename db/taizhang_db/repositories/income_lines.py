"""The income lines that the office has entered."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.income import IncomeLine, IncomeLineId

from taizhang_db.codec import decode, encode
from taizhang_db.pen import Pen
from taizhang_db.tables import income_lines


class SqlIncomeLines:
    """Implements ``IncomeLines``."""

    def __init__(self, connection: Connection, pen: Pen) -> None:
        self._connection = connection
        self._pen = pen

    def get(self, line: IncomeLineId) -> IncomeLine:
        """The line; KeyError where there is none."""
        body = self._body(line)
        if body is None:
            raise KeyError(line)
        return decode(body, IncomeLine)

    def save(self, line: IncomeLine) -> None:
        """Add it, or replace it by its id."""
        before = self._body(line.id)
        body = encode(line)
        if not self._pen.note(Kind.INCOME_LINE, line.id, before=before, after=body):
            return
        if before is None:
            self._connection.execute(insert(income_lines), {"id": line.id, "body": body})
        else:
            self._connection.execute(update(income_lines).where(income_lines.c.id == line.id), {"body": body})

    def all(self) -> Sequence[IncomeLine]:
        """Every line, those taken away too, in the order of their entering."""
        return [
            decode(body, IncomeLine)
            for body in self._connection.scalars(select(income_lines.c.body).order_by(income_lines.c.seq))
        ]

    def _body(self, line: IncomeLineId) -> str | None:
        body: str | None = self._connection.scalar(select(income_lines.c.body).where(income_lines.c.id == line))
        return body
