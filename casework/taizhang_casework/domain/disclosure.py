"""What a screen showed in full, or let out of the vault: taken down in the journal, since personal data is protected (三（一）)."""

from datetime import datetime
from enum import Enum

import msgspec

from taizhang_casework.domain.attachment import AttachmentId
from taizhang_casework.domain.case import CaseId
from taizhang_casework.domain.ledger import FilingId
from taizhang_casework.domain.people import HouseholdId


class Disclosed(Enum):
    """What was shown or let out."""

    NUMBERS = "numbers"
    """Id and telephone numbers on the screen, unmasked."""
    PREVIEW = "preview"
    """The content of an attachment, on the screen."""
    COPY = "copy"
    """The content of an attachment as a file that anybody can read."""


class ListDisclosure(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of the ledger let out as a file that anybody can read: how many, which columns, by whom, when. The rows are not in it."""

    id: str
    rows: int
    columns: tuple[str, ...]
    shown_to: str
    shown_at: datetime


class LedgerDisclosure(msgspec.Struct, frozen=True, kw_only=True):
    """One look at a page (counted from 1) of a frozen ledger as it was printed: of which filing, by whom, when. The page is not in it."""

    id: str
    filing: FilingId
    page: int
    shown_to: str
    shown_at: datetime


class Disclosure(msgspec.Struct, frozen=True, kw_only=True):
    """One look at what a case or a household holds: whose, by whom, when. ``attachment`` is set where its content was disclosed.

    What was disclosed is not in it.
    """

    id: str
    case: CaseId | None = None
    household: HouseholdId | None = None
    shown_to: str
    shown_at: datetime
    what: Disclosed = Disclosed.NUMBERS
    attachment: AttachmentId | None = None
