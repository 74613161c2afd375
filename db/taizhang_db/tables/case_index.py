"""What makes a million cases quick to count, to leaf through and to search; kept in step in the transaction of the case itself."""

from collections.abc import Iterable

from sqlalchemy import DDL, Column, Integer, PrimaryKeyConstraint, Table, Text, event

from taizhang_db.tables.columns import metadata

case_tally = Table(
    "case_tally",
    metadata,
    Column("sort", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("n", Integer, nullable=False),
    PrimaryKeyConstraint("sort", "value", "period", "channel"),
    sqlite_with_rowid=False,
)
"""How many cases stand in each stretch of each order of the big table, by channel.

A stretch is all cases from one ``value`` and ``period`` to the next, where ``sort`` is a ``CaseOrder``. Where a row stands, and which
row stands somewhere, is then a sum over some hundred stretches and a short walk in one of them.
"""

_MONTH = "substr({0}.received_on, 1, 7)"
_YEAR = "substr({0}.received_on, 1, 5)"  # "2022-": without its dash SQLite would compare a date's column with a number
STRETCHES = {
    "received_on": (_MONTH, "''"),
    "village": ("{0}.village_code", _YEAR),
    "name": ("substr({0}.name, 1, 1)", "''"),
    "id_number": ("substr({0}.id_number, 1, 10)", "''"),
    "channel": ("{0}.channel", _MONTH),
    "source": ("{0}.source", _YEAR),
    "step": ("coalesce({0}.step, '')", _MONTH),
    "meets": ("{0}.meets", _MONTH),
    "closed_on": (
        "coalesce(substr({0}.closed_on, 1, 7), '')",
        f"CASE WHEN {{0}}.closed_on IS NULL THEN {_MONTH} ELSE '' END",
    ),
}
"""Value and period of a row for each order; both rise with the order."""


_LASTING = ("channel", "source", "name", "id_number", "village_code", "received_on", "discarded_at")
"""What hardly ever changes; the work on a case changes the other three."""


def _count(row: str, by: str, sorts: Iterable[str]) -> str:
    values = ", ".join(
        f"('{sort}', {value.format(row)}, {period.format(row)}, {row}.channel, {by})"
        for sort, (value, period) in STRETCHES.items()
        if sort in sorts
    )
    return (
        f"INSERT INTO case_tally (sort, value, period, channel, n) VALUES {values} "
        f"ON CONFLICT (sort, value, period, channel) DO UPDATE SET n = n + excluded.n"
    )


def _trigger(name: str, event: str, when: str, *deeds: str) -> str:
    return f"CREATE TRIGGER {name} AFTER {event} ON cases WHEN {when} BEGIN {'; '.join(deeds)}; END"


def _row(name: str) -> str:
    return f"({', '.join(f'{name}.{column}' for column in _LASTING)})"


_MOVED = f"UPDATE OF {', '.join(_LASTING)}"
_OTHER_ROW = f"{_row('old')} IS NOT {_row('new')}"
TALLYING = (
    _trigger("cases_tallied", "INSERT", "new.discarded_at IS NULL", _count("new", "1", STRETCHES)),
    _trigger("cases_untallied", "DELETE", "old.discarded_at IS NULL", _count("old", "-1", STRETCHES)),
    _trigger("cases_left", _MOVED, f"old.discarded_at IS NULL AND {_OTHER_ROW}", _count("old", "-1", STRETCHES)),
    _trigger("cases_came", _MOVED, f"new.discarded_at IS NULL AND {_OTHER_ROW}", _count("new", "1", STRETCHES)),
    *(
        _trigger(
            f"cases_{column}_moved",
            f"UPDATE OF {column}",
            f"new.discarded_at IS NULL AND old.{column} IS NOT new.{column} AND NOT ({_OTHER_ROW})",
            _count("old", "-1", [column]),
            _count("new", "1", [column]),
        )
        for column in ("step", "meets", "closed_on")
    ),
)
"""The triggers that keep the tallies, whoever writes; each counts only what can have moved, and nothing in the recycle bin."""

CASE_WORDS = "CREATE VIRTUAL TABLE case_words USING fts5 (words, content='', contentless_delete=1, tokenize='ascii')"
"""The words by which a case is found, one document a case: see :mod:`taizhang_db.repositories.case_words`."""

HOUSEHOLD_WORDS = CASE_WORDS.replace("case_words", "household_words")
"""The words by which a household is found, one document a household under its entry; tokens as those of the cases."""

for _statement in (*TALLYING, CASE_WORDS, HOUSEHOLD_WORDS):
    event.listen(metadata, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]  # untyped in SQLAlchemy
