"""The income lines that the office has entered; there are a few a year, and each look reads them all."""

from sqlalchemy import Column, Integer, Table, Text

from taizhang_db.tables.columns import metadata

income_lines = Table(
    "income_lines",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("body", Text, nullable=False),
)
