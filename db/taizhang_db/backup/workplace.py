"""Folders in which a backup is made, tried or taken out: held by the program that made them, swept once it is dead."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from taizhang_db.backup.files import writing
from taizhang_db.lock import new_place, sweep


@contextmanager
def workplace(parent: Path, prefix: str) -> Iterator[Path]:
    """A fresh folder beside others of that prefix; those of dead programs go, and this one goes when the block is left.

    A block that has renamed it keeps it. Raises PlaceFull, PlaceNotWritable or PlaceFails.
    """
    with writing(parent):
        parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        sweep(parent, prefix)
        place, held = new_place(parent, prefix)
    try:
        try:
            yield place
        finally:
            held.release()
    finally:
        shutil.rmtree(place, ignore_errors=True)
