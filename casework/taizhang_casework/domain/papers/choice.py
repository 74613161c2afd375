"""Boxes to tick, in the words of a dictionary."""

from collections.abc import Collection, Iterable

import msgspec

from taizhang_casework.domain.pack import Entry
from taizhang_casework.domain.yes_no import YesNo


class Choice(msgspec.Struct, frozen=True):
    """A box and its words."""

    label: str
    chosen: bool = False


def choices(entries: Iterable[Entry], chosen: Collection[str] = ()) -> tuple[Choice, ...]:
    """Every word of the dictionary, the chosen keys ticked; what the dictionary does not know comes after it in its own words."""
    known = tuple(entries)
    keys = {entry.key for entry in known}
    others = (Choice(each, chosen=True) for each in chosen if each and each not in keys)
    return (*(Choice(entry.label, entry.key in chosen) for entry in known), *others)


def yes_no(answer: YesNo | None, yes: str = "是", no: str = "否") -> tuple[Choice, ...]:
    """Two boxes; neither is ticked where nobody wrote it down."""
    return (Choice(yes, answer is YesNo.YES), Choice(no, answer is YesNo.NO))
