"""What only the bureau keeps: the lists of the departments and the filings of the towns."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select
from taizhang_casework.domain.bureau import FilingArrival, ListImport, ReceivedFiling
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.warning import WarningId

from taizhang_db.codec import decode, encode
from taizhang_db.pen import Pen
from taizhang_db.tables import list_imports, list_warnings, received_counts, received_filings, sent_tally, sent_warnings

_RECEIVE = insert(received_filings).returning(received_filings.c.seq)
_COUNT_SENT = """
INSERT INTO sent_tally (month, town, n)
SELECT month, town, count(*) FROM list_warnings WHERE warning_id IN (SELECT value FROM json_each(?)) GROUP BY month, town
ON CONFLICT (month, town) DO UPDATE SET n = n + excluded.n
"""


class SqlBureauDesk:
    """Implements ``BureauDesk``."""

    def __init__(self, connection: Connection, pen: Pen) -> None:
        self._connection = connection
        self._pen = pen

    def add_import(self, done: ListImport) -> None:
        """Keep a department list with the outcome of each of its rows."""
        body = encode(done)
        self._pen.note(Kind.LIST_IMPORT, done.id, before=None, after=body)
        self._connection.execute(
            insert(list_imports),
            {"id": done.id, "month": str(done.month), "sha256": done.reading.sha256, "body": body},
        )
        read = [
            {"warning_id": warning.id, "month": str(done.month), "town": warning.town_code} for warning in done.warnings
        ]
        if read:
            self._connection.execute(insert(list_warnings), read)

    def imports(self) -> Sequence[ListImport]:
        """Every list read, oldest first."""
        found = self._connection.scalars(select(list_imports.c.body).order_by(list_imports.c.seq))
        return [decode(body, ListImport) for body in found]

    def mark_sent(self, warnings: Sequence[WarningId], package: str) -> None:
        """Note in which package (its digest) the warnings went to their town; a warning goes out once."""
        if not warnings:
            return
        self._pen.note(Kind.PACKAGE, package, before=None, after=encode({"warnings": list(warnings)}))
        self._connection.execute(
            insert(sent_warnings), [{"warning_id": warning, "package": package} for warning in warnings]
        )
        self._connection.exec_driver_sql(_COUNT_SENT, (encode(warnings),))

    def sent_to_towns(self, month: Month) -> dict[OfficeId, int]:
        """How many warnings of the month's lists have gone out, by town."""
        found = self._connection.execute(
            select(sent_tally.c.town, sent_tally.c.n).where(sent_tally.c.month == str(month))
        )
        return {OfficeId(town): n for town, n in found}

    def sent(self) -> dict[WarningId, str]:
        """The warnings that have gone out, each with the digest of its package."""
        found = self._connection.execute(select(sent_warnings.c.warning_id, sent_warnings.c.package))
        return {WarningId(warning): package for warning, package in found}

    def receive(self, filing: ReceivedFiling) -> None:
        """Keep a town's filing beside its earlier revisions; the same filing once more changes nothing."""
        frozen = filing.filing
        body = encode(filing)
        known = self._connection.scalar(select(received_filings.c.body).where(received_filings.c.id == frozen.id))
        if not self._pen.note(Kind.RECEIVED_FILING, frozen.id, before=known, after=body if known is None else known):
            return
        seq = self._connection.execute(
            _RECEIVE,
            {
                "id": frozen.id,
                "town": frozen.office.id,
                "month": str(frozen.month),
                "revision": frozen.revision,
                "body": body,
            },
        ).scalar_one()
        arrival = FilingArrival(
            town=frozen.office.id,
            revision=frozen.revision,
            received_at=filing.received_at,
            lines=len(frozen.lines),
            closed=sum(line.closed_on is not None for line in frozen.lines),
        )
        self._connection.execute(
            insert(received_counts), {"filing_seq": seq, "month": str(frozen.month), "body": encode(arrival)}
        )

    def arrivals(self, month: Month) -> Sequence[FilingArrival]:
        """What the filings received of a month count, by town and revision; their lines are not read."""
        found = self._connection.scalars(select(received_counts.c.body).where(received_counts.c.month == str(month)))
        return sorted((decode(body, FilingArrival) for body in found), key=lambda one: (one.town, one.revision))

    def received(self, month: Month | None = None) -> Sequence[ReceivedFiling]:
        """The filings received, of one month or all, by town, month and revision."""
        wanted = select(received_filings.c.body).order_by(
            received_filings.c.town, received_filings.c.month, received_filings.c.revision, received_filings.c.seq
        )
        if month is not None:
            wanted = wanted.where(received_filings.c.month == str(month))
        return [decode(body, ReceivedFiling) for body in self._connection.scalars(wanted)]
