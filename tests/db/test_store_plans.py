"""No list that a screen waits for looks through the whole ledger once for each of its lines: an index answers."""

from collections.abc import Callable

import pytest
from sqlalchemy import event
from taizhang_casework.domain.ledger import Month
from taizhang_casework.services.ports import Desk
from taizhang_db import SqlStore, Vault

LISTS: dict[str, Callable[[Desk], object]] = {
    "待确认, the lines without a household": lambda desk: desk.cases.without_household(200),
    "待确认, the lines that may tell of the same": lambda desk: desk.cases.repeated(200),
    "今日待办, the open lines": lambda desk: desk.cases.open(),
    "月度报送, the lines of a month": lambda desk: desk.cases.of_month(Month(2022, 4)),
    "the lines of one person": lambda desk: desk.cases.naming("370282196504120038"),
}


@pytest.mark.parametrize("ask", LISTS.values(), ids=LISTS.keys())
def test_no_question_within_a_question_looks_through_all_cases(
    ask: Callable[[Desk], object], store: SqlStore, vault: Vault
) -> None:
    sent: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, sql: str, values: object, *_: object) -> None:
        sent.append((sql, values))

    event.listen(vault.engine, "before_cursor_execute", note)
    with store.reading() as desk:
        ask(desk)
    event.remove(vault.engine, "before_cursor_execute", note)
    asked = [(sql, values) for sql, values in sent if sql.startswith("SELECT") and "cases" in sql]
    assert asked
    with vault.engine.connect() as connection:
        for sql, values in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()  # type: ignore[arg-type]  # as it was sent
            steps = [str(step.detail) for step in plan]
            assert not [step for step in steps if step.startswith("SCAN cases_")], steps
            assert not [step for step in steps if step == "SCAN cases"], steps
