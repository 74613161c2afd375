"""The files of this tree, as its gates see them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOT_OURS = {".git", ".venv", "__pycache__", "build", "dist", "demo-out", ".hypothesis"}
CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache")


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in NOT_OURS or path.name in CACHES or path.name.endswith(".egg-info"):
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the project."""
    return ROOT


@pytest.fixture(scope="session")
def files() -> tuple[Path, ...]:
    """Every file of the tree that belongs to the project."""
    return tuple(_walk(ROOT))


@pytest.fixture(scope="session")
def texts(files: tuple[Path, ...]) -> dict[str, str]:
    """The text of each text file, by its path from the root with slashes."""
    found = {}
    for path in files:
        raw = path.read_bytes()
        if b"\0" not in raw:
            try:
                found[path.relative_to(ROOT).as_posix()] = raw.decode("utf-8")
            except UnicodeDecodeError:
                continue
    return found
