"""The desk of an office: households, cases, papers, partners, journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the first tables."""
    _households_and_cases()
    _papers()
    _journal()
    _append_only("journal")
    _append_only("filings")


def _households_and_cases() -> None:
    op.create_table(
        "households",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("village_code", sa.Text(), nullable=False),
        sa.Column("head_name", sa.Text(), nullable=False),
        sa.Column("head_id_number", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_households"),
        sa.UniqueConstraint("id", name="uq_households_id"),
    )
    op.create_table(
        "household_numbers",
        sa.Column("household_seq", sa.Integer(), nullable=False),
        sa.Column("id_number", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("household_seq", "id_number", name="pk_household_numbers"),
        sa.ForeignKeyConstraint(["household_seq"], ["households.seq"], name="fk_household_numbers_household_seq"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_household_numbers_id_number", "household_numbers", ["id_number"], unique=False)
    op.create_table(
        "cases",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("warning_id", sa.Text(), nullable=False),
        sa.Column("household_id", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id_number", sa.Text(), nullable=False),
        sa.Column("town_code", sa.Text(), nullable=False),
        sa.Column("village_code", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("step", sa.Text(), nullable=True),
        sa.Column("meets", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_cases"),
        sa.UniqueConstraint("id", name="uq_cases_id"),
        sa.UniqueConstraint("warning_id", name="uq_cases_warning_id"),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name="fk_cases_household_id"),
    )
    op.create_index("ix_cases_by_day", "cases", ["received_on", "seq", "id"], unique=False)
    op.create_index("ix_cases_closed_on", "cases", ["closed_on"], unique=False)
    op.create_index("ix_cases_household_id", "cases", ["household_id"], unique=False)
    op.create_index("ix_cases_id_number", "cases", ["id_number"], unique=False)
    op.create_index("ix_cases_of_channel_by_day", "cases", ["channel", "received_on", "seq", "id"], unique=False)
    op.create_index(
        "ix_cases_open_by_day",
        "cases",
        ["received_on", "seq", "id", "channel"],
        unique=False,
        sqlite_where=sa.text("closed_on IS NULL"),
    )
    op.create_table(
        "case_bodies",
        sa.Column("case_seq", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_seq", name="pk_case_bodies"),
        sa.ForeignKeyConstraint(["case_seq"], ["cases.seq"], name="fk_case_bodies_case_seq"),
    )
    op.create_table(
        "match_decisions",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("left_id", sa.Text(), nullable=False),
        sa.Column("right_id", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_match_decisions"),
    )
    op.create_index("uq_match_decisions_pair", "match_decisions", ["kind", "left_id", "right_id"], unique=True)


def _papers() -> None:
    op.create_table(
        "letters",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_letters"),
        sa.UniqueConstraint("id", name="uq_letters_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_letters_case_id"),
    )
    op.create_index("ix_letters_case_id", "letters", ["case_id"], unique=False)
    op.create_index("uq_letters_number", "letters", ["year", "serial"], unique=True)
    op.create_table(
        "filings",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_filings"),
        sa.UniqueConstraint("id", name="uq_filings_id"),
    )
    op.create_index("uq_filings_revision", "filings", ["month", "revision"], unique=True)
    op.create_table(
        "packages",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_packages"),
    )
    op.create_index("ix_packages_of_partner", "packages", ["direction", "partner", "number"], unique=False)
    op.create_index("uq_packages_digest", "packages", ["direction", "digest"], unique=True)
    op.create_table(
        "own_office",
        sa.Column("only", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("only", name="pk_own_office"),
        sa.CheckConstraint("only = 1", name=op.f("ck_own_office_one_row")),
    )
    op.create_table(
        "partners",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_partners"),
    )


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("user_role", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_journal"),
    )
    op.create_index("ix_journal_of_thing", "journal", ["kind", "id"], unique=False)


def _append_only(table: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
