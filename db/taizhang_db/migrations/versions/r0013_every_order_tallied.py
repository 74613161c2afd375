"""Town, reason, informed, verifiers and the day due get the index and the tally that the other orders of the big table have."""

import sqlalchemy as sa
from alembic import op

from taizhang_db.tables.case_index import MONTH, YEAR, count_all, tallying

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_KEYS = {
    "town": "town_code",
    "stage": "stage",
    "reason": "refused_for",
    "informed": "informed",
    "verifiers": "verifiers",
    "due": "clock",
}
_EARLIER = {
    "received_on": (MONTH, "''"),
    "village": ("{0}.village_code", YEAR),
    "name": ("substr({0}.name, 1, 1)", "''"),
    "id_number": ("substr({0}.id_number, 1, 10)", "''"),
    "channel": ("{0}.channel", MONTH),
    "source": ("{0}.source", YEAR),
    "step": ("coalesce({0}.step, '')", MONTH),
    "meets": ("{0}.meets", MONTH),
    "closed_on": (
        "coalesce(substr({0}.closed_on, 1, 7), '')",
        f"CASE WHEN {{0}}.closed_on IS NULL THEN {MONTH} ELSE '' END",
    ),
}
_NEW = {
    "town": ("{0}.town_code", MONTH),
    "stage": ("{0}.stage", MONTH),
    "reason": ("{0}.refused_for", MONTH),
    "informed": ("CAST({0}.informed AS TEXT)", MONTH),
    "verifiers": ("{0}.verifiers", YEAR),
    "due": ("CASE WHEN {0}.clock IS NULL THEN '' ELSE '1' END", MONTH),
}
_LASTING = ("channel", "source", "name", "id_number", "village_code", "town_code", "received_on", "discarded_at")
_MOVING = {"step": "step", "meets": "meets", "closed_on": "closed_on", "stage": "stage", "refused_for": "reason"}
_MOVING |= {"informed": "informed", "verifiers": "verifiers", "clock": "due"}
_TRIGGERS = ("tallied", "untallied", "left", "came", "step_moved", "meets_moved", "closed_on_moved")


def upgrade() -> None:
    """Index and count what is there, then let the triggers keep it."""
    for name, key in _KEYS.items():
        op.create_index(
            f"ix_cases_by_{name}",
            "cases",
            [key, "received_on", "seq", "channel", "discarded_at"],
            unique=False,
            sqlite_where=sa.text("discarded_at IS NULL"),
        )
    for name in _TRIGGERS:
        op.execute(f"DROP TRIGGER cases_{name}")
    for statement in (*count_all(_NEW), *tallying(_EARLIER | _NEW, _LASTING, _MOVING)):
        op.execute(statement)
