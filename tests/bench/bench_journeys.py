"""The journeys through the window under the watchdog: of each the longest slot, in milliseconds of the thread's own work."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

AIM_MS = 50.0
ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Print one JSON object; arguments are modules of journeys, all where none is given."""
    journeys = [ROOT / each for each in sys.argv[1:]] or sorted((ROOT / "tests" / "journeys").glob("gui_*.py"))
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pytest", "-q", *map(str, journeys)]
        around = os.environ | {"TAIZHANG_WATCHED": folder}
        subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=True, env=around)
        seen = [
            (path.stem, msgspec.json.decode(line))
            for path in sorted(Path(folder).iterdir())
            for line in path.read_bytes().splitlines()
        ]
    longest: dict[str, float] = {}
    for module, journey in seen:
        longest[module] = max([longest.get(module, 0.0), *(slot["thread_ms"] for slot in journey["longest"])])
    beyond = [slot for _, journey in seen for slot in journey["longest"] if slot["thread_ms"] > AIM_MS]
    slots = sum(journey["slots"] for _, journey in seen)
    print(json.dumps({"slots": slots, "longest_slot_ms": longest, "beyond": beyond}, ensure_ascii=False))


if __name__ == "__main__":
    main()
