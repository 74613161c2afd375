"""What the bureau holds: department lists read, filings received, and who has not filed."""

from datetime import datetime
from enum import Enum

import msgspec

from taizhang_casework.domain.ledger import Filing, Month
from taizhang_casework.domain.list_row import ListReading
from taizhang_casework.domain.offices import OfficeId
from taizhang_casework.domain.warning import Warning


class ListImport(msgspec.Struct, frozen=True, kw_only=True):
    """A department list taken in: its reading, and the warnings made of the accepted rows (same order)."""

    id: str
    month: Month
    imported_at: datetime
    imported_by: str
    reading: ListReading
    warnings: tuple[Warning, ...]


class ReceivedFiling(msgspec.Struct, frozen=True, kw_only=True):
    """A town's filing as it arrived; ``package`` is the digest of the package that brought it."""

    filing: Filing
    package: str
    received_at: datetime


class FilingArrival(msgspec.Struct, frozen=True, kw_only=True):
    """What the board counts of a filing received: how many lines it has, and how many of them are closed."""

    town: OfficeId
    revision: int
    received_at: datetime
    lines: int
    closed: int


class FilingState(Enum):
    """镇街报送: how a town stands for a month."""

    NOT_FILED = "not_filed"
    FILED = "filed"
    AMENDED = "amended"


class BoardLine(msgspec.Struct, frozen=True, kw_only=True):
    """One town on the bureau's board for one month. ``sent`` counts warnings that went out, ``lines`` ledger lines that came."""

    town: OfficeId
    town_name: str
    enrolled: bool
    state: FilingState
    sent: int
    lines: int
    closed: int
    revision: int
    received_at: datetime | None
    late: bool
