"""The desk and its store, as protocols: everything that the office keeps, inside one transaction; ``db`` implements them."""

from contextlib import AbstractContextManager
from typing import Protocol

from taizhang_casework.domain.backups import BackupFace, Loss
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.disclosure import Disclosure, LedgerDisclosure, ListDisclosure
from taizhang_casework.domain.offices import User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.services.attachment_ports import Attachments
from taizhang_casework.services.backup_ports import Backups
from taizhang_casework.services.case_ports import Cases, Matches
from taizhang_casework.services.exchange_ports import BureauDesk, Packages, Partners
from taizhang_casework.services.filing_port import Filings
from taizhang_casework.services.household_ports import Households
from taizhang_casework.services.letter_port import Letters
from taizhang_casework.services.list_ports import IncomeLines, Journal, ListViews
from taizhang_casework.services.monitored_port import Monitored
from taizhang_casework.services.print_ports import Prints, Seals
from taizhang_casework.services.user_ports import Keys, Users


class Desk(Protocol):
    """Everything that the office keeps, as it stands inside one transaction."""

    @property
    def households(self) -> Households: ...  # noqa: D102 - each is described by its own protocol
    @property
    def cases(self) -> Cases: ...  # noqa: D102
    @property
    def matches(self) -> Matches: ...  # noqa: D102
    @property
    def letters(self) -> Letters: ...  # noqa: D102
    @property
    def monitored(self) -> Monitored: ...  # noqa: D102
    @property
    def attachments(self) -> Attachments: ...  # noqa: D102
    @property
    def filings(self) -> Filings: ...  # noqa: D102
    @property
    def packages(self) -> Packages: ...  # noqa: D102
    @property
    def partners(self) -> Partners: ...  # noqa: D102
    @property
    def bureau(self) -> BureauDesk: ...  # noqa: D102
    @property
    def users(self) -> Users: ...  # noqa: D102
    @property
    def backups(self) -> Backups: ...  # noqa: D102
    @property
    def list_views(self) -> ListViews: ...  # noqa: D102
    @property
    def income_lines(self) -> IncomeLines: ...  # noqa: D102
    @property
    def prints(self) -> Prints: ...  # noqa: D102
    @property
    def seals(self) -> Seals: ...  # noqa: D102
    @property
    def journal(self) -> Journal: ...  # noqa: D102


class WritableDesk(Desk, Protocol):
    """The desk inside a change: every save is journalled with its before and after."""

    @property
    def changes(self) -> Changes:
        """What has been touched so far."""
        ...

    @property
    def keys(self) -> Keys: ...  # noqa: D102

    def take_down_restore(self, face: BackupFace, loss: Loss | None) -> None:
        """Take down in the journal that the data come from a backup; ``loss`` is None where nothing could be compared."""
        ...

    def disclose(self, disclosure: Disclosure | LedgerDisclosure | ListDisclosure) -> None:
        """Take down in the journal that a masked number was shown in full."""
        ...


class Store(Protocol):
    """The office's encrypted case database."""

    def reading(self) -> AbstractContextManager[Desk]:
        """A consistent look at the desk; saving through it raises."""
        ...

    def change(self, operation: Operation, by: User, *, undoes: bool = False) -> AbstractContextManager[WritableDesk]:
        """One transaction: committed when the block ends, wholly undone when it raises. ``undoes``: the operation is taken back."""
        ...
