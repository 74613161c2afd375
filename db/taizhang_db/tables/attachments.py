"""The files of cases: what each is, the keys of their encrypted content, and the key that gives them their names on the disk."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, LargeBinary, Table, Text
from taizhang_casework.domain.attachment import MediaType

from taizhang_db.tables.columns import ByValue, metadata

attachment_naming = Table(
    "attachment_naming",
    metadata,
    Column("only", Integer, primary_key=True),
    Column("key", LargeBinary, nullable=False),
    CheckConstraint("only = 1", name="one_row"),
)
"""One row: the random key of the HMAC that makes an address of a content. It never changes."""

attachment_files = Table(
    "attachment_files",
    metadata,
    Column("address", Text, primary_key=True, nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
    Column("media", ByValue(MediaType), nullable=False),
)
"""What lies in the folder beside the database. A row is there only once its file is."""

attachments = Table(
    "attachments",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("address", ForeignKey("attachment_files.address"), nullable=False, index=True),
    Column("body", Text, nullable=False),
)
