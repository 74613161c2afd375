"""The operations: their names in the journal hold for ever, and one that this program does not know is not taken back."""

from datetime import UTC, datetime
from typing import get_args

import pytest
from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.history import JournalEntry
from taizhang_casework.domain.offices import Role
from taizhang_casework.domain.operation import Operation, read_operation
from taizhang_casework.domain.steps import Record
from taizhang_casework.domain.undoing import next_to_undo, not_undoable, past_changes
from taizhang_casework.services import monitoring, verification
from taizhang_casework.services.monitoring import WorkRecord


@pytest.mark.parametrize("undoes", [False, True], ids=["done", "taken back"])
@pytest.mark.parametrize("operation", Operation, ids=lambda operation: operation.value)
def test_what_was_written_is_read_again(operation: Operation, undoes: bool) -> None:
    assert read_operation(operation.written(undoes=undoes)) == (operation, undoes)


def test_every_record_is_journalled_by_the_name_that_it_always_had() -> None:
    named = {kind.__name__: verification.OPERATIONS[kind].value for kind in get_args(Record)}
    named |= {kind.__name__: monitoring.OPERATIONS[kind].value for kind in get_args(WorkRecord)}
    assert all(record == name for record, name in named.items())


def test_what_an_unknown_operation_did_is_not_taken_back() -> None:
    operation, undoes = read_operation("undo:levitate")
    assert (operation, undoes) == (None, True)
    row = JournalEntry(
        seq=1,
        at=datetime(2022, 4, 7, tzinfo=UTC),
        by="李明",
        role=Role.CLERK,
        operation=read_operation("levitate")[0],
        undoes=False,
        kind=Kind.CASE,
        id="c1",
        before="{}",
        after="{}",
    )
    change = next_to_undo(past_changes([row]))
    assert change is not None
    assert [finding.says for finding in not_undoable(change)] == ["这一步不是本版本的程序做的，不能撤销"]
