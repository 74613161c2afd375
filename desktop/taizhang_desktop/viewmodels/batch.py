"""Several files in one long job: one that fails stops no other, and what was done before the user cancelled it stays done."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import msgspec
from taizhang_casework.domain.trouble import OfficeTrouble

from taizhang_desktop.tasks import JobCancelled, Reporter

ItemT = TypeVar("ItemT")
DoneT = TypeVar("DoneT")


class Batch(msgspec.Struct, Generic[ItemT, DoneT], frozen=True, kw_only=True):
    """What became of the items: done, failed with its trouble, or left alone because the user cancelled."""

    done: tuple[DoneT, ...]
    failed: tuple[tuple[ItemT, OfficeTrouble], ...]
    left: tuple[ItemT, ...]


def do_each(items: Sequence[ItemT], deed: Callable[[ItemT], DoneT], report: Reporter) -> Batch[ItemT, DoneT]:
    """Do the deed, a transaction of its own, to one item after the other. Runs in the worker's thread.

    A deed that reports by itself may be cancelled in its middle: it undoes what it was at, and its item counts as left.
    """
    done: list[DoneT] = []
    failed: list[tuple[ItemT, OfficeTrouble]] = []
    for at, item in enumerate(items):
        try:
            report(at, len(items))
            done.append(deed(item))
        except JobCancelled:
            return Batch(done=tuple(done), failed=tuple(failed), left=tuple(items[at:]))
        except OfficeTrouble as trouble:
            failed.append((item, trouble))
    return Batch(done=tuple(done), failed=tuple(failed), left=())
