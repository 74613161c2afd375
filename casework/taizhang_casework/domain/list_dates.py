"""A date as department lists write it, in any spelling that names one day beyond doubt; everything else is refused.

Two-digit years, day-first and month-first spellings, ranges and months are not days. Nothing is filled in.
"""

import re
from datetime import date, timedelta

from taizhang_casework.domain.list_row import Reason
from taizhang_casework.domain.text_folding import compact, fold, fold_dashes, is_placeholder

_EXCEL_DAY_ZERO = date(1899, 12, 30)
_PLAUSIBLE = (date(2000, 1, 1), date(2049, 12, 31))
_SERIALS = tuple((day - _EXCEL_DAY_ZERO).days for day in _PLAUSIBLE)

_DIGITS = {ord(word): str(value % 10) for value, word in enumerate("〇一二三四五六七八九零壹贰叁肆伍陆柒捌玖")} | {
    ord("零"): "0",
    ord("○"): "0",
    ord("Ｏ"): "0",
    ord("O"): "0",
    ord("o"): "0",
    ord("两"): "2",
    ord("元"): "1",
}
_NOTE = re.compile(r"[(\[【（][^)\]】）]*[)\]】）]$")
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)[一二三四五六日天]$")
_TIME = re.compile(
    r"(?:T|\s)?\s*(?:上午|下午|晚上?|AM|PM)?\s*(?:\d{1,2}[:时点](?:\d{1,2})?(?:[:分](?:\d{1,2}(?:\.\d+)?)?)?秒?|上午|下午)\s*(?:AM|PM|Z)?$",
    re.IGNORECASE,
)
_SEPARATED = re.compile(r"(\d{4})\s*[-/.。、,年]\s*(\d{1,2})\s*[-/.。、,月]\s*(\d{1,2})\s*[日号.。]?", re.ASCII)
_SPACED = re.compile(r"(\d{4}) (\d{1,2}) (\d{1,2})", re.ASCII)
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d*)?", re.ASCII)
_CHINESE = re.compile(
    r"([〇零○ＯOo一二两三四五六七八九壹贰叁肆伍陆柒捌玖]{4})年([元一二三四五六七八九十零〇]{1,3})月([一二三四五六七八九十零〇廿卅]{1,4})[日号]?"
)
_TENS = {"十": 10, "廿": 20, "卅": 30}
_ONES = {word: value for value, word in enumerate("〇一二三四五六七八九")} | {"零": 0, "元": 1}


def read_date(cell: str | float) -> date | Reason:
    """The day of a cell (ISO text of a date cell, other text, or an Excel serial), MISSING_DATE or BAD_DATE."""
    if not isinstance(cell, str):
        return _from_number(cell)
    text = fold_dashes(fold(cell))
    if is_placeholder(text):
        return Reason.MISSING_DATE
    text = _NOTE.sub("", text).strip("'‘’`\"")
    text = _WEEKDAY.sub("", text.strip()).strip()
    parts = _SEPARATED.match(text) or _SPACED.match(text)
    if parts is not None:
        after = text[parts.end() :]
        return _day(*parts.groups()) if not after or _TIME.fullmatch(after) else Reason.BAD_DATE
    text = compact(text)
    if run := _RUN.fullmatch(text):
        return _day(*run.groups())
    if _SERIAL.fullmatch(text):
        return _from_number(float(text))
    if words := _CHINESE.fullmatch(text):
        return _day(words[1].translate(_DIGITS), str(_small(words[2])), str(_small(words[3])))
    return Reason.BAD_DATE


def _from_number(value: float) -> date | Reason:
    """A serial of the 1900 date system, or the digits of a date typed as a number."""
    whole = int(value)
    if _SERIALS[0] <= whole <= _SERIALS[1]:
        return _EXCEL_DAY_ZERO + timedelta(days=whole)
    if value == whole and (run := _RUN.fullmatch(str(whole))):
        return _day(*run.groups())
    return Reason.BAD_DATE


def _day(year: str, month: str, day: str) -> date | Reason:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return Reason.BAD_DATE
    return found if _PLAUSIBLE[0] <= found <= _PLAUSIBLE[1] else Reason.BAD_DATE


def _small(words: str) -> int:
    """A Chinese number below a hundred, as months and days are written: 七, 十二, 二十七, 廿七, 零七."""
    total, ones = 0, 0
    for word in words:
        if word in _TENS:
            total, ones = total + (ones or 1) * 10 if word == "十" else total + _TENS[word], 0
        else:
            ones = ones * 10 + _ONES[word]
    return total + ones
