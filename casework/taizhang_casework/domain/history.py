"""The history of a case as values: what the journal took down about it, and the same in plain Chinese."""

from datetime import datetime

import msgspec

from taizhang_casework.domain.changes import Kind
from taizhang_casework.domain.offices import Role
from taizhang_casework.domain.operation import Operation


class JournalEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the journal. ``before`` and ``after`` are JSON, None where the thing was not there.

    ``operation`` is None where this program knows none of that name; ``undoes``: it was taken back by 撤销.
    """

    seq: int
    at: datetime
    by: str
    role: Role
    operation: Operation | None
    undoes: bool
    kind: Kind
    id: str
    before: str | None
    after: str | None


class HistoryLine(msgspec.Struct, frozen=True, kw_only=True):
    """One change in words: who, when, what, and each part of it as ``部分：旧 → 新``. Numbers in it are whole: the screen masks them."""

    seq: int
    at: datetime
    by: str
    role: Role
    what: str
    details: tuple[str, ...] = ()


class HistoryPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some of the history, newest first; ``more`` where older changes are left."""

    lines: tuple[HistoryLine, ...]
    more: bool
