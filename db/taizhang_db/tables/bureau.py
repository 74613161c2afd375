"""What only the bureau keeps."""

from sqlalchemy import Column, Index, Integer, Table, Text

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
