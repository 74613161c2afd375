"""Values to text and back: the one place that knows how a body is written (JSON of msgspec, dictionaries in order)."""

from typing import TypeVar

import msgspec

from taizhang_db.trouble import UnwritableText

_encoder = msgspec.json.Encoder(order="deterministic")

_T = TypeVar("_T")


def encode(value: object) -> str:
    """The JSON of a frozen value: equal values give equal text; enums by value, dates as ISO 8601.

    UnwritableText where half a character (a lone surrogate) came past every form: no file can hold it.
    """
    try:
        return _encoder.encode(value).decode()
    except UnicodeEncodeError:
        raise UnwritableText from None


def decode(text: str | bytes, kind: type[_T]) -> _T:
    """The value again. msgspec.ValidationError where the text is of another kind: a damaged row, or our error."""
    return msgspec.json.decode(text, type=kind)
