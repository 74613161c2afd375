"""What is asked of a passphrase: long enough, not a number, not a name that everybody here knows."""

from enum import IntEnum

from taizhang_casework.domain.findings import Finding

SHORTEST = 10
"""Code points. With Argon2id at 64 MiB a guess costs 0.15 s; ten are out of reach of guessing, eight are not."""

FEWEST_KINDS = 5
"""Different characters, so that a repeated one does not count as length."""

PRINTED_EXAMPLE = "tielu-58-hetao-yusan"
"""Beside every field for a new passphrase: whoever guesses begins with it."""

_RUNS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "password", "taizhang")


class Strength(IntEnum):
    """How hard a passphrase is to guess, roughly."""

    WEAK = 0
    FAIR = 1
    GOOD = 2


STRENGTH_WORDS = {Strength.WEAK: "太弱", Strength.FAIR: "可用", Strength.GOOD: "较强"}


def strength(passphrase: str) -> Strength:
    """By length and kinds of characters, with runs of the keyboard counted once; the printed example counts for nothing."""
    if _is_printed(passphrase):
        return Strength.WEAK
    plain = passphrase.lower()
    for run in _RUNS:
        for at in range(len(run) - 3):
            plain = plain.replace(run[at : at + 4], run[at])
    worth = min(len(plain), len(set(plain)) * 2)
    if worth < SHORTEST or len(set(plain)) < FEWEST_KINDS:
        return Strength.WEAK
    return Strength.GOOD if worth >= SHORTEST + 4 and not plain.isdigit() else Strength.FAIR


def check_passphrase(passphrase: str, known: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """What is wrong with a new passphrase; ``known`` are words that it must not simply be."""
    if len(passphrase) < SHORTEST:
        return _finding("too_short", f"口令至少{SHORTEST}个字符，现在{len(passphrase)}个")
    if passphrase.isdigit():
        return _finding("only_digits", "口令不能只有数字，身份证号、电话、日期都容易被猜到")
    if _is_printed(passphrase):
        return _finding("printed", "这是旁边举的例子，人人都看得到，请另想几个词")
    if strength(passphrase) is Strength.WEAK:
        return _finding("weak", "口令太容易猜到，请换成几个互不相干的词")
    if passphrase.strip() in {word for word in known if word}:
        return _finding("known", "口令不能就是姓名或单位名称")
    return ()


def _is_printed(passphrase: str) -> bool:
    """Capitals, hyphens or blanks make it no other."""
    return _letters(PRINTED_EXAMPLE) in _letters(passphrase)


def _letters(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())


def check_again(passphrase: str, again: str) -> tuple[Finding, ...]:
    """Whether it was typed the same twice."""
    return () if again == passphrase else (Finding(field="again", code="differs", says="两次输入的口令不一致"),)


def _finding(code: str, says: str) -> tuple[Finding, ...]:
    return (Finding(field="passphrase", code=code, says=says),)
