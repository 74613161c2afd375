"""Tables whose rows stay as they were written: the database itself refuses UPDATE and DELETE on them."""

from sqlalchemy import DDL, Table, event


def append_only(table: Table) -> None:
    """Let the two triggers be made together with the table."""
    for verb in ("UPDATE", "DELETE"):
        statement = (
            f"CREATE TRIGGER {table.name}_no_{verb.lower()} BEFORE {verb} ON {table.name} "
            f"BEGIN SELECT RAISE(ABORT, '{table.name} is append-only'); END"
        )
        event.listen(table, "after_create", DDL(statement))  # type: ignore[no-untyped-call]  # untyped in SQLAlchemy
