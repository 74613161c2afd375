"""A person's name by code points: every character of GB 18030 counts as one, whatever it takes in UTF-16."""

import re
import unicodedata

import msgspec

from taizhang_casework.domain.text_folding import compact, fold, is_placeholder

LONGEST = 100
"""Code points that a name may have; the office's rule asks for at least fifty."""

_DOTS = re.compile(r"\s*[·•・･‧∙⋅●․﹒．᛫ㆍ。.]\s*")
_NOT_NAMES = frozenset(
    {"姓名", "合计", "小计", "总计", "共计", "同上", "不详", "未知", "本页小计", "本页合计", "匿名", "待定", "待核实"}
)
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))


class PersonName(msgspec.Struct, frozen=True, kw_only=True):
    """A folded name. ``says`` (Chinese) is why it cannot be one, empty where it can.

    ``private_use`` lists characters that only the writer's own font knows: the name stands, but somebody has to look.
    """

    text: str
    says: str = ""
    private_use: tuple[str, ...] = ()


def parse_name(written: str) -> PersonName:
    """Fold a name: the dot of 阿卜杜·热西提 becomes U+00B7, spaces inside Chinese names go (张 三), Latin names keep theirs."""
    text = fold(written)
    if is_placeholder(text):
        return PersonName(text="", says="没有填写姓名")
    if not text.isascii():
        text = _DOTS.sub("·", text).strip("·")
        if _is_chinese(text):
            text = compact(text)
    if text in _NOT_NAMES or not any(_is_letter(character) for character in text):
        return PersonName(text=text, says="填写的不是姓名")
    if any(character.isdecimal() for character in text):
        return PersonName(text=text, says="姓名中有数字，请核对")
    if len(text) > LONGEST:
        return PersonName(text=text, says=f"姓名超过{LONGEST}个字，请核对")
    return PersonName(text=text, private_use=tuple(c for c in text if _is_private(c)))


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] == "L" or character == "〇" or _is_private(character)


def _is_private(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _PRIVATE)


def _is_chinese(text: str) -> bool:
    """Whether no alphabet takes part, so that a space cannot part two words."""
    return all(unicodedata.category(c) != "Ll" and unicodedata.category(c) != "Lu" for c in text)
