"""Who works here, and which writing of the key file the case file goes with."""

from sqlalchemy import CheckConstraint, Column, Integer, Table, Text

from taizhang_db.tables.columns import metadata

users = Table(
    "users",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("body", Text, nullable=False),
)

key_state = Table(
    "key_state",
    metadata,
    Column("only", Integer, primary_key=True),
    Column("generation", Integer, nullable=False),
    CheckConstraint("only = 1", name="one_row"),
)
"""One row: the generation of the newest key file that this case file knows of. An older one that is put back is seen by it."""
