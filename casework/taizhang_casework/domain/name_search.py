"""How a name is looked for: one spelling for what is typed and what is kept, and the pinyin initials of a name.

The readings lie in ``initials.txt``: on each line the first letters of every reading, then the characters that are read so. A
character with several readings (单 is dan, chan and, as a surname, shan) is found by each of them.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import product

LONGEST_INITIALS = 8
"""Letters that a run of initials has at most; who types more is looking for something else."""
_MOST_WAYS = 16


def searchable(text: str) -> str:
    """The spelling that is compared: full width as half width, compatibility forms as what they stand for, small letters."""
    return unicodedata.normalize("NFKC", text).lower()


def initials(name: str) -> frozenset[str]:
    """Every run of up to eight neighbouring pinyin initials of a name: of 王小月 ``wxy``, ``wx``, ``xy``, ``w``, ``x``, ``y``.

    Dots and spaces part nothing; of a Latin word its first letter counts. A character without a known reading parts the name.
    Where a run of rare readings could be said in more than sixteen ways, the commonest reading of each character is taken.
    """
    found: set[str] = set()
    for part in _parts(searchable(name)):
        for start in range(len(part)):
            for end in range(start + 1, min(len(part), start + LONGEST_INITIALS) + 1):
                found.update(_ways(part[start:end]))
    return frozenset(found)


def are_initials(word: str) -> bool:
    """Whether a word, in the spelling that is compared, can be a run of initials."""
    return 0 < len(word) <= LONGEST_INITIALS and word.isascii() and word.isalpha()


def _parts(text: str) -> Iterator[list[str]]:
    """The letters of each character in turn, as strings of every possible first letter; parted by what cannot be read."""
    part: list[str] = []
    before_is_latin = False
    for character in text:
        plain = unicodedata.normalize("NFD", character)[0]
        latin = plain.isascii() and plain.isalpha()
        letters = plain if latin else _readings().get(character, "")
        if letters:
            if not (latin and before_is_latin):
                part.append(letters)
        elif unicodedata.category(character)[0] in "LNC":
            yield part
            part = []
        before_is_latin = latin
    yield part


def _ways(part: list[str]) -> Iterator[str]:
    ways = 1
    for letters in part:
        ways *= len(letters)
    if ways > _MOST_WAYS:
        yield "".join(letters[0] for letters in part)
    else:
        yield from map("".join, product(*part))


@cache
def _readings() -> Mapping[str, str]:
    """The first letters of every reading by character, the commonest reading first."""
    found: dict[str, str] = {}
    for line in (files("taizhang_casework.domain") / "initials.txt").read_text("utf-8").splitlines():
        letters, characters = line.split(" ")
        found.update(dict.fromkeys(characters, letters))
    return found
