"""附件2 and letters as PDF, beside Typst and reportlab's LongTable making the same table in the same run; and first pages.

Each measure is a whole process: seconds are its processor time (user and system), MB the most memory that it held. ``table`` is the
ledger without codes and seal, as the others make it; ``ledger`` and letters bear a signed code on each page and the seal. Aims are
ratios, so that they hold on any PC. The number of rows that all are compared at may be given as an argument;
then nothing is said of the aims, which are for 10,000.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROWS, LETTERS, PREVIEWED = 10_000, 200, 100
"""PREVIEWED: lines of the ledger whose first page is awaited, a busy month of a town."""

WIDER = (100, 1_000, 100_000)
TYPST_TIMES, PLATYPUS_TIMES = 5, 25
LETTERS_OF_TYPST = 1.2 / 7
MOST_MB, MOST_MS, MOST_BYTES = 200, 150, 1_000_000
REFERENCE = 7
"""Seconds that Typst takes for :data:`ROWS` where a first page may take MOST_MS: what the ms are reckoned to."""

LINEAR = 1.3
"""A row of the longest ledger takes at most so many times what one of :data:`ROWS` does."""


class Used(NamedTuple):
    """What one process took."""

    seconds: float
    mb: int


def used_by(job: str, folder: Path, size: int) -> Used:
    """Run the job as a process of its own; CalledProcessError where it fails."""
    command = [sys.executable, str(Path(__file__).with_name("paper_jobs.py")), job, str(folder), str(size)]
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Used(round(usage.ru_utime + usage.ru_stime, 2), usage.ru_maxrss // 1024)


def main() -> None:
    """Print one JSON object."""
    small = len(sys.argv) > 1
    rows = int(sys.argv[1]) if small else ROWS
    letters = min(LETTERS, rows)
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        by_size: dict[int, dict[str, Used]] = {}
        for size in sorted({rows} if small else {rows, *WIDER}):
            used_by("data", folder, size)
            by_size[size] = {job: used_by(job, folder, size) for job in ("table", "ledger")}
            figures |= {f"{job}_of_{size}": used._asdict() for job, used in by_size[size].items()}
            figures[f"ledger_of_{size}_bytes"] = (folder / "ours.pdf").stat().st_size
        used_by("data", folder, rows)
        others = {job: used_by(job, folder, rows) for job in ("typst", "platypus")}
        figures |= {f"{job}_of_{rows}": used._asdict() for job, used in others.items()}
        one_file = used_by("letters", folder, letters)
        figures[f"letters_of_{letters}"] = one_file._asdict()
        figures[f"letter_files_of_{letters}"] = used_by("letter_files", folder, letters)._asdict()
        used_by("first_pages", folder, min(rows, PREVIEWED))
        first = json.loads((folder / "first_pages.json").read_text(encoding="utf-8"))
    figures["first_page_ms"] = first
    ours = by_size[rows]["table"].seconds
    ratios = {
        "typst_over_table": round(others["typst"].seconds / ours, 1),
        "typst_over_ledger": round(others["typst"].seconds / by_size[rows]["ledger"].seconds, 1),
        "platypus_over_table": round(others["platypus"].seconds / ours, 1),
        "letters_over_typst": round(one_file.seconds / others["typst"].seconds, 3),
    }
    met = {}
    if not small:
        met = {
            "typst": ratios["typst_over_table"] >= TYPST_TIMES,
            "platypus": ratios["platypus_over_table"] >= PLATYPUS_TIMES,
            "letters": ratios["letters_over_typst"] <= LETTERS_OF_TYPST,
        }
        a_thousand, most = min(WIDER[1:]), max(WIDER)
        longest = by_size[most]
        growth = {
            job: round(used.seconds / most / (by_size[rows][job].seconds / rows), 2) for job, used in longest.items()
        }
        ratios |= {f"{job}_row_at_{most}_over_{rows}": ratio for job, ratio in growth.items()}
        ratios["slowest_first_page_ms_where_typst_takes_7_s"] = round(
            max(first.values()) * REFERENCE / others["typst"].seconds
        )
        met["first_page"] = ratios["slowest_first_page_ms_where_typst_takes_7_s"] <= MOST_MS
        met["linear"] = max(growth.values()) <= LINEAR
        met["memory"] = max(used.mb for used in longest.values()) <= MOST_MB
        met["size"] = int(str(figures[f"ledger_of_{a_thousand}_bytes"])) <= MOST_BYTES
    print(json.dumps({**figures, "ratios": ratios, "aims_met": met}, ensure_ascii=False))


if __name__ == "__main__":
    main()
