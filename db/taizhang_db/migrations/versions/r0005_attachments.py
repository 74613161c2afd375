"""Attachments: their rows, the keys of their files, and the key that names the files."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, and draw the naming key of this vault."""
    naming = op.create_table(
        "attachment_naming",
        sa.Column("only", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("only", name="pk_attachment_naming"),
        sa.CheckConstraint("only = 1", name=op.f("ck_attachment_naming_one_row")),
    )
    op.execute(naming.insert().values(only=1, key=secrets.token_bytes(32)))
    op.create_table(
        "attachment_files",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_attachment_files"),
    )
    op.create_table(
        "attachments",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_attachments"),
        sa.UniqueConstraint("id", name="uq_attachments_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_attachments_case_id"),
        sa.ForeignKeyConstraint(["address"], ["attachment_files.address"], name="fk_attachments_address"),
    )
    op.create_index("ix_attachments_address", "attachments", ["address"], unique=False)
    op.create_index("ix_attachments_case_id", "attachments", ["case_id"], unique=False)
