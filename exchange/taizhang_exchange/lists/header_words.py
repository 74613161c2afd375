"""What a header cell means, by the words of the pack."""

import re
from collections.abc import Sequence
from enum import Enum

from taizhang_casework.domain.pack import RegulationPack
from taizhang_casework.domain.text_folding import compact


class Field(Enum):
    """A column of a department list; the values are the pack's."""

    NAME = "name"
    ID_NUMBER = "id_number"
    DISTRICT = "district"
    TOWN = "town"
    VILLAGE = "village"
    ADDRESS = "address"
    ITEM = "item"
    STATUS = "status"
    DATE = "date"
    DETAIL = "detail"
    HEAD_NAME = "head_name"
    PHONE = "phone"
    NOTE = "note"
    OTHER = "other"


class Meaning(Enum):
    """How surely a header names a field."""

    EXACT = 100
    ENDS_WITH = 60
    CONTAINS = 25


_STROKES = re.compile(r"[\s()（）\[\]【】{}<>《》「」、,，.。:：;；\-—_/\\|*＊#·\"'“”‘’?？!！+＋&]+")
_IN_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_LONGEST_HEADER = 40
_ORDINALS = frozenset({"序号", "编号", "序", "号", "no", "NO", "No", "行号", "顺序号", "序列", "项次"})
_SHORTEST_PART = 2
_QUESTIONS = ("是否", "有无")


class HeaderWords:
    """The pack's header words, made ready for finding the field of a header cell."""

    def __init__(self, pack: RegulationPack) -> None:
        """Take the words of every column of the pack, strongest first."""
        self._exact: dict[str, dict[Field, float]] = {}
        self._parts: list[tuple[str, Field, float]] = []
        self._others: tuple[str, ...] = ()
        for column in pack.list_columns:
            field = Field(column.field)
            if field is Field.OTHER:
                self._others += tuple(header_key(word) for word in column.words)
                continue
            for rank, word in enumerate(column.words):
                key, less = header_key(word), rank * 20 / len(column.words)
                self._exact.setdefault(key, {}).setdefault(field, Meaning.EXACT.value - less)
                if len(key) >= _SHORTEST_PART and field not in {Field.HEAD_NAME, Field.NOTE}:
                    self._parts.append((key, field, less))
        self._known: dict[tuple[str, ...], dict[Field, float]] = {}

    def fields(self, texts: Sequence[str]) -> dict[Field, float]:
        """The fields that a column's header may name, with a score; ``texts`` are its cells from the top, as written."""
        key = tuple(texts)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._fields([text for text in dict.fromkeys(texts) if text])
        return found

    def _fields(self, texts: Sequence[str]) -> dict[Field, float]:
        if not texts or max(map(len, texts)) > _LONGEST_HEADER:
            return {}
        own, whole = texts[-1], "".join(texts)
        foreign = any(word in header_key(whole) for word in self._others)
        found: dict[Field, float] = {}
        for text, weight in ((whole, 1.0), (own, 0.98)):
            for key in (header_key(text), header_key(_IN_BRACKETS.sub("", compact(text)))):
                exact = self._exact.get(key, {})
                if foreign and text is own and len(texts) > 1:
                    exact = {}
                for field, score in exact.items():
                    found[field] = max(found.get(field, 0), score * weight)
        if found or foreign:
            return found
        return self._by_part(own) or self._by_part(whole)

    def _by_part(self, text: str) -> dict[Field, float]:
        """The longest word that the header ends with, else the longest that it holds; the end of a Chinese noun is what it is."""
        for key in dict.fromkeys((header_key(text), header_key(_IN_BRACKETS.sub("", compact(text))))):
            if key and not key.startswith(_QUESTIONS) and (found := self._part_of(key)):
                return found
        return {}

    def _part_of(self, key: str) -> dict[Field, float]:
        for meaning, holds in ((Meaning.ENDS_WITH, key.endswith), (Meaning.CONTAINS, key.__contains__)):
            matches = [(len(word), -less, field, less) for word, field, less in self._parts if holds(word)]
            if matches:
                _, _, field, less = max(matches, key=lambda match: match[:2])
                return {field: meaning.value - less}
        return {}

    def is_ordinal(self, text: str) -> bool:
        """Whether a header only numbers the rows."""
        return header_key(text) in _ORDINALS

    def is_header(self, key: str) -> bool:
        """Whether a text is a header word of the pack; ``key`` is its ``header_key``."""
        return key in self._exact


def header_key(text: str) -> str:
    """A header as it is compared: no spaces, line breaks, brackets and strokes; what stands in brackets stays."""
    return _STROKES.sub("", compact(text))
