"""The views of the big table that the office has named and kept."""

from sqlalchemy import Column, Integer, Table, Text

from taizhang_db.tables.columns import metadata

list_views = Table(
    "list_views",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("body", Text, nullable=False),
)
