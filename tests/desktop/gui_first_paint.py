"""The measure of the first paint is a number that means something."""

import json
import subprocess
import sys
import time

import pytest


def measure(*arguments: str) -> dict[str, float | bool]:
    command = [sys.executable, "-m", "taizhang_desktop.first_paint", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert not done.stderr
    found: dict[str, float | bool] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("arguments", [("--bare",), ("--page", "desk"), ("--page", "unlock")], ids=" ".join)
def test_it_lies_within_the_life_of_the_process(arguments: tuple[str, ...]) -> None:
    begun = time.monotonic()
    found = measure(*arguments)
    whole = (time.monotonic() - begun) * 1000
    assert 10 < found["first_paint_ms"] <= whole + 20
    assert found["bare"] is (arguments == ("--bare",))
    assert found["rss_mb"] is None or found["rss_mb"] > 20


def test_it_counts_from_the_moment_that_it_is_given() -> None:
    an_hour_ago = time.time_ns() - 3_600_000_000_000
    assert measure("--bare", "--started", str(an_hour_ago))["first_paint_ms"] > 3_600_000
