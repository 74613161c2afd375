"""Every bench runs, in a small version: one that cannot run is noticed here and not when somebody wants its figures."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BENCHES = sorted(HERE.glob("bench_*.py"))
SMALL = {
    "attachments": "100000",
    "backup": "50",
    "first_paint": "1",
    "journeys": "tests/journeys/gui_undo.py",
    "keyring": "2",
    "list_reading": "50",
    "papers": "20",
    "store": "300",
    "window": "400",
}
"""The argument with which each takes a few seconds."""


@pytest.mark.parametrize("script", BENCHES, ids=lambda path: path.stem)
def test_it_runs_and_says_figures(script: Path) -> None:
    if script.stem in {"bench_keyring", "bench_papers"} and sys.platform != "linux":
        pytest.skip("2026-11-24: gnome-keyring is Linux, and so is the account of what a process took")
    size = SMALL[script.stem.removeprefix("bench_")]
    ran = subprocess.run(
        [sys.executable, str(script), size], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 0, ran.stderr
    figures = json.loads(ran.stdout)
    assert isinstance(figures, dict)
    assert figures
