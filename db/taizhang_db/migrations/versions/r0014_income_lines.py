"""The income lines that the bureau sets can be entered: none is shipped."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of its own; nothing of what is there changes."""
    op.create_table(
        "income_lines",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_income_lines"),
        sa.UniqueConstraint("id", name="uq_income_lines_id"),
    )
