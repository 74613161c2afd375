"""``taizhang package inspect``: what can be said of a package without the keys that open it."""

from pathlib import Path

from taizhang_desktop.bootstrap.travel import inspect


def inspect_package(file: Path) -> int:
    """Print what the file is; OfficeTrouble where it is no package."""
    seen = inspect(file)
    print(seen)
    return 0
