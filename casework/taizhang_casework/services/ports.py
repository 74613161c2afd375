"""What the services need of the world, as protocols; ``db``, ``exchange``, ``printing`` and the clock of the PC implement them."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from taizhang_casework.domain.attachment import Address, Attachment, AttachmentId, StoredFile
from taizhang_casework.domain.backups import BackupFace, BackupRecord, Loss
from taizhang_casework.domain.bureau import FilingArrival, ListImport, ReceivedFiling
from taizhang_casework.domain.case import Case, CaseId
from taizhang_casework.domain.changes import Changes
from taizhang_casework.domain.disclosure import Disclosure, ListDisclosure
from taizhang_casework.domain.ledger import Filing, FilingId, FrozenIn, Month
from taizhang_casework.domain.list_row import ListReading
from taizhang_casework.domain.matching import MatchDecision
from taizhang_casework.domain.offices import Office, OfficeCard, OfficeId, OfficeKeys, User
from taizhang_casework.domain.operation import Operation
from taizhang_casework.domain.packages import Manifest, PackageItem, PackageKind, PackageRecord
from taizhang_casework.domain.people import HouseholdId
from taizhang_casework.domain.users import UserAccount, UserId
from taizhang_casework.domain.warning import WarningId
from taizhang_casework.services.household_ports import Households
from taizhang_casework.services.letter_port import Letters
from taizhang_casework.services.list_ports import CaseList, IncomeLines, Journal, ListViews
from taizhang_casework.services.monitored_port import Monitored


class Clock(Protocol):
    """Time and chance, the only two things that tests replace."""

    def now(self) -> datetime:
        """The moment, with its UTC offset."""
        ...

    def today(self) -> date:
        """The day by the office's clock."""
        ...

    def new_id(self) -> str:
        """A new random identifier of 32 hex digits."""
        ...


class Cases(CaseList, Protocol):
    """The ledger lines in work, and those in the recycle bin.

    What is asked for by its own id or warning is there, in the bin or not (``get``, ``many``, ``of_warning``); every
    list is of the ledger and leaves the bin out, but ``discarded``, which is the bin.
    """

    def get(self, case: CaseId) -> Case:
        """The case; KeyError where there is none."""
        ...

    def save(self, case: Case) -> None:
        """Add it, or replace it by its id."""
        ...

    def open(self) -> Sequence[Case]:
        """The cases that are not closed, oldest ``received_on`` first."""
        ...

    def of_month(self, month: Month) -> Sequence[Case]:
        """The cases of the month's ledger: received by its end, and not closed before its first day; oldest first."""
        ...

    def of_household(self, household: HouseholdId) -> Sequence[Case]:
        """Every case of the household in the ledger, oldest first."""
        ...

    def of_warning(self, warning: WarningId) -> Case | None:
        """The case that the warning opened, in the recycle bin or not: a warning that comes again opens no second one."""
        ...

    def naming(self, id_number: str) -> Sequence[Case]:
        """Every case in the ledger whose warning names this number, oldest first."""
        ...

    def without_household(self, most: int) -> Sequence[Case]:
        """At most so many cases in the ledger that nobody has matched to a household and that are not closed, oldest first."""
        ...

    def repeated(self, most: int) -> Sequence[Case]:
        """At most so many open cases that share their person or their household with another line of the ledger, newest first."""
        ...

    def named(self, name: str) -> Sequence[Case]:
        """Every case in the ledger whose warning names a person of exactly this name, oldest first."""
        ...

    def all_ids(self) -> Sequence[CaseId]:
        """The ids of all cases of the ledger, newest ``received_on`` first."""
        ...

    def discarded(self) -> Sequence[Case]:
        """The recycle bin, discarded last first."""
        ...

    def first_received_on(self) -> date | None:
        """The day of the oldest warning, open or closed; None where there is no case."""
        ...

    def many(self, cases: Sequence[CaseId]) -> Sequence[Case]:
        """These cases, in the order asked for; unknown ids are left out."""
        ...


class Matches(Protocol):
    """What a person decided about proposals; a decided proposal is not made again."""

    def save(self, decision: MatchDecision) -> None:
        """Keep the decision; a later one on the same pair replaces it."""
        ...

    def about(self, thing: str) -> Sequence[MatchDecision]:
        """Every decision in force on a pair that this case or household is one of."""
        ...


class Attachments(Protocol):
    """The files of the cases: what each is and where it lies. The content is :class:`AttachmentStore`'s."""

    def get(self, attachment: AttachmentId) -> Attachment:
        """The attachment; KeyError where there is none."""
        ...

    def add(self, attachment: Attachment, file: StoredFile) -> None:
        """Keep a new attachment and, where no other has the same content, the key of its file."""
        ...

    def save(self, attachment: Attachment) -> None:
        """Replace an attachment by its id; KeyError where there is none."""
        ...

    def of_case(self, case: CaseId) -> Sequence[Attachment]:
        """Every attachment of the case, those in the recycle bin too, oldest first."""
        ...


class Filings(Protocol):
    """The months that the office has frozen."""

    def add(self, filing: Filing) -> None:
        """Keep a frozen filing; it is never changed."""
        ...

    def get(self, filing: FilingId) -> Filing:
        """The filing; KeyError where there is none."""
        ...

    def latest(self, month: Month) -> Filing | None:
        """The highest revision of the month."""
        ...

    def of_month(self, month: Month) -> Sequence[Filing]:
        """Every revision of the month, the highest first."""
        ...

    def months(self) -> frozenset[Month]:
        """The months that have been frozen."""
        ...

    def holding(self, case: CaseId) -> Sequence[FrozenIn]:
        """The revisions in which the case is a line, oldest month and revision first."""
        ...


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


class Users(Protocol):
    """The people who work on this PC."""

    def get(self, user: UserId) -> UserAccount:
        """The account; KeyError where there is none."""
        ...

    def save(self, account: UserAccount) -> None:
        """Add it, or replace it by its id."""
        ...

    def all(self) -> Sequence[UserAccount]:
        """Every account, in the order of their making."""
        ...


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


class Keys(Protocol):
    """The ways into the vault. What is changed takes effect when the change is committed, with it or not at all."""

    @property
    def opened_by_code(self) -> bool:
        """Whether the recovery code opened the vault, which belongs to nobody."""
        ...

    def give_passphrase(self, account: UserAccount, passphrase: str) -> None:
        """Let the passphrase open the vault for the user, and every earlier one of hers no more; OfficeTrouble where it is blank."""
        ...

    def take_away(self, user: UserId) -> None:
        """Let nothing of the user's open the vault any more."""
        ...

    def new_recovery_code(self) -> str:
        """A fresh recovery code, shown once and kept nowhere; the old one opens nothing any more."""
        ...

    def renew(self) -> None:
        """Write the key file anew though nobody's way in changes: it becomes later than any that these data know of."""
        ...

    def is_passphrase_of(self, user: UserId, passphrase: str) -> bool:
        """Whether the passphrase opens the vault for this user."""
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

    def disclose(self, disclosure: Disclosure | ListDisclosure) -> None:
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


class BackupFiles(Protocol):
    """The files of the backups that the schedule made."""

    def is_there(self, file: str) -> bool:
        """Whether the file of a record still lies where the schedule keeps them."""
        ...

    def take_away(self, file: str) -> None:
        """Take it away; what cannot be taken away stays for the next time."""
        ...


class Progress(Protocol):
    """How far a long deed is; what it raises ends the deed, of which then nothing is left."""

    def __call__(self, done: int, total: int) -> None:
        """``done`` of ``total``, in the unit of the deed."""
        ...


class AttachmentStore(Protocol):
    """Keeps the content of attachments, encrypted, outside the database. Raises OfficeTrouble with a sentence each."""

    def keep(self, path: Path, progress: Progress | None = None) -> StoredFile:
        """Store a file whole or not at all; equal content is stored once. ``progress`` counts bytes.

        It stays only if an attachment is added with it: :meth:`settle` is called when that is done, or has failed.
        """
        ...

    def settle(self, address: Address) -> None:
        """Take a stored file away unless an attachment has it; never raises OfficeTrouble."""
        ...

    def stream(self, address: Address) -> Iterator[bytes]:
        """The content chunk by chunk, each verified; only when the last one has come is the whole known to be right."""
        ...

    def read(self, address: Address) -> bytes:
        """The whole content, all of it verified before any is given out."""
        ...

    def copy_out(self, address: Address, path: Path, progress: Progress | None = None) -> None:
        """Write the content, readable by anybody, to where the user wants it: whole or not at all."""
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
