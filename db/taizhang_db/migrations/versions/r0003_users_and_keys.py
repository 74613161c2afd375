"""The users of the PC, and the generation of the key file."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two tables."""
    op.create_table(
        "users",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_users"),
        sa.UniqueConstraint("id", name="uq_users_id"),
    )
    op.create_table(
        "key_state",
        sa.Column("only", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("only", name="pk_key_state"),
        sa.CheckConstraint("only = 1", name="one_row"),
    )
    op.execute("INSERT INTO key_state (only, generation) VALUES (1, 1)")
