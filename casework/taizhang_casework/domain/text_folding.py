"""Folding of what people type: one spelling for what looks the same, without changing what is meant.

Nothing here guesses: full-width letters and digits become their ASCII twins, invisible characters go, white space becomes one
kind. Ideographs are left alone (no NFKC: it would replace compatibility ideographs that stand in names).
"""

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_INVISIBLE = dict.fromkeys(
    [
        *range(0x09),
        *range(0x0E, 0x20),
        0x7F,
        0xAD,
        0x061C,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
        0xFFFC,
    ]
)
_SPACES = dict.fromkeys(
    [
        *range(0x09, 0x0E),
        0x20,
        0x85,
        0xA0,
        0x1680,
        *range(0x2000, 0x200B),
        0x2028,
        0x2029,
        0x202F,
        0x205F,
        0x3000,
        0x3164,
    ],
    0x20,
)
_FOLD: dict[int, int | None] = {**_FULL_WIDTH, **_INVISIBLE, **_SPACES}
_COMPACT: dict[int, int | None] = {**_FOLD, 0x20: None, **dict.fromkeys(_SPACES)}
_DASHES = dict.fromkeys([0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE63, 0x2500], 0x2D)


def fold(text: str) -> str:
    """The text with ASCII for full width, without invisible characters, each run of white space as one space, trimmed."""
    return " ".join(text.translate(_FOLD).split())


def compact(text: str) -> str:
    """``fold`` without any white space, for headers, places, numbers and dates, where a space means nothing."""
    return text.translate(_COMPACT)


def fold_dashes(text: str) -> str:
    """Every kind of dash as the ASCII hyphen."""
    return text.translate(_DASHES)


def is_placeholder(text: str) -> bool:
    """Whether a cell only says that there is nothing: blank, strokes and dots, or 无."""
    return not text or text in _NOTHING or not text.strip("-—–_/\\.。、,*·|~～…―﹣ ")


_NOTHING = frozenset({"无", "暂无", "空", "没有", "n/a", "N/A", "NA", "null", "NULL", "None", "#N/A"})
