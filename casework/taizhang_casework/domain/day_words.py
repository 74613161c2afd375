"""A day as it is said to somebody who reads it today: with its year wherever that is not this year's."""

from datetime import date


def day_words(day: date, today: date) -> str:
    """``4月10日``; of another year than today's ``2025年4月10日``: a slip in the year is seen, and no old day passes for a new one."""
    words = f"{day.month}月{day.day}日"
    return words if day.year == today.year else f"{day.year}年{words}"


def span_words(first: date, last: date, today: date) -> str:
    """``10月1日至7日``, ``4月30日至5月4日``, ``12月30日至2027年1月3日``; one day is said once."""
    began = day_words(first, today)
    if first == last:
        return began
    within = (first.year, first.month) == (last.year, last.month)
    return f"{began}至{f'{last.day}日' if within else day_words(last, first)}"
