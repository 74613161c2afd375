"""First paint of the window ÷ first paint of a bare PySide6 window: processes of their own, in turn, on the same screen.

The number of rounds may be given as an argument.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from typing import Any

ROUNDS = 9


def paint(*arguments: str) -> dict[str, Any]:
    """What one process says of its own first paint; its clock starts here, before it does."""
    command = [sys.executable, "-m", "taizhang_desktop.first_paint", *arguments, "--started", str(time.time_ns())]
    said = subprocess.run(
        command, stdout=subprocess.PIPE, check=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    )
    measure: dict[str, Any] = json.loads(said.stdout)
    return measure


def main() -> None:
    """Print one JSON object; times in ms, memory in MB, both medians."""
    paint(), paint("--page", "bare")  # the first of each finds cold disks
    rounds = [(paint(), paint("--page", "bare")) for _ in range(int(sys.argv[1]) if sys.argv[1:] else ROUNDS)]
    window = statistics.median(own["first_paint_ms"] for own, _ in rounds)
    bare = statistics.median(other["first_paint_ms"] for _, other in rounds)
    print(
        json.dumps(
            {
                "ratio": round(window / bare, 2),
                "window_ms": window,
                "bare_ms": bare,
                "window_mb": statistics.median(own["rss_mb"] or 0 for own, _ in rounds),
                "bare_mb": statistics.median(other["rss_mb"] or 0 for _, other in rounds),
            }
        )
    )


if __name__ == "__main__":
    main()
