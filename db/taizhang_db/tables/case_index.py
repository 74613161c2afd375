"""What makes a million cases quick to count, to leaf through and to search; kept in step in the transaction of the case itself."""

from collections.abc import Iterable, Mapping

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

MONTH = "substr({0}.received_on, 1, 7)"
YEAR = "substr({0}.received_on, 1, 5)"  # "2022-": without its dash SQLite would compare a date's column with a number
STRETCHES = {
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
    "town": ("{0}.town_code", MONTH),
    "stage": ("{0}.stage", MONTH),
    "reason": ("{0}.refused_for", MONTH),
    "informed": ("CAST({0}.informed AS TEXT)", MONTH),
    "verifiers": ("{0}.verifiers", YEAR),
    "due": ("CASE WHEN {0}.clock IS NULL THEN '' ELSE '1' END", MONTH),
}
"""Value and period of a row for each order; both rise with the order. ``stage`` is of no order: the chip asks for one of its values.

Of ``due`` only the cases without a running clock are walked, whose value is empty.
"""

_LASTING = ("channel", "source", "name", "id_number", "village_code", "town_code", "received_on", "discarded_at")
"""What hardly ever changes; the work on a case changes the others."""
_MOVING = {
    "step": "step",
    "meets": "meets",
    "closed_on": "closed_on",
    "stage": "stage",
    "refused_for": "reason",
    "informed": "informed",
    "verifiers": "verifiers",
    "clock": "due",
}
"""The columns that the work on a case changes, and the order that each is of."""


def tallying(
    stretches: Mapping[str, tuple[str, str]], lasting: Iterable[str], moving: Mapping[str, str]
) -> tuple[str, ...]:
    """The triggers that keep the tallies, whoever writes; each counts only what can have moved, and nothing in the recycle bin."""
    lasting = tuple(lasting)
    moved = f"UPDATE OF {', '.join(lasting)}"
    other = f"{_row('old', lasting)} IS NOT {_row('new', lasting)}"
    came, left = _count("new", "1", stretches), _count("old", "-1", stretches)
    return (
        _trigger("cases_tallied", "INSERT", "new.discarded_at IS NULL", came),
        _trigger("cases_untallied", "DELETE", "old.discarded_at IS NULL", left),
        _trigger("cases_left", moved, f"old.discarded_at IS NULL AND {other}", left),
        _trigger("cases_came", moved, f"new.discarded_at IS NULL AND {other}", came),
        *(
            _trigger(
                f"cases_{column}_moved",
                f"UPDATE OF {column}",
                f"new.discarded_at IS NULL AND old.{column} IS NOT new.{column} AND NOT ({other})",
                _count("old", "-1", {sort: stretches[sort]}),
                _count("new", "1", {sort: stretches[sort]}),
            )
            for column, sort in moving.items()
        ),
    )


def _count(row: str, by: str, stretches: Mapping[str, tuple[str, str]]) -> str:
    values = ", ".join(
        f"('{sort}', {value.format(row)}, {period.format(row)}, {row}.channel, {by})"
        for sort, (value, period) in stretches.items()
    )
    return (
        f"INSERT INTO case_tally (sort, value, period, channel, n) VALUES {values} "
        f"ON CONFLICT (sort, value, period, channel) DO UPDATE SET n = n + excluded.n"
    )


def _trigger(name: str, event: str, when: str, *deeds: str) -> str:
    return f"CREATE TRIGGER {name} AFTER {event} ON cases WHEN {when} BEGIN {'; '.join(deeds)}; END"


def _row(name: str, columns: Iterable[str]) -> str:
    return f"({', '.join(f'{name}.{column}' for column in columns)})"


def count_all(stretches: Mapping[str, tuple[str, str]]) -> Iterable[str]:
    """The statements that fill the tally of these orders from the cases that are there."""
    for sort, (value, period) in stretches.items():
        yield (
            f"INSERT INTO case_tally (sort, value, period, channel, n) "
            f"SELECT '{sort}', {value.format('cases')}, {period.format('cases')}, channel, count(*) "
            f"FROM cases WHERE discarded_at IS NULL GROUP BY 2, 3, 4"
        )


TALLYING = tallying(STRETCHES, _LASTING, _MOVING)
"""The triggers of this program's own tables."""

CASE_WORDS = "CREATE VIRTUAL TABLE case_words USING fts5 (words, content='', contentless_delete=1, tokenize='ascii')"
"""The words by which a case is found, one document a case: see :mod:`taizhang_db.repositories.case_words`."""

HOUSEHOLD_WORDS = CASE_WORDS.replace("case_words", "household_words")
"""The words by which a household is found, one document a household under its entry; tokens as those of the cases."""

for _statement in (*TALLYING, CASE_WORDS, HOUSEHOLD_WORDS):
    event.listen(metadata, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]  # untyped in SQLAlchemy
