"""``vault.upgrading``: raised while a case file is taken to another revision, so that an upgrade that was cut off is known."""

from pathlib import Path

from taizhang_db.disk import disk_trouble, sync_folder, write_whole

FILE_NAME = "vault.upgrading"


def raise_(folder: Path, revision: str) -> None:
    """Say from which revision the file is being taken."""
    write_whole(folder / FILE_NAME, revision.encode())


def is_raised(folder: Path) -> bool:
    """Whether an upgrade was begun and not ended."""
    return (folder / FILE_NAME).exists()


def lower(folder: Path) -> None:
    """Say that the upgrade is over; nothing where it is not raised."""
    if is_raised(folder):
        with disk_trouble():
            (folder / FILE_NAME).unlink(missing_ok=True)
            sync_folder(folder)
