"""How far a long deed is, in percent, over parts that are counted in bytes."""

from taizhang_casework.services.clock import Progress

from taizhang_db.backup.archive import CHUNK_BYTES

WHOLE = 100


def silent(done: int, total: int) -> None:
    """For those who do not ask."""


class Meter:
    """Counts bytes towards ``expected``; it says 100 % only at :meth:`end`. What the report raises ends the deed."""

    def __init__(self, report: Progress, expected: int) -> None:
        self._report = report
        self._expected = max(expected, CHUNK_BYTES)
        self._done = 0

    def add(self, count: int) -> None:
        """So many bytes more."""
        self._done += count
        self._report(min(WHOLE - 1, self._done * WHOLE // self._expected), WHOLE)

    def part(self, count: int) -> Progress:
        """For a deed within this one that is worth so many bytes, and counts in its own way."""
        counted = 0

        def report(done: int, total: int) -> None:
            nonlocal counted
            come = count * done // max(total, 1)
            self.add(come - counted)
            counted = come

        return report

    def end(self) -> None:
        """All is done."""
        self._report(WHOLE, WHOLE)
