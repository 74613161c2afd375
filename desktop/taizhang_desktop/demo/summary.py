"""The counts of a told month, stage by stage, and whether they reconcile."""

from collections.abc import Iterable, Sequence

import msgspec
from taizhang_casework.domain.ledger import LedgerLine, Month
from taizhang_casework.domain.list_row import ListReading, Outcome
from taizhang_casework.domain.warning import Channel


class ListCount(msgspec.Struct, frozen=True, kw_only=True):
    """One department list: rows by outcome."""

    file: str
    rows_read: int
    accepted: int
    refused: int
    duplicates: int


class TownCount(msgspec.Struct, frozen=True, kw_only=True):
    """One town: cases by channel, the lines of its filing, letters."""

    town: str
    cases: dict[Channel, int]
    lines: tuple[LedgerLine, ...]
    letters: int


class TownSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One town's line in the summary; ``cases`` and ``ledger_lines`` are of 部门预警, the others are apart."""

    town: str
    cases: int
    ledger_lines: int
    other_cases: int
    other_ledger_lines: int
    letters: int


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """``summary.json``. Read = accepted + refused + duplicates; accepted = cases in towns = lines in ledgers = lines at the bureau.

    These four count the departments' warnings; what came by other channels (the self-applicant, a village's screening) stands in
    ``other_channels`` and reconciles by itself. ``unread`` says of each list that could not be read why.
    """

    month: str
    rows_read: int
    accepted: int
    refused: int
    duplicates: int
    cases_in_towns: int
    ledger_lines: int
    bureau_lines: int
    other_channels: dict[str, int]
    letters: int
    towns_filed: tuple[str, ...]
    towns_not_filed: tuple[str, ...]
    unread: tuple[str, ...]
    lists: tuple[ListCount, ...]
    towns: tuple[TownSummary, ...]
    reconciles: bool

    @classmethod
    def of(
        cls,
        *,
        month: Month,
        readings: Sequence[ListReading],
        towns: Sequence[TownCount],
        bureau_lines: Sequence[LedgerLine],
        filed: tuple[str, ...],
        not_filed: tuple[str, ...],
        unread: tuple[str, ...],
    ) -> "Summary":
        """Count every stage by itself and compare."""
        lists = tuple(_list_count(reading) for reading in readings)
        each = tuple(_town_summary(town) for town in towns)
        rows, accepted = sum(c.rows_read for c in lists), sum(c.accepted for c in lists)
        refused, duplicates = sum(c.refused for c in lists), sum(c.duplicates for c in lists)
        cases, ledger = sum(t.cases for t in each), sum(t.ledger_lines for t in each)
        arrived = _of_departments(bureau_lines)
        other = {
            "cases_in_towns": sum(t.other_cases for t in each),
            "ledger_lines": sum(t.other_ledger_lines for t in each),
            "bureau_lines": len(bureau_lines) - arrived,
        }
        return cls(
            month=str(month),
            rows_read=rows,
            accepted=accepted,
            refused=refused,
            duplicates=duplicates,
            cases_in_towns=cases,
            ledger_lines=ledger,
            bureau_lines=arrived,
            other_channels=other,
            letters=sum(t.letters for t in each),
            towns_filed=filed,
            towns_not_filed=not_filed,
            unread=unread,
            lists=lists,
            towns=each,
            reconciles=rows == accepted + refused + duplicates
            and accepted == cases == ledger == arrived
            and len(set(other.values())) == 1,
        )


def _list_count(reading: ListReading) -> ListCount:
    outcomes = [row.outcome for row in reading.rows]
    return ListCount(
        file=reading.file,
        rows_read=len(outcomes),
        accepted=outcomes.count(Outcome.ACCEPTED),
        refused=outcomes.count(Outcome.REFUSED),
        duplicates=outcomes.count(Outcome.DUPLICATE),
    )


def _of_departments(lines: Iterable[LedgerLine]) -> int:
    return sum(line.channel is Channel.DEPARTMENT for line in lines)


def _town_summary(town: TownCount) -> TownSummary:
    from_departments = town.cases.get(Channel.DEPARTMENT, 0)
    lines = _of_departments(town.lines)
    return TownSummary(
        town=town.town,
        cases=from_departments,
        ledger_lines=lines,
        other_cases=sum(town.cases.values()) - from_departments,
        other_ledger_lines=len(town.lines) - lines,
        letters=town.letters,
    )
