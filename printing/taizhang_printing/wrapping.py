"""Breaking Chinese text into lines as GB/T 15834-2011, 5.1 asks (禁则).

No closing mark begins a line, no opening mark ends one, —— and …… stay whole, and so do numbers and Latin words.
"""

from collections.abc import Sequence

NEVER_FIRST = frozenset(
    "，。、；：？！）》〉」』】〕〗｝］”’％‰℃°′″"  # 5.1.1 to 5.1.3, and units after their number
    "·・～－-–/／"  # 5.1.6, 5.1.7, 5.1.9: joining, dividing and separating marks
    "!),.:;?]}%＞"
    "々〻ー℉"
)
NEVER_LAST = frozenset("（《〈「『【〔〖｛［“‘([{＜￥＄￡¥$£№#/／")
WHOLE_PAIRS = frozenset("—…⸺")
WORD = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,:@_+&'*-")


def breakable(before: str, after: str) -> bool:
    """Whether a line may end between these two characters; at a blank, it is after it."""
    if after == " " or after in NEVER_FIRST or before in NEVER_LAST:
        return False
    if before == after and before in WHOLE_PAIRS:
        return False
    return not (before in WORD and after in WORD)


def break_lines(
    text: str, advances: Sequence[float], width: float, *, indent: float = 0, only_after: str = ""
) -> list[tuple[int, int]]:
    """Lines as ``(start, end)`` in the text, blanks at their ends left out; the whole text where it fits.

    ``advances`` (one for each character), ``width`` and ``indent`` (of each paragraph's first line) are in one unit. A line
    feed ends a line and a paragraph. With ``only_after``, lines end behind those characters alone, so that names in a row stay
    whole. What cannot be broken by the rules and is wider than a line is broken where the line is full.
    """
    lines, start = [], 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        lines += _paragraph(text, advances, width, (start, end), indent, only_after)
        start = end + 1
    return lines


def break_evenly(text: str, advances: Sequence[float], width: float) -> list[tuple[int, int]]:
    """As few lines as :func:`break_lines` makes, and no wider than those need: for heads, so that no character stands alone."""
    lines = break_lines(text, advances, width)
    while len(lines) > 1:
        narrower = max(sum(advances[start:end]) for start, end in lines) - 1
        tried = break_lines(text, advances, narrower)
        if len(tried) > len(lines) or max(sum(advances[start:end]) for start, end in tried) > narrower:
            break
        lines = tried
    return lines


def _paragraph(
    text: str, advances: Sequence[float], width: float, bounds: tuple[int, int], indent: float, only_after: str
) -> list[tuple[int, int]]:
    start, last = bounds
    room, lines = width - indent, []
    while start < last:
        end = following = _reach(text, advances, start, last, room)
        if end < last:
            end = following = _legal(text, start, end, only_after)
        while end > start and text[end - 1] == " ":
            end -= 1
        if end > start:
            lines.append((start, end))
        start, room = following, width
        while start < last and text[start] == " ":
            start += 1
    return lines or [bounds]


def _reach(text: str, advances: Sequence[float], start: int, last: int, room: float) -> int:
    """How far a line goes that is broken anywhere; at least one character. Blanks at its end may stand over."""
    filled = 0.0
    for at in range(start, last):
        filled += advances[at]
        if filled > room and at > start and text[at] != " ":
            return at
    return last


def _legal(text: str, start: int, end: int, only_after: str) -> int:
    """The last place at or before ``end`` where the rules let the line end; ``end`` itself where there is none."""
    for at in range(end, start, -1):
        if text[at - 1] in only_after if only_after else breakable(text[at - 1], text[at]):
            return at
    if only_after:
        return _legal(text, start, end, "")
    return end
