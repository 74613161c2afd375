"""Which department a list is from and which item of 附件1 it is about, by the words of the pack."""

from collections.abc import Iterable, Sequence

import msgspec

from taizhang_casework.domain.pack import Department, ItemRule, RegulationPack
from taizhang_casework.domain.text_folding import compact


class ListHeadings(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around the rows: 填报单位, titles and section headings nearest first, the sheet's name, the file's."""

    unit: str = ""
    titles: tuple[str, ...] = ()
    sheet: str = ""
    file: str = ""


class ListSubject(msgspec.Struct, frozen=True, kw_only=True):
    """Keys of the pack, empty where the list does not say.

    ``item`` is what the headings name beyond doubt, ``fallback`` what they only suggest (the file's name, a hint, the
    department's only item).
    """

    department: str = ""
    item: str = ""
    fallback: str = ""


class ListSubjects:
    """The pack's departments and items, made ready for finding them in texts. Pure: a text always names the same items."""

    def __init__(self, pack: RegulationPack) -> None:
        """Take the pack; departments without a list (水利局) have no items and are recognised all the same."""
        self._departments = pack.departments
        self._of_item = {item.key: department.key for department in pack.departments for item in department.items}
        self._names = [
            (compact(name), department.key)
            for department in pack.departments
            for name in {department.name, department.short, *department.aliases}
        ]
        self._words = {
            department.key: _words((item, item.words) for item in department.items) for department in pack.departments
        }
        self._hints = {
            department.key: _words((item, item.hints) for item in department.items) for department in pack.departments
        }
        self._known: dict[tuple[str, str, bool], tuple[str, ...]] = {}

    def subject(self, headings: ListHeadings) -> ListSubject:
        """The department and item of a list as its headings say; nearer headings before farther ones."""
        department = self._department(headings)
        near = (*headings.titles, headings.sheet)
        item = self._only(near, department)
        if not department and item:
            department = self._of_item[item]
        fallback = self._only((headings.file,), department)
        if not department and fallback:
            department = self._of_item[fallback]
        if not fallback and department:
            items = self._department_of(department).items
            fallback = items[0].key if len(items) == 1 else self._only(near, department, hints=True)
        return ListSubject(department=department, item=item, fallback=fallback)

    def item(self, own: Sequence[str], status: Sequence[str], subject: ListSubject) -> str:
        """The item of one row: its own column of items, then the headings, then what the person is, then what only suggests it.

        ``own`` and ``status`` are the texts of such columns, the stronger header first.
        """
        return (
            self._first(own, subject.department)
            or subject.item
            or self._first(status, subject.department)
            or subject.fallback
            or self._first((*own, *status), subject.department, hints=True)
        )

    def department_of_item(self, item: str) -> str:
        """The key of the department whose item that is, empty for none."""
        return self._of_item.get(item, "")

    def items_named(self, text: str, department: str = "", *, hints: bool = False) -> tuple[str, ...]:
        """The items that a text names, in its order; a word inside a longer one (低保 in 低保边缘) does not count."""
        key = (text, department, hints)
        found = self._known.get(key)
        if found is None:
            shelf = self._hints if hints else self._words
            keys = [department] if department else [entry.key for entry in self._departments]
            found = _named(compact(text).upper(), [pair for each in keys for pair in shelf.get(each, ())])
            self._known[key] = found
        return found

    def _first(self, texts: Sequence[str], department: str, *, hints: bool = False) -> str:
        for text in texts:
            named = self.items_named(text, department, hints=hints)
            if named:
                return named[0]
        return ""

    def _only(self, texts: Iterable[str], department: str, *, hints: bool = False) -> str:
        """The item that the nearest text naming any names alone; empty where it names several."""
        for text in texts:
            named = self.items_named(text, department, hints=hints)
            if named:
                return named[0] if len(named) == 1 else ""
        return ""

    def _department(self, headings: ListHeadings) -> str:
        for text in (headings.unit, *headings.titles, headings.sheet, headings.file):
            named = _named(compact(text), self._names)
            if len(named) == 1:
                return named[0]
        return ""

    def _department_of(self, key: str) -> Department:
        return next(department for department in self._departments if department.key == key)


def _words(items: Iterable[tuple[ItemRule, Sequence[str]]]) -> list[tuple[str, str]]:
    return [(compact(word).upper(), item.key) for item, words in items for word in words]


def _named(text: str, words: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    spans = []
    for word, key in words:
        start = text.find(word)
        while start >= 0:
            spans.append((start, start + len(word), key))
            start = text.find(word, start + 1)
    kept = [
        span
        for span in spans
        if not any(
            other[0] <= span[0] and span[1] <= other[1] and other[1] - other[0] > span[1] - span[0] for other in spans
        )
    ]
    return tuple(dict.fromkeys(key for _, _, key in sorted(kept)))
