"""A deed and the look after it are one job: the screen shows both at once. The deed is told even where the look fails."""

from collections.abc import Callable
from typing import Generic, TypeVar

import msgspec
from taizhang_casework.domain.trouble import OfficeTrouble

DeedT = TypeVar("DeedT")
FoundT = TypeVar("FoundT")


class Done(msgspec.Struct, Generic[DeedT, FoundT], frozen=True):
    """What the deed gave, and what was found afterwards; None where it could not be looked at."""

    deed: DeedT
    found: FoundT | None


def done_and_looked_at(deed: Callable[[], DeedT], look: Callable[[], FoundT]) -> Done[DeedT, FoundT]:
    """Do the deed, which raises what it raises, then look. Runs in the worker's thread."""
    done = deed()
    try:
        found = look()
    except OfficeTrouble:
        return Done(done, None)
    return Done(done, found)
