"""Which cases the lists are of: all but those in the recycle bin."""

from typing import Final

from sqlalchemy import ColumnElement

from taizhang_db.tables import cases

NOT_DISCARDED: Final[ColumnElement[bool]] = cases.c.discarded_at.is_(None)
"""Not in the recycle bin. Every list has this condition, in these words: the partial indexes of ``cases`` are taken by it."""
