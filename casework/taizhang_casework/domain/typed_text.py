"""What text may not hold: half characters, signs that nobody sees, several cells where one line is asked. It is said, never cut out."""

import re
from collections.abc import Iterator

from taizhang_casework.domain.findings import Finding

_HALF = re.compile("[\ud800-\udfff]")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CELLS = re.compile(r"[\t\n\r\x85\u2028\u2029]")

SEVERAL_CELLS = "这里只能填一行，粘贴进来的是几格或几行，请只留一格"


def half_characters(field: str, text: str) -> tuple[Finding, ...]:
    """The finding of a text with half a character in it (a lone surrogate, as damaged clipboards bring): no file can hold it."""
    if not _HALF.search(text):
        return ()
    return (Finding(field=field, code="half_character", says="有一个字不完整，无法保存，请删去后重新输入"),)


def unsound(field: str, text: str, *, lines: bool = False) -> Iterator[Finding]:
    """Everything that keeps a text from being taken over as it stands; ``lines``: several lines are welcome."""
    yield from half_characters(field, text)
    if _UNSEEN.search(text):
        says = "有看不见的控制字符，多半是从别处粘贴带来的，请清空后重新输入"
        yield Finding(field=field, code="control_character", says=says)
    if not lines and several_cells(text):
        yield Finding(field=field, code="several_cells", says=SEVERAL_CELLS)


def several_cells(text: str) -> bool:
    """Whether it is more than one cell or line of a table; a line end after a single cell, as Excel copies it, is none."""
    return _CELLS.search(text.strip()) is not None
