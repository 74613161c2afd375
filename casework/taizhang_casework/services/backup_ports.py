"""What the services need of the backups and of their files, as protocols; ``db`` and the window implement them."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from taizhang_casework.domain.backups import BackupRecord


class Backups(Protocol):
    """The register of proved backups."""

    def save(self, record: BackupRecord) -> None:
        """Add a backup, or replace it by its id."""
        ...

    def all(self) -> Sequence[BackupRecord]:
        """Every backup, in the order of their making."""
        ...

    def first_day(self) -> date | None:
        """The day of the first change of the case file, from which a backup is owed; None while there is none."""
        ...


class BackupFiles(Protocol):
    """The files of the backups that the schedule made."""

    def is_there(self, file: str) -> bool:
        """Whether the file of a record still lies where the schedule keeps them."""
        ...

    def take_away(self, file: str) -> None:
        """Take it away; what cannot be taken away stays for the next time."""
        ...
