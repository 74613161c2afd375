"""The journal: rows are added and nothing else; triggers refuse the rest."""

from sqlalchemy import Column, Index, Integer, Table, Text
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.offices import Role

from taizhang_db.tables.columns import ByValue, metadata
from taizhang_db.tables.triggers import append_only

journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("user_name", Text, nullable=False),
    Column("user_role", ByValue(Role), nullable=False),
    Column("operation", Text, nullable=False),
    Column("kind", ByValue(Kind), nullable=False),
    Column("id", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("ix_journal_of_thing", "kind", "id"),
)
append_only(journal)
