"""What was typed into a form and not saved yet. It is nobody's record and counts nowhere: no ledger, paper or package knows it."""

from collections.abc import Sequence
from datetime import date

import msgspec

from taizhang_casework.domain.users import UserId

FRESH_DAYS = 30
"""So many days a half-typed form is taken to be what its user still means: a month's work is filed by then."""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A half-typed form of one user. ``key`` says which form of what; ``body`` is JSON in ASCII that only the form reads."""

    user: UserId
    key: str
    body: str


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """One thing on which a form was begun, in Chinese words. ``mark`` tells apart what reads alike."""

    title: str
    words: str
    mark: str = ""


def what_changed(then: Sequence[Ground], now: Sequence[Ground]) -> tuple[str, ...]:
    """What became other since the form was begun, a line each; what is not asked any more is passed over."""
    before = {each.title: each for each in then}
    said: list[str] = []
    for each in now:
        old = before.get(each.title)
        if old is None or old == each:
            continue
        alike = old.words == each.words
        said.append(f"{each.title}：内容有更正" if alike else f"{each.title}：原来{old.words}，现在{each.words}")
    return tuple(said)


def is_old(kept_on: date, today: date) -> bool:
    """Whether it lies longer than :data:`FRESH_DAYS`."""
    return (today - kept_on).days > FRESH_DAYS
