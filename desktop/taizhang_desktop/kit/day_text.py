"""Reading a day as people type it; blank stays blank and never becomes today."""

import re
import unicodedata
from datetime import date

import msgspec


class Unreadable(msgspec.Struct, frozen=True):
    """What was typed is no day; ``says`` is the Chinese sentence."""

    says: str


HOW = "请按 2026-04-07、4.7 或 0407 的样子填写日期"

_WITH_YEAR = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_WITHOUT_YEAR = re.compile(r"(\d{1,2})[-./月](\d{1,2})[日号]?|(\d{2})(\d{2})")


def read_day(text: str, today: date) -> date | Unreadable | None:
    """The day; None for blank. A day without a year is this year's, shown in full then: a year is never guessed backwards.

    Where that day is still to come, the rules say so beside the field, and the clerk writes the year.
    """
    typed = "".join(unicodedata.normalize("NFKC", text).split())
    if not typed:
        return None
    if full := _WITH_YEAR.fullmatch(typed):
        year, month, day = (int(part) for part in full.groups() if part is not None)
        return _day(year, month, day)
    if short := _WITHOUT_YEAR.fullmatch(typed):
        month, day = (int(part) for part in short.groups() if part is not None)
        return _day(today.year, month, day)
    return Unreadable(HOW)


def _day(year: int, month: int, day: int) -> date | Unreadable:
    try:
        return date(year, month, day)
    except ValueError:
        return Unreadable("没有这一天，请核对")
