"""Half characters (lone surrogates), as damaged clipboards and broken input methods bring: no file and no paper can hold them."""

import re

from taizhang_casework.domain.findings import Finding

_HALF = re.compile("[\ud800-\udfff]")


def half_characters(field: str, text: str) -> tuple[Finding, ...]:
    """The finding of a text with half a character in it; empty where every character is whole."""
    if not _HALF.search(text):
        return ()
    return (Finding(field=field, code="half_character", says="有一个字不完整，无法保存，请删去后重新输入"),)
