"""The journal tells who changed what, and shows where somebody put a hand to it."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.changes import Kind, Touched
from taizhang_casework.domain.disclosure import Disclosure
from taizhang_casework.domain.offices import Role, User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.steps import HomeVisit
from taizhang_db import SqlStore, Vault
from taizhang_db.journal import FIRST_PREVIOUS, BrokenRow, JournalHead, rows_after

VISIT = HomeVisit(visited_on=date(2022, 4, 11), visitors=("张三", "李四"), conclusion="收入下降")

DISCLOSURE = Disclosure(id="d1", case=CaseId("c1"), shown_to="李明", shown_at=datetime(2022, 4, 8, tzinfo=UTC))


@pytest.fixture
def kept(store: SqlStore, case_of: Callable[..., Case]) -> SqlStore:
    """Four rows: three cases taken in by one, one worked on by another."""
    with store.change(Operation.TAKE_PACKAGE, User(name="李明")) as desk:
        for key in ("c1", "c2", "c3"):
            desk.cases.save(case_of(key))
    with store.change(Operation.HOME_VISIT, User(name="赵芳", role=Role.REVIEWER)) as desk:
        desk.cases.save(case_of("c2", VISIT))
    return store


def test_each_change_is_one_row_with_who_when_what_before_and_after(kept: SqlStore, vault: Vault) -> None:
    with vault.engine.connect() as connection:
        rows = list(rows_after(connection))
    assert [row.seq for row in rows] == [1, 2, 3, 4]
    assert [(row.user_name, row.user_role, row.operation, row.kind, row.id) for row in rows[2:]] == [
        ("李明", Role.CLERK, "take_package", Kind.CASE, "c3"),
        ("赵芳", Role.REVIEWER, "HomeVisit", Kind.CASE, "c2"),
    ]
    assert {row.at for row in rows} == {"2022-04-07T09:30:00+00:00"}
    assert rows[2].before is None
    assert rows[3].before is not None
    assert rows[3].after is not None
    assert json.loads(rows[3].before) == {**json.loads(rows[3].after), "entries": []}
    assert rows[0].previous == FIRST_PREVIOUS
    assert [row.previous for row in rows[1:]] == [row.hash for row in rows[:-1]]


def test_an_untouched_journal_verifies_and_its_head_counts_the_changes(kept: SqlStore) -> None:
    assert kept.verify_journal() is None
    assert kept.journal_head().seq == 4
    assert len(kept.journal_head().hash) == 64


def test_an_empty_journal_verifies(store: SqlStore) -> None:
    assert store.verify_journal() is None
    assert store.journal_head() == JournalHead(0, FIRST_PREVIOUS)


def without_triggers(connection: Connection) -> None:
    for verb in ("update", "delete"):
        connection.exec_driver_sql(f"DROP TRIGGER journal_no_{verb}")


@pytest.mark.parametrize(
    ("hand", "broken"),
    [
        pytest.param("UPDATE journal SET user_name = '王五' WHERE seq = 2", 2, id="another name"),
        pytest.param("UPDATE journal SET at = '2022-04-06T09:30:00+00:00' WHERE seq = 1", 1, id="an earlier day"),
        pytest.param("UPDATE journal SET after = before WHERE seq = 4", 4, id="another content"),
        pytest.param("UPDATE journal SET before = NULL WHERE seq = 4", 4, id="no content before"),
        pytest.param("UPDATE journal SET before = '' WHERE seq = 1", 1, id="empty instead of nothing"),
        pytest.param(
            "UPDATE journal SET operation = operation || id, id = '' WHERE seq = 3", 3, id="text moved between columns"
        ),
        pytest.param("UPDATE journal SET hash = previous WHERE seq = 3", 3, id="another hash"),
        pytest.param("DELETE FROM journal WHERE seq = 1", 1, id="the first row taken out"),
        pytest.param("DELETE FROM journal WHERE seq = 3", 3, id="a row taken out"),
        pytest.param(
            "UPDATE journal SET seq = CASE seq WHEN 2 THEN -1 ELSE 2 END WHERE seq IN (2, 3);", 2, id="a row moved"
        ),
        pytest.param(
            "INSERT INTO journal SELECT 5, at, user_name, user_role, operation, kind, id, before, after, previous, hash "
            "FROM journal WHERE seq = 4",
            5,
            id="a row put in again",
        ),
    ],
)
def test_the_first_row_that_somebody_touched_is_named(kept: SqlStore, vault: Vault, hand: str, broken: int) -> None:
    with vault.engine.begin() as connection:
        without_triggers(connection)
        connection.exec_driver_sql(hand)
    found = kept.verify_journal()
    assert isinstance(found, BrokenRow)
    assert found.seq == broken
    assert str(broken) in found.why


def test_a_tail_cut_off_moves_the_head(kept: SqlStore, vault: Vault) -> None:
    head = kept.journal_head()
    with vault.engine.begin() as connection:
        without_triggers(connection)
        connection.exec_driver_sql("DELETE FROM journal WHERE seq = 4")
    assert kept.verify_journal() is None
    assert kept.journal_head() != head


def test_whoever_looks_at_a_masked_number_stands_in_the_journal(kept: SqlStore, vault: Vault, clerk: User) -> None:
    with kept.change(Operation.DISCLOSE_NUMBERS, clerk) as desk:
        desk.disclose(DISCLOSURE)
    assert desk.changes.touched == (Touched(Kind.DISCLOSURE, DISCLOSURE.id),)
    with vault.engine.connect() as connection:
        row = next(rows_after(connection, 4))
    assert (row.user_name, row.kind, row.id) == ("李明", Kind.DISCLOSURE, DISCLOSURE.id)
    assert kept.verify_journal() is None
