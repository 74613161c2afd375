"""Letters, filings, packages, and the offices that exchange them."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text
from taizhang_casework.domain.packages import Direction, PackageKind

from taizhang_db.tables.columns import ByValue, metadata
from taizhang_db.tables.triggers import append_only

letters = Table(
    "letters",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("uq_letters_number", "year", "serial", unique=True),
)

filings = Table(
    "filings",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("month", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("uq_filings_revision", "month", "revision", unique=True),
)
"""Frozen: never changed."""
append_only(filings)

filing_lines = Table(
    "filing_lines",
    metadata,
    Column("case_id", Text, nullable=False),
    Column("filing_seq", ForeignKey("filings.seq"), nullable=False),
    PrimaryKeyConstraint("case_id", "filing_seq"),
    sqlite_with_rowid=False,
)
"""Which case is a line of which filing; the bureau's filings have lines of cases that only their towns keep."""
append_only(filing_lines)

packages = Table(
    "packages",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("direction", ByValue(Direction), nullable=False),
    Column("digest", Text, nullable=False),
    Column("partner", Text, nullable=False),
    Column("kind", ByValue(PackageKind), nullable=False),
    Column("number", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("uq_packages_digest", "direction", "digest", unique=True),
    Index("ix_packages_of_partner", "direction", "partner", "number"),
)

own_office = Table(
    "own_office",
    metadata,
    Column("only", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("body", Text, nullable=False),
    CheckConstraint("only = 1", name="one_row"),
)
"""One row: the keys of this office."""

partners = Table(
    "partners",
    metadata,
    Column("id", Text, primary_key=True, nullable=False),
    Column("body", Text, nullable=False),
)
"""The public cards of other offices."""
