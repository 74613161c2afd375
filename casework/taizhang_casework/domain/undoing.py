"""撤销: which of a user's changes is the next to be taken back, and which cannot be, each with its reason.

A change is one operation as the journal took it down. Nothing is erased by 撤销: it is a change of its own behind the first.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.findings import Finding
from taizhang_casework.domain.history import JournalEntry
from taizhang_casework.domain.operation import Operation

REGISTERED_BY_MISTAKE = "撤销登记"
"""The reason with which a line that was just registered goes to the recycle bin."""
ATTACHED_BY_MISTAKE = "撤销添加"
"""The reason with which an attachment that was just added goes there."""

LOOKS = frozenset({Kind.DISCLOSURE, Kind.BACKUP, Kind.PRINT})
"""Looking at a number, keeping a backup and making a paper change nothing of the work: what came before them can still be taken back."""
_REGISTERING = frozenset({Operation.TAKE_WARNING, Operation.TAKE_WARNINGS})
_STAYS = {
    Kind.FILING: "封存的台账不能撤销；有更正的，改好后再封存一版",
    Kind.PACKAGE: "数据包已经送出或收进，不能撤销",
    Kind.LIST_IMPORT: "部门名单已经读入并登记，不能撤销",
    Kind.RECEIVED_FILING: "镇街报送的台账已经收下，不能撤销",
    Kind.OFFICE: "本单位的登记不能撤销",
    Kind.PARTNER: "往来单位的登记不能撤销",
    Kind.USER: "用户的变动不能撤销，请在“用户”页里改",
    Kind.KEYS: "口令、恢复码和密钥的变动不能撤销",
    Kind.VAULT: "数据文件的处理不能撤销",
    Kind.DISCLOSURE: "查看号码只作登记，没有什么可以撤销",
    Kind.BACKUP: "备份的登记不能撤销",
    Kind.PRINT: "打印和另存的登记不能撤销",
    Kind.SEAL: "电子印章的变动不能撤销，请重新载入",
}
_MADE = {
    Kind.HOUSEHOLD: "这一步新建了一户，户要留着；归错了户的，在这一条里点“改归另一户…”",
    Kind.MATCH: "是哪一户、是不是重复，已经由您决定并记下，不能撤销；归错了户的，在这一条里点“改归另一户…”",
    Kind.MONITORED_HOUSEHOLD: "这一户已列为监测对象，不能撤销；认定错了的，请重新打开本条",
    Kind.LETTER: "告知书的文号已经给出，不能撤销；文号不会再用",
}
"""Things that come into being and stay: other things know them by then."""


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """What a change did to one thing: JSON before (None where it was not there) and after."""

    kind: Kind
    id: str
    before: str | None
    after: str


class PastChange(msgspec.Struct, frozen=True, kw_only=True):
    """One operation of the journal; ``first`` and ``last`` are the numbers of its rows."""

    operation: Operation | None
    undoes: bool
    at: datetime
    by: str
    first: int
    last: int
    rows: tuple[JournalEntry, ...]

    @property
    def things(self) -> tuple[Thing, ...]:
        """Everything that it touched, each once, in the order of first touch."""
        found: dict[tuple[Kind, str], Thing] = {}
        for row in self.rows:
            known = found.get((row.kind, row.id))
            before = row.before if known is None else known.before
            found[row.kind, row.id] = Thing(kind=row.kind, id=row.id, before=before, after=row.after or "")
        return tuple(found.values())

    @property
    def registers(self) -> bool:
        """Whether it registered warnings, which are taken back by the recycle bin."""
        return self.operation in _REGISTERING


def past_changes(rows: Iterable[JournalEntry]) -> Iterator[PastChange]:
    """The rows of one user, newest first, as the operations that wrote them, newest first."""
    together: list[JournalEntry] = []
    for row in rows:
        if together and not _goes_with(row, together[-1]):
            yield _change(together)
            together = []
        together.append(row)
    if together:
        yield _change(together)


def next_to_undo(changes: Iterable[PastChange]) -> PastChange | None:
    """The newest of a user's changes, newest first, that is not taken back yet; None where there is none.

    Where it cannot be taken back (:func:`not_undoable`) nothing before it is: 撤销 never passes over work. Looks are passed over
    unless there is nothing else.
    """
    undone, looked = 0, None
    for change in changes:
        if change.undoes:
            undone += 1
        elif all(row.kind in LOOKS for row in change.rows):
            looked = looked or change
        elif undone:
            undone -= 1
        else:
            return change
    return looked


def not_undoable(change: PastChange) -> tuple[Finding, ...]:
    """Why a change cannot be taken back whatever came after it, a sentence each; empty where it can."""
    found = [] if change.operation is not None else ["这一步不是本版本的程序做的，不能撤销"]
    found += [_STAYS[thing.kind] for thing in change.things if thing.kind in _STAYS]
    if not change.registers:
        found += [_MADE[thing.kind] for thing in change.things if _stays_made(change, thing)]
        found += ["这一条是区里的数据包发来的，不能撤销" for thing in change.things if _new_case(thing)]
    if any(thing.kind is Kind.LETTER and _printed(thing) for thing in change.things):
        found.append("告知书已经打印，打印记录不能撤销")
    return tuple(Finding(field="", code="not_undoable", says=says) for says in dict.fromkeys(found))


def changed_since(by: str) -> Finding:
    """The sentence where something of the change is not any more as it left it."""
    return Finding(field="", code="changed_since", says=f"此后又有改动（{by}），不能撤销")


def _stays_made(change: PastChange, thing: Thing) -> bool:
    """A case that goes back leaves the word that it had been of the other household: nothing rests on it."""
    return (
        thing.before is None
        and thing.kind in _MADE
        and (change.operation, thing.kind) != (Operation.MOVE_CASE, Kind.MATCH)
    )


def _new_case(thing: Thing) -> bool:
    return thing.kind is Kind.CASE and thing.before is None


def _printed(thing: Thing) -> bool:
    return thing.before is not None and _prints(thing.before) != _prints(thing.after)


def _prints(letter: str) -> object:
    return msgspec.json.decode(letter).get("prints")


def _goes_with(row: JournalEntry, later: JournalEntry) -> bool:
    return (row.seq, row.operation, row.undoes, row.at) == (later.seq - 1, later.operation, later.undoes, later.at)


def _change(newest_first: list[JournalEntry]) -> PastChange:
    rows = tuple(reversed(newest_first))
    newest = rows[-1]
    return PastChange(
        operation=newest.operation,
        undoes=newest.undoes,
        at=newest.at,
        by=newest.by,
        first=rows[0].seq,
        last=newest.seq,
        rows=rows,
    )
