"""What this PC offers: where data is kept, and whether there is a screen."""

import os
import sys
from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("taizhang", appauthor=False)


def data_folder() -> Path:
    """The user's own data: one vault folder for each office below it."""
    return Path(_DIRS.user_data_dir)


def heads_folder() -> Path:
    """How far this PC saw each vault come: outside the vaults, so that it is not put back together with them."""
    return Path(_DIRS.user_state_dir) / "heads"


def log_folder() -> Path:
    """Reports of faults of the program, without personal data."""
    return Path(_DIRS.user_log_dir)


def settings_file() -> Path:
    """What a user of this PC likes: the size of the text."""
    return Path(_DIRS.user_config_dir) / "settings.json"


def vaults_in(folder: Path) -> tuple[Path, ...]:
    """The vault folders below a data folder, by name; one that begins with a dot is being made."""
    if not folder.is_dir():
        return ()
    return tuple(sorted(each for each in folder.iterdir() if not each.name.startswith(".") and _is_vault(each)))


def _is_vault(folder: Path) -> bool:
    """Anything of a vault counts: where its key file or its case file is lost, nobody may be led to founding it anew."""
    left = ("vault.json", "vault.json.copy", "vault.head", "cases*.db", "attachments/[0-9a-f][0-9a-f]/")
    return folder.is_dir() and any(any(folder.glob(pattern)) for pattern in left)


def backup_folder(vault: Path) -> Path:
    """Where the daily backups of a vault are kept: beside it, so on the same disk."""
    return vault.parent / "备份" / vault.name


def cut_off_in(folder: Path) -> bool:
    """Whether a restore or a founding below a data folder was cut off: it is to be ended or swept away before anything else."""
    left = (folder.glob(pattern) for pattern in ("vault.switching", ".vault.switching.*", ".restored-*", ".founding-*"))
    return any(any(found) for found in left)


def has_screen() -> bool:
    """Whether a window can be shown here."""
    if sys.platform.startswith("linux"):
        return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    return True
