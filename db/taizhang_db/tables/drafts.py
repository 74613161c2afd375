"""What users have half-typed: no part of the ledger, and the only table beside the key state that the journal knows nothing of."""

from sqlalchemy import Column, Integer, Table, Text, UniqueConstraint

from taizhang_db.tables.columns import metadata

drafts = Table(
    "drafts",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("user_id", "key"),
)
