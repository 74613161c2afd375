"""Tables whose rows stay as they were written: the database itself refuses UPDATE and DELETE on them."""

APPEND_ONLY = ("journal", "filings", "received_filings")


def trigger_statements(table: str) -> tuple[str, ...]:
    """The two CREATE TRIGGER statements that make a table append-only."""
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    )
