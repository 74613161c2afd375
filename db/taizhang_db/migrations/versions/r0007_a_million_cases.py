"""A million cases: an index for each order of the big table, tallies, words to search by, and the counts of the board."""

import json

import sqlalchemy as sa
from alembic import op

from taizhang_db.repositories import case_words
from taizhang_db.tables.case_index import CASE_WORDS, MONTH, YEAR, count_all, tallying

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_GONE = (
    "ix_cases_by_day",
    "ix_cases_closed_on",
    "ix_cases_id_number",
    "ix_cases_of_channel_by_day",
    "ix_cases_open_by_day",
)
_ORDERS = {
    "day": (),
    "village": ("village_code",),
    "name": ("name",),
    "id_number": ("id_number",),
    "channel": ("channel",),
    "source": ("source",),
    "step": ("step",),
    "meets": ("meets",),
    "closing": ("closed_on",),
}
_STRETCHES = {
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
_LASTING = ("channel", "source", "name", "id_number", "village_code", "received_on", "discarded_at")
_MOVING = ("step", "meets", "closed_on")


def upgrade() -> None:
    """Replace the indexes of the cases, and fill what is new from what is there."""
    _indexes()
    _names_of_households()
    _tallies()
    op.execute(CASE_WORDS)
    case_words.fill(op.get_bind())
    _bureau()
    _count_for_the_board()


def _indexes() -> None:
    for name in _GONE:
        op.drop_index(name, "cases")
    ledger = sa.text("discarded_at IS NULL")
    for name, keys in _ORDERS.items():
        columns = [*keys, "received_on", "seq", *(() if name == "channel" else ("channel",)), "discarded_at"]
        op.create_index(f"ix_cases_by_{name}", "cases", columns, unique=False, sqlite_where=ledger)
    opened = ["received_on", "seq", "channel", "name", "id_number", "village_code", "source", "step", "meets"]
    op.create_index(
        "ix_cases_open",
        "cases",
        [*opened, "closed_on", "discarded_at"],
        unique=False,
        sqlite_where=sa.text("discarded_at IS NULL AND closed_on IS NULL"),
    )


def _names_of_households() -> None:
    op.create_table(
        "household_names",
        sa.Column("village_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("household_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("village_code", "name", "household_seq", name="pk_household_names"),
        sa.ForeignKeyConstraint(["household_seq"], ["households.seq"], name="fk_household_names_household_seq"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_household_names_household_seq", "household_names", ["household_seq"], unique=False)
    op.execute(
        "INSERT OR IGNORE INTO household_names (village_code, name, household_seq) "
        "SELECT h.village_code, m.value ->> '$.person.name', h.seq "
        "FROM households AS h, json_each(h.body, '$.memberships') AS m"
    )
    for side in ("left_id", "right_id"):
        op.create_index(f"ix_match_decisions_{side}", "match_decisions", [side], unique=False)


def _tallies() -> None:
    op.create_table(
        "case_tally",
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sort", "value", "period", "channel", name="pk_case_tally"),
        sqlite_with_rowid=False,
    )
    for statement in (*count_all(_STRETCHES), *tallying(_STRETCHES, _LASTING, {each: each for each in _MOVING})):
        op.execute(statement)


def _bureau() -> None:
    op.create_table(
        "received_counts",
        sa.Column("filing_seq", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("filing_seq", name="pk_received_counts"),
        sa.ForeignKeyConstraint(["filing_seq"], ["received_filings.seq"], name="fk_received_counts_filing_seq"),
    )
    op.create_index("ix_received_counts_month", "received_counts", ["month"], unique=False)
    op.create_table(
        "list_warnings",
        sa.Column("warning_id", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("warning_id", name="pk_list_warnings"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sent_tally",
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "town", name="pk_sent_tally"),
        sqlite_with_rowid=False,
    )


def _count_for_the_board() -> None:
    connection = op.get_bind()
    filings = connection.exec_driver_sql("SELECT seq, month, body FROM received_filings ORDER BY seq").all()
    for seq, month, body in filings:
        received = json.loads(body)
        frozen = received["filing"]
        arrival = {
            "town": frozen["office"]["id"],
            "revision": frozen["revision"],
            "received_at": received["received_at"],
            "lines": len(frozen["lines"]),
            "closed": sum(line["closed_on"] is not None for line in frozen["lines"]),
        }
        kept = json.dumps(arrival, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        connection.exec_driver_sql("INSERT INTO received_counts VALUES (?, ?, ?)", (seq, month, kept))
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO list_warnings (warning_id, month, town) "
        "SELECT w.value ->> 'id', l.month, w.value ->> 'town_code' "
        "FROM list_imports AS l, json_each(l.body, '$.warnings') AS w"
    )
    connection.exec_driver_sql(
        "INSERT INTO sent_tally (month, town, n) SELECT l.month, l.town, count(*) "
        "FROM list_warnings AS l JOIN sent_warnings AS s ON s.warning_id = l.warning_id GROUP BY l.month, l.town"
    )
