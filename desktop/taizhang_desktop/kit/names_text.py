"""Reading a list of names as people type it."""

import re
import unicodedata

_BETWEEN = re.compile(r"[、，,；;/\n\t]+")


def read_names(text: str) -> tuple[str, ...]:
    """The names in order, each once. 、，； and line ends part them; so do spaces, unless a single character stands alone (张 三)."""
    names: list[str] = []
    for piece in _BETWEEN.split(text):
        words = unicodedata.normalize("NFC", piece).split()
        if not words:
            continue
        names += words if all(len(word) > 1 for word in words) else ["".join(words)]
    return tuple(dict.fromkeys(names))


def show_names(names: tuple[str, ...]) -> str:
    """The names as the ledger writes them."""
    return "、".join(names)
