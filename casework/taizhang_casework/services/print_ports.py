"""The register of prints and the seal, as protocols; ``db`` implements them."""

from collections.abc import Sequence
from typing import Protocol

from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.ledger import FilingId
from taizhang_casework.domain.print_register import PrintRecord
from taizhang_casework.domain.seals import OfficeSeal


class Prints(Protocol):
    """Every paper that left the vault."""

    def save(self, record: PrintRecord) -> None:
        """Add it, or replace it by its id."""
        ...

    def of_case(self, case: CaseId) -> Sequence[PrintRecord]:
        """Of a case and its letters, the newest first."""
        ...

    def of_filing(self, filing: FilingId) -> Sequence[PrintRecord]:
        """Of a frozen ledger, the newest first."""
        ...

    def newest(self, most: int, *, skipping: int = 0) -> Sequence[PrintRecord]:
        """The newest of all, after so many that are known already."""
        ...


class Seals(Protocol):
    """The seal pictures that the office loaded."""

    def in_use(self) -> OfficeSeal | None:
        """The one that papers may be printed with."""
        ...

    def picture(self, seal: OfficeSeal) -> bytes:
        """Its PNG; SealPictureDamaged where it is not what was loaded."""
        ...

    def add(self, seal: OfficeSeal, png: bytes) -> None:
        """Keep a fresh one with its picture."""
        ...

    def end(self, seal: OfficeSeal) -> None:
        """Keep that one was taken out of use; its picture is gone."""
        ...

    def all(self) -> Sequence[OfficeSeal]:
        """Every one, the newest first."""
        ...
