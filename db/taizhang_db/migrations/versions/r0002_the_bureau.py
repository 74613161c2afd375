"""What only the bureau keeps: lists read, warnings sent, filings received."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the bureau's tables."""
    op.create_table(
        "list_imports",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_list_imports"),
        sa.UniqueConstraint("id", name="uq_list_imports_id"),
    )
    op.create_index("ix_list_imports_month", "list_imports", ["month"], unique=False)
    op.create_index("ix_list_imports_sha256", "list_imports", ["sha256"], unique=False)
    op.create_table(
        "sent_warnings",
        sa.Column("warning_id", sa.Text(), nullable=False),
        sa.Column("package", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("warning_id", name="pk_sent_warnings"),
    )
    op.create_index("ix_sent_warnings_package", "sent_warnings", ["package"], unique=False)
    op.create_table(
        "received_filings",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_received_filings"),
        sa.UniqueConstraint("id", name="uq_received_filings_id"),
    )
    op.create_index("ix_received_filings_by_month", "received_filings", ["month", "town", "revision"], unique=False)
    _append_only("received_filings")


def _append_only(table: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
