"""Several offices on one PC: which one to open."""

from collections.abc import Callable
from pathlib import Path

import msgspec


class Vaults(msgspec.Struct, frozen=True, kw_only=True):
    """The vault folders that were found, by name, and what is done with the chosen one or when another is to be founded."""

    folders: tuple[Path, ...]
    choose: Callable[[Path], None]
    found_another: Callable[[], None] | None = None
