"""The one door for developers: ``python3 dev.py demo | test | check | bench | screens``.

Standard library only. Each command does all of its own set-up from a fresh clone: the virtual environment in ``.venv``, the
pinned dependencies, and on Debian the system libraries of ``installers/debian-packages.txt``. A second run finds the stamp
in ``.venv`` and starts at once. Written so that an older Python can still read it and say what is missing.
"""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "taizhang-stamp"
REQUIREMENTS = ROOT / "requirements" / "dev.txt"
DEBIAN_PACKAGES = ROOT / "installers" / "debian-packages.txt"
OLDEST, NEWEST = (3, 11), (3, 13)

USAGE = """\
python3 dev.py COMMAND [arguments]

  demo     one month of real work: in the window, or without a display as files in demo-out/
  test     all tests (arguments go to pytest)
  check    format, lint, types and import contracts only
  bench    speed, as ratios measured in one run, as JSON; --faults: what survives kills, full disks, flipped bits
  screens  a picture of each screen of the demo, into docs/screenshots/
"""


class TroubleError(Exception):
    """Something outside the project is in the way; the text is one sentence that says what to do."""


def say(text: str) -> None:
    """One line of progress, apart from what a command prints."""
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


def run(command: list[str], **environment: str) -> None:
    """Run a step of the set-up; TroubleError where it fails."""
    try:
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, stdout=sys.stderr, check=False)
    except OSError as error:
        raise TroubleError(f"`{shlex.join(command)}` could not be started ({error.strerror}).") from error
    if done.returncode:
        raise TroubleError(
            f"`{shlex.join(command)}` failed with exit status {done.returncode}; its own words are above."
        )


def output_of(command: list[str]) -> str | None:
    """What a command prints; None where it cannot be run or fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


# Python


def version_of(python: str) -> tuple[int, int] | None:
    """The version of a Python; None where it does not start."""
    said = output_of([python, "-c", "import sys; print(*sys.version_info[:2])"])
    numbers = said.split() if said else []
    return (int(numbers[0]), int(numbers[1])) if len(numbers) == 2 else None  # noqa: PLR2004 - major and minor


def suitable_python() -> str:
    """A Python of 3.11 to 3.13: the one that runs this, else one on PATH; TroubleError where there is none."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return sys.executable
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and version_of(found) == (3, minor):
            return found
        if os.name == "nt":
            listed = output_of(["py", f"-3.{minor}", "-c", "import sys; print(sys.executable)"])
            if listed:
                return listed.strip()
    here = ".".join(str(part) for part in sys.version_info[:3])
    raise TroubleError(
        f"Python 3.11, 3.12 or 3.13 is needed; this is {here} and PATH has no other: install one and start again."
    )


# System libraries


def listed_packages(sections: list[str]) -> list[str]:
    """The Debian packages of these sections of ``installers/debian-packages.txt``."""
    packages, section = [], ""
    for line in DEBIAN_PACKAGES.read_text(encoding="utf-8").splitlines():
        word = line.partition("#")[0].strip()
        if word.startswith("["):
            section = word.strip("[]")
        elif word and section in sections:
            packages.append(word)
    return packages


def missing_packages(wanted: list[str]) -> list[str]:
    """Those that dpkg neither has nor finds provided by another package; none where there is no dpkg."""
    dpkg_query = shutil.which("dpkg-query")
    if dpkg_query is None:
        return []
    listing = output_of([dpkg_query, "-W", "-f", r"${db:Status-Abbrev}\t${Package}\t${Provides}\n"]) or ""
    present = set()
    for line in listing.splitlines():
        status, package, provides = line.split("\t")
        if status.startswith("ii"):
            present.add(package)
            present.update(entry.split()[0] for entry in provides.split(",") if entry.strip())
    return [package for package in wanted if package not in present]


def install_packages(packages: list[str]) -> None:
    """Install Debian packages as root or by sudo; TroubleError with the exact line to run where neither is possible."""
    apt, sudo = shutil.which("apt-get"), shutil.which("sudo")
    by_hand = f"apt-get install --no-install-recommends {' '.join(packages)}"
    if apt is None:
        raise TroubleError(f"System libraries are missing and there is no apt-get: install {' '.join(packages)}.")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        prefix = []
    elif sudo and output_of([sudo, "-n", "true"]) is not None:
        prefix = [sudo, "-n"]
    else:
        raise TroubleError(f"System libraries are missing; run this line and start again: sudo {by_hand}")
    say(f"installing system libraries: {' '.join(packages)}")
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", apt, "-qq", "-o", "Dpkg::Use-Pty=0"]
    if subprocess.run([*quiet, "update"], stdout=sys.stderr, check=False).returncode:
        say("the package lists could not be renewed; going on with those that are there")
    run([*quiet, "install", "--yes", "--no-install-recommends", *packages])


# Set-up


def fingerprint(python: str) -> str:
    """What a finished set-up rests on: the Python, this place, and the files that say what is installed."""
    parts = [str(version_of(python)), str(ROOT), sys.platform]
    parts += [path.read_text(encoding="utf-8") for path in (REQUIREMENTS, ROOT / "pyproject.toml")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def set_up(*sections: str) -> None:
    """Bring this clone to where a command can run; TroubleError where a step fails."""
    python = suitable_python()
    wanted = listed_packages(list(sections)) if sys.platform == "linux" else []
    if sys.platform == "linux" and not VENV_PYTHON.exists() and output_of([python, "-c", "import ensurepip"]) is None:
        major, minor = version_of(python) or OLDEST
        wanted.append(f"python{major}.{minor}-venv")
    missing = missing_packages(wanted)
    if missing:
        install_packages(missing)

    stamp = fingerprint(python)
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == stamp and VENV_PYTHON.exists():
        return
    if version_of(str(VENV_PYTHON)) != version_of(python):
        say("making the virtual environment in .venv")
        run([python, "-m", "venv", "--clear", str(VENV)])
    pip = [str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    say("installing the pinned dependencies (some 200 MB the first time)")
    run([*pip, "--require-hashes", "--requirement", str(REQUIREMENTS)])
    say("installing taizhang itself, in place")
    run([*pip, "--no-build-isolation", "--no-deps", "--editable", str(ROOT)])
    STAMP.write_text(stamp, encoding="utf-8")


# Commands

MOST_SIDE_BY_SIDE = 4
"""Processes of tests: each may hold a window, an X server and a vault."""


def start(*arguments: str) -> int:
    """Run Python in the virtual environment; its exit status."""
    return subprocess.run([str(VENV_PYTHON), *arguments], cwd=ROOT, check=False).returncode


def demo(arguments: list[str]) -> int:
    """One month of real work, in the window or as files."""
    set_up("window")
    display = sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if display or "--headless" in arguments:
        return start("-m", "taizhang_desktop.cli", "demo", *arguments)
    out = ROOT / "demo-out"
    say("no display: the month runs without a window")
    shutil.rmtree(out, ignore_errors=True)
    status = start("-m", "taizhang_desktop.cli", "demo", "--headless", "--out", str(out), *arguments)
    if status == 0:
        say(f"the PDFs and packages of the month are in {out}")
    return status


def test(arguments: list[str]) -> int:
    """All tests, side by side; with arguments what they name, one after another."""
    set_up("window", "tests")
    side_by_side = ["--numprocesses", str(min(os.cpu_count() or 1, MOST_SIDE_BY_SIDE)), "--dist", "worksteal"]
    return start("-m", "pytest", *(arguments or side_by_side))


def check(arguments: list[str]) -> int:
    """The house rules only: format, lint, types, import contracts."""
    return test(["tests/house", *arguments])


def chosen_measures(names: list[str], folder: Path = ROOT / "tests" / "bench") -> dict[str, Path]:
    """The scripts of these measures in the folder, of all where none is named; TroubleError for a name that is none."""
    known = {path.stem[len("bench_") :]: path for path in sorted(folder.glob("bench_*.py"))}
    for name in names:
        if name not in known:
            raise TroubleError(f"There is no measure `{name}`; there are: {', '.join(known)}.")
    return {name: path for name, path in known.items() if not names or name in names}


def bench(arguments: list[str]) -> int:
    """Each ``tests/bench/bench_*.py`` in a process of its own; what they print, merged into one JSON object.

    ``--faults``: those of ``tests/bench/faults`` instead, which damage vaults by the hundred (some 15 minutes).
    """
    names = [argument for argument in arguments if argument != "--faults"]
    folder = ROOT / "tests" / "bench" / ("faults" if "--faults" in arguments else "")
    chosen = chosen_measures(names, folder)
    set_up("window", "tests")
    measures = {}
    for name, script in chosen.items():
        say(f"measuring {name}")
        said = subprocess.run([str(VENV_PYTHON), str(script)], cwd=ROOT, stdout=subprocess.PIPE, check=False)
        if said.returncode:
            raise TroubleError(
                f"`{script.relative_to(ROOT)}` failed with exit status {said.returncode}; its own words are above."
            )
        measures[name] = json.loads(said.stdout)
    print(json.dumps(measures, indent=2, ensure_ascii=False))
    return 1 if any(map(came_to_harm, measures.values())) else 0


HARM = {"lost", "undetected", "repairs", "wrong"}
"""What has to be nothing in every measure that counts it."""


def came_to_harm(measure: object) -> bool:
    """Whether something of :data:`HARM` is not nothing, at any depth."""
    if isinstance(measure, dict):
        return any(bool(value) if name in HARM else came_to_harm(value) for name, value in measure.items())
    return isinstance(measure, list) and any(map(came_to_harm, measure))


def screens(arguments: list[str]) -> int:
    """A picture of each screen of the demo, and those of the manual's first page."""
    set_up("window")
    docs = ROOT / "docs"
    page, out = str(docs / "manual" / "00-one-application.md"), str(docs / "screenshots")
    return start("-m", "taizhang_desktop.screenshots", "--out", out, "--page", page, *arguments)


COMMANDS = {"demo": demo, "test": test, "check": check, "bench": bench, "screens": screens}


def main(arguments: list[str]) -> int:
    """Run one command; its exit status, 1 for trouble with the surroundings, 2 for a command that is not known."""
    if not arguments or arguments[0] not in COMMANDS:
        print(USAGE, end="", file=sys.stderr)
        return 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except TroubleError as trouble:
        say(str(trouble))
        return 1
    except KeyboardInterrupt:
        say("stopped")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
