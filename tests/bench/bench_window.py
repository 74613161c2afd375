"""A clerk's way through the whole window over 100,000 cases: milliseconds from the click to the last paint, the longest slots, memory.

Sizes (numbers of cases) may be given as arguments. Slots are timed by the thread's own work, openings by the time that passes: on a
busy machine look at the slots. ``beyond`` names what misses the aims: 200 ms an opening, 50 ms a slot, 300 MB.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from window_town import town_of

SIZES = (100_000,)
HERE = Path(__file__).resolve().parent


def measure(size: int) -> dict[str, Any]:
    """The tour over a town of so many cases, in a process of its own: its memory is the program's alone."""
    with tempfile.TemporaryDirectory() as folder:
        town_of(Path(folder), size)
        paths = os.pathsep.join([str(HERE), str(HERE.parent / "shared")])
        command = [sys.executable, str(HERE / "window_tour.py"), folder]
        around = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": paths}
        said = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=around)
    found: dict[str, Any] = json.loads(said.stdout)
    return found


def main() -> None:
    """Print one JSON object by number of cases."""
    print(json.dumps({str(size): measure(size) for size in [int(each) for each in sys.argv[1:]] or SIZES}))


if __name__ == "__main__":
    main()
