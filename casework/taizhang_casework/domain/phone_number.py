"""A telephone number as people write it: a mobile number of eleven digits, or one of the fixed network with or without its area."""

import re

import msgspec

from taizhang_casework.domain.text_folding import compact, fold_dashes, is_placeholder

_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})", re.ASCII)
_FIXED = re.compile(r"(?:(0\d{2,3})-?)?([2-8]\d{6,7})(?:(?:-|转)(\d{1,6}))?", re.ASCII)
_BRACKETS = str.maketrans({"(": "", ")": "-"})
_MOBILE_LENGTH = 11


class ParsedPhone(msgspec.Struct, frozen=True, kw_only=True):
    """What was read: ``13812345678``, ``0532-88512345``, empty for blank. ``says`` (Chinese) is why it is none."""

    number: str
    says: str = ""


def parse_phone(written: str) -> ParsedPhone:
    """Read a telephone number; spaces, dashes and full width mean nothing, and no digit is guessed."""
    text = fold_dashes(compact(written))
    if is_placeholder(text):
        return ParsedPhone(number="")
    digits = text.replace("-", "").replace(" ", "")
    if mobile := _MOBILE.fullmatch(digits):
        return ParsedPhone(number=mobile[1])
    if fixed := _FIXED.fullmatch(text.translate(_BRACKETS)):
        area, local, extension = fixed.groups()
        return ParsedPhone(number="-".join(filter(None, (area, local, extension))))
    if digits.isascii() and digits.isdigit() and digits.startswith("1"):
        return ParsedPhone(number=text, says=f"手机号码应为{_MOBILE_LENGTH}位，现为{len(digits)}位")
    return ParsedPhone(number=text, says="不是电话号码，请填写手机号码，或区号加固定电话")
