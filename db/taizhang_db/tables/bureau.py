"""What only the bureau keeps."""

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text

from taizhang_db.tables.columns import metadata
from taizhang_db.tables.triggers import append_only

list_imports = Table(
    "list_imports",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("month", Text, nullable=False, index=True),
    Column("sha256", Text, nullable=False, index=True),
    Column("body", Text, nullable=False),
)

sent_warnings = Table(
    "sent_warnings",
    metadata,
    Column("warning_id", Text, primary_key=True, nullable=False),
    Column("package", Text, nullable=False, index=True),
)
"""Which warning went to its town in which package (its digest)."""

received_filings = Table(
    "received_filings",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("town", Text, nullable=False),
    Column("month", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_received_filings_by_month", "month", "town", "revision"),
)
append_only(received_filings)

received_counts = Table(
    "received_counts",
    metadata,
    Column("filing_seq", ForeignKey("received_filings.seq"), primary_key=True),
    Column("month", Text, nullable=False, index=True),
    Column("body", Text, nullable=False),
)
"""What the board counts of each filing received, so that it need not read their lines."""

list_warnings = Table(
    "list_warnings",
    metadata,
    Column("warning_id", Text, primary_key=True, nullable=False),
    Column("month", Text, nullable=False),
    Column("town", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""For which month and town each warning was read from a list."""

sent_tally = Table(
    "sent_tally",
    metadata,
    Column("month", Text, nullable=False),
    Column("town", Text, nullable=False),
    Column("n", Integer, nullable=False),
    PrimaryKeyConstraint("month", "town"),
    sqlite_with_rowid=False,
)
"""How many warnings of the lists of a month have gone to each town."""
