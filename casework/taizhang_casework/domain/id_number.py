"""The citizen's number, GB 11643-1999: eighteen characters, the last by ISO 7064 MOD 11-2.

What lists and clerks write is read into the number or into the one reason why not. The area digits never refuse a number:
people keep the 370222 and 370282 of the county and city that is 即墨区 (370215) now, and 81, 82, 83 are 港澳台 residents.
"""

import re
from datetime import date
from enum import Enum

import msgspec
from stdnum import numdb
from stdnum.cn import ric

from taizhang_casework.domain.text_folding import compact, fold_dashes, is_placeholder

_LENGTH = 18
_EXACT_IN_EXCEL = 15
_DISABILITY_CARDS = (20, 22)
_ISSUED_FROM = 1850
_SEPARATORS = str.maketrans("", "", "-'`’‘′\"“”=,，")
_LABEL = re.compile(r"^(?:居民|公民)?(?:身份证|身份|证件)(?:件|号|号码|证号|证号码)*[:：]")
_NOTE = re.compile(r"[(（\[【][^()（）\[\]【】\d]*[)）\]】]$")
_STUDENT = re.compile(r"^[GL](\d{17}[\dX])$")
_CITIZEN = re.compile(r"\d{17}[\dX]", re.ASCII)
_SCIENTIFIC = re.compile(r"^\d(?:\.\d+)?E\+?\d{2}$", re.ASCII)
_TRAILING_POINT = re.compile(r"^\d{16,}\.0*$", re.ASCII)

_YEARS = re.compile(r"\[[\d-]*\]")


class IdFault(Enum):
    """Why what is written is not a number."""

    MISSING = "missing"
    BAD = "bad"
    LOST_DIGITS = "lost_digits"


class Sex(Enum):
    """Sex as the seventeenth digit says: odd is male."""

    MALE = "male"
    FEMALE = "female"


class ParsedId(msgspec.Struct, frozen=True, kw_only=True):
    """What was read. ``number`` has 18 characters where ``fault`` is None, else what was written, folded.

    ``says`` is Chinese, for beside the field, empty where all is well; ``rest`` holds what stood after the number on a
    disability card (category, grade, edition).
    """

    number: str
    fault: IdFault | None = None
    says: str = ""
    rest: str = ""


def parse_id_number(written: str | float) -> ParsedId:
    """Read the number that a cell or a clerk wrote; never guesses a digit. A number cell (int or float) has lost digits."""
    if not isinstance(written, str):
        return _from_number_cell(written)
    if len(written) == _LENGTH and _CITIZEN.fullmatch(written):
        return _checked(written)
    text = fold_dashes(compact(written))
    if is_placeholder(text):
        return ParsedId(number="", fault=IdFault.MISSING, says="没有填写身份证号码")
    text = _NOTE.sub("", _LABEL.sub("", text)).translate(_SEPARATORS).upper()
    if _SCIENTIFIC.match(text) or _TRAILING_POINT.match(text):
        return _lost(text)
    if student := _STUDENT.match(text):
        text = student[1]
    if len(text) in _DISABILITY_CARDS and _CITIZEN.match(text):
        return _from_card(text)
    if len(text) == _LENGTH and _CITIZEN.fullmatch(text):
        return _checked(text)
    return _bad(text, _about_length(text))


def _from_number_cell(value: float) -> ParsedId:
    text = str(int(value)) if value == value // 1 else str(value)
    if value >= 10**_EXACT_IN_EXCEL:
        return _lost(text)
    return _bad(text, _about_length(text))


def _from_card(text: str) -> ParsedId:
    """A disability card: the number, the category 1 to 7 and grade 1 to 4 of GB/T 26341, and a replaced card's edition."""
    parsed = _checked(text[:_LENGTH])
    if parsed.fault is None:
        return msgspec.structs.replace(parsed, rest=text[_LENGTH:])
    if text.endswith("00000"):
        return _lost(text)
    return _bad(text, "残疾人证号的前18位不是正确的身份证号码")


def _checked(number: str) -> ParsedId:
    if ric.calc_check_digit(number) != number[-1]:
        if number.endswith("000"):
            return _lost(number)
        return _bad(number, "身份证号码的校验码不对，请核对")
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return _bad(number, "身份证号码中的出生日期不存在，请核对")
    if born.year < _ISSUED_FROM:
        return _bad(number, "身份证号码中的出生年份不可能，请核对")
    return ParsedId(number=number)


def _bad(text: str, says: str) -> ParsedId:
    return ParsedId(number=text, fault=IdFault.BAD, says=says)


def _lost(text: str) -> ParsedId:
    return ParsedId(
        number=text,
        fault=IdFault.LOST_DIGITS,
        says="身份证号码被表格软件改成了数值，后几位已丢失，请部门按文本重新填写",
    )


def _about_length(text: str) -> str:
    if len(text) == _EXACT_IN_EXCEL and text.isdigit():
        return "是15位的旧身份证号码，请填写18位号码"
    return f"身份证号码应为18位，现为{len(text)}位" if len(text) != _LENGTH else "身份证号码中有不能识别的字符"


def birthday(number: str) -> date:
    """The day of birth in a valid number."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def sex(number: str) -> Sex:
    """The sex in a valid number."""
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


def age_on(number: str, day: date) -> int:
    """Full years of age on a day (周岁); somebody born on 29 February is a year older on 1 March of a common year."""
    born = birthday(number)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def area_hint(number: str) -> str:
    """The counties that had the area code of a valid number (GB/T 2260, as python-stdnum knows it), empty where none is known.

    A hint beside the field and no more: people move, and counties change their codes.
    """
    known = dict(pair for _, properties in numdb.get("cn/loc").info(number[:6]) for pair in properties.items())
    return known.get("province", "") + _YEARS.sub("", known.get("county", "")).replace(",", "、")
