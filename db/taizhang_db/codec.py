"""Values to text and back: the one place that knows how a body is written (JSON of msgspec, dictionaries in order)."""

from typing import TypeVar

import msgspec

_encoder = msgspec.json.Encoder(order="deterministic")

_T = TypeVar("_T")


def encode(value: object) -> str:
    """The JSON of a frozen value: equal values give equal text; enums by value, dates as ISO 8601."""
    return _encoder.encode(value).decode()


def decode(text: str | bytes, kind: type[_T]) -> _T:
    """The value again. msgspec.ValidationError where the text is of another kind: a damaged row, or our error."""
    return msgspec.json.decode(text, type=kind)
