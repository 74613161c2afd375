"""Each case carries its household's head, so that a page of the big table is read from the cases alone."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Copy name and number of the heads that the households have."""
    op.add_column("cases", sa.Column("head_name", sa.Text(), server_default="", nullable=False))
    op.add_column("cases", sa.Column("head_id_number", sa.Text(), server_default="", nullable=False))
    op.execute(
        "UPDATE cases SET head_name = h.head_name, head_id_number = h.head_id_number "
        "FROM households AS h WHERE h.id = cases.household_id"
    )
