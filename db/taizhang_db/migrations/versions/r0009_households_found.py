"""Households are found by their members' names, initials, numbers and telephones."""

from alembic import op

from taizhang_db.repositories import household_words
from taizhang_db.tables.case_index import HOUSEHOLD_WORDS

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index and fill it from the households that are there."""
    op.execute(HOUSEHOLD_WORDS)
    household_words.fill(op.get_bind())
