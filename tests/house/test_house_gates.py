"""The gates of the house: format, lint, types, import contracts. Plain ``pytest`` runs them; so there is one way to be green."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports


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
