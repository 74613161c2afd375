"""What the services need to deal with other offices, as protocols: ``db`` keeps, ``exchange`` packs and reads."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from taizhang_casework.domain.bureau import FilingArrival, ListImport, ReceivedFiling
from taizhang_casework.domain.ledger import Month
from taizhang_casework.domain.list_row import ListReading
from taizhang_casework.domain.offices import Office, OfficeCard, OfficeId, OfficeKeys
from taizhang_casework.domain.packages import Manifest, PackageItem, PackageKind, PackageRecord
from taizhang_casework.domain.warning import WarningId


class Packages(Protocol):
    """The register of packages that went out and came in."""

    def save(self, record: PackageRecord) -> None:
        """Keep what was sent or received, or replace it by direction and digest (when its receipt comes back)."""
        ...

    def all(self) -> Sequence[PackageRecord]:
        """Every package, oldest first."""
        ...

    def sent(self, kind: PackageKind) -> Sequence[PackageRecord]:
        """The packages of this kind that went out, oldest first."""
        ...

    def last_sent(self, to: OfficeId) -> PackageRecord | None:
        """The newest one sent to that office."""
        ...

    def last_received(self, sender: OfficeId) -> PackageRecord | None:
        """The newest one taken from that office."""
        ...


class Partners(Protocol):
    """This office, and the public cards of the offices that it has enrolled."""

    def own(self) -> OfficeKeys:
        """The keys of this office; KeyError before the first start is done."""
        ...

    def found(self, keys: OfficeKeys) -> None:
        """Keep this office's keys; only once."""
        ...

    def enrol(self, card: OfficeCard) -> None:
        """Keep or replace another office's card."""
        ...

    def get(self, office: OfficeId) -> OfficeCard:
        """An enrolled office's card; KeyError where it is not enrolled."""
        ...

    def all(self) -> Sequence[OfficeCard]:
        """Every enrolled office, by id."""
        ...


class BureauDesk(Protocol):
    """What only the bureau keeps: the lists of the departments and the filings of the towns."""

    def add_import(self, done: ListImport) -> None:
        """Keep a department list with the outcome of each of its rows."""
        ...

    def imports(self) -> Sequence[ListImport]:
        """Every list read, oldest first."""
        ...

    def mark_sent(self, warnings: Sequence[WarningId], package: str) -> None:
        """Note in which package (its digest) the warnings went to their town."""
        ...

    def sent_to_towns(self, month: Month) -> dict[OfficeId, int]:
        """How many warnings of the month's lists have gone out, by town."""
        ...

    def sent(self) -> dict[WarningId, str]:
        """The warnings that have gone out, each with the digest of its package."""
        ...

    def receive(self, filing: ReceivedFiling) -> None:
        """Keep a town's filing; a higher revision of the same month is kept beside the earlier ones."""
        ...

    def arrivals(self, month: Month) -> Sequence[FilingArrival]:
        """What the filings received of a month count, by town and revision; their lines are not read."""
        ...

    def received(self, month: Month | None = None) -> Sequence[ReceivedFiling]:
        """The filings received, of one month or all, by town, month and revision."""
        ...


class ListReader(Protocol):
    """Reads department lists (Excel workbooks)."""

    def read(self, path: Path) -> ListReading:
        """Every data row of every sheet; OfficeTrouble where the file cannot be read as a list."""
        ...


class Courier(Protocol):
    """Packs and opens packages: a tar of manifest, signature and JSON Lines inside age."""

    def pack(
        self, manifest: Manifest, items: Sequence[PackageItem], *, keys: OfficeKeys, to: OfficeCard, path: Path
    ) -> str:
        """Write the package to ``path`` (a new file, whole or not at all); its digest, SHA-256 as 64 hex digits."""
        ...

    def open(
        self, path: Path, *, keys: OfficeKeys, known: Sequence[OfficeCard]
    ) -> tuple[Manifest, Sequence[PackageItem], str]:
        """Manifest, items and digest; OfficeTrouble where it is damaged, for somebody else, or from nobody known."""
        ...

    def new_keys(self, office: Office) -> OfficeKeys:
        """Fresh keys for an office."""
        ...
