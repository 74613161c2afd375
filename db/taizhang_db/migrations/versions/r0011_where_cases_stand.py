"""Where each case stands, to filter and sort by: stage, running clock, whom it waits for, what is owed; and the views of the office."""

import sqlalchemy as sa
from alembic import op
from taizhang_casework.domain.pack_loading import shipped_packs

from taizhang_db.repositories import case_columns

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_FILTERED = (
    *("village_code", "received_on", "seq", "channel", "source", "stage", "meets", "informed"),
    *("green_owed", "clock", "waits_for", "closed_on", "discarded_at"),
)


def upgrade() -> None:
    """Add the columns, fill them from cases and letters, then index them."""
    for column in (
        sa.Column("stage", sa.Text(), server_default="", nullable=False),
        sa.Column("clock", sa.Text(), nullable=True),
        sa.Column("waits_for", sa.Text(), nullable=True),
        sa.Column("green_owed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("informed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("refused_for", sa.Text(), server_default="", nullable=False),
        sa.Column("explanation", sa.Text(), server_default="", nullable=False),
        sa.Column("verifiers", sa.Text(), server_default="", nullable=False),
    ):
        op.add_column("cases", column)
    case_columns.fill(op.get_bind(), {pack.id: pack for pack in shipped_packs()})
    ledger = sa.text("discarded_at IS NULL")
    op.create_index("ix_cases_filtered", "cases", list(_FILTERED), unique=False, sqlite_where=ledger)
    op.create_index(
        "ix_cases_running",
        "cases",
        ["clock", "discarded_at"],
        unique=False,
        sqlite_where=sa.text("discarded_at IS NULL AND clock IS NOT NULL"),
    )
    op.create_table(
        "list_views",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_list_views"),
        sa.UniqueConstraint("id", name="uq_list_views_id"),
    )
