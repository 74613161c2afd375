"""The words of a notice: sentences whose placeholders are filled in."""

from collections.abc import Mapping

EMPTY_NOTICE = "public_notice_empty"
"""The key of the words of a 村级公示 that says that nobody is to be posted."""


def filled(texts: tuple[str, ...], words: Mapping[str, str]) -> tuple[str, ...]:
    """The sentences with their placeholders filled in."""
    return tuple(text.format(**words) for text in texts)
