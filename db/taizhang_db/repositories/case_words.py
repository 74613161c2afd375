"""The words by which cases are found: one document of ASCII tokens for each case, and what to ask of it.

A name is kept as its characters and as their pairs (a phrase of pairs finds any part of it; and any character of GB 18030 can be
found, which SQLite's own tokenizers know only in part), a number as its runs of three and of six characters. The number of a document
grows with the day of the case and then with its entry, so that what is found comes in the order of the big table by itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec
from sqlalchemy import Connection
from taizhang_casework.domain.name_search import are_initials, initials, searchable
from taizhang_casework.domain.warning import Channel

SHORTEST_NUMBER = 3
"""A fragment of a number has so many characters at least; one or two stand in nearly every number."""
_LONG = 6
_PAIR = 2
_SEQ_BITS = 32
ENTRY = (1 << _SEQ_BITS) - 1
"""The part of a document's number that is the entry of its case."""
_MOST_WORDS = 100
_ADD = "INSERT INTO case_words (rowid, words) VALUES (?, ?)"
_HEAD = "UPDATE cases SET head_name = ?, head_id_number = ? WHERE seq = ?"
_FORGET = "DELETE FROM case_words WHERE rowid = ?"
_FACTS = """
SELECT c.seq, c.received_on, c.name, c.id_number, coalesce(h.head_name, ''), coalesce(h.head_id_number, ''), c.village_code,
       c.channel, c.closed_on IS NULL, c.discarded_at IS NOT NULL
FROM cases AS c LEFT JOIN households AS h ON h.id = c.household_id
"""


class CaseFacts(msgspec.Struct, frozen=True, array_like=True):
    """What a case is found by; ``received_on`` is ISO 8601, ``open`` and ``discarded`` 1 or 0. In the recycle bin nothing finds it."""

    seq: int
    received_on: str
    name: str
    id_number: str
    head_name: str
    head_id_number: str
    village_code: str
    channel: str
    open: int
    discarded: int = 0

    @property
    def head(self) -> tuple[str, str]:
        """Name and number of its household's head."""
        return self.head_name, self.head_id_number

    @property
    def place(self) -> int:
        """The number of its document: first by day, then by entry."""
        return date.fromisoformat(self.received_on).toordinal() << _SEQ_BITS | self.seq

    @property
    def words(self) -> str:
        """Its document."""
        runs = runs_of((self.name, self.head_name), (self.id_number, self.head_id_number))
        runs.append(f"v{self.village_code} {_channel(self.channel)}" + (" kopen" if self.open else ""))
        return " s ".join(run for run in runs if run)


def runs_of(names: Iterable[str], numbers: Iterable[str]) -> list[str]:
    """The tokens by which people are found: of their names, their numbers, their initials; parted, so that no phrase runs across."""
    names = dict.fromkeys(map(searchable, names))
    runs = [" ".join(_characters(name, length)) for name in names for length in (1, _PAIR)]
    runs += [
        " ".join(_grams(number, length))
        for number in dict.fromkeys(map(searchable, numbers))
        for length in (SHORTEST_NUMBER, _LONG)
    ]
    runs.append(" ".join(sorted(f"i{run}" for run in frozenset().union(*map(initials, names)))))
    return runs


def facts_of(connection: Connection, seq: int) -> CaseFacts:
    """What the case of this entry is found by, as it stands in the transaction."""
    return CaseFacts(*connection.exec_driver_sql(f"{_FACTS} WHERE c.seq = ?", (seq,)).one())


def facts_of_household(connection: Connection, household: str) -> Sequence[CaseFacts]:
    """The same for every case of a household."""
    return [CaseFacts(*row) for row in connection.exec_driver_sql(f"{_FACTS} WHERE c.household_id = ?", (household,))]


def keep(connection: Connection, before: CaseFacts | None, after: CaseFacts) -> None:
    """Bring the document of a case in step with it, and the head that it carries."""
    if before == after:
        return
    if after.head != (("", "") if before is None else before.head):
        connection.exec_driver_sql(_HEAD, (*after.head, after.seq))
    if before is not None and not before.discarded:
        connection.exec_driver_sql(_FORGET, (before.place,))
    if not after.discarded:
        connection.exec_driver_sql(_ADD, (after.place, after.words))


def fill(connection: Connection) -> None:
    """Write the documents of all cases, of which there are none yet."""
    found = connection.exec_driver_sql(f"{_FACTS} WHERE c.discarded_at IS NULL ORDER BY c.received_on, c.seq")
    for rows in found.partitions(1_000):
        every = [CaseFacts(*row) for row in rows]
        connection.exec_driver_sql(_ADD, [(facts.place, facts.words) for facts in every])


def asking(text: str, villages: dict[str, tuple[str, ...]], channel: Channel | None, *, open_only: bool) -> str:
    """What to ask the index, empty where nothing is asked: every word must be found, and the filters must hold."""
    words = list(dict.fromkeys(searchable(text).split()))[:_MOST_WORDS]
    meant = {searchable(word): codes for word, codes in villages.items()}
    wanted = [f"({' OR '.join(_ways(word, meant.get(word, ())))})" for word in words]
    if not wanted:
        return ""
    if channel is not None:
        wanted.append(_channel(channel.value))
    if open_only:
        wanted.append("kopen")
    return " AND ".join(wanted)


def _ways(word: str, villages: Sequence[str]) -> Iterator[str]:
    """A word is part of a name, part of a number, a run of initials, or one of these villages."""
    yield f'"{" ".join(_characters(word, min(len(word), _PAIR)))}"'
    if len(word) >= SHORTEST_NUMBER:
        yield f'"{" ".join(_grams(word, _LONG if len(word) >= _LONG else SHORTEST_NUMBER))}"'
    if are_initials(word):
        yield f"i{word}"
    for village in villages:
        yield f"v{village}"


def _characters(text: str, length: int) -> Iterator[str]:
    """Each character, or each pair of neighbours."""
    for start in range(len(text) - length + 1):
        yield "".join(f"c{ord(character):x}" for character in text[start : start + length])


def _grams(text: str, length: int) -> Iterator[str]:
    for start in range(len(text) - length + 1):
        gram = text[start : start + length]
        plain = gram.isascii() and gram.isalnum()
        yield f"n{gram}" if plain else "h" + "x".join(f"{ord(character):x}" for character in gram)


def _channel(value: str) -> str:
    return f"k{value.replace('_', '')}"
