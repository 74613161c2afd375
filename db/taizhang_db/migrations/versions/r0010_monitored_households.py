"""The households that are or were 监测对象."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "monitored_households",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("household_id", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("last_seen_on", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_monitored_households"),
        sa.UniqueConstraint("id", name="uq_monitored_households_id"),
        sa.UniqueConstraint("household_id", name="uq_monitored_households_household_id"),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name="fk_monitored_households_household_id"),
    )
    op.create_index("ix_monitored_households_last_seen_on", "monitored_households", ["last_seen_on"], unique=False)
