"""Reading a day as people type it. Blank stays blank and never becomes today; what could be several days is said, not guessed."""

import re
from datetime import date, timedelta

import msgspec

from taizhang_casework.domain.day_words import day_words
from taizhang_casework.domain.text_folding import compact, fold_dashes
from taizhang_casework.domain.typed_text import SEVERAL_CELLS, several_cells


class Unreadable(msgspec.Struct, frozen=True):
    """What was typed is no day; ``says`` is the Chinese sentence."""

    says: str


HOW = "请按 2022-07-03、7.3 或 0703 的样子填写日期"

_LONGEST = 20
_WITH_YEAR = re.compile(r"(\d{4})[-./年、,](\d{1,2})[-./月、,](\d{1,2})[日号]?|(\d{4})(\d{2})(\d{2})", re.ASCII)
_WITHOUT_YEAR = re.compile(r"(\d{1,2})[-./月、,](\d{1,2})[日号]?|(\d{2})(\d{2})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[-./年、,]\d{1,2}[-./月、,]\d{1,2}[日号]?|\d{6}", re.ASCII)
_FEW_DIGITS = re.compile(r"\d{3}", re.ASCII)
_ONLY_YEAR_AND_MONTH = re.compile(r"\d{4}[-./年、,]\d{1,2}月?", re.ASCII)
_ERAS = (1900, 2100)
_TURN_OF_YEAR = timedelta(days=31)


def read_day(text: str, today: date, *, ahead: bool = False) -> date | Unreadable | None:
    """The day; None for blank. A day without a year is the nearest one that is not in the future: this year's or last year's.

    ``0703``, ``7.3``, ``7月3日``, ``20220703``, ``2022-7-3``, in full width too. ``ahead``: of a day that is planned, the
    nearest one that is not in the past. Where the day that this rule puts aside is the nearer one (tomorrow's, typed the day
    before), a slip is likelier than last year: the year is asked for. Whoever shows it shows the full date that was understood.
    """
    typed = fold_dashes(compact(text))
    if not typed:
        return None
    if several_cells(text) or len(typed) > _LONGEST:
        return Unreadable(SEVERAL_CELLS if several_cells(text) else HOW)
    typed = typed.replace("。", ".").replace("．", ".")
    if full := _WITH_YEAR.fullmatch(typed):
        year, month, day = (int(part) for part in full.groups() if part is not None)
        return _day(year, month, day)
    if short := _WITHOUT_YEAR.fullmatch(typed):
        month, day = (int(part) for part in short.groups() if part is not None)
        return _nearest(month, day, today, ahead=ahead)
    if _SHORT_YEAR.fullmatch(typed):
        return Unreadable("看不出是哪一年，请写四位年份，如 2022-07-03")
    if _FEW_DIGITS.fullmatch(typed):
        return Unreadable("看不出是几月几日，请写四位数字，如 0703")
    if _ONLY_YEAR_AND_MONTH.fullmatch(typed):
        return Unreadable("没有写是哪一天，请写全，如 2022-07-03")
    return Unreadable(HOW)


def _nearest(month: int, day: int, today: date, *, ahead: bool) -> date | Unreadable:
    """The day of the year that the rule of :func:`read_day` gives; a sentence for 29 Feb of another year, and for a likely slip."""
    there, now = (month, day), (today.month, today.day)
    year = today.year + (there < now) if ahead else today.year - (there > now)
    found = _day(year, month, day)
    if isinstance(found, Unreadable):
        return Unreadable(f"{year}年没有2月29日，请核对，或写明年份") if there == (2, 29) else found
    put_aside = _day(year - 1 if ahead else year + 1, month, day)
    if isinstance(put_aside, Unreadable) or not _likelier(put_aside, found, today):
        return found
    when = _said(put_aside.year, today) + day_words(put_aside, put_aside) + ("已经过了" if ahead else "还没有到")
    return Unreadable(f"{when}，请核对；如是{_said(year, today)}，请写明年份：{found.isoformat()}")


def _likelier(put_aside: date, found: date, today: date) -> bool:
    away = abs(put_aside - today)
    return away < abs(found - today) and (found.year != today.year or away <= _TURN_OF_YEAR)


def _said(year: int, today: date) -> str:
    return {-1: "去年", 0: "今年", 1: "明年"}[year - today.year]


def _day(year: int, month: int, day: int) -> date | Unreadable:
    try:
        found = date(year, month, day)
    except ValueError:
        return Unreadable("没有这一天，请核对")
    if not _ERAS[0] <= year < _ERAS[1]:
        return Unreadable(f"{year}年不可能，请核对年份")
    return found
