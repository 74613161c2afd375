"""Whether the documents of a word index, which keeps no text, are those that it should have.

The index is walked once, in its own order; of each document a number is kept that stands for all its words and their places.
"""

from array import array

from sqlalchemy import Connection

_MASK = (1 << 64) - 1
_ENTRY = (1 << 32) - 1
_AT_ONCE = 5_000


class WordPrints:
    """The documents of ``index`` by the entry of their thing (the lower half of their number): eight bytes each, up to ``last``."""

    def __init__(self, connection: Connection, index: str, last: int) -> None:
        prints = self._prints = array("Q", bytes(8 * (last + 1)))
        self._beyond: set[int] = set()
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE temp.words_seen USING fts5vocab(main, {index}, instance)")
        found = connection.exec_driver_sql('SELECT doc, term, "offset" FROM temp.words_seen')
        for rows in found.partitions(_AT_ONCE):
            for document, term, place in rows:  # a hundred times for each case
                entry = document & _ENTRY
                if entry <= last:
                    prints[entry] = (prints[entry] + hash((document, term, place))) & _MASK
                else:
                    self._beyond.add(document)
        connection.exec_driver_sql("DROP TABLE temp.words_seen")

    def differs(self, document: int, words: str) -> bool:
        """Whether the document is not there, or does not have these words; asked once for each that there should be."""
        entry = document & _ENTRY
        right = sum(hash((document, term, place)) for place, term in enumerate(words.lower().split())) & _MASK
        found, self._prints[entry] = self._prints[entry], 0
        return found != right

    def stray(self) -> int:
        """How many documents there are that nobody asked for."""
        return len(self._beyond) + sum(1 for each in self._prints if each)
