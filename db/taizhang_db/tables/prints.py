"""The register of prints, and the seal picture."""

from sqlalchemy import Column, Computed, Index, Integer, LargeBinary, Table, Text

from taizhang_db.tables.columns import metadata

prints = Table(
    "prints",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("body", Text, nullable=False),
    Column("case_id", Text, Computed("json_extract(body, '$.paper.case')", persisted=False)),
    Column("filing_id", Text, Computed("json_extract(body, '$.paper.filing')", persisted=False)),
    Index("ix_prints_case_id", "case_id"),
    Index("ix_prints_filing_id", "filing_id"),
)
"""SQLite works out ``case_id`` and ``filing_id``, so that they cannot differ from the body."""

seals = Table(
    "seals",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("body", Text, nullable=False),
    Column("picture", LargeBinary),
)
"""``picture`` is the PNG of the one in use, NULL for every other."""
