"""The measure of the first paint is a number that means something."""

import json
import subprocess
import sys
import time
from typing import Any

import pytest


def measure(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "taizhang_desktop.first_paint", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert not done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("page", ["bare", "desk", "program"])
def test_it_lies_within_the_life_of_the_process(page: str) -> None:
    begun = time.monotonic()
    found = measure("--page", page)
    whole = (time.monotonic() - begun) * 1000
    took, memory = found["first_paint_ms"], found["rss_mb"]
    assert took is not None
    assert 10 < took <= whole + 20
    assert found["page"] == page
    assert memory is None or memory > 20


def test_it_counts_from_the_moment_that_it_is_given() -> None:
    an_hour_ago = time.time_ns() - 3_600_000_000_000
    took = measure("--page", "bare", "--started", str(an_hour_ago))["first_paint_ms"]
    assert took is not None
    assert took > 3_600_000
