"""The months that the office has frozen."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, insert, select
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.ledger import Filing, FilingId, FrozenIn, Month

from taizhang_db.codec import decode, encode
from taizhang_db.pen import Pen
from taizhang_db.tables import filing_lines, filings


class SqlFilings:
    """Implements ``Filings``; the table refuses a second filing of one revision, and every change."""

    def __init__(self, connection: Connection, pen: Pen) -> None:
        self._connection = connection
        self._pen = pen

    def add(self, filing: Filing) -> None:
        """Keep a frozen filing; it is never changed."""
        body = encode(filing)
        self._pen.note(Kind.FILING, filing.id, before=None, after=body)
        seq = self._connection.scalar(
            insert(filings).returning(filings.c.seq),
            {"id": filing.id, "month": str(filing.month), "revision": filing.revision, "body": body},
        )
        lines = [{"case_id": case, "filing_seq": seq} for case in dict.fromkeys(line.case for line in filing.lines)]
        if lines:
            self._connection.execute(insert(filing_lines), lines)

    def get(self, filing: FilingId) -> Filing:
        """The filing; KeyError where there is none."""
        body = self._connection.scalar(select(filings.c.body).where(filings.c.id == filing))
        if body is None:
            raise KeyError(filing)
        return decode(body, Filing)

    def latest(self, month: Month) -> Filing | None:
        """The highest revision of the month."""
        body = self._connection.scalar(
            select(filings.c.body).where(filings.c.month == str(month)).order_by(filings.c.revision.desc()).limit(1)
        )
        return None if body is None else decode(body, Filing)

    def of_month(self, month: Month) -> Sequence[Filing]:
        """Every revision of the month, the highest first."""
        found = self._connection.scalars(
            select(filings.c.body).where(filings.c.month == str(month)).order_by(filings.c.revision.desc())
        )
        return [decode(body, Filing) for body in found]

    def months(self) -> frozenset[Month]:
        """The months that have been frozen."""
        found = self._connection.scalars(select(filings.c.month).distinct())
        return frozenset(Month(int(month[:4]), int(month[5:])) for month in found)

    def holding(self, case: CaseId) -> Sequence[FrozenIn]:
        """The revisions in which the case is a line, oldest month and revision first."""
        found = self._connection.execute(
            select(filings.c.month, filings.c.revision)
            .join(filing_lines, filing_lines.c.filing_seq == filings.c.seq)
            .where(filing_lines.c.case_id == case)
            .order_by(filings.c.month, filings.c.revision)
        )
        return [FrozenIn(Month.of(date.fromisoformat(f"{month}-01")), revision) for month, revision in found]
