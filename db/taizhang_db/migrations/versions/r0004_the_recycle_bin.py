"""The recycle bin: cases that left the ledger, and which case is a line of which filing."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let a case be discarded, index the lists without those that are, and note the lines of the filings frozen before."""
    op.add_column("cases", sa.Column("discarded_at", sa.Text(), nullable=True))
    _indexes_of_the_ledger()
    op.create_table(
        "filing_lines",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("filing_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "filing_seq", name="pk_filing_lines"),
        sa.ForeignKeyConstraint(["filing_seq"], ["filings.seq"], name="fk_filing_lines_filing_seq"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT OR IGNORE INTO filing_lines (case_id, filing_seq) "
        "SELECT json_extract(line.value, '$.case'), filings.seq FROM filings, json_each(filings.body, '$.lines') AS line"
    )
    _append_only("filing_lines")


def _indexes_of_the_ledger() -> None:
    for name in ("ix_cases_by_day", "ix_cases_of_channel_by_day", "ix_cases_open_by_day"):
        op.drop_index(name, table_name="cases")
    ledger = sa.text("discarded_at IS NULL")
    op.create_index(
        "ix_cases_by_day", "cases", ["received_on", "seq", "id", "discarded_at"], unique=False, sqlite_where=ledger
    )
    op.create_index(
        "ix_cases_of_channel_by_day",
        "cases",
        ["channel", "received_on", "seq", "id", "discarded_at"],
        unique=False,
        sqlite_where=ledger,
    )
    op.create_index(
        "ix_cases_open_by_day",
        "cases",
        ["received_on", "seq", "id", "channel", "discarded_at"],
        unique=False,
        sqlite_where=sa.text("discarded_at IS NULL AND closed_on IS NULL"),
    )
    op.create_index(
        "ix_cases_discarded",
        "cases",
        ["discarded_at"],
        unique=False,
        sqlite_where=sa.text("discarded_at IS NOT NULL"),
    )


def _append_only(table: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
