"""What stands on a paper where something is to be written by hand."""

from datetime import date

from taizhang_casework.domain.letter_rules import chinese_date

BLANK_DAY = "____年___月___日"
BLANK = "____________"
BLANK_COUNT = "___"


def day_or_blank(day: date | None) -> str:
    """The day in words without leading zeros, or the room for one."""
    return BLANK_DAY if day is None else chinese_date(day)


def words_or_blank(words: str) -> str:
    """The words, or the room for some."""
    return words.strip() or BLANK
