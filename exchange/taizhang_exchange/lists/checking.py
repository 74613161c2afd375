"""``lists check``: what department lists hold, row by row, as JSON; nothing is kept."""

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec
from taizhang_casework.domain.divisions import Divisions
from taizhang_casework.domain.list_row import REASON_WORDS, JudgedRow, ListReading, Outcome, Reason
from taizhang_casework.domain.pack import RegulationPack

from taizhang_exchange.lists.reading import read_lists
from taizhang_exchange.lists.trouble import UnreadableList

ALL_READ, SOME_UNREADABLE = 0, 3
"""Exit statuses; what the rows say changes neither."""


class CheckedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One data row of the report: exactly the fields that the command promises."""

    file: str
    sheet: str
    row: int
    outcome: Outcome
    reasons: tuple[Reason, ...]
    name: str
    id_number: str
    town: str
    village: str
    item: str
    date: date | None


class CheckReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was read and what could not be; ``troubles`` in the order given."""

    readings: tuple[ListReading, ...]
    rows: tuple[CheckedRow, ...]
    troubles: tuple[UnreadableList, ...]

    def count(self, outcome: Outcome) -> int:
        """How many rows came to that outcome."""
        return sum(row.outcome is outcome for row in self.rows)

    def json(self) -> bytes:
        """The rows as a JSON array in UTF-8, one object a line."""
        lines = b",\n".join(msgspec.json.encode(row) for row in self.rows)
        return b"[\n" + lines + b"\n]\n" if lines else b"[]\n"


def check_lists(paths: Sequence[Path], pack: RegulationPack, divisions: Divisions) -> CheckReport:
    """Read and judge the files of one run; a file that cannot be read stops none of the others."""
    readings, troubles = read_lists(paths, pack, divisions)
    labels = {item.key: item.label for department in pack.departments for item in department.items}
    rows = tuple(_checked(row, labels.get(row.item, "")) for reading in readings for row in reading.rows)
    return CheckReport(readings=readings, rows=rows, troubles=troubles)


def run_check(paths: Sequence[Path], out: Path | None, pack: RegulationPack, divisions: Divisions) -> int:
    """Check the files, write the JSON to ``out``, say a summary on stdout and each unreadable file on stderr; the exit status.

    Raises OSError where ``out`` cannot be written.
    """
    report = check_lists(paths, pack, divisions)
    for trouble in report.troubles:
        print(trouble, file=sys.stderr)  # noqa: T201 - this is the command's own voice
    for line in summary(report):
        print(line)  # noqa: T201
    if out is not None:
        out.write_bytes(report.json())
    return SOME_UNREADABLE if report.troubles else ALL_READ


def summary(report: CheckReport) -> tuple[str, ...]:
    """The report in a few Chinese lines without personal data: each file, then all together."""
    lines = [f"{reading.file}：{_counts([row.outcome for row in reading.rows])}" for reading in report.readings]
    reasons = Counter(reason for row in report.rows for reason in row.reasons)
    if reasons:
        lines.append("原因：" + "，".join(f"{REASON_WORDS[reason]}{count}" for reason, count in reasons.most_common()))
    unread = f"；{len(report.troubles)}个文件未能读取" if report.troubles else ""
    lines.append(f"合计{len(report.readings)}个文件，{_counts([row.outcome for row in report.rows])}{unread}")
    return tuple(lines)


def _counts(outcomes: Sequence[Outcome]) -> str:
    accepted, refused, duplicate = (outcomes.count(outcome) for outcome in Outcome)
    return f"{len(outcomes)}行，接收{accepted}，退回{refused}，重复{duplicate}"


def _checked(row: JudgedRow, item: str) -> CheckedRow:
    return CheckedRow(
        file=row.provenance.file,
        sheet=row.provenance.sheet,
        row=row.provenance.row,
        outcome=row.outcome,
        reasons=row.reasons,
        name=row.name,
        id_number=row.id_number,
        town=row.town_name,
        village=row.village_name,
        item=item,
        date=row.happened_on,
    )
