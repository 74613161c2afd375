"""Looking through an office's vault with its passphrase, for the command line."""

from collections.abc import Callable
from pathlib import Path

from taizhang_db import Passphrase, open_vault
from taizhang_db.journal import BrokenRow
from taizhang_db.verifying import Verification, verify, walk_journal


def look_through(folder: Path, passphrase: str, progress: Callable[[int, int], None]) -> Verification:
    """Everything in the vault, and the files beside it. Raises OfficeTrouble, as opening does."""
    with open_vault(folder, Passphrase(passphrase)) as vault:
        return verify(vault, progress)


def look_through_journal(folder: Path, passphrase: str) -> tuple[int, BrokenRow | None]:
    """How many rows the journal has, and the first that does not fit. Raises OfficeTrouble, as opening does."""
    with open_vault(folder, Passphrase(passphrase)) as vault:
        return walk_journal(vault)
