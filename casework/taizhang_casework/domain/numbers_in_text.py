"""Numbers of persons inside a text: hidden in whatever may leave the screen, as the text of an exception does (三（一）)."""

import re

_BIRTHDAY = r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_ID_NUMBER = re.compile(rf"(?<!\d)(\d{{4}})\d{{2}}{_BIRTHDAY}(\d{{3}}[\dXx])(?!\d)", re.ASCII)
_TELEPHONE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)", re.ASCII)


def without_numbers(text: str) -> str:
    """The text with the middle of every id number and mobile telephone number replaced by asterisks."""
    return _TELEPHONE.sub(rf"\1{'*' * 4}\2", _ID_NUMBER.sub(rf"\1{'*' * 10}\2", text))
