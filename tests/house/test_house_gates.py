"""The gates of the house: format, lint, types, import contracts. Plain ``pytest`` runs them; so there is one way to be green."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOMS = ("casework", "db", "exchange", "printing", "desktop")


def _said(root: Path, *module: str, stdin: str = "") -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", *module],
        cwd=root,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_tree_is_formatted(root: Path) -> None:
    status, said = _said(root, "ruff", "format", "--check", ".")
    assert status == 0, said


def test_the_linter_has_nothing_to_say(root: Path) -> None:
    status, said = _said(root, "ruff", "check", "--output-format", "concise", ".")
    assert status == 0, said


def test_the_types_hold(root: Path) -> None:
    status, said = _said(root, "mypy")
    assert status == 0, said


@pytest.fixture
def at_root(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The root as working folder: import-linter finds its contracts there."""
    monkeypatch.chdir(root)
    path = list(sys.path)
    yield
    sys.path[:] = path


@pytest.mark.usefixtures("at_root")
def test_an_arrow_only_goes_down(capfd: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(no_cache=True, no_logo=True)
    assert status == 0, capfd.readouterr().out


@pytest.fixture(scope="module")
def copied_rooms(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of the five rooms and their contracts, at another place."""
    place = tmp_path_factory.mktemp("rooms")
    shutil.copy(root / "pyproject.toml", place)
    for room in ROOMS:
        shutil.copytree(
            root / room, place / room, ignore=lambda folder, names: [n for n in names if _is_data(folder, n)]
        )
    return place


def _is_data(folder: str, name: str) -> bool:
    return name == "__pycache__" or (not name.endswith(".py") and not (Path(folder) / name).is_dir())


@pytest.mark.parametrize(
    ("room", "line", "broken"),
    [
        pytest.param("casework", "import sqlite3", "casework is plain Python", id="casework knows no SQL"),
        pytest.param("casework", "import taizhang_db", "Floors", id="casework does not know what is above it"),
        pytest.param("db", "import taizhang_exchange", "Floors", id="rooms of one floor do not know one another"),
        pytest.param(
            "printing", "from PySide6 import QtGui", "The window is the desktop's alone", id="papers need no Qt"
        ),
        pytest.param(
            "desktop", "import taizhang_db", "desktop/bootstrap alone", id="a screen does not reach for the store"
        ),
        pytest.param("desktop", "import sqlalchemy", "desktop/bootstrap alone", id="a screen knows no SQL"),
    ],
)
def test_an_arrow_that_is_not_allowed_is_refused(copied_rooms: Path, room: str, line: str, broken: str) -> None:
    sample = copied_rooms / room / f"taizhang_{room}" / "sample_of_an_offence.py"
    sample.write_text(line + "\n", encoding="utf-8")
    try:
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))",
            ],
            cwd=copied_rooms,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(str(copied_rooms / room) for room in ROOMS)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    finally:
        sample.unlink()
    assert done.returncode == 1, done.stderr
    report = done.stdout.partition("Broken contracts")[2]
    assert broken in report
    assert "sample_of_an_offence" in report


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("import uuid", id="casework gives out no ids of its own"),
        pytest.param("from random import choice", id="casework leaves nothing to chance"),
        pytest.param("import datetime\n\nday = datetime.date.today()", id="casework does not know which day it is"),
        pytest.param(
            "from datetime import UTC, datetime\n\nat = datetime.now(UTC)", id="casework does not know the time"
        ),
        pytest.param("from time import time", id="casework has no clock"),
    ],
)
def test_a_clock_in_casework_is_refused(root: Path, line: str) -> None:
    file = "casework/taizhang_casework/domain/sample.py"
    status, said = _said(root, "ruff", "check", "--select", "TID251", "--stdin-filename", file, "-", stdin=line)
    assert status == 1
    assert "TID251" in said


@pytest.mark.parametrize("line", ["from PySide6 import QtWidgets", "from PySide6.QtWidgets import QLabel"])
def test_a_widget_in_a_view_model_is_refused(root: Path, line: str) -> None:
    file = "desktop/taizhang_desktop/viewmodels/sample.py"
    status, said = _said(root, "ruff", "check", "--select", "TID251", "--stdin-filename", file, "-", stdin=line)
    assert status == 1
    assert "TID251" in said
