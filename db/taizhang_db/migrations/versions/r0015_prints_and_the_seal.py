"""Every paper that leaves the vault is registered, and the office's seal picture is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables of their own; nothing of what is there changes: what was printed before has no record."""
    op.create_table(
        "prints",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), sa.Computed("json_extract(body, '$.paper.case')", persisted=False)),
        sa.Column("filing_id", sa.Text(), sa.Computed("json_extract(body, '$.paper.filing')", persisted=False)),
        sa.PrimaryKeyConstraint("seq", name="pk_prints"),
        sa.UniqueConstraint("id", name="uq_prints_id"),
    )
    op.create_index("ix_prints_case_id", "prints", ["case_id"])
    op.create_index("ix_prints_filing_id", "prints", ["filing_id"])
    op.create_table(
        "seals",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_seals"),
        sa.UniqueConstraint("id", name="uq_seals_id"),
    )
