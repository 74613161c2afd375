"""The register of proved backups."""

from sqlalchemy import Column, Integer, Table, Text

from taizhang_db.tables.columns import metadata

backups = Table(
    "backups",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("body", Text, nullable=False),
)
