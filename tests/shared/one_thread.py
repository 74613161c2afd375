"""Modules that declare Qt classes may be imported by the window's thread only: see ``taizhang_desktop.warming``."""

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

import pytest


class WrongThread:
    """A finder that finds nothing, and keeps which modules with Qt in them another thread began to import."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def find_spec(self, name: str, path: Sequence[str] | None, _target: ModuleType | None = None) -> ModuleSpec | None:
        if threading.get_ident() != threading.main_thread().ident and name.startswith("taizhang_desktop"):
            spec = PathFinder.find_spec(name, path)
            if spec is not None and spec.origin is not None and "from PySide6" in Path(spec.origin).read_text("utf-8"):
                self.seen.append(name)
        return None


@contextmanager
def watched_imports() -> Iterator[WrongThread]:
    """While this lasts, imports are watched."""
    finder = WrongThread()
    sys.meta_path.insert(0, finder)
    try:
        yield finder
    finally:
        sys.meta_path.remove(finder)


@pytest.fixture(autouse=True)
def imports_of_the_window() -> Iterator[None]:
    """In a process of windows no other thread than the window's may import what declares Qt classes."""
    with watched_imports() as wrong:
        yield
    assert not wrong.seen, wrong.seen
