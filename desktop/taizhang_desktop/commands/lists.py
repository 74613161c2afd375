"""``taizhang lists check``: what a department list holds, row by row, without a database."""

from collections.abc import Sequence
from pathlib import Path

from taizhang_desktop.bootstrap import load_rules
from taizhang_desktop.bootstrap.travel import run_check


def check_lists(files: Sequence[Path], out: Path | None) -> int:
    """Check the files and write the rows; 0 when all could be read, 3 when one could not, whatever the rows say."""
    rules = load_rules()
    return run_check(files, out, rules.pack, rules.divisions)
